"""Everyday words and the official words that documents use for them; one-way, from synonyms.toml.

Applied blindly they hurt more questions than they help. They are therefore gated by the corpus
itself when a release is built: see content_cache/indexing.py.
"""

from __future__ import annotations

import tomllib

from content_cache.errors import SeedError
from content_cache.words.pairs import normalise


def parse(text: str) -> list[tuple[str, str]]:
    """Pairs (everyday, official), normalised, from the text of synonyms.toml. Raises SeedError."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SeedError(f"synonyms.toml: {error}") from error
    entries: list[tuple[str, str]] = []
    for everyday, official in table.items():
        if not isinstance(official, list) or not all(isinstance(word, str) for word in official):
            raise SeedError(f"synonyms.toml: {everyday}: 应为词语的列表")
        entries += [(normalise(everyday), normalise(word)) for word in official]
    return entries
