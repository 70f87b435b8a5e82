"""Five real pages, where they lie beside the checkout."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import html as lxml_html

from content_cache.errors import Refused
from content_cache.model import Heading, Table, plain_text
from content_cache.portals.lists import announced_pages, rows_in
from content_cache.portals.page import read_page
from content_cache.sites.profile import load_site

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "portal_samples"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the real pages are not part of the project"
)
HOST = "http://hdzfxxgk.hd.gov.cn"


def read(name, url, profile="generic"):
    return read_page(url, (FOLDER / name).read_bytes(), load_site(profile))


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("profile", ["generic", "govcn"])
def test_the_state_councils_page_of_2014(profile):
    url = "http://www.gov.cn/zhengce/content/2014-08/06/content_8955.htm"
    item = read("govcn2014_infobox_575.html", url, profile)
    assert item.title == "国务院关于加快发展生产性服务业促进产业结构调整升级的指导意见"
    assert item.number == "国发〔2014〕26号"
    assert item.index_no == "000014349/2014-00085"
    assert item.publisher == "国务院"
    assert item.topic == "工业、交通\\其他"
    assert (item.written, item.published) == (date(2014, 7, 28), date(2014, 8, 6))
    headings = [block.text for block in item.blocks if isinstance(block, Heading)]
    assert {"一、总体要求", "二、发展导向", "三、主要任务", "四、政策措施"} <= set(headings)
    [table] = [block for block in item.blocks if isinstance(block, Table)]
    assert table.header == ("序号", "工作任务", "负责部门")
    assert len(table.rows) == 15


def test_the_state_councils_text_is_whole_and_nothing_else():
    name = "govcn2014_infobox_575.html"
    item = read(name, "http://www.gov.cn/zhengce/content/2014-08/06/content_8955.htm")
    root = lxml_html.document_fromstring((FOLDER / name).read_bytes())
    [cell] = root.cssselect("td.b12c")
    for comment in list(cell.iter(lxml_html.etree.Comment)):
        comment.drop_tree()
    assert squeezed(plain_text(item)) == squeezed(cell.text_content())


@pytest.mark.parametrize("profile", ["generic", "trs"])
def test_a_news_page_of_a_city_commission(profile):
    name = "trs_beijing_zjw_110.html"
    item = read(name, "http://www.bjjs.gov.cn/publish/portal0/tab662/info93197.htm", profile)
    assert item.title == "明年起全市禁用现场搅拌砂浆"
    assert item.published == date(2014, 11, 3)
    assert item.number is None
    root = lxml_html.document_fromstring((FOLDER / name).read_bytes().decode())
    [body] = root.cssselect(".TRS_Editor")
    assert squeezed(plain_text(item)) == squeezed(body.text_content())


def test_a_document_page_whose_text_was_not_saved_has_its_fields():
    item = read(
        "trs_handan_policy_detail.html", f"{HOST}/gszbm/auto23716/202008/t20200802_1352104.html"
    )
    assert item.title.startswith("邯郸市教育局关于印发《全市教育系统安全专项整治")
    assert item.index_no == "000014348/2020-35147"
    assert (item.publisher, item.topic) == ("邯郸市教育局", "教育")
    assert item.published == date(2020, 8, 2)
    assert item.written is None  # hidden in a comment
    assert item.number is None  # 无
    assert item.blocks == ()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("trs_handan_guide_gkzn.html", "/zfxxgkzn/"),
        ("trs_handan_index_list.html", "/zfwj/jinqixxgk/"),
    ],
)
def test_pages_of_menus_and_lists_are_no_documents(name, path):
    with pytest.raises(Refused):
        read(name, HOST + path)


@pytest.mark.parametrize("profile", ["generic", "trs"])
def test_a_real_list_page_leads_to_its_document(profile):
    text = (FOLDER / "trs_handan_index_list.html").read_text("utf-8")
    assert rows_in(text, f"{HOST}/zfwj/jinqixxgk/", load_site(profile)) == [
        f"{HOST}/gszbm/auto23716/202008/t20200805_1353179.html"
    ]
    assert announced_pages(text) == 56
