from importlib import resources

import pytest

from content_cache.errors import SeedError
from content_cache.words import synonyms
from content_cache.words.query import strip_question


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("低保怎么申请", ["低保", "申请"]),
        ("请问居住证在哪办理呢", ["居住证", "办理"]),
        ("残疾证怎么办理", ["残疾证", "办理"]),
        ("为什么停水", ["停水"]),
    ],
)
def test_question_words_go_and_the_matter_stays(asked, left):
    assert strip_question(asked).split() == left


def test_a_question_of_nothing_but_question_words_stays_as_it_is():
    assert strip_question("怎么办") == "怎么办"


def test_a_synonym_entry_without_a_list_is_refused_by_name():
    with pytest.raises(SeedError, match=r"低保.*列表"):
        synonyms.parse('"低保" = "最低生活保障"')


def test_synonyms_are_one_way_pairs():
    assert synonyms.parse('"ＡB" = ["甲", "乙"]') == [("ab", "甲"), ("ab", "乙")]


def test_a_broken_synonym_file_is_refused():
    with pytest.raises(SeedError, match=r"synonyms\.toml"):
        synonyms.parse("=")


def test_the_shipped_list_widens_to_other_words_only():
    source = resources.files("content_cache.words").joinpath("synonyms.toml").read_text("utf-8")
    entries = synonyms.parse(source)
    assert len(entries) > 200
    assert len(entries) == len(set(entries))
    assert not [pair for pair in entries if pair[0] == pair[1]]
