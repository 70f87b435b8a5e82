"""A search, from the words to the page of results; needs only a connection."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from content_cache.passages import PASSAGE_BITS
from content_cache.results import Filters, Found, Row
from content_cache.search.counting import count_facets, count_kinds, select
from content_cache.search.lookups import direct
from content_cache.search.question import Question, understand
from content_cache.search.ranking import Candidate, Texts, gather, ranked
from content_cache.words.pairs import normalise, pairs, phrase
from content_cache.words.snippets import marks_in, snippet

_BEST_PASSAGES = 1000
# Documents that say less than this share of what the best one says are not called a result.
_COVERAGE = 0.45
MOST_RESULTS = 5000
_LONGEST_QUESTION = 200


def find(db: sqlite3.Connection, words: str, filters: Filters, limit: int, offset: int) -> Found:
    """Documents that answer these words, best first; without a letter or figure nothing."""
    text = normalise(words[:_LONGEST_QUESTION])
    tokens = pairs(text)
    if not tokens:
        return Found(total=0, results=())
    named = direct(db, text)
    if named.number:
        question = Question({}, (), {})
        texts = _matching(db, phrase(named.number))
        items = set(texts)
    elif len(tokens) == 1 and len(text) == 1:
        question = Question({text: 1.0}, (frozenset({text}),), {text: 1.0})
        texts = {}
        items = _by_character(db, text)
    else:
        question = understand(db, text)
        texts = _by_terms(db, question)
        items = _covering(db, question)
    for item, passage in named.items:
        items.add(item)
        if passage is not None:
            texts[item] = Texts([passage], [1.0])
    first = {item: place for place, (item, _) in enumerate(named.items)}
    capped = len(items) > MOST_RESULTS
    if capped:
        items = set(
            sorted(items, key=lambda item: (item not in first, item not in texts))[:MOST_RESULTS]
        )
    candidates = ranked(_candidates(db, items), texts, question)
    candidates.sort(
        key=lambda candidate: (first.get(candidate.n, len(first)), candidate.title != text)
    )
    wanted = select(candidates, filters)
    return Found(
        total=len(wanted),
        results=tuple(
            _row(db, candidate.n, texts.get(candidate.n), question.shown, text)
            for candidate in wanted[offset : offset + limit]
        ),
        kinds=count_kinds(candidates, filters),
        facets=count_facets(candidates, wanted, filters),
        capped=capped,
    )


def suggest(db: sqlite3.Connection, prefix: str, limit: int) -> tuple[str, ...]:
    """Words to offer for what was typed: names that begin with it or whose first letters do, then
    titles with it inside. For nothing typed: the names most items have.
    """
    text = normalise(prefix)
    found = db.execute(
        "SELECT words FROM suggestion WHERE key >= ? AND key < ? AND words != ? GROUP BY words"
        " ORDER BY max(weight) DESC, length(words), words LIMIT ?",
        (text, text + "\U0010ffff", text, limit),
    ).fetchall()
    offered = dict.fromkeys(words for (words,) in found)
    match = f"{phrase(text)} *" if len(text) == 1 else phrase(text)
    if text and len(offered) < limit and match:
        titles = db.execute(
            "SELECT item.title FROM title_words JOIN item ON item.n = title_words.rowid"
            " WHERE title_words MATCH ? ORDER BY length(item.title) LIMIT ?",
            (match, limit),
        )
        offered |= dict.fromkeys(title for (title,) in titles)
    return tuple(offered)[:limit]


def _by_terms(db: sqlite3.Connection, question: Question) -> dict[int, Texts]:
    return _matching(db, " OR ".join(map(phrase, question.weights)))


def _matching(db: sqlite3.Connection, match: str) -> dict[int, Texts]:
    if not match:
        return {}
    hits = db.execute(
        "SELECT rowid, -bm25(passage_words, 2, 1) AS score FROM passage_words"
        " WHERE passage_words MATCH ? ORDER BY score DESC LIMIT ?",
        (match, _BEST_PASSAGES),
    )
    return gather((n >> PASSAGE_BITS, n, score) for n, score in hits)


def _by_character(db: sqlite3.Connection, character: str) -> set[int]:
    """Over passages a single character took 113 ms at 150,000 of them; titles are what is meant."""
    match = f'"{character}" *'
    hits = db.execute("SELECT rowid FROM title_words WHERE title_words MATCH ?", (match,))
    return {n for (n,) in hits}


def _covering(db: sqlite3.Connection, question: Question) -> set[int]:
    """Items that say enough of the question, anywhere in their text."""
    bits: defaultdict[int, int] = defaultdict(int)
    for place, term in enumerate(question.weights):
        for (n,) in db.execute(
            "SELECT rowid FROM passage_words WHERE passage_words MATCH ?", (phrase(term),)
        ):
            bits[n >> PASSAGE_BITS] |= 1 << place
    terms = list(question.weights)
    # Few different sets of terms occur, however many items there are.
    shares = {
        mask: question.coverage(
            frozenset(term for place, term in enumerate(terms) if mask >> place & 1)
        )
        for mask in set(bits.values())
    }
    enough = _COVERAGE * max(shares.values(), default=0.0)
    return {item for item, mask in bits.items() if shares[mask] >= enough}


def _candidates(db: sqlite3.Connection, items: Iterable[int]) -> list[Candidate]:
    rows = db.execute(
        "SELECT n, kind, names, field, publisher, year, validity, category, topic FROM item"
        " WHERE n IN (SELECT value FROM json_each(?))",
        (json.dumps(list(items)),),
    )
    return [Candidate(*row) for row in rows]


def _row(
    db: sqlite3.Connection, n: int, texts: Texts | None, shown: dict[str, float], text: str
) -> Row:
    (blob,) = db.execute("SELECT row FROM item WHERE n = ?", (n,)).fetchone()
    row = msgspec.json.decode(blob, type=Row)
    words = shown or {normalise(row.number or text): 1.0}
    row = msgspec.structs.replace(row, title_marks=marks_in(row.title, list(words)))
    told = _most_telling(db, texts.passages, words) if texts else None
    if told is None:
        return msgspec.structs.replace(row, marks=marks_in(row.snippet, list(words)))
    cut = snippet(told, words)
    return msgspec.structs.replace(row, snippet=cut.text, marks=cut.marks)


def _most_telling(
    db: sqlite3.Connection, passages: list[int], words: dict[str, float]
) -> str | None:
    """The passage with the most weight of the words; None when they stand in the title only."""
    best, best_weight = None, 0.0
    for n in passages:
        (text,) = db.execute("SELECT text FROM passage WHERE n = ?", (n,)).fetchone()
        folded = normalise(text)
        weight = sum(weight for word, weight in words.items() if word in folded)
        if weight > best_weight:
            best, best_weight = text, weight
    return best
