"""Document pages in the shapes of the CMS families met at counties, with text of our own."""

from __future__ import annotations

from datetime import date

import pytest

from content_cache.errors import Gone, Refused
from content_cache.model import Heading, Kind, Paragraph, Table, Validity, plain_text
from content_cache.portals.page import read_items, read_page
from content_cache.sites.profile import load_site

TODAY = date(2026, 11, 20)
TITLE = "安澜县人民政府关于印发《安澜县小型水库管护办法》的通知"
TEXT = (
    "各乡镇人民政府、街道办事处，县政府各部门：",
    "为加强小型水库管护，保障下游群众生命财产安全，现将办法印发给你们，请认真贯彻执行。",
    "水库管护坚持属地负责、分级管理的原则，汛期每日巡查不少于两次。",
)
BODY = "".join(f"<p style='text-indent:2em'>　　{line}</p>" for line in TEXT)
MENU = "".join(f"<li><a href='/c{n}/'>第{n}个栏目名称</a></li>" for n in range(40))
FOOT = "<div class='footer'><p>主办单位：安澜县人民政府办公室　联系电话：5550002</p></div>"


def page(middle, head="", title=TITLE):
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}<title>{title}_安澜县人民政府网"
        f"</title></head><body><div class='nav'><ul>{MENU}</ul></div>{middle}{FOOT}</body></html>"
    ).encode()


def read(html, profile="generic", url="http://www.anlan.gov.example/zwgk/202506/t20250605_1.html"):
    return read_items(url, html, load_site(profile), today=TODAY)[0]


def lines(item):
    return [block.text for block in item.blocks if isinstance(block, Paragraph | Heading)]


TRS = page(
    "<div class='index_box'><ul><li>索&ensp;引&ensp;号：<font>AL0001/2025-00112</font></li>"
    "<li>发文机关：<font>安澜县人民政府</font></li><li>成文日期：<font>2025-06-03</font></li>"
    "<!--<li>成文日期：<font>1999-01-01</font></li>-->"
    "<li>发文字号：<font>安政发〔2025〕12号</font></li><li>发布日期：<font>2025-06-05</font></li>"
    "<li>有 效 性：<font><em class='red_base'>失效</em></font></li></ul></div>"
    f"<h1>{TITLE}</h1><div class=TRS_Editor>{BODY}</div>"
    "<div class='fujian'>附件：<a href='./P020250605123456789012.doc'>水库名录.doc</a></div>",
)
JCMS = page(
    "<div class='xl_con'><table class='xxgk_article'><tbody><tr><td>索引号</td>"
    "<td>AL0001/2025-00112</td><td>文号</td><td>安政发〔2025〕12号</td></tr><tr><td>组配分类</td>"
    "<td>县政府文件</td><td>发布机构</td><td>安澜县人民政府</td></tr><tr><td>成文日期</td>"
    "<td>2025-06-03</td><td>有效性</td><td>失效</td></tr></tbody></table>"
    f"<div class='xl_title'>{TITLE}</div><div "
    f"class='xl_doc'><span>发布时间：2025-06-05 08:59</span>"
    f"<span>浏览次数：<script>x()</script></span></div><div class='zoom' id='zoom'>{BODY}"
    "<p><a href='/module/download/downfile.jsp?classid=0&filename=be5f1a4be0294db7abf660dd336b3fa5"
    ".doc'><img src='/module/jslib/icons/word.png'/>水库名录.doc</a></p></div>"
    "<div class='sub-area'><a onclick='window.print()'>打印</a><a>关闭</a></div></div>"
)
UCAP = page(
    "<div class='xxgk'><table><tbody><tr><th>索 引 号：</th><td>AL0001/2025-00112</td>"
    "<th>主题分类：</th><td>水利</td></tr><tr><th>发布机构：</th><td>安澜县人民政府</td>"
    "<th>成文日期：</th><td>2025年06月03日</td></tr>"
    "<tr><th>文　　号：</th><td>安政发〔2025〕12号</td>"
    "<th>发布日期：</th><td>2025年06月05日</td></tr><tr><th>效力状态：</th><td>已失效</td></tr>"
    f"</tbody></table></div><h2><ucaptitle>{TITLE}</ucaptitle></h2><div id='zoomcon'>"
    f"<UCAPCONTENT>{BODY}#PAGE_BREAK#</UCAPCONTENT></div><div class='fjlist'><ul><li>"
    "<a href='/zbxzf/files/6f1e.doc' title='水库名录.doc'>水库名…</a></li></ul></div>"
)
LONGXUN = page(
    "<table class='xxgk_table'><tbody><tr><th>索引号:</th><td>AL0001/2025-00112</td>"
    "<th>组配分类:</th><td>规范性文件</td></tr><tr><th>发布机构:</th><td>安澜县人民政府</td>"
    "<th>发文日期:</th><td>2025-06-03 00:00</td></tr><tr><th>文号:</th><td>安政发〔2025〕12号</td>"
    "<th>发布日期:</th><td>2025-06-05 16:02</td></tr><tr><th>有效性:</th><td><span>废止失效</span>"
    f"</td></tr></tbody></table><h1 class='wztit'>{TITLE}</h1><div class='wzcon j-fontContent'>"
    f"{BODY}<p>附件：<a href='/group6/M00/05/5E/CgABC.doc'>水库名录.doc</a></p></div>"
)
GKMLPT = page(
    "<div class='classify'><table><tr><td class='label'>索引号:</td><td><span>AL0001/2025-00112"
    "</span></td><td class='label'>分类:</td><td><span>水利</span></td></tr><tr><td class='label'>"
    "发布机构:</td><td><span>安澜县人民政府</span></td><td class='label'>成文日期:</td><td>"
    "<span>2025-06-03</span></td></tr><tr><td class='label'>名称:</td><td colspan='3'><span>"
    f"{TITLE}</span></td></tr><tr><td class='label'>文号:</td><td><span>安政发〔2025〕12号</span>"
    "</td><td class='label'>发布日期:</td><td><span>2025-06-05</span></td></tr><tr>"
    "<td class='label'>有效性:</td><td>失效</td></tr></table></div>"
    f"<h1 class='title'>{TITLE}</h1><div class='zw'>{BODY}"
    "<p><a class='nfw-cms-attachment' href='/attachment/0/1/12/3255.doc'>水库名录.doc</a></p></div>"
)
VSB = page(
    "<form name='_newscontent_fromname'><div class='content-title'><h3>" + TITLE + "</h3>"
    "<i>发布日期：2025-06-05　来源：安澜县人民政府　点击：[<span id='dynclicks'></span>]</i></div>"
    "<p class='wh'>安政发〔2025〕12号</p>"
    f"<div id='vsb_content_2'><div class='v_news_content'>{BODY}</div></div>"
    "<ul style='list-style-type:none;'><li>附件【<a href='/system/_content/download.jsp?urltype="
    "news.DownloadAttachUrl&owner=1&wbfileid=77'>水库名录.doc</a>】已下载<span>0</span>次</li></ul>"
    "<div>上一条：<a href='6729.htm'>关于做好防汛工作的通知</a></div></form>"
)
EPOINT = page(
    "<div class='ewb-article'><h3 class='article-title'>"
    + TITLE
    + "</h3><div class='article-info'>"
    "<span>信息来源：安澜县人民政府</span><span>发布时间：2025-06-05</span></div>"
    f"<div class='ewb-article-content'><p align='center'>安政发〔2025〕12号</p>{BODY}</div>"
    "<div class='attach'><a "
    "href='/EWB-FRONT/rest/download?attachGuid=77f'>水库名录.doc</a></div></div>"
)
GOVCN = page(
    "<div class='pages_content' id='UCAP-CONTENT'><table class='bd1'><tbody><tr><td><b>标　　题："
    f"</b></td><td colspan='3'>{TITLE}</td></tr><tr><td><b>索 引 号：</b></td>"
    "<td>AL0001/2025-00112</td><td><b>主题分类：</b></td><td>农业、林业、水利\\水利</td></tr><tr>"
    "<td><b>发文机关：</b></td><td>安澜县人民政府</td><td><b>成文日期：</b></td>"
    "<td>2025年06月03日</td></tr><tr><td><b>发文字号：</b></td><td>安政发〔2025〕12号</td>"
    "<td><b>发布日期：</b></td><td>2025年06月05日</td></tr></tbody></table>"
    f"<div class='trs_editor_view'>{BODY}</div></div>",
    head="<meta name='firstpublishedtime' content='2025-06-05-10:00:00'>",
)
FAMILIES = {
    "trs": TRS,
    "jcms": JCMS,
    "ucap": UCAP,
    "longxun": LONGXUN,
    "gkmlpt": GKMLPT,
    "vsb": VSB,
    "epoint": EPOINT,
    "govcn": GOVCN,
}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("own_profile", [True, False])
def test_every_family_gives_title_number_publisher_and_date(family, own_profile):
    item = read(FAMILIES[family], family if own_profile else "generic")
    assert item.title == TITLE
    assert item.number == "安政发〔2025〕12号"
    assert item.publisher == "安澜县人民政府"
    assert item.published == date(2025, 6, 5)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("own_profile", [True, False])
def test_every_family_gives_the_whole_text_and_nothing_else(family, own_profile):
    item = read(FAMILIES[family], family if own_profile else "generic")
    assert [line for line in lines(item) if line != "安政发〔2025〕12号"] == list(TEXT)


@pytest.mark.parametrize("family", sorted(FAMILIES.keys() - {"vsb", "epoint"}))
def test_every_family_with_a_block_gives_index_and_written_date(family):
    item = read(FAMILIES[family], family)
    assert item.index_no == "AL0001/2025-00112"
    assert item.written == date(2025, 6, 3)


@pytest.mark.parametrize("family", sorted(FAMILIES.keys() - {"govcn"}))
def test_every_family_with_a_file_gives_its_true_name(family):
    assert [file.name for file in read(FAMILIES[family], family).attachments] == ["水库名录.doc"]


@pytest.mark.parametrize("name", ["trs", "jcms", "ucap", "gkmlpt"])
def test_a_document_out_of_force_is_marked(name):
    assert read(FAMILIES[name], name).validity is Validity.EXPIRED


def test_tags_come_before_the_block_and_the_block_before_visible_text():
    head = (
        "<META NAME='ARTICLETITLE' CONTENT='标签里的标题'>"
        "<meta name='pubdate' content='2025-06-07'>"
    )
    item = read(page(f"<p>标题：块里的标题</p><div id=zoom>{BODY}</div>", head))
    assert item.title == "标签里的标题"
    assert item.published == date(2025, 6, 7)


def test_empty_and_null_tags_are_missing():
    head = (
        "<meta name='ArticleTitle' content='null'><meta name='PubDate' content=''>"
        "<meta name='ContentSource' content='NULL'>"
    )
    item = read(TRS.replace(b"<title>", head.encode() + b"<title>"))
    assert (item.title, item.publisher) == (TITLE, "安澜县人民政府")
    assert item.published == date(2025, 6, 5)


def test_a_page_of_another_site_is_refused():
    head = "<meta name='SiteIDCode' content='3311000012'>"
    with pytest.raises(Refused, match="9900210001"):
        read(page(f"<div id=zoom>{BODY}</div>", head), "anlan")


def test_a_page_of_menus_is_refused():
    with pytest.raises(Refused, match="菜单"):
        read(page(f"<div class='content'><ul>{MENU}</ul></div>"))


def test_a_tiny_page_that_leads_away_is_gone():
    with pytest.raises(Gone):
        read(b'<html><head><meta http-equiv="refresh" content="0;URL=../"></head></html>')


def test_a_browser_check_is_refused_and_not_gone():
    with pytest.raises(Refused):
        read(b'<html><head><meta http-equiv="refresh" content="1"></head><body>wait</body></html>')


def test_a_page_that_says_it_does_not_exist_is_gone():
    with pytest.raises(Gone):
        read("<html><body><h1>抱歉，您访问的页面不存在</h1></body></html>".encode())


@pytest.mark.parametrize("body", [b"", b"ok", b"<html></html>", bytes(range(256)) * 8])
def test_rubbish_is_refused(body):
    with pytest.raises(Refused):
        read(body)


def test_the_text_is_found_without_any_known_name():
    html = page(
        f"<table><tr><td class='left'><ul>{MENU}</ul></td><td class='q17'>{BODY}</td></tr></table>"
    )
    assert lines(read(html)) == list(TEXT)


def test_hidden_fields_in_comments_are_never_read():
    html = page(
        f"<div class='top'><p><strong>文号</strong>：无</p><p><strong>索引号</strong>：AL1</p>"
        f"<!--<p><strong>成文日期</strong>：2020年08月02日</p><p>不应出现</p>--></div>"
        f"<div id='zoom'><!--[if gte mso 9]><xml>Normal 0 不应出现</xml><![endif]-->{BODY}</div>"
    )
    item = read(html)
    assert item.written is None
    assert item.number is None
    assert "不应出现" not in plain_text(item)
    assert "Normal" not in plain_text(item)


def test_share_bars_and_printing_links_are_left_out():
    html = page(
        f"<div id='zoom'><div class='bshare'>分享到：微信</div>{BODY}<p>【<a href='javascript:"
        "doZoom(16)'>大</a> <a href='javascript:doZoom(14)'>中</a>】<a href='javascript:window."
        "print()'>打印本页</a></p></div>"
    )
    assert lines(read(html)) == list(TEXT)


def test_a_sentence_with_a_link_to_a_file_stays_whole():
    sentence = "申请人填写<a href='a.doc'>申请表.doc</a>后交到窗口。"
    item = read(page(f"<div id='zoom'>{BODY}<p>{sentence}</p></div>"))
    assert lines(item)[-1] == "申请人填写申请表.doc后交到窗口。"
    assert [file.name for file in item.attachments] == ["申请表.doc"]


def test_a_document_shown_in_a_viewer_becomes_a_file():
    html = page(
        "<div class='pdf'><iframe "
        "src='/pdfjs/web/viewer.html?file=/zwgk/P02025.pdf'></iframe></div>"
    )
    assert [file.url for file in read(html).attachments] == [
        "http://www.anlan.gov.example/zwgk/P02025.pdf"
    ]


def test_links_under_a_heading_become_relations():
    html = page(
        f"<div class='main'><h1>《办法》解读</h1><div id='zoom'>{BODY}</div><div class='xgwj'>"
        "<h4>相关文件</h4><ul><li><a "
        "href='../zcwj/t20250605_2.html'>原文件标题</a></li></ul></div></div>"
    )
    url = "http://www.anlan.gov.example/zwgk/zcjd/202506/t20250606_1.html"
    [link] = read(html, "anlan", url).links
    assert (link.relation, link.title) == ("interprets", "原文件标题")


def test_a_guide_has_its_facts_under_the_programs_names():
    html = page(
        "<table class='jbxx'><tr><th>实施机构</th><td>安澜县民政局</td><th>承诺办结时限</th>"
        "<td>15 个工作日</td></tr><tr><th>是否收费</th><td>否</td></tr></table>"
        "<div class='TRS_Editor'><h2>"
        "受理条件</h2><p>具有本县户籍的居民，家庭人均收入低于标准。</p></div>"
    )
    item = read_items(
        "http://www.anlan.gov.example/x.html", html, load_site("generic"), kind=Kind.GUIDE
    )[0]
    assert {fact.label: fact.value for fact in item.facts} == {
        "实施主体": "安澜县民政局",
        "承诺时限": "15 个工作日",
        "收费": "否",
    }


def test_a_period_of_validity_is_kept_as_a_fact():
    html = page(
        "<table><tr><td>索引号</td><td>AL1</td><td>文号</td><td>安政发〔2020〕1号</td></tr><tr>"
        "<td>发布机构</td><td>县政府</td><td>有效期</td><td>2020-01-01至2025-12-31</td></tr></table>"
        f"<div id='zoom'>{BODY}</div>"
    )
    item = read(html)
    assert item.validity is Validity.EXPIRED
    assert item.fact("有效期") == "2020-01-01至2025-12-31"


def test_a_page_without_a_title_is_refused():
    with pytest.raises(Refused, match="标题"):
        read(f"<html><body><div id='zoom'>{BODY}</div></body></html>".encode())


def test_merged_cells_of_a_table_are_repeated():
    html = page(
        f"<div id='zoom'>{BODY}<table><tr><th>乡镇</th><th>水库</th><th>责任人</th></tr><tr>"
        "<td rowspan='2'>青石镇</td><td>北沟</td><td>镇长</td></tr><tr><td colspan='2'>无</td></tr>"
        "</table></div>"
    )
    [table] = [block for block in read(html).blocks if isinstance(block, Table)]
    assert table == Table(
        header=("乡镇", "水库", "责任人"),
        rows=(("青石镇", "北沟", "镇长"), ("青石镇", "无", "无")),
    )


def test_read_page_of_saved_bytes_needs_no_network():
    item = read_page("http://www.anlan.gov.example/a.html", TRS, load_site("trs"))
    assert item.title == TITLE
    assert item.source_url == "http://www.anlan.gov.example/a.html"
