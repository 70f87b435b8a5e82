"""Attachments: which links of a page lead to files, their names, and what bytes they must be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from content_cache.errors import Refused
from content_cache.model import Attachment
from content_cache.portals.addresses import joined
from content_cache.portals.tree import text_of
from content_cache.portals.wording import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument."
# Ending -> media type and the first bytes it may have. Portals rename .docx to .doc and back.
_KINDS: Final[dict[str, tuple[str, tuple[bytes, ...]]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "ofd": ("application/ofd", (_ZIP,)),
    "doc": ("application/msword", (_OLD_OFFICE, _ZIP, b"{\\rtf")),
    "docx": (_OFFICE + "wordprocessingml.document", (_ZIP, _OLD_OFFICE)),
    "wps": ("application/vnd.ms-works", (_OLD_OFFICE, _ZIP)),
    "xls": ("application/vnd.ms-excel", (_OLD_OFFICE, _ZIP)),
    "xlsx": (_OFFICE + "spreadsheetml.sheet", (_ZIP, _OLD_OFFICE)),
    "et": ("application/vnd.ms-excel", (_OLD_OFFICE, _ZIP)),
    "ppt": ("application/vnd.ms-powerpoint", (_OLD_OFFICE, _ZIP)),
    "pptx": (_OFFICE + "presentationml.presentation", (_ZIP, _OLD_OFFICE)),
    "rtf": ("application/rtf", (b"{\\rtf",)),
    "zip": ("application/zip", (_ZIP, b"PK\x05\x06")),
    "rar": ("application/vnd.rar", (b"Rar!",)),
    "7z": ("application/x-7z-compressed", (b"7z\xbc\xaf",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "gif": ("image/gif", (b"GIF8",)),
    "bmp": ("image/bmp", (b"BM",)),
    "webp": ("image/webp", (b"RIFF",)),
}
_PICTURES: Final = frozenset({"png", "jpg", "jpeg", "gif", "bmp", "webp"})
_ENDING = re.compile(r"\.([A-Za-z0-9]{2,4})$")
_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body|<script|<meta)", re.IGNORECASE)
_EMPTY_NAMES = re.compile(r"(?:点击|点此|附件|下载|查看|打开|浏览|此处|这里|全文|\s|\d)*[:：]?")
_VIEWER_KEYS: Final = ("file", "url", "src", "path")


def attachments_in(
    regions: Iterable[HtmlElement], url: str, title: str, patterns: Sequence[str]
) -> tuple[Attachment, ...]:
    """The files that these regions of a page link to or show in a viewer, each once, in order.

    url is the page's address. A file shown in a frame has no link text and gets the page's title.
    """
    found: dict[str, Attachment] = {}
    for region in regions:
        for element, address in _addresses(region, url):
            if element.tag == "a":
                if not is_file_link(element, address, patterns):
                    continue
                name = _name(element, address)
            elif (ending := _ending_of(address)) in _KINDS and ending not in _PICTURES:
                name = f"{title}.{ending}"
            else:
                continue
            media_type = _media_type(name, address)
            found.setdefault(address, Attachment(name=name, url=address, media_type=media_type))
    return tuple(found.values())


def is_file_link(link: HtmlElement, address: str, patterns: Sequence[str]) -> bool:
    """Whether a link leads to a file: by its address, by its text, or by a pattern of the site."""
    if _ending_of(address) in _KINDS:
        return True
    if any(re.search(pattern, address) for pattern in patterns):
        return True
    words = _ENDING.search(text_of(link))
    return words is not None and words[1].lower() in _KINDS


def check_first_bytes(name: str, url: str, start: bytes) -> None:
    """Refused if a file does not begin as its ending says, or is a web page instead of any file."""
    known = _KINDS.get(_ending(name) or "") or _KINDS.get(_ending_of(url) or "")
    if known is not None and start.startswith(known[1]):
        return
    if known is not None or _HTML.match(start) or not start:
        raise Refused(f"{url}: 内容与文件类型不符")


def _addresses(region: HtmlElement, url: str) -> Iterator[tuple[HtmlElement, str]]:
    for element in region.iter("a", "iframe", "embed", "object"):
        source = element.get("href") or element.get("src") or element.get("data") or "#"
        address = None if source.startswith("#") else joined(url, source)
        if address is not None:
            yield element, address if element.tag == "a" else _behind_viewer(address)


def _behind_viewer(address: str) -> str:
    """The file a viewer's address names, as in viewer.html?file=/P020.pdf; else the address."""
    for key, value in parse_qsl(urlsplit(address).query):
        if key.lower() in _VIEWER_KEYS and _ending(value) in _KINDS:
            return joined(address, value) or address
    return address


def _name(link: HtmlElement, address: str) -> str:
    """The name people see; the title where the text is cut short or says nothing."""
    hints = (link.get("title"), link.get("download"), link.get("alt"))
    text, hint = text_of(link), clean(next((hint for hint in hints if hint), ""))
    if text.endswith(("...", "…")) and hint:
        text = hint
    if _EMPTY_NAMES.fullmatch(text):
        text = hint or text
    if not _EMPTY_NAMES.fullmatch(text):
        return text
    return unquote(urlsplit(address).path.rpartition("/")[2]) or "附件"


def _media_type(name: str, address: str) -> str | None:
    known = _KINDS.get(_ending(name) or "") or _KINDS.get(_ending_of(address) or "")
    return known[0] if known else None


def _ending_of(address: str) -> str | None:
    """The ending of an address's path, or of a file name in its query."""
    parts = urlsplit(address)
    endings = [_ending(parts.path), *(_ending(value) for _, value in parse_qsl(parts.query))]
    return next((ending for ending in endings if ending in _KINDS), None)


def _ending(name: str) -> str | None:
    match = _ENDING.search(name.strip())
    return match[1].lower() if match else None
