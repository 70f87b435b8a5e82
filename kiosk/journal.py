"""What became of every slip, and what happened to the machine; append-only, and nobody is in it.

Rows are only ever added; a slip stands where its last step says. Every row is on disk before the
call returns (SQLite WAL, synchronous FULL, about a millisecond), so that a power cut cannot turn a
slip that was being sent into one that never was.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Self

import msgspec


class Step(StrEnum):
    """Where a slip stands.

    queued -> sending -> printed | not_printed | unknown; unknown -> came_out | did_not
    """

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    NOT_PRINTED = "not_printed"
    UNKNOWN = "unknown"
    CAME_OUT = "came_out"
    DID_NOT = "did_not"


_FOLLOWS = {
    Step.QUEUED: {Step.SENDING, Step.NOT_PRINTED},
    Step.SENDING: {Step.PRINTED, Step.NOT_PRINTED, Step.UNKNOWN},
    Step.UNKNOWN: {Step.CAME_OUT, Step.DID_NOT},
}


class Audit(StrEnum):
    """Events of the machine; each has its words for the staff screen and the doctor's table."""

    words: str

    def __new__(cls, code: str, words: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.words = words
        member.__doc__ = words
        return member

    STARTED = "started", "程序启动"
    STOPPED = "stopped", "程序正常退出"
    VISIT_BEGAN = "visit_began", "有人开始使用"
    VISIT_ENDED = "visit_ended", "本次使用结束，个人内容已清除"
    UNEXPECTED = "unexpected", "意外错误，已清除个人内容并恢复"
    CONTENT_PUBLISHED = "content_published", "内容已更新"
    CONTENT_FAILED = "content_failed", "内容更新失败，继续使用原有内容"
    CONTENT_ROLLED_BACK = "content_rolled_back", "内容退回到上一版"
    PRINTER_AWAY = "printer_away", "打印机不可用"
    PRINTER_BACK = "printer_back", "打印机恢复"
    STAFF_CALLED = "staff_called", "有人请工作人员帮忙"
    STAFF_ENTERED = "staff_entered", "工作人员登录"
    STAFF_REFUSED = "staff_refused", "工作人员口令错误"
    SERVICE_OFF = "service_off", "暂停服务"
    SERVICE_ON = "service_on", "恢复服务"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A slip as the ledger knows it: which document and copy, its last step and when (UTC)."""

    id: int
    number: str
    kind: str
    copy: int
    step: Step
    at: datetime


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One audit row; at is UTC."""

    event: Audit
    detail: str
    at: datetime


_SCHEMA = """
CREATE TABLE IF NOT EXISTS numbers (
    machine TEXT NOT NULL, day TEXT NOT NULL, serial INTEGER NOT NULL,
    PRIMARY KEY (machine, day, serial)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ledger (
    id INTEGER PRIMARY KEY, slip INTEGER NOT NULL, number TEXT NOT NULL, kind TEXT NOT NULL,
    copy INTEGER NOT NULL, step TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS ledger_of_slip ON ledger (slip, id);
CREATE TABLE IF NOT EXISTS audit (
    id INTEGER PRIMARY KEY, event TEXT NOT NULL, detail TEXT NOT NULL, at TEXT NOT NULL);
"""
_LAST_STEPS = """
SELECT slip, number, kind, copy, step, at FROM ledger AS now
WHERE NOT EXISTS (SELECT 1 FROM ledger WHERE slip = now.slip AND id > now.id)
"""
# A code, a count, a release number: never words, and never a run of digits a case could have.
_DETAIL = re.compile(r"(?!.*\d{9})[A-Za-z0-9_.:/-]{0,64}")
_KIND = re.compile(r"[a-z_]{1,20}")


class Journal:
    """One file. The printer's lane and the UI thread may both call: a change is one statement."""

    def __init__(self, path: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Opens or makes the file; slips a crash left behind are brought to an honest end.

        One that was being sent is unknown, one that only waited was not printed.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._now = now
        # Python's SQLite is built serialised; single statements from two threads are safe.
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(_SCHEMA)
        for entry in self._entries("AND step IN (?, ?)", Step.SENDING, Step.QUEUED):
            left_behind = Step.UNKNOWN if entry.step is Step.SENDING else Step.NOT_PRINTED
            self.add(entry.id, left_behind)

    def close(self) -> None:
        self._db.close()

    # --- the ledger of slips ---------------------------------------------------------------------

    def next_number(self, machine: str, day: date) -> str:
        """A document number never given before on this machine, such as 20261120-0042."""
        serial = self._db.execute(
            "INSERT INTO numbers SELECT ?1, ?2, 1 + coalesce(max(serial), 0) FROM numbers"
            " WHERE machine = ?1 AND day = ?2 RETURNING serial",
            (machine, day.isoformat()),
        ).fetchall()[0][0]
        return f"{day:%Y%m%d}-{serial:04d}"

    def queue(self, number: str, kind: str, copy: int = 1) -> int:
        """A new slip, queued; its id. kind is one plain lower-case word, ValueError otherwise."""
        if not _KIND.fullmatch(kind):
            raise ValueError("kind is one plain lower-case word")
        slip = self._db.execute(
            "INSERT INTO ledger (slip, number, kind, copy, step, at)"
            " SELECT 1 + coalesce(max(slip), 0), ?, ?, ?, ?, ? FROM ledger RETURNING slip",
            (number, kind, copy, Step.QUEUED.value, self._now().isoformat()),
        ).fetchall()[0][0]
        return int(slip)

    def add(self, slip: int, step: Step) -> None:
        """The slip's next step; ValueError for one that cannot follow the present one."""
        before = [earlier.value for earlier, later in _FOLLOWS.items() if step in later]
        # RETURNING and not rowcount, which another thread's statement could have set meanwhile.
        added = self._db.execute(
            "INSERT INTO ledger (slip, number, kind, copy, step, at)"
            " SELECT slip, number, kind, copy, ?, ? FROM ledger"
            " WHERE id = (SELECT max(id) FROM ledger WHERE slip = ?)"
            " AND step IN (SELECT value FROM json_each(?)) RETURNING slip",
            (step.value, self._now().isoformat(), slip, json.dumps(before)),
        ).fetchall()
        if not added:
            raise ValueError(f"slip {slip} cannot become {step} now")

    def settle(self, number: str, copy: int, *, came_out: bool) -> bool:
        """A person said what became of an unknown slip; False if there is no such slip."""
        for entry in self.unsettled():
            if (entry.number, entry.copy) == (number, copy):
                self.add(entry.id, Step.CAME_OUT if came_out else Step.DID_NOT)
                return True
        return False

    def unsettled(self) -> tuple[Entry, ...]:
        """Slips nobody knows the end of, oldest first."""
        return self._entries("AND step = ? ORDER BY slip", Step.UNKNOWN)

    def latest(self, count: int) -> tuple[Entry, ...]:
        """The last slips, newest first."""
        return self._entries("ORDER BY slip DESC LIMIT ?", count)

    # --- the audit trail -------------------------------------------------------------------------

    def record(self, event: Audit, detail: str = "") -> None:
        """Something happened. detail is a code or a count; ValueError for words or long numbers."""
        if not _DETAIL.fullmatch(detail):
            raise ValueError("detail is a short code, never words and never a long number")
        self._db.execute(
            "INSERT INTO audit (event, detail, at) VALUES (?, ?, ?)",
            (event.value, detail, self._now().isoformat()),
        )

    def happened(self, count: int) -> tuple[Happened, ...]:
        """The last events, newest first."""
        rows = self._db.execute(
            "SELECT event, detail, at FROM audit ORDER BY id DESC LIMIT ?", (count,)
        ).fetchall()
        return tuple(
            msgspec.convert(dict(zip(Happened.__struct_fields__, row, strict=True)), Happened)
            for row in rows
        )

    def _entries(self, where: str, *values: object) -> tuple[Entry, ...]:
        rows = self._db.execute(f"{_LAST_STEPS} {where}", values).fetchall()
        return tuple(
            msgspec.convert(dict(zip(Entry.__struct_fields__, row, strict=True)), Entry)
            for row in rows
        )
