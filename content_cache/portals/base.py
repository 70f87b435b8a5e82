"""What a portal must offer to sync: three questions, nothing about how it answers them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from content_cache.model import Item, Value


class Trouble(Value, frozen=True, kw_only=True):
    """One page the portal did not give. kept: an older copy of it stays in the index."""

    url: str
    code: str
    message: str
    kept: bool


class Portal(Protocol):
    """A source of content.

    index() maps item ids to versions (an Item's digest). It must contain every item that is still
    public, also those the portal could not show this time (their last known version): what is not
    in the index is dropped. troubles is what went wrong in the last index().
    """

    troubles: tuple[Trouble, ...]

    def index(self) -> Mapping[str, str]:
        """Item id -> version. Raises PortalError when not even the entry page could be read."""

    def items(self, ids: Iterable[str]) -> Iterator[Item]:
        """The items asked for, sealed; an item that cannot be read any more is left out."""

    def file(self, url: str, target: Path) -> str:
        """Fetch one attachment or picture into target; its SHA-256. Raises PortalError."""
