from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cases import (
    Case,
    Clock,
    Status,
    StepState,
    mask_name,
    mask_number,
    mask_text,
)
from kiosk.desks.exchange import WireCase, case_of, days_left, status_of

TODAY = date(2026, 11, 20)
NAMES = st.text(alphabet="张王李欧阳晓三青山", min_size=2, max_size=6)


def wire(**fields):
    base = {"SBLSH": "4109202611090117", "SXMC": "最低生活保障审核确认", "SQRMC": "张晓三"}
    return msgspec.convert(base | fields, WireCase)


CORRECTION = {
    "SLZTDM": "1",
    "SLSJ": "2026-11-10T15:40:00",
    "BZGZSJ": "2026-11-13T09:05:00",
    "BZCLQD": ["授权核对书"],
    "BZJZRQ": "2026-11-27",
    "CNSX": 15,
    "BLCK": "一楼 2 号窗口",
    "LXDH": "5550112",
    "BLGC": [
        {"HJMC": "已收件", "HJSJ": "2026-11-09T10:12:00", "HJSM": "张晓三交来 5 份材料"},
        {"HJMC": "需补正", "HJSJ": "2026-11-13T09:05:00"},
        {"HJMC": "公示"},
    ],
}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, Status.RECEIVED),
        ({"YSLZTDM": "1"}, Status.RECEIVED),
        ({"YSLZTDM": "2"}, Status.REFUSED),
        ({"YSLZTDM": "3"}, Status.CORRECTION),
        ({"SLZTDM": "1"}, Status.ACCEPTED),
        ({"SLZTDM": "2"}, Status.REFUSED),
        ({"SLZTDM": "1", "SPHJDM": "1"}, Status.REVIEW),
        ({"SLZTDM": "1", "SPHJDM": "2"}, Status.REVIEW),
        ({"SLZTDM": "1", "SPHJDM": "3"}, Status.DECIDED),
        (CORRECTION, Status.CORRECTION),
        (CORRECTION | {"BZSJ": "2026-11-18T09:00:00"}, Status.ACCEPTED),
        ({"SPHJDM": "1", "TBCXKSRQ": "2026-11-11"}, Status.SPECIAL),
        ({"SPHJDM": "1", "TBCXKSRQ": "2026-11-11", "TBCXJSRQ": "2026-11-12"}, Status.REVIEW),
        ({"BJJGDM": "0"}, Status.DONE),
        ({"BJJGDM": "6"}, Status.DONE),
        ({"BJJGDM": "1"}, Status.RETURNED),
        ({"BJJGDM": "5"}, Status.RETURNED),
        ({"BJJGDM": "4"}, Status.FORWARDED),
        ({"BJJGDM": "0", "LQSJ": "2026-11-18T09:00:00"}, Status.COLLECTED),
        ({"BJJGDM": "9"}, Status.UNKNOWN),
        ({"SPHJDM": "17"}, Status.UNKNOWN),
        ({"SLZTDM": "x"}, Status.UNKNOWN),
    ],
)
def test_codes_become_a_status(fields, status):
    assert status_of(wire(**fields)) is status


def test_an_unknown_code_sends_people_to_the_window():
    case = case_of(wire(SPHJDM="17", BLCK="一楼 2 号窗口"), TODAY)
    assert case.status.words == "正在办理，请到窗口咨询"
    assert case.action.lines == ("地点：一楼 2 号窗口",)


def test_correction_says_what_by_when_and_where():
    case = case_of(wire(**CORRECTION), TODAY)
    assert case.action.title == "需要您补交 1 份材料"
    assert case.action.lines == (
        "请补交：授权核对书",
        "期限：11月27日前",
        "地点：一楼 2 号窗口",
        "电话：5550112",
    )


def test_the_clock_stands_still_while_papers_are_missing():
    case = case_of(wire(**CORRECTION), TODAY)
    assert case.status.clock is Clock.PAUSED
    assert case.days_left == 12
    assert case.time_words == "还剩 12 个工作日（已暂停）"
    assert case_of(wire(**CORRECTION), date(2026, 12, 20)).days_left == 12


def test_a_pause_that_is_over_does_not_count():
    running = wire(**CORRECTION, BZSJ="2026-11-18T09:00:00")
    assert days_left(running, Status.ACCEPTED, TODAY) == 15 - (8 - 3)


def test_an_overdue_case_says_so():
    late = wire(SLZTDM="1", SLSJ="2026-11-02T09:00:00", CNSX=5)
    assert case_of(late, TODAY).time_words == "已超过 9 个工作日"


@pytest.mark.parametrize("code", ["0", "4", "5", "6"])
def test_no_days_are_left_to_count_once_a_case_is_closed(code):
    closed = wire(SLZTDM="1", SLSJ="2026-11-02T09:00:00", CNSX=5, BJJGDM=code)
    assert case_of(closed, TODAY).days_left is None


def test_the_time_line_marks_where_the_case_stands():
    steps = case_of(wire(**CORRECTION), TODAY).steps
    assert [step.state for step in steps] == [StepState.DONE, StepState.NOW, StepState.AHEAD]
    assert steps[0].at.isoformat() == "2026-11-09T10:12:00+08:00"
    assert steps[2].at is None


def test_a_closed_case_stands_nowhere():
    steps = case_of(wire(**CORRECTION, BJJGDM="5"), TODAY).steps
    assert StepState.NOW not in [step.state for step in steps]


def test_the_full_name_stays_behind_also_in_notes():
    case = case_of(wire(**CORRECTION), TODAY)
    assert case.applicant_masked == "张*三"
    assert "张晓三".encode() not in msgspec.json.encode(case)
    assert case.steps[0].note == "张*三交来 5 份材料"


def test_no_repr_tells_anything():
    case = case_of(wire(**CORRECTION), TODAY)
    for value in (case, case.steps[0], case.action, wire(**CORRECTION)):
        assert repr(value) == f"{type(value).__name__}(…)"


@pytest.mark.parametrize("status", Status)
def test_every_status_has_words_and_a_clock(status):
    assert status.words
    assert status.clock is None or isinstance(status.clock, Clock)


@pytest.mark.parametrize(
    ("name", "masked"), [("张晓三", "张*三"), ("张三", "张*"), ("欧阳青山", "欧*山"), ("", "*")]
)
def test_names_are_masked(name, masked):
    assert mask_name(name) == masked


def test_numbers_are_masked():
    assert mask_number("4109202611090117") == "4109 **** **** 0117"
    assert mask_number("12345678") == "******78"


def test_identity_and_phone_numbers_in_notes_are_masked():
    note = "身份证 123456199001011234，电话 13800005678，单号 5550112"
    assert mask_text(note, "张三") == "身份证 1234**********1234，电话 138****5678，单号 5550112"


@given(NAMES, st.text(alphabet="张王交来材料，", max_size=20))
def test_a_masked_note_never_holds_the_name(name, around):
    masked = mask_text(f"{around}{name}{around}", name)
    assert name not in masked


def test_number_masked_is_what_screens_show():
    case = Case(
        number="4109202611090117", item_title="x", applicant_masked="张*", status=Status.DONE
    )
    assert case.number_masked == "4109 **** **** 0117"
