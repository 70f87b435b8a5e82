"""The way back: what counts as the same place, what Home drops, how long the way may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_cache.model import Kind
from content_cache.results import Filters
from kiosk.routes import (
    LONGEST_WAY_BACK,
    Browse,
    Detail,
    Guide,
    Home,
    Matrix,
    Navigator,
    Progress,
    Route,
    Search,
)

POLICIES, GUIDES = Filters(kind=Kind.POLICY), Filters(kind=Kind.GUIDE)
PLACES: tuple[Route, ...] = (
    Home(),
    Search(),
    Search(words="低保", typing=False),
    Browse(filters=POLICIES),
    Browse(filters=POLICIES, choosing="year"),
    Browse(filters=GUIDES),
    Detail(id="a"),
    Detail(id="b"),
    Detail(id="b", attachment=0),
    Guide(id="g"),
    Guide(id="g", have=frozenset({1})),
    Matrix(),
    Matrix(enlarged="g"),
    Progress(),
    Progress(reveal=True),
)
JOURNEYS = st.lists(st.one_of(st.sampled_from(PLACES), st.none()), max_size=80)


def way_back(navigator: Navigator) -> list[Route]:
    """Where each 返回 leads, until there is none."""
    places = []
    while navigator.can_go_back:
        navigator.back()
        places.append(navigator.here)
    return places


def after(*routes: Route) -> Navigator:
    navigator = Navigator()
    for route in routes:
        navigator.go(route)
    return navigator


def test_a_visit_starts_at_home_with_no_way_back() -> None:
    navigator = Navigator()
    assert navigator.here == Home()
    assert not navigator.can_go_back
    navigator.back()
    assert navigator.here == Home()


def test_back_retraces_the_way_one_place_at_a_time() -> None:
    navigator = after(Browse(filters=POLICIES), Detail(id="a"), Detail(id="b"))
    assert way_back(navigator) == [Detail(id="a"), Browse(filters=POLICIES), Home()]


def test_home_drops_the_way_back() -> None:
    navigator = after(Browse(filters=POLICIES), Detail(id="a"), Home())
    assert navigator.here == Home()
    assert not navigator.can_go_back


def test_reset_drops_everything() -> None:
    navigator = after(Search(words="低保"), Detail(id="a"))
    navigator.reset()
    assert navigator.here == Home()
    assert not navigator.can_go_back


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (Search(), Search(words="低保")),
        (Browse(filters=POLICIES), Browse(filters=Filters(kind=Kind.POLICY, year=2026))),
        (Detail(id="a"), Detail(id="a", attachment=1)),
        (Guide(id="g"), Guide(id="g", section="材料清单", have=frozenset({0, 2}))),
        (Matrix(), Matrix(publisher="安澜县民政局", enlarged="g")),
        (Progress(), Progress(reveal=True)),
    ],
)
def test_a_choice_within_a_screen_is_no_step_on_the_way(here: Route, there: Route) -> None:
    navigator = after(here, there)
    assert navigator.here == there
    assert way_back(navigator) == [Home()]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (Browse(filters=POLICIES), Browse(filters=GUIDES)),
        (Detail(id="a"), Detail(id="b")),
        (Guide(id="g"), Guide(id="h")),
        (Detail(id="a"), Guide(id="a")),
    ],
)
def test_another_document_is_a_step_on_the_way(here: Route, there: Route) -> None:
    assert way_back(after(here, there)) == [here, Home()]


@given(JOURNEYS)
def test_back_always_ends_at_home(journey: list[Route | None]) -> None:
    navigator = Navigator()
    for route in journey:
        if route is None:
            navigator.back()
        else:
            navigator.go(route)
            assert navigator.here == route
    places = way_back(navigator)
    assert navigator.here == Home()
    assert Home() not in places[:-1]
    assert len(places) <= LONGEST_WAY_BACK


def test_the_way_back_of_a_long_visit_keeps_its_newest_places() -> None:
    walked: list[Route] = [Detail(id=str(number)) for number in range(3 * LONGEST_WAY_BACK)]
    newest = walked[-LONGEST_WAY_BACK:]
    assert way_back(after(*walked)) == [*reversed(newest[:-1]), Home()]
