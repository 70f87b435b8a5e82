"""Items into the tables of a release and out of them again: the only writer of content.db."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from importlib import resources

import msgspec

from content_cache.model import Attachment, Item, Kind, Picture
from content_cache.passages import PASSAGE_BITS, Passage, category_of, passages_of, row_of
from content_cache.tables import DDL
from content_cache.words import synonyms
from content_cache.words.initials import initials
from content_cache.words.numbers import number_key
from content_cache.words.pairs import normalise, phrase, spaced, title_spaced

# The gate (docs/adr/0002): an everyday word is widened only where documents hardly use it
# themselves.
_RARE_PASSAGES = 100
_RARER_THAN_OFFICIAL = 5

_LONGEST_SUGGESTION = 24
_ALIAS_WEIGHT = 3


def create(db: sqlite3.Connection) -> None:
    """Empty tables of the present schema."""
    db.executescript(DDL)


def add(db: sqlite3.Connection, item: Item) -> None:
    """Put an item in, in place of the one with the same id."""
    remove(db, item.id)
    names = "\n".join(normalise(name) for name in (item.title, *item.aliases))
    cursor = db.execute(
        "INSERT INTO item (id, kind, title, names, field, publisher, year, validity, category,"
        " topic, published, digest, row, item) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            item.id,
            item.kind,
            item.title,
            names,
            item.field,
            item.publisher,
            str(item.published.year) if item.published else None,
            item.validity,
            category_of(item),
            item.topic,
            item.published.isoformat() if item.published else None,
            item.digest,
            msgspec.json.encode(row_of(item)),
            msgspec.json.encode(item),
        ),
    )
    n = cursor.lastrowid or 0
    keys = [number_key(stated) for stated in (item.number, item.index_no) if stated]
    db.executemany(
        "INSERT INTO number VALUES (?, ?, ?)", [(n, key.head, key.figures) for key in keys if key]
    )
    db.executemany(
        "INSERT INTO link VALUES (?, ?, ?, ?)",
        [(n, at, link.relation, link.target) for at, link in enumerate(item.links)],
    )
    db.executemany("INSERT INTO file VALUES (?, ?)", [(n, digest) for digest in _files_of(item)])
    passages = list(enumerate(passages_of(item), start=n << PASSAGE_BITS))
    db.executemany(
        "INSERT INTO passage VALUES (?, ?, ?)",
        [(number, passage.article, passage.text) for number, passage in passages],
    )
    db.executemany(
        "INSERT INTO passage_words (rowid, title, body) VALUES (?, ?, ?)", _cut(names, passages)
    )
    db.execute("INSERT INTO title_words (rowid, title) VALUES (?, ?)", (n, title_spaced(names)))


def remove(db: sqlite3.Connection, id_: str) -> None:
    """Take an item out; nothing happens when it is not there."""
    found = db.execute("SELECT n, names FROM item WHERE id = ?", (id_,)).fetchone()
    if found is None:
        return
    n, names = found
    span = (n << PASSAGE_BITS, (n + 1) << PASSAGE_BITS)
    passages = [
        (number, Passage(text))
        for number, text in db.execute(
            "SELECT n, text FROM passage WHERE n >= ? AND n < ?", span
        ).fetchall()
    ]
    # A contentless index forgets a row only when it is told the tokens once given (SQLite before
    # 3.43).
    db.executemany(
        "INSERT INTO passage_words (passage_words, rowid, title, body) VALUES ('delete', ?, ?, ?)",
        _cut(names, passages),
    )
    db.execute(
        "INSERT INTO title_words (title_words, rowid, title) VALUES ('delete', ?, ?)",
        (n, title_spaced(names)),
    )
    db.execute("DELETE FROM passage WHERE n >= ? AND n < ?", span)
    for statement in (
        "DELETE FROM number WHERE item = ?",
        "DELETE FROM link WHERE item = ?",
        "DELETE FROM file WHERE item = ?",
        "DELETE FROM item WHERE n = ?",
    ):
        db.execute(statement, (n,))


def finish(db: sqlite3.Connection) -> None:
    """Fill what depends on all items together: the count, gated synonyms and suggestions."""
    db.execute("INSERT OR REPLACE INTO meta SELECT 'passages', count(*) FROM passage")
    entries = synonyms.parse(
        resources.files("content_cache.words").joinpath("synonyms.toml").read_text("utf-8")
    )
    db.execute("DELETE FROM synonym")
    db.executemany("INSERT INTO synonym VALUES (?, ?, ?, ?)", _gated(db, entries))
    db.execute("DELETE FROM suggestion")
    db.executemany(
        "INSERT INTO suggestion VALUES (?, ?, ?)",
        [
            (key, words, weight)
            for words, weight in _suggestions(db).items()
            for key in {normalise(words), initials(words)} - {""}
        ],
    )


def finds(db: sqlite3.Connection, n: int, title: str) -> bool:
    """Whether the full-text index finds item n by its title: the known query of the self-check."""
    words = phrase(title)
    query = "SELECT 1 FROM passage_words WHERE passage_words MATCH ? AND rowid = ?"
    return not words or db.execute(query, (words, n << PASSAGE_BITS)).fetchone() is not None


def _files_of(item: Item) -> list[str]:
    """The digests of an item's files, each once."""
    holders: list[Attachment | Picture] = list(item.attachments)
    holders += [block for block in item.blocks if isinstance(block, Picture)]
    return list(dict.fromkeys(holder.digest for holder in holders if holder.digest))


def _cut(names: str, passages: list[tuple[int, Passage]]) -> list[tuple[int, str, str]]:
    title = spaced(names)
    return [(number, title, spaced(passage.text)) for number, passage in passages]


def _gated(
    db: sqlite3.Connection, entries: list[tuple[str, str]]
) -> Iterator[tuple[str, str, int, bool]]:
    for everyday, official in entries:
        passages = _passages_with(db, official)
        own = _passages_with(db, everyday)
        widens = own < _RARE_PASSAGES or own * _RARER_THAN_OFFICIAL < passages
        if passages:
            yield everyday, official, passages, widens


def _passages_with(db: sqlite3.Connection, words: str) -> int:
    query = "SELECT count(*) FROM passage_words WHERE passage_words MATCH ?"
    (count,) = db.execute(query, (f"body : {phrase(words)}",)).fetchone()
    return int(count)


def _suggestions(db: sqlite3.Connection) -> Counter[str]:
    """Aliases, everyday words and short titles, heavier when several items have them."""
    weights: Counter[str] = Counter()
    for kind, blob in db.execute("SELECT kind, item FROM item"):
        item = msgspec.json.decode(blob, type=_Named)
        for alias in item.aliases:
            weights[alias] += _ALIAS_WEIGHT
        if kind != Kind.CATALOGUE and len(item.title) <= _LONGEST_SUGGESTION:
            weights[item.title] += 1
    for (everyday,) in db.execute("SELECT DISTINCT everyday FROM synonym WHERE widens"):
        weights[everyday] += 1
    return weights


class _Named(msgspec.Struct):
    """The part of an item that suggestions are made of; decoding only it is five times as fast."""

    title: str
    aliases: tuple[str, ...] = ()
