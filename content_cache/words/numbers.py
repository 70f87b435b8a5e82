"""文号 and 索引号 in a form that survives every way of writing them, and 第N条 in a question.

安政发〔2025〕12号, 安政发[2025]第 12 号, 安政发（２０２５）12 and 安政发2025 12 are one number:
its letters and its figures.
"""

from __future__ import annotations

import re

import msgspec

from content_cache.words.pairs import normalise

_YEAR_DIGITS = 4
_FILLER = re.compile(r"第\s*(?=\d)|(?<=\d)\s*[号年]")
_FIGURES = re.compile(r"(?P<head>[^\W\d_]*)(?P<figures>\W*\d+(?:\W*\d+)*)\W*(?P<rest>[^\W\d_]?)")
_NUMERAL = r"(?:\d{1,4}|[零〇一二两三四五六七八九十百千]{1,9})"
# Without 第 only at the end: 优化营商环境二十条措施 asks for no article.
_ARTICLE = re.compile(
    rf"(?P<title>.*?)(?:第\s*(?P<no>{_NUMERAL})\s*条|(?<!\d)(?P<bare>{_NUMERAL})\s*条$)"
)
_BOOK_TITLE = re.compile("《(.+?)》")
_UNITS = {"十": 10, "百": 100, "千": 1000}
_DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


class NumberKey(msgspec.Struct, frozen=True):
    """head: the letters before the figures. figures: joined by "-", no leading zeros, 2025-12."""

    head: str
    figures: str


class ArticleAsked(msgspec.Struct, frozen=True):
    """A question for one article: 失业保险条例第14条."""

    title: str
    article: int


def _figures_of(text: str) -> list[str]:
    runs = re.findall(r"\d+", text)
    first = runs[0]
    if len(runs) == 1 and len(first) > _YEAR_DIGITS and first.startswith(("19", "20")):
        # Written without any bracket: 安政发202512号.
        runs = [first[:_YEAR_DIGITS], first[_YEAR_DIGITS:]]
    return [run.lstrip("0") or "0" for run in runs]


def number_key(number: str) -> NumberKey | None:
    """The key of a 文号 or 索引号 as the document states it; None when there is no figure in it."""
    match = _FIGURES.search(_FILLER.sub(" ", normalise(number)))
    if match is None:
        return None
    return NumberKey(match["head"], "-".join(_figures_of(match["figures"])))


def number_asked(words: str) -> NumberKey | None:
    """The 文号 or 索引号 in a citizen's words, or None. Year and serial are the least."""
    for match in _FIGURES.finditer(_FILLER.sub(" ", normalise(words))):
        figures = _figures_of(match["figures"])
        # 2025年12月 is a date; without letters before it only the whole question can be a number
        # (2025 12 号).
        date = match["rest"].startswith(("月", "日"))
        if len(figures) >= 2 and not date and (match["head"] or not match["rest"]):
            return NumberKey(match["head"], "-".join(figures))
    return None


def same_number(asked: NumberKey, stated: NumberKey) -> bool:
    """Whether the words ask for this document: equal figures, and one head ends with the other."""
    if asked.figures != stated.figures:
        return False
    if stated.head and asked.head.endswith(stated.head):
        return True
    return stated.head.endswith(asked.head)


def numeral(text: str) -> int:
    """The value of 14, 十四, 一百零三 or 一〇三. Raises ValueError for anything else."""
    if text.isdecimal():
        return int(text)
    if text and all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total = pending = 0
    for sign in text:
        if sign in _UNITS:
            total += (pending or 1) * _UNITS[sign]
            pending = 0
        elif sign in _DIGITS:
            pending = _DIGITS[sign]
        else:
            raise ValueError(text)
    return total + pending


def article_asked(words: str) -> ArticleAsked | None:
    """The article a citizen asks for, or None: (title)第?N条, Arabic or Chinese numerals."""
    match = _ARTICLE.match(normalise(words))
    if match is None:
        return None
    quoted = _BOOK_TITLE.search(match["title"])
    title = (quoted[1] if quoted else match["title"]).strip("《》 ")
    number = match["no"] or match["bare"]
    return ArticleAsked(title, numeral(number)) if len(title) > 1 else None


def article_of(paragraph: str) -> int | None:
    """The number of the article that begins with this paragraph, or None."""
    match = _ARTICLE.match(paragraph[:16].strip())
    return numeral(match["no"]) if match and match["no"] and not match["title"] else None
