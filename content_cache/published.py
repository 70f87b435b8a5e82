"""All items of the published release, for who compares them with a portal."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import msgspec

from content_cache import release
from content_cache.model import Item
from content_cache.results import Source
from content_cache.tables import open_to_read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def published_items(root: Path) -> Iterator[Item]:
    """Every item of the sound release, if it came from a portal; the seed county is no base."""
    seq = release.usable(root)
    if seq is None or release.manifest_of(root, seq).source is not Source.PORTAL:
        return
    with closing(open_to_read(release.folder_of(root, seq) / release.DATABASE)) as db:
        for (blob,) in db.execute("SELECT item FROM item ORDER BY n"):
            yield msgspec.json.decode(blob, type=Item)
