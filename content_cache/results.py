"""What the library answers with: rows, pages, findings, counts, age. All frozen."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from content_cache.model import Fact, Kind, Place, Relation, Validity, Value
from content_cache.words.snippets import Mark


class Row(Value, frozen=True, kw_only=True):
    """One line of a list.

    snippet      the opening of the text in a list; the window with the found words in a search
    marks        (start, end) in characters of snippet, to be highlighted
    title_marks  the same for title
    facts        only those a list row shows (ROW_FACTS in content_cache/passages.py), all of them
                 for a catalogue row
    """

    id: str
    kind: Kind
    title: str
    number: str | None = None
    publisher: str | None = None
    published: date | None = None
    validity: Validity | None = None
    field: str | None = None
    snippet: str = ""
    marks: tuple[Mark, ...] = ()
    title_marks: tuple[Mark, ...] = ()
    facts: tuple[Fact, ...] = ()
    place: Place | None = None

    def fact(self, label: str) -> str | None:
        """The value of the first fact with this label, or None."""
        return next((fact.value for fact in self.facts if fact.label == label), None)


class Filters(Value, frozen=True, kw_only=True):
    """What a list or search is narrowed to; None and False narrow nothing.

    category   of a place; of a guide its 办事主题
    in_force   hides what is 失效 or 废止
    """

    kind: Kind | None = None
    field: str | None = None
    publisher: str | None = None
    year: int | None = None
    validity: Validity | None = None
    category: str | None = None
    topic: str | None = None
    in_force: bool = False


EVERYTHING = Filters()


class Order(StrEnum):
    """How a list is sorted. Items without a date come last under NEWEST."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


class Page(Value, frozen=True, kw_only=True):
    """Part of a list; total counts all rows of the list."""

    total: int
    rows: tuple[Row, ...]


class Count(Value, frozen=True, kw_only=True):
    """How many items have this value. A year is its four digits, a kind its Kind value."""

    value: str
    count: int


class Facets(Value, frozen=True, kw_only=True):
    """Counts by each filter, most frequent first, years newest first.

    In a search each is counted as if its own filter were not set.
    """

    field: tuple[Count, ...] = ()
    publisher: tuple[Count, ...] = ()
    year: tuple[Count, ...] = ()
    validity: tuple[Count, ...] = ()
    category: tuple[Count, ...] = ()
    topic: tuple[Count, ...] = ()


class Found(Value, frozen=True, kw_only=True):
    """The answer to a search. kinds: as if none were chosen. capped: there are more than total."""

    total: int
    results: tuple[Row, ...]
    kinds: tuple[Count, ...] = ()
    facets: Facets = Facets()
    capped: bool = False


class Direction(StrEnum):
    """OUT: the item asked about holds the link. IN: the other item points at it."""

    OUT = "out"
    IN = "in"


class Related(Value, frozen=True, kw_only=True):
    """Another item and why it belongs here; INTERPRETS with IN interprets the item asked about."""

    relation: Relation
    direction: Direction
    row: Row


class Source(StrEnum):
    """Where a release came from."""

    SEED = "seed"
    PORTAL = "portal"


class Age(Value, frozen=True, kw_only=True):
    """How fresh the content is, all times UTC.

    content_from      when the release was built
    last_checked      when the portal was last asked; None before the first sync
    portal_reachable  whether it answered then
    """

    release: int
    content_from: datetime
    source: Source
    last_checked: datetime | None = None
    portal_reachable: bool | None = None
