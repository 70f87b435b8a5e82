"""The tables of a release's content.db, and the version a program must know to read them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from content_cache.errors import ReleaseError

# Raised with every change below; a reader refuses a newer one and keeps the release it has.
SCHEMA = 1

DDL = """
-- passages: how many there are; counting them takes longer than a search
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE item (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    names TEXT NOT NULL,      -- title and aliases, normalised, one a line
    field TEXT,
    publisher TEXT,
    year TEXT,
    validity TEXT,
    category TEXT,            -- a place's category, a guide's theme
    topic TEXT,
    published TEXT,
    digest TEXT NOT NULL,
    row BLOB NOT NULL,        -- JSON of results.Row
    item BLOB NOT NULL        -- JSON of model.Item
);
CREATE INDEX item_by_date ON item (kind, published DESC, n DESC);
CREATE INDEX item_by_title ON item (kind, title);
CREATE INDEX item_news ON item (published DESC, n DESC, kind);
-- Counting reads this alone; an item's row is as long as its text.
CREATE INDEX item_by_filters ON item (kind, field, publisher, year, validity, category, topic);

-- 文号 and 索引号 as words.numbers.NumberKey
CREATE TABLE number (item INTEGER NOT NULL, head TEXT NOT NULL, figures TEXT NOT NULL);
CREATE INDEX number_by_figures ON number (figures);
CREATE INDEX number_by_item ON number (item);

CREATE TABLE link (
    item INTEGER NOT NULL,
    at INTEGER NOT NULL,
    relation TEXT NOT NULL,
    target TEXT NOT NULL
);
CREATE INDEX link_by_item ON link (item, at);
CREATE INDEX link_by_target ON link (target);

-- files/ab/<digest> this release needs
CREATE TABLE file (item INTEGER NOT NULL, digest TEXT NOT NULL);
CREATE INDEX file_by_item ON file (item);

-- article: the number of the 条 a passage begins with
CREATE TABLE passage (n INTEGER PRIMARY KEY, article INTEGER, text TEXT NOT NULL);

-- Contentless: the text is in passage and item. detail stays full, bm25() is wrong without it.
CREATE VIRTUAL TABLE passage_words USING fts5 (title, body, content='', tokenize='ascii');
CREATE VIRTUAL TABLE title_words USING fts5 (title, content='', prefix='1', tokenize='ascii');

-- What to offer while somebody types. key: the words, normalised, or their pinyin's first letters.
CREATE TABLE suggestion (key TEXT NOT NULL, words TEXT NOT NULL, weight INTEGER NOT NULL);
CREATE INDEX suggestion_by_key ON suggestion (key);

CREATE TABLE synonym (
    everyday TEXT NOT NULL,
    official TEXT NOT NULL,
    passages INTEGER NOT NULL,  -- how many have the official word
    widens INTEGER NOT NULL     -- 1 when the corpus let the entry through for searching
);
"""

# The list of terms is a view of the index, and must exist before the connection is made read-only.
_READING = """
PRAGMA mmap_size = 268435456;
PRAGMA temp_store = memory;
CREATE VIRTUAL TABLE temp.passage_terms USING fts5vocab('main', 'passage_words', 'col');
PRAGMA query_only = 1;
"""


def open_to_read(path: Path) -> sqlite3.Connection:
    """A finished content.db, read-only. Raises ReleaseError.

    immutable is safe because a published file is never written again; it also works on a
    read-only mount. The connection may be used from any thread: SQLite is built to take turns
    (sqlite3.threadsafety 3).
    """
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        db = sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
        db.executescript(_READING)
    except sqlite3.Error as error:
        raise ReleaseError(f"{path}: 打不开（{error}）") from error
    return db
