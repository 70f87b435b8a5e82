"""Title, number, everyday names and kind of a page, from the surest place that has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from content_cache.model import Block, Heading, Kind, Paragraph
from content_cache.portals.fields import Fields, Part
from content_cache.portals.tree import short_text, text_of
from content_cache.portals.wording import clean, find_number, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from content_cache.sites.profile import Site

_SITE_END = re.compile(
    r"\s*(?:[_|｜－]|\s[-–—]{1,2}\s|-(?=[^-]*(?:网|政府|平台|门户|公开|专栏)[^-]*$)).*$"
)
_TITLE_TAGS: Final = ("h1", "h2", "h3", "td", "div", "p", "span", "strong")
_TITLED = re.compile(r"title|biaoti|\bbt\b|^ti$", re.IGNORECASE)
_LONGEST_TITLE: Final = 200
_LONGEST_ALIAS: Final = 20
_KINDS: Final = (
    (Kind.INTERPRETATION, re.compile(r"解读|图解|一图读懂|问答式")),
    (Kind.GUIDE, re.compile(r"办事指南|服务指南|办事服务|办理指南")),
    (Kind.FAQ, re.compile(r"常见问题|常见问答|问答|知识库")),
    (Kind.CONSULTATION, re.compile(r"意见征集|征求意见|征集调查|征集公告")),
    (Kind.GAZETTE, re.compile(r"政府公报")),
    (Kind.CATALOGUE, re.compile(r"标准目录|公开事项目录")),
    (Kind.DISCLOSURE, re.compile(r"信息公开指南|信息公开制度|公开年报|依申请公开")),
    (Kind.VILLAGE, re.compile(r"村务公开|居务公开|村（居）务")),
    (Kind.PLACE, re.compile(r"便民地图|便民地点")),
    (Kind.POLICY, re.compile(r"政策文件|规范性文件|政府文件|部门文件|办文件")),
    (Kind.NOTICE, re.compile(r"公告|公示|通告|新闻|动态|要闻")),
)
_POLICY_TITLE = re.compile(
    r"(?:办法|细则|规定|规则|方案|意见|通知|决定|规划|标准|批复|条例|纲要|计划|目录)(?:[（(].*[）)])?$"
)


def title_of(root: HtmlElement, tags: dict[str, str], fields: Fields) -> str:
    """The title; empty if there is none. A tag that repeats the column's name is passed over."""
    tagged = tags.get("articletitle")
    if tagged and tagged not in {tags.get("columnname"), tags.get("sitename")}:
        return tagged
    if named := fields.get(Part.TITLE):
        return named
    head = next((clean("".join(title.itertext())) for title in root.iter("title")), "")
    shown = _shown_title(root, head)
    return shown or _SITE_END.sub("", head) or head


def _shown_title(root: HtmlElement, head: str) -> str | None:
    """The visible title: an element named so whose text begins <title>, or the only h1."""
    for element in root.iter(*_TITLE_TAGS):
        name = f"{element.get('id') or ''} {element.get('class') or ''}"
        if element.tag not in {"h1", "h2", "h3"} and not _TITLED.search(name):
            continue
        raw = short_text(element, _LONGEST_TITLE)
        text = clean(raw) if raw else ""
        if len(text) >= 4 and squeezed(head).startswith(squeezed(text)):
            return text
    headings = [text for h1 in root.iter("h1") if (text := text_of(h1))]
    return headings[0] if len(headings) == 1 and not head else None


def number_of(root: HtmlElement, blocks: tuple[Block, ...], title: str) -> str | None:
    """The 文号 shown near the title: at its end, in the first lines, or alone on a line."""
    texts = [block.text for block in blocks[:8] if isinstance(block, Heading | Paragraph)]
    return find_number(texts, title) or find_number(list(_short_lines(root)), "")


def _short_lines(root: HtmlElement) -> Iterator[str]:
    for element in root.iter("p", "span", "div", "td", "h2", "h3", "h4", "h5", "strong", "font"):
        if (raw := short_text(element, 40)) and (line := clean(raw)):
            yield line


def aliases_of(tags: dict[str, str]) -> tuple[str, ...]:
    """Everyday names from the Keywords of an article; a list page's words describe the site."""
    if "articletitle" not in tags:
        return ()
    words = tags.get("keywords", "")
    parts = re.split(r"[,，;；|]", words) if re.search(r"[,，;；|]", words) else words.split()
    useless = {tags["articletitle"], tags.get("sitename"), ""}
    names = (clean(part) for part in parts)
    good = (name for name in names if name not in useless and len(name) <= _LONGEST_ALIAS)
    return tuple(dict.fromkeys(good))


def kind_of(site: Site, path: str, tags: dict[str, str], title: str) -> Kind:
    """The kind of a page: its column's, else what tags and title say, else a notice."""
    column = site.column_of(path)
    if column and column.kind:
        return column.kind
    if re.search(r"解读|一图读懂|图解", title) and not _POLICY_TITLE.search(title):
        return Kind.INTERPRETATION
    for words in (tags.get("columnname", ""), tags.get("columntype", "")):
        for kind, pattern in _KINDS:
            if pattern.search(words):
                return kind
    return Kind.POLICY if _POLICY_TITLE.search(title) else Kind.NOTICE
