"""The one way to work off the UI thread: lanes, scopes, delivery.

A lane is one thread working off its queue in order, so what it drives needs no lock. A scope is
the life of whoever asked; an answer for a closed scope is dropped. `then` and `failed` run on the
UI thread, through `deliver`.
"""

from __future__ import annotations

import logging
import queue
import threading  # noqa: TID251  # here and in the simulators only
import time
from collections.abc import Callable
from typing import TypeVar

log = logging.getLogger(__name__)

Deliver = Callable[[Callable[[], None]], None]
Answer = TypeVar("Answer")


class Scope:
    """Open until closed, once."""

    def __init__(self) -> None:
        self.open = True

    def close(self) -> None:
        self.open = False


class Tasks:
    """deliver(call) must run call on the UI thread; Kivy's clock does, and so does a plain call in
    a test.
    """

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver
        self._lanes: dict[str, queue.SimpleQueue[Callable[[], None] | None]] = {}

    def run(
        self,
        lane: str,
        scope: Scope,
        work: Callable[[], Answer],
        then: Callable[[Answer], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do work() on the lane, then then(answer) on the UI thread if scope is still open.

        An exception goes to failed; without it, to the log and on to the UI thread, where the one
        handler is.
        """

        def job() -> None:
            if not scope.open:
                return
            try:
                answer = work()
            except Exception as problem:  # noqa: BLE001  # whatever it is goes to the UI thread
                log.warning("lane %s: %s", lane, type(problem).__name__)
                caught = problem
                self._deliver(lambda: _fail(failed, caught) if scope.open else None)
            else:
                self._deliver(lambda: then(answer) if scope.open else None)

        if lane not in self._lanes:
            self._lanes[lane] = queue.SimpleQueue()
            threading.Thread(
                target=_work_off, args=(self._lanes[lane],), name=f"lane-{lane}", daemon=True
            ).start()
        self._lanes[lane].put(job)

    def stop(self) -> None:
        """Let every lane end after its present job."""
        for jobs in self._lanes.values():
            jobs.put(None)
        self._lanes.clear()


def rest(seconds: float) -> None:
    """Wait. Only a process of its own may, such as a sync being polite; never the UI thread."""
    time.sleep(seconds)  # noqa: TID251  # see the docstring


def _work_off(jobs: queue.SimpleQueue[Callable[[], None] | None]) -> None:
    while (job := jobs.get()) is not None:
        job()


def _fail(failed: Callable[[Exception], None] | None, problem: Exception) -> None:
    if failed is None:
        raise problem
    failed(problem)
