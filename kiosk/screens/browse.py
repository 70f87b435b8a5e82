"""列表: any kind as rows; filters above the rows, or in the side column of a landscape panel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from content_cache.model import KINDS, Kind, Validity
from content_cache.results import Filters, Order
from kiosk.routes import Browse, Route, Search
from kiosk.screens import ink, pieces
from kiosk.screens.base import Kit, View, Visit
from kiosk.screens.home import open_item
from kiosk.screens.pen import Act, Pen
from kiosk.screens.pieces import Chip
from kiosk.screens.roll import Draw, Row
from kiosk.screens.theme import Type
from kiosk.text import t

if TYPE_CHECKING:
    from content_cache.results import Count
    from content_cache.results import Row as ItemRow

CHUNK = 40
# Kinds people look for together stand side by side above the list.
FAMILIES = (
    (Kind.POLICY, Kind.INTERPRETATION, Kind.NOTICE),
    (Kind.GUIDE, Kind.FAQ),
    (Kind.CATALOGUE, Kind.VILLAGE),
    (Kind.CONSULTATION, Kind.FAQ),
    (Kind.DISCLOSURE, Kind.FAQ),
)


class Listed:
    """A list of any length, read in chunks as its rows come into sight."""

    def __init__(self, visit: Visit, filters: Filters) -> None:
        self._visit, self._filters = visit, filters
        old = filters.kind is not None and KINDS[filters.kind].oldest_first
        self._order = Order.OLDEST if old else Order.NEWEST
        first = visit.library.list(filters, self._order, limit=CHUNK)
        self.total = first.total
        self._chunks = {0: first.rows}

    def row(self, number: int) -> ItemRow | None:
        """Row `number`, or None where the list became shorter meanwhile."""
        chunk, at = divmod(number, CHUNK)
        if chunk not in self._chunks:
            page = self._visit.library.list(
                self._filters, self._order, offset=chunk * CHUNK, limit=CHUNK
            )
            self._chunks[chunk] = page.rows
        rows = self._chunks[chunk]
        return rows[at] if at < len(rows) else None


def view(visit: Visit, route: Route, kit: Kit) -> View:
    assert isinstance(route, Browse)  # noqa: S101  # the screen table sends only these here
    filters = route.filters
    kind = filters.kind or Kind.POLICY
    listed = Listed(visit, filters)
    head = [kit.space(20), pieces.section(kit, KINDS[kind].words, _search_way(visit, filters))]
    beside = not kit.m.portrait
    side_kit = Kit(kit.c, kit.m, kit.side_width, 0, kit.height)
    place = side_kit if beside else kit
    choices = _choices(visit, route, kind, place)
    rows: list[Row] = []
    if listed.total == 0:
        rows += [_nothing(visit, kit, filters)]
    else:
        rows += item_rows(visit, kit, listed)
    rows += [kit.space(24), _count_line(kit, listed.total), kit.space(24)]
    if beside:
        return View([*rows], fixed=head, side=[kit.space(20), *choices], hero=_hero(kind))
    return View([*choices, *rows], fixed=head, hero=_hero(kind))


def _hero(kind: Kind) -> tuple[str, ...]:
    return (t("frame.looking_at"), KINDS[kind].words, t("frame.low_hint"))


def _search_way(visit: Visit, filters: Filters) -> tuple[str, Act]:
    only = Filters(kind=filters.kind)
    return (t("browse.search"), lambda: visit.go(Search(filters=only)))


def _choices(visit: Visit, route: Browse, kind: Kind, kit: Kit) -> list[Row]:
    filters = route.filters
    rows: list[Row] = []
    family = next((f for f in FAMILIES if f[0] is kind), None) or next(
        (f for f in FAMILIES if kind in f), ()
    )
    if len(family) > 1:
        rows.append(
            pieces.chips(
                kit,
                [
                    Chip(
                        KINDS[k].words,
                        partial(visit.go, Browse(filters=Filters(kind=k))),
                        chosen=k is kind,
                    )
                    for k in family
                ],
            )
        )
    chips = []
    for name in KINDS[kind].filters:
        value = getattr(filters, name)
        label = t(f"filter.{name}")
        words = f"{label}：{value_words(name, value)}" if value else label
        other = None if route.choosing == name else name
        chips.append(
            Chip(
                words,
                partial(visit.go, Browse(filters=filters, choosing=other)),
                chosen=bool(value),
                opens=route.choosing == name,
            )
        )
    if chips:
        rows.append(pieces.chips(kit, chips))
    if route.choosing:
        counts: tuple[Count, ...] = getattr(visit.library.facets(kind), route.choosing)
        rows.append(_values(visit, route, kit, counts))
    return rows


def _values(visit: Visit, route: Browse, kit: Kit, counts: tuple[Count, ...]) -> Row:
    name = route.choosing or ""

    def narrowed(value: str | None) -> Route:
        typed: object = value
        if value and name == "year":
            typed = int(value)
        elif value and name == "validity":
            typed = Validity(value)
        return Browse(filters=msgspec.structs.replace(route.filters, **{name: typed}))

    now = getattr(route.filters, name)
    choices = [Chip(t("filter.any"), partial(visit.go, narrowed(None)), chosen=not now)]
    choices += [
        Chip(
            value_words(name, count.value),
            partial(visit.go, narrowed(count.value)),
            chosen=str(now) == count.value,
            count=count.count,
        )
        for count in counts
    ]
    return pieces.chips(kit, choices)


def value_words(name: str, value: object) -> str:
    """A filter's value as people say it."""
    if name == "validity":
        return t(
            {"有效": "validity.valid", "失效": "validity.expired"}.get(
                str(value), "validity.repealed"
            )
        )
    if name == "year":
        return t("filter.year_words", year=value)
    return str(value)


def item_rows(visit: Visit, kit: Kit, listed: Listed) -> list[Row]:
    """One card of rows of equal height; each is read and drawn when it comes into sight."""
    last = listed.total - 1
    tall = row_height(kit)

    def drawing(number: int) -> Draw:
        def draw(pen: Pen) -> None:
            pieces.card_part(pen, kit.edge, kit.inner, tall, first=number == 0, last=number == last)
            if row := listed.row(number):
                _paint(pen, kit, row, tall)
                route = open_item(row.id, row.kind)
                pen.target(kit.edge, 0, kit.inner, tall, lambda: visit.go(route), f"item-{row.id}")

        return draw

    return [Row(tall, drawing(number)) for number in range(listed.total)]


def row_height(kit: Kit) -> float:
    """Two lines of title, one line of small words, one of tags: the same for every row."""
    return float(
        kit.m.px(44) + 2 * kit.step(Type.TITLE, 1.38) + kit.step(Type.SMALL, 1.5) + kit.m.tx(6)
    )


def _paint(pen: Pen, kit: Kit, row: ItemRow, tall: float) -> None:
    m, c = kit.m, kit.c
    left = kit.edge + m.px(34)
    room = kit.inner - m.px(34 + 90)
    titles = ink.clamp(row.title, room, m.tx(Type.TITLE), 2)
    step = kit.step(Type.TITLE, 1.38)
    small = m.tx(Type.SMALL)
    note = _note(row) if len(titles) == 1 else ""
    block = len(titles) * step + (small * 1.5 if note else 0) + m.tx(52)
    y = (tall - block) / 2
    y += pen.lines(left, y, titles, m.tx(Type.TITLE), c.text, step=step)
    if note:
        pen.line(left, y, ink.cut(note, room, small), small, c.dim, box=small * 1.5)
        y += small * 1.5
    x = left
    y += m.tx(8)
    if row.validity:
        x += pieces.validity_tag(pen, x, y, row.validity) + m.px(16)
    meta = _meta(row)
    pen.line(x, y, ink.cut(meta, left + room - x, small), small, c.dim, box=m.tx(40))
    pen.icon(kit.width - kit.edge - m.px(50), tall / 2, "chevron-right", m.px(40), c.faint)


def _note(row: ItemRow) -> str:
    if row.place:
        return row.place.address
    return row.snippet


def _meta(row: ItemRow) -> str:
    parts = [row.number or "", row.publisher or ""]
    if row.kind is Kind.GUIDE:
        parts = [row.publisher or "", row.fact("承诺时限") or "", row.fact("收费") or ""]
    elif row.place:
        parts = [row.place.category, row.place.phone, row.place.hours]
    elif row.kind is Kind.CATALOGUE:
        parts = [row.field or "", row.publisher or ""]
    if row.published and row.kind not in (Kind.GUIDE, Kind.PLACE, Kind.CATALOGUE):
        parts.append(row.published.isoformat())
    return "　".join(part for part in parts if part)


def _nothing(visit: Visit, kit: Kit, filters: Filters) -> Row:
    m, c = kit.m, kit.c
    tall = m.tx(300)

    def draw(pen: Pen) -> None:
        pieces.card_part(pen, kit.edge, kit.inner, tall, first=True, last=True)
        pen.icon(kit.width / 2, m.tx(80), "file-outline", m.tx(72), c.faint)
        pen.line(
            kit.edge, m.tx(130), t("browse.nothing"), m.tx(Type.TITLE), c.text,
            box=m.tx(50), align="centre", width=kit.inner,
        )  # fmt: skip
        b = pieces.Button(
            t("browse.show_all"),
            lambda: visit.go(Browse(filters=Filters(kind=filters.kind))),
            kind="outline",
        )
        wide = min(kit.inner - m.px(48), m.tx(360))
        pieces.button(pen, (kit.width - wide) / 2, m.tx(190), wide, max(m.tx(84), m.touch), b)

    return Row(tall, draw)


def _count_line(kit: Kit, total: int) -> Row:
    tall = kit.step(Type.SMALL)
    return Row(
        tall,
        lambda pen: pen.line(
            kit.edge, 0, t("browse.total", total=total), kit.m.tx(Type.SMALL), kit.c.dim,
            box=tall, align="centre", width=kit.inner,
        ),
    )  # fmt: skip
