"""Colours, sizes and the panel: one place for every number of the look.

Lengths are given in design pixels, one of which is a pixel of a 43-inch Full HD panel (2.017 to the
millimetre); Metrics turns them into pixels of the real panel. One table holds the tokens.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

Colour = tuple[float, float, float, float]

DESIGN_PX_PER_MM = 2.017


def _rgb(code: str, alpha: float = 1.0) -> Colour:
    return (int(code[1:3], 16) / 255, int(code[3:5], 16) / 255, int(code[5:7], 16) / 255, alpha)


@dataclass(frozen=True, slots=True)
class Colours:
    """Contrast of text on its ground: 4.5:1 and more in NORMAL, 7:1 and more in HIGH."""

    deep: Colour
    blue: Colour
    sky: Colour
    red: Colour
    rose: Colour
    green: Colour
    mint: Colour
    amber: Colour
    sand: Colour
    mark: Colour
    ground: Colour
    card: Colour
    line: Colour
    text: Colour
    dim: Colour
    faint: Colour
    white: Colour
    pale: Colour
    key_ground: Colour
    scrim: Colour
    press: Colour


NORMAL = Colours(
    deep=_rgb("#0B3D7A"),
    blue=_rgb("#1565C0"),
    sky=_rgb("#E8F0FB"),
    red=_rgb("#C62828"),
    rose=_rgb("#FDECEC"),
    green=_rgb("#18744A"),
    mint=_rgb("#E7F5EE"),
    amber=_rgb("#8A5000"),
    sand=_rgb("#FFF4DF"),
    mark=_rgb("#FFF0B3"),
    ground=_rgb("#F3F5F9"),
    card=_rgb("#FFFFFF"),
    line=_rgb("#DCE3ED"),
    text=_rgb("#16202F"),
    dim=_rgb("#55607A"),
    faint=_rgb("#8A94A8"),
    white=_rgb("#FFFFFF"),
    pale=_rgb("#C9D8EC"),
    key_ground=_rgb("#D5DDE9"),
    scrim=_rgb("#101828", 0.55),
    press=_rgb("#0B3D7A", 0.16),
)
HIGH = replace(
    NORMAL,
    deep=_rgb("#000000"),
    blue=_rgb("#00337A"),
    sky=_rgb("#FFFFFF"),
    red=_rgb("#8E0000"),
    rose=_rgb("#FFFFFF"),
    green=_rgb("#00451F"),
    mint=_rgb("#FFFFFF"),
    amber=_rgb("#5A3000"),
    sand=_rgb("#FFFFFF"),
    mark=_rgb("#FFE45C"),
    ground=_rgb("#FFFFFF"),
    line=_rgb("#000000"),
    text=_rgb("#000000"),
    dim=_rgb("#000000"),
    faint=_rgb("#3C3C3C"),
    pale=_rgb("#FFFFFF"),
    key_ground=_rgb("#C8C8C8"),
)


class Type:
    """Letter heights in design pixels; each size costs memory for good, so there are few."""

    POSTER = 92
    GIANT = 60
    HEADER = 44
    TILE = 37
    TITLE = 32
    BODY = 29
    SMALL = 25
    ICON = 46


@dataclass(frozen=True, slots=True)
class Metrics:
    """The panel and the person's text size. width and height are real pixels."""

    width: int
    height: int
    diagonal_inch: float = 43.0
    scale: float = 1.0

    @property
    def px_per_mm(self) -> float:
        return math.hypot(self.width, self.height) / (self.diagonal_inch * 25.4)

    @property
    def portrait(self) -> bool:
        return self.height >= self.width

    @property
    def unit(self) -> float:
        """Real pixels of one design pixel."""
        return self.px_per_mm / DESIGN_PX_PER_MM

    def px(self, design: float) -> float:
        """A length of the frame or a gap: never grows with the text."""
        return round(design * self.unit)

    def tx(self, design: float) -> float:
        """A length that grows with the text: row heights and the like."""
        return round(design * self.unit * self.scale)

    def mm(self, millimetres: float) -> float:
        return round(millimetres * self.px_per_mm)

    @property
    def touch(self) -> float:
        """The smallest side of a touch target: 20 mm, 25 mm in large text."""
        return self.mm(25 if self.scale > 1 else 20)
