"""What is known of a website's pages from earlier visits, in one SQLite file."""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING

import msgspec

from content_cache.model import Item, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

log = logging.getLogger(__name__)

# A page is written at a time; a power cut may cost the last ones, they are asked for again.
_DDL = """
PRAGMA journal_mode = wal;
PRAGMA synchronous = normal;
CREATE TABLE IF NOT EXISTS page (
    url TEXT PRIMARY KEY,        -- as citizens are shown it
    etag TEXT,
    last_modified TEXT,
    reader TEXT NOT NULL,        -- which way of reading made the items
    last_ok TEXT                 -- UTC, when the portal last gave this page or said it is the same
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS item (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    at INTEGER NOT NULL,         -- place on the page
    digest TEXT NOT NULL,
    json BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS item_by_page ON item (url, at);
"""


class KnownPage(Value, frozen=True):
    """A page that was read before. etag and last_modified are None where they no longer count."""

    url: str
    etag: str | None
    last_modified: str | None
    items: tuple[Item, ...]


class Memory:
    """The memory of one website. reader names the way pages are read now.

    After a change of the way of reading, pages are asked for anew but stay known until they come.
    A file that is no database any more is put aside and a new one begun.
    """

    def __init__(self, path: Path, reader: str) -> None:
        self._reader = reader
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = _open(path)
        except sqlite3.OperationalError:
            # Busy or not writable: that is no reason to put a sound file aside.
            raise
        except sqlite3.DatabaseError as error:
            log.warning("%s is put aside: %s", path, error)
            path.replace(path.with_name(path.name + ".broken"))
            self._db = _open(path)

    def close(self) -> None:
        self._db.close()

    def urls(self) -> list[str]:
        """The addresses of all known pages, sorted."""
        return [url for (url,) in self._db.execute("SELECT url FROM page ORDER BY url")]

    def page(self, url: str) -> KnownPage | None:
        row = self._db.execute(
            "SELECT etag, last_modified, reader FROM page WHERE url = ?", (url,)
        ).fetchone()
        if row is None:
            return None
        rows = self._db.execute("SELECT json FROM item WHERE url = ? ORDER BY at", (url,))
        items = tuple(msgspec.json.decode(json, type=Item) for (json,) in rows.fetchall())
        same = row[2] == self._reader
        return KnownPage(
            url=url,
            etag=row[0] if same else None,
            last_modified=row[1] if same else None,
            items=items,
        )

    def keep(
        self,
        url: str,
        items: Iterable[Item],
        now: datetime | None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> None:
        """Replace a page and its items; now is None for copies that do not come from the portal."""
        with self._db:
            self._db.execute("DELETE FROM item WHERE url = ?", (url,))
            self._db.execute(
                "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?)",
                (
                    url,
                    etag,
                    last_modified,
                    self._reader if now else "",
                    now.isoformat() if now else None,
                ),
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?)",
                [
                    (item.id, url, at, item.digest, msgspec.json.encode(item))
                    for at, item in enumerate(items)
                ],
            )

    def confirm(self, url: str, now: datetime) -> None:
        """Record that the portal said this page is the same."""
        with self._db:
            self._db.execute("UPDATE page SET last_ok = ? WHERE url = ?", (now.isoformat(), url))

    def forget(self, url: str) -> None:
        """Drop a page that is no more, with its items."""
        with self._db:
            self._db.execute("DELETE FROM item WHERE url = ?", (url,))
            self._db.execute("DELETE FROM page WHERE url = ?", (url,))

    def index(self) -> dict[str, str]:
        """Item id -> digest of everything known."""
        return dict(self._db.execute("SELECT id, digest FROM item").fetchall())

    def items(self, ids: Iterable[str]) -> Iterator[Item]:
        """Those of these items that are known."""
        for id_ in ids:
            row = self._db.execute("SELECT json FROM item WHERE id = ?", (id_,)).fetchone()
            if row is not None:
                yield msgspec.json.decode(row[0], type=Item)


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    try:
        db.executescript(_DDL)
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db
