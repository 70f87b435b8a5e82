"""`kiosk sync` against the reference portal: the first, an unchanged one, one page changed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from urllib.parse import urlsplit

from content_cache.model import Kind
from content_cache.seed.load import load
from deploy.reference_portal.faults import Order
from deploy.reference_portal.server import Conversation, PortalServer
from kiosk.fonts import font_path


@dataclass(frozen=True, slots=True)
class SyncRun:
    """seconds: the whole process. size: bytes the portal sent, headers included."""

    name: str
    seconds: float
    requests: int
    size: int
    result: str


class Meter:
    """A stream that counts what goes through."""

    sent = 0

    def __init__(self, stream: BufferedIOBase) -> None:
        self._stream = stream

    def write(self, content: bytes) -> int:
        Meter.sent += len(content)
        return self._stream.write(content)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


class Metered(Conversation):
    """A conversation of the portal whose answers are counted."""

    def setup(self) -> None:
        super().setup()
        self.wfile = Meter(self.wfile)  # type: ignore[assignment]  # all that is asked of it is there


def run(folder: Path) -> list[SyncRun]:
    """The three syncs, after one elsewhere for the portal: it makes its PDFs when first asked."""
    seed = load()
    changed = next(item.source_url for item in seed.items if item.kind is Kind.POLICY)
    with PortalServer(seed, font_path()) as portal:
        portal.RequestHandlerClass = Metered
        _sync(portal, folder / "warm", "")
        root = folder / "synced"
        runs = [_sync(portal, root, "第一次"), _sync(portal, root, "没有变化")]
        portal.obey(Order(edit=urlsplit(changed or "").path, append_paragraph="补充一段。"))
        runs.append(_sync(portal, root, "改了一页"))
    return runs


def _sync(portal: PortalServer, root: Path, name: str) -> SyncRun:
    settings = root.with_suffix(".toml")
    settings.write_text(
        f'[content]\nroot = {json.dumps(str(root))}\n[portal]\nurl = "{portal.url}"\n', "utf-8"
    )
    portal.counts.reset()
    Meter.sent = 0
    began = time.perf_counter()
    program = Path(sys.executable).with_name("kiosk")
    ran = subprocess.run(
        [program, "sync", "--json", "--config", settings], capture_output=True, check=True
    )
    seconds = time.perf_counter() - began
    report = json.loads(ran.stdout)
    words = f"新增 {report['added']}，变更 {report['changed']}，撤下 {report['dropped']}"
    return SyncRun(name, seconds, portal.counts.paths.total(), Meter.sent, words)
