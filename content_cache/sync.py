"""One sync: ask the portal, fetch what is new, build a release, publish it. A process of its own.

Everything before publish() happens beside what screens read, so a crash at any moment leaves the
old release or the new one.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec

from content_cache import release
from content_cache.disk import file_path, sync_file, sync_folder, write_whole
from content_cache.errors import PortalError, Refused, ReleaseError
from content_cache.model import Attachment, Item, Picture, Value, digest_of, sealed
from content_cache.plan import plan, without_files
from content_cache.portals.files import check_first_bytes
from content_cache.published import published_items
from content_cache.results import Source
from content_cache.status import STATUS, Status, read_status

if TYPE_CHECKING:
    from pathlib import Path

    from content_cache.portals.base import Portal

log = logging.getLogger(__name__)

_LOCK: Final = "sync.lock"
_INCOMING: Final = "incoming"
_START_BYTES: Final = 512


class Result(StrEnum):
    """How a sync ended."""

    UPDATED = "updated"
    UNCHANGED = "unchanged"
    UNREACHABLE = "unreachable"


class SyncReport(Value, frozen=True, kw_only=True):
    """What a sync did.

    added, changed, dropped   items of the new release against the one before
    kept_old      pages that could not be read this time and stay as they were
    unread        pages that could not be read and were not known before
    failed_files  addresses of files that could not be fetched; they are tried again next time
    release       number of the release now published, None if there is none yet
    message       why the portal could not be read, empty otherwise
    """

    result: Result
    added: int = 0
    changed: int = 0
    dropped: int = 0
    kept_old: int = 0
    unread: int = 0
    failed_files: tuple[str, ...] = ()
    release: int | None = None
    seconds: float = 0.0
    message: str = ""

    @property
    def unchanged(self) -> bool:
        """Whether the release is the one from before."""
        return self.result is not Result.UPDATED


class _Written(Status, frozen=True, kw_only=True):
    """The whole status file: what readers need, when the last try was, and its report."""

    last_tried: datetime
    report: SyncReport


def sync(
    portal: Portal, root: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> SyncReport:
    """Bring the content root to the portal's state and write root/status.json.

    A portal that cannot be read is a result, not an error. Raises ReleaseError if another sync is
    running or the new release cannot be built; the old one then stays.
    """
    began = time.monotonic()
    root.mkdir(parents=True, exist_ok=True)
    with _alone(root):
        try:
            report = _carry_out(portal, root, now())
        except PortalError as error:
            log.warning("portal not readable: %s", error)
            report = SyncReport(
                result=Result.UNREACHABLE, release=release.current(root), message=str(error)
            )
        except (OSError, sqlite3.Error) as error:
            raise ReleaseError(f"{root}: 新内容写不进去（{error}）") from error
        seconds = round(time.monotonic() - began, 2)
        report = msgspec.structs.replace(report, seconds=seconds)
        _write_status(root, report, now())
    log.info("sync: %s", report)
    return report


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the lock of this root; the kernel lets go of it however the process ends."""
    with (root / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ReleaseError(f"{root}: 另一次同步正在进行") from error
        yield


def _carry_out(portal: Portal, root: Path, now: datetime) -> SyncReport:
    local = {item.id: item for item in published_items(root)}
    todo = plan({id_: without_files(item).digest for id_, item in local.items()}, portal.index())
    fetched = {item.id: _checked(item) for item in portal.items(todo.add | todo.change)}
    files = _Files(portal, root)
    put = [files.filled(item, local.get(item.id)) for item in fetched.values()]
    put += files.repaired(local[id_] for id_ in local.keys() - fetched.keys() - todo.drop)
    files.tidy()
    kept = sum(1 for trouble in portal.troubles if trouble.kept)
    base = release.usable(root) if local else None
    seq = release.current(root)
    if put or todo.drop:
        seq = release.build(root, base, put, todo.drop, now, source=Source.PORTAL)
        release.publish(root, seq)
        release.prune(root)
    return SyncReport(
        result=Result.UPDATED if put or todo.drop else Result.UNCHANGED,
        added=len(fetched.keys() - local.keys()),
        changed=len(put) - len(fetched.keys() - local.keys()),
        dropped=len(todo.drop),
        kept_old=kept,
        unread=len(portal.troubles) - kept,
        failed_files=tuple(files.failed),
        release=seq,
    )


def _checked(item: Item) -> Item:
    if item.digest != digest_of(item):
        raise Refused(f"{item.id}: 内容与它的摘要不符")
    return item


class _Files:
    """Fetches the files of items into root/files, each address once."""

    def __init__(self, portal: Portal, root: Path) -> None:
        self.failed: list[str] = []
        self._portal = portal
        self._root = root
        self._have: dict[str, str | None] = {}

    def filled(self, item: Item, before: Item | None) -> Item:
        """The item with its files' digests; a file that cannot be fetched keeps its old one."""
        old = {file.url: file.digest for file in _files_of(before)} if before else {}
        return self._with_digests(item, old)

    def repaired(self, items: Iterator[Item]) -> list[Item]:
        """Those of these unchanged items for which a missing file could now be fetched."""
        repaired = []
        for item in items:
            known = {file.url: file.digest for file in _files_of(item) if file.digest}
            if len(known) == len({file.url for file in _files_of(item)}):
                continue
            self._have |= known
            again = self._with_digests(item, {})
            if again.digest != item.digest:
                repaired.append(again)
        return repaired

    def tidy(self) -> None:
        """Remove half files but those the next sync can go on with."""
        wanted = {_stable_name(url) for url in self.failed}
        for path in (self._root / _INCOMING).glob("*"):
            if path.name.partition(".")[0] not in wanted:
                path.unlink()

    def _with_digests(self, item: Item, old: dict[str, str | None]) -> Item:
        attachments = tuple(self._attachment(file, old) for file in item.attachments)
        blocks = tuple(
            msgspec.structs.replace(block, digest=self._digest(block.url, "", old))
            if isinstance(block, Picture)
            else block
            for block in item.blocks
        )
        return sealed(msgspec.structs.replace(item, attachments=attachments, blocks=blocks))

    def _attachment(self, file: Attachment, old: dict[str, str | None]) -> Attachment:
        digest = self._digest(file.url, file.name, old)
        size = file_path(self._root, digest).stat().st_size if digest else None
        return msgspec.structs.replace(file, digest=digest, size_bytes=size)

    def _digest(self, url: str, name: str, old: dict[str, str | None]) -> str | None:
        if url not in self._have:
            self._have[url] = self._fetched(url, name) or self._still_here(old.get(url))
        return self._have[url]

    def _still_here(self, digest: str | None) -> str | None:
        return digest if digest and file_path(self._root, digest).is_file() else None

    def _fetched(self, url: str, name: str) -> str | None:
        """Fetch one file to its place by digest, durable; None if that fails."""
        target = self._root / _INCOMING / _stable_name(url)
        target.parent.mkdir(exist_ok=True)
        try:
            digest = self._portal.file(url, target)
            with target.open("rb") as file:
                check_first_bytes(name, url, file.read(_START_BYTES))
        except PortalError as error:
            log.warning("file not fetched: %s", error)
            self.failed.append(url)
            target.unlink(missing_ok=True)
            return None
        place = file_path(self._root, digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        sync_file(target)
        target.replace(place)
        sync_folder(place.parent)
        return digest


def _stable_name(url: str) -> str:
    """The name of a file on its way: the same in the next sync, which can go on with half of it."""
    return hashlib.sha256(url.encode()).hexdigest()[:32]


def _files_of(item: Item) -> Iterator[Attachment | Picture]:
    yield from item.attachments
    yield from (block for block in item.blocks if isinstance(block, Picture))


def _write_status(root: Path, report: SyncReport, now: datetime) -> None:
    before = read_status(root) or Status()
    reachable = report.result is not Result.UNREACHABLE
    status = _Written(
        last_checked=now if reachable else before.last_checked,
        last_changed=now if report.result is Result.UPDATED else before.last_changed,
        portal_reachable=reachable,
        last_tried=now,
        report=report,
    )
    write_whole(root / STATUS, msgspec.json.format(msgspec.json.encode(status), indent=2))
