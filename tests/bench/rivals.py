"""The programs compared: how each is started, and where its screens are touched."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from content_cache.library import Library
from content_cache.model import Item
from kiosk.config import Site
from tests.bench import page

WIDTH, HEIGHT = 1080, 1920
Point = tuple[float, float]
STOP_WITHIN_S = 10


class Rival(Protocol):
    """A program that shows poster, home, list and document in one window that fills the display.

    spots says where a touch leads from each to the next: poster, list, document, back.
    """

    name: str

    def start(self, display: str) -> subprocess.Popen[bytes]:
        """Start it in a session of its own; the kernel counts everything it starts by that."""

    def spots(self) -> dict[str, Callable[[], Point]]:
        """Where to touch, asked at the moment of touching."""


def stop(program: subprocess.Popen[bytes]) -> None:
    """End a program and whatever is left of its session."""
    program.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        program.wait(STOP_WITHIN_S)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)
    program.wait()


class Kiosk:
    """`kiosk run`; it tells itself where its targets are."""

    name = "kiosk run"

    def __init__(self, folder: Path, content: Path) -> None:
        self._targets = folder / "targets.json"
        self._settings = folder / "kiosk.toml"
        self._settings.write_text(
            f"[content]\nroot = {json.dumps(str(content))}\n"
            f"[state]\nfolder = {json.dumps(str(folder / 'state'))}\n"
            f"[screen]\nwidth = {WIDTH}\nheight = {HEIGHT}\n"
            "[session]\nidle_s = 86400\n",
            "utf-8",
        )

    def start(self, display: str) -> subprocess.Popen[bytes]:
        self._targets.unlink(missing_ok=True)
        program = Path(sys.executable).with_name("kiosk")
        return subprocess.Popen(
            [program, "run", "--config", self._settings, "--targets", self._targets],
            env={**os.environ, "DISPLAY": display},
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def spots(self) -> dict[str, Callable[[], Point]]:
        return {
            "poster": lambda: (WIDTH / 2, HEIGHT / 2),
            "list": lambda: self._target("policy"),
            "document": lambda: self._target("item-"),
            "back": lambda: self._target("back"),
        }

    def _target(self, name: str) -> Point:
        """The middle of the first target of that name, or name and more."""
        rows = json.loads(self._targets.read_text("utf-8"))
        row = next(row for row in rows if row["name"].startswith(name) and row["on"])
        return (row["x"] + row["w"] / 2, row["y"] + row["h"] / 2)


class Chromium:
    """Debian's Chromium in kiosk mode with one local page."""

    name = "chromium --kiosk"
    FLAGS = (
        "--no-sandbox",  # it refuses to run as root with one; without one it starts faster
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-features=Translate",
        "--lang=zh-CN",
        "--kiosk",
        "--window-position=0,0",
        f"--window-size={WIDTH},{HEIGHT}",
    )

    def __init__(self, folder: Path, content: Path, document: Item) -> None:
        self._folder = folder
        self._page = folder / "page.html"
        page.write(self._page, Library(content), Site(), document)

    def start(self, display: str) -> subprocess.Popen[bytes]:
        # One profile for all runs, as on a kiosk; the start that makes it is not counted.
        return subprocess.Popen(
            [
                "chromium",
                *self.FLAGS,
                f"--user-data-dir={self._folder / 'profile'}",
                self._page.as_uri(),
            ],
            env={**os.environ, "DISPLAY": display, "HOME": str(self._folder)},
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def spots(self) -> dict[str, Callable[[], Point]]:
        # As laid out in page.html: second tile, first row, first button of the footer.
        return {
            "poster": lambda: (WIDTH / 2, HEIGHT / 2),
            "list": lambda: (792, 410),
            "document": lambda: (540, 510),
            "back": lambda: (105, 1846),
        }
