"""Filters over found documents, and counts of what each filter would leave. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from content_cache.results import Count, Facets, Filters
from content_cache.search.ranking import Candidate

# Names of columns of table item, and of attributes of Filters, Facets and Candidate alike.
FACETS = ("field", "publisher", "year", "validity", "category", "topic")


def select(candidates: Iterable[Candidate], filters: Filters, without: str = "") -> list[Candidate]:
    """The documents the filters leave; one filter may be left out by name."""
    wanted = [
        (name, str(value))
        for name in ("kind", *FACETS)
        if name != without and (value := getattr(filters, name)) is not None
    ]
    return [
        candidate
        for candidate in candidates
        if not (filters.in_force and candidate.superseded)
        and all(getattr(candidate, name) == value for name, value in wanted)
    ]


def count_kinds(candidates: Iterable[Candidate], filters: Filters) -> tuple[Count, ...]:
    """Documents of each kind, most first, as if no kind were chosen."""
    return counts([(candidate.kind, 1) for candidate in select(candidates, filters, "kind")])


def count_facets(
    candidates: Sequence[Candidate], selected: Sequence[Candidate], filters: Filters
) -> Facets:
    """Documents by each value of each filter, as if that filter were not set."""
    by_name = {}
    for name in FACETS:
        chosen = getattr(filters, name) is not None
        left = select(candidates, filters, name) if chosen else selected
        by_name[name] = counts([(getattr(one, name), 1) for one in left], newest=name == "year")
    return Facets(**by_name)


def counts(pairs: Iterable[tuple[str | None, int]], *, newest: bool = False) -> tuple[Count, ...]:
    """(value, how often) added up, most frequent or newest first; None is not counted."""
    found: Counter[str] = Counter()
    for value, count in pairs:
        if value is not None:
            found[value] += count
    if newest:
        ordered = sorted(found.items(), reverse=True)
    else:
        ordered = sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple(Count(value=value, count=count) for value, count in ordered)
