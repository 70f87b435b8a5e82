"""The demo: reference portal, progress desk, printer simulator and the kiosk window, on this
machine alone.

With a display a person uses it; without one a scripted visit runs on a virtual display with real
pointer events and leaves its pictures under demo-output/.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from deploy.demo import visit
from deploy.demo.panel import Panel, display

HERE = Path(__file__).resolve().parents[2]
OUTPUT = HERE / "demo-output"
SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}


def _size(text: str) -> tuple[int, int]:
    wide, _, tall = text.partition("x")
    if not (wide.isdecimal() and tall.isdecimal() and int(wide) >= 640 and int(tall) >= 640):
        raise argparse.ArgumentTypeError(f"尺寸应写成 宽x高，如 1080x1920，现为 {text}")
    return int(wide), int(tall)


def main() -> int:
    parser = argparse.ArgumentParser(prog="deploy/demo.sh", description=__doc__)
    parser.add_argument(
        "--orientation", choices=sorted(SIZES), help="竖屏 portrait 或横屏 landscape"
    )
    parser.add_argument("--size", type=_size, metavar="宽x高", help="窗口尺寸，如 1080x1920")
    parser.add_argument(
        "--scripted", action="store_true", help="有显示器时也在虚拟屏幕上走一遍脚本"
    )
    options = parser.parse_args()
    scripted = options.scripted or not os.environ.get("DISPLAY")
    sizes = [options.size] if options.size else []
    if not sizes:
        names = [options.orientation] if options.orientation else sorted(SIZES, reverse=True)
        sizes = [SIZES[name] for name in (names if scripted else names[:1])]
    with tempfile.TemporaryDirectory(prefix="kiosk-demo-") as folder:
        if not scripted:
            return _by_hand(Path(folder), sizes[0])
        for size in sizes:
            _scripted(Path(folder) / f"{size[0]}x{size[1]}", size)
    return 0


def _by_hand(folder: Path, size: tuple[int, int]) -> int:
    with _county(folder, size) as county:
        print("演示已启动。办件编号 4109 2026 1109 0117，密码 260117。")
        print(f"让模拟打印机缺纸：echo paper_out > {county.control}（装纸：echo paper_in > …）")
        print("关闭窗口：在这里按 Ctrl+C。")
        try:
            return county.kiosk("--cursor").wait()
        except KeyboardInterrupt:
            return 0


def _scripted(folder: Path, size: tuple[int, int]) -> None:
    name = "portrait" if size[1] >= size[0] else "landscape"
    pictures = OUTPUT / name
    pictures.mkdir(parents=True, exist_ok=True)
    for old in pictures.glob("*.png"):
        old.unlink()
    print(f"没有显示器：在 {size[0]}x{size[1]} 的虚拟屏幕上走一遍（真实指针事件）……", flush=True)
    with ExitStack() as stack:
        screen = stack.enter_context(display(*size, folder / "screen"))
        county = stack.enter_context(_county(folder, size))
        targets = folder / "targets.json"
        process = county.kiosk("--targets", str(targets), display=screen)
        stack.callback(_end, process)
        panel = Panel(screen, folder / "screen", targets)
        visit.walk(panel, pictures, county.printer)
        for number, slip in enumerate(sorted(county.paper.glob("*.png")), 1):
            slip.replace(pictures / f"slip-{number}.png")
    print(f"图片在 {pictures.relative_to(HERE)}/：{len(list(pictures.glob('*.png')))} 张")


class County:
    """What runs beside the kiosk, and the configuration that points at it."""

    def __init__(self, folder: Path, url: str, size: tuple[int, int]) -> None:
        self.paper = folder / "paper"
        self.control = folder / "printer-control"
        self._config = folder / "kiosk.toml"
        self._config.write_text(
            f"""[portal]
url = "{url}"
[desk]
url = "{url.rstrip("/")}/desk/v1"
[content]
root = "content"
[state]
folder = "state"
[receipt_printer]
port = "{folder / "printer"}"
[screen]
width = {size[0]}
height = {size[1]}
fullscreen = false
""",
            "utf-8",
        )

    def printer(self, order: str) -> None:
        """Tell the simulator something, such as paper_out."""
        self.control.write_text(order + "\n", "ascii")

    def kiosk(self, *words: str, display: str | None = None) -> subprocess.Popen[bytes]:
        """Start the kiosk window."""
        environment = {**os.environ, **({"DISPLAY": display} if display else {})}
        return subprocess.Popen(
            [sys.executable, "-m", "kiosk", "run", "--config", self._config, *words],
            cwd=HERE,
            env=environment,
        )

    def sync(self) -> None:
        """Fetch the whole county into the kiosk's library."""
        subprocess.run(
            [sys.executable, "-m", "kiosk", "sync", "--config", self._config], cwd=HERE, check=True
        )


@contextmanager
def _county(folder: Path, size: tuple[int, int]) -> Iterator[County]:
    folder.mkdir(parents=True, exist_ok=True)
    announce = folder / "portal-url"
    portal = _start("deploy.reference_portal", "--port", "0", "--announce", str(announce))
    printer = _start(
        "kiosk.devices.sim.escpos_pty",
        "--link", str(folder / "printer"),
        "--control", str(folder / "printer-control"),
        "--paper", str(folder / "paper"),
    )  # fmt: skip
    try:
        _wait_for(announce, portal)
        _wait_for(folder / "printer", printer)
        county = County(folder, announce.read_text("utf-8").strip(), size)
        county.sync()
        yield county
    finally:
        _end(portal)
        _end(printer)


def _start(module: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", module, *words], cwd=HERE)


def _wait_for(path: Path, process: subprocess.Popen[bytes], wait_s: float = 60) -> None:
    deadline = time.monotonic() + wait_s
    while not path.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{path.name} 没有出现，演示没有启动")
        time.sleep(0.05)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


if __name__ == "__main__":
    sys.exit(main())
