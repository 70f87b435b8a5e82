"""Every place on every panel keeps the rules of the design: touch, reach, drawing, contrast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from content_cache.library import Library
from kiosk.routes import ROUTES
from tests.glass import Glass
from tests.halls import UiThread, open_hall
from tests.screens.looks import Look, contrast

if TYPE_CHECKING:
    from tests.screens.survey import Survey

PORTRAIT, LANDSCAPE, PORTRAIT_4K = (1080, 1920), (1920, 1080), (2160, 3840)
LOOKS = (
    *(
        Look(size, scale, low)
        for size in (PORTRAIT, LANDSCAPE)
        for scale in (1.0, 1.5, 2.0)
        for low in (False, True)
    ),
    Look(PORTRAIT_4K, 1.5),
    Look(PORTRAIT, contrast=True),
)


@pytest.fixture(scope="module")
def survey(
    glass: Glass, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Survey]:
    from tests.screens.survey import Survey

    ui_thread = UiThread()
    with open_hall(library, tmp_path_factory.mktemp("hall"), ui_thread) as hall:
        yield Survey(glass, hall, ui_thread)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_place_keeps_the_rules(survey: Survey, look: Look) -> None:
    assert not sorted(survey.of(look))


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
