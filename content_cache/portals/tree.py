"""A page's text -> an element tree in which only what a reader could see is left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import lxml.html
from lxml import etree

from content_cache.errors import Refused
from content_cache.portals.wording import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

# Set on the element that a template's own comments name as the one around the text.
MARKED: Final = "data-marked-body"
_MARKERS = frozenset({"contentstart", "enpcontent", "正文开始", "正文内容开始", "content start"})
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FURNITURE = re.compile(
    r"foot|copyright|\bnav|menu|header|crumb|\bside|friendlink|rank|\brecommend", re.IGNORECASE
)
_FURNITURE_TAGS = frozenset({"nav", "aside", "header", "footer"})
_UNSEEN = (
    "script",
    "style",
    "noscript",
    "template",
    "select",
    "option",
    "button",
    "textarea",
    "svg",
)


def parse(text: str) -> HtmlElement:
    """The page as a tree, without scripts, styles, comments and form fields. Refused if empty.

    Comments go first of all: portals hide stale fields in them, and none may be read as content.
    """
    source = _DECLARATION.sub("", text).replace("\x00", "").encode("utf-8", "ignore")
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = lxml.html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Refused("页面没有内容") from error
    for comment in root.iter(etree.Comment):
        parent = comment.getparent()
        words = (comment.text or "").strip().lower()
        if words in _MARKERS and parent is not None and parent.tag not in {"body", "html"}:
            parent.set(MARKED, "")
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    remove(root.iter(*_UNSEEN))
    return root


def remove(elements: Iterable[HtmlElement]) -> None:
    """Take these out of their tree; what follows them stays."""
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def select(root: HtmlElement, selector: str) -> list[HtmlElement]:
    """The outermost elements that match a CSS selector."""
    found: list[HtmlElement] = root.cssselect(selector)
    chosen = set(found)
    return [element for element in found if chosen.isdisjoint(element.iterancestors())]


def text_of(element: HtmlElement) -> str:
    """All text inside, as one clean line."""
    return clean("".join(element.itertext()))


def short_text(element: HtmlElement, limit: int) -> str | None:
    """The pieces of text inside, a line each, or None as soon as they are longer than limit."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        length += len(part.strip())
        if length > limit:
            return None
        parts.append(part)
    return "\n".join(parts)


def following(element: HtmlElement) -> Iterator[tuple[HtmlElement | None, str]]:
    """What comes after an element inside its parent: (None, text) and (sibling, its text)."""
    yield None, element.tail or ""
    for sibling in element.itersiblings():
        yield sibling, "".join(sibling.itertext())
        yield None, sibling.tail or ""


def link_share(element: HtmlElement) -> float:
    """Which part of the visible characters inside stands in links, 0 to 1."""
    total = len("".join(element.itertext()).strip())
    linked = sum(len("".join(link.itertext()).strip()) for link in element.iter("a"))
    return linked / total if total else 0.0


def in_furniture(element: HtmlElement) -> bool:
    """Whether an element stands in a box named as menu, head, foot or side column."""
    return any(
        box.tag in _FURNITURE_TAGS
        or _FURNITURE.search(f"{box.get('class') or ''} {box.get('id') or ''}")
        for box in (element, *element.iterancestors())
    )


def metas(root: HtmlElement) -> dict[str, str]:
    """The page's tags by lower-case name; the first non-empty one of a name counts."""
    tags: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or "").strip().lower()
        content = clean(meta.get("content") or "")
        if name and content and content.lower() != "null":
            tags.setdefault(name, content)
    return tags
