"""What a sync has to do, as a pure comparison of two indexes (item id -> version)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from content_cache.model import Item, Picture, Value, sealed

if TYPE_CHECKING:
    from collections.abc import Mapping


class Plan(Value, frozen=True):
    """Ids to add, to change and to drop; no id is in two of them."""

    add: frozenset[str] = frozenset()
    change: frozenset[str] = frozenset()
    drop: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.add or self.change or self.drop)


def plan(local: Mapping[str, str], portal: Mapping[str, str]) -> Plan:
    """How to make the local index the portal's. Law: applying it to local gives portal."""
    return Plan(
        add=frozenset(portal.keys() - local.keys()),
        change=frozenset(id_ for id_ in portal.keys() & local.keys() if portal[id_] != local[id_]),
        drop=frozenset(local.keys() - portal.keys()),
    )


def without_files(item: Item) -> Item:
    """The item as its portal gave it, sealed: what sync added about fetched files is left out.

    Its digest is the version to compare with the portal's.
    """
    attachments = tuple(
        msgspec.structs.replace(attachment, digest=None, size_bytes=None)
        for attachment in item.attachments
    )
    blocks = tuple(
        msgspec.structs.replace(block, digest=None) if isinstance(block, Picture) else block
        for block in item.blocks
    )
    return sealed(msgspec.structs.replace(item, attachments=attachments, blocks=blocks))
