"""Every word a citizen reads on a screen: t(key, **values) out of words/zh.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def _table(language: str) -> dict[str, str]:
    source = resources.files("kiosk.words").joinpath(f"{language}.toml").read_text("utf-8")
    return {
        f"{section}.{name}": words
        for section, entries in tomllib.loads(source).items()
        for name, words in entries.items()
    }


def t(key: str, /, **values: object) -> str:
    """The words for a key, with {names} filled in. An unknown key is a programming error
    (KeyError).
    """
    words = _table("zh")[key]
    return words.format(**values) if values else words


def keys() -> frozenset[str]:
    """All keys there are, for the rule that none is missing and none is idle."""
    return frozenset(_table("zh"))
