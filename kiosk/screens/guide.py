"""办事指南: what it is at a glance, the materials to tick, the way through, and the list to take
along.
"""

from __future__ import annotations

from functools import partial

from content_cache.model import Item
from kiosk.guides import MATERIALS, REQUIRED, Material, materials, sections
from kiosk.routes import Guide, Route
from kiosk.screens import ink, pieces
from kiosk.screens.base import Kit, View, Visit
from kiosk.screens.body import Card, fill
from kiosk.screens.detail import gone
from kiosk.screens.info import info_card
from kiosk.screens.pen import Pen
from kiosk.screens.pieces import Chip
from kiosk.screens.printing import print_button
from kiosk.screens.roll import Row
from kiosk.screens.take import code_sheet
from kiosk.screens.theme import Colour, Type
from kiosk.text import t

SUMMARY = ("实施主体", "办理窗口", "承诺时限", "收费", "到现场次数")


def view(visit: Visit, route: Route, kit: Kit) -> View:
    assert isinstance(route, Guide)  # noqa: S101  # the screen table sends only these here
    item = visit.library.get(route.id)
    if item is None:
        return gone(visit, kit)
    parts = sections(item)
    basic = t("guide.basic")
    default = MATERIALS if MATERIALS in parts else basic
    chosen = route.section if route.section in (basic, *parts) else default
    head = [kit.space(24), *_head(kit, item)]
    count = len(materials(item))
    chips = pieces.chips(
        kit,
        [
            Chip(
                name,
                partial(visit.go, Guide(id=item.id, section=name, have=route.have)),
                chosen=name == chosen,
                count=count if name == MATERIALS and count else None,
            )
            for name in (basic, *parts)
        ],
    )
    rows: list[Row] = [chips]
    if chosen == basic:
        rows += info_card(kit, [(f.label, f.value) for f in item.facts], columns=1)
    elif chosen == MATERIALS and count:
        rows += _materials(visit, route, kit, item)
    else:
        card = Card(kit)
        card.space(32)
        fill(card, parts[chosen])
        card.space(32)
        rows += card.rows()
    rows.append(kit.space(24))
    hero = (t("tile.guide"), item.title, t("frame.low_hint"))
    sheet = None
    if route.attachment is not None and route.attachment < len(item.attachments):
        form = item.attachments[route.attachment]
        sheet = code_sheet(
            kit, form.name, form.url, t("detail.attachment_note"),
            away=lambda: visit.go(Guide(id=item.id, section=route.section, have=route.have)),
        )  # fmt: skip
    if kit.m.portrait:
        return View([*head, *rows], bar=_take_bar(visit, route, kit, item), hero=hero, sheet=sheet)
    side = Kit(kit.c, kit.m, kit.side_width, 0, kit.height)
    take = _take_bar(visit, route, side, item)
    head = [kit.space(24), *_head(side, item), kit.space(12)]
    return View([kit.space(24), *rows], bar=take, side=head, hero=hero, sheet=sheet)


def _head(kit: Kit, item: Item) -> list[Row]:
    big, small = kit.m.tx(Type.HEADER), kit.m.tx(Type.BODY)
    titles = ink.lines_of(item.title, kit.inner, big, bold=True)
    facts = " · ".join(value for label in SUMMARY if (value := item.fact(label)))
    notes = ink.lines_of(facts, kit.inner, small)
    tall = len(titles) * big * 1.35 + len(notes) * small * 1.5 + kit.m.px(14)

    def draw(pen: Pen) -> None:
        used = pen.lines(kit.edge, 0, titles, big, kit.c.text, step=big * 1.35, bold=True)
        pen.lines(kit.edge, used, notes, small, kit.c.dim, step=small * 1.5)

    return [Row(tall, draw)]


def _materials(visit: Visit, route: Guide, kit: Kit, item: Item) -> list[Row]:
    listed = materials(item)
    last = len(listed) - 1
    return [
        *(
            _material(
                visit, route, kit, item, number, material, first=number == 0, last=number == last
            )
            for number, material in enumerate(listed)
        ),
        kit.space(14),
        _missing(route, kit, listed),
    ]


def _material(
    visit: Visit,
    route: Guide,
    kit: Kit,
    item: Item,
    number: int,
    material: Material,
    *,
    first: bool,
    last: bool,
) -> Row:
    """One material: a tick, its name, what it must be, whether it is needed, its blank form."""
    m, c = kit.m, kit.c
    px, small = m.tx(Type.TITLE), m.tx(Type.SMALL)
    form = _form_of(item, material.name)
    form_wide = 0.0
    if form is not None:
        form_wide = max(ink.width_of(t("guide.form"), small) + m.tx(38) + m.px(40), m.touch)
    tag_wide = ink.width_of(material.need, m.tx(Type.SMALL)) + m.px(28)
    left = kit.edge + m.px(122)
    room = kit.inner - m.px(122 + 28)
    beside = m.scale == 1  # in large letters the marks go under the name
    if beside:
        room -= tag_wide + m.px(24) + (form_wide + m.px(20) if form_wide else 0)
    names = ink.lines_of(material.name, room, px)
    copies = t("guide.copies", n=material.copies) if material.copies else ""
    about = "　".join(part for part in (material.form, copies, material.note) if part)
    notes = ink.lines_of(about, room, small)
    below = 0.0 if beside else max(m.tx(56), m.touch if form_wide else 0) + m.px(12)
    tall = m.px(44) + len(names) * px * 1.4 + len(notes) * small * 1.5 + below
    tall = max(tall, m.touch + m.px(8))
    ticked = number in route.have
    tick = Guide(id=item.id, section=MATERIALS, have=route.have ^ {number})

    def draw(pen: Pen) -> None:
        pieces.card_part(pen, kit.edge, kit.inner, tall, first=first, last=last)
        box = "checkbox-marked" if ticked else "checkbox-blank-outline"
        pen.icon(kit.edge + m.px(66), tall / 2, box, m.px(64), c.blue if ticked else c.faint)
        y = m.px(22)
        y += pen.lines(left, y, names, px, c.text, step=px * 1.4)
        y += pen.lines(left, y, notes, small, c.dim, step=small * 1.5)
        pen.target(kit.edge, 0, kit.inner, tall, partial(visit.go, tick), f"material-{number}")
        colours = (c.blue, c.sky) if material.need == REQUIRED else (c.amber, c.sand)
        edge = kit.edge + kit.inner - m.px(28)
        if beside:
            x = edge - (form_wide + m.px(20) if form_wide else 0) - tag_wide
            pieces.tag(pen, x, (tall - m.tx(40)) / 2, material.need, *colours)
            form_y = (tall - m.touch) / 2
        else:
            pieces.tag(pen, left, y + (below - m.tx(40)) / 2, material.need, *colours)
            form_y = y
        if form is not None:
            _form_button(pen, kit, edge - form_wide, form_y, form_wide, visit, route, form)

    return Row(tall, draw)


def _form_button(
    pen: Pen, kit: Kit, x: float, y: float, wide: float, visit: Visit, route: Guide, form: int
) -> None:
    m, c = kit.m, kit.c
    tall = m.touch
    drawn = min(tall, m.tx(68))
    pen.rounded(x, y + (tall - drawn) / 2, wide, drawn, c.card, radius=34, border=c.line)
    words = t("guide.form")
    px = m.tx(Type.SMALL)
    used = ink.width_of(words, px) + m.tx(38)
    left = x + (wide - used) / 2
    pen.icon(left + m.tx(14), y + tall / 2, "file-document-outline", m.tx(28), c.text)
    pen.line(left + m.tx(38), y, words, px, c.text, box=tall)
    act = lambda: visit.go(  # noqa: E731
        Guide(id=route.id, section=route.section, have=route.have, attachment=form)
    )
    pen.target(x, y, wide, tall, act, f"form-{form}", radius=34)


def _form_of(item: Item, material: str) -> int | None:
    """The attachment that is this material's blank form: the one whose name shares most with it."""
    best, score = None, 3
    for number, attachment in enumerate(item.attachments):
        name = attachment.name.rsplit(".", 1)[0]
        shared = len({material[i : i + 2] for i in range(len(material) - 1)}
                     & {name[i : i + 2] for i in range(len(name) - 1)})  # fmt: skip
        if shared >= score:
            best, score = number, shared + 1
    return best


def _missing(route: Guide, kit: Kit, listed: tuple[Material, ...]) -> Row:
    missing = sum(
        1 for number, row in enumerate(listed) if row.need == REQUIRED and number not in route.have
    )
    words = t("guide.ticked", have=len(route.have))
    loud = t("guide.missing", missing=missing) if missing else t("guide.complete")
    rest = t("guide.take_along")
    px = kit.m.tx(Type.BODY)
    step = px * 1.5
    lines = ink.lines_of(words + loud + rest, kit.inner, px)
    start, end = len(words), len(words) + len(loud)

    def draw(pen: Pen) -> None:
        at = 0
        for number, line in enumerate(lines):
            x = kit.edge
            for text, colour, bold in _split(line, at, start, end, kit, short=missing > 0):
                x += pen.line(x, number * step, text, px, colour, bold=bold, box=step)
            at += len(line)

    return Row(len(lines) * step, draw)


def _split(
    line: str, at: int, start: int, end: int, kit: Kit, *, short: bool
) -> list[tuple[str, Colour, bool]]:
    """The parts of a line before, inside and after the loud words."""
    a, b = max(0, start - at), max(0, end - at)
    loud = kit.c.red if short else kit.c.green
    return [
        (text, colour, bold)
        for text, colour, bold in (
            (line[:a], kit.c.dim, False),
            (line[a:b], loud, True),
            (line[b:], kit.c.dim, False),
        )
        if text
    ]


def _take_bar(visit: Visit, route: Guide, kit: Kit, item: Item) -> Row:
    m = kit.m
    side = m.px(210)
    notice = print_button(visit, lambda: visit.print_item(item, route.have), t("print.notice"))
    button = max(m.tx(100), m.touch)
    narrow = kit.inner < m.px(700)
    px = m.px(Type.SMALL)
    lines = ink.lines_of(t("guide.scan"), kit.inner - side - m.px(24), px)
    block = button + m.px(16) + len(lines) * px * 1.45
    tall = side + m.px(20) + button if narrow else max(side, block)

    def draw(pen: Pen) -> None:
        x = kit.edge
        if item.source_url:
            pen.rounded(x, 0, side, side, kit.c.white, radius=16, border=kit.c.line)
            pieces.code(pen, x + m.px(4), m.px(4), side - m.px(8), item.source_url)
        if narrow:
            top = (side - len(lines) * px * 1.45) / 2
            pen.lines(x + side + m.px(24), top, lines, px, kit.c.dim, step=px * 1.45)
            pieces.button(pen, x, side + m.px(20), kit.inner, button, notice)
            return
        left = x + side + m.px(24)
        top = (tall - block) / 2
        pieces.button(pen, left, top, kit.width - kit.edge - left, button, notice)
        pen.lines(left, top + button + m.px(16), lines, px, kit.c.dim, step=px * 1.45)

    return Row(tall, draw)
