"""What stands on a canvas, read from its instructions: shapes with place, size and colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from kivy.graphics import (
    Color,
    Ellipse,
    InstructionGroup,
    PopMatrix,
    PushMatrix,
    Rectangle,
    RoundedRectangle,
    Translate,
)

from kiosk.screens import ink
from kiosk.screens.fill import Fill, disc

if TYPE_CHECKING:
    from kiosk.screens.theme import Colour


PLAIN = Rectangle().texture  # what Kivy binds where there is no picture


class Shape(NamedTuple):
    """A thing drawn: left, top (growing downwards), size, in pixels; words are None where it is
    no text. plain: it fills its place with its colour.
    """

    x: float
    y: float
    w: float
    h: float
    colour: Colour
    words: str | None = None
    icon: bool = False
    plain: bool = False

    def covers(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.w and self.y <= y <= self.y + self.h


def shapes(group: InstructionGroup, height: float) -> Iterator[Shape]:
    """Everything a group draws, in the order of drawing; height is that of the panel."""
    written = {id(texture): key for key, texture in ink._textures._kept.items()}
    yield from _walk(group, height, written, [(0.0, 0.0)], (1.0, 1.0, 1.0, 1.0))


def _walk(
    group: InstructionGroup,
    height: float,
    written: dict[int, tuple[str, int, bool, str]],
    moved: list[tuple[float, float]],
    colour: Colour,
) -> Iterator[Shape]:
    for one in group.children:
        if isinstance(one, InstructionGroup):
            yield from _walk(one, height, written, moved, colour)
        elif isinstance(one, PushMatrix):
            moved.append(moved[-1])
        elif isinstance(one, PopMatrix):
            moved.pop()
        elif isinstance(one, Translate):
            dx, dy = moved[-1]
            moved[-1] = (dx + one.x, dy + one.y)
        elif isinstance(one, Color):
            colour = tuple(one.rgba)
        elif isinstance(one, Fill):
            (x, y), (w, h) = one.pos, one.size
            dx, dy = moved[-1]
            yield Shape(x + dx, height - (y + dy + h), w, h, one.colour, plain=True)
        elif isinstance(one, Rectangle | RoundedRectangle | Ellipse):
            yield _shape(one, height, written, moved[-1], colour)


def _shape(
    one: Any,
    height: float,
    written: dict[int, tuple[str, int, bool, str]],
    moved: tuple[float, float],
    colour: Colour,
) -> Shape:
    (x, y), (w, h) = one.pos, one.size
    left, top = x + moved[0], height - (y + moved[1] + h)
    texture = one.texture
    key = written.get(id(texture))
    if key:
        text, _, _, font = key
        return Shape(left, top, w, h, colour, text, icon=font == ink.ICON_FONT)
    plain = texture is PLAIN or (w == h and texture is disc(int(w / 2)))
    return Shape(left, top, w, h, colour, plain=plain)
