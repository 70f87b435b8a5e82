"""The scripted visit: what a citizen does, and a picture of every screen on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from deploy.demo.panel import Panel

NUMBER, PROOF = "4109202611090117", "260117"


class Album:
    """Numbered pictures."""

    def __init__(self, panel: Panel, folder: Path) -> None:
        self._panel, self._folder = panel, folder
        self._count = 0

    def keep(self, name: str) -> None:
        self._count += 1
        self._panel.keep(self._folder / f"{self._count:02d}-{name}.png")


def walk(panel: Panel, folder: Path, printer: Callable[[str], None]) -> None:
    """Poster, home, every kind of screen, a slip taken, paper out, an interrupted slip, the end."""
    album = Album(panel, folder)
    panel.wait_drawn()
    album.keep("attract")
    panel.touch(300, 500)
    panel.wait_for("policy")
    album.keep("home")
    _documents(panel, album)
    _guides(panel, album)
    _search(panel, album)
    _progress(panel, album)
    _looks(panel, album)
    _printer_troubles(panel, album, printer)
    panel.press("end")
    panel.wait_gone("end")
    album.keep("end")


def _documents(panel: Panel, album: Album) -> None:
    panel.press("policy")
    panel.wait_for("item-*")
    album.keep("list")
    panel.press("item-*")
    panel.wait_for("print", on=True)
    album.keep("document")
    _print(panel, album)
    panel.press("home")
    for tile in ("map", "apply", "catalogue", "shelf", "opinion"):
        panel.press(tile)
        panel.wait_for("item-*")
        album.keep(tile)
        panel.press("item-*")
        panel.wait_gone(tile)
        album.keep(f"{tile}-detail")
        panel.press("home")
        panel.wait_for("policy")


def _print(panel: Panel, album: Album | None = None) -> None:
    panel.press("print")
    panel.wait_for("print-confirm")
    if album:
        album.keep("print-preview")
    panel.press("print-confirm")
    panel.wait_for("print-taken", wait_s=40)
    if album:
        album.keep("print-taken")
    panel.press("print-taken")
    panel.wait_gone("print-taken")


def _guides(panel: Panel, album: Album) -> None:
    panel.press("matrix")
    panel.wait_for("code-*")
    album.keep("matrix")
    panel.press("code-*")
    panel.wait_for("beside")
    album.keep("matrix-enlarged")
    panel.press("好的")
    panel.wait_gone("beside")
    panel.press("home")
    panel.press("guide")
    panel.wait_for("item-*")
    album.keep("guides")
    panel.press("item-*")
    panel.press("material-0")
    panel.press("material-1")
    album.keep("guide")
    _print(panel)
    panel.press("home")


def _search(panel: Panel, album: Album) -> None:
    panel.press("search-box")
    album.keep("search")
    for key in "db":
        panel.press(f"key-{key}")
    album.keep("search-typing")
    panel.press("clear")
    for key in ("安政发", "〔", "2", "0", "2", "5", "〕", "1", "2"):
        panel.press(f"key-{key}")
    panel.press("key-done")
    panel.wait_for("item-*")
    album.keep("results")
    panel.press("home")


def _progress(panel: Panel, album: Album) -> None:
    panel.press("progress")
    panel.wait_for("pad-1")
    for digit in NUMBER:
        panel.press(f"pad-{digit}")
    panel.press("field-proof")
    for digit in PROOF:
        panel.press(f"pad-{digit}")
    album.keep("progress-entry")
    panel.press("ask")
    panel.wait_for("leave")
    album.keep("progress-result")
    _print(panel)
    panel.press("home")


def _looks(panel: Panel, album: Album) -> None:
    for look in ("large", "contrast", "low"):
        if not panel.targets()[look]["on"]:
            continue  # low reach is for tall panels
        panel.press(look)
        album.keep(f"home-{look}")
        if look == "large":
            panel.press("large")
            panel.press("large")
        else:
            panel.press(look)


def _printer_troubles(panel: Panel, album: Album, printer: Callable[[str], None]) -> None:
    panel.press("policy")
    panel.press("item-*")
    printer("paper_out")
    panel.wait_for("print", on=False)
    album.keep("paper-out")
    printer("paper_in")
    panel.wait_for("print", on=True, wait_s=60)
    printer("paper_out 9000")
    panel.press("print")
    panel.press("print-confirm")
    panel.wait_for("came-out", wait_s=60)
    album.keep("print-unknown")
    printer("paper_in")
    panel.press("came-out")
    panel.wait_gone("came-out")
