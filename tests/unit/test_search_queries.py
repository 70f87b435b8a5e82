import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from content_cache import release
from content_cache.library import Library
from content_cache.model import Kind
from content_cache.seed.load import load

QUERIES = tomllib.loads(Path(__file__).with_name("search_queries.toml").read_text("utf-8"))[
    "queries"
]


@pytest.fixture(scope="module")
def seed():
    return load()


@pytest.fixture(scope="module")
def library(tmp_path_factory, seed):
    root = tmp_path_factory.mktemp("seed")
    release.publish(root, release.build(root, None, seed.items, (), datetime.now(UTC)))
    return Library(root)


@pytest.mark.parametrize("words", QUERIES)
def test_what_is_meant_is_among_the_first_three(library, seed, words):
    slugs = {item_id: slug for slug, item_id in seed.names.items()}
    first = [slugs[row.id] for row in library.search(words, limit=3).results]
    wanted = QUERIES[words]
    assert any(slug in wanted or f"{slug.partition('/')[0]}/*" in wanted for slug in first), first


def test_every_document_with_a_number_is_found_by_it(library, seed):
    for item in seed.items:
        if item.number:
            plain = item.number.replace("〔", " ").replace("〕", " ").replace("号", "")
            assert library.search(plain, limit=1).results[0].id == item.id


def test_a_title_finds_its_document_at_once(library, seed):
    titles = [item.title for item in seed.items if item.kind in (Kind.POLICY, Kind.CATALOGUE)]
    missed = [
        title
        for title in titles
        if title not in {row.title for row in library.search(title, limit=2).results}
    ]
    assert not missed
