"""Every place on every panel keeps the rules of the design: touch, reach, drawing, contrast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from content_cache.library import Library
from kiosk.routes import ROUTES
from tests.glass import Glass
from tests.halls import UiThread, open_hall
from tests.screens.survey import RULES, Finding, Look, Survey, contrast

PORTRAIT, LANDSCAPE, PORTRAIT_4K = (1080, 1920), (1920, 1080), (2160, 3840)
LOOKS = (
    *(
        Look(size, scale, low)
        for size in (PORTRAIT, LANDSCAPE)
        for scale in (1.0, 1.5, 2.0)
        for low in (False, True)
    ),
    Look(PORTRAIT_4K),
    Look(PORTRAIT_4K, 2.0, low=True),
    Look(PORTRAIT, contrast=True),
    Look(LANDSCAPE, contrast=True),
)


class Known(NamedTuple):
    """A fault that is known: it has to be taken out of this table when it is mended.

    Everything the rule finds in places of these beginnings; of the other facts those given.
    """

    rule: str
    reason: str
    look: Look
    places: tuple[str, ...] = ("",)
    what: str = ""
    size: tuple[int, int] | None = None
    scale: float | None = None

    def covers(self, look: Look, finding: Finding) -> bool:
        return (
            finding.rule == self.rule
            and finding.place.startswith(self.places)
            and finding.what.startswith(self.what)
            and self.size in (None, look.size)
            and self.scale in (None, look.scale)
        )


KNOWN: tuple[Known, ...] = ()


@pytest.fixture(scope="module")
def survey(
    glass: Glass, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Survey]:
    ui_thread = UiThread()
    with open_hall(library, tmp_path_factory.mktemp("hall"), ui_thread) as hall:
        yield Survey(glass, hall, ui_thread)


@pytest.mark.parametrize("rule", [rule.__name__ for rule in RULES])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_place_keeps_the_rule(survey: Survey, look: Look, rule: str) -> None:
    found = [
        finding
        for finding in survey.of(look)
        if finding.rule == rule and not any(known.covers(look, finding) for known in KNOWN)
    ]
    assert not sorted(found)


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(
            known,
            id=f"{known.rule}-{known.look}",
            marks=pytest.mark.xfail(strict=True, reason=known.reason),
        )
        for known in KNOWN
    ],
)
def test_a_known_fault_is_mended(survey: Survey, known: Known) -> None:
    assert not [f for f in survey.of(known.look) if known.covers(known.look, f)]


def test_the_survey_goes_to_every_route(survey: Survey) -> None:
    assert {type(place.route) for place in survey.places} == set(ROUTES)


def test_places_have_names_of_their_own(survey: Survey) -> None:
    names = [place.name for place in survey.places]
    assert len(set(names)) == len(names)


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    black, white, grey = (0.0, 0.0, 0.0, 1.0), (1.0, 1.0, 1.0, 1.0), (0x76 / 255,) * 3
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, white) == 1
    assert contrast((*grey, 1.0), white) == pytest.approx(4.54, abs=0.005)
