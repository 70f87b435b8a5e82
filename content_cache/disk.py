"""Writing so that a power cut leaves the old file or the new one, never half of one."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make renames and new names in this folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make the bytes of this file durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def write_whole(path: Path, content: bytes) -> None:
    """Replace a small file: write beside it, fsync, rename, fsync the folder."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_path(root: Path, digest: str) -> Path:
    """Where a content root keeps the file with this SHA-256."""
    return root / "files" / digest[:2] / digest


def keep_file(root: Path, content: bytes) -> str:
    """Put these bytes among the files of a content root, durable; their digest."""
    digest = hashlib.sha256(content).hexdigest()
    path = file_path(root, digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    return digest
