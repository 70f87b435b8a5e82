"""Taking out of a text what is not text: share bars, printing links, lists of files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from content_cache.portals.addresses import joined
from content_cache.portals.files import is_file_link
from content_cache.portals.tree import remove, select, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

_LEFT_OF_A_LIST = re.compile(
    r"[附件相关已下载次点击查看与和表格资料文档\d一二三四五六七八九十\s.．、:：；;（）()\[\]【】-]*"
)
_LINES: Final = frozenset({"p", "li", "div", "dd", "dt", "ul", "ol", "td", "tr", "table", "span"})
_SCRIPTED = re.compile(r"\s*javascript:", re.IGNORECASE)
_FILE_BOXES: Final = (
    "[class*='fujian'], [id*='fujian'], [class*='attach'], [id*='attach'], [class*='annex'], "
    "[class*='accessory'], [class*='fjxz'], [id*='fjxz'], [class*='appendix'], [class*='fjlist']"
)


def regions_around(body: list[HtmlElement], root: HtmlElement) -> list[HtmlElement]:
    """Where the files of a text may be linked: in it, beside it, in boxes named after files.

    Without a text the whole page, whose one file may be the document.
    """
    if not body:
        return [root]
    beside = []
    for element in body:
        box = element.getparent()
        while box is not None and box.tag in {"td", "tr", "tbody"}:
            box = box.getparent()
        if box is not None and box.tag not in {"body", "html"}:
            beside.append(box)
    return [*body, *beside, *select(root, _FILE_BOXES)]


def drop_furniture(body: list[HtmlElement], selectors: Sequence[str]) -> None:
    """Take out what templates put into the text: named boxes, and links that run scripts."""
    for element in body:
        for selector in selectors:
            remove(found for found in select(element, selector) if found is not element)
        for anchor in list(element.iter("a")):
            if not _SCRIPTED.match(anchor.get("href") or ""):
                continue
            line = _line_of(anchor, element)
            if line is not element and len(text_of(line)) < 80 and _all_scripted(line):
                remove([line])


def drop_file_lists(body: list[HtmlElement], url: str, patterns: Sequence[str]) -> None:
    """Take out lines that only name files; a sentence with a link to a file stays whole."""
    for element in body:
        for anchor in list(element.iter("a")):
            if not _leads_to_file(anchor, url, patterns):
                continue
            line = _line_of(anchor, element)
            if line is not element and _is_file_list(line, url, patterns):
                remove([line])
            elif line is element and not _sentence_around(anchor):
                remove([anchor])


def _is_file_list(line: HtmlElement, url: str, patterns: Sequence[str]) -> bool:
    rest = text_of(line)
    for anchor in line.iter("a"):
        if _leads_to_file(anchor, url, patterns):
            rest = rest.replace(text_of(anchor), "", 1)
    return _LEFT_OF_A_LIST.fullmatch(rest) is not None


def _leads_to_file(anchor: HtmlElement, url: str, patterns: Sequence[str]) -> bool:
    address = joined(url, anchor.get("href") or "")
    return address is not None and is_file_link(anchor, address, patterns)


def _sentence_around(anchor: HtmlElement) -> bool:
    before = anchor.getprevious()
    text = (before.tail if before is not None else anchor.getparent().text) or ""
    return _LEFT_OF_A_LIST.fullmatch(text) is None


def _line_of(anchor: HtmlElement, top: HtmlElement) -> HtmlElement:
    """The line an anchor stands in: the nearest line-like box inside the text, or the text."""
    for box in anchor.iterancestors():
        if box is top or box.tag in _LINES:
            return box
    return top


def _all_scripted(line: HtmlElement) -> bool:
    rest = text_of(line)
    for anchor in line.iter("a"):
        rest = rest.replace(text_of(anchor), "", 1)
    return len(rest.strip("【】[]（）() |·：:")) <= 12
