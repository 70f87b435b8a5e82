"""The seed county read from its files, strictly: a slip of the pen is found when it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from content_cache.errors import SeedError
from content_cache.model import Item, Kind, Link, Value, sealed
from content_cache.seed.draft import Draft
from content_cache.seed.tables import read_catalogue, read_faq, read_places
from content_cache.seed.texts import read_text


class Seed(Value, frozen=True, kw_only=True):
    """The whole county.

    items             sealed, in the order of kinds and file names; attachments have no digest
    names             "kind/slug" as the files write it -> item id
    attachment_texts  attachment address -> the words its PDF is made from
    """

    items: tuple[Item, ...]
    names: dict[str, str]
    attachment_texts: dict[str, str]


def load(folder: Path | None = None) -> Seed:
    """The seed in this folder, or the shipped one. SeedError names file, key and expectation."""
    root = folder or Path(__file__).parent
    drafts: list[Draft] = []
    by_name: dict[str, Item] = {}
    taken: set[str] = set()
    for draft in (draft for kind in Kind for draft in _drafts_of(root, kind)):
        if draft.name in by_name or draft.item.id in taken:
            raise SeedError(f"{draft.name}: slug: 与另一条重名，同类之内应唯一")
        drafts.append(draft)
        by_name[draft.name] = draft.item
        taken.add(draft.item.id)
    return Seed(
        items=tuple(_linked(draft, by_name) for draft in drafts),
        names={name: item.id for name, item in by_name.items()},
        attachment_texts={url: text for draft in drafts for url, text in draft.texts},
    )


def words_of(seed: Seed) -> Iterator[str]:
    """Every name and text of an attachment: what a font for them has to draw."""
    for item in seed.items:
        yield from (attachment.name for attachment in item.attachments)
    yield from seed.attachment_texts.values()


def path_of(item: Item) -> str:
    """The path of the page an item stands on; a catalogue row's is that of its table."""
    return urlsplit(item.source_url or "").path


def _linked(draft: Draft, by_name: dict[str, Item]) -> Item:
    links = []
    for relation, name in draft.pointers:
        target = by_name.get(name)
        if target is None or target.id == draft.item.id:
            raise SeedError(f"{draft.name}: {relation}: 没有 {name} 这一条，应写作 类别/slug")
        links.append(Link(relation=relation, target=target.id, title=target.title))
    return sealed(msgspec.structs.replace(draft.item, links=tuple(links)))


_Reader = Callable[[str, Kind, str], Iterator[Draft]]
_TABLES: dict[Kind, _Reader] = {
    Kind.FAQ: read_faq,
    Kind.PLACE: read_places,
    Kind.CATALOGUE: read_catalogue,
}


def _drafts_of(root: Path, kind: Kind) -> Iterator[Draft]:
    suffix, read = ("toml", _TABLES[kind]) if kind in _TABLES else ("md", read_text)
    for path in sorted((root / kind).glob(f"*.{suffix}")):
        try:
            yield from read(path.stem, kind, path.read_text(encoding="utf-8"))
        except (ValueError, SeedError) as error:
            # Errors of UTF-8, TOML and msgspec are ValueErrors; each names its line or key.
            raise SeedError(f"{kind}/{path.name}: {error}") from error
