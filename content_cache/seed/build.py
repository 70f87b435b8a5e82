"""The seed county as a content root: what a new kiosk shows before its first sync.

Set-up runs `python -m content_cache.seed.build`, which builds content_cache/seed/release with all
attachments. Where that is missing or of another seed, seed_root() builds one without attachments
(a quarter of a second) for this user.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from content_cache import release
from content_cache.disk import keep_file
from content_cache.errors import CacheError, ReleaseError
from content_cache.model import Attachment, Item, Kind, sealed
from content_cache.results import Source
from content_cache.seed.load import Seed, load, words_of
from content_cache.tables import SCHEMA
from content_cache.words.pairs import CUT

log = logging.getLogger(__name__)

_HERE = Path(__file__).resolve().parent
SHIPPED = _HERE / "release"
_MARK = "seed.sha256"
_FONTS = (
    _HERE.parents[1] / "kiosk" / "screens" / "fonts" / "NotoSansSC-Regular.otf",
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
)


def seed_root() -> Path:
    """A content root with the present seed in it. Raises CacheError."""
    mark = fingerprint()
    if _is_of(SHIPPED, mark):
        return SHIPPED
    base = os.environ.get("XDG_CACHE_HOME")
    caches = (Path(base) if base else Path.home() / ".cache") / "disclosure-kiosk"
    root = caches / f"seed-{mark[:16]}"
    if not _is_of(root, mark):
        build(root)
    return root


def build(root: Path, font: Path | None = None) -> int:
    """Build the seed release in place of whatever root holds. Without a font: no attachments.

    Returns its number. Two processes may do it at the same time; one of them wins.
    """
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f"{root.name}.", dir=root.parent))
        try:
            seq = _build_in(part, font)
            shutil.rmtree(root, ignore_errors=True)
            part.rename(root)
        except OSError:
            shutil.rmtree(part, ignore_errors=True)
            if not _is_of(root, fingerprint()):
                raise
            seq = release.current(root) or 0
    except OSError as error:
        raise ReleaseError(f"{root}: 自带内容没有建成（{error.strerror}）") from error
    return seq


def fingerprint() -> str:
    """SHA-256 over the seed's files and what shapes a release; another one: build again."""
    digest = hashlib.sha256(f"{SCHEMA} {CUT}".encode())
    files = [path for kind in Kind for path in sorted((_HERE / kind).glob("*.*"))]
    for path in (*files, _HERE.parent / "words" / "synonyms.toml"):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_of(root: Path, mark: str) -> bool:
    try:
        return (root / _MARK).read_text("ascii") == mark
    except OSError:
        return False


def _build_in(root: Path, font: Path | None) -> int:
    seed = load()
    items = _with_files(root, seed, font) if font else seed.items
    seq = release.build(root, None, items, (), datetime.now(UTC), source=Source.SEED)
    release.publish(root, seq)
    (root / _MARK).write_text(fingerprint(), "ascii")
    return seq


def _with_files(root: Path, seed: Seed, font: Path) -> tuple[Item, ...]:
    """The seed's items with their attachments made and kept."""
    # fpdf takes as long to import as the whole seed takes to build.
    from content_cache.seed.files import PdfMaker  # noqa: PLC0415

    maker = PdfMaker(font, words_of(seed))

    def made(attachment: Attachment) -> Attachment:
        content = maker.pdf(attachment.name, seed.attachment_texts[attachment.url])
        return msgspec.structs.replace(
            attachment, size_bytes=len(content), digest=keep_file(root, content)
        )

    return tuple(
        sealed(msgspec.structs.replace(item, attachments=tuple(map(made, item.attachments))))
        if item.attachments
        else item
        for item in seed.items
    )


def main() -> int:
    """Build the release that is shipped with the program."""
    parser = argparse.ArgumentParser(description="把自带的示例县内容建成一个可用的版本")
    parser.add_argument("--root", type=Path, default=SHIPPED, help="建在哪里（默认：随程序的位置）")
    parser.add_argument("--font", type=Path, help="制作附件所用的中文字体文件")
    options = parser.parse_args()
    font = options.font or next((path for path in _FONTS if path.exists()), None)
    if font is None:
        log.warning("no Chinese font found, attachments are left out")
    try:
        seq = build(options.root, font)
    except CacheError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{options.root}: 第 {seq} 版\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
