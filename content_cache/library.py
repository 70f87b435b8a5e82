"""The read side of the offline library: what screens and the command line ask. Knows no network."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from content_cache import disk, release
from content_cache.errors import ReleaseError
from content_cache.model import Item, Kind, Relation, Validity
from content_cache.results import (
    EVERYTHING,
    Age,
    Direction,
    Facets,
    Filters,
    Found,
    Order,
    Page,
    Related,
    Row,
)
from content_cache.search.counting import FACETS, counts
from content_cache.search.find import find, suggest
from content_cache.status import read_status
from content_cache.tables import open_to_read

log = logging.getLogger(__name__)

_NEWS = (Kind.POLICY, Kind.INTERPRETATION, Kind.NOTICE)
_LINKS = {
    Direction.OUT: (
        "SELECT relation, target.row FROM item JOIN link ON link.item = item.n"
        " JOIN item AS target ON target.id = link.target WHERE item.id = ? ORDER BY link.at"
    ),
    Direction.IN: (
        "SELECT relation, item.row FROM link JOIN item ON item.n = link.item"
        " WHERE link.target = ? ORDER BY item.published DESC, item.n"
    ),
}
_COUNT = "SELECT count(*) FROM item"
_ROWS = "SELECT row FROM item"
_ORDERS = {
    Order.NEWEST: " ORDER BY published DESC, n DESC LIMIT ? OFFSET ?",
    Order.OLDEST: " ORDER BY published, n LIMIT ? OFFSET ?",
    Order.TITLE: " ORDER BY title, n LIMIT ? OFFSET ?",
}
_BY_VALUE = {
    name: f"SELECT {name}, count(*) FROM item"  # noqa: S608  # name is one of our own columns
    for name in FACETS
}


class _Opened(NamedTuple):
    """One release, open. Searches have their own connection: they never hold up look-ups."""

    root: Path
    manifest: release.Manifest
    lookups: sqlite3.Connection
    searches: sqlite3.Connection


class Library:
    """One content root, read-only; until something is published there, the fallback root.

    The pointer is looked at between questions: once a new release is published, the next question
    is answered from it. May be used by the UI thread and one worker at the same time. get and list
    are fast enough for the UI thread; search belongs on a lane. Raises ReleaseError when there is
    no sound release at all.
    """

    def __init__(self, root: Path, fallback: Path | None = None) -> None:
        self._root = root
        seq = release.usable(root)
        if seq is not None:
            self._opened = _open(root, seq)
        elif fallback is not None and not release.all_releases(root):
            self._opened = _open(fallback, release.current(fallback) or 0)
        else:
            raise ReleaseError(f"{root}: 没有可用的内容版本，请先同步")
        # The number last found in the pointer; it is either open now or was found unsound.
        self._tried = _pointer(root)

    def get(self, item_id: str) -> Item | None:
        """The whole item, or None."""
        row = (
            self._now().lookups.execute("SELECT item FROM item WHERE id = ?", (item_id,)).fetchone()
        )
        return msgspec.json.decode(row[0], type=Item) if row else None

    def list(
        self,
        filters: Filters = EVERYTHING,
        order: Order = Order.NEWEST,
        offset: int = 0,
        limit: int = 20,
    ) -> Page:
        """Rows offset … offset+limit of everything the filters leave."""
        db = self._now().lookups
        where, values = _where(filters)
        (total,) = db.execute(_COUNT + where, values).fetchone()
        rows = db.execute(_ROWS + where + _ORDERS[order], (*values, limit, offset))
        return Page(total=total, rows=tuple(_row(blob) for (blob,) in rows))

    def search(
        self, words: str, filters: Filters = EVERYTHING, limit: int = 10, offset: int = 0
    ) -> Found:
        """Documents that answer a citizen's words, best first, highlighted and counted."""
        return find(self._now().searches, words, filters, limit, offset)

    def suggest(self, prefix: str, limit: int = 8) -> tuple[str, ...]:
        """Words to offer while somebody types."""
        return suggest(self._now().searches, prefix, limit)

    def facets(self, kind: Kind | None = None) -> Facets:
        """How many items have each value of each filter, within one kind or in all."""
        db = self._now().lookups
        where, values = _where(Filters(kind=kind))
        by_name = {}
        for name in FACETS:
            found = db.execute(_BY_VALUE[name] + where + f" GROUP BY {name}", values)
            by_name[name] = counts(found, newest=name == "year")
        return Facets(**by_name)

    def kinds(self) -> Mapping[Kind, int]:
        """How many items there are of each kind; kinds without any are left out."""
        found = self._now().lookups.execute("SELECT kind, count(*) FROM item GROUP BY kind")
        by_kind = {Kind(kind): count for kind, count in found}
        return {kind: by_kind[kind] for kind in Kind if kind in by_kind}

    def related(self, item_id: str) -> tuple[Related, ...]:
        """Items this one points at, in its own order, then items that point at it; no doubles."""
        db = self._now().lookups
        found: dict[tuple[str, str], Related] = {}
        for direction, query in _LINKS.items():
            for relation, blob in db.execute(query, (item_id,)):
                row = _row(blob)
                related = Related(relation=Relation(relation), direction=direction, row=row)
                found.setdefault((relation, row.id), related)
        return tuple(found.values())

    def newest(self, count: int) -> tuple[Row, ...]:
        """The newest policies, interpretations and notices."""
        rows = self._now().lookups.execute(
            "SELECT row FROM item INDEXED BY item_news WHERE kind IN (?, ?, ?)"
            " ORDER BY published DESC, n DESC LIMIT ?",
            (*_NEWS, count),
        )
        return tuple(_row(blob) for (blob,) in rows)

    def age(self) -> Age:
        """How fresh the content is, from the open release and the status file of sync."""
        manifest = self._now().manifest
        status = read_status(self._root)
        return Age(
            release=manifest.seq,
            content_from=manifest.built,
            source=manifest.source,
            last_checked=status.last_checked if status else None,
            portal_reachable=status.portal_reachable if status else None,
        )

    def file_path(self, digest: str) -> Path | None:
        """Where the file with this SHA-256 is; None when this library does not hold it."""
        path = disk.file_path(self._now().root, digest)
        return path if path.is_file() else None

    def _now(self) -> _Opened:
        """The release to ask. An old one closes by itself when its last question is answered."""
        wanted = _pointer(self._root)
        if wanted is not None and wanted != self._tried:
            try:
                self._opened = _open(self._root, wanted)
            except ReleaseError as error:
                log.warning("release %d not opened: %s", wanted, error)
            self._tried = wanted
        return self._opened


def open_library(root: Path) -> Library:
    """The library of a content root; while nothing was synced into it, the seed county."""
    if release.all_releases(root):
        return Library(root)
    # Only a new kiosk needs the seed's reader.
    from content_cache.seed.build import seed_root  # noqa: PLC0415

    return Library(root, seed_root())


def _pointer(root: Path) -> int | None:
    try:
        return release.current(root)
    except ReleaseError:
        return None


def _open(root: Path, seq: int) -> _Opened:
    manifest = release.manifest_of(root, seq)
    database = release.folder_of(root, seq) / release.DATABASE
    return _Opened(root, manifest, open_to_read(database), open_to_read(database))


def _row(blob: bytes) -> Row:
    return msgspec.json.decode(blob, type=Row)


def _where(filters: Filters) -> tuple[str, list[str]]:
    parts: list[str] = []
    values: list[str] = []
    for name in ("kind", *FACETS):
        value = getattr(filters, name)
        if value is not None:
            parts.append(f"{name} = ?")
            values.append(str(value))
    if filters.in_force:
        parts.append("coalesce(validity, '') NOT IN (?, ?)")
        values += [Validity.EXPIRED, Validity.REPEALED]
    return (" WHERE " + " AND ".join(parts) if parts else ""), values
