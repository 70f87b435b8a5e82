"""待机: one message, large, and how to start. Nothing personal is ever here."""

from __future__ import annotations

from content_cache.model import KINDS, Paragraph
from kiosk.routes import Route
from kiosk.screens import ink
from kiosk.screens.base import Kit, View, Visit
from kiosk.screens.pen import Pen
from kiosk.screens.roll import Row
from kiosk.screens.theme import Type
from kiosk.text import t


def view(visit: Visit, _route: Route, kit: Kit) -> View:
    newest = visit.library.newest(1)
    row = newest[0] if newest else None
    m, c = kit.m, kit.c
    edge = m.px(90)
    room = kit.width - 2 * edge
    # Two letter sizes only: each takes 12 ms of the start to open.
    giant = m.px(Type.POSTER if m.portrait else Type.GIANT)
    title = row.title if row else visit.site.title
    titles = ink.clamp(title, room, giant, 4 if m.portrait else 2, bold=True)
    kind = KINDS[row.kind].words if row else ""
    words = _opening(visit, row.id) if row else ()

    def draw(pen: Pen) -> None:
        pen.rect(0, 0, kit.width, kit.height, c.deep)
        y = m.px(130 if m.portrait else 70)
        pen.line(edge, y, kind, m.px(Type.TILE), c.pale)
        y += m.px(76)
        y += pen.lines(edge, y, titles, giant, c.white, step=giant * 1.32, bold=True)
        y += m.px(50 if m.portrait else 30)
        px = m.px(Type.TILE)
        foot = m.px(470 if m.portrait else 330)
        lines = [line for text in words for line in ink.lines_of(text, room - m.px(100), px)]
        fit = max(0, int((kit.height - foot - y - m.px(100)) // (px * 1.7)))
        lines = lines[:fit]
        if lines:
            tall = len(lines) * px * 1.7 + m.px(90)
            pen.rounded(edge, y, room, tall, c.white, radius=26)
            pen.lines(
                edge + m.px(50), y + m.px(45), lines, px, (0.086, 0.125, 0.184, 1), step=px * 1.7
            )
        base = kit.height - foot + m.px(60)
        pen.icon(kit.width / 2, base, "gesture-tap", m.px(110), c.white)
        pen.line(
            0, base + m.px(80), t("attract.start"), giant, c.white,
            bold=True, align="centre", width=kit.width,
        )  # fmt: skip
        pen.line(
            0, base + m.px(104) + giant * 1.32, t("attract.offers"), m.px(Type.TILE), c.pale,
            align="centre", width=kit.width,
        )  # fmt: skip

    return View([Row(kit.height, draw)], plain=True)


def _opening(visit: Visit, item_id: str) -> tuple[str, ...]:
    item = visit.library.get(item_id)
    if item is None:
        return ()
    return tuple(block.text for block in item.blocks if isinstance(block, Paragraph))[:4]
