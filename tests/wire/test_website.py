"""The website adapter against the reference portal over loopback."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from content_cache.errors import PortalError, Unreachable
from content_cache.model import Kind, Relation
from content_cache.portals.web import Limits
from content_cache.portals.website import Website
from content_cache.seed.load import load, path_of
from deploy.reference_portal.faults import Fault, Order

sys.path.insert(0, str(Path(__file__).parent))
from portal_county import SITE, bare, reading, serve, small_seed

WHOLE = load()
SMALL = small_seed()


@pytest.fixture(scope="module")
def server():
    with serve(SMALL) as running:
        yield running


@pytest.fixture
def portal(server):
    server.obey(Order(reset=True))
    return server


def first(kind):
    return next(item for item in SMALL.items if item.kind is kind)


def crawl(portal, folder, **options):
    """Index, items by id and troubles of one look at the whole site."""
    with reading(portal, folder, **options) as website:
        index = dict(website.index())
        items = {item.id: item for item in website.items(index)}
        return index, items, website.troubles


def test_what_the_portal_shows_is_the_seed_field_by_field(tmp_path):
    with serve(WHOLE) as server:
        index, items, troubles = crawl(server, tmp_path)
    assert troubles == ()
    assert index.keys() == {item.id for item in WHOLE.items}
    for item in WHOLE.items:
        got = items[item.id]
        for name in item.__struct_fields__:
            if name != "seen_at":
                assert getattr(got, name) == getattr(item, name), (item.source_url, name)
        assert got.digest == index[item.id]
        assert got.seen_at is not None
    assert {item.kind for item in items.values()} == set(Kind)
    relations = {link.relation for item in items.values() for link in item.links}
    assert relations == set(Relation)


def test_an_unchanged_site_is_asked_once_a_page_and_sends_none(portal, tmp_path):
    before, items, _ = crawl(portal, tmp_path)
    portal.obey(Order(reset=True))
    after, again, troubles = crawl(portal, tmp_path)
    assert after == before
    assert again == items
    assert troubles == ()
    pages = {path_of(item) for item in SMALL.items}
    counts = msgspec.json.decode(portal.counts.json())
    assert all(counts["paths"][path] == 1 for path in pages)
    assert counts["statuses"]["304"] == len(pages)
    assert counts["most_at_once"] == 1


def test_an_edited_page_is_a_new_version_first_seen_now(portal, tmp_path):
    item = first(Kind.POLICY)
    then, now = datetime(2026, 11, 19, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
    before, old, _ = crawl(portal, tmp_path, now=lambda: then)
    portal.obey(Order(edit=path_of(item), append_paragraph="补充一段。"))
    after, new, _ = crawl(portal, tmp_path, now=lambda: now)
    assert {id_ for id_ in before if before[id_] != after[id_]} == {item.id}
    assert new[item.id].blocks[-1].text == "补充一段。"
    assert new[item.id].seen_at == now
    other = first(Kind.GUIDE).id
    assert new[other].seen_at == old[other].seen_at == then


@pytest.mark.parametrize(
    "fault",
    [Fault.TIMEOUT, Fault.CUT, Fault.WRONG_LENGTH, Fault.TWO_BYTES, Fault.GARBAGE, Fault.BUSY],
)
def test_a_page_that_fails_keeps_its_old_version(portal, tmp_path, fault):
    item = first(Kind.GUIDE)
    before, _, _ = crawl(portal, tmp_path)
    portal.obey(Order(edit=path_of(item), append_paragraph="新的一段。"))
    portal.obey(Order(fault=fault, path=path_of(item)))
    after, _, troubles = crawl(portal, tmp_path)
    assert after == before
    assert [(trouble.url, trouble.kept) for trouble in troubles] == [(item.source_url, True)]
    assert troubles[0].code in {"portal.unreachable", "portal.refused"}
    portal.obey(Order(fault=Fault.OFF))
    assert crawl(portal, tmp_path)[0] != before


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.TWO_BYTES])
def test_a_page_that_fails_at_the_first_look_comes_later(portal, tmp_path, fault):
    item = first(Kind.FAQ)
    portal.obey(Order(fault=fault, path=path_of(item)))
    index, _, [trouble] = crawl(portal, tmp_path)
    assert item.id not in index
    assert not trouble.kept
    portal.obey(Order(fault=Fault.OFF))
    assert item.id in crawl(portal, tmp_path)[0]


def test_a_removed_page_leaves_the_index(portal, tmp_path):
    item = first(Kind.POLICY)
    before, _, _ = crawl(portal, tmp_path)
    portal.obey(Order(fault=Fault.REMOVED, path=path_of(item)))
    after, _, troubles = crawl(portal, tmp_path)
    assert before.keys() - after.keys() == {item.id}
    assert troubles == ()


def test_a_stale_list_takes_nothing_away(portal, tmp_path):
    before, items, _ = crawl(portal, tmp_path)
    portal.obey(Order(fault=Fault.STALE_LIST, path="*/index*"))
    portal.obey(Order(fault=Fault.STALE_LIST, path="*/"))
    after, again, troubles = crawl(portal, tmp_path)
    assert after == before
    assert again == items
    assert troubles == ()


def test_a_list_that_fails_takes_nothing_away(portal, tmp_path):
    before, _, _ = crawl(portal, tmp_path)
    portal.obey(Order(fault=Fault.CUT, path="/zwgk/tzgg/*"))
    portal.obey(Order(fault=Fault.OFF, path="/zwgk/tzgg/2*"))
    after, _, troubles = crawl(portal, tmp_path)
    assert after == before
    assert troubles


def test_a_dead_portal_is_an_error_and_forgets_nothing(portal, tmp_path):
    before, _, _ = crawl(portal, tmp_path)
    portal.obey(Order(fault=Fault.TWO_BYTES))
    with reading(portal, tmp_path) as website, pytest.raises(PortalError):
        website.index()
    portal.obey(Order(fault=Fault.TIMEOUT))
    with reading(portal, tmp_path) as website, pytest.raises(Unreachable):
        website.index()
    portal.obey(Order(fault=Fault.OFF))
    assert crawl(portal, tmp_path)[0] == before


def test_a_portal_that_dies_in_the_middle_is_left_alone_after_three_pages(portal, tmp_path):
    before, _, _ = crawl(portal, tmp_path)
    portal.obey(Order(reset=True))
    portal.obey(Order(fault=Fault.CUT, path="*.html"))
    after, _, troubles = crawl(portal, tmp_path)
    assert after == before
    failed = [trouble for trouble in troubles if "/t2" in trouble.url]
    assert len(failed) == 3


def test_rows_of_other_sites_are_passed_over_in_silence(portal, tmp_path):
    _, items, troubles = crawl(portal, tmp_path)
    assert troubles == ()
    assert not any("qingning" in item.source_url for item in items.values())


def test_a_document_in_two_columns_is_one_item_with_both(portal, tmp_path):
    _, items, _ = crawl(portal, tmp_path)
    listed_twice = [item for item in SMALL.items if len(item.columns) == 2]
    for item in listed_twice:
        assert items[item.id].columns == item.columns


def test_a_lost_memory_begins_with_what_is_published(portal, tmp_path):
    item = first(Kind.PLACE)
    portal.obey(Order(fault=Fault.CUT, path=path_of(item)))
    index, items, [trouble] = crawl(portal, tmp_path, known=lambda: SMALL.items)
    assert trouble.kept
    assert bare(items[item.id]) == item
    assert index.keys() == {known.id for known in SMALL.items}


def test_a_broken_memory_is_put_aside(portal, tmp_path):
    (tmp_path / "portal.db").write_bytes(b"this is no database at all" * 100)
    assert crawl(portal, tmp_path)[0]
    assert (tmp_path / "portal.db.broken").exists()


def test_a_changed_profile_reads_every_page_anew(portal, tmp_path):
    crawl(portal, tmp_path)
    portal.obey(Order(reset=True))
    changed = msgspec.structs.replace(SITE, drop=(*SITE.drop, ".new"))
    website = Website(changed, tmp_path / "portal.db", url=portal.url)
    website.index()
    website.close()
    assert "304" not in msgspec.json.decode(portal.counts.json())["statuses"]


def test_files_are_fetched_by_their_public_address(portal, tmp_path):
    item = next(item for item in SMALL.items if item.attachments)
    # Making the PDF takes the server a moment.
    with reading(portal, tmp_path, limits=Limits(silent_s=5)) as website:
        website.file(item.attachments[0].url, tmp_path / "file")
    assert (tmp_path / "file").read_bytes().startswith(b"%PDF-")
