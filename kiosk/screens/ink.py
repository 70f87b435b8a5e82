"""Text to textures: measured by character, broken by our own rules, cached while small.

Kivy's own wrapping is ten times slower and starts lines with 。, so it is never asked to wrap.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from kivy.core.text import Label as CoreLabel
from kivy.core.text import LabelBase
from kivy.graphics.texture import Texture

from kiosk.errors import BadInputError
from kiosk.linebreak import break_lines

HERE = Path(__file__).parent
FONT = "Noto Sans SC"
ICON_FONT = "Icons"
_CACHE_BYTES = 12_000_000  # home, a list and a document at once: going back draws no letter

_ICONS: dict[str, str] = json.loads((HERE / "assets" / "icons.json").read_text("ascii"))


def register_fonts() -> None:
    """Make our Simplified Chinese faces the default of everything. Raises BadInputError."""
    regular = HERE / "fonts" / "NotoSansSC-Regular.otf"
    bold = HERE / "fonts" / "NotoSansSC-Bold.otf"
    for path in (regular, bold):
        if not path.exists():
            raise BadInputError(f"缺少字体文件 {path}：请运行 deploy/setup.sh 生成")
    LabelBase.register(FONT, str(regular), fn_bold=str(bold))
    LabelBase.register(ICON_FONT, str(HERE / "assets" / "icons.ttf"))


class _Textures:
    """Recently used short texts, so that coming back to a screen draws nothing anew."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int, bool, str], Texture] = OrderedDict()
        self._bytes = 0

    def get(self, text: str, size: int, bold: bool, font: str) -> Texture:
        key = (text, size, bold, font)
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return found
        label = CoreLabel(text=text, font_size=size, font_name=font, bold=bold)
        label.refresh()
        texture = label.texture
        self._kept[key] = texture
        self._bytes += texture.width * texture.height * 4
        while self._bytes > _CACHE_BYTES and len(self._kept) > 1:
            _, old = self._kept.popitem(last=False)
            self._bytes -= old.width * old.height * 4
        return texture


_textures = _Textures()


def texture(text: str, size: float, *, bold: bool = False) -> Texture:
    """A white picture of one line of text; the drawing colour tints it. size in pixels."""
    return _textures.get(text, int(size), bold, FONT)


def icon_texture(name: str, size: float) -> Texture:
    """The picture of an icon of our font; a name it lacks is a KeyError."""
    return _textures.get(_ICONS[name], int(size), False, ICON_FONT)


def forget() -> None:
    """Drop every cached text: what one citizen saw is not kept for the next."""
    _textures.__init__()  # type: ignore[misc]  # a fresh cache is exactly its constructor's work


def _is_full_width(char: str) -> bool:
    return "\u3000" <= char <= "\u9fff" or "\uff01" <= char <= "\uff5e"


@lru_cache(maxsize=64)
def measure(size: int, *, bold: bool) -> Callable[[str], float]:
    """The function that gives one character's width in pixels at this size."""
    probe = CoreLabel(text="", font_size=size, font_name=FONT, bold=bold)
    widths: dict[str, float] = {}

    def width(char: str) -> float:
        found = widths.get(char)
        if found is None:
            found = size if _is_full_width(char) else probe.get_extents(char)[0]
            widths[char] = found
        return found

    return width


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line in pixels."""
    return sum(map(measure(int(size), bold=bold), text))


def lines_of(
    text: str, width: float, size: float, *, bold: bool = False, indent: float = 0
) -> list[str]:
    """One paragraph broken to width pixels."""
    return break_lines(text, width, measure(int(size), bold=bold), indent)


def cut(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, or its beginning and … where it does not fit."""
    one = measure(int(size), bold=bold)
    used = 0.0
    room = width - one("…")
    fits = 0
    for number, char in enumerate(text):
        used += one(char)
        if used <= room:
            fits = number + 1
        if used > width:
            return text[:fits] + "…"
    return text


def clamp(text: str, width: float, size: float, most: int, *, bold: bool = False) -> list[str]:
    """At most so many lines; the last one ends in … where more was there."""
    lines = lines_of(text, width, size, bold=bold)
    if len(lines) <= most:
        return lines
    rest = "".join(lines[most - 1 :])
    return [*lines[: most - 1], cut(rest, width, size, bold=bold)]
