"""正文: what it is, whether it still holds, the text, what belongs to it, and how to take it
along.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain

from content_cache.model import KINDS, Attachment, Item, Kind, Relation, Validity
from content_cache.results import Direction, Filters, Related
from kiosk.routes import Browse, Detail, Route
from kiosk.screens import ink, pieces
from kiosk.screens.base import Kit, Sheet, View, Visit
from kiosk.screens.body import Card, fill
from kiosk.screens.home import news_rows, open_item
from kiosk.screens.info import info_card, info_pairs
from kiosk.screens.pen import Pen
from kiosk.screens.pieces import Button, Chip
from kiosk.screens.roll import Row
from kiosk.screens.take import code_sheet, take_bar
from kiosk.screens.theme import Type
from kiosk.text import t

NO_LONGER = (Validity.EXPIRED, Validity.REPEALED)


def view(visit: Visit, route: Route, kit: Kit) -> View:
    assert isinstance(route, Detail)  # noqa: S101  # the screen table sends only these here
    item = visit.library.get(route.id)
    if item is None:
        return gone(visit, kit)
    related = visit.library.related(item.id)
    hero = (KINDS[item.kind].words, item.title, t("frame.low_hint"))
    beside = not kit.m.portrait
    side_kit = Kit(kit.c, kit.m, kit.side_width, 0, kit.height)
    all_facts = not item.blocks  # a place, a catalogue row: the facts are the content
    place = side_kit if beside and not all_facts else kit
    columns = 1 if place is side_kit or kit.m.scale > 1 else 2
    facts = info_card(place, info_pairs(item), columns=columns)
    near = [r for r in related if _is_near(r)]
    chips = _chips(visit, item, near, place)
    banner = _banner(visit, kit, item, related)
    text = iter(()) if all_facts else _text_rows(kit, item)
    title = _title(kit, item) if all_facts else []
    end = [kit.space(24), _source(kit, visit, item), *_see_also(visit, kit, related), kit.space(24)]
    take = take_bar(visit, item, side_kit if beside else kit)
    sheet = _attachment_sheet(visit, kit, route, item)
    if beside and not all_facts:
        side = [kit.space(24), *facts, kit.space(16), *chips, kit.space(8)]
        rows = chain((kit.space(24), *banner), text, end)
        return View(rows, bar=take, side=side, hero=hero, sheet=sheet)
    lead = (kit.space(30), *title, *banner, *facts, kit.space(22), *chips)
    empty = [kit.space(24)] if beside else None  # the facts are in the main column then
    return View(chain(lead, text, end), bar=take, side=empty, hero=hero, sheet=sheet)


def gone(visit: Visit, kit: Kit) -> View:
    """What stands here when the item was withdrawn while somebody was on the way to it."""
    card = Card(kit)
    card.space(60)
    card.text(t("detail.gone"), size=Type.TITLE, bold=True, centred=True)
    card.text(t("detail.gone_note"), centred=True, dim=True)
    card.space(60)
    back = pieces.button_row(kit, [Button(t("frame.back"), visit.back, icon="arrow-left")])
    return View([kit.space(60), *card.rows(), kit.space(40), back])


def _banner(visit: Visit, kit: Kit, item: Item, related: tuple[Related, ...]) -> list[Row]:
    if item.validity not in NO_LONGER:
        return []
    m, c = kit.m, kit.c
    successor = next(
        (
            r.row
            for r in related
            if r.relation is Relation.REPLACED_BY and r.direction is Direction.OUT
        ),
        None,
    )
    head = t("detail.expired" if item.validity is Validity.EXPIRED else "detail.repealed")
    note = t("detail.no_successor")
    if successor:
        note = t("detail.successor", number=successor.number or successor.title)
    big, small = m.tx(Type.TITLE), m.tx(Type.BODY)
    left = kit.edge + m.px(104)
    room = kit.inner - m.px(104 + 40)
    notes = ink.lines_of(note, room, small)
    tall = m.px(48) + big * 1.45 + len(notes) * small * 1.5

    def draw(pen: Pen) -> None:
        pen.rounded(kit.edge, 0, kit.inner, tall, c.red, radius=20)
        pen.icon(kit.edge + m.px(58), tall / 2, "alert", m.px(54), c.white)
        pen.line(left, m.px(24), head, big, c.white, bold=True, box=big * 1.45)
        pen.lines(left, m.px(24) + big * 1.45, notes, small, c.white, step=small * 1.5)
        if successor:
            pen.target(
                kit.edge, 0, kit.inner, tall,
                lambda: visit.go(open_item(successor.id, successor.kind)), "successor", radius=20,
            )  # fmt: skip

    return [Row(tall, draw), kit.space(24)]


def _is_near(related: Related) -> bool:
    """What belongs above the text: a document's other half, and what a catalogue row asks for."""
    return related.relation in (Relation.INTERPRETS, Relation.REPLACED_BY) or (
        related.relation is Relation.FULFILLED_BY and related.direction is Direction.OUT
    )


def _relation_words(related: Related) -> str:
    match related.relation, related.direction:
        case Relation.INTERPRETS, Direction.IN:
            return t("relation.interpretation")
        case Relation.INTERPRETS, Direction.OUT:
            return t("relation.original")
        case Relation.REPLACED_BY, Direction.IN:
            return t("relation.replaces")
        case Relation.REPLACED_BY, Direction.OUT:
            return t("relation.successor")
        case Relation.FULFILLED_BY, Direction.OUT:
            return t("relation.fulfils")
        case _:
            return KINDS[related.row.kind].words


def _chips(visit: Visit, item: Item, related: list[Related], kit: Kit) -> list[Row]:
    chips = [
        Chip(
            t("relation.chip", why=_relation_words(r), title=r.row.title),
            partial(visit.go, open_item(r.row.id, r.row.kind)),
            icon=KINDS[r.row.kind].icon,
        )
        for r in related[:4]
    ]
    chips += [
        Chip(
            t("detail.attachment", name=attachment.name),
            partial(visit.go, Detail(id=item.id, attachment=number)),
            icon="file-pdf-box" if attachment.name.lower().endswith(".pdf") else "paperclip",
            icon_red=True,
        )
        for number, attachment in enumerate(item.attachments)
    ]
    if item.kind is Kind.CATALOGUE and not related and item.field:
        field = item.field
        chips.append(
            Chip(
                t("detail.field_documents", field=field),
                lambda: visit.go(Browse(filters=Filters(kind=Kind.POLICY, field=field))),
                icon="file-document-outline",
            )
        )
    return [pieces.chips(kit, chips), kit.space(4)] if chips else []


def _text_rows(kit: Kit, item: Item) -> Iterator[Row]:
    card = Card(kit)
    card.space(44)
    card.text(item.title, size=Type.TILE, bold=True, centred=True, leading=1.45)
    if item.number:
        card.text(item.number, size=Type.BODY, centred=True, dim=True)
    card.space(20)
    fill(card, item.blocks)
    card.space(40)
    return card.rows()


def _title(kit: Kit, item: Item) -> list[Row]:
    """The heading of an item that is all facts, such as a place."""
    px = kit.m.tx(Type.HEADER)
    lines = ink.lines_of(item.title, kit.inner, px, bold=True)
    step = px * 1.35
    return [
        Row(
            len(lines) * step,
            lambda pen: pen.lines(kit.edge, 0, lines, px, kit.c.text, step=step, bold=True),
        ),
        kit.space(20),
    ]


def _source(kit: Kit, visit: Visit, item: Item) -> Row:
    """Whose words these are, and where the original stands."""
    px = kit.m.tx(Type.SMALL)
    who = t(
        "detail.source",
        publisher=item.publisher or visit.site.portal_name,
        day=pieces.day(item.published),
    )
    lines = [
        line
        for words in (who, item.source_url or "")
        if words
        for line in ink.lines_of(words, kit.inner, px)
    ]
    step = px * 1.5
    return Row(
        len(lines) * step, lambda pen: pen.lines(kit.edge, 0, lines, px, kit.c.dim, step=step)
    )


def _see_also(visit: Visit, kit: Kit, related: tuple[Related, ...]) -> list[Row]:
    """The rest of what belongs here, below the text."""
    rows = tuple(r.row for r in related if not _is_near(r))
    if not rows:
        return []
    return [
        kit.space(24),
        pieces.section(kit, t("detail.related")),
        *news_rows(visit, kit, rows, stacked=not kit.m.portrait),
    ]


def _attachment_sheet(visit: Visit, kit: Kit, route: Detail, item: Item) -> Sheet | None:
    if route.attachment is None or route.attachment >= len(item.attachments):
        return None
    attachment: Attachment = item.attachments[route.attachment]
    return code_sheet(
        kit, attachment.name, attachment.url, t("detail.attachment_note"),
        away=lambda: visit.go(Detail(id=item.id)),
    )  # fmt: skip
