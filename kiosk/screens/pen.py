"""Drawing: a Pen puts shapes, words and touch targets on a group, with y growing downwards.

Screens say where things are in one pass; there is no layout engine to wait for. Each Target carries
what a touch does and a name, so tests and the scripted visit find it by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kivy.graphics import Color, Ellipse, InstructionGroup, Line, Rectangle
from kivy.graphics.texture import Texture
from kivy.graphics.vertex_instructions import RoundedRectangle, SmoothRoundedRectangle

from kiosk.screens import ink
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
        left: float = 0,
        top: float = 0,
    ) -> None:
        self.group = group
        self.targets = targets
        self.c = colours
        self.m = metrics
        self.left = left
        self.top = top
        self._colour: Colour | None = None

    def moved(self, dx: float, dy: float) -> Pen:
        """A pen on the same group whose origin lies (dx, dy) further."""
        return Pen(self.group, self.targets, self.c, self.m, self.left + dx, self.top + dy)

    def _tint(self, colour: Colour) -> None:
        if colour != self._colour:
            self.group.add(Color(*colour))
            self._colour = colour

    def _place(self, x: float, y: float, h: float) -> tuple[float, float]:
        return (self.left + x, -(self.top + y + h))

    # --- shapes ---

    def rect(self, x: float, y: float, w: float, h: float, colour: Colour) -> None:
        self._tint(colour)
        self.group.add(Rectangle(pos=self._place(x, y, h), size=(w, h)))

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
        corners: tuple[bool, bool, bool, bool] = (True, True, True, True),
        thick: float = 2,
    ) -> None:
        """A plate with clean edges. corners: top left, top right, bottom right, bottom left."""
        r = self.m.px(radius)
        b = max(1.0, self.m.px(thick)) if border else 0.0
        shape = SmoothRoundedRectangle if all(corners) else RoundedRectangle
        if border:
            self._tint(border)
            radii = [(r if on else 0.1,) * 2 for on in corners]
            self.group.add(shape(pos=self._place(x, y, h), size=(w, h), radius=radii))
        inner = max(r - b, 0.1)
        radii = [(inner if on else 0.1,) * 2 for on in corners]
        self._tint(colour)
        self.group.add(
            shape(
                pos=self._place(x + b, y + b, h - 2 * b), size=(w - 2 * b, h - 2 * b), radius=radii
            )
        )

    def circle(self, cx: float, cy: float, r: float, colour: Colour) -> None:
        self._tint(colour)
        self.group.add(Ellipse(pos=self._place(cx - r, cy - r, 2 * r), size=(2 * r, 2 * r)))

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
