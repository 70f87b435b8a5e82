"""The real window of the kiosk without a display: SDL draws off the screen, with real OpenGL.

One window a process, opened when the first test asks for it. Kivy's own graphics `mock` draws
nothing, and a process can have only one of the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk import frame_words
from kiosk.devices.contracts import PrinterStatus
from kiosk.routes import Route
from kiosk.visit import Visit
from tests.halls import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

    from kiosk.screens.shell import Shell
    from kiosk.screens.stage import Stage

SETTINGS = {
    "SDL_VIDEODRIVER": "offscreen",
    "SDL_NO_SIGNAL_HANDLERS": "1",
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONFIG": "1",
    "KIVY_NO_ENV_CONFIG": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_METRICS_DENSITY": "1",
    "KIVY_DPI": "96",
}


class Glass:
    """A panel of any size: shows what the app would show, and can be read back."""

    def __init__(self, home: Path) -> None:
        # The environment is put back at once: other tests start programs of their own.
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {**SETTINGS, "KIVY_HOME": str(home)}.items():
                patch.setenv(name, value)
            from kivy.config import Config

            Config.set("graphics", "multisamples", 0)
            Config.set("kivy", "log_enable", 0)
            import kivy.core.window  # noqa: F401  # importing it opens the window

        from kiosk.screens import ink

        ink.register_fonts()

    def show(
        self,
        visit: Visit,
        size: tuple[int, int],
        route: Route | None = None,
        *,
        idle_left_s: int | None = None,
    ) -> Stage:
        """Draw what this visit shows on a panel of this size in pixels, as kiosk/app.py does."""
        from kiosk.screens.shell import Shell
        from kiosk.screens.stage import Stage
        from kiosk.screens.theme import Metrics

        stage = Stage(lambda: False)
        stage.size = size
        shell: Shell = Shell(stage, Metrics(*size))
        status: PrinterStatus | None = visit.health.printer
        words = frame_words.of(visit.site, NOW, visit.library.age(), status)
        nothing = lambda: None  # noqa: E731  # what the doors do is the app's affair
        acts = dict.fromkeys(("home", "large", "contrast", "low", "end"), nothing)
        back = nothing if visit.navigator.can_go_back else None
        shell.show(visit, route or visit.navigator.here, words, {**acts, "back": back}, idle_left_s)
        return stage

    def picture(self, stage: Stage) -> Image:
        """What stands on the stage, drawn by OpenGL and read back."""
        from kivy.graphics import ClearBuffers, ClearColor, Fbo
        from PIL import Image

        size = (int(stage.width), int(stage.height))
        buffer = Fbo(size=size)
        buffer.add(ClearColor(*stage.colours.ground))
        buffer.add(ClearBuffers())
        buffer.add(stage.canvas)
        buffer.draw()
        lines = Image.frombytes("RGBA", size, buffer.pixels).convert("RGB")
        buffer.remove(stage.canvas)
        return lines.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
