"""A roll: rows of known height in a window, only those in sight drawn. Lists and bodies alike."""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kivy.graphics import Color, InstructionGroup, PopMatrix, PushMatrix, Rectangle, Translate
from kivy.graphics.scissor_instructions import ScissorPop, ScissorPush

from kiosk.screens.fill import Ground
from kiosk.screens.pen import Pen, Target
from kiosk.screens.theme import Colours, Metrics

Draw = Callable[[Pen], object]  # what it returns is of no use


@dataclass(frozen=True, slots=True)
class Row:
    """height in pixels; draw gets a pen whose origin is the row's left top corner."""

    height: float
    draw: Draw


def gap(height: float) -> Row:
    """Empty space."""
    return Row(height, lambda _pen: None)


class Roll:
    """Rows in the window area (x, y from the top, w, h of the stage, whose height is `ceiling`)."""

    def __init__(
        self,
        rows: Iterable[Row],
        area: tuple[float, float, float, float],
        ceiling: float,
        colours: Colours,
        metrics: Metrics,
        offset: float = 0,
    ) -> None:
        self._source = iter(rows)
        self._rows: list[Row] = []
        self._tops = [0.0]
        self.complete = False
        self.x, self.y, self.w, self.h = area
        self._colours = colours
        self._metrics = metrics
        self._ceiling = ceiling
        self._drawn: dict[int, tuple[InstructionGroup, list[Target]]] = {}
        self.canvas = InstructionGroup()
        self._body = InstructionGroup()
        self._shift = Translate(self.x, 0, 0)
        clip = (int(self.x), int(ceiling - self.y - self.h), int(self.w), int(self.h))
        self._ground = Ground(self.x, 0, clip)
        x, y, w, h = clip
        self.canvas.add(ScissorPush(x=x, y=y, width=w, height=h))
        self.canvas.add(PushMatrix())
        self.canvas.add(self._shift)
        self.canvas.add(self._body)
        self.canvas.add(PopMatrix())
        self.canvas.add(ScissorPop())
        self._rail = Rectangle(pos=(self.x, ceiling - self.y), size=(0, 0))
        self.canvas.add(Color(*colours.faint))
        self.canvas.add(self._rail)
        self.offset = -1.0
        self.scroll_to(offset)

    @property
    def length(self) -> float:
        """Height of the rows known so far, in pixels."""
        return self._tops[-1]

    @property
    def furthest(self) -> float:
        return max(0.0, self.length - self.h)

    def scroll_to(self, offset: float) -> bool:
        """Bring `offset` pixels from the top to the window's top; False when already there."""
        self._take(offset + 2 * self.h)
        offset = min(max(0.0, offset), self.furthest)
        if offset == self.offset:
            return False
        self.offset = offset
        self._shift.y = self._ground.y = round(self._ceiling - self.y + offset)
        self._show()
        self._move_rail()
        return True

    def more(self, budget_s: float) -> None:
        """Get to know further rows for so many seconds; `complete` once there are no more."""
        end = time.perf_counter() + budget_s
        while not self.complete and time.perf_counter() < end:
            self._take(self.length + self.h)
        if self.complete:
            self._move_rail()

    def _take(self, until: float) -> None:
        """Know the rows down to `until` pixels from the top."""
        while not self.complete and self.length < until:
            row = next(self._source, None)
            if row is None:
                self.complete = True
            else:
                self._rows.append(row)
                self._tops.append(self._tops[-1] + row.height)

    def _move_rail(self) -> None:
        """The thin bar at the right edge: how much there is and where this is, once known."""
        if not self.complete or self.furthest <= 0:
            return
        share = self.h / self.length
        tall = max(self._metrics.mm(20), self.h * share)
        top = self.y + (self.h - tall) * self.offset / self.furthest
        wide = self._metrics.px(10)
        self._rail.pos = (self.x + self.w - wide - self._metrics.px(18), self._ceiling - top - tall)
        self._rail.size = (wide, tall)

    def _show(self) -> None:
        first = max(0, bisect_right(self._tops, self.offset) - 1)
        last = min(len(self._rows), bisect_left(self._tops, self.offset + self.h))
        for number in [n for n in self._drawn if not first <= n < last]:
            group, _ = self._drawn.pop(number)
            self._body.remove(group)
            group.clear()
        for number in range(first, last):
            if number not in self._drawn:
                group = InstructionGroup()
                targets: list[Target] = []
                pen = Pen(
                    group,
                    targets,
                    self._colours,
                    self._metrics,
                    self._ground,
                    0,
                    self._tops[number],
                )
                self._rows[number].draw(pen)
                self._body.add(group)
                self._drawn[number] = (group, targets)

    def drop(self) -> None:
        """Take the drawing apart; see Layer.drop."""
        for group, _ in self._drawn.values():
            group.clear()
        self._drawn.clear()
        self._body.clear()
        self.canvas.clear()

    def in_window(self, x: float, y: float) -> bool:
        """Whether a point of the stage (y from the top) lies in the roll's window."""
        return self.x <= x <= self.x + self.w and self.y <= y <= self.y + self.h

    def targets(self) -> list[Target]:
        """What can be touched now, in stage coordinates (y from the top)."""
        return [
            Target(
                t.x + self.x, t.y - self.offset + self.y, t.w, t.h, t.act, t.name, t.radius
            )
            for _, (_, targets) in sorted(self._drawn.items())
            for t in targets
        ]  # fmt: skip
