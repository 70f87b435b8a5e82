"""kill -9 in the middle: whatever the moment, the old release or the new one answers."""

import os
import random
import signal
import sys
import time
from datetime import UTC, date, datetime

import pytest

from content_cache import release
from content_cache.library import Library
from content_cache.model import Item, Kind, Paragraph, sealed

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TOUCHES = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "sqlite3.connect")


def items_of(round_):
    for n in range(20):
        yield sealed(
            Item(
                id=f"item{n}",
                kind=Kind.POLICY,
                title=f"第{n}号办法",
                number=f"安政发〔{2000 + round_}〕{n}号",
                published=date(2026, 1, 1),
                blocks=tuple(Paragraph(text=f"第{k}条 本轮为{round_}轮。") for k in range(1, 20)),
            )
        )


def next_release(root):
    base = release.current(root)
    round_ = (base or 0) + 1
    release.publish(root, release.build(root, base, items_of(round_), (), NOW))
    release.prune(root)


def in_a_child(work):
    """The process id of a child that does this work and nothing else."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def assert_one_whole_release(root):
    """All items of one round, searchable, sound."""
    library = Library(root)
    years = {item.number[4:8] for n in range(20) if (item := library.get(f"item{n}"))}
    assert len(years) == 1
    assert library.search(f"安政发〔{years.pop()}〕7号").results[0].id == "item7"
    release.verify(root, library.age().release, files=True)
    assert library.age().release == release.current(root)


@pytest.mark.parametrize("seed", range(20))
def test_a_killed_build_leaves_the_old_release_or_the_new_one(tmp_path, seed):
    next_release(tmp_path)

    def go_on_for_ever():
        while True:
            next_release(tmp_path)

    child = in_a_child(go_on_for_ever)
    time.sleep(random.Random(seed).uniform(0, 0.15))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert_one_whole_release(tmp_path)
    next_release(tmp_path)
    assert_one_whole_release(tmp_path)
    assert not list((tmp_path / "releases").glob("*.part"))


def test_dying_before_any_touch_of_the_disk_leaves_a_whole_release(tmp_path):
    def until(root, last):
        seen = 0

        def count(event, arguments):
            nonlocal seen
            if event in TOUCHES and str(root) in str(arguments):
                seen += 1
                if seen == last:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        next_release(root)

    for step in range(1, 200):
        root = tmp_path / str(step)
        for _ in range(3):
            next_release(root)
        child = in_a_child(lambda root=root, step=step: until(root, step))
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
            break
        assert_one_whole_release(root)
    assert step > 20
