"""首页: search first, eight tiles, the code matrix, the newest documents; nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from content_cache.model import KINDS, Kind
from content_cache.results import Filters
from kiosk.routes import Browse, Detail, Guide, Matrix, Progress, Route, Search
from kiosk.screens import ink, pieces
from kiosk.screens.base import Kit, View, Visit
from kiosk.screens.pen import Act, Pen
from kiosk.screens.roll import Row
from kiosk.screens.theme import Type
from kiosk.text import t

if TYPE_CHECKING:
    from content_cache.results import Row as ItemRow


@dataclass(frozen=True, slots=True)
class Tile:
    """key names its words; red marks what the citizen hands in."""

    key: str
    icon: str
    route: Route
    red: bool = False


def _kind(kind: Kind) -> Browse:
    return Browse(filters=Filters(kind=kind))


TILES = (
    Tile("progress", "clipboard-clock-outline", Progress()),
    Tile("policy", "file-document-outline", _kind(Kind.POLICY)),
    Tile("guide", "clipboard-list-outline", _kind(Kind.GUIDE)),
    Tile("map", "map-outline", _kind(Kind.PLACE)),
    Tile("apply", "file-edit-outline", _kind(Kind.DISCLOSURE), red=True),
    Tile("catalogue", "table-large", _kind(Kind.CATALOGUE)),
    Tile("shelf", "bookshelf", _kind(Kind.GAZETTE)),
    Tile("opinion", "comment-text-outline", _kind(Kind.CONSULTATION), red=True),
)
NEWEST_PORTRAIT, NEWEST_LANDSCAPE = 2, 3


def open_item(item_id: str, kind: Kind) -> Route:
    """The screen that shows an item of this kind."""
    return Guide(id=item_id) if kind is Kind.GUIDE else Detail(id=item_id)


def view(visit: Visit, _route: Route, kit: Kit) -> View:
    newest = visit.library.newest(NEWEST_PORTRAIT if kit.m.portrait else NEWEST_LANDSCAPE)
    news = [*news_rows(visit, kit, newest)]
    head = pieces.section(kit, t("home.newest"), (t("home.all"), lambda: visit.go(_newest_list())))
    lead = (36, 34) if kit.m.portrait else (24, 22)
    rows = [kit.space(lead[0]), _search_box(visit, kit), kit.space(lead[1]), *_tiles(visit, kit)]
    rows += [_matrix_band(visit, kit), kit.space(16)]
    hero: tuple[str, ...] = ()
    if kit.low and newest:
        hero = (t("home.newest"), newest[0].title, t("frame.low_hint"))
    if kit.m.portrait:
        if not kit.low:
            rows += [head, *news, kit.space(12)]
        return View(rows, hero=hero)
    side = Kit(kit.c, kit.m, kit.side_width, 0, kit.height)
    head = pieces.section(side, t("home.newest"), (t("home.all"), lambda: visit.go(_newest_list())))
    return View(
        rows, side=[kit.space(20), head, *news_rows(visit, side, newest, stacked=True)], hero=hero
    )


def _newest_list() -> Route:
    return _kind(Kind.POLICY)


def _search_box(visit: Visit, kit: Kit) -> Row:
    tall = max(kit.m.px(108), kit.m.tx(84))
    return Row(
        tall,
        lambda pen: search_box(
            pen, kit, tall, "", act=lambda: visit.go(Search()), submit=lambda: visit.go(Search())
        ),
    )


def search_box(
    pen: Pen,
    kit: Kit,
    tall: float,
    words: str,
    *,
    act: Act,
    submit: Act,
    caret: bool = False,
    clear: Act | None = None,
) -> None:
    """The long box: what was typed, or what to type; touching it opens the keyboard."""
    m, c = kit.m, kit.c
    x, wide = kit.edge, kit.inner
    pen.rounded(x, 0, wide, tall, c.card, radius=54, border=c.blue, thick=3)
    pen.icon(x + m.px(66), tall / 2, "magnify", m.px(Type.ICON), c.blue)
    size = m.tx(Type.TITLE)
    submit_words = t("search.submit")
    button = max(m.px(152), ink.width_of(submit_words, size, bold=True) + m.px(60))
    inset = m.px(14)
    left = x + m.px(111)
    room = x + wide - button - m.px(40) - left - (m.px(70) if clear else 0)
    if words:
        shown = words
        while ink.width_of(shown, size) > room - m.px(10) and len(shown) > 1:
            shown = shown[1:]
        used = pen.line(left, 0, shown, size, c.text, box=tall)
    else:
        used = pen.line(left, 0, ink.cut(t("search.hint"), room, size), size, c.dim, box=tall)
        used = 0 if caret else used
    if caret:
        pen.rect(left + used + m.px(4 if words else -8), tall * 0.25, m.px(3), tall * 0.5, c.blue)
    pen.target(x, 0, wide - button - inset, tall, act, "search-box", radius=54)
    if clear:
        cx = x + wide - button - inset - m.px(60)
        pen.icon(cx, tall / 2, "close", m.px(40), c.dim)
        pen.target(cx - m.touch / 2, 0, m.touch, tall, clear, "clear", radius=20)
    bx = x + wide - button - inset
    pen.rounded(bx, inset, button, tall - 2 * inset, c.blue, radius=40)
    pen.line(bx, 0, submit_words, size, c.white, bold=True, box=tall, align="centre", width=button)
    pen.target(bx, inset, button, tall - 2 * inset, submit, "search-submit", radius=40)


def _tiles(visit: Visit, kit: Kit) -> list[Row]:
    m = kit.m
    compact = kit.low and m.scale == 1
    columns = 4 if compact else 1 if m.scale > 1 and m.portrait else 2
    if compact:
        tall = m.px(212)
    else:
        tall = max(m.px(168 if m.portrait else 102), m.tx(150 if m.portrait else 102), m.touch)
    space = m.px(18 if compact else 24)
    wide = (kit.inner - space * (columns - 1)) / columns
    rows = []
    for start in range(0, len(TILES), columns):
        part = TILES[start : start + columns]

        def draw(pen: Pen, part: tuple[Tile, ...] = part) -> None:
            for number, tile in enumerate(part):
                at = pen.moved(kit.edge + number * (wide + space), 0)
                paint = _compact_tile if compact else _tile
                paint(at, kit, tile, wide, tall)
                at.target(0, 0, wide, tall, partial(visit.go, tile.route), tile.key, radius=22)

        rows += [Row(tall, draw), kit.space(18 if compact else 24)]
    return rows


def _tile(pen: Pen, kit: Kit, tile: Tile, wide: float, tall: float) -> None:
    m, c = kit.m, kit.c
    pen.rounded(0, 0, wide, tall, c.card, radius=22, border=c.line)
    plate = min(m.px(92), tall - m.px(10))
    x, y = m.px(34), (tall - plate) / 2
    tint, ground = (c.red, c.rose) if tile.red else (c.blue, c.sky)
    pen.rounded(x, y, plate, plate, ground, radius=18)
    pen.icon(x + plate / 2, tall / 2, tile.icon, m.px(60), tint)
    left = x + plate + m.px(28)
    room = wide - left - m.px(12)
    title, note = t(f"tile.{tile.key}"), t(f"tile.{tile.key}_note")
    big, small = m.tx(Type.TILE), m.tx(Type.SMALL)
    block = big * 1.3 + small * 1.45
    top = (tall - block) / 2
    pen.line(left, top, ink.cut(title, room, big, bold=True), big, c.text, bold=True, box=big * 1.3)
    pen.line(left, top + big * 1.3, ink.cut(note, room, small), small, c.dim, box=small * 1.45)


def _compact_tile(pen: Pen, kit: Kit, tile: Tile, wide: float, tall: float) -> None:
    m, c = kit.m, kit.c
    pen.rounded(0, 0, wide, tall, c.card, radius=22, border=c.line)
    plate = m.px(92)
    tint, ground = (c.red, c.rose) if tile.red else (c.blue, c.sky)
    pen.rounded((wide - plate) / 2, m.px(34), plate, plate, ground, radius=18)
    pen.icon(wide / 2, m.px(34) + plate / 2, tile.icon, m.px(60), tint)
    pen.line(
        0, m.px(134), t(f"tile.{tile.key}"), m.px(Type.TITLE), c.text,
        bold=True, box=m.px(52), align="centre", width=wide,
    )  # fmt: skip


def _matrix_band(visit: Visit, kit: Kit) -> Row:
    m, c = kit.m, kit.c
    tall = max(m.px(154 if m.portrait else 126), m.tx(130))

    def draw(pen: Pen) -> None:
        pen.rounded(kit.edge, 0, kit.inner, tall, c.deep, radius=22)
        pen.icon(kit.edge + m.px(78), tall / 2, "qrcode", m.px(76), c.white)
        left = kit.edge + m.px(152)
        room = kit.inner - m.px(240)
        big, small = m.tx(Type.TILE), m.tx(Type.SMALL)
        top = (tall - big * 1.3 - small * 1.4) / 2
        title = ink.cut(t("home.matrix"), room, big, bold=True)
        pen.line(left, top, title, big, c.white, bold=True, box=big * 1.3)
        note = ink.cut(t("home.matrix_note"), room, small)
        pen.line(left, top + big * 1.3, note, small, c.pale, box=small * 1.4)
        pen.icon(kit.width - kit.edge - m.px(64), tall / 2, "chevron-right", m.px(48), c.white)
        pen.target(kit.edge, 0, kit.inner, tall, lambda: visit.go(Matrix()), "matrix", radius=22)

    return Row(tall, draw)


def news_rows(
    visit: Visit, kit: Kit, rows: tuple[ItemRow, ...], *, stacked: bool = False
) -> list[Row]:
    """A card of titles with their kind; stacked: the kind above the title, for narrow columns."""
    last = len(rows) - 1
    above = stacked or kit.m.scale > 1
    marks = [ink.width_of(KINDS[row.kind].words, kit.m.tx(Type.SMALL)) for row in rows]
    lead = 0.0 if above else max(marks, default=0) + kit.m.px(28 + 16)
    return [
        _news_row(visit, kit, row, first=number == 0, last=number == last, lead=lead)
        for number, row in enumerate(rows)
    ]


def _news_row(visit: Visit, kit: Kit, row: ItemRow, *, first: bool, last: bool, lead: float) -> Row:
    """lead: the room for the mark beside the title; 0 puts the mark above it."""
    m, c = kit.m, kit.c
    big, small = m.tx(Type.TITLE), m.tx(Type.SMALL)
    step, note = big * 1.38, small * 1.45
    above = not lead
    left = kit.edge + m.px(34) + lead
    room = kit.width - kit.edge - left - m.px(24 if above else 96)
    titles = ink.clamp(row.title, room, big, 2)
    high = m.tx(52) if above else 0
    tall = max(m.px(44) + high + len(titles) * step + note, m.touch)

    def draw(pen: Pen) -> None:
        pieces.card_part(pen, kit.edge, kit.inner, tall, first=first, last=last)
        chip_y = m.px(22) if above else (tall - m.tx(40)) / 2
        pieces.tag(pen, kit.edge + m.px(34), chip_y, KINDS[row.kind].words, c.blue, c.sky)
        top = m.px(22) + high
        used = pen.lines(left, top, titles, big, c.text, step=step)
        pen.line(left, top + used, ink.cut(meta_line(row), room, small), small, c.dim, box=note)
        if not above:
            x = kit.width - kit.edge - m.px(56)
            pen.icon(x, tall / 2, "chevron-right", m.px(40), c.faint)
        act = partial(visit.go, open_item(row.id, row.kind))
        pen.target(kit.edge, 0, kit.inner, tall, act, f"item-{row.id}")

    return Row(tall, draw)


def meta_line(row: ItemRow) -> str:
    """Number or publisher, and the date, as small words under a title."""
    who = row.number or row.publisher or ""
    when = row.published.isoformat() if row.published else ""
    return "　".join(part for part in (who, when) if part)
