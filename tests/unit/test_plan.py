"""Laws of the plan."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from content_cache.model import Attachment, Item, Kind, Picture, sealed
from content_cache.plan import Plan, plan, without_files

INDEXES = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("123"))


def applied(local, portal, todo):
    """Do to a local index what the plan says."""
    result = {id_: version for id_, version in local.items() if id_ not in todo.drop}
    return result | {id_: portal[id_] for id_ in todo.add | todo.change}


@given(INDEXES, INDEXES)
def test_applying_a_plan_gives_the_portals_index(local, portal):
    assert applied(local, portal, plan(local, portal)) == portal


@given(INDEXES)
def test_a_plan_against_itself_is_empty(index):
    assert plan(index, index).is_empty
    assert plan(index, index) == Plan()


@given(INDEXES, INDEXES)
def test_no_id_is_planned_twice_and_none_in_vain(local, portal):
    todo = plan(local, portal)
    assert not todo.add & todo.change
    assert not todo.add & todo.drop
    assert not todo.change & todo.drop
    assert todo.add.isdisjoint(local)
    assert todo.drop.isdisjoint(portal)
    assert all(local[id_] != portal[id_] for id_ in todo.change)


@given(INDEXES, INDEXES)
def test_the_way_back_undoes_the_plan(local, portal):
    there, back = plan(local, portal), plan(portal, local)
    assert (there.add, there.drop, there.change) == (back.drop, back.add, back.change)


def test_fetched_files_do_not_change_the_version():
    bare = sealed(
        Item(
            id="a",
            kind=Kind.POLICY,
            title="办法",
            blocks=(Picture(url="http://x.example/a.png"),),
            attachments=(Attachment(name="表.pdf", url="http://x.example/a.pdf"),),
        )
    )
    filled = sealed(
        Item(
            id="a",
            kind=Kind.POLICY,
            title="办法",
            blocks=(Picture(url="http://x.example/a.png", digest="1" * 64),),
            attachments=(
                Attachment(
                    name="表.pdf", url="http://x.example/a.pdf", size_bytes=9, digest="2" * 64
                ),
            ),
        )
    )
    assert filled.digest != bare.digest
    assert without_files(filled) == bare
