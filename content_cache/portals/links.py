"""Links from one document to others of the same site, by the heading they stand under."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from content_cache.model import Kind, Link, Relation, item_id
from content_cache.portals.addresses import joined
from content_cache.portals.tree import short_text, text_of
from content_cache.portals.wording import clean, squeezed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS: Final[dict[str, Relation]] = {
    **dict.fromkeys(
        (
            "解读文件",
            "政策原文",
            "解读原文",
            "原文链接",
            "文件原文",
            "查看原文",
            "被解读文件",
            "原文件",
        ),
        Relation.INTERPRETS,
    ),
    **dict.fromkeys(
        ("替代文件", "替代文件为", "已被替代为", "现行文件", "新文件", "最新文件", "修订后文件"),
        Relation.REPLACED_BY,
    ),
    **dict.fromkeys(
        (
            *("相关链接", "相关文件", "相关政策", "政策文件", "相关解读", "政策解读", "关联文件"),
            *("相关文档", "相关信息", "相关阅读", "解读链接", "解读材料", "关联解读", "关联稿件"),
            *("相关稿件", "相关附件及链接", "图解", "图解链接", "相关事项", "办事指南"),
        ),
        Relation.RELATED,
    ),
    "公开内容": Relation.FULFILLED_BY,
    "对应信息": Relation.FULFILLED_BY,
}
# On the page of an interpretation these mean the document it interprets.
_OF_AN_INTERPRETATION: Final = frozenset({"相关文件", "相关政策", "政策文件", "关联文件"})
_PAGE = re.compile(r"\.(?:s?html?|jsp|jspx|aspx?|php)(?:$|[?#])|/(?:art|content|post|info)[_/]")
_MOST = 30


def links_of(root: HtmlElement, url: str, kind: Kind) -> tuple[Link, ...]:
    """The links of a page to other documents, in page order, each relation and target once."""
    found: dict[tuple[Relation, str], Link] = {}
    for heading in root.iter("h2", "h3", "h4", "h5", "dt", "strong", "b", "div", "span", "p", "th"):
        words = short_text(heading, 12)
        name = squeezed(words).strip(":：[]【】") if words else ""
        relation = _HEADINGS.get(name)
        if relation is None or any(True for _ in heading.iter("a")):
            continue
        if kind is Kind.INTERPRETATION and name in _OF_AN_INTERPRETATION:
            relation = Relation.INTERPRETS
        for link in page_links(_under(heading), url, relation):
            found.setdefault((link.relation, link.target), link)
    return tuple(found.values())


def is_page(address: str) -> bool:
    """Whether an address looks like one page and not like a column or a file."""
    return _PAGE.search(address) is not None


def page_links(region: HtmlElement | None, url: str, relation: Relation) -> list[Link]:
    """Links of a region to pages of the same site, all with this relation."""
    if region is None:
        return []
    links = []
    for anchor in region.iter("a"):
        address = joined(url, anchor.get("href") or "#")
        title = clean(anchor.get("title") or "") or text_of(anchor)
        if address is None or not title or address.partition("#")[0] == url.partition("#")[0]:
            continue
        if urlsplit(address).netloc == urlsplit(url).netloc and is_page(address):
            links.append(Link(relation=relation, target=item_id(address), title=title))
    return links if len(links) <= _MOST else []


def _under(heading: HtmlElement) -> HtmlElement | None:
    """The smallest box around a heading that also holds links."""
    for box in heading.iterancestors():
        if box.tag == "body":
            return None
        if any(True for _ in box.iter("a")):
            return box
    return None
