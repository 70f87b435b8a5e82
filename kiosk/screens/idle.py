"""The idle warning: a countdown to be seen from a distance, and one large way to stay."""

from __future__ import annotations

from kiosk.screens import ink, pieces
from kiosk.screens.base import Kit, Sheet
from kiosk.screens.pen import Pen
from kiosk.screens.theme import Type
from kiosk.text import t


def sheet(kit: Kit, left_s: int) -> Sheet:
    """left_s: whole seconds until everything typed is gone. Any touch stays; see the session's
    gate.
    """
    m, c = kit.m, kit.c
    wide = min(m.px(860), m.width - m.px(96))
    inner = wide - m.px(128)
    big, small = m.tx(Type.HEADER), m.tx(Type.BODY)
    notes = ink.lines_of(t("idle.note", left=left_s), inner, small)
    button = max(m.tx(150), m.touch)
    ring = m.px(220)
    tall = m.px(64) + ring + m.px(40) + big * 1.4 + len(notes) * small * 1.5 + m.px(30) + button
    tall += m.px(56)

    def draw(pen: Pen) -> None:
        y = m.px(64)
        pen.ring(wide / 2, y + ring / 2, ring / 2 - m.px(8), m.px(8), c.amber)
        number = m.px(Type.GIANT)
        pen.line(0, y, str(left_s), number, c.text, bold=True, box=ring, align="centre", width=wide)
        y += ring + m.px(40)
        pen.line(
            0, y, t("idle.title"), big, c.text, bold=True, box=big * 1.4, align="centre", width=wide
        )
        y += big * 1.4
        y += pen.lines(
            m.px(64), y, notes, small, c.dim, step=small * 1.5, align="centre", width=inner
        )
        y += m.px(30)
        stay = pieces.Button(t("idle.stay"), lambda: None, name="stay")
        pieces.button(pen, m.px(64), y, inner, button, stay)

    return Sheet(wide, tall, draw)
