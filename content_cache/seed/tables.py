"""Seed tables of many short entries: questions, places and catalogue rows."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from content_cache.errors import SeedError
from content_cache.model import Fact, Item, Kind, Place, Relation, item_id
from content_cache.seed import addresses
from content_cache.seed.draft import Draft, checked_field, column_names, page_url, pointers
from content_cache.seed.marks import one_line, paragraphs
from content_cache.seed.records import (
    CatalogueFile,
    CatalogueRow,
    FaqFile,
    FaqRecord,
    PlaceFile,
    PlaceRecord,
)


def read_faq(_stem: str, kind: Kind, text: str) -> Iterator[Draft]:
    """The questions of one file. Raises SeedError naming the key."""
    for record in msgspec.toml.decode(text, type=FaqFile).item:
        yield _faq_draft(kind, record)


def _faq_draft(kind: Kind, record: FaqRecord) -> Draft:
    title = one_line(record.title)
    url = page_url(kind, record.publisher, title, record.slug, record.published)
    item = Item(
        id=item_id(url),
        kind=kind,
        title=title,
        publisher=record.publisher,
        field=checked_field(record.field),
        published=record.published,
        source_url=url,
        columns=column_names(kind, record.publisher, title),
        aliases=record.aliases,
        blocks=paragraphs(record.answer),
    )
    if not item.blocks:
        raise SeedError(f"{record.slug}: answer: 回答是空的")
    return Draft(
        name=f"{kind}/{record.slug}",
        item=item,
        pointers=pointers(Relation.RELATED, record.related),
    )


def read_places(_stem: str, kind: Kind, text: str) -> Iterator[Draft]:
    """The places of one file. Raises SeedError naming the key."""
    for record in msgspec.toml.decode(text, type=PlaceFile).item:
        yield _place_draft(kind, record)


def _place_draft(kind: Kind, record: PlaceRecord) -> Draft:
    title = one_line(record.title)
    url = page_url(kind, None, title, record.slug, record.checked)
    place = Place(
        category=record.category,
        address=one_line(record.address),
        phone=record.phone,
        hours=one_line(record.hours),
        services=tuple(one_line(service) for service in record.services),
        accessibility=one_line(record.accessibility),
        landmark=one_line(record.landmark),
        lon=record.lon,
        lat=record.lat,
        system=record.system,
        checked=record.checked,
    )
    item = Item(
        id=item_id(url),
        kind=kind,
        title=title,
        source_url=url,
        columns=column_names(kind, None, title),
        aliases=record.aliases,
        place=place,
    )
    return Draft(
        name=f"{kind}/{record.slug}",
        item=item,
        pointers=pointers(Relation.RELATED, record.related),
    )


def read_catalogue(stem: str, kind: Kind, text: str) -> Iterator[Draft]:
    """The rows of one catalogue table. Raises SeedError naming the key."""
    table = msgspec.toml.decode(text, type=CatalogueFile)
    page = addresses.catalogue_url(stem)
    for row in table.item:
        yield _row_draft(kind, page, table, row)


def _row_draft(kind: Kind, page: str, table: CatalogueFile, row: CatalogueRow) -> Draft:
    facts = {
        "一级事项": row.level1,
        "二级事项": row.level2,
        "公开内容": row.content,
        "公开依据": row.basis,
        "公开时限": row.time_limit,
        "公开主体": row.body,
        "公开渠道": "、".join(row.channels),
        "公开对象": row.audience,
        "公开方式": row.mode,
        "公开层级": row.level,
    }
    level1, level2 = one_line(row.level1), one_line(row.level2)
    url = f"{page}#{addresses.row_fragment(level1, level2)}"
    item = Item(
        id=item_id(url),
        kind=kind,
        title=f"{level1}—{level2}",
        publisher=table.publisher,
        field=checked_field(table.field),
        published=table.published,
        source_url=url,
        columns=column_names(kind, table.publisher, row.level2),
        facts=tuple(Fact(label=label, value=one_line(value)) for label, value in facts.items()),
    )
    return Draft(
        name=f"{kind}/{row.slug}",
        item=item,
        pointers=pointers(Relation.FULFILLED_BY, row.fulfilled_by),
    )
