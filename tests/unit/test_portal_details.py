"""Small readers behind a page: files, catalogue rows, places, deep and dirty markup."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_cache.errors import PortalError, Refused
from content_cache.model import Heading, Kind, Paragraph, Picture, Steps, Table, plain_text
from content_cache.portals.blocks import heading_level
from content_cache.portals.files import check_first_bytes
from content_cache.portals.page import read_items
from content_cache.sites.profile import load_site

URL = "http://www.anlan.gov.example/zwgk/tzgg/202611/t20261103_1.html"


def read(body, kind=Kind.NOTICE, url=URL):
    html = f"<html><head><title>关于一件事的通知_网站</title></head><body>{body}</body></html>"
    return read_items(url, html.encode(), load_site("generic"), kind=kind)


def blocks(body):
    return read(f"<div id='zoom'>{body}</div>")[0].blocks


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.pdf", b"%PDF-1.4"),
        ("a.docx", b"PK\x03\x04"),
        ("a.doc", b"\xd0\xcf\x11\xe0"),
        ("a.doc", b"PK\x03\x04"),
        ("a.ofd", b"PK\x03\x04"),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("unknown", b"\x00\x01"),
    ],
)
def test_a_file_that_begins_as_it_should_is_taken(name, start):
    check_first_bytes(name, "http://x/downfile.jsp?id=1", start)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.pdf", b"<html>"),
        ("a.pdf", b"PK\x03\x04"),
        ("a.doc", b"%PDF-1.4"),
        ("unknown", b"  <!DOCTYPE html>"),
        ("a.pdf", b""),
    ],
)
def test_a_file_that_is_something_else_is_refused(name, start):
    with pytest.raises(Refused):
        check_first_bytes(name, "http://x/file", start)


@pytest.mark.parametrize(
    ("text", "bold", "level"),
    [
        ("第一章　总则", False, 1),
        ("第三章 监督管理", False, 1),
        ("第二节 申请", False, 2),
        ("第一章规定的情形除外。", False, None),
        ("一、总体要求", True, 1),
        ("一、总体要求", False, None),
        ("（一）指导思想。", True, 2),
        ("附件", True, 2),
        ("各乡镇人民政府：", True, None),
        ("第一条　为了规范", False, None),
    ],
)
def test_headings_are_told_from_paragraphs(text, bold, level):
    assert heading_level(text, bold=bold) == level


def test_line_breaks_part_paragraphs_and_leading_spaces_go():
    assert blocks("<p>　　第一段。<br/><br>　　第二段。　　第三段。</p><p>&nbsp;</p>") == (
        Paragraph(text="第一段。"),
        Paragraph(text="第二段。"),
        Paragraph(text="第三段。"),
    )


def test_numbered_lists_are_steps_and_other_lists_paragraphs():
    assert blocks("<ol><li>申请</li><li>受理</li></ol><ul><li>带身份证</li></ul>") == (
        Steps(steps=("申请", "受理")),
        Paragraph(text="带身份证"),
    )


def test_pictures_come_with_full_addresses_and_icons_do_not_come():
    body = (
        "<p>图解如下。</p><img src='./W020261103.jpg' "
        "alt='办事流程图'><img src='/images/icon_pdf.gif'>"
        "<img src='data:image/png;base64,AA'><img src='dot.png' width='1'>"
    )
    assert blocks(body) == (
        Paragraph(text="图解如下。"),
        Picture(
            url="http://www.anlan.gov.example/zwgk/tzgg/202611/W020261103.jpg",
            caption="办事流程图",
        ),
    )


def test_a_layout_table_is_not_a_table():
    body = "<table><tr><td><p>第一段话说明情况。</p></td></tr><tr><td>第二段话。</td></tr></table>"
    assert blocks(body) == (Paragraph(text="第一段话说明情况。"), Paragraph(text="第二段话。"))


def test_rows_of_a_table_are_equally_long():
    [table] = blocks("<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td></tr></table>")
    assert table == Table(header=(), rows=(("甲", "1"), ("乙", "")))


def test_a_broken_span_does_not_make_a_giant_table():
    [table] = blocks(
        "<table><tr><td colspan='99999999'>甲</td></tr>"
        "<tr><td rowspan='x'>乙</td><td>丙</td></tr></table>"
    )
    assert len(table.rows[0]) == 200


def test_word_rubbish_leaves_no_trace():
    rubbish = "<!--[if gte mso 9]><xml>" + "<w:Lsd/>" * 20_000 + "</xml><![endif]-->"
    body = (
        f"{rubbish}<style>p.MsoNormal{{mso-x:1}}</style><p class=MsoNormal><span lang=EN-US "
        "style='mso-font:x'>为加强<o:p></o:p></span><span>管理，</span>制定本办法。</p>"
        "<p class=MsoNormal><o:p>&nbsp;</o:p></p><?xml:namespace prefix = o />"
    )
    assert blocks(body) == (Paragraph(text="为加强管理，制定本办法。"),)


def test_very_deep_markup_is_read_to_its_end():
    body = "<font>" * 600 + "藏得很深的一句话。" + "</font>" * 600 + "<p>后面的一句话。</p>"
    assert "藏得很深的一句话。" in plain_text(read(f"<div id='zoom'>{body}</div>")[0])


def test_entities_and_zero_width_characters_are_cleaned():
    assert blocks("<p>&ldquo;放管服&rdquo;\u200b改革&nbsp;A&amp;B</p>") == (
        Paragraph(text="“放管服”改革 A&B"),
    )


CATALOGUE = """\
<p class="ly">发布机构：安澜县民政局　领域：<span>社会救助</span>　发布日期：2026-01-15</p>
<div id="zoom"><table><tr><th rowspan="2">序号</th>
<th colspan="2">公开事项</th><th rowspan="2">公开内容
（要素）</th><th rowspan="2">公开时限</th><th rowspan="2">公开渠道和载体</th>
<th colspan="2">公开对象</th>
<th colspan="2">公开方式</th></tr><tr>
<th>一级事项</th><th>二级事项</th><th>全社会</th><th>特定群体</th>
<th>主动</th><th>依申请</th></tr>
<tr id="r1"><td>1</td><td rowspan="2">临时救助</td><td>政策法规</td><td>文件</td>
<td>20 个工作日内</td>
<td>■政府网站<br>□政府公报<br>■政务服务中心</td><td>√</td><td></td><td>√</td><td></td></tr>
<tr><td>2</td><td>审核确认</td><td>名单</td><td>同上</td><td>□政府网站 ☑公开查阅点</td>
<td></td><td>√</td>
<td></td><td>√</td></tr>
<tr><td>3</td><td></td><td>监督检查</td><td>电话</td><td>长期</td><td>■政府网站</td><td>√</td><td></td>
<td>√</td><td></td></tr></table></div>"""


def test_every_row_of_a_catalogue_is_an_item():
    url = "http://www.anlan.gov.example/zwgk/bzml/civ.html"
    items = read(CATALOGUE, Kind.CATALOGUE, url)
    assert [item.title for item in items] == [
        "临时救助—政策法规",
        "临时救助—审核确认",
        "临时救助—监督检查",
    ]
    first, second, third = items
    assert first.source_url == f"{url}#r1"
    assert second.source_url.startswith(f"{url}#row-")
    assert len({item.id for item in items}) == 3
    assert (first.publisher, first.field, first.published) == (
        "安澜县民政局",
        "社会救助",
        date(2026, 1, 15),
    )
    assert first.fact("公开渠道") == "政府网站、政务服务中心"
    assert (first.fact("公开对象"), first.fact("公开方式")) == ("全社会", "主动公开")
    assert (second.fact("公开对象"), second.fact("公开方式")) == ("特定群体", "依申请公开")
    assert second.fact("公开渠道") == "公开查阅点"
    assert third.fact("一级事项") == "临时救助"


def test_a_place_has_its_address_and_coordinates():
    body = (
        "<h1>柳湾镇便民服务中心</h1><table><tr><th>地址</th><td>柳湾镇兴业街 8 号</td></tr><tr>"
        "<th>联系电话</th><td>5550210</td></tr><tr><th>服务内容</th><td>社保、医保；户籍</td></tr>"
        "<tr><th>坐标</th><td>34.123456, 116.654321</td></tr><tr><th>坐标系</th><td>GCJ02</td></tr>"
        "<tr><th>核对日期</th><td>2026年10月12日</td></tr></table>"
    )
    [item] = read(body, Kind.PLACE)
    assert item.place.address == "柳湾镇兴业街 8 号"
    assert item.place.services == ("社保", "医保", "户籍")
    assert (item.place.lon, item.place.lat) == (116.654321, 34.123456)
    assert item.place.system == "GCJ-02"
    assert item.place.checked == date(2026, 10, 12)
    assert item.blocks == ()


PAGE = (
    "<html><head><meta name='ArticleTitle' content='通知'></head><body><table><tr><td>索引号</td>"
    "<td>A1</td></tr></table><div id='zoom'><p>第一段，说明情况。</p><table><tr><td>甲</td><td>乙"
    "</td></tr></table><a href='a.pdf'>表.pdf</a></div></body></html>"
)
DIRT = ["<table><tr><td rowspan=3>", "</div>", "<!--", "-->", "<a href='http://[x'>x.pdf</a>"]
DIRT += ["<img src='http://[x'>", "&#0;", "&#xD800;", "<ol><li>", "<td>索引号</td>", "<font>" * 80]
DIRT += ["<meta http-equiv=refresh content='0;url=http://[x'>", "<iframe src='//x/a.pdf?file=['>"]


@given(st.lists(st.tuples(st.integers(0, len(PAGE)), st.sampled_from(DIRT)), max_size=5))
@settings(max_examples=20, deadline=None)
def test_no_dirt_makes_the_reader_fail_in_another_way(dirt):
    page = PAGE
    for place, text in dirt:
        page = page[:place] + text + page[place:]
    try:
        items = read_items(URL, page.encode("utf-8"), load_site("generic"))
    except PortalError:
        return
    assert all(item.title for item in items)


def test_a_heading_element_with_a_whole_sentence_is_a_paragraph():
    [first, second] = blocks("<h2>总体要求</h2><h3>这是一句写在标题标签里的完整的话。</h3>")
    assert isinstance(first, Heading)
    assert isinstance(second, Paragraph)
