"""Keeps an eye on one printer: asks at intervals, debounces, logs once out and once back.

No thread and no sleep in here: whoever has the printer's lane calls poll() as often as it likes,
and only a call that is due asks. A printer that misses one answer (after a job, while a lid falls)
is not away yet.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import NoneType

from kiosk.devices.contracts import PrinterStatus, Ready, Silent, Unplugged

log = logging.getLogger(__name__)

INTERVAL_S = 2.0  # between questions while all is well
LONGEST_INTERVAL_S = 30.0  # while it is away: twice as long each time up to this
MISSES = 3  # in a row before a printer is called away

_AWAY = (Silent, Unplugged, NoneType)  # None: not heard of yet, so there is nothing to wait for


class Watch:
    """status is what the screens may show: None until the first sure answer."""

    def __init__(self, name: str, ask: Callable[[], PrinterStatus]) -> None:
        """People call the device `name`; ask blocks and never raises for the weather."""
        self._name = name
        self._ask = ask
        self._misses = 0
        self._interval_s = INTERVAL_S
        self._due_s = float("-inf")
        self.status: PrinterStatus | None = None

    def poll(self, now: float) -> PrinterStatus | None:
        """Ask if it is time (now: monotonic seconds); the new status if it changed."""
        if now < self._due_s:
            return None
        return self.hear(self._ask(), now)

    def hear(self, heard: PrinterStatus, now: float) -> PrinterStatus | None:
        """Take in a status learned elsewhere, as from a print; the new status if it changed."""
        if isinstance(heard, _AWAY):
            self._misses += 1
            if not isinstance(self.status, _AWAY) and self._misses < MISSES:
                self._due_s = now + INTERVAL_S
                return None
            self._due_s = now + self._interval_s
            self._interval_s = min(2 * self._interval_s, LONGEST_INTERVAL_S)
        else:
            self._misses = 0
            self._interval_s = INTERVAL_S
            self._due_s = now + INTERVAL_S
        if heard == self.status:
            return None
        before, self.status = self.status, heard
        self._log(before, heard)
        return heard

    def _log(self, before: PrinterStatus | None, after: PrinterStatus) -> None:
        well_before = before is None or isinstance(before, Ready)
        if not isinstance(after, Ready):
            if well_before:
                log.warning("%s：不可用（%s）", self._name, type(after).__name__)
        elif not well_before:
            log.info("%s：恢复正常", self._name)
