"""Bytes of a page -> text, whatever its declaration says."""

from __future__ import annotations

import re

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_DECLARATION_BYTES = 4096
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# A page that says gb2312 or gbk may hold rare characters of names; gb18030 contains both.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "gb_2312-80": "gb18030"}
# What servers say when nobody configured them; never true of a Chinese page.
_EMPTY_WORDS = frozenset({"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "none"})


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a page; never raises.

    Order: byte order mark, strict UTF-8, the charset of the header or of a meta tag, GB18030, Big5.
    UTF-8 is tried before the declaration because real portals declare either for the other, and
    Chinese text in another encoding is practically never valid UTF-8. If nothing fits, the encoding
    that leaves fewest holes.
    """
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace")
    encodings = ["utf-8", *_declared(body, content_type), "gb18030", "big5"]
    for encoding in encodings:
        try:
            return body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    texts = (body.decode(encoding, "replace") for encoding in ("utf-8", "gb18030"))
    return min(texts, key=lambda text: text.count("\ufffd"))


def _declared(body: bytes, content_type: str) -> list[str]:
    """Charsets named by the header and by the first 4 kB, in this order, widened."""
    places = (content_type.encode("ascii", "replace"), body[:_DECLARATION_BYTES])
    names = [
        match.group(1).decode().lower() for place in places if (match := _CHARSET.search(place))
    ]
    return [_WIDER.get(name, name) for name in names if name not in _EMPTY_WORDS]
