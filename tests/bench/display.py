"""A virtual display of its own: touched through XTEST, watched by reading pixels back."""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from ctypes import POINTER, c_char_p, c_int, c_uint, c_ulong, c_void_p
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

HOLD_S = 0.06  # how long a finger stays on the glass
ALL_PLANES = c_ulong(-1).value
Z_PIXMAP = 2


class XImage(ctypes.Structure):
    """The part of Xlib's XImage that says where the pixels are."""

    _fields_ = (
        ("width", c_int),
        ("height", c_int),
        ("xoffset", c_int),
        ("format", c_int),
        ("data", c_void_p),
        ("byte_order", c_int),
        ("bitmap_unit", c_int),
        ("bitmap_bit_order", c_int),
        ("bitmap_pad", c_int),
        ("depth", c_int),
        ("bytes_per_line", c_int),
        ("bits_per_pixel", c_int),
    )


def _xlib() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    x11, xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
    x11.XOpenDisplay.restype, x11.XOpenDisplay.argtypes = c_void_p, [c_char_p]
    x11.XDefaultRootWindow.restype, x11.XDefaultRootWindow.argtypes = c_ulong, [c_void_p]
    x11.XGetImage.restype = POINTER(XImage)
    x11.XGetImage.argtypes = [
        c_void_p, c_ulong, c_int, c_int, c_uint, c_uint, c_ulong, c_int,
    ]  # fmt: skip
    x11.XDestroyImage.argtypes = [POINTER(XImage)]
    for call in (x11.XFlush, x11.XCloseDisplay):
        call.argtypes = [c_void_p]
    x11.XSync.argtypes = [c_void_p, c_int]
    xtst.XTestFakeMotionEvent.argtypes = [c_void_p, c_int, c_int, c_int, c_ulong]
    xtst.XTestFakeButtonEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
    return x11, xtst


class Display:
    """An Xvfb of width x height pixels for the time of a `with`; name goes into DISPLAY."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._x11, self._xtst = _xlib()

    def __enter__(self) -> Self:
        reading, writing = os.pipe()
        screen = f"{self.width}x{self.height}x24"
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", screen, "-nolisten", "tcp"],
            pass_fds=(writing,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as announced:
            self.name = f":{announced.readline().strip()}"
        self._display = self._x11.XOpenDisplay(self.name.encode())
        if not self._display:
            raise OSError(f"Xvfb {self.name} does not answer")
        self._root = self._x11.XDefaultRootWindow(self._display)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._x11.XCloseDisplay(self._display)
        self._server.terminate()
        self._server.wait()

    def touch(self, x: float, y: float) -> float:
        """Press and let go at this point; the moment the finger left, in time.perf_counter()."""
        self._xtst.XTestFakeMotionEvent(self._display, 0, round(x), round(y), 0)
        self._xtst.XTestFakeButtonEvent(self._display, 1, 1, 0)
        self._x11.XSync(self._display, 0)
        time.sleep(HOLD_S)
        self._xtst.XTestFakeButtonEvent(self._display, 1, 0, 0)
        self._x11.XFlush(self._display)
        return time.perf_counter()

    def pixels(self, x: int, y: int, width: int, height: int) -> bytes:
        """What is on the glass there now: BGRX, row after row."""
        image = self._x11.XGetImage(
            self._display, self._root, x, y, width, height, ALL_PLANES, Z_PIXMAP
        )
        try:
            seen = image.contents
            return ctypes.string_at(seen.data, seen.bytes_per_line * seen.height)
        finally:
            self._x11.XDestroyImage(image)

    def picture(self, path: Path) -> None:
        """Write the whole glass into a PNG file."""
        seen = self.pixels(0, 0, self.width, self.height)
        size = (self.width, self.height)
        Image.frombuffer("RGB", size, seen, "raw", "BGRX", 0, 1).save(path)
