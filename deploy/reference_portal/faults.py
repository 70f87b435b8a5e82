"""What can be made to go wrong on purpose, for some paths and some number of times."""

from __future__ import annotations

import threading
from enum import StrEnum
from fnmatch import fnmatchcase

import msgspec


class Fault(StrEnum):
    """One way in which a portal fails; each was met on a real one."""

    TIMEOUT = "timeout"  # the request is taken and nothing comes
    CUT = "cut"  # the line ends in the middle of the body
    WRONG_LENGTH = "wrong_length"  # Content-Length names more bytes than come
    TWO_BYTES = "two_bytes"  # a firewall answers 200 with "ok"
    REMOVED = "removed"  # the tiny refresh page TRS leaves behind
    STALE_LIST = "stale_list"  # a cache shows the list without its newest rows
    GARBAGE = "garbage"  # 200 with bytes that are no page
    BUSY = "busy"  # 503
    OFF = "off"  # only in orders: no fault any more


class Order(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The body of POST /__control; any part may be left out.

    fault   arms a fault for path (exact or glob) and times requests, None for ever; off disarms
    edit    path of one item page: its title is replaced, a paragraph appended
    reset   no faults, no edits, counts at zero, no remembered tries at the desk
    """

    fault: Fault | None = None
    path: str = "*"
    times: int | None = None
    edit: str | None = None
    title: str | None = None
    append_paragraph: str | None = None
    reset: bool = False


class Switch:
    """The faults armed now. The newest order that fits a path wins."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._armed: list[tuple[str, Fault]] = []
        self._left: list[int | None] = []

    def arm(self, fault: Fault, path: str, times: int | None) -> None:
        """Add a fault; OFF takes away those armed for exactly this path, or all for "*"."""
        with self._lock:
            if fault is Fault.OFF:
                kept = [at for at, (glob, _) in enumerate(self._armed) if path not in ("*", glob)]
                self._armed = [self._armed[at] for at in kept]
                self._left = [self._left[at] for at in kept]
                return
            self._armed.insert(0, (path, fault))
            self._left.insert(0, times)

    def take(self, path: str) -> Fault | None:
        """The fault this request meets, counted down."""
        with self._lock:
            for at, (glob, fault) in enumerate(self._armed):
                if not (glob == path or fnmatchcase(path, glob)):
                    continue
                left = self._left[at]
                if left is not None:
                    self._left[at] = left - 1
                    if left <= 1:
                        del self._armed[at], self._left[at]
                return fault
            return None
