"""A picture of every route, portrait and landscape: drawn, framed in its colours, not blank.

They are not compared dot by dot: that would tie them to one version of the graphics library.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kiosk.prefs import Prefs
from kiosk.routes import (
    ROUTES,
    Attract,
    Browse,
    Detail,
    Guide,
    Home,
    Matrix,
    Progress,
    Route,
    Search,
)
from kiosk.screens.theme import HIGH, NORMAL, Colour
from kiosk.visit import Hall
from tests.glass import Glass
from tests.halls import Citizen, UiThread
from tests.places import places

if TYPE_CHECKING:
    from PIL.Image import Image

PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)
SHOWN: dict[type[Route], str] = {
    Attract: "attract",
    Home: "home",
    Search: "search-results",
    Browse: "list-policy",
    Detail: "detail-longest-text",
    Guide: "guide-most-materials",
    Matrix: "codes",
    Progress: "progress-case",
}
FRAMED = [route for route in SHOWN if route is not Attract]
SIZES = pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])

Camera = Callable[..., "Image"]


@pytest.fixture
def camera(glass: Glass, hall: Hall, ui_thread: UiThread) -> Camera:
    """Takes the picture of a route for a citizen who has just come."""
    by_name = {place.name: place for place in places(hall.library)}

    def take(route: type[Route], size: tuple[int, int], prefs: Prefs = Prefs()) -> Image:
        place, visit = by_name[SHOWN[route]], Citizen(hall).visit
        visit.set_prefs(prefs)
        instead = place.enter(visit, ui_thread)
        return glass.picture(glass.show(visit, size, instead))

    return take


def bytes_of(colour: Colour) -> tuple[int, ...]:
    return tuple(round(part * 255) for part in colour[:3])


def share(picture: Image, colour: Colour) -> float:
    """How much of the picture has exactly this colour, 0 to 1."""
    counts = picture.getcolors(1 << 24) or []
    wanted = bytes_of(colour)
    return sum(count for count, seen in counts if seen == wanted) / (picture.width * picture.height)


def test_every_route_has_its_picture() -> None:
    assert set(SHOWN) == set(ROUTES)


@SIZES
@pytest.mark.parametrize("route", SHOWN)
def test_the_picture_is_not_blank(
    camera: Camera, route: type[Route], size: tuple[int, int]
) -> None:
    picture = camera(route, size)
    assert picture.size == size
    colours = picture.getcolors(1 << 24) or []
    assert len(colours) > 200  # letters alone have that many shades
    assert max(count for count, _ in colours) < 0.9 * size[0] * size[1]


@SIZES
@pytest.mark.parametrize("route", FRAMED)
def test_header_and_footer_have_their_colours(
    camera: Camera, route: type[Route], size: tuple[int, int]
) -> None:
    picture = camera(route, size)
    header = picture.crop((0, 0, size[0], 100))
    footer = picture.crop((0, size[1] - 100, size[0], size[1]))
    assert share(header, NORMAL.deep) > 0.7
    assert share(footer, NORMAL.card) > 0.5
    assert share(footer, NORMAL.rose) > 0.05  # 结束


@SIZES
def test_the_poster_fills_the_panel(camera: Camera, size: tuple[int, int]) -> None:
    picture = camera(Attract, size)
    corners = [(0, 0), (size[0] - 1, 0), (0, size[1] - 1), (size[0] - 1, size[1] - 1)]
    assert {picture.getpixel(corner) for corner in corners} == {bytes_of(NORMAL.deep)}


@pytest.mark.parametrize("route", FRAMED)
def test_high_contrast_is_black_on_white(camera: Camera, route: type[Route]) -> None:
    picture = camera(route, PORTRAIT, Prefs(contrast=True))
    assert share(picture.crop((0, 0, 1080, 100)), HIGH.deep) > 0.7
    assert share(picture, HIGH.ground) > 0.4


def test_the_same_screen_is_the_same_picture(camera: Camera) -> None:
    assert camera(Home, PORTRAIT).tobytes() == camera(Home, PORTRAIT).tobytes()


def test_every_route_is_another_picture(camera: Camera) -> None:
    assert len({camera(route, PORTRAIT).tobytes() for route in SHOWN}) == len(SHOWN)
