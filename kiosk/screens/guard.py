"""Kivy's hook for exceptions that reach the event loop."""

from __future__ import annotations

from collections.abc import Callable

from kivy.base import ExceptionHandler, ExceptionManager


class Guard(ExceptionHandler):
    """Hands every exception to `failed`; the loop goes on where that returns True."""

    def __init__(self, failed: Callable[[Exception], bool]) -> None:
        super().__init__()
        self._failed = failed

    def handle_exception(self, problem: Exception) -> int:
        """Kivy's name; the answer is one of Kivy's two constants."""
        return int(ExceptionManager.PASS if self._failed(problem) else ExceptionManager.RAISE)
