"""A citizen's words as terms to ask the index for, each with the weight its rarity gives it."""

from __future__ import annotations

import math
import sqlite3
from typing import NamedTuple

import msgspec

from content_cache.words.pairs import pairs
from content_cache.words.query import strip_question

# The rarest terms are asked for until this many passages would have to be looked at; it cuts p95
# to a third (docs/adr/0002).
_BUDGET_PASSAGES = 20_000
_FEWEST_TERMS = 2
_MOST_SYNONYMS = 6


class Question(msgspec.Struct, frozen=True):
    """What to ask. A term is a character pair, a Latin word, a figure or a whole official word.

    weights   term -> weight, the rarest first; these are asked for
    readings  sets of terms: the words as typed, and once more for each official word put in place
              of an everyday one
    shown     what to highlight: the typed terms, and official words also where they were not
              asked for
    """

    weights: dict[str, float]
    readings: tuple[frozenset[str], ...]
    shown: dict[str, float]

    def coverage(self, present: frozenset[str]) -> float:
        """0 to 1: how much of the best reading these terms make up, by weight."""
        return max((self._share(reading, present) for reading in self.readings), default=0.0)

    def _share(self, reading: frozenset[str], present: frozenset[str]) -> float:
        whole = sum(self.weights[term] for term in reading)
        return sum(self.weights[term] for term in reading & present) / whole if whole else 0.0


def understand(db: sqlite3.Connection, text: str) -> Question:
    """The question in a normalised text; empty when the index knows no term of it."""
    bare = strip_question(text)
    synonyms = _synonyms_in(db, bare)
    typed = _terms(bare)
    readings = [frozenset(typed)]
    readings += [
        frozenset((*_terms(bare.replace(synonym.everyday, " ")), synonym.official))
        for synonym in synonyms
        if synonym.widens
    ]
    counts = _counts(db, frozenset().union(*readings))
    counts |= {
        synonym.official: _Count(synonym.passages, synonym.passages)
        for synonym in synonyms
        if synonym.widens
    }
    (passages,) = db.execute("SELECT value FROM meta WHERE key = 'passages'").fetchone()
    weights: dict[str, float] = {}
    spent = 0
    for term in sorted(counts, key=lambda term: (counts[term], term)):
        spent += counts[term].hits
        if len(weights) >= _FEWEST_TERMS and spent > _BUDGET_PASSAGES:
            break
        weights[term] = math.log(1 + passages / counts[term].passages)
    shown = {term: weights.get(term, 0.1) for term in typed}
    shown |= {synonym.official: math.log(1 + passages) for synonym in synonyms}
    known = (reading & weights.keys() for reading in readings)
    return Question(weights, tuple(reading for reading in known if reading), shown)


def _terms(text: str) -> list[str]:
    """Pairs, words and figures; lone characters (条 of 第8条) only where nothing else is."""
    tokens = pairs(text)
    return [token for token in tokens if len(token) > 1 or token.isdecimal()] or tokens


class _Synonym(NamedTuple):
    everyday: str
    official: str
    passages: int
    widens: bool


def _synonyms_in(db: sqlite3.Connection, text: str) -> list[_Synonym]:
    """Everyday words of the text with their official words, the longest word first."""
    found = db.execute(
        "SELECT everyday, official, passages, widens FROM synonym"
        " WHERE instr(?, everyday) AND NOT instr(?, official)"
        " ORDER BY length(everyday) DESC LIMIT ?",
        (text, text, _MOST_SYNONYMS),
    )
    return [_Synonym(*row) for row in found]


class _Count(NamedTuple):
    """How rare a term is, and how many hits asking for it costs.

    passages counts bodies where there are any: every passage repeats its document's title.
    """

    passages: int
    hits: int


def _counts(db: sqlite3.Connection, terms: frozenset[str]) -> dict[str, _Count]:
    """The counts of each term; terms that are nowhere are left out."""
    query = "SELECT doc FROM temp.passage_terms WHERE term = ? ORDER BY col"
    counts: dict[str, _Count] = {}
    for term in terms:
        by_column = [doc for (doc,) in db.execute(query, (term,))]
        if by_column:
            counts[term] = _Count(by_column[0], sum(by_column))
    return counts
