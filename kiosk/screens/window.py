"""Opening the window with every door of Kivy's shut; must run before anything else of Kivy is
imported.

What is shut and why: docs/adr/0004-locked-window.md.
"""

from __future__ import annotations

import importlib.util
import logging
import os
from pathlib import Path
from typing import Any

VISIBLE_DRIVERS = ("x11", "wayland", "KMSDRM", "kmsdrm")


class InvisibleDriver(RuntimeError):
    """SDL would draw where nobody can see it."""


def prepare(width: int, height: int, *, fullscreen: bool, cursor: bool, home: str) -> None:
    """Settle Kivy's environment and settings. Nothing is read from or written to a user's folder.

    Raises InvisibleDriver when SDL is told, or would fall back, to draw into nothing.
    """
    driver = os.environ.get("SDL_VIDEODRIVER")
    if driver is not None and driver not in VISIBLE_DRIVERS:
        raise InvisibleDriver(f"SDL_VIDEODRIVER={driver} 画不到任何屏幕上，请改为 x11")
    if driver is None:
        if not os.environ.get("DISPLAY"):
            raise InvisibleDriver("没有显示器：环境变量 DISPLAY 为空，窗口无处可画")
        os.environ["SDL_VIDEODRIVER"] = "x11"
    settings = {
        "KIVY_NO_ARGS": "1",
        "KIVY_NO_CONFIG": "1",
        "KIVY_NO_ENV_CONFIG": "1",
        "KIVY_NO_FILELOG": "1",
        "KIVY_LOG_MODE": "PYTHON",
        "KIVY_WINDOW": "sdl2",
        "KIVY_TEXT": "sdl2",
        "KIVY_IMAGE": "sdl2",  # else Pillow is loaded too, and never used
        "KIVY_HOME": home,
        "KIVY_DATA_DIR": _data_without_style(Path(home)),
        "KIVY_METRICS_DENSITY": "1",
        "KIVY_DPI": "96",
        "SDL_NO_SIGNAL_HANDLERS": "1",
    }
    os.environ.update(settings)
    # Kivy greets, and tells of a missing display in a page; the caller says it in a line.
    logging.getLogger("kivy").disabled = True
    from kivy.config import Config  # noqa: PLC0415  # the environment above must stand first

    for section, key, value in (
        ("graphics", "width", width),
        ("graphics", "height", height),
        ("graphics", "multisamples", 0),
        ("graphics", "resizable", 0),
        ("graphics", "maxfps", 60),
        ("graphics", "fullscreen", "auto" if fullscreen else 0),
        ("graphics", "borderless", 1),
        ("graphics", "position", "custom"),
        ("graphics", "left", 0),
        ("graphics", "top", 0),
        ("graphics", "show_cursor", int(cursor)),
        ("graphics", "allow_screensaver", 0),
        ("kivy", "exit_on_escape", 0),
        ("kivy", "keyboard_mode", ""),
        ("kivy", "log_enable", 0),
    ):
        Config.set(section, key, value)
    # The raw touch provider doubles every tap beside the mouse one; simulated fingers leave dots.
    Config.remove_option("input", "%(name)s")
    Config.set("input", "mouse", "mouse,disable_multitouch")


def _data_without_style(home: Path) -> str:
    """Kivy's data folder with an empty style.kv.

    The looks of Kivy's own widgets, none of which are used here, take 53 ms of a start of 500 ms to
    parse.
    """
    spec = importlib.util.find_spec("kivy")
    assert spec is not None and spec.origin is not None  # noqa: S101, PT018  # it is a dependency
    data = home / "data"
    data.mkdir(exist_ok=True)
    for entry in (Path(spec.origin).parent / "data").iterdir():
        link = data / entry.name
        if entry.name == "style.kv":
            link.touch()
        elif not link.exists():
            link.symlink_to(entry)
    return str(data)


def lock(window: Any) -> None:  # Kivy ships no types
    """Refuse what the window itself offers: closing, keys, dropped files."""
    window.bind(on_request_close=lambda *_: True)
    window.bind(on_key_down=lambda *_: True, on_key_up=lambda *_: True)
    window.bind(on_keyboard=lambda *_: True, on_textinput=lambda *_: True)
    window.bind(on_drop_file=lambda *_: True)
