"""Drawing: a Pen puts shapes, words and touch targets on a group, with y growing downwards.

Screens say where things are in one pass; there is no layout engine to wait for. Each Target carries
what a touch does and a name, so tests and the scripted visit find it by name.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kivy.graphics import Color, InstructionGroup, Line, Rectangle, SmoothLine
from kivy.graphics.texture import Texture

from kiosk.screens import ink
from kiosk.screens.fill import Fill, Ground, corners, disc
from kiosk.screens.theme import Colour, Colours, Metrics

Act = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Target:
    """A place to touch, in the coordinates of its pen. act None: drawn off, a touch does
    nothing.
    """

    x: float
    y: float
    w: float
    h: float
    act: Act | None
    name: str
    radius: float = 0

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.w and self.y <= y <= self.y + self.h


class Pen:
    """Draws on a group from the origin (left, top); everything in pixels."""

    def __init__(
        self,
        group: InstructionGroup,
        targets: list[Target],
        colours: Colours,
        metrics: Metrics,
        ground: Ground,
        left: float = 0,
        top: float = 0,
    ) -> None:
        self.group = group
        self.ground = ground
        self.targets = targets
        self.c = colours
        self.m = metrics
        self.left = left
        self.top = top
        self._colour: Colour | None = None

    def moved(self, dx: float, dy: float) -> Pen:
        """A pen on the same group whose origin lies (dx, dy) further."""
        return Pen(
            self.group, self.targets, self.c, self.m, self.ground, self.left + dx, self.top + dy
        )

    def _tint(self, colour: Colour) -> None:
        if colour != self._colour:
            self.group.add(Color(*colour))
            self._colour = colour

    def _place(self, x: float, y: float, h: float) -> tuple[float, float]:
        return (self.left + x, -(self.top + y + h))

    # --- shapes ---

    def rect(self, x: float, y: float, w: float, h: float, colour: Colour) -> None:
        left, bottom = self._place(x, y, h)
        self._fill(round(left), round(bottom), round(left + w), round(bottom + h), colour)

    def _fill(self, left: int, bottom: int, right: int, top: int, colour: Colour) -> None:
        """A plain rectangle in whole pixels of the group."""
        if right <= left or top <= bottom:
            return
        area = (left, bottom, right - left, top - bottom)
        if colour[3] == 1:
            self.group.add(Fill(area, colour, self.ground))
        else:
            self._tint(colour)
            self.group.add(Rectangle(pos=area[:2], size=area[2:]))

    def _corner(self, x: int, y: int, r: int, which: int, colour: Colour) -> None:
        """A quarter disc; which: 0 bottom left, 1 bottom right, 2 top left, 3 top right."""
        self._tint(colour)
        self.group.add(Rectangle(pos=(x, y), size=(r, r), texture=corners(r)[which]))

    def rounded(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        colour: Colour,
        *,
        radius: float = 20,
        border: Colour | None = None,
        thick: float = 2,
    ) -> None:
        """A plate with clean edges, its border a line on it."""
        px, py = self._place(x, y, h)
        left, bottom, right, top = round(px), round(py), round(px + w), round(py + h)
        r = int(min(self.m.px(radius), (right - left) / 2, (top - bottom) / 2))
        self._fill(left, bottom + r, right, top - r, colour)
        self._fill(left + r, bottom, right - r, bottom + r, colour)
        self._fill(left + r, top - r, right - r, top, colour)
        if r:
            self._corner(left, bottom, r, 0, colour)
            self._corner(right - r, bottom, r, 1, colour)
            self._corner(left, top - r, r, 2, colour)
            self._corner(right - r, top - r, r, 3, colour)
        if border:
            b = max(1.0, self.m.px(thick)) / 2
            box = (left + b, bottom + b, right - left - 2 * b, top - bottom - 2 * b, max(r - b, 1))
            self._tint(border)
            self.group.add(SmoothLine(rounded_rectangle=box, width=b))

    def cap(
        self, x: float, w: float, h: float, colour: Colour, border: Colour, *, top: bool
    ) -> None:
        """The first (top) or last part of a card: rounded there, straight where the next begins."""
        r = int(min(self.m.px(20), h))
        b = max(1.0, self.m.px(2)) / 2
        px, py = self._place(x, 0, h)
        left, bottom, right, over = round(px), round(py), round(px + w), round(py + h)
        if top:
            self._fill(left, bottom, right, over - r, colour)
            self._fill(left + r, over - r, right - r, over, colour)
            self._corner(left, over - r, r, 2, colour)
            self._corner(right - r, over - r, r, 3, colour)
        else:
            self._fill(left, bottom + r, right, over, colour)
            self._fill(left + r, bottom, right - r, bottom + r, colour)
            self._corner(left, bottom, r, 0, colour)
            self._corner(right - r, bottom, r, 1, colour)
        arc = [(math.cos(a), math.sin(a)) for a in (math.pi * n / 16 for n in range(9))]
        turn = r - b
        down = [(x + w - r + c * turn, r - s * turn) for c, s in arc]
        up = [(x + r - s * turn, r - c * turn) for c, s in arc]
        path = [(x + w - b, h), *down, *up, (x + b, h)]
        if not top:
            path = [(at_x, h - at_y) for at_x, at_y in path]
        points = [v for at_x, at_y in path for v in (self.left + at_x, -(self.top + at_y))]
        self._tint(border)
        self.group.add(SmoothLine(points=points, width=b))

    def circle(self, cx: float, cy: float, r: float, colour: Colour) -> None:
        x, y = self._place(cx - r, cy - r, 2 * r)
        self._tint(colour)
        self.group.add(
            Rectangle(pos=(round(x), round(y)), size=(2 * r, 2 * r), texture=disc(int(r)))
        )

    def ring(self, cx: float, cy: float, r: float, thick: float, colour: Colour) -> None:
        self._tint(colour)
        self.group.add(Line(circle=(self.left + cx, -(self.top + cy), r), width=thick))

    def picture(self, texture: Texture, x: float, y: float, w: float, h: float) -> None:
        self._tint(self.c.white)
        self.group.add(Rectangle(pos=self._place(x, y, h), size=(w, h), texture=texture))

    # --- words ---

    def line(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: Colour,
        *,
        bold: bool = False,
        box: float | None = None,
        align: str = "left",
        width: float = 0,
    ) -> float:
        """One line; its width. box: the height it is centred in. align within `width`."""
        if not text:
            return 0.0
        picture = ink.texture(text, size, bold=bold)
        w, h = picture.size
        if align == "centre":
            x += (width - w) / 2
        elif align == "right":
            x += width - w
        if box is not None:
            y += (box - h) / 2
        self._tint(colour)
        px, py = self._place(x, y, h)
        # Whole pixels, or the letters blur.
        self.group.add(Rectangle(pos=(round(px), round(py)), size=(w, h), texture=picture))
        return float(w)

    def lines(
        self,
        x: float,
        y: float,
        texts: Sequence[str],
        size: float,
        colour: Colour,
        *,
        step: float,
        bold: bool = False,
        align: str = "left",
        width: float = 0,
    ) -> float:
        """Lines one under the other, each in a box of height step; the height used."""
        for number, text in enumerate(texts):
            self.line(
                x, y + number * step, text, size, colour,
                bold=bold, box=step, align=align, width=width,
            )  # fmt: skip
        return step * len(texts)

    def icon(self, cx: float, cy: float, name: str, size: float, colour: Colour) -> None:
        """An icon centred on a point."""
        picture = ink.icon_texture(name, size)
        w, h = picture.size
        self._tint(colour)
        px, py = self._place(cx - w / 2, cy - h / 2, h)
        self.group.add(Rectangle(pos=(round(px), round(py)), size=(w, h), texture=picture))

    # --- touch ---

    def target(
        self, x: float, y: float, w: float, h: float, act: Act | None, name: str, radius: float = 0
    ) -> None:
        self.targets.append(Target(self.left + x, self.top + y, w, h, act, name, self.m.px(radius)))
