import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_cache.words.initials import initials


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("低保", "db"),
        ("最低生活保障", "zdshbz"),
        ("居住证", "jzz"),
        ("安澜县", "alx"),
        ("2026 年标准", "2026nbz"),
        ("A4 打印", "a4dy"),
        ("", ""),
    ],
)
def test_first_letters_of_pinyin(words, letters):
    assert initials(words) == letters


def test_a_character_without_a_known_letter_gives_no_key():
    assert initials("龘低保") == ""


@given(st.text())
def test_a_key_is_plain_lower_case(words):
    key = initials(words)
    assert key == key.lower()
    assert not key or (key.isascii() and key.isalnum())
