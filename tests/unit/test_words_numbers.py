import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_cache.words.numbers import (
    NumberKey,
    article_asked,
    article_of,
    number_asked,
    number_key,
    numeral,
    same_number,
)


@pytest.mark.parametrize(
    "written",
    [
        "安政发〔2025〕12号",
        "安政发[2025]12号",
        "安政发（2025）12号",
        "安政发(2025)12",
        "安政发【2025】12号",
        "安政发﹝2025﹞12号",
        "安政发［２０２５］１２号",
        "安政发 〔 2025 〕 第 12 号",
        "安政发2025 12",
        "安政发2025年12号",
        "安政发202512号",
        "安政发〔2025〕012号",
    ],
)
def test_every_way_of_writing_a_number_is_one_number(written):
    assert number_key(written) == NumberKey("安政发", "2025-12")
    assert number_asked(f"请问{written}") == NumberKey("请问安政发", "2025-12")


def test_an_index_number_has_a_key_too():
    assert number_key("AL0001/2025-00112") == number_key("al0001 2025 112")


def test_one_number_is_not_the_beginning_of_another():
    asked = number_asked("安政发〔2025〕1号")
    assert asked is not None
    assert not same_number(asked, NumberKey("安政发", "2025-12"))


def test_words_around_a_number_do_not_hide_it():
    asked = number_asked("我想看安政发〔2025〕12号文件")
    assert asked is not None
    assert same_number(asked, NumberKey("安政发", "2025-12"))


def test_part_of_the_issuing_bodys_letters_is_enough():
    asked = number_asked("政发〔2025〕12号")
    assert asked is not None
    assert same_number(asked, NumberKey("安政发", "2025-12"))


def test_another_body_with_the_same_figures_is_not_meant():
    asked = number_asked("安民发〔2025〕12号")
    assert asked is not None
    assert not same_number(asked, NumberKey("安政发", "2025-12"))


def test_figures_alone_ask_for_any_body():
    asked = number_asked("2025 12号")
    assert asked is not None
    assert same_number(asked, NumberKey("安政发", "2025-12"))


@pytest.mark.parametrize("words", ["2025年12月", "2025年12月1日补贴", "低保", "15个工作日", "2026"])
def test_dates_and_single_figures_are_no_number(words):
    assert number_asked(words) is None


def test_a_number_without_figures_has_no_key():
    assert number_key("无") is None


@pytest.mark.parametrize(
    ("written", "value"),
    [("14", 14), ("十", 10), ("十四", 14), ("二十", 20), ("一百零三", 103), ("一〇三", 103)],
)
def test_numerals_have_their_value(written, value):
    assert numeral(written) == value


def test_a_word_is_no_numeral():
    with pytest.raises(ValueError, match="甲"):
        numeral("甲")


@given(st.integers(1, 999))
def test_an_article_is_understood_in_figures_and_characters(article):
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(article, 100)
    tens, ones = divmod(rest, 10)
    words = f"{digits[hundreds]}百" if hundreds else ""
    words += f"{digits[tens]}十" if tens else ("零" if hundreds and ones else "")
    words += digits[ones] if ones else ""
    for number in (str(article), words):
        asked = article_asked(f"《失业保险条例》第{number}条")
        assert asked is not None
        assert (asked.title, asked.article) == ("失业保险条例", article)
        assert article_of(f"第{number}条　为了") == article


def test_a_question_without_a_document_asks_for_no_article():
    assert article_asked("第八条") is None


def test_only_the_beginning_of_a_paragraph_makes_an_article():
    assert article_of("依照第八条规定") is None
    assert article_of("三条措施") is None


@pytest.mark.parametrize("words", ["优化营商环境二十条措施", "共收到意见12条建议", "条"])
def test_a_count_of_things_asks_for_no_article(words):
    assert article_asked(words) is None


def test_a_quoted_title_is_asked_without_the_words_around_it():
    asked = article_asked("请问《失业保险条例》第十四条怎么规定的")
    assert asked is not None
    assert (asked.title, asked.article) == ("失业保险条例", 14)
