"""Content releases on disk: build beside, check, publish by one rename, roll back, prune.

    root/files/ab/<sha256>                       immutable, shared by all releases
    root/releases/<seq>/content.db, manifest.json  never written again once named
    root/current                                 the number of the published release

A release under construction is releases/<seq>.part; whatever is left of one is cleared by the
next build. Only one process may build at a time (sync holds the lock). Everything raises
ReleaseError with one clear sentence.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from content_cache.disk import file_path, sha256_of, sync_file, sync_folder, write_whole
from content_cache.errors import ReleaseError
from content_cache.filling import check, fill
from content_cache.model import Item, Value
from content_cache.results import Source
from content_cache.tables import SCHEMA
from content_cache.words.pairs import CUT

log = logging.getLogger(__name__)

DATABASE = "content.db"
MANIFEST = "manifest.json"
PART = ".part"


class Manifest(Value, frozen=True, kw_only=True):
    """What a release is.

    cut     how its words were cut (content_cache/words/pairs.py)
    built   UTC, when it was built
    base    the release it was made from, None for a first one
    items   how many items it holds
    sha256  of content.db
    files   digests of all files it needs, sorted
    """

    schema: int
    cut: str
    seq: int
    built: datetime
    source: Source
    base: int | None
    items: int
    sha256: str
    files: tuple[str, ...]


def folder_of(root: Path, seq: int) -> Path:
    """The folder of one release."""
    return root / "releases" / str(seq)


def current(root: Path) -> int | None:
    """The number of the published release; None before the first one."""
    try:
        words = (root / "current").read_text("ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError(f"{root / 'current'}: 读不出已发布的版本号") from error
    if not words.isdecimal():
        raise ReleaseError(f"{root / 'current'}: 应是一个版本号，现为 {words[:20]!r}")
    return int(words)


def all_releases(root: Path) -> list[int]:
    """The numbers of all finished releases, newest first."""
    folder = root / "releases"
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    return sorted((int(name) for name in names if name.isdecimal()), reverse=True)


def manifest_of(root: Path, seq: int) -> Manifest:
    """The manifest of a finished release this program can read."""
    path = folder_of(root, seq) / MANIFEST
    try:
        content = path.read_bytes()
        # The schema is looked at first: a newer manifest may have keys this program does not know.
        schema = msgspec.json.decode(content, type=_OnlySchema).schema
        if schema > SCHEMA:
            raise ReleaseError(
                f"{path}: 内容格式 {schema} 比本程序认识的 {SCHEMA} 新，请先升级程序"
            )
        return msgspec.json.decode(content, type=Manifest)
    except OSError as error:
        raise ReleaseError(f"{path}: 没有这个版本，或读不出") from error
    except msgspec.MsgspecError as error:
        raise ReleaseError(f"{path}: 清单损坏（{error}）") from error


class _OnlySchema(msgspec.Struct):
    schema: int


def build(
    root: Path,
    base_seq: int | None,
    put: Iterable[Item],
    drop: Iterable[str],
    now: datetime,
    *,
    source: Source = Source.PORTAL,
) -> int:
    """Make the next release from a base and return its number; it is not published yet.

    put are sealed items, new or changed; their files must be in root/files already. drop are ids;
    unknown ones are ignored. Nothing visible changes when this raises or the machine stops.
    """
    releases = root / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    clear_parts(root)
    seq = max(all_releases(root), default=0) + 1
    part = releases / f"{seq}{PART}"
    part.mkdir()
    database = part / DATABASE
    put = tuple({item.id: item for item in put}.values())
    try:
        base = folder_of(root, base_seq) / DATABASE if base_seq is not None else None
        if base is not None and _written_alike(manifest_of(root, base_seq or 0)):
            shutil.copyfile(base, database)
        expected = fill(database, base, put, frozenset(drop))
        manifest = Manifest(
            schema=SCHEMA,
            cut=CUT,
            seq=seq,
            built=now,
            source=source,
            base=base_seq,
            items=len(expected),
            files=check(root, database, put, expected),
            sha256=sha256_of(database),
        )
        sync_file(database)
        write_whole(part / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
        part.rename(folder_of(root, seq))
        sync_folder(releases)
    except (OSError, sqlite3.Error) as error:
        raise ReleaseError(f"{part}: 新版本没有建成（{error}）") from error
    return seq


def _written_alike(manifest: Manifest) -> bool:
    """Whether a copy of this release can be added to; otherwise its items are indexed anew."""
    return (manifest.schema, manifest.cut) == (SCHEMA, CUT)


def publish(root: Path, seq: int) -> None:
    """Make a finished release the one everybody reads, after checking it as a whole."""
    verify(root, seq)
    write_whole(root / "current", f"{seq}\n".encode("ascii"))
    log.info("release %d published", seq)


def roll_back(root: Path) -> int:
    """Publish the newest sound release older than the current one and return its number."""
    now = current(root)
    for seq in all_releases(root):
        if now is not None and seq >= now:
            continue
        try:
            publish(root, seq)
        except ReleaseError as error:
            log.warning("release %d passed over: %s", seq, error)
            continue
        return seq
    raise ReleaseError(f"{root}: 没有更早的完好版本可以退回")


def usable(root: Path) -> int | None:
    """The current release if it is sound, else the next older sound one; None if there is none."""
    try:
        wanted = current(root)
    except ReleaseError as error:
        log.warning("%s", error)
        wanted = None
    # A newer one than the current was rolled back from: it is the last to be tried.
    order = sorted(all_releases(root), key=lambda seq: wanted is not None and seq > wanted)
    for seq in order:
        try:
            verify(root, seq)
        except ReleaseError as error:
            log.warning("release %d passed over: %s", seq, error)
        else:
            return seq
    return None


def verify(root: Path, seq: int, *, files: bool = False) -> Manifest:
    """Check manifest, schema and the database's digest; with files also every file's bytes."""
    manifest = manifest_of(root, seq)
    database = folder_of(root, seq) / DATABASE
    if not database.is_file() or sha256_of(database) != manifest.sha256:
        raise ReleaseError(f"{database}: 与清单不符，已损坏或不完整")
    for digest in manifest.files if files else ():
        path = file_path(root, digest)
        if not path.is_file() or sha256_of(path) != digest:
            raise ReleaseError(f"{path}: 附件缺失或已损坏")
    return manifest


def prune(root: Path, keep: int = 2) -> None:
    """Keep the current release and the newest others, `keep` in all, and the files they need.

    Call it only while nothing is being fetched: a file that no release names yet would go too.
    """
    published = current(root)
    others = [seq for seq in all_releases(root) if seq != published]
    kept = [seq for seq in [published, *others] if seq is not None][:keep]
    for seq in all_releases(root):
        if seq not in kept:
            # Renamed first: a half removed folder must not look like a release.
            doomed = folder_of(root, seq).with_name(f"{seq}{PART}")
            folder_of(root, seq).rename(doomed)
            shutil.rmtree(doomed)
    if (root / "releases").is_dir():
        sync_folder(root / "releases")
    try:
        needed = {digest for seq in kept for digest in manifest_of(root, seq).files}
    except ReleaseError as error:
        # What a release of a newer program needs is unknown; then nothing is removed.
        log.warning("files not pruned: %s", error)
        return
    for path in (root / "files").glob("??/*"):
        if path.name not in needed:
            path.unlink()


def clear_parts(root: Path) -> None:
    """Remove what an interrupted build or prune left. Only for the process that may build."""
    for part in (root / "releases").glob(f"*{PART}"):
        log.info("removing unfinished %s", part.name)
        shutil.rmtree(part)
