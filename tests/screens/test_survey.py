"""Every place on every panel keeps the rules of the design: touch, reach, drawing, contrast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pytest

from content_cache.library import Library
from kiosk.routes import ROUTES
from tests.glass import Glass
from tests.halls import UiThread, open_hall
from tests.screens.looks import Finding, Look, contrast

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


KNOWN = (
    Known(
        "faint_words",
        "theme.NORMAL: green on mint is 4.47:1",
        Look(PORTRAIT),
        what="现行有效",
    ),
    Known(
        "faint_words",
        "pieces.button: the reason on a button that is off is drawn faint, 2.80:1",
        Look(PORTRAIT),
        places=("detail-paper-out",),
        what="打印机缺纸",
    ),
    Known(
        "faint_words",
        "pieces.button: and so is its icon",
        Look(PORTRAIT),
        places=("detail-paper-out",),
        what="icon",
    ),
    Known(
        "words_upon_words",
        "home._news_row: the mark of six characters is wider than the room left for it",
        Look(PORTRAIT),
        places=("detail-disclosure",),
        scale=1.0,
    ),
    Known(
        "words_out_of_their_row",
        "shell._hero: four lines of title are higher than the hero of a landscape panel",
        Look(LANDSCAPE, low=True),
        places=("detail-", "print-"),
        size=LANDSCAPE,
    ),
    Known(
        "words_upon_words",
        "shell._hero: and are drawn over what follows",
        Look(LANDSCAPE, low=True),
        places=("detail-paper-out",),
        size=LANDSCAPE,
    ),
    Known(
        "outside",
        "printing.sheet_of: three buttons in the largest text are higher than the panel",
        Look(LANDSCAPE, 2.0),
        places=("print-",),
        size=LANDSCAPE,
        scale=2.0,
    ),
    Known(
        "out_of_reach",
        "shell._framed: with the keyboard the search box comes to stand above the line",
        Look(PORTRAIT, low=True),
        places=("search-empty", "search-typing"),
    ),
    Known(
        "out_of_reach",
        "shell.sheet_layer: dialogs of printing stand in the middle in low reach, too",
        Look(PORTRAIT, low=True),
        places=("print-",),
    ),
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
    found = [f for f in survey.of(look) if not any(known.covers(look, f) for known in KNOWN)]
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
