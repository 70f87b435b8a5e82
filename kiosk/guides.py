"""A service guide read by its parts: sections by heading, and the list of materials."""

from __future__ import annotations

from typing import NamedTuple

from content_cache.model import Block, Heading, Item, Table

MATERIALS = "材料清单"
REQUIRED = "必要"


class Material(NamedTuple):
    """One row of the list. form: 原件, 复印件 …; need: 必要, 有此情形的提供 or 可容缺."""

    name: str
    form: str
    copies: str
    need: str
    note: str


def sections(item: Item) -> dict[str, tuple[Block, ...]]:
    """The guide's blocks by their first-level heading, in order."""
    found: dict[str, list[Block]] = {}
    now = ""
    for block in item.blocks:
        if isinstance(block, Heading) and block.level == 1:
            now = block.text
            found[now] = []
        elif now:
            found[now].append(block)
    return {name: tuple(blocks) for name, blocks in found.items()}


def materials(item: Item) -> tuple[Material, ...]:
    """The material list, numbered by its order from 0; cells a row lacks are empty."""
    for block in sections(item).get(MATERIALS, ()):
        if isinstance(block, Table):
            return tuple(Material(*(*row, "", "", "", "", "")[:5]) for row in block.rows)
    return ()
