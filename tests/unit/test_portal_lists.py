"""List pages of several families: which pages they lead to and where they go on."""

from __future__ import annotations

import pytest

from content_cache.errors import Refused
from content_cache.portals.lists import (
    announced_pages,
    further_pages,
    json_rows_in,
    next_page,
    rows_in,
)
from content_cache.sites.profile import Column, JsonRows, load_site

URL = "http://www.anlan.gov.example/zwgk/tzgg/"
MENU = "<div class='nav'><ul>" + "<li><a href='/zwgk/'>政务公开</a></li>" * 9 + "</ul></div>"
SIDE = (
    "<div class='side'><ul>"
    + "".join(
        f"<li><a href='/x/t{n}.html'>最新公开的第{n}条</a><span>2026-11-0{n}</span></li>"
        for n in range(1, 9)
    )
    + "</ul></div>"
)


def rows(html, profile="generic"):
    return rows_in(f"<html><body>{MENU}{html}{SIDE}</body></html>", URL, load_site(profile))


def test_rows_with_dates_are_found_without_selectors():
    html = (
        "<table><tr><th>名称</th><th>日期</th></tr>"
        "<tr><td><a href='./202611/t20261101_1.html'>关于一</a></td><td>2026-11-01</td></tr>"
        "<tr><td><a "
        "href='../tzgg/202611/t20261102_2.html'>关于二</a></td><td>2026-11-02</td></tr></table>"
    )
    assert rows(html) == [f"{URL}202611/t20261101_1.html", f"{URL}202611/t20261102_2.html"]


def test_rows_without_dates_are_found_by_their_titles():
    html = "".join(
        f"<li><a href='art_{n}.html'>关于做好第{n}项工作的通知</a></li>" for n in range(3)
    )
    assert rows(f"<ul class='q'>{html}</ul>") == [f"{URL}art_{n}.html" for n in range(3)]


def test_a_row_counts_once_and_by_its_title_link():
    html = (
        "<ul class='list'><li><a href='/zwgk/'>"
        "[公告]</a><a href='a.html#top'>关于停水的公告</a></li>"
        "<li><a href='a.html'>关于停水的公告</a></li></ul>"
    )
    assert rows(html) == [f"{URL}a.html"]


def test_other_sites_are_listed_and_files_are_not():
    html = (
        "<ul class='list'><li><a href='http://www.other.example/a.html'>外站的一条</a></li>"
        "<li><a href='名单.pdf'>一份名单</a></li><li><a href='javascript:go(1)'>脚本</a></li></ul>"
    )
    assert rows(html) == ["http://www.other.example/a.html"]


def test_an_empty_column_lists_nothing_even_beside_a_full_side_list():
    assert rows("<ul class='list'></ul>") == []


def test_records_that_a_script_would_put_in_are_read():
    html = (
        "<script type='text/xml'><datastore><nextgroup>"
        "<![CDATA[<a href='x?page=2'></a>]]></nextgroup>"
        "<recordset><record><![CDATA[<li><a "
        "href='/art/2026/11/3/art_1_77.html' title='关于供暖的通知'>"
        "关于供…</a><span>2026-11-03</span></li>]]></record></recordset></datastore></script>"
    )
    assert rows(html, "jcms") == ["http://www.anlan.gov.example/art/2026/11/3/art_1_77.html"]


@pytest.mark.parametrize(
    ("script", "pages"),
    [
        ('createPageHTML(3, 0, "index", "html");', 3),
        ("var countPage=56\nvar endPage=countPage-1", 56),
        ("laypage({pageCount:12, current:1})", 12),
        ("<span>共<b>7</b>页</span>", 7),
        ("nothing here", None),
    ],
)
def test_the_number_of_pages_is_read_from_the_script(script, pages):
    assert announced_pages(script) == pages


def test_the_next_page_is_the_one_behind_its_words():
    html = "<html><body><a href='tzgg/35.htm'>下页</a><a href='tzgg/1.htm'>尾页</a></body></html>"
    assert next_page(html, "http://x.example/tzgg.htm") == "http://x.example/tzgg/35.htm"
    assert next_page("<html><body><a href='#'>下一页</a></body></html>", URL) is None


@pytest.mark.parametrize(
    ("profile", "id_", "second", "third"),
    [
        ("trs", "", "index_1.html", "index_2.html"),
        ("ucap", "", "list_2.shtml", "list_3.shtml"),
        ("epoint", "", "2.html", "3.html"),
        ("jcms", "", "index.html?pageNum=2", "index.html?pageNum=3"),
        ("longxun", "siteId=7&catId=9", None, None),
    ],
)
def test_every_family_numbers_its_pages(profile, id_, second, third):
    column = Column(path="/zwgk/tzgg/", name="通知公告", id=id_)
    way = further_pages(column, URL, load_site(profile))[0]
    pages = [next(way), next(way)]
    if second is None:
        assert pages[0].endswith("/site/label/8888?siteId=7&catId=9&pageIndex=2")
    else:
        assert pages == [URL + second, URL + third]


def test_an_interface_of_json_is_asked_from_its_first_page():
    column = Column(path="/ajj/gkmlpt/", name="文件", id="123")
    [way] = further_pages(column, "http://x.example/ajj/gkmlpt/", load_site("gkmlpt"), first=True)
    assert next(way) == "http://x.example/ajj/gkmlpt/api/all/123?page=1"


def test_json_rows_are_read_by_their_keys():
    text = '{"data": {"results": [{"url": "/a.shtml", "title": "一"}, {"title": "无链接"}]}}'
    shape = JsonRows(rows="data.results", url="url")
    assert json_rows_in(text, URL, shape) == ["http://www.anlan.gov.example/a.shtml"]


@pytest.mark.parametrize("text", ["<html>login</html>", "[]", '{"data": null}', '{"data": 1}'])
def test_json_of_another_shape_is_refused(text):
    with pytest.raises(Refused):
        json_rows_in(text, URL, JsonRows(rows="data.results", url="url"))
