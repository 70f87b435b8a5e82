"""A finger and an eye for a real window: XTEST presses by target name, pictures of the virtual
display.

The names come from `kiosk run --targets FILE`; nothing here knows a coordinate.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

Target = dict[str, float | str | bool]
WAIT_S = 15.0


class Missing(AssertionError):
    """What should be on the screen is not; the text lists what is."""


@contextmanager
def display(width: int, height: int, folder: Path) -> Iterator[str]:
    """A virtual display whose picture lies in folder; its name, such as :87."""
    folder.mkdir(parents=True, exist_ok=True)
    read, write = os.pipe()
    screen = f"{width}x{height}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", screen, "-fbdir", str(folder),
         "-nolisten", "tcp", "-dpi", "96"],
        pass_fds=(write,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as said:
            number = said.readline().strip()
        if not number:
            raise RuntimeError("Xvfb 没有启动")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


class Panel:
    """One display with a kiosk on it."""

    def __init__(self, name: str, folder: Path, targets: Path) -> None:
        self._name = name
        self._frame = folder / "Xvfb_screen0"
        self._targets = targets

    def targets(self) -> dict[str, Target]:
        """What can be touched now, by name; of several with one name the first."""
        try:
            rows = json.loads(self._targets.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        found: dict[str, Target] = {}
        for row in rows:
            found.setdefault(row["name"], row)
        return found

    def wait_for(self, name: str, *, on: bool | None = None, wait_s: float = WAIT_S) -> Target:
        """The target of this name (a trailing * matches any rest) once it is there."""
        deadline = time.monotonic() + wait_s
        while True:
            found = self.targets()
            for key, target in found.items():
                fits = key.startswith(name[:-1]) if name.endswith("*") else key == name
                if fits and (on is None or target["on"] is on):
                    return target
            if time.monotonic() > deadline:
                raise Missing(f"屏幕上没有 {name}，现在有：{' '.join(found)}")
            time.sleep(0.03)

    def wait_drawn(self, wait_s: float = 60) -> None:
        """Until a kiosk has drawn its first screen."""
        deadline = time.monotonic() + wait_s
        while not self._targets.exists():
            if time.monotonic() > deadline:
                raise Missing("查询机没有画出第一屏")
            time.sleep(0.05)
        time.sleep(0.5)

    def wait_gone(self, name: str, wait_s: float = WAIT_S) -> None:
        """Until no target has this name any more."""
        deadline = time.monotonic() + wait_s
        while name in self.targets():
            if time.monotonic() > deadline:
                raise Missing(f"{name} 一直没有离开屏幕")
            time.sleep(0.03)

    def press(self, name: str, wait_s: float = WAIT_S) -> None:
        """A finger on the middle of this target, down and up."""
        target = self.wait_for(name, on=True, wait_s=wait_s)
        x = float(target["x"]) + float(target["w"]) / 2
        y = float(target["y"]) + float(target["h"]) / 2
        self.touch(x, y)

    def touch(self, x: float, y: float) -> None:
        """A finger at this place, down and up."""
        self.do("mousemove", str(int(x)), str(int(y)), "mousedown", "1")
        time.sleep(0.06)  # a finger stays down longer than a frame
        self.do("mouseup", "1")
        time.sleep(0.12)

    def drag(self, x: float, start: float, end: float) -> None:
        """A slow drag without a fling."""
        self.do("mousemove", str(int(x)), str(int(start)), "mousedown", "1")
        for step in range(1, 13):
            y = start + (end - start) * step / 12
            self.do("mousemove", str(int(x)), str(int(y)))
            time.sleep(0.03)
        time.sleep(0.3)
        self.do("mouseup", "1")
        time.sleep(0.2)

    def do(self, *words: str) -> None:
        """Any xdotool command on this display."""
        subprocess.run(["xdotool", *words], check=True, env={**os.environ, "DISPLAY": self._name})

    def photo(self) -> Image.Image:
        """What the display shows, read from its frame buffer (the XWD format)."""
        data = self._frame.read_bytes()
        header = struct.unpack(">25I", data[:100])
        size, width, height, line, colours = header[0], header[4], header[5], header[12], header[19]
        start = size + colours * 12
        return Image.frombuffer(
            "RGB", (width, height), data[start : start + line * height], "raw", "BGRX", line, 1
        )

    def keep(self, path: Path, settle_s: float = 0.35) -> None:
        """A picture of the screen once it stands still."""
        time.sleep(settle_s)
        self.photo().save(path, optimize=True)
