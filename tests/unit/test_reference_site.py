import re
import threading

import pytest
from lxml import html

from content_cache.model import Kind, Validity
from content_cache.seed.load import load, path_of
from deploy.reference_portal.desk import TRIES, WINDOW_S, Desk
from deploy.reference_portal.faults import Fault, Switch
from deploy.reference_portal.lists import REDIRECT_PATH, ROWS_A_PAGE
from deploy.reference_portal.site import Site
from kiosk.fonts import font_path

MAIN_TAGS = (
    "SiteName SiteDomain SiteIDCode ColumnName ColumnType ArticleTitle PubDate ContentSource"
)


@pytest.fixture(scope="module")
def seed():
    return load()


@pytest.fixture(scope="module")
def site(seed):
    return Site(seed, font_path())


def page(site, path, encoding="utf-8-sig"):
    return html.fromstring(site.answer(path).body.decode(encoding))


def of(seed, kind, **fields):
    return next(
        item
        for item in seed.items
        if item.kind is kind and all(getattr(item, key) == value for key, value in fields.items())
    )


def test_every_item_has_a_page_with_the_mandatory_tags(seed, site):
    for item in seed.items:
        body = site.answer(path_of(item)).body
        text = body.decode("gb18030") if item.columns[0] == "部门文件" else body.decode("utf-8-sig")
        tags = {name.lower() for name in re.findall(r"<meta name=[\"'](\w+)", text, re.IGNORECASE)}
        assert {tag.lower() for tag in MAIN_TAGS.split()} <= tags
        assert "9900210001" in text


def test_one_section_says_utf_8_and_is_not(seed, site):
    item = next(i for i in seed.items if i.columns[0] == "部门文件")
    body = site.answer(path_of(item)).body
    with pytest.raises(UnicodeDecodeError):
        body.decode()
    assert b"charset=UTF-8" in body
    assert item.title in body.decode("gb18030")


def test_the_three_info_blocks_are_all_there(seed, site):
    county = page(site, path_of(of(seed, Kind.POLICY, publisher="安澜县人民政府")))
    assert county.xpath("//table[contains(@class,'xxgk_article')]")
    office = page(site, path_of(of(seed, Kind.POLICY, publisher="安澜县人民政府办公室")))
    assert office.xpath("//div[contains(@class,'index_box')]//font")
    department = next(i for i in seed.items if i.columns[0] == "部门文件")
    tree = page(site, path_of(department), "gb18030")
    assert tree.xpath("//div[contains(@class,'top-l')]/p/strong")


def test_stale_fields_stand_only_in_comments(seed, site):
    tree = page(site, path_of(of(seed, Kind.POLICY, publisher="安澜县人民政府")))
    assert "1999" not in tree.text_content()
    assert any("1999" in (comment.text or "") for comment in tree.iter(html.etree.Comment))


def test_a_repealed_document_is_marked(seed, site):
    item = of(seed, Kind.POLICY, validity=Validity.REPEALED)
    tree = html.fromstring(site.answer(path_of(item)).body.decode("gb18030"))
    assert tree.xpath("//em[@class='red_base']/text()") == ["废止"]


def test_lists_page_by_fifteen_and_say_how_many_pages(seed, site):
    faqs = sum(item.kind is Kind.FAQ for item in seed.items)
    pages = -(-faqs // ROWS_A_PAGE)
    first = site.answer("/hdjl/cjwt/").body.decode()
    assert f'createPageHTML({pages}, 0, "index", "html")' in first
    assert site.answer("/hdjl/cjwt/index.html") == site.answer("/hdjl/cjwt/")
    rows = []
    for number in range(pages):
        name = f"index_{number}.html" if number else "index.html"
        rows += page(site, f"/hdjl/cjwt/{name}").xpath("//ul[@class='list']//a/@href")
    assert len(set(rows)) == faqs
    assert all(row.startswith("./2") for row in rows)
    assert site.answer(f"/hdjl/cjwt/index_{pages}.html") is None


def test_a_list_holds_the_traps(seed, site):
    hrefs = []
    for name in ("index.html", "index_1.html"):
        hrefs += page(site, f"/zwgk/tzgg/{name}").xpath("//ul[@class='list']//a/@href")
    assert any("qingning" in href for href in hrefs)
    assert any(REDIRECT_PATH.endswith(href.removeprefix(".")) for href in hrefs)
    assert site.answer(REDIRECT_PATH).location


def test_some_list_dates_differ_from_the_documents(seed, site):
    days = {path_of(item): str(item.published) for item in seed.items}
    shown = {}
    for row in page(site, "/bsfw/bszn/").xpath("//ul[@class='list']/li"):
        shown["/bsfw/bszn" + row.xpath("a/@href")[0].removeprefix(".")] = row.xpath("span/text()")[
            0
        ]
    assert {days[path] == day for path, day in shown.items()} == {True, False}


def test_attachments_are_beside_the_page_under_numbers(seed, site):
    item = next(i for i in seed.items if i.attachments and i.kind is Kind.GUIDE)
    link = page(site, path_of(item)).xpath("//div[@class='fujian']//a")[0]
    assert link.get("href").startswith("./P0")
    assert link.text == item.attachments[0].name
    path = path_of(item).rpartition("/")[0] + link.get("href").removeprefix(".")
    assert site.answer(path).body.startswith(b"%PDF-")


def test_an_edit_changes_one_page_and_its_lists_only(seed):
    site = Site(seed, font_path())
    item, other = [i for i in seed.items if i.kind is Kind.FAQ][:2]
    before = {path: site.answer(path).etag for path in (path_of(item), path_of(other))}
    assert site.edit(path_of(item), "新的题目", "补充一段。")
    assert site.answer(path_of(other)).etag == before[path_of(other)]
    changed = site.answer(path_of(item))
    assert changed.etag != before[path_of(item)]
    assert "补充一段。" in changed.body.decode()
    assert changed.modified.year >= 2026
    site.reset()
    assert site.answer(path_of(item)).etag == before[path_of(item)]


def test_an_edit_of_nothing_is_refused(site):
    assert not site.edit("/zwgk/none.html", "x", None)


def test_stale_list_misses_the_newest_rows(site):
    fresh = page(site, "/zwgk/zcjd/").xpath("//ul[@class='list']//a/@href")
    stale = html.fromstring(site.stale_list("/zwgk/zcjd/").body.decode("utf-8-sig"))
    rows = stale.xpath("//ul[@class='list']//a/@href")
    assert fresh[0] not in rows
    assert fresh[5] == rows[0]


# --- switch and desk -----------------------------------------------------------------------------


def test_a_fault_lasts_as_many_times_as_ordered():
    switch = Switch()
    switch.arm(Fault.CUT, "/a/*", 2)
    assert [switch.take("/a/x"), switch.take("/b"), switch.take("/a/y"), switch.take("/a/z")] == [
        Fault.CUT,
        None,
        Fault.CUT,
        None,
    ]


def test_off_disarms():
    switch = Switch()
    switch.arm(Fault.BUSY, "/a", None)
    switch.arm(Fault.CUT, "/b", None)
    switch.arm(Fault.OFF, "/a", None)
    assert (switch.take("/a"), switch.take("/b")) == (None, Fault.CUT)
    switch.arm(Fault.OFF, "*", None)
    assert switch.take("/b") is None


ASK = b'{"number": "4109202611090117", "proof": "%s"}'


def test_the_desk_gives_a_case_without_its_password():
    status, body = Desk(lambda: 0.0).answer(ASK % b"260117")
    assert status == 200
    assert b"CXMM" not in body


def test_the_desk_does_not_say_what_was_wrong():
    desk = Desk(lambda: 0.0)
    assert desk.answer(ASK % b"000000") == desk.answer(b'{"number": "1", "proof": "260117"}')


def test_the_desk_stops_guessing_for_a_minute():
    now = [0.0]
    desk = Desk(lambda: now[0])
    assert [desk.answer(ASK % b"000000")[0] for _ in range(TRIES)] == [404] * TRIES
    assert desk.answer(ASK % b"260117")[0] == 429
    now[0] = WINDOW_S + 1
    assert desk.answer(ASK % b"260117")[0] == 200


def test_the_desk_refuses_what_is_no_question():
    for body in (b"", b"[]", b'{"number": 1, "proof": 2}', b'{"number": "1"}', b"\xff"):
        assert Desk(lambda: 0.0).answer(body)[0] == 400


def test_pages_asked_for_at_once_come_out_whole(seed):
    site = Site(seed, font_path())
    paths = [path_of(item) for item in seed.items[:40]]
    got = []

    def read():
        got.append([site.answer(path).etag for path in paths])

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(tags == got[0] for tags in got)
