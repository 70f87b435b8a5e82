"""What stands on a slip, and what must never stand on it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from content_cache.model import (
    Fact,
    Heading,
    Item,
    Kind,
    Link,
    Place,
    Relation,
    Table,
    Validity,
)
from kiosk import fonts
from kiosk.cases import Action, Case, Status, Step, StepState
from kiosk.devices.codecs import raster
from kiosk.devices.contracts import Box, QrCode, Receipt, Size, Text
from kiosk.guides import materials
from kiosk.receipts import LONGEST_PAYLOAD, SiteWords, for_case, for_guide, for_item, reprint

SITE = SiteWords(
    title="安澜县政务公开自助查询", hall="县政务服务中心一楼大厅", machine="01",
    portal_name="安澜县人民政府网",
)  # fmt: skip
NOW = datetime(2026, 11, 20, 9, 31, 7)  # noqa: DTZ001  # the hall's wall clock, as it is printed
NUMBER = "20261120-0042"
URL = "http://www.anlan.gov.example/zwgk/zcwj/xzfwj/202506/t20250605_0004711.html"
POLICY = Item(
    id="a1", kind=Kind.POLICY, title="安澜县最低生活保障审核确认办法", number="安政发〔2025〕12号",
    index_no="AL0001/2025-00112", publisher="安澜县人民政府", written=date(2025, 6, 3),
    published=date(2025, 6, 5), validity=Validity.VALID, source_url=URL,
)  # fmt: skip
REPEALED = Item(
    id="a2", kind=Kind.POLICY, title="安澜县小额担保贷款管理暂行办法", validity=Validity.REPEALED,
    links=(Link(relation=Relation.REPLACED_BY, target="a3", title="安澜县创业担保贷款实施办法"),),
)  # fmt: skip
GUIDE = Item(
    id="g1", kind=Kind.GUIDE, title="最低生活保障审核确认", source_url=URL,
    facts=(
        Fact(label="办理窗口", value="一楼 2 号窗口"), Fact(label="咨询电话", value="5550112"),
        Fact(label="办理时间", value="周一至周五 9:00—12:00"), Fact(label="收费", value="不收费"),
    ),
    blocks=(
        Heading(text="材料清单"),
        Table(
            header=("材料名称", "类型", "份数", "必要性", "说明"),
            rows=(
                ("申请书", "原件", "1", "必要", ""),
                ("居民身份证", "原件核验", "1", "必要", ""),
                ("诊断证明", "复印件", "1", "有此情形的提供"),
            ),
        ),
    ),
)  # fmt: skip
CASE = Case(
    number="4109202611090117", item_title="最低生活保障审核确认", applicant_masked="张*三",
    status=Status.CORRECTION,
    steps=(
        Step(title="已收件", at=datetime(2026, 11, 9, 10, 12), state=StepState.DONE),  # noqa: DTZ001  # wall clock
        Step(title="需补正", at=datetime(2026, 11, 13, 9, 5), state=StepState.NOW),  # noqa: DTZ001  # wall clock
        Step(title="办结", state=StepState.AHEAD),
    ),
    action=Action(title="请补交：授权核对书", lines=("期限：11月27日前", "地点：一楼 2 号窗口")),
    window="一楼 2 号窗口", phone="5550112",
)  # fmt: skip


def words(receipt: Receipt) -> str:
    lines: list[str] = []
    for element in receipt.elements:
        match element:
            case Text(text=text):
                lines.append(text)
            case Box(lines=inside) | QrCode(caption=inside):
                lines.extend(inside)
    return "\n".join(lines)


def codes(receipt: Receipt) -> list[str]:
    return [element.payload for element in receipt.elements if isinstance(element, QrCode)]


def test_an_item_slip_says_what_it_is_where_and_when() -> None:
    slip = for_item(POLICY, SITE, NOW, NUMBER)
    assert words(slip).split("\n") == [
        "安澜县政务公开自助查询", "县政务服务中心一楼大厅",
        "安澜县最低生活保障审核确认办法", "类别　政策文件",
        "文号　安政发〔2025〕12号", "索引号　AL0001/2025-00112", "发布机构　安澜县人民政府",
        "成文日期　2025年6月3日", "发布日期　2025年6月5日", "有效性　现行有效",
        "手机扫码", "查看网站原文",
        "打印时间 2026-11-20 09:31:07", "01 号机　单号 20261120-0042",
        "内容来自安澜县人民政府网，以正式文件为准",
    ]  # fmt: skip
    assert codes(slip) == [URL]
    assert (slip.number, slip.kind) == (NUMBER, "item")


def test_a_repealed_document_says_so_in_a_frame_before_everything_else() -> None:
    slip = for_item(REPEALED, SITE, NOW, NUMBER)
    boxes = [element for element in slip.elements if isinstance(element, Box)]
    assert boxes == [
        Box(lines=("注意：本文件已废止，不再执行", "请看现行文件：安澜县创业担保贷款实施办法"))
    ]
    assert slip.elements.index(boxes[0]) == 4  # title, hall, rule, its title, then the frame
    assert "现行有效" not in words(slip)


def test_what_the_item_lacks_leaves_no_empty_label() -> None:
    slip = for_item(Item(id="x", kind=Kind.NOTICE, title="停水通知"), SITE, NOW, NUMBER)
    assert "None" not in words(slip)
    assert "文号" not in words(slip)
    assert codes(slip) == []


def test_an_address_too_long_to_scan_is_left_out() -> None:
    long = Item(id="x", kind=Kind.NOTICE, title="停水", source_url=URL + "x" * LONGEST_PAYLOAD)
    assert codes(for_item(long, SITE, NOW, NUMBER)) == []


def test_a_place_slip_tells_how_to_get_there() -> None:
    place = Place(category="医院", address="安平街道 5 号", phone="5550200", landmark="公交 2 路")
    item = Item(id="p", kind=Kind.PLACE, title="安澜县人民医院", place=place)
    assert {"地址　安平街道 5 号", "电话　5550200", "怎么走　公交 2 路"} <= set(
        words(for_item(item, SITE, NOW, NUMBER)).split("\n")
    )


def test_the_one_time_notice_ticks_what_is_there_and_counts_what_is_missing() -> None:
    slip = for_guide(GUIDE, frozenset({0}), SITE, NOW, NUMBER)
    lines = words(slip).split("\n")
    assert {
        "共 3 样材料，已有 1 样",
        "还差 1 样必要材料",
        "√ 申请书",
        "□ 居民身份证",
        "□ 诊断证明",
    } <= set(lines)
    assert {
        "办理窗口：一楼 2 号窗口",
        "办理时间：周一至周五 9:00—12:00",
        "咨询电话：5550112",
    } <= set(lines)
    bold = [e.text for e in slip.elements if isinstance(e, Text) and e.bold]
    assert "□ 居民身份证" in bold  # needed and missing stands out
    assert "□ 诊断证明" not in bold
    assert slip.kind == "guide"


def test_the_one_time_notice_says_when_all_that_is_needed_is_there() -> None:
    assert "必要材料已齐" in words(for_guide(GUIDE, frozenset({0, 1}), SITE, NOW, NUMBER))


def test_short_material_rows_are_filled_up() -> None:
    assert materials(GUIDE)[2].note == ""


def test_a_case_slip_says_what_to_do_and_hides_number_and_name() -> None:
    slip = for_case(CASE, SITE, NOW, NUMBER, "http://www.anlan.gov.example/bjcx/")
    text = words(slip)
    assert "办理进度：需补正" in text
    assert "编号　4109 **** **** 0117" in text
    assert "2026-11-13 09:05　需补正" in text
    assert "请补交：授权核对书" in text
    assert "补正期间不计入办理时限。" in text
    assert "办结" not in text
    assert "4109202611090117" not in text
    assert "4109202611090117" not in "".join(codes(slip))
    assert slip.kind == "case"


def test_a_case_without_anything_to_do_names_the_window() -> None:
    waiting = Case(
        number="4109202611090118", item_title="高龄津贴申领", applicant_masked="李*",
        status=Status.REVIEW, window="一楼 2 号窗口", phone="5550112",
        promised_days=15, days_left=9,
    )  # fmt: skip
    text = words(for_case(waiting, SITE, NOW, NUMBER))
    assert "窗口　一楼 2 号窗口" in text
    assert "办理时限：还剩 9 个工作日" in text


def test_a_reprint_is_the_same_slip_with_its_mark_on_top() -> None:
    slip = for_item(POLICY, SITE, NOW, NUMBER)
    again = reprint(slip, 2)
    assert again.number == slip.number
    assert again.elements[1:] == slip.elements
    assert again.elements[0] == Text(text="补打（第 2 次打印）", bold=True, centred=True)


@pytest.mark.parametrize("width_dots", [384, 576])
def test_every_kind_of_slip_can_be_drawn_on_either_paper(width_dots: int) -> None:
    for slip in (
        for_item(POLICY, SITE, NOW, NUMBER),
        for_item(REPEALED, SITE, NOW, NUMBER),
        for_guide(GUIDE, frozenset({0}), SITE, NOW, NUMBER),
        for_case(CASE, SITE, NOW, NUMBER),
    ):
        paper = raster.draw(slip, width_dots)
        ink = paper.getbbox()
        assert ink is not None
        left, top, right, bottom = ink
        assert left >= 8
        assert right <= width_dots - 8
        assert top >= 8
        assert bottom <= paper.height - 8


def test_the_first_words_on_a_slip_are_large() -> None:
    first = for_case(CASE, SITE, NOW, NUMBER).elements[3]
    assert isinstance(first, Text)
    assert first.size is Size.LARGE


def test_a_preview_is_a_picture() -> None:
    assert raster.png(for_item(POLICY, SITE, NOW, NUMBER), 576).startswith(b"\x89PNG")


def test_fonts_fall_back_to_the_systems_and_say_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_OWN", tmp_path)
    system = fonts.font_path()
    assert system.name == "NotoSansCJK-Regular.ttc"
    assert fonts.face_index(system) == 2
    monkeypatch.setattr(fonts, "_DEBIAN", tmp_path)
    with pytest.raises(FileNotFoundError, match="fonts-noto-cjk"):
        fonts.font_path("Bold")
