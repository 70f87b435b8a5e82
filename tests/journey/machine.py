"""A whole kiosk as people meet it: the program on a virtual display, its desk, its slip printer."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

from content_cache.seed.load import Seed
from deploy.demo.panel import Panel, display
from deploy.reference_portal.server import PortalServer
from kiosk.devices import profile
from kiosk.devices.sim.escpos_pty import Simulator
from kiosk.fonts import font_path

ROOT = Path(__file__).parents[2]
SIZE = (1080, 1920)
QUICK_BAUD = 921_600
NUMBER, PROOF = "4109202611090117", "260117"
NOTHING = Seed(items=(), names={}, attachment_texts={})
BLANK_SPOT = (540, 1700)  # between the last row of the home screen and its footer


class Machine:
    """One kiosk process. Everything it may write lies under folder."""

    def __init__(self, folder: Path, screen: str, frames: Path, settings: str) -> None:
        """screen: the name of its display, whose picture lies in frames; settings: TOML."""
        self.folder = folder
        self.state = folder / "state"
        self.log = folder / "log.txt"
        for name in ("home", "tmp", "state"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        config, targets = folder / "kiosk.toml", folder / "targets.json"
        config.write_text(settings, "utf-8")
        targets.unlink(missing_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kiosk", "run", "--config", config, "--targets", targets],
                cwd=ROOT,
                env=environment(folder, DISPLAY=screen),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.panel = Panel(screen, frames, targets)
        self._screen = screen

    def wake(self) -> None:
        """From the poster to the home screen."""
        self.panel.touch(*BLANK_SPOT)
        self.panel.wait_for("policy")

    def leave(self) -> None:
        """Back to the poster, whatever is shown; a dialog that owes an answer is answered."""
        for answer in ("came-out", "print-taken", "print-cancel", "好的"):
            if answer in self.panel.targets():
                self.panel.press(answer)
        if "end" in self.panel.targets():
            self.panel.press("end")
            self.panel.wait_gone("end")

    def type_case(self, number: str = NUMBER, proof: str = PROOF) -> None:
        """Number and password on the pad of the progress screen."""
        self.panel.wait_for("pad-1")
        for digit in number:
            self.panel.press(f"pad-{digit}")
        self.panel.press("field-proof")
        for digit in proof:
            self.panel.press(f"pad-{digit}")

    def photo(self) -> Image.Image:
        """The panel once it stands still, without the clock."""
        time.sleep(0.4)
        picture = self.panel.photo()
        ImageDraw.Draw(picture).rectangle((SIZE[0] - 448, 0, SIZE[0], 147), fill="black")
        return picture

    def part(self, name: str) -> Image.Image:
        """The picture of one target."""
        target = self.panel.wait_for(name)
        x, y, w, h = (round(float(target[key])) for key in ("x", "y", "w", "h"))
        return self.photo().crop((x, y, x + w, y + h))

    def ask(self, *words: str) -> str:
        """What xdotool answers on this display."""
        return subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self._screen},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()


class County(NamedTuple):
    """A kiosk with everything fitted."""

    machine: Machine
    printer: Simulator


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a program sees of this machine: a home and a folder for temporary files of its own."""
    kept = {
        name: value for name, value in os.environ.items() if name in ("PATH", "LD_LIBRARY_PATH")
    }
    own = {"HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"), "LANG": "C.UTF-8"}
    return {**kept, **own, **more}


def settings(
    content: Path, *, desk: str = "", port: Path | None = None, baud: int = QUICK_BAUD,
    idle_s: float = 600, warning_s: float = 30,
) -> str:  # fmt: skip
    """A configuration file."""
    parts = [
        f'[content]\nroot = "{content}"\n[state]\nfolder = "state"',
        f"[screen]\nwidth = {SIZE[0]}\nheight = {SIZE[1]}\nfullscreen = false",
        f"[session]\nidle_s = {idle_s}\nwarning_s = {warning_s}",
    ]
    if desk:
        parts.append(f'[desk]\nurl = "{desk}"')
    if port:
        parts.append(f'[receipt_printer]\nport = "{port}"\nbaud = {baud}')
    return "\n".join(parts)


@contextmanager
def running(folder: Path, settings: str) -> Iterator[Machine]:
    """A kiosk on a display of its own, its first screen drawn; ended with the block."""
    with display(*SIZE, folder / "frames") as screen:
        machine = Machine(folder, screen, folder / "frames", settings)
        try:
            machine.panel.wait_drawn()
            yield machine
        finally:
            machine.process.kill()
            machine.process.wait()


@contextmanager
def printer(port: Path, baud: int = QUICK_BAUD) -> Iterator[Simulator]:
    """A slip printer at work on this line."""
    simulator = Simulator(port, profile.load("generic80", baud), baud=baud)
    thread = threading.Thread(target=simulator.run)
    thread.start()
    try:
        eventually(port.exists)
        yield simulator
    finally:
        simulator.stop()
        thread.join(5)


@contextmanager
def progress_desk() -> Iterator[str]:
    """The address of the reference portal's desk."""
    with PortalServer(NOTHING, font_path()) as server:
        yield f"{server.url}/desk/v1"


def eventually(true: Callable[[], object], wait_s: float = 20) -> None:
    """Wait for it; an AssertionError when it does not come."""
    deadline = time.monotonic() + wait_s
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def codes_on(picture: Image.Image, folder: Path) -> set[str]:
    """What a scanner reads from this picture."""
    path = folder / "seen.png"
    picture.save(path)
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", path], capture_output=True, text=True, check=False
    )
    return set(read.stdout.split())
