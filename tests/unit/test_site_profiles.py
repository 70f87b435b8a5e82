"""Profiles as data: all that came with the program load; slips are named."""

from __future__ import annotations

import pytest

from content_cache.errors import ProfileError
from content_cache.model import Kind
from content_cache.portals.addresses import Addresses
from content_cache.portals.fields import LABELS
from content_cache.seed.addresses import COLUMNS
from content_cache.sites.profile import FOLDER, load_site

NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_every_profile_loads_and_its_selectors_are_selectors(name):
    from lxml.cssselect import CSSSelector

    site = load_site(name)
    for selector in (*site.body, *site.fields, *site.drop, *site.lists.rows):
        CSSSelector(selector)


def test_the_reference_county_has_every_column_of_the_seed():
    columns = {(column.path, column.name, column.kind) for column in load_site("anlan").columns}
    assert columns == {(column.path, column.name, column.kind) for column in COLUMNS}


def test_a_profile_is_asked_before_its_base():
    site = load_site("anlan")
    assert site.body[0] == ".bszn-con"
    assert "#zoom" in site.body
    assert site.lists.further[0] == "index_{n}.html"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('name = "a"\nboddy = []', "boddy"),
        ("body = []", "name"),
        ('name = "a"\n[[columns]]\npath = "/a/"\nname = "b"\nkind = "polizy"', "polizy"),
        ('name = "a"\n[[columns]]\npath = "a/"\nname = "b"', "以 / 开头"),
        ('name = "a"\nurl = "www.a.example"', "http"),
        ('name = "a"\nfiles = ["("]', "正则"),
        ('name = "a"\nbase = "nobody"', "nobody"),
        ('name = "a', "TOML|Unterminated|string|invalid"),
    ],
)
def test_a_slip_names_file_and_key(tmp_path, text, words):
    path = tmp_path / "county.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ProfileError, match=words) as caught:
        load_site(str(path))
    assert ".toml" in str(caught.value)


def test_an_unknown_profile_names_the_known_ones():
    with pytest.raises(ProfileError, match="anlan"):
        load_site("nowhere")


def test_both_names_of_a_site_are_translated():
    addresses = Addresses(load_site("anlan"), "http://127.0.0.1:8021/")
    shown = "http://www.anlan.gov.example/a/b.html?c=1"
    assert addresses.to_fetch(shown) == "http://127.0.0.1:8021/a/b.html?c=1"
    assert addresses.to_show("http://127.0.0.1:8021/a/b.html?c=1") == shown
    assert addresses.to_show(shown) == shown
    assert addresses.to_show("http://www.other.example/a.html") is None
    assert addresses.hosts == {"127.0.0.1:8021"}


def test_a_site_without_an_address_is_refused():
    with pytest.raises(ProfileError, match="http"):
        Addresses(load_site("trs"))


def test_a_page_belongs_to_the_longest_column_around_it():
    site = load_site("anlan")
    assert site.column_of("/zwgk/zcjd/202601/t1.html").kind is Kind.INTERPRETATION
    assert site.column_of("/about.html") is None


def test_labels_are_stored_as_they_are_compared():
    assert all(label == "".join(label.split()) for label in LABELS)
