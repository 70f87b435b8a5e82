"""What reading one seed entry gives: an item whose links still name their targets."""

from __future__ import annotations

from datetime import date

from content_cache.errors import SeedError
from content_cache.model import Item, Kind, Relation, Value
from content_cache.seed import addresses
from content_cache.seed.records import FIELDS

Pointers = tuple[tuple[Relation, str], ...]


class Draft(Value, frozen=True, kw_only=True):
    """An item without links.

    name      "kind/slug", how other files point at it
    pointers  relation and "kind/slug" of each target
    texts     attachment address and the words of its pages
    """

    name: str
    item: Item
    pointers: Pointers = ()
    texts: tuple[tuple[str, str], ...] = ()


def pointers(relation: Relation, names: tuple[str, ...]) -> Pointers:
    """The same relation to each of these."""
    return tuple((relation, name) for name in names)


def page_url(kind: Kind, publisher: str | None, title: str, slug: str, day: date) -> str:
    """The address of an entry's own page, in the first of its columns."""
    column, *_ = addresses.columns_of(kind, publisher, title)
    return addresses.BASE_URL + addresses.page_path(column, slug, day)


def column_names(kind: Kind, publisher: str | None, title: str) -> tuple[str, ...]:
    """The names of the columns an entry is listed in."""
    return tuple(column.name for column in addresses.columns_of(kind, publisher, title))


def checked_field(field: str) -> str:
    """The field, if it is one of the 26 or 综合政务. Raises SeedError."""
    if field not in FIELDS:
        raise SeedError(f"field: {field} 不在 26 个领域之内，也不是“综合政务”")
    return field
