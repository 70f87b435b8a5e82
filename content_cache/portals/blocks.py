"""The elements of a text -> blocks a reader sees: headings, paragraphs, steps, tables, pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from content_cache.model import Block, Heading, Paragraph, Picture, Steps
from content_cache.portals.addresses import joined
from content_cache.portals.grid import is_layout, read_table, rows_of
from content_cache.portals.tree import text_of
from content_cache.portals.wording import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PARAGRAPHS: Final = frozenset(
    {
        *("p", "div", "section", "article", "li", "ul", "dl", "dt", "dd", "center", "blockquote"),
        *("pre", "hr", "form", "header", "footer", "main", "td", "th", "tr", "fieldset", "address"),
        *("figure", "figcaption", "caption", "body"),
    }
)
_HEADINGS: Final = {"h1": 1, "h2": 1, "h3": 2, "h4": 2, "h5": 2, "h6": 2}
_BOLD: Final = frozenset({"b", "strong"})
_BOLD_STYLE = re.compile(
    r"font-weight:\s*(?:bold|[6-9]00)|font-family:[^;]*(?:黑体|SimHei)", re.IGNORECASE
)
_CHAPTER = re.compile(r"第[一二三四五六七八九十百零〇\d]+(?P<part>[章编篇节])(?:[\s\u3000]|$)")
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、")
_SUBNUMBERED = re.compile(r"[（(][一二三四五六七八九十]+[）)]")
_SENTENCE_END = tuple("。；;，,、：:！!")
_LONGEST_HEADING = 40
_NEW_PARAGRAPH = re.compile(r"(?<=[。！？；：])[\s\u00a0]*\u3000{2,}")
# Big titles are set with a space after every character.
_SPACED_OUT = re.compile(r"(?:[\u4e00-\u9fff] ){3,}[\u4e00-\u9fff]")
_PAGE_BREAK = re.compile(r"#PAGE_BREAK#|\[NextPage\]", re.IGNORECASE)
_ICON = re.compile(
    r"/icons?/|icon[_-]|[_-]icon|filetype|/ewebeditor/|weixin|wechat|qrcode|ewm|/share|"
    r"print\.(?:gif|png)|close\.(?:gif|png)|spacer|blank\.gif|^data:|/sysimage/",
    re.IGNORECASE,
)


def to_blocks(container: HtmlElement, url: str) -> list[Block]:
    """The blocks of a text in reading order. url is the page's address, for its pictures."""
    writer = _Writer(url)
    writer.walk(container)
    return writer.blocks


def picture_of(image: HtmlElement, url: str) -> Picture | None:
    """A picture of the text; None for icons, spacers and decoration."""
    source = (image.get("src") or image.get("data-src") or "").strip()
    if not source or _ICON.search(source) or _is_tiny(image):
        return None
    address = joined(url, source)
    if address is None:
        return None
    caption = clean(image.get("alt") or image.get("title") or "")
    if re.fullmatch(
        r"[\w .()（）-]*\.(?:jpe?g|png|gif|bmp|webp)|图片|image", caption, re.IGNORECASE
    ):
        caption = ""
    return Picture(url=address, caption=caption)


def _is_tiny(image: HtmlElement) -> bool:
    sizes = [image.get(name) or "" for name in ("width", "height")]
    return any(
        size.removesuffix("px").isdecimal() and int(size.removesuffix("px")) <= 32 for size in sizes
    )


class _Writer:
    """One walk over a text; a line is gathered until something breaks it."""

    def __init__(self, url: str) -> None:
        self.blocks: list[Block] = []
        self._url = url
        self._line: list[tuple[str, bool]] = []
        self._bold = 0
        self._in_pre = 0

    def walk(self, container: HtmlElement) -> None:
        walker = etree.iterwalk(container, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                if self._start(element):
                    walker.skip_subtree()
                else:
                    self._text(element.text)
            else:
                self._end(element)
                if element is not container:
                    self._text(element.tail)
        self._flush()

    def _start(self, element: HtmlElement) -> bool:
        """Open an element; True if it was written whole and its inside must be skipped."""
        tag = element.tag
        if tag == "br":
            self._flush()
        elif tag == "img":
            if picture := picture_of(element, self._url):
                self._flush()
                self.blocks.append(picture)
        elif tag == "table":
            self._flush()
            self._table(element)
            return True
        elif tag == "ol":
            self._flush()
            self._steps(element)
            return True
        elif tag in _HEADINGS:
            self._flush()
            if text := text_of(element):
                self._heading(text, _HEADINGS[tag])
            return True
        elif tag in _PARAGRAPHS:
            self._flush()
        self._bold += _is_bold(element)
        self._in_pre += tag == "pre"
        return False

    def _end(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in {"br", "img", "table", "ol"} or tag in _HEADINGS:
            return
        if tag in _PARAGRAPHS:
            self._flush()
        self._bold -= _is_bold(element)
        self._in_pre -= tag == "pre"

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._in_pre:
            for line in text.splitlines():
                self._line.append((line, False))
                self._flush()
            return
        first, *rest = _NEW_PARAGRAPH.split(_PAGE_BREAK.sub("", text))
        self._line.append((first, self._bold > 0))
        for piece in rest:
            self._flush()
            self._line.append((piece, self._bold > 0))

    def _flush(self) -> None:
        line, self._line = self._line, []
        text = clean("".join(piece for piece, _ in line))
        if not text:
            return
        if _SPACED_OUT.fullmatch(text):
            text = text.replace(" ", "")
        plain = "".join(piece for piece, bold in line if not bold).strip()
        level = heading_level(text, bold=not plain)
        if level is None:
            self.blocks.append(Paragraph(text=text))
        else:
            self.blocks.append(Heading(text=text, level=level))

    def _heading(self, text: str, level: int) -> None:
        """An element that says it is a heading; templates also use them for whole sentences."""
        if text.endswith("。") or len(text) > 3 * _LONGEST_HEADING:
            self.blocks.append(Paragraph(text=text))
        else:
            self.blocks.append(Heading(text=text, level=level))

    def _steps(self, element: HtmlElement) -> None:
        items = tuple(text for item in element.iter("li") if (text := text_of(item)))
        if items:
            self.blocks.append(Steps(steps=items))

    def _table(self, element: HtmlElement) -> None:
        if is_layout(element):
            seen: set[HtmlElement] = set()
            for cell in (cell for row in rows_of(element) for cell in row):
                if cell not in seen:
                    seen.add(cell)
                    self.blocks += to_blocks(cell, self._url)
            return
        for image in element.iter("img"):
            if picture := picture_of(image, self._url):
                self.blocks.append(picture)
        if table := read_table(element):
            self.blocks.append(table)


def heading_level(text: str, *, bold: bool) -> int | None:
    """1 or 2 if a line of its own is a heading, None if it is a paragraph.

    第X章 is one by its words; 一、 and other short lines only when they are bold, numbered ones
    also with a full stop.
    """
    if bold and len(text) <= _LONGEST_HEADING and _SUBNUMBERED.match(text):
        return 2
    if len(text) > _LONGEST_HEADING or text.endswith(_SENTENCE_END):
        return None
    if chapter := _CHAPTER.match(text):
        return 2 if chapter["part"] == "节" else 1
    if not bold:
        return None
    return 1 if _NUMBERED.match(text) else 2


def _is_bold(element: HtmlElement) -> bool:
    return element.tag in _BOLD or bool(_BOLD_STYLE.search(element.get("style") or ""))
