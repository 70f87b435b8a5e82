"""A hall for tests: the seed library, real lanes, a journal in a folder, no printer fitted."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from content_cache.library import Library
from kiosk.cases import Desk
from kiosk.config import Site
from kiosk.journal import Journal
from kiosk.paper import Paper
from kiosk.tasks import Tasks
from kiosk.visit import Hall, Visit

NOW = datetime(2026, 11, 20, 9, 30)  # noqa: DTZ001  # the wall clock of a hall is naive


class UiThread:
    """Where answers arrive: they wait here until the test takes them, one after the other."""

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def deliver(self, call: Callable[[], None]) -> None:
        self._calls.put(call)

    def take(self) -> None:
        """Run the next call; queue.Empty when none comes within five seconds."""
        self._calls.get(timeout=5)()

    @property
    def idle(self) -> bool:
        return self._calls.empty()


class Citizen:
    """A visit and what it told the app: how often it changed, that it ended, what it held."""

    def __init__(self, hall: Hall) -> None:
        self.changes = 0
        self.ended = False
        self.holds: list[bool] = []
        self.visit = Visit(hall, self._changed, self._end, self.holds.append)

    def _changed(self) -> None:
        self.changes += 1

    def _end(self) -> None:
        self.ended = True


@contextmanager
def open_hall(
    library: Library, folder: Path, thread: UiThread, desk: Desk | None = None
) -> Iterator[Hall]:
    """A hall of this library; its lanes end and its journal closes with the block."""
    tasks = Tasks(thread.deliver)
    journal = Journal(folder / "journal.db")
    try:
        yield Hall(
            library=library,
            site=Site(),
            tasks=tasks,
            desk=desk,
            paper=Paper(None, tasks, lambda _status: None),
            journal=journal,
            clock=lambda: NOW,
        )
    finally:
        tasks.stop()
        journal.close()
