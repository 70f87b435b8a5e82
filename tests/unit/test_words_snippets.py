from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from content_cache.words.pairs import normalise
from content_cache.words.snippets import WIDTH, marks_in, opening, snippet

FILLER = "各乡镇人民政府应当公开办事流程，" * 12
SIGNS = st.text(st.sampled_from("低保申请办，。 ＡaⅣ㎏ﬁ\n　"), max_size=200)


def test_overlapping_pairs_join_into_one_mark():
    assert marks_in("申请最低生活保障金", ["最低", "低生", "生活", "活保", "保障"]) == ((2, 8),)


def test_marks_are_places_in_the_text_as_written():
    text = "共㎏２０２５年"
    ((start, end),) = marks_in(text, ["2025"])
    assert text[start:end] == "２０２５"


def test_the_window_shows_the_rare_word():
    text = f"{FILLER}低保标准每年调整。{FILLER}"
    shown = snippet(text, {"低保": 5.0, "公开": 0.1})
    assert "低保标准" in shown.text
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")


def test_a_short_text_is_shown_whole():
    assert snippet("低保标准", {"低保": 1.0}).text == "低保标准"


def test_an_opening_says_when_more_follows():
    assert opening("短句") == "短句"
    assert opening("长" * (WIDTH + 1)) == "长" * WIDTH + "…"


@given(SIGNS, st.sets(st.sampled_from(["低保", "申请", "a", "iv", "fi", "kg"])))
def test_every_mark_shows_one_of_the_words(text, words):
    shown = snippet(text, dict.fromkeys(words, 1.0))
    assert len(shown.text) <= WIDTH + 2
    for start, end in shown.marks:
        assert 0 <= start < end <= len(shown.text)
        assert any(word in normalise(shown.text[start:end]) for word in words)


@given(SIGNS)
def test_marks_do_not_touch_each_other(text):
    marks = marks_in(text, ["低保", "保申", "申请"])
    assert all(one[1] < two[0] for one, two in pairwise(marks))
