"""Blocks to rows: a document of any length becomes lines of known height, broken once, drawn in
sight.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from content_cache.model import Block, Heading, Paragraph, Picture, Steps, Table
from kiosk.screens import ink, pieces
from kiosk.screens.base import Kit
from kiosk.screens.pen import Pen
from kiosk.screens.roll import Draw, Row
from kiosk.screens.theme import Type

PAD = 56
LEADING = 1.75


class Card:
    """Collects inner rows of one card; rows() dresses each in its slice of the card."""

    def __init__(self, kit: Kit, pad: float = PAD) -> None:
        self.kit = kit
        self.pad = kit.m.px(pad)
        self.left = kit.edge + self.pad
        self.room = kit.inner - 2 * self.pad
        self._inner: list[tuple[float, Draw | None]] = []

    def space(self, design: float) -> None:
        self._inner.append((self.kit.m.px(design), None))

    def add(self, height: float, draw: Draw) -> None:
        self._inner.append((height, draw))

    def text(
        self, words: str, *, size: float = Type.BODY, bold: bool = False, indent: bool = False,
        centred: bool = False, dim: bool = False, leading: float = LEADING, hang: float = 0,
    ) -> None:  # fmt: skip
        """One paragraph as lines. indent: two characters in, as official papers are set."""
        kit = self.kit
        px = kit.m.tx(size)
        step = px * leading
        shift = 2 * px if indent else 0.0
        colour = kit.c.dim if dim else kit.c.text
        left, room = self.left + hang, self.room - hang
        for number, line in enumerate(ink.lines_of(words, room, px, bold=bold, indent=shift)):
            x = left + (shift if number == 0 else 0)

            def draw(pen: Pen, line: str = line, x: float = x) -> None:
                if centred:
                    pen.line(
                        left, 0, line, px, colour,
                        bold=bold, box=step, align="centre", width=room,
                    )  # fmt: skip
                else:
                    pen.line(x, 0, line, px, colour, bold=bold, box=step)

            self._inner.append((step, draw))

    def rows(self) -> list[Row]:
        last = len(self._inner) - 1
        return [
            Row(height, self._dressed(height, draw, number, last))
            for number, (height, draw) in enumerate(self._inner)
        ]

    def _dressed(self, height: float, draw: Draw | None, number: int, last: int) -> Draw:
        def paint(pen: Pen) -> None:
            pieces.card_part(
                pen, self.kit.edge, self.kit.inner, height,
                first=number == 0, last=number == last, line=False,
            )  # fmt: skip
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
                    _step(card, number, step)
            case Table():
                card.space(12)
                table(card, block)
                card.space(12)
            case Picture(caption=caption):
                if caption:
                    card.text(f"［图］{caption}", dim=True, centred=True)
            case _:
                assert_never(block)


def _step(card: Card, number: int, words: str) -> None:
    kit = card.kit
    hang = kit.m.tx(62)
    px = kit.m.tx(Type.BODY)
    step = px * LEADING
    for at, line in enumerate(ink.lines_of(words, card.room - hang, px)):

        def draw(pen: Pen, line: str = line, at: int = at) -> None:
            if at == 0:
                pen.circle(card.left + kit.m.tx(20), step / 2, kit.m.tx(20), kit.c.blue)
                pen.line(
                    card.left, 0, str(number), kit.m.tx(24), kit.c.white,
                    bold=True, box=step, align="centre", width=kit.m.tx(40),
                )  # fmt: skip
            pen.line(card.left + hang, 0, line, px, kit.c.text, box=step)

        card.add(step, draw)
    card.space(8)


def table(card: Card, block: Table) -> None:
    """Columns as wide as their words need, cells broken to them, hair lines between."""
    kit = card.kit
    px = kit.m.tx(26)
    pad = kit.m.px(14)
    step = px * 1.5
    columns = max([len(block.header), *(len(row) for row in block.rows)], default=0)
    if not columns:
        return
    everything = [block.header, *block.rows] if any(block.header) else list(block.rows)
    widths = _column_widths(everything, columns, card.room, px, pad)
    for number, cells in enumerate(everything):
        head = number == 0 and any(block.header)
        broken = [
            ink.lines_of(cell, widths[i] - 2 * pad, px, bold=head) for i, cell in enumerate(cells)
        ]
        tall = max((len(lines) for lines in broken), default=1) * step + 2 * pad

        def draw(
            pen: Pen,
            broken: list[list[str]] = broken,
            tall: float = tall,
            head: bool = head,
            number: int = number,
        ) -> None:
            c, hair = kit.c, max(1.0, kit.m.px(2))
            if head:
                pen.rect(card.left, 0, card.room, tall, c.sky)
            pen.rect(card.left, tall - hair, card.room, hair, c.line)
            if number == 0:
                pen.rect(card.left, 0, card.room, hair, c.line)
            x = card.left
            pen.rect(x, 0, hair, tall, c.line)
            for wide, lines in zip(widths, broken, strict=False):
                pen.lines(x + pad, pad, lines, px, c.text, step=step, bold=head)
                x += wide
                pen.rect(x - hair, 0, hair, tall, c.line)

        card.add(tall, draw)


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
