"""The one item model: every kind of content the kiosk shows is an Item.

Values here cross every boundary (portal, file, thread, screen), so they are frozen. What differs
between kinds is a row of KINDS and a few Facts, never a class.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlsplit

import msgspec


class Kind(StrEnum):
    """What a piece of content is, in the words of the disclosure standards."""

    POLICY = "policy"
    INTERPRETATION = "interpretation"
    GUIDE = "guide"
    FAQ = "faq"
    NOTICE = "notice"
    GAZETTE = "gazette"
    CATALOGUE = "catalogue"
    PLACE = "place"
    CONSULTATION = "consultation"
    VILLAGE = "village"
    DISCLOSURE = "disclosure"


class Validity(StrEnum):
    """有效性 as the national info block knows it; None on an Item means the portal does not say."""

    VALID = "有效"
    EXPIRED = "失效"
    REPEALED = "废止"


class Relation(StrEnum):
    """Why one item points at another, read from the item that holds the Link."""

    INTERPRETS = "interprets"
    REPLACED_BY = "replaced_by"
    FULFILLED_BY = "fulfilled_by"
    RELATED = "related"


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the plain values below."""


class Heading(Value, frozen=True, kw_only=True, tag="heading"):
    text: str
    level: int = 1


class Paragraph(Value, frozen=True, kw_only=True, tag="paragraph"):
    text: str


class Steps(Value, frozen=True, kw_only=True, tag="steps"):
    steps: tuple[str, ...]


class Table(Value, frozen=True, kw_only=True, tag="table"):
    """Rows of equal length; merged cells are repeated. The first row is the header where the
    source marks one.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Picture(Value, frozen=True, kw_only=True, tag="picture"):
    """A picture of the body; digest is None until its file was fetched."""

    url: str
    caption: str = ""
    digest: str | None = None


Block = Heading | Paragraph | Steps | Table | Picture


class Fact(Value, frozen=True, kw_only=True):
    """One labelled value, such as 办理窗口: 一楼 2 号窗口."""

    label: str
    value: str


class Attachment(Value, frozen=True, kw_only=True):
    """A file of an item. digest is the SHA-256 of its bytes, None while it could not be fetched."""

    name: str
    url: str
    media_type: str | None = None
    size_bytes: int | None = None
    digest: str | None = None


class Link(Value, frozen=True, kw_only=True):
    """A pointer to another item: target is that item's id."""

    relation: Relation
    target: str
    title: str = ""


class Place(Value, frozen=True, kw_only=True):
    """A point of the map. lon and lat are degrees in the named system (CGCS2000, GCJ-02 or
    BD-09).
    """

    category: str
    address: str
    phone: str = ""
    hours: str = ""
    services: tuple[str, ...] = ()
    accessibility: str = ""
    landmark: str = ""
    lon: float | None = None
    lat: float | None = None
    system: str = "CGCS2000"
    checked: date | None = None


class Item(Value, frozen=True, kw_only=True):
    """One piece of public content.

    id        stable name, from the address of its page (see item_id)
    digest    SHA-256 over everything but itself and seen_at (see digest_of); this is the version
    sync compares seen_at   when this version was first read from the portal, UTC
    """

    id: str
    kind: Kind
    title: str
    number: str | None = None
    index_no: str | None = None
    publisher: str | None = None
    topic: str | None = None
    field: str | None = None
    written: date | None = None
    published: date | None = None
    validity: Validity | None = None
    source_url: str | None = None
    columns: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    blocks: tuple[Block, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()
    place: Place | None = None
    digest: str = ""
    seen_at: datetime | None = None

    def fact(self, label: str) -> str | None:
        """The value of the first fact with this label, or None."""
        return next((fact.value for fact in self.facts if fact.label == label), None)


class KindRow(Value, frozen=True, kw_only=True):
    """What the screens need to know of a kind. icon is a name of Material Design Icons."""

    words: str
    icon: str
    filters: tuple[str, ...] = ("field", "publisher", "year")
    slip: bool = True
    oldest_first: bool = False


KINDS: dict[Kind, KindRow] = {
    Kind.POLICY: KindRow(
        words="政策文件",
        icon="file-document-outline",
        filters=("field", "publisher", "year", "validity"),
    ),
    Kind.INTERPRETATION: KindRow(words="政策解读", icon="information-outline"),
    Kind.GUIDE: KindRow(
        words="办事指南", icon="clipboard-list-outline", filters=("publisher", "field")
    ),
    Kind.FAQ: KindRow(
        words="常见问答", icon="message-text-outline", filters=("publisher", "field")
    ),
    Kind.NOTICE: KindRow(words="通知公告", icon="bullhorn-outline"),
    Kind.GAZETTE: KindRow(words="政府公报", icon="book-open-variant", filters=("year",)),
    Kind.CATALOGUE: KindRow(
        words="公开目录",
        icon="table-large",
        filters=("field", "publisher"),
        slip=False,
    ),
    Kind.PLACE: KindRow(words="便民地点", icon="map-outline", filters=("category",)),
    Kind.CONSULTATION: KindRow(words="征求意见", icon="comment-text-outline"),
    Kind.VILLAGE: KindRow(words="村(居)务公开", icon="home-group", filters=("publisher", "year")),
    # The guide and how to apply stand longest, and are what people come for.
    Kind.DISCLOSURE: KindRow(words="信息公开指南", icon="file-edit-outline", oldest_first=True),
}


def item_id(url: str) -> str:
    """The stable name of the item at this address: 12 hex digits of the path, query and fragment.

    The host is left out, so that the same document keeps its name when a portal is reached by
    another name.
    """
    parts = urlsplit(url)
    key = parts.path
    if parts.query:
        key += "?" + parts.query
    if parts.fragment:
        key += "#" + parts.fragment
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def digest_of(item: Item) -> str:
    """The version of an item: SHA-256 over its canonical JSON without digest and seen_at."""
    bare = msgspec.structs.replace(item, digest="", seen_at=None)
    return hashlib.sha256(msgspec.json.encode(bare, order="deterministic")).hexdigest()


def sealed(item: Item) -> Item:
    """The same item with its digest filled in."""
    return msgspec.structs.replace(item, digest=digest_of(item))


def plain_text(item: Item) -> str:
    """Everything a reader would read of the body, one block a line: for search, speech and
    checks.
    """
    lines: list[str] = []
    for block in item.blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text):
                lines.append(text)
            case Steps(steps=steps):
                lines.extend(steps)
            case Table(header=header, rows=rows):
                lines.append(" ".join(header))
                lines.extend(" ".join(row) for row in rows)
            case Picture(caption=caption):
                if caption:
                    lines.append(caption)
    return "\n".join(lines)
