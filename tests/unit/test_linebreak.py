"""Laws of Chinese line breaking, and the cases people notice on paper."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.linebreak import NO_END, NO_START, break_lines

ANYTHING = st.text(
    st.sampled_from("国务院办理，。、；：）（《》“”—…·abcXYZ0123./-%$ \n") | st.characters(),
    max_size=80,
)
# Ordinary text: marks stand between characters, never more than two in a row.
WORDS = st.sampled_from(["国", "务", "院", "证", "2026", "PDF", "办 "])
ORDINARY = st.lists(
    st.tuples(WORDS, st.sampled_from(["", "", "", "，", "。", "（", "）", "《", "》", "”。"])),
    max_size=40,
).map(lambda pairs: "".join(word + mark for word, mark in pairs))


def measure(char: str) -> float:
    return 12.0 if char < "\x7f" else 24.0


def width_of(line: str) -> float:
    return sum(map(measure, line))


@given(ANYTHING, st.integers(24, 600))
@example("（（（（（（", 48)
def test_nothing_is_lost_but_spaces_at_a_break(text: str, width: int) -> None:
    joined = "".join(break_lines(text, width, measure))
    assert joined.replace(" ", "") == text.replace("\n", "").replace(" ", "")


@given(ANYTHING, st.integers(24, 600), st.integers(0, 48))
@example("《《《abcdefgh", 60, 0)
@example("国国国，，，，abc", 72, 0)
def test_no_line_is_wider_than_the_paper_but_a_single_character(
    text: str, width: int, indent: int
) -> None:
    lines = break_lines(text, width, measure, first_indent=min(indent, width))
    for number, line in enumerate(lines):
        taken = width_of(line) + (min(indent, width) if number == 0 else 0)
        assert taken <= width or len(line) <= 1, lines


@given(ORDINARY, st.integers(240, 600))
def test_ordinary_text_starts_no_line_with_a_closing_mark(text: str, width: int) -> None:
    lines = break_lines(text, width, measure)
    assert not [line for line in lines[1:] if line and line[0] in NO_START], lines
    assert not [line for line in lines[:-1] if line and line[-1] in NO_END], lines


@given(ANYTHING, st.integers(24, 600))
def test_every_line_of_the_source_begins_a_line(text: str, width: int) -> None:
    parts = [break_lines(part, width, measure) for part in text.split("\n")]
    assert break_lines(text, width, measure) == [line for part in parts for line in part]


def test_a_closing_mark_pulls_the_character_before_it_down() -> None:
    assert break_lines("国务院办公厅。", 6 * 24, measure) == ["国务院办公", "厅。"]


def test_an_opening_mark_goes_down_with_what_it_opens() -> None:
    assert break_lines("国务院办公（厅）", 6 * 24, measure) == ["国务院办公", "（厅）"]


@pytest.mark.parametrize("word", ["20261120-0042", "http://www.anlan.gov.example/a", "9:00"])
def test_a_number_or_address_stays_whole_where_it_fits(word: str) -> None:
    lines = break_lines(f"单号单号单号单号{word}", 400, measure)
    assert [line for line in lines if word in line]


def test_a_word_longer_than_the_line_is_torn() -> None:
    assert break_lines("a" * 25, 120, measure) == ["a" * 10, "a" * 10, "a" * 5]


def test_a_space_at_the_break_is_dropped() -> None:
    assert break_lines("国务院 办公厅", 72, measure) == ["国务院", "办公厅"]
