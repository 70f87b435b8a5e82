"""What can be taken along: the code to the portal page, a slip, one code enlarged."""

from __future__ import annotations

from content_cache.model import KINDS, Item
from kiosk.screens import ink, pieces
from kiosk.screens.base import Kit, Sheet, Visit
from kiosk.screens.pen import Act, Pen
from kiosk.screens.pieces import Button
from kiosk.screens.printing import print_button
from kiosk.screens.roll import Row
from kiosk.screens.theme import Type
from kiosk.text import t


def take_bar(visit: Visit, item: Item, kit: Kit) -> Row:
    """The code to the portal page and the slip: what can be taken along."""
    m = kit.m
    narrow = kit.inner < m.px(700)
    side = m.px(200)
    slip = print_button(visit, lambda: visit.print_item(item))
    tall_button = max(m.tx(100), m.touch)
    tall = side + tall_button + m.px(20) if narrow else max(side, tall_button)

    def draw(pen: Pen) -> None:
        x = kit.edge
        if item.source_url:
            pen.rounded(x, 0, side, side, kit.c.white, radius=16, border=kit.c.line)
            pieces.code(pen, x + m.px(4), m.px(4), side - m.px(8), item.source_url)
            px = m.px(Type.SMALL)
            words = t("detail.scan", portal=visit.site.portal_name)
            lines = ink.lines_of(words, m.px(180), px)
            top = (side - len(lines) * px * 1.4) / 2
            pen.lines(x + side + m.px(20), top, lines, px, kit.c.dim, step=px * 1.4)
        if KINDS[item.kind].slip:
            if narrow:
                pieces.button(pen, x, side + m.px(20), kit.inner, tall_button, slip)
            else:
                left = x + side + m.px(20 + 180 + 24)
                wide = kit.width - kit.edge - left
                pieces.button(pen, left, (side - tall_button) / 2, wide, tall_button, slip)

    return Row(tall, draw)


def code_sheet(kit: Kit, title: str, payload: str, note: str, *, away: Act) -> Sheet:
    """One code, large enough to scan from an arm's length (120 mm and more), and nothing beside
    it.
    """
    m = kit.m
    side = min(m.mm(150) + m.px(40), kit.height * 0.5)
    wide = max(side, m.px(640)) + m.px(80)
    px = m.tx(Type.TITLE)
    titles = ink.clamp(title, wide - m.px(96), px, 2, bold=True)
    small = m.tx(Type.SMALL)
    notes = ink.lines_of(note, wide - m.px(96), small)
    head = m.px(40) + len(titles) * px * 1.4
    button = max(m.tx(92), m.touch)
    tall = head + side + m.px(30) + len(notes) * small * 1.5 + m.px(24) + button + m.px(40)

    def draw(pen: Pen) -> None:
        pen.lines(
            m.px(48), m.px(36), titles, px, kit.c.text,
            step=px * 1.4, bold=True, align="centre", width=wide - m.px(96),
        )  # fmt: skip
        left = (wide - side) / 2
        pen.rect(left, head + m.px(10), side, side, kit.c.white)
        pieces.code(pen, left, head + m.px(10), side, payload)
        y = head + side + m.px(30)
        pen.lines(
            m.px(48), y, notes, small, kit.c.dim,
            step=small * 1.5, align="centre", width=wide - m.px(96),
        )  # fmt: skip
        y += len(notes) * small * 1.5 + m.px(24)
        pieces.button(pen, m.px(48), y, wide - m.px(96), button, Button(t("sheet.close"), away))

    return Sheet(wide, tall, draw, away)
