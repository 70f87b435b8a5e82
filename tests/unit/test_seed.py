from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_cache.errors import SeedError
from content_cache.model import (
    Heading,
    Kind,
    Paragraph,
    Relation,
    Steps,
    Table,
    Validity,
    digest_of,
    item_id,
)
from content_cache.seed import addresses
from content_cache.seed.load import load, path_of
from content_cache.seed.marks import blocks_of

POLICY = """+++
title = "低保办法"
publisher = "安澜县民政局"
field = "社会救助"
written = 2025-06-03
published = 2025-06-05
validity = "现行有效"
+++
第一条　为了……
"""
GUIDE_HEAD = """+++
title = "低保"
publisher = "安澜县民政局"
field = "社会救助"
published = 2026-03-02
theme = "社会救助"
audience = "自然人"
"""


@pytest.fixture(scope="module")
def seed():
    return load()


def county(tmp_path, files):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_shipped_county_has_every_kind(seed):
    kinds = Counter(item.kind for item in seed.items)
    assert set(kinds) == set(Kind)
    assert kinds[Kind.POLICY] >= 50
    assert kinds[Kind.GUIDE] >= 25


def test_items_are_sealed_and_named_after_their_address(seed):
    for item in seed.items:
        assert item.digest == digest_of(item)
        assert item.id == item_id(item.source_url)
        assert item.source_url.startswith("http://www.anlan.gov.example/")
    assert len({item.id for item in seed.items}) == len(seed.items)
    assert set(seed.names.values()) == {item.id for item in seed.items}


def test_every_link_leads_to_an_item_and_carries_its_title(seed):
    titles = {item.id: item.title for item in seed.items}
    for item in seed.items:
        for link in item.links:
            assert titles[link.target] == link.title


def test_addresses_have_the_trs_form(seed):
    path = path_of(next(i for i in seed.items if i.publisher == "安澜县人民政府"))
    assert path.startswith("/zwgk/zcwj/xzfwj/2")
    folder, name = path.split("/")[4:]
    assert name.startswith(f"t{folder}")
    assert len(name) == len("t20250605_1234567.html")


def test_normative_documents_are_listed_in_two_columns(seed):
    twice = [item for item in seed.items if len(item.columns) == 2]
    assert twice
    assert all(item.columns[1] == "规范性文件" for item in twice)


def test_catalogue_rows_share_a_page_and_differ_in_the_fragment(seed):
    rows = [item for item in seed.items if item.kind is Kind.CATALOGUE]
    first = rows[0]
    fragment = addresses.row_fragment(first.fact("一级事项"), first.fact("二级事项"))
    assert first.source_url.endswith(f"#{fragment}")
    assert first.title == f"{first.fact('一级事项')}—{first.fact('二级事项')}"
    assert path_of(rows[0]) == path_of(rows[1])
    labels = [fact.label for fact in first.facts]
    assert labels[:3] == ["一级事项", "二级事项", "公开内容"]
    assert labels[-1] == "公开层级"


def test_every_attachment_has_words_and_no_digest(seed):
    files = [file for item in seed.items for file in item.attachments]
    assert {file.url for file in files} == set(seed.attachment_texts)
    assert all(file.digest is None and file.name.endswith(".pdf") for file in files)


def test_policy_file_becomes_an_item(tmp_path):
    item = load(county(tmp_path, {"policy/a.md": POLICY})).items[0]
    assert (item.kind, item.validity, item.written) == (
        Kind.POLICY,
        Validity.VALID,
        date(2025, 6, 3),
    )
    assert item.columns == ("部门文件", "规范性文件")
    assert item.blocks == (Paragraph(text="第一条　为了……"),)


def test_successor_becomes_a_link(tmp_path):
    old = POLICY.replace("现行有效", "已废止").replace(
        "written", 'successor = "policy/new"\nwritten'
    )
    seed = load(county(tmp_path, {"policy/old.md": old, "policy/new.md": POLICY}))
    item = next(i for i in seed.items if i.validity is Validity.REPEALED)
    assert item.links[0].relation is Relation.REPLACED_BY
    assert item.links[0].target == seed.names["policy/new"]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"policy/a.md": POLICY.replace("title", "titel")}, ["policy/a.md", "titel"]),
        ({"policy/a.md": POLICY.replace("社会救助", "社会")}, ["policy/a.md", "field", "26"]),
        ({"policy/a.md": POLICY.replace("现行有效", "有效")}, ["validity", "现行有效"]),
        ({"policy/a.md": POLICY.replace("2025-06-03", "2025-06-09")}, ["written"]),
        ({"policy/a.md": POLICY.replace("+++\n", "", 1)}, ["policy/a.md", "+++"]),
        ({"policy/a.md": POLICY.replace("第一条　为了……", "")}, ["正文"]),
        ({"policy/a.md": POLICY.replace("第一条", "- 第一条")}, ["标记", "- 第一条"]),
        (
            {"policy/a.md": POLICY.replace("field", 'related = ["guide/none"]\nfield')},
            ["policy/a", "guide/none"],
        ),
        ({"policy/a.md": POLICY.replace("field", 'successor = "policy/a"\nfield')}, ["successor"]),
        ({"faq/a.toml": '[[item]]\nslug = "x"\n'}, ["faq/a.toml", "title"]),
        ({"guide/a.md": GUIDE_HEAD + "[facts]\n收费 = '不'\n+++\n# 受理条件\n"}, ["guide/a.md"]),
    ],
)
def test_a_slip_names_file_and_expectation(tmp_path, files, words):
    with pytest.raises(SeedError) as caught:
        load(county(tmp_path, files))
    for word in words:
        assert word in str(caught.value)


def test_same_slug_twice_is_refused(tmp_path):
    one = '[[item]]\nslug = "x"\ntitle = "问"\nanswer = "答"\npublisher = "局"\n'
    one += 'field = "救灾"\npublished = 2026-01-01\n'
    with pytest.raises(SeedError, match="faq/x"):
        load(county(tmp_path, {"faq/a.toml": one, "faq/b.toml": one}))


# --- body marks ----------------------------------------------------------------------------------


def test_marks_become_blocks():
    body = "# 第一章\n第一条　一\n第二条　二\n\n1. 甲\n2. 乙\n| 名 | 数 |\n| 纸 | 1 |\n## 小\n"
    assert blocks_of(body) == (
        Heading(text="第一章"),
        Paragraph(text="第一条　一"),
        Paragraph(text="第二条　二"),
        Steps(steps=("甲", "乙")),
        Table(header=("名", "数"), rows=(("纸", "1"),)),
        Heading(text="小", level=2),
    )


def test_a_number_that_counts_on_stays_in_the_text():
    assert blocks_of("1. 甲\n\n中间\n\n2. 乙") == (
        Steps(steps=("甲",)),
        Paragraph(text="中间"),
        Paragraph(text="2. 乙"),
    )


@pytest.mark.parametrize(
    "body", ["| a | b |\n| c |", "| a |", "| a | b", "### x", "<b>x</b>", "[a](b)"]
)
def test_unknown_marks_are_refused(body):
    with pytest.raises(SeedError):
        blocks_of(body)


@given(st.lists(st.text(alphabet="甲乙丙 。，1", min_size=1, max_size=20), max_size=8))
def test_no_character_of_a_plain_body_is_lost(lines):
    body = "\n\n".join(lines)
    text = "".join(block.text for block in blocks_of(body) if isinstance(block, Paragraph))
    assert text.replace(" ", "") == body.replace("\n", "").replace(" ", "")


@given(st.dates(date(2018, 1, 1), date(2026, 12, 31)), st.sampled_from(addresses.COLUMNS))
def test_attachments_stand_beside_their_page(day, column):
    page = addresses.BASE_URL + addresses.page_path(column, "slug", day)
    urls = [addresses.attachment_url(page, at) for at in range(3)]
    for one, other in pairwise(urls):
        assert one != other
    assert all(url.rpartition("/")[0] == page.rpartition("/")[0] for url in urls)
