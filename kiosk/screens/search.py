"""搜索: type, see suggestions and the first results at once; then all of them, by kind."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from content_cache.model import KINDS, Kind
from content_cache.results import Filters
from kiosk.routes import Browse, Route, Search
from kiosk.screens import ink, pieces
from kiosk.screens.base import Kit, View, Visit
from kiosk.screens.home import open_item, search_box
from kiosk.screens.keyboard import Keys, keyboard
from kiosk.screens.pen import Pen
from kiosk.screens.pieces import Chip
from kiosk.screens.roll import Row
from kiosk.screens.theme import Colour, Type
from kiosk.text import t

if TYPE_CHECKING:
    from content_cache.results import Row as ItemRow

MOST_LETTERS = 60


def view(visit: Visit, route: Route, kit: Kit) -> View:
    assert isinstance(route, Search)  # noqa: S101  # the screen table sends only these here
    tall = max(kit.m.px(108), kit.m.tx(84))

    def changed(**values: object) -> Search:
        return msgspec.structs.replace(route, **values)

    def typed(text: str) -> None:
        if len(route.words) + len(text) <= MOST_LETTERS:
            visit.go(changed(words=route.words + text))

    box = Row(
        tall,
        lambda pen: search_box(
            pen,
            kit,
            tall,
            route.words,
            act=lambda: visit.go(changed(typing=True)),
            submit=lambda: visit.go(changed(typing=not route.words)),
            caret=route.typing,
            clear=(lambda: visit.go(changed(words="", typing=True))) if route.words else None,
        ),
    )
    fixed = [kit.space(30), box, kit.space(20)]
    found = visit.found
    rows: list[Row] = []
    hints = visit.hints
    if route.typing and hints:
        chips = [Chip(hint, partial(visit.go, changed(words=hint, typing=False))) for hint in hints]
        rows.append(pieces.chips(kit, chips, most_rows=2))
    if found is not None:
        if not route.typing:
            rows.append(_kind_chips(visit, route, kit))
        rows += [
            _result(visit, kit, row, n, len(found.results)) for n, row in enumerate(found.results)
        ]
        if found.total == 0:
            rows += _nothing(kit)
        if not route.typing:
            rows += [kit.space(30), _staffed_way(visit, kit)]
        rows.append(kit.space(30))
    elif not route.words:
        rows.append(_first_words(kit))
    board = None
    if route.typing:
        keys = Keys(
            typed=typed,
            rubbed=lambda: visit.go(changed(words=route.words[:-1])),
            done=lambda: visit.go(changed(typing=not route.words)),
        )
        board = keyboard(kit, keys, tuple(t("key.number_words").split("|")))
    hero = (t("search.title"), t("search.hint"), t("frame.low_hint"))
    return View(rows, fixed=fixed, board=board, hero=hero)


def _kind_chips(visit: Visit, route: Search, kit: Kit) -> Row:
    found = visit.found
    counts = found.kinds if found else ()
    now = route.filters.kind

    def narrowed(kind: Kind | None) -> Route:
        filters = msgspec.structs.replace(route.filters, kind=kind)
        return msgspec.structs.replace(route, filters=filters)

    chips = [
        Chip(
            t("search.all"),
            partial(visit.go, narrowed(None)),
            chosen=now is None,
            count=sum(count.count for count in counts),
        )
    ]
    chips += [
        Chip(
            KINDS[Kind(count.value)].words,
            partial(visit.go, narrowed(Kind(count.value))),
            chosen=now == count.value,
            count=count.count,
        )
        for count in counts
    ]
    in_force = route.filters.in_force
    chips.append(
        Chip(
            t("search.in_force"),
            lambda: visit.go(
                msgspec.structs.replace(
                    route, filters=msgspec.structs.replace(route.filters, in_force=not in_force)
                )
            ),
            chosen=in_force,
            icon="" if in_force else "check",
        )
    )
    return pieces.chips(kit, chips)


def _marked(
    pen: Pen,
    x: float,
    y: float,
    lines: list[str],
    marks: tuple[tuple[int, int], ...],
    size: float,
    colour: Colour,
    step: float,
    *,
    bold: bool = False,
) -> None:
    """Lines whose marked ranges stand on yellow. The lines are the text, broken without losses."""
    at = 0
    for number, line in enumerate(lines):
        for start, end in marks:
            a, b = max(0, start - at), min(len(line), end - at)
            if a < b:
                left = x + ink.width_of(line[:a], size, bold=bold)
                wide = ink.width_of(line[a:b], size, bold=bold)
                tall = size * 1.3
                pen.rect(left, y + number * step + (step - tall) / 2, wide, tall, pen.c.mark)
        pen.line(x, y + number * step, line, size, colour, bold=bold, box=step)
        at += len(line)


def _result(visit: Visit, kit: Kit, row: ItemRow, number: int, count: int) -> Row:
    m, c = kit.m, kit.c
    left = kit.edge + m.px(34)
    room = kit.inner - m.px(68)
    big, small = m.tx(Type.TITLE), m.tx(Type.SMALL)
    titles = ink.clamp(row.title, room, big, 2, bold=True)
    snippet = ink.clamp(row.snippet, room, small, 2)
    tall = m.px(44) + len(titles) * big * 1.4 + len(snippet) * small * 1.5 + m.tx(54)

    def draw(pen: Pen) -> None:
        pieces.card_part(
            pen, kit.edge, kit.inner, tall, first=number == 0, last=number == count - 1
        )
        y = m.px(20)
        _marked(pen, left, y, titles, row.title_marks, big, c.text, big * 1.4, bold=True)
        y += len(titles) * big * 1.4
        _marked(pen, left, y, snippet, row.marks, small, c.text, small * 1.5)
        y += len(snippet) * small * 1.5 + m.tx(8)
        x = left + pieces.tag(pen, left, y, KINDS[row.kind].words, c.blue, c.sky) + m.px(12)
        if row.validity:
            x += pieces.validity_tag(pen, x, y, row.validity) + m.px(12)
        parts = (
            row.number or "", row.publisher or "", row.fact("承诺时限") or "",
            row.published.isoformat() if row.published else "",
        )  # fmt: skip
        meta = "　".join(part for part in parts if part)
        pen.line(
            x + m.px(8), y, ink.cut(meta, left + room - x - m.px(8), m.tx(Type.SMALL)),
            m.tx(Type.SMALL), c.dim, box=m.tx(40),
        )  # fmt: skip
        route = open_item(row.id, row.kind)
        pen.target(kit.edge, 0, kit.inner, tall, lambda: visit.go(route), f"item-{row.id}")

    return Row(tall, draw)


def _first_words(kit: Kit) -> Row:
    px = kit.m.tx(Type.BODY)
    lines = ink.lines_of(t("search.start"), kit.inner, px)
    step = px * 1.6
    return Row(
        len(lines) * step,
        lambda pen: pen.lines(kit.edge, 0, lines, px, kit.c.dim, step=step),
    )


def _nothing(kit: Kit) -> list[Row]:
    px = kit.m.tx(Type.TITLE)
    lines = ink.lines_of(t("search.nothing"), kit.inner, px)
    step = px * 1.6
    return [
        kit.space(24),
        Row(
            len(lines) * step,
            lambda pen: (
                pen.lines(
                    kit.edge, 0, lines, px, kit.c.text, step=step, align="centre", width=kit.inner
                )
                and None
            ),
        ),
    ]


def _staffed_way(visit: Visit, kit: Kit) -> Row:
    """The end of every result list: people who can help, and the application."""
    m, c = kit.m, kit.c
    px = m.tx(Type.BODY)
    stacked = m.scale > 1
    button_wide = kit.inner - m.px(64) if stacked else m.px(280)
    button_tall = max(m.tx(84), m.touch)
    room = kit.inner - m.px(150) - (0 if stacked else button_wide + m.px(40))
    words = t("search.staffed", window=visit.site.help_window, phone=visit.site.help_phone)
    lines = ink.lines_of(words, room, px)
    text = len(lines) * px * 1.5
    tall = text + button_tall + m.px(70) if stacked else max(text, button_tall) + m.px(52)

    def draw(pen: Pen) -> None:
        border = c.line if c.sky == c.card else None
        pen.rounded(kit.edge, 0, kit.inner, tall, c.sky, radius=20, border=border)
        pen.icon(
            kit.edge + m.px(66), m.px(26) + max(text, m.px(60)) / 2, "face-agent", m.px(54), c.blue
        )
        top = m.px(26) if stacked else (tall - text) / 2
        pen.lines(kit.edge + m.px(112), top, lines, px, c.text, step=px * 1.5)
        b = pieces.Button(
            t("tile.apply"),
            lambda: visit.go(Browse(filters=Filters(kind=Kind.DISCLOSURE))),
            kind="outline",
        )
        if stacked:
            pieces.button(pen, kit.edge + m.px(32), text + m.px(44), button_wide, button_tall, b)
        else:
            x = kit.edge + kit.inner - button_wide - m.px(32)
            pieces.button(pen, x, (tall - button_tall) / 2, button_wide, button_tall, b)

    return Row(tall, draw)
