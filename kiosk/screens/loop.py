"""The event loop: sleeps until a finger, an answer or the clock has something, then draws at once.

Kivy's own loop wakes sixty times a second and lets a touch wait for up to two of its frames; this
one waits on the X connection itself. Measured from finger up to drawn screen that is 25 ms less,
and a machine that stands idle does nothing.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import time
from collections.abc import Callable
from typing import Any

from kivy.base import EventLoop, ExceptionManager, runTouchApp, stopTouchApp
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import GL_COLOR_BUFFER_BIT, glClear, glClearColor

FRAME_S = 1 / 60
LONGEST_WAIT_S = 0.25  # the clock's second is shown this late at most
BUSY_AFTER_INPUT_S = 0.4  # what an input started may want a few more frames


class Loop:
    """run() until stop(). moving() tells whether something on the screen moves by itself now."""

    def __init__(self, moving: Callable[[], bool]) -> None:
        self._moving = moving
        self._input = False
        self._busy_until_s = 0.0
        self._ears, self._mouth = os.pipe()
        os.set_blocking(self._ears, False)
        os.set_blocking(self._mouth, False)
        self._sources = [self._ears]
        Window.clear = _clear
        for event in ("on_mouse_down", "on_mouse_move", "on_mouse_up"):
            Window.bind(**{event: self._heard})

    def call(self, work: Callable[[], None]) -> None:
        """Run work on the UI thread, soon; from any thread."""
        Clock.schedule_once(lambda _dt: work(), -1)
        with contextlib.suppress(BlockingIOError):  # full: it is awake as it is
            os.write(self._mouth, b"!")

    def run(self, widget: Any) -> None:  # Kivy ships no types
        """Show the widget and serve it."""
        runTouchApp(widget, embedded=True)
        Clock._max_fps = 0  # noqa: SLF001  # the waiting is done here; Kivy has no setter
        connection = _x_connection()
        if connection is not None:
            self._sources.append(connection)
        try:
            while not EventLoop.quit and EventLoop.status == "started":
                try:
                    self._turn(know_input=connection is not None)
                except BaseException as problem:
                    if ExceptionManager.handle_exception(problem) == ExceptionManager.RAISE:
                        raise
        finally:
            stopTouchApp()

    def stop(self) -> None:
        """End run() after this turn; may be called from a signal handler."""
        EventLoop.quit = True
        self.call(lambda: None)

    def _turn(self, *, know_input: bool) -> None:
        """Dispatch and draw, take what came in meanwhile, wait if there was nothing."""
        EventLoop.idle()
        # Drawing may have pulled events off the connection: look before waiting on it.
        EventLoop.window.mainloop()
        if not self._input:
            busy = self._moving() or time.monotonic() < self._busy_until_s or not know_input
            wait_s = FRAME_S if busy else LONGEST_WAIT_S
            heard, _, _ = select.select(self._sources, (), (), wait_s)
            if self._ears in heard:
                os.read(self._ears, 4096)
            EventLoop.window.mainloop()
        if self._input:
            self._input = False
            self._busy_until_s = time.monotonic() + BUSY_AFTER_INPUT_S

    def _heard(self, *_: object) -> None:
        self._input = True


def _clear() -> None:
    """Begin a frame. Kivy would clear depth and stencil too, which nothing here uses: 8 MB more and
    a millisecond a frame without a GPU.
    """
    glClearColor(*Window.clearcolor)
    glClear(GL_COLOR_BUFFER_BIT)


def _x_connection() -> int | None:
    """The file number of the window's X connection; None on another kind of display."""
    info = Window.get_window_info()
    display = getattr(info, "display", None)
    if not display:
        return None
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XConnectionNumber.argtypes = [ctypes.c_void_p]
    return int(x11.XConnectionNumber(display))
