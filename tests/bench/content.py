"""What both programs show: the seed county, its longest policy dated newest and so listed first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from content_cache import release
from content_cache.model import Item, Kind, plain_text, sealed
from content_cache.results import Source
from content_cache.seed.load import load


def build(root: Path) -> Item:
    """Publish that release in root; the longest policy."""
    items = load().items
    longest = max((i for i in items if i.kind is Kind.POLICY), key=lambda i: len(plain_text(i)))
    newest = max(item.published for item in items if item.published)
    first = sealed(msgspec.structs.replace(longest, published=newest + timedelta(days=1)))
    rest = [item for item in items if item.id != first.id]
    seq = release.build(root, None, [first, *rest], (), datetime.now(UTC), source=Source.SEED)
    release.publish(root, seq)
    return first
