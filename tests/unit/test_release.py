from datetime import UTC, date, datetime

import msgspec
import pytest

from content_cache import release
from content_cache.disk import file_path, keep_file
from content_cache.errors import ReleaseError
from content_cache.library import Library
from content_cache.model import Attachment, Item, Kind, Paragraph, sealed
from content_cache.results import Source

NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


def policy(id_, title, text="第一条 为了规范工作，制定本办法。", **more):
    return sealed(
        Item(
            id=id_,
            kind=Kind.POLICY,
            title=title,
            published=date(2026, 1, 2),
            blocks=(Paragraph(text=text),),
            **more,
        )
    )


ONE = policy("one", "最低生活保障审核确认办法")
TWO = policy("two", "居住证管理规定")


def published(root, put, drop=(), base=None):
    seq = release.build(root, base, put, drop, NOW)
    release.publish(root, seq)
    return seq


def test_before_the_first_release_nothing_is_current(tmp_path):
    assert release.current(tmp_path) is None
    assert release.usable(tmp_path) is None


def test_a_built_release_is_seen_only_after_it_was_published(tmp_path):
    seq = release.build(tmp_path, None, [ONE], (), NOW)
    assert release.current(tmp_path) is None
    release.publish(tmp_path, seq)
    assert release.current(tmp_path) == seq == 1


def test_a_release_is_its_base_with_changes_and_without_drops(tmp_path):
    first = published(tmp_path, [ONE, TWO])
    changed = policy("one", "特困人员认定办法")
    published(tmp_path, [changed, policy("three", "高龄津贴发放办法")], ["two"], first)
    library = Library(tmp_path)
    assert library.get("one") == changed
    assert library.get("two") is None
    assert library.get("three") is not None
    assert library.search("最低生活保障").total == 0
    assert library.search("居住证").total == 0
    assert library.search("特困人员").results[0].id == "one"


def test_the_base_release_is_left_as_it_was(tmp_path):
    first = published(tmp_path, [ONE, TWO])
    before = (release.folder_of(tmp_path, first) / release.DATABASE).read_bytes()
    published(tmp_path, [], ["one", "two"], first)
    assert (release.folder_of(tmp_path, first) / release.DATABASE).read_bytes() == before


def test_changing_step_by_step_gives_the_same_index_as_building_at_once(tmp_path):
    items = [policy(f"i{n}", f"第{n}号办法", f"第一条 关于事项{n}的规定。") for n in range(30)]
    seq = published(tmp_path / "steps", items[:10])
    seq = published(tmp_path / "steps", items[5:20], ["i0", "i1"], seq)
    published(tmp_path / "steps", [*items[20:], *items[:2]], [], seq)
    published(tmp_path / "once", items)
    steps, once = Library(tmp_path / "steps"), Library(tmp_path / "once")
    for words in ("事项7", "办法", "规定", "第3号办法"):
        by_steps = {row.id for row in steps.search(words, limit=50).results}
        assert by_steps == {row.id for row in once.search(words, limit=50).results}


def test_dropping_what_is_not_there_changes_nothing(tmp_path):
    seq = published(tmp_path, [ONE])
    published(tmp_path, [], ["nobody"], seq)
    assert Library(tmp_path).get("one") == ONE


def test_the_manifest_says_what_the_release_is(tmp_path):
    seq = release.build(tmp_path, None, [ONE, TWO], (), NOW, source=Source.SEED)
    manifest = release.verify(tmp_path, seq)
    assert (manifest.seq, manifest.items, manifest.built) == (seq, 2, NOW)
    assert (manifest.source, manifest.base) == (Source.SEED, None)


def test_an_item_that_is_not_what_its_digest_says_is_refused(tmp_path):
    forged = msgspec.structs.replace(ONE, title="别的标题")
    with pytest.raises(ReleaseError, match="摘要不符"):
        release.build(tmp_path, None, [forged], (), NOW)
    assert release.all_releases(tmp_path) == []


def test_a_release_whose_file_is_not_there_is_refused(tmp_path):
    attachment = Attachment(name="表.pdf", url="http://x/a.pdf", digest="ab" * 32)
    with pytest.raises(ReleaseError, match="附件"):
        release.build(tmp_path, None, [policy("a", "附表", attachments=(attachment,))], (), NOW)


def test_a_damaged_database_is_noticed_and_the_older_release_used(tmp_path):
    first = published(tmp_path, [ONE])
    second = published(tmp_path, [TWO], (), first)
    database = release.folder_of(tmp_path, second) / release.DATABASE
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)
    with pytest.raises(ReleaseError, match="清单不符"):
        release.verify(tmp_path, second)
    assert release.usable(tmp_path) == first
    assert Library(tmp_path).age().release == first


def test_a_newer_schema_is_refused_and_the_old_release_stays(tmp_path):
    first = published(tmp_path, [ONE])
    second = published(tmp_path, [TWO], (), first)
    path = release.folder_of(tmp_path, second) / release.MANIFEST
    manifest = msgspec.json.decode(path.read_bytes())
    path.write_bytes(msgspec.json.encode(manifest | {"schema": 99, "news": True}))
    with pytest.raises(ReleaseError, match=r"99.*升级"):
        release.publish(tmp_path, second)
    assert Library(tmp_path).age().release == first


def test_a_base_cut_by_another_version_is_indexed_anew(tmp_path):
    first = published(tmp_path, [ONE])
    path = release.folder_of(tmp_path, first) / release.MANIFEST
    manifest = msgspec.json.decode(path.read_bytes())
    path.write_bytes(msgspec.json.encode(manifest | {"cut": "words-0"}))
    published(tmp_path, [TWO], (), first)
    library = Library(tmp_path)
    assert library.get("one") == ONE
    assert library.search("最低生活保障").results[0].id == "one"


def test_a_pointer_that_is_no_number_is_an_error_and_the_newest_release_is_used(tmp_path):
    seq = published(tmp_path, [ONE])
    (tmp_path / "current").write_text("garbage")
    with pytest.raises(ReleaseError, match="版本号"):
        release.current(tmp_path)
    assert release.usable(tmp_path) == seq


def test_rolling_back_goes_to_the_newest_sound_release_before(tmp_path):
    first = published(tmp_path, [ONE])
    second = published(tmp_path, [TWO], (), first)
    published(tmp_path, [], ["one"], second)
    (release.folder_of(tmp_path, second) / release.DATABASE).write_bytes(b"")
    assert release.roll_back(tmp_path) == first
    assert release.current(tmp_path) == first
    with pytest.raises(ReleaseError, match="更早"):
        release.roll_back(tmp_path)


def test_after_a_roll_back_the_next_release_gets_a_new_number(tmp_path):
    first = published(tmp_path, [ONE])
    second = published(tmp_path, [TWO], (), first)
    release.roll_back(tmp_path)
    assert release.build(tmp_path, first, [], (), NOW) == second + 1


def test_pruning_keeps_two_releases_and_their_files(tmp_path):
    digests = [keep_file(tmp_path, f"file {n}".encode()) for n in range(4)]
    seq = None
    for digest in digests:
        attachment = Attachment(name="表.pdf", url="http://x/a.pdf", digest=digest)
        seq = published(tmp_path, [policy("a", "附表", attachments=(attachment,))], (), seq)
    release.prune(tmp_path)
    assert release.all_releases(tmp_path) == [4, 3]
    assert [file_path(tmp_path, digest).exists() for digest in digests] == [
        False,
        False,
        True,
        True,
    ]
    release.verify(tmp_path, 4, files=True)


def test_pruning_never_takes_the_current_release(tmp_path):
    first = published(tmp_path, [ONE])
    for _ in range(3):
        release.build(tmp_path, first, [], (), NOW)
    release.prune(tmp_path)
    assert release.all_releases(tmp_path) == [4, 1]


def test_a_damaged_file_is_found_when_files_are_verified(tmp_path):
    digest = keep_file(tmp_path, b"right")
    attachment = Attachment(name="表.pdf", url="http://x/a.pdf", digest=digest)
    seq = published(tmp_path, [policy("a", "附表", attachments=(attachment,))])
    file_path(tmp_path, digest).write_bytes(b"wrong")
    with pytest.raises(ReleaseError, match="附件"):
        release.verify(tmp_path, seq, files=True)


def test_what_an_interrupted_build_left_is_cleared_by_the_next(tmp_path):
    left = tmp_path / "releases" / "1.part"
    left.mkdir(parents=True)
    (left / "content.db").write_bytes(b"half")
    assert release.build(tmp_path, None, [ONE], (), NOW) == 1
    assert not left.exists()


def test_after_a_roll_back_a_damaged_release_gives_way_to_an_older_one(tmp_path):
    first = published(tmp_path, [ONE])
    second = published(tmp_path, [TWO], (), first)
    published(tmp_path, [], ["one"], second)
    assert release.roll_back(tmp_path) == second
    (release.folder_of(tmp_path, second) / release.DATABASE).write_bytes(b"")
    assert release.usable(tmp_path) == first


def test_files_stay_when_a_kept_release_cannot_be_read(tmp_path):
    digest = keep_file(tmp_path, b"of whom?")
    published(tmp_path, [ONE])
    (release.folder_of(tmp_path, 1) / release.MANIFEST).write_text("{}")
    release.prune(tmp_path)
    assert file_path(tmp_path, digest).exists()
