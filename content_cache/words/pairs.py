"""Chinese text as overlapping character pairs: 社会保险 -> 社会 会保 保险. No segmenter.

Index and query use the same functions, so what was cut one way is asked for the same way. Runs of
Latin letters and digits stay whole words; a lone character is its own token.
"""

from __future__ import annotations

import re
import unicodedata

# Written into every release; a release cut by another version is indexed anew.
CUT = "pairs-1"

_LATIN = r"0-9a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_RUN = re.compile(rf"(?P<latin>[{_LATIN}]+)|[^\W_{_LATIN}]+")


def normalise(text: str) -> str:
    """NFKC, lower case, trimmed: full-width digits and letters become plain ones."""
    return unicodedata.normalize("NFKC", text).lower().strip()


def pairs(text: str) -> list[str]:
    """The tokens of a text that was normalised before, in reading order, repeats kept."""
    tokens: list[str] = []
    for match in _RUN.finditer(text):
        run = match.group()
        if match["latin"] or len(run) == 1:
            tokens.append(run)
        else:
            tokens += [run[at : at + 2] for at in range(len(run) - 1)]
    return tokens


def spaced(text: str) -> str:
    """Any text as the full-text index wants it: its tokens with a space between."""
    return " ".join(pairs(normalise(text)))


def title_spaced(text: str) -> str:
    """Like spaced, with the last character of each run: a prefix query finds any character."""
    tokens: list[str] = []
    for match in _RUN.finditer(normalise(text)):
        tokens += pairs(match.group())
        if not match["latin"] and len(match.group()) > 1:
            tokens.append(match.group()[-1])
    return " ".join(tokens)


def phrase(text: str) -> str:
    """An FTS5 phrase that matches this text wherever it stands; "" when the text has no token."""
    tokens = spaced(text)
    return f'"{tokens}"' if tokens else ""
