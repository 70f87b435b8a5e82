"""Blocks to rows: a document of any length becomes lines of known height, broken once, drawn in
sight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import assert_never

from content_cache.model import Block, Heading, Paragraph, Picture, Steps, Table
from kiosk.screens import ink, pieces
from kiosk.screens.base import Kit
from kiosk.screens.pen import Pen
from kiosk.screens.roll import Draw, Row
from kiosk.screens.theme import Type

PAD = 56
LEADING = 1.75


Part = tuple[float, Draw | None]


class Card:
    """Collects the parts of one card; rows() dresses each in its slice of the card.

    A paragraph is broken into lines only when rows() comes to it, so that the beginning of a long
    document can be drawn before its end is known.
    """

    def __init__(self, kit: Kit, pad: float = PAD) -> None:
        self.kit = kit
        self.pad = kit.m.px(pad)
        self.left = kit.edge + self.pad
        self.room = kit.inner - 2 * self.pad
        self._parts: list[Callable[[], Iterable[Part]]] = []

    def space(self, design: float) -> None:
        self.add(self.kit.m.px(design), None)

    def add(self, height: float, draw: Draw | None) -> None:
        self._parts.append(lambda: ((height, draw),))

    def later(self, parts: Callable[[], Iterable[Part]]) -> None:
        """Parts that are made when they are come to."""
        self._parts.append(parts)

    def text(
        self,
        words: str,
        *,
        size: float = Type.BODY,
        bold: bool = False,
        indent: bool = False,
        centred: bool = False,
        dim: bool = False,
        leading: float = LEADING,
    ) -> None:
        """One paragraph as lines. indent: two characters in, as official papers are set."""
        kit = self.kit
        px = kit.m.tx(size)
        step = px * leading
        shift = 2 * px if indent else 0.0
        colour = kit.c.dim if dim else kit.c.text
        align = "centre" if centred else "left"

        def line(words: str, x: float) -> Part:
            return step, lambda pen: pen.line(
                x, 0, words, px, colour, bold=bold, box=step, align=align, width=self.room
            )

        def lines() -> Iterator[Part]:
            broken = ink.lines_of(words, self.room, px, bold=bold, indent=shift)
            for number, text in enumerate(broken):
                yield line(text, self.left + (0 if number else shift))

        self.later(lines)

    def rows(self) -> Iterator[Row]:
        """The rows of the card, each made when it is asked for."""
        parts = (part for make in self._parts for part in make())
        first, waiting = True, next(parts, None)
        while waiting is not None:
            height, draw = waiting
            waiting = next(parts, None)
            yield Row(height, self._dressed(height, draw, first=first, last=waiting is None))
            first = False

    def _dressed(self, height: float, draw: Draw | None, *, first: bool, last: bool) -> Draw:
        kit = self.kit

        def paint(pen: Pen) -> None:
            pieces.card_part(pen, kit.edge, kit.inner, height, first=first, last=last, line=False)
            if draw:
                draw(pen)

        return paint


def fill(card: Card, blocks: Sequence[Block]) -> None:
    """Put the blocks into the card, in order."""
    for block in blocks:
        match block:
            case Heading(text=text, level=level):
                card.space(18)
                card.text(
                    text,
                    size=Type.TITLE if level == 1 else Type.BODY,
                    bold=True,
                    centred=level == 1,
                    leading=1.6,
                )
                card.space(8)
            case Paragraph(text=text):
                card.text(text, indent=True)
            case Steps(steps=steps):
                for number, step in enumerate(steps, 1):
                    card.later(partial(_step, card, number, step))
            case Table():
                card.space(12)
                card.later(partial(_table, card, block))
                card.space(12)
            case Picture(caption=caption):
                if caption:
                    card.text(f"［图］{caption}", dim=True, centred=True)
            case _:
                assert_never(block)


def _step(card: Card, number: int, words: str) -> Iterator[Part]:
    """One step: its number in a circle, its lines beside it."""
    kit = card.kit
    hang, px = kit.m.tx(62), kit.m.tx(Type.BODY)
    step = px * LEADING

    def first(pen: Pen, line: str) -> None:
        r = kit.m.tx(20)
        pen.circle(card.left + r, step / 2, r, kit.c.blue)
        pen.line(
            card.left, 0, str(number), kit.m.tx(Type.SMALL), kit.c.white,
            bold=True, box=step, align="centre", width=2 * r,
        )  # fmt: skip
        rest(pen, line)

    def rest(pen: Pen, line: str) -> None:
        pen.line(card.left + hang, 0, line, px, kit.c.text, box=step)

    for at, line in enumerate(ink.lines_of(words, card.room - hang, px)):
        yield step, partial(rest if at else first, line=line)
    yield kit.m.px(8), None


def _table(card: Card, block: Table) -> Iterator[Part]:
    """Columns as wide as their words need, cells broken to them, hair lines between."""
    kit = card.kit
    px, pad = kit.m.tx(Type.SMALL), kit.m.px(14)
    columns = max([len(block.header), *(len(row) for row in block.rows)], default=0)
    if not columns:
        return
    headed = any(block.header)
    rows = [block.header, *block.rows] if headed else list(block.rows)
    widths = _column_widths(rows, columns, card.room, px, pad)
    for number, cells in enumerate(rows):
        head = headed and number == 0
        broken = [
            ink.lines_of(cell, widths[i] - 2 * pad, px, bold=head) for i, cell in enumerate(cells)
        ]
        tall = max((len(lines) for lines in broken), default=1) * px * 1.5 + 2 * pad
        yield (
            tall,
            partial(
                _cells,
                card=card,
                widths=widths,
                broken=broken,
                tall=tall,
                head=head,
                top=number == 0,
            ),
        )


def _cells(
    pen: Pen,
    *,
    card: Card,
    widths: list[float],
    broken: list[list[str]],
    tall: float,
    head: bool,
    top: bool,
) -> None:
    c, m = card.kit.c, card.kit.m
    px, pad, hair = m.tx(Type.SMALL), m.px(14), max(1.0, m.px(2))
    if head:
        pen.rect(card.left, 0, card.room, tall, c.sky)
    pen.rect(card.left, tall - hair, card.room, hair, c.line)
    if top:
        pen.rect(card.left, 0, card.room, hair, c.line)
    x = card.left
    pen.rect(x, 0, hair, tall, c.line)
    for wide, lines in zip(widths, broken, strict=False):
        pen.lines(x + pad, pad, lines, px, c.text, step=px * 1.5, bold=head)
        x += wide
        pen.rect(x - hair, 0, hair, tall, c.line)


def _column_widths(
    rows: Sequence[Sequence[str]], columns: int, room: float, px: float, pad: float
) -> list[float]:
    """Share the room: what fits whole gets what it needs, long columns share the rest by length."""
    needs = [0.0] * columns
    for row in rows:
        for i, cell in enumerate(row):
            needs[i] = max(needs[i], ink.width_of(cell, px) + 2 * pad)
    if sum(needs) <= room:
        spare = (room - sum(needs)) / columns
        return [need + spare for need in needs]
    least = px * 3 + 2 * pad
    fair = room / columns
    small = {i: max(need, least) for i, need in enumerate(needs) if need <= fair}
    rest = room - sum(small.values())
    large = [i for i in range(columns) if i not in small]
    weights = {i: needs[i] ** 0.6 for i in large}
    total = sum(weights.values()) or 1
    return [small.get(i, rest * weights.get(i, 0) / total) for i in range(columns)]
