"""One page of a portal -> the item it shows (or the items, where it is a catalogue table)."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import msgspec

from content_cache.errors import Refused
from content_cache.model import Block, Fact, Item, Kind, Paragraph, item_id, sealed
from content_cache.portals.blocks import to_blocks
from content_cache.portals.body import find_body
from content_cache.portals.catalogue import read_catalogue
from content_cache.portals.decoding import decode
from content_cache.portals.fields import Fields, Part, block_in, read_fields
from content_cache.portals.files import attachments_in
from content_cache.portals.labels import facts_of, place_of
from content_cache.portals.links import links_of
from content_cache.portals.naming import aliases_of, kind_of, number_of, title_of
from content_cache.portals.prune import drop_file_lists, drop_furniture, regions_around
from content_cache.portals.removed import check_alive, check_whole
from content_cache.portals.tree import metas, parse, remove, select
from content_cache.portals.web import NotModified, Web
from content_cache.portals.wording import read_date, read_validity, validity_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from content_cache.sites.profile import Site

_DATE_TAGS: Final = ("pubdate", "docdate", "publishdate", "firstpublishedtime", "maketime")
_NOBODY: Final = frozenset({"本站", "本网", "本网站", "原创", "互联网", "网络", "其他"})
_ENOUGH_FIELDS: Final = 3
# Other kinds quote numbers of documents without having one.
_NUMBERED: Final = frozenset({Kind.POLICY, Kind.NOTICE})


def read_page(url: str, html: bytes | None, site: Site, kind: Kind | None = None) -> Item:
    """The item on one page, sealed; the first row of a catalogue table.

    Without html the page is fetched from url. Without kind it is guessed from column, tags and
    title. Raises PortalError: Gone for a page that is no more, Refused for one of menus only.
    """
    content_type = ""
    if html is None:
        hosts = frozenset({urlsplit(url).netloc.lower(), *site.hosts})
        with closing(Web(hosts)) as web:
            page = web.page(url)
        if isinstance(page, NotModified):
            raise Refused(f"{url}: 没有要求却回答未修改")
        check_whole(page.body, url)
        html, content_type, url = page.body, page.content_type, page.url
    return read_items(url, html, site, kind=kind, content_type=content_type)[0]


def read_items(
    url: str,
    html: bytes,
    site: Site,
    *,
    kind: Kind | None = None,
    content_type: str = "",
    today: date | None = None,
) -> tuple[Item, ...]:
    """All items of one page, sealed, at least one. url is the address citizens are shown.

    today decides whether a period of validity is over. Raises as read_page does.
    """
    root = parse(decode(html, content_type))
    check_alive(root, url)
    tags = metas(root)
    code = tags.get("siteidcode")
    if code and site.site_id_code and code != site.site_id_code:
        raise Refused(f"{url}: 网站标识码是 {code}，应为 {site.site_id_code}")
    kind = kind or kind_of(site, urlsplit(url).path, tags, title_of(root, tags, Fields()))
    page = _Page(root=root, url=url, site=site, kind=kind, tags=tags)
    if kind is Kind.CATALOGUE:
        rows = read_catalogue(root, _cover(page, read_fields(root)))
        if rows:
            return tuple(map(sealed, rows))
    return (sealed(_document(page, today or _today())),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A parsed page and what is known before its text is looked at."""

    root: HtmlElement
    url: str
    site: Site
    kind: Kind
    tags: dict[str, str]


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _document(page: _Page, today: date) -> Item:
    root, url, site, kind = page.root, page.url, page.site, page.kind
    place = place_of(root) if kind is Kind.PLACE else None
    facts = facts_of(root) if kind is Kind.GUIDE else ()
    links = links_of(root, url, kind)
    fields = _take_field_blocks(root, site)
    body = find_body(root, site.body)
    fields.read(root, without=body)
    item = _cover(page, fields)
    attachments = attachments_in(regions_around(body, root), url, item.title, site.files)
    drop_furniture(body, site.drop)
    drop_file_lists(body, url, site.files)
    blocks = () if place else _blocks(body, url)
    if not item.title:
        raise Refused(f"{url}: 页面没有标题")
    if not blocks and not attachments and not place and len(fields) < _ENOUGH_FIELDS:
        raise Refused(f"{url}: 页面上只有菜单，没有正文")
    number = fields.get(Part.NUMBER)
    if number is None and kind in _NUMBERED:
        number = number_of(root, blocks, item.title)
    stated = read_validity(fields.get(Part.VALIDITY), today)
    return msgspec.structs.replace(
        item,
        number=number,
        validity=validity_of(stated, fields.get(Part.UNTIL), today),
        published=None if place else item.published,
        facts=facts + _facts(kind, fields),
        blocks=blocks,
        attachments=attachments,
        links=links,
        place=place,
    )


def _cover(page: _Page, fields: Fields) -> Item:
    """What tags and info block say; tags first, as the national norm has it."""
    tags, path = page.tags, urlsplit(page.url).path
    source = tags.get("contentsource")
    if source in _NOBODY or source in {tags.get("sitename"), page.site.name}:
        source = None
    column = page.site.column_of(path)
    dates = (read_date(tags.get(name)) for name in _DATE_TAGS)
    tagged = next((found for found in dates if found), None)
    name = column.name if column else tags.get("columnname")
    return Item(
        id=item_id(page.url),
        kind=page.kind,
        title=title_of(page.root, tags, fields),
        index_no=fields.get(Part.INDEX_NO),
        publisher=source or fields.get(Part.PUBLISHER, Part.SOURCE),
        topic=fields.get(Part.TOPIC, Part.CLASS),
        field=fields.get(Part.FIELD),
        written=read_date(fields.get(Part.WRITTEN)),
        published=tagged or read_date(fields.get(Part.PUBLISHED)),
        source_url=page.url,
        columns=(name,) if name else (),
        aliases=aliases_of(tags),
    )


def _take_field_blocks(root: HtmlElement, site: Site) -> Fields:
    """What the page's info blocks say; they are taken out, so that none is taken for the text."""
    fields = Fields()
    named = [element for selector in site.fields for element in select(root, selector)]
    for block in named:
        if read_fields(block).covers(block):
            fields.read(block)
            remove([block])
    # Some templates show the block twice, for wide and for narrow screens.
    while (block := block_in(root)) is not None:
        fields.read(block)
        remove([block])
    return fields


def _facts(kind: Kind, fields: Fields) -> tuple[Fact, ...]:
    facts = []
    deadline = read_date(fields.get(Part.DEADLINE))
    if kind is Kind.CONSULTATION and deadline:
        facts.append(Fact(label="意见截止", value=deadline.isoformat()))
    until = fields.get(Part.UNTIL)
    if until and read_date(until):
        facts.append(Fact(label="有效期", value=until))
    return tuple(facts)


def _blocks(body: list[HtmlElement], url: str) -> tuple[Block, ...]:
    blocks = [block for element in body for block in to_blocks(element, url)]
    return tuple(
        block
        for block in blocks
        if not (isinstance(block, Paragraph) and block.text in {"附件：", "附件:", "附件下载："})
    )
