"""Seed text files: the front between two +++ lines and the body, as a draft of one item."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from content_cache.errors import SeedError
from content_cache.model import Attachment, Fact, Heading, Item, Kind, Relation, Validity, item_id
from content_cache.seed import addresses
from content_cache.seed.draft import (
    Draft,
    Pointers,
    checked_field,
    column_names,
    page_url,
    pointers,
)
from content_cache.seed.marks import blocks_of, one_line
from content_cache.seed.records import (
    GUIDE_FACTS,
    GUIDE_SECTIONS,
    TEXT_RECORDS,
    VALIDITY,
    AttachmentText,
    ConsultationRecord,
    GuideRecord,
    IndexedRecord,
    InterpretationRecord,
    PolicyRecord,
    TextRecord,
)


def read_text(slug: str, kind: Kind, text: str) -> Iterator[Draft]:
    """The one draft of a text file. Raises SeedError naming the key."""
    front, body = _split(text)
    record = msgspec.toml.decode(front, type=TEXT_RECORDS[kind])
    title = one_line(record.title)
    url = page_url(kind, record.publisher, title, slug, record.published)
    attachments = tuple(
        Attachment(
            name=_pdf_name(attachment),
            url=addresses.attachment_url(url, ordinal),
            media_type="application/pdf",
        )
        for ordinal, attachment in enumerate(record.attachments)
    )
    item = Item(
        id=item_id(url),
        kind=kind,
        title=title,
        index_no=record.index_no if isinstance(record, IndexedRecord) else None,
        publisher=record.publisher,
        topic=record.topic,
        field=checked_field(record.field),
        published=record.published,
        source_url=url,
        columns=column_names(kind, record.publisher, title),
        aliases=record.aliases,
        blocks=blocks_of(body),
        attachments=attachments,
    )
    if not item.blocks:
        raise SeedError("正文是空的，+++ 之后应有正文")
    item, own = _of_its_kind(item, record)
    yield Draft(
        name=f"{kind}/{slug}",
        item=item,
        pointers=own + pointers(Relation.RELATED, record.related),
        texts=tuple(
            (made.url, given.text.strip())
            for made, given in zip(attachments, record.attachments, strict=True)
        ),
    )


def _split(text: str) -> tuple[str, str]:
    head, separator, rest = text.removeprefix("\ufeff").partition("+++\n")
    front, closing, body = rest.partition("\n+++\n")
    if head.strip() or not separator or not closing:
        raise SeedError("应以两行 +++ 围住 TOML，正文跟在后面")
    return front, body


def _pdf_name(attachment: AttachmentText) -> str:
    name = one_line(attachment.name)
    if not name.endswith(".pdf") or not attachment.text.strip():
        raise SeedError(f"attachments: {name} 应以 .pdf 结尾并有文字")
    return name


def _of_its_kind(item: Item, record: TextRecord) -> tuple[Item, Pointers]:
    """The item with what only its kind has, and the pointers only its kind has."""
    match record:
        case PolicyRecord():
            if record.written > record.published:
                raise SeedError("written: 成文日期不应晚于发布日期 published")
            validity = VALIDITY.get(record.validity)
            if validity is None:
                raise SeedError(f"validity: {record.validity} 应为 {' | '.join(VALIDITY)}")
            if record.successor and validity is not Validity.REPEALED:
                raise SeedError("successor: 只有“已废止”的文件才有替代它的文件")
            dated = msgspec.structs.replace(
                item, number=record.number, written=record.written, validity=validity
            )
            return dated, pointers(
                Relation.REPLACED_BY, (record.successor,) if record.successor else ()
            )
        case InterpretationRecord():
            if not record.interprets:
                raise SeedError("interprets: 应至少指向一个文件")
            return item, pointers(Relation.INTERPRETS, record.interprets)
        case ConsultationRecord():
            deadline = Fact(label="意见截止", value=record.deadline.isoformat())
            return msgspec.structs.replace(item, facts=(deadline,)), ()
        case GuideRecord():
            _check_guide(item, record)
            facts = (
                Fact(label="办事主题", value=record.theme),
                Fact(label="服务对象", value=record.audience),
                *(Fact(label=label, value=one_line(record.facts[label])) for label in GUIDE_FACTS),
            )
            return msgspec.structs.replace(item, facts=facts), ()
        case _:
            return item, ()


def _check_guide(item: Item, record: GuideRecord) -> None:
    if set(record.facts) != set(GUIDE_FACTS):
        odd = "、".join(sorted(set(record.facts) ^ set(GUIDE_FACTS)))
        raise SeedError(f"facts: 应正好有 {'、'.join(GUIDE_FACTS)}；多出或缺少：{odd}")
    sections = tuple(b.text for b in item.blocks if isinstance(b, Heading) and b.level == 1)
    if sections != GUIDE_SECTIONS:
        raise SeedError(
            f"正文: 一级标题应依次为 {'、'.join(GUIDE_SECTIONS)}，现为 {'、'.join(sections)}"
        )
