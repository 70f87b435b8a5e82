"""The second ranking: which document with the words is the one a citizen wants. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from content_cache.model import Kind, Validity
from content_cache.search.question import Question

# Measured on lay questions (docs/adr/0002): a document's further passages add to its
# best one.
_PASSAGE_SHARES = (1.0, 0.3, 0.1, 0.1, 0.1)
_TITLE = 0.5
_SUPERSEDED = 0.3
_RECENCY_A_DECADE = 0.05
_FIRST_YEAR = 2000
# Documents of one passage lose against long ones otherwise; a catalogue row only points at the
# real document.
_KIND_FACTORS = {
    Kind.GUIDE: 1.2,
    Kind.FAQ: 1.2,
    Kind.POLICY: 1.2,
    Kind.CATALOGUE: 0.6,
}


class Candidate(msgspec.Struct, frozen=True):
    """What ranking and counting need. names: normalised title and aliases, one a line."""

    n: int
    kind: str
    names: str
    field: str | None
    publisher: str | None
    year: str | None
    validity: str | None
    category: str | None
    topic: str | None

    @property
    def title(self) -> str:
        """The normalised title."""
        return self.names.partition("\n")[0]

    @property
    def superseded(self) -> bool:
        """Whether it is no longer in force."""
        return self.validity in (Validity.EXPIRED, Validity.REPEALED)


class Texts(msgspec.Struct):
    """The best passages of one document, best first, and their scores (higher is better)."""

    passages: list[int]
    scores: list[float]


def gather(hits: Iterable[tuple[int, int, float]]) -> dict[int, Texts]:
    """(item, passage, score) with the best score first -> texts by item."""
    texts: dict[int, Texts] = {}
    for item, passage, score in hits:
        known = texts.setdefault(item, Texts([], []))
        if len(known.scores) < len(_PASSAGE_SHARES):
            known.passages.append(passage)
            known.scores.append(score)
    return texts


def ranked(
    candidates: Iterable[Candidate], texts: Mapping[int, Texts], question: Question
) -> list[Candidate]:
    """Best first; equal ones in the order of their numbers."""
    lowest = min((text.scores[-1] for text in texts.values()), default=1.0)
    keyed = []
    for candidate in candidates:
        text = texts.get(candidate.n)
        scores = text.scores if text else [lowest]
        score = sum(share * one for share, one in zip(_PASSAGE_SHARES, scores, strict=False))
        keyed.append((-score * _factor(candidate, question), candidate.n, candidate))
    keyed.sort(key=lambda entry: entry[:2])
    return [candidate for _, _, candidate in keyed]


def title_likeness(names: str, question: Question) -> float:
    """0 to 1: how much of the question a name says, a little more if it says nothing else."""
    best = 0.0
    for name in names.split("\n"):
        present = frozenset(term for term in question.weights if term in name)
        if present:
            said = min(1.0, sum(map(len, present)) / (2 * max(1, len(name) - 1)))
            best = max(best, question.coverage(present) * (0.7 + 0.3 * said))
    return best


def _factor(candidate: Candidate, question: Question) -> float:
    year = int(candidate.year) if candidate.year else _FIRST_YEAR
    factor = 1 + _TITLE * title_likeness(candidate.names, question)
    factor -= _SUPERSEDED * candidate.superseded
    factor += _RECENCY_A_DECADE * (year - _FIRST_YEAR) / 10
    return factor * _KIND_FACTORS.get(Kind(candidate.kind), 1.0)
