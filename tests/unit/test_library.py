import threading
from datetime import UTC, date, datetime

import pytest

from content_cache import release
from content_cache.errors import ReleaseError
from content_cache.library import Library, open_library
from content_cache.model import (
    Fact,
    Heading,
    Item,
    Kind,
    Link,
    Paragraph,
    Place,
    Relation,
    Table,
    Validity,
    sealed,
)
from content_cache.results import Direction, Filters, Order, Source

NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


def item(id_, kind, title, *lines, day=1, **more):
    return sealed(
        Item(
            id=id_,
            kind=kind,
            title=title,
            published=date(2026, 1, day),
            blocks=tuple(Paragraph(text=line) for line in lines),
            **more,
        )
    )


ITEMS = (
    item(
        "measures",
        Kind.POLICY,
        "安澜县最低生活保障审核确认办法",
        "第一条 为了规范最低生活保障审核确认工作，制定本办法。",
        "第八条 申请最低生活保障，由家庭成员向乡镇人民政府提出。",
        "（一）申请书；",
        "第十条 乡镇人民政府应当入户调查。",
        day=3,
        number="安政发〔2025〕12号",
        index_no="AL0001/2025-00112",
        publisher="安澜县人民政府",
        field="社会救助",
        validity=Validity.VALID,
        aliases=("低保",),
    ),
    item(
        "old",
        Kind.POLICY,
        "安澜县城乡低保工作操作细则",
        "为统一低保操作口径，制定本细则。低保由乡镇受理。",
        day=2,
        number="安民发〔2019〕7号",
        publisher="安澜县民政局",
        field="社会救助",
        validity=Validity.REPEALED,
        links=(Link(relation=Relation.REPLACED_BY, target="measures"),),
    ),
    item(
        "reading",
        Kind.INTERPRETATION,
        "一图看懂新低保办法",
        "新办法由安政发〔2025〕12号公布。",
        day=5,
        publisher="安澜县民政局",
        field="社会救助",
        links=(
            Link(relation=Relation.INTERPRETS, target="measures"),
            Link(relation=Relation.RELATED, target="gone"),
        ),
    ),
    sealed(
        Item(
            id="guide",
            kind=Kind.GUIDE,
            title="最低生活保障审核确认",
            publisher="安澜县民政局",
            field="社会救助",
            published=date(2025, 3, 2),
            facts=(
                Fact(label="办事主题", value="社会救助"),
                Fact(label="承诺时限", value="15 个工作日"),
                Fact(label="事项类型", value="行政给付"),
            ),
            blocks=(
                Heading(text="材料清单"),
                Table(header=("材料名称", "份数"), rows=(("户口簿复印件", "1"),)),
            ),
            aliases=("低保",),
        )
    ),
    sealed(
        Item(
            id="hall",
            kind=Kind.PLACE,
            title="安澜县政务服务中心",
            place=Place(category="政务大厅", address="澜江大道 66 号", landmark="县人民医院对面"),
        )
    ),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("content")
    release.publish(folder, release.build(folder, None, ITEMS, (), NOW, source=Source.SEED))
    return folder


@pytest.fixture(scope="module")
def library(root):
    return Library(root)


def ids(found):
    return [row.id for row in found.results]


def test_an_item_comes_back_as_it_was_put_in(library):
    assert [library.get(one.id) for one in ITEMS] == list(ITEMS)


def test_an_unknown_id_is_none(library):
    assert library.get("nobody") is None


def test_a_list_is_newest_first_and_undated_items_last(library):
    page = library.list()
    assert page.total == 5
    assert [row.id for row in page.rows] == ["reading", "measures", "old", "guide", "hall"]


def test_a_page_is_a_part_and_total_counts_all(library):
    page = library.list(offset=1, limit=2)
    assert page.total == 5
    assert [row.id for row in page.rows] == ["measures", "old"]


def test_a_list_can_be_sorted_by_title(library):
    titles = [row.title for row in library.list(order=Order.TITLE).rows]
    assert titles == sorted(titles)


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(kind=Kind.POLICY), {"measures", "old"}),
        (Filters(publisher="安澜县民政局"), {"old", "reading", "guide"}),
        (Filters(year=2025), {"guide"}),
        (Filters(validity=Validity.REPEALED), {"old"}),
        (Filters(kind=Kind.POLICY, in_force=True), {"measures"}),
        (Filters(in_force=True), {"measures", "reading", "guide", "hall"}),
        (Filters(category="政务大厅"), {"hall"}),
        (Filters(category="社会救助"), {"guide"}),
        (Filters(field="养老服务"), set()),
    ],
)
def test_filters_leave_what_they_say(library, filters, left):
    page = library.list(filters)
    assert {row.id for row in page.rows} == left
    assert page.total == len(left)


def test_a_list_row_opens_with_the_text_and_carries_the_facts_it_shows(library):
    (row,) = library.list(Filters(kind=Kind.GUIDE)).rows
    assert row.fact("承诺时限") == "15 个工作日"
    assert row.fact("事项类型") is None
    (row,) = library.list(Filters(kind=Kind.PLACE)).rows
    assert row.place is not None
    assert row.snippet == row.place.address


@pytest.mark.parametrize(
    "written", ["安政发〔2025〕12号", "安政发[2025]第 12 号", "安政发2025 12", "政发(2025)12"]
)
def test_a_number_in_any_writing_finds_its_document_first(library, written):
    found = library.search(written)
    assert ids(found)[0] == "measures"


def test_documents_that_mention_the_number_come_after_it(library):
    assert ids(library.search("安政发〔2025〕12号")) == ["measures", "reading"]


def test_an_index_number_finds_its_document(library):
    assert ids(library.search("AL0001/2025-112"))[0] == "measures"


def test_an_article_is_shown_where_it_stands(library):
    row = library.search("最低生活保障审核确认办法第8条").results[0]
    assert row.id == "measures"
    assert row.snippet.startswith("第八条")


def test_two_characters_are_enough(library):
    assert {"measures", "old", "reading", "guide"} == set(ids(library.search("低保")))


def test_an_everyday_word_lights_up_the_official_one(library):
    row = next(row for row in library.search("低保").results if row.id == "guide")
    ((start, end),) = row.title_marks
    assert row.title[start:end] == "最低生活保障"


def test_marks_show_the_words_in_the_snippet(library):
    row = next(row for row in library.search("乡镇受理").results if row.id == "old")
    assert [row.snippet[start:end] for start, end in row.marks] == ["乡镇受理"]


def test_what_is_in_force_comes_before_what_it_replaced(library):
    found = ids(library.search("低保"))
    assert found.index("measures") < found.index("old")


def test_one_character_looks_into_titles_only(library):
    assert ids(library.search("图")) == ["reading"]
    assert ids(library.search("户")) == []


def test_tables_facts_and_places_are_searched(library):
    assert ids(library.search("户口簿复印件")) == ["guide"]
    assert ids(library.search("行政给付")) == ["guide"]
    assert ids(library.search("县人民医院对面")) == ["hall"]


@pytest.mark.parametrize(
    "words", ["", "  ", "？！", "xyzzy", "鿎鿎", '"', "AND OR NOT", "*", "((", "\0"]
)
def test_odd_input_finds_nothing_and_harms_nothing(library, words):
    assert library.search(words).total == 0


def test_kinds_are_counted_as_if_none_were_chosen(library):
    found = library.search("低保", Filters(kind=Kind.GUIDE))
    assert ids(found) == ["guide"]
    assert {count.value: count.count for count in found.kinds} == {
        "policy": 2,
        "interpretation": 1,
        "guide": 1,
    }


def test_a_facet_counts_as_if_its_own_filter_were_not_set(library):
    found = library.search("低保", Filters(publisher="安澜县人民政府"))
    assert found.total == 1
    publishers = {count.value: count.count for count in found.facets.publisher}
    assert publishers == {"安澜县人民政府": 1, "安澜县民政局": 3}
    assert [count.value for count in found.facets.validity] == ["有效"]


def test_results_come_in_pages(library):
    whole = ids(library.search("低保", limit=10))
    assert ids(library.search("低保", limit=2, offset=1)) == whole[1:3]
    assert library.search("低保", limit=2, offset=1).total == len(whole)


def test_facets_of_a_kind_count_its_values(library):
    facets = library.facets(Kind.POLICY)
    assert [(c.value, c.count) for c in facets.publisher] == [
        ("安澜县人民政府", 1),
        ("安澜县民政局", 1),
    ]
    assert [c.value for c in library.facets().year] == ["2026", "2025"]


def test_kinds_count_the_whole_library(library):
    assert library.kinds() == {
        Kind.POLICY: 2,
        Kind.INTERPRETATION: 1,
        Kind.GUIDE: 1,
        Kind.PLACE: 1,
    }


def test_links_are_followed_both_ways_and_dead_ones_left_out(library):
    assert [(r.relation, r.direction, r.row.id) for r in library.related("measures")] == [
        (Relation.INTERPRETS, Direction.IN, "reading"),
        (Relation.REPLACED_BY, Direction.IN, "old"),
    ]
    assert [(r.relation, r.direction, r.row.id) for r in library.related("reading")] == [
        (Relation.INTERPRETS, Direction.OUT, "measures")
    ]


def test_news_are_documents_and_interpretations(library):
    assert [row.id for row in library.newest(2)] == ["reading", "measures"]


def test_suggestions_begin_with_what_was_typed_or_have_it_inside(library):
    assert "最低生活保障审核确认" in library.suggest("最低")
    assert "安澜县政务服务中心" in library.suggest("服务中")
    assert "最低生活保障审核确认" in library.suggest("zdsh")
    assert library.suggest("")
    assert len(library.suggest("低", limit=1)) == 1


def test_age_tells_the_release_and_the_last_check(root, library):
    age = library.age()
    assert (age.release, age.content_from, age.source) == (1, NOW, Source.SEED)
    assert age.last_checked is None
    (root / "status.json").write_text(
        '{"last_checked": "2026-11-20T01:20:00Z", "portal_reachable": false, "more": 1}'
    )
    assert library.age().last_checked == datetime(2026, 11, 20, 1, 20, tzinfo=UTC)
    assert library.age().portal_reachable is False


def test_a_new_release_is_read_from_the_next_question_on(tmp_path):
    release.publish(tmp_path, release.build(tmp_path, None, ITEMS, (), NOW))
    library = Library(tmp_path)
    seq = release.build(tmp_path, 1, (), ["old"], NOW)
    assert library.get("old") is not None
    release.publish(tmp_path, seq)
    assert library.get("old") is None
    release.roll_back(tmp_path)
    assert library.get("old") is not None


def test_a_release_that_cannot_be_opened_leaves_the_old_one_open(tmp_path):
    release.publish(tmp_path, release.build(tmp_path, None, ITEMS, (), NOW))
    library = Library(tmp_path)
    (tmp_path / "current").write_text("7")
    assert library.get("guide") is not None
    assert library.age().release == 1


def test_without_any_release_there_is_no_library(tmp_path):
    with pytest.raises(ReleaseError, match="同步"):
        Library(tmp_path)


def test_until_the_first_sync_the_fallback_is_read(tmp_path, root):
    library = Library(tmp_path, root)
    assert library.get("guide") is not None
    release.publish(tmp_path, release.build(tmp_path, None, ITEMS[:1], (), NOW))
    assert library.get("guide") is None
    assert library.get("measures") is not None


def test_a_synced_root_is_opened_as_it_is(root):
    assert open_library(root).age().release == 1


def test_a_worker_may_search_while_the_screen_lists(library):
    failures = []

    def work():
        try:
            for _ in range(50):
                assert library.search("低保").total == 4
        except BaseException as problem:  # noqa: BLE001  # whatever it is, the test must see it
            failures.append(problem)

    worker = threading.Thread(target=work)
    worker.start()
    for _ in range(300):
        assert library.list().total == 5
        assert library.get("guide") is not None
    worker.join()
    assert not failures
