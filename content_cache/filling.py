"""The inside of a release build: fill a new database in one transaction, then check it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from content_cache import indexing
from content_cache.disk import file_path
from content_cache.errors import ReleaseError
from content_cache.model import Item, digest_of
from content_cache.tables import open_to_read

_KNOWN_QUERIES = 3


def fill(
    database: Path, base: Path | None, put: Iterable[Item], drop: frozenset[str]
) -> frozenset[str]:
    """Bring a database to base - drop + put; the ids it must now hold.

    It is a copy of base, or not there yet: then the items of base are indexed anew.
    """
    copied = database.exists()
    ids = {item.id for item in put}
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        # A scratch file until it has its name: it is synced once, as a whole.
        db.execute("PRAGMA synchronous = off")
        if not copied:
            indexing.create(db)
        db.execute("BEGIN")
        if base is not None and not copied:
            for item in _items_of(base):
                indexing.add(db, item)
        before = {id_ for (id_,) in db.execute("SELECT id FROM item")}
        for id_ in drop - ids:
            indexing.remove(db, id_)
        for item in put:
            indexing.add(db, item)
        indexing.finish(db)
        db.execute("COMMIT")
    return frozenset(before - drop | ids)


def check(
    root: Path, database: Path, put: Iterable[Item], expected: frozenset[str]
) -> tuple[str, ...]:
    """The self-check of a release before it gets its name; the digests of its files, sorted."""
    with closing(open_to_read(database)) as db:
        if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise ReleaseError(f"{database}: 数据库自检不通过")
        stored = dict(db.execute("SELECT id, digest FROM item").fetchall())
        if stored.keys() != expected:
            raise ReleaseError(f"{database}: 应有 {len(expected)} 条，现有 {len(stored)} 条")
        for item in put:
            if not item.digest == digest_of(item) == stored[item.id]:
                raise ReleaseError(f"{item.id}: 内容与它的摘要不符")
        newest = db.execute("SELECT n, title FROM item ORDER BY n DESC LIMIT ?", (_KNOWN_QUERIES,))
        for n, title in newest.fetchall():
            if not indexing.finds(db, n, title):
                raise ReleaseError(f"{database}: 按标题查不到“{title}”")
        digests = db.execute("SELECT DISTINCT digest FROM file ORDER BY digest").fetchall()
        for (digest,) in digests:
            if not file_path(root, digest).is_file():
                raise ReleaseError(f"{file_path(root, digest)}: 附件不在库里")
    return tuple(digest for (digest,) in digests)


def _items_of(database: Path) -> Iterator[Item]:
    with closing(open_to_read(database)) as db:
        for (blob,) in db.execute("SELECT item FROM item ORDER BY n"):
            yield msgspec.json.decode(blob, type=Item)
