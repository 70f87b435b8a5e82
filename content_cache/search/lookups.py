"""Direct look-ups, tried before full-text search: 文号, 索引号, and 第N条 of a named document."""

from __future__ import annotations

import sqlite3

import msgspec

from content_cache.model import Validity
from content_cache.passages import PASSAGE_BITS
from content_cache.words.numbers import NumberKey, article_asked, number_asked, same_number


class Direct(msgspec.Struct, frozen=True):
    """Items, best first, each with the passage to show (None: any).

    number: the 文号 that found them, for texts that mention it; "" when it was none.
    """

    items: tuple[tuple[int, int | None], ...] = ()
    number: str = ""


def direct(db: sqlite3.Connection, text: str) -> Direct:
    """What a normalised text names outright."""
    asked = number_asked(text)
    if asked is not None:
        same = _with_number(db, asked)
        if same:
            _, _, _, head = same[0]
            # As tokens only: a text may go on after the number without a space (…12号公布).
            number = f"{head} {asked.figures}"
            return Direct(tuple((item, None) for _, _, item, _ in same), number)
    article = _article(db, text)
    return Direct((article,)) if article is not None else Direct()


def _with_number(db: sqlite3.Connection, asked: NumberKey) -> list[tuple[bool, int, int, str]]:
    """Documents with this number as (another head, -length of head, item, head), best first."""
    rows = db.execute(
        "SELECT item, head FROM number WHERE figures = ?", (asked.figures,)
    ).fetchall()
    same = [
        (head != asked.head, -len(head), item, head)
        for item, head in rows
        if same_number(asked, NumberKey(head, asked.figures))
    ]
    return sorted(same)


def _article(db: sqlite3.Connection, text: str) -> tuple[int, int] | None:
    """The article of the shortest title with the words before 第N条; in force first."""
    asked = article_asked(text)
    if asked is None:
        return None
    titles = db.execute(
        "SELECT n, title, validity FROM item WHERE instr(names, ?) ORDER BY length(title)",
        (asked.title,),
    ).fetchall()
    titles.sort(key=lambda row: row[2] in (Validity.EXPIRED, Validity.REPEALED))
    for n, _, _ in titles:
        row = db.execute(
            "SELECT n FROM passage WHERE n >= ? AND n < ? AND article = ? ORDER BY n LIMIT 1",
            (n << PASSAGE_BITS, (n + 1) << PASSAGE_BITS, asked.article),
        ).fetchone()
        if row is not None:
            return n, row[0]
    return None
