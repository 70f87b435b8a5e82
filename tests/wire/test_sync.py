"""Sync end to end: reference portal, website adapter, release, library."""

from __future__ import annotations

import fcntl
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from content_cache import release
from content_cache.disk import file_path, sha256_of
from content_cache.errors import Refused, ReleaseError
from content_cache.model import Attachment, Heading, Item, Kind, sealed
from content_cache.plan import without_files
from content_cache.portals.web import Limits
from content_cache.published import published_items
from content_cache.seed.load import path_of
from content_cache.status import read_status
from content_cache.sync import Result, sync
from deploy.reference_portal.faults import Fault, Order

sys.path.insert(0, str(Path(__file__).parent))
from portal_county import bare, reading, serve, small_seed

SMALL = small_seed()
WITH_FILE = next(item for item in SMALL.items if item.attachments)


@pytest.fixture(scope="module")
def server():
    with serve(SMALL) as running:
        yield running


@pytest.fixture
def portal(server):
    server.obey(Order(reset=True))
    return server


def synced(portal, root, **options):
    # Making the PDF takes the server a moment.
    with reading(portal, root, limits=Limits(silent_s=5), **options) as website:
        return sync(website, root)


def published(root):
    return {item.id: item for item in published_items(root)}


def test_the_first_sync_publishes_everything_with_its_files(portal, tmp_path):
    report = synced(portal, tmp_path)
    assert (report.result, report.added) == (Result.UPDATED, len(SMALL.items))
    assert (report.changed, report.dropped, report.failed_files) == (0, 0, ())
    items = published(tmp_path)
    assert {bare(without_files(item)) for item in items.values()} == set(SMALL.items)
    [file] = items[WITH_FILE.id].attachments
    assert sha256_of(file_path(tmp_path, file.digest)) == file.digest
    assert file.size_bytes == file_path(tmp_path, file.digest).stat().st_size
    assert release.verify(tmp_path, report.release, files=True)


def test_a_second_sync_changes_only_the_time_of_the_check(portal, tmp_path):
    first = synced(portal, tmp_path)
    changed = read_status(tmp_path).last_changed
    second = synced(portal, tmp_path)
    assert second.unchanged
    assert second.release == first.release
    assert release.all_releases(tmp_path) == [first.release]
    status = read_status(tmp_path)
    assert status.last_changed == changed < status.last_checked
    assert status.portal_reachable is True


def test_an_edit_and_a_removal_make_one_new_release(portal, tmp_path):
    synced(portal, tmp_path)
    edited = next(item for item in SMALL.items if item.kind is Kind.GUIDE)
    removed = next(item for item in SMALL.items if item.kind is Kind.NOTICE)
    portal.obey(Order(edit=path_of(edited), append_paragraph="补充一段。"))
    portal.obey(Order(fault=Fault.REMOVED, path=path_of(removed)))
    report = synced(portal, tmp_path)
    assert (report.added, report.changed, report.dropped) == (0, 1, 1)
    items = published(tmp_path)
    assert removed.id not in items
    assert items[edited.id].blocks[-1].text == "补充一段。"


def test_a_dead_portal_is_reported_and_the_release_stays(portal, tmp_path):
    first = synced(portal, tmp_path)
    checked = read_status(tmp_path).last_checked
    portal.obey(Order(fault=Fault.TWO_BYTES))
    report = synced(portal, tmp_path)
    assert (report.result, report.release) == (Result.UNREACHABLE, first.release)
    assert report.message
    status = read_status(tmp_path)
    assert status.portal_reachable is False
    assert status.last_checked == checked


def test_a_failing_page_is_counted_and_stays(portal, tmp_path):
    synced(portal, tmp_path)
    portal.obey(Order(fault=Fault.CUT, path=path_of(WITH_FILE)))
    report = synced(portal, tmp_path)
    assert report.unchanged
    assert report.kept_old == 1
    assert WITH_FILE.id in published(tmp_path)


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.TWO_BYTES, Fault.GARBAGE])
def test_a_file_that_fails_is_fetched_by_a_later_sync(portal, tmp_path, fault):
    portal.obey(Order(fault=fault, path="*.pdf"))
    first = synced(portal, tmp_path)
    assert first.failed_files == (WITH_FILE.attachments[0].url,)
    assert published(tmp_path)[WITH_FILE.id].attachments[0].digest is None
    portal.obey(Order(fault=Fault.OFF))
    second = synced(portal, tmp_path)
    assert (second.result, second.changed, second.failed_files) == (Result.UPDATED, 1, ())
    assert published(tmp_path)[WITH_FILE.id].attachments[0].digest
    assert synced(portal, tmp_path).unchanged


def test_a_file_that_stays_missing_makes_no_release(portal, tmp_path):
    portal.obey(Order(fault=Fault.TWO_BYTES, path="*.pdf"))
    first = synced(portal, tmp_path)
    second = synced(portal, tmp_path)
    assert second.unchanged
    assert second.failed_files == first.failed_files


def test_two_syncs_never_run_at_once(portal, tmp_path):
    with (tmp_path / "sync.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ReleaseError, match="另一次同步"):
            synced(portal, tmp_path)


class HandMade:
    """A portal of values made here; files maps addresses to bytes."""

    def __init__(self, *items, files=None):
        self.troubles = ()
        self._items = {item.id: item for item in items}
        self._files = files or {}

    def index(self):
        return {id_: item.digest for id_, item in self._items.items()}

    def items(self, ids):
        return (self._items[id_] for id_ in ids)

    def file(self, url, target):
        if url not in self._files:
            raise Refused(url)
        target.write_bytes(self._files[url])
        return sha256_of(target)


def item(id_, text="正文", *files):
    return sealed(
        Item(
            id=id_,
            kind=Kind.NOTICE,
            title=f"通知{id_}",
            blocks=(Heading(text=text),),
            attachments=tuple(Attachment(name=name, url=f"http://x/{name}") for name in files),
        )
    )


def test_an_item_whose_digest_lies_is_not_published(tmp_path):
    lie = msgspec.structs.replace(item("a"), title="别的")
    assert sync(HandMade(lie), tmp_path).result is Result.UNREACHABLE
    assert release.current(tmp_path) is None


def test_a_login_page_is_not_taken_for_a_file(tmp_path):
    portal = HandMade(item("a", "文", "表.pdf"), files={"http://x/表.pdf": b"<html>login</html>"})
    assert sync(portal, tmp_path).failed_files == ("http://x/表.pdf",)


def test_a_changed_item_keeps_its_file_when_the_file_cannot_be_fetched(tmp_path):
    files = {"http://x/表.pdf": b"%PDF-1.7 x"}
    sync(HandMade(item("a", "旧", "表.pdf"), files=files), tmp_path)
    before = published(tmp_path)["a"].attachments[0].digest
    sync(HandMade(item("a", "新", "表.pdf")), tmp_path)
    after = published(tmp_path)["a"]
    assert after.blocks[0].text == "新"
    assert after.attachments[0].digest == before


def test_an_empty_portal_on_an_empty_root_makes_no_release(tmp_path):
    assert sync(HandMade(), tmp_path).release is None


_CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_sync import HandMade, item
from content_cache.sync import sync
root = Path(sys.argv[1])
for n in range(int(sys.argv[2]), 10_000):
    files = {{f"http://x/{{n}}.pdf": b"%PDF-1.7 " + str(n).encode() * 3000}}
    items = [item(str(k), f"第{{n}}版", f"{{n}}.pdf") for k in range(20)]
    sync(HandMade(*items, files=files), root)
"""


def test_kill_at_any_moment_leaves_one_whole_release(tmp_path):
    child = _CHILD.format(tests=str(Path(__file__).parent))
    moment = random.Random(20261120)
    last = 0
    for _ in range(5):
        process = subprocess.Popen([sys.executable, "-c", child, str(tmp_path), str(last)])
        time.sleep(0.7 + moment.random() * 0.5)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        seq = release.current(tmp_path)
        if seq is None:
            continue
        release.verify(tmp_path, seq, files=True)
        items = published(tmp_path)
        [text] = {found.blocks[0].text for found in items.values()}
        assert len(items) == 20
        version = int(text.removeprefix("第").removesuffix("版"))
        assert version >= last
        last = version
    assert last > 0
    assert sync(HandMade(item("only")), tmp_path).dropped == 20
