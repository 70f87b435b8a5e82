"""Words for dates, numbers and validity as portals write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_cache.model import Validity
from content_cache.portals.wording import (
    clean,
    find_number,
    present,
    read_date,
    read_validity,
    validity_of,
)

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    [
        "2014年07月28日",
        "2014-7-28 10:12",
        "2014/07/28",
        "2014.07.28",
        "２０１４－０７－２８",
        "20140728",
        "发布时间：2014-07-28　来源：本站",
    ],
)
def test_a_date_is_read_in_every_form(text):
    assert read_date(text) == date(2014, 7, 28)


@pytest.mark.parametrize("text", ["", None, "无", "2014-13-45", "长期有效", "000014349/2014-00085"])
def test_what_is_no_date_gives_none(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("words", "validity"),
    [
        ("有效", Validity.VALID),
        ("现行有效", Validity.VALID),
        ("继续有效", Validity.VALID),
        ("长期", Validity.VALID),
        ("是", Validity.VALID),
        ("部分失效", Validity.VALID),
        ("部分条款废止", Validity.VALID),
        ("失效", Validity.EXPIRED),
        ("已失效", Validity.EXPIRED),
        ("全文失效", Validity.EXPIRED),
        ("无效", Validity.EXPIRED),
        ("废止", Validity.REPEALED),
        ("已 废 止", Validity.REPEALED),
        ("2020年1月1日至2025年12月31日", Validity.EXPIRED),
        ("2022-01-01 至 2027-12-31", Validity.VALID),
        ("自2026年1月1日起施行，有效期至2030年12月31日", Validity.VALID),
        ("2027-01-01失效", Validity.VALID),
        ("未失效", None),
        ("", None),
        (None, None),
    ],
)
def test_validity_is_read_in_any_wording(words, validity):
    assert read_validity(words, TODAY) is validity


@pytest.mark.parametrize(
    ("stated", "period", "validity"),
    [
        (None, "2020-01-01至2025-12-31", Validity.EXPIRED),
        (Validity.VALID, "2020-01-01至2025-12-31", Validity.EXPIRED),
        (None, "至2027-12-31", Validity.VALID),
        (Validity.REPEALED, "至2027-12-31", Validity.REPEALED),
        (Validity.VALID, "5年", Validity.VALID),
        (None, None, None),
    ],
)
def test_a_period_that_is_over_ends_a_document(stated, period, validity):
    assert validity_of(stated, period, TODAY) is validity


@pytest.mark.parametrize("words", ["", "无", "null", "NULL", "—", "  ", "　", None])
def test_a_missing_value_is_none(words):
    assert present(words) is None


@pytest.mark.parametrize(
    ("lines", "title", "number"),
    [
        (["国发〔2014〕26号"], "", "国发〔2014〕26号"),
        (["安政发[2025]12号"], "", "安政发[2025]12号"),
        (["（安政办发﹝2025﹞3号）"], "", "安政办发﹝2025﹞3号"),
        (["文号：安民发〔2024〕7号"], "", "安民发〔2024〕7号"),
        (["安澜县人民政府令第12号"], "", "安澜县人民政府令第12号"),
        ([], "关于印发实施细则的通知（安政发〔2025〕12号）", "安政发〔2025〕12号"),
        (["根据国发〔2014〕26号文件精神，现通知如下。"], "", None),
        ([], "关于贯彻国发〔2014〕26号文件的通知", None),
    ],
)
def test_a_number_counts_only_where_it_is_the_documents_own(lines, title, number):
    assert find_number(lines, title) == number


def test_a_line_break_of_the_source_leaves_no_gap_between_characters():
    assert clean("安澜县\n\t  人民政府") == "安澜县人民政府"
    assert clean("WPS\n Office") == "WPS Office"
    assert clean("第一章\u3000总则") == "第一章\u3000总则"


@given(st.text())
def test_clean_text_stays_as_it_is(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=80))
def test_no_words_make_the_readers_raise(text):
    read_date(text)
    read_validity(text, TODAY)
    find_number([text], text)
