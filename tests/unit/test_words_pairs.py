from hypothesis import given
from hypothesis import strategies as st

from content_cache.words.pairs import normalise, pairs, phrase, spaced, title_spaced

TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


def test_a_run_of_characters_becomes_overlapping_pairs():
    assert pairs("社会保险") == ["社会", "会保", "保险"]


def test_latin_words_and_figures_stay_whole():
    assert pairs(normalise("第15条 ＡＢＣ12号 a4")) == ["第", "15", "条", "abc12", "号", "a4"]


def test_full_width_and_upper_case_are_the_same_word():
    assert normalise(" ２０２５Ａ ") == "2025a"


def test_pairs_never_cross_punctuation():
    assert pairs("低保，申请") == ["低保", "申请"]


def test_a_title_can_be_found_by_each_of_its_characters():
    tokens = title_spaced("《居住证办理》A4").split()
    assert all(any(token.startswith(sign) for token in tokens) for sign in "居住证办理")


def test_a_phrase_without_any_token_is_empty():
    assert phrase("？！") == ""


@given(TEXT)
def test_cutting_keeps_every_letter_and_figure(text):
    plain = normalise(text)
    assert {sign for token in pairs(plain) for sign in token} == {
        sign for sign in plain if sign.isalnum()
    }


@given(TEXT)
def test_tokens_hold_no_quote_and_no_space(text):
    assert all(token and not set(token) & {'"', " "} for token in spaced(text).split(" ") if token)


@given(TEXT, TEXT)
def test_what_stands_in_a_text_is_found_as_consecutive_tokens(before, after):
    tokens = spaced(f"{before}，最低生活保障，{after}")
    assert spaced("最低生活保障") in tokens
