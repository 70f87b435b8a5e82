"""A card of labels and values: for documents the eight fields of the national form."""

from __future__ import annotations

from content_cache.model import Item, Kind, Validity
from kiosk.screens import ink, pieces
from kiosk.screens.base import Kit
from kiosk.screens.pen import Pen
from kiosk.screens.roll import Row
from kiosk.screens.theme import Type
from kiosk.text import t


def info_pairs(item: Item) -> list[tuple[str, str | Validity]]:
    """The eight fields of the national form for documents; for other kinds their own facts."""
    if item.place:
        p = item.place
        pairs: list[tuple[str, str | Validity]] = [
            (t("info.category"), p.category),
            (t("info.address"), p.address),
            (t("info.phone"), p.phone),
            (t("info.hours"), p.hours),
            (t("info.landmark"), p.landmark),
            (t("info.services"), "、".join(p.services)),
            (t("info.accessibility"), p.accessibility),
            (t("info.checked"), pieces.day(p.checked)),
        ]
    elif item.kind is Kind.CATALOGUE:
        pairs = [(fact.label, fact.value) for fact in item.facts]
    elif item.kind is Kind.POLICY:
        pairs = [
            (t("info.index_no"), item.index_no or ""),
            (t("info.topic"), item.topic or ""),
            (t("info.publisher"), item.publisher or ""),
            (t("info.written"), pieces.day(item.written)),
            (t("info.number"), item.number or ""),
            (t("info.published"), pieces.day(item.published)),
            (t("info.validity"), item.validity or t("info.unknown")),
            (t("info.field"), item.field or ""),
        ]
    else:
        pairs = [
            (t("info.publisher"), item.publisher or ""),
            (t("info.published"), pieces.day(item.published)),
            (t("info.field"), item.field or ""),
            (t("info.index_no"), item.index_no or ""),
            *((fact.label, fact.value) for fact in item.facts),
        ]
    return [(label, value) for label, value in pairs if value]


def info_card(kit: Kit, pairs: list[tuple[str, str | Validity]], *, columns: int) -> list[Row]:
    """Label and value, in one or two columns; long values take a whole row."""
    m = kit.m
    px = m.tx(Type.BODY)
    label_wide = max((ink.width_of(label, px) for label, _ in pairs), default=0) + m.px(30)
    pad = m.px(28)
    cell = (kit.inner - 2 * pad) / columns
    lines: list[list[tuple[str, list[str] | Validity, float]]] = []
    for label, value in pairs:
        wide = cell - label_wide - (m.px(16) if columns == 2 else 0)
        if isinstance(value, Validity):
            entry: tuple[str, list[str] | Validity, float] = (label, value, 1)
        else:
            broken = ink.lines_of(value, wide, px)
            whole = columns == 2 and len(broken) > 2
            if whole:
                broken = ink.lines_of(value, kit.inner - 2 * pad - label_wide, px)
            entry = (label, broken, 2 if whole else 1)
        if (
            lines
            and columns == 2
            and entry[2] == 1
            and len(lines[-1]) == 1
            and lines[-1][0][2] == 1
        ):
            lines[-1].append(entry)
        else:
            lines.append([entry])
    rows = []
    step = px * 1.45
    last = len(lines) - 1
    for number, entries in enumerate(lines):
        most = max(len(v) if isinstance(v, list) else 1 for _, v, _ in entries)
        tall = most * step + m.px(32)

        def draw(
            pen: Pen,
            entries: list[tuple[str, list[str] | Validity, float]] = entries,
            number: int = number,
            tall: float = tall,
        ) -> None:
            pieces.card_part(pen, kit.edge, kit.inner, tall, first=number == 0, last=number == last)
            for at, (label, value, _) in enumerate(entries):
                x = kit.edge + pad + at * cell
                pen.line(x, m.px(16), label, px, kit.c.dim, box=step)
                if isinstance(value, Validity):
                    pieces.validity_tag(pen, x + label_wide, m.px(16), value)
                else:
                    pen.lines(x + label_wide, m.px(16), value, px, kit.c.text, step=step)

        rows.append(Row(tall, draw))
    return rows
