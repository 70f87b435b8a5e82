"""Words that portals use for dates, document numbers and validity -> values."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from content_cache.model import Validity

_MISSING = frozenset(
    {"", "无", "暂无", "null", "none", "undefined", "-", "--", "—", "——", "/", "空"}
)
_DATE = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})")
_PLAIN_DATE = re.compile(r"(?<!\d)(20\d{2}|19\d{2})(\d{2})(\d{2})(?!\d)")
_BREAKS = re.compile(r"[ \t\u00a0\u3000\u2000-\u200a]*[\r\n\f\v]\s*")
_SPACES = re.compile(r"\s+")
_ZERO_WIDTH = re.compile(
    "[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f]"
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,20}\s*[〔\[［(（【﹝〈]\s*(?:19|20)\d{2}\s*[〕\]］)）】﹞〉]"
    r"\s*第?\s*\d{1,5}(?:[-—]\d{1,3})?\s*号"
    r"|[\u4e00-\u9fff]{1,20}(?:令|公告|通告)\s*(?:(?:19|20)\d{2}\s*年)?\s*第\s*\d{1,5}\s*号"
)
_IN_TITLE = re.compile(r"[（(\[［]\s*(?P<number>[^（()）]+?[〔\[［【﹝].+?号)\s*[)）\]］]\s*$")
_PARTLY = re.compile(r"部分(?:条款|内容)?(?:失效|废止|有效)")


def clean(text: str) -> str:
    """One line without invisible characters; a gap becomes one space, ideographic if it was so.

    A line break of the source between two Chinese characters is only layout and vanishes.
    """
    text = _ZERO_WIDTH.sub("", text)
    text = _BREAKS.sub(_joint, text)
    return _SPACES.sub(lambda gap: "\u3000" if "\u3000" in gap[0] else " ", text).strip()


def _joint(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    return " " if before.isascii() and after.isascii() else ""


def squeezed(text: str) -> str:
    """The text without any white space, in compatibility form: for comparing, never for showing."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", _ZERO_WIDTH.sub("", text)))


def present(text: str | None) -> str | None:
    """The cleaned text, or None where the portal means nothing: empty, 无, null, a dash."""
    if text is None:
        return None
    value = clean(text)
    return None if value.lower() in _MISSING else value


def read_date(text: str | None) -> date | None:
    """The first real date in forms such as 2014年07月28日, 2014-7-28 10:12 or 20140728."""
    if not text:
        return None
    text = unicodedata.normalize("NFKC", text)
    for match in (*_DATE.finditer(text), *_PLAIN_DATE.finditer(text)):
        if found := _real_date(match):
            return found
    return None


def _real_date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def read_validity(text: str | None, today: date) -> Validity | None:
    """有效性 in any wording (现行有效, 已失效, 全文废止, 长期) or as a period; None if unsaid.

    A document that is partly repealed is still in force. A period counts by its last date.
    """
    words = squeezed(text or "")
    if _PARTLY.search(words):
        return Validity.VALID
    for sign, validity in (("废止", Validity.REPEALED), ("失效", Validity.EXPIRED)):
        if sign in words and not any(no + sign in words for no in ("未", "未被", "尚未")):
            last = _last_date(words)
            return Validity.VALID if last and last > today else validity
    if last := _last_date(words):
        return Validity.EXPIRED if last < today else Validity.VALID
    if words in {"无效", "否"}:
        return Validity.EXPIRED
    if words in {"是", "长期", "现行"} or ("有效" in words and "无效" not in words):
        return Validity.VALID
    return None


def validity_of(stated: Validity | None, period: str | None, today: date) -> Validity | None:
    """What holds today: a period of validity that is over ends a document stated to be valid."""
    by_period = read_validity(period, today)
    if stated in {None, Validity.VALID} and by_period is not None:
        return by_period
    return stated


def _last_date(words: str) -> date | None:
    dates = [found for match in _DATE.finditer(words) if (found := _real_date(match))]
    return max(dates, default=None)


def find_number(lines: list[str], title: str) -> str | None:
    """A 文号 that stands alone on one of these lines, or in brackets at the end of the title.

    A number inside a sentence belongs to another document and is not taken.
    """
    if (match := _IN_TITLE.search(title)) and _NUMBER.fullmatch(match["number"]):
        return match["number"]
    for line in lines:
        bare = line.strip("（）() 　").rpartition("：")[2]
        if len(bare) <= 40 and _NUMBER.fullmatch(bare):
            return bare
    return None
