"""The part of a text that shows why it was found, and where in it the words stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

import msgspec

WIDTH = 70
Mark = tuple[int, int]

_SPACES = re.compile(r"\s+")


class Snippet(msgspec.Struct, frozen=True):
    """At most WIDTH characters, an ellipsis at each cut end; marks count characters of text."""

    text: str
    marks: tuple[Mark, ...]


def flat(text: str) -> str:
    """One line: every run of white space, the ideographic space too, becomes one space."""
    return _SPACES.sub(" ", text).strip()


def opening(text: str, width: int = WIDTH) -> str:
    """The first characters of a text, with an ellipsis when more follows."""
    line = flat(text)
    return line if len(line) <= width else line[:width] + "…"


def marks_in(text: str, words: Sequence[str]) -> tuple[Mark, ...]:
    """Where normalised words stand in a text as written; touching hits are joined."""
    folded, origin = _fold(text)
    hits: list[Mark] = []
    for word in words:
        at = folded.find(word)
        while word and at >= 0:
            hits.append((origin[at], origin[at + len(word) - 1] + 1))
            at = folded.find(word, at + 1)
    return _joined(hits)


def snippet(text: str, weights: Mapping[str, float]) -> Snippet:
    """The window with the most weight of different words. weights: normalised word -> weight."""
    line = flat(text)
    start = _best_start(line, weights) if len(line) > WIDTH else 0
    window = line[start : start + WIDTH]
    before = "…" if start else ""
    after = "…" if start + WIDTH < len(line) else ""
    shown = before + window + after
    return Snippet(shown, marks_in(shown, list(weights)))


def _best_start(line: str, weights: Mapping[str, float]) -> int:
    folded, origin = _fold(line)
    hits: list[tuple[int, int, str]] = []
    for word in weights:
        at = folded.find(word)
        while word and at >= 0:
            hits.append((origin[at], origin[at + len(word) - 1] + 1, word))
            at = folded.find(word, at + 1)
    if not hits:
        return 0
    hits.sort()
    best, best_weight = 0, -1.0
    for first, _, _ in hits:
        inside = {word for start, end, word in hits if first <= start and end <= first + WIDTH}
        weight = sum(weights[word] for word in inside)
        if weight > best_weight:
            best, best_weight = first, weight
    if best + WIDTH // 2 <= WIDTH // 2 + 10:
        return 0
    return _sentence_start(line, best, len(line) - WIDTH)


def _sentence_start(line: str, at: int, latest: int) -> int:
    """Begin after a stop within 20 characters before the hit, not so late that it runs short."""
    back = line[max(0, at - 20) : at]
    cut = max((back.rfind(stop) for stop in "。；！？，：、 "), default=-1)
    start = at - len(back) + cut + 1 if cut >= 0 else max(0, at - 6)
    return max(0, min(start, latest))


def _fold(text: str) -> tuple[str, list[int]]:
    """Normalised text and where each character came from: NFKC may change lengths."""
    folded: list[str] = []
    origin: list[int] = []
    for at, sign in enumerate(text):
        for plain in unicodedata.normalize("NFKC", sign).lower():
            folded.append(plain)
            origin.append(at)
    return "".join(folded), origin


def _joined(hits: list[Mark]) -> tuple[Mark, ...]:
    joined: list[Mark] = []
    for start, end in sorted(hits):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
