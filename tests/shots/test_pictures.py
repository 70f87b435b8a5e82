"""A picture of every route, portrait and landscape: drawn, framed in its colours, not blank.

They are not compared dot by dot: that would tie them to one version of the graphics library.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from content_cache.library import Library
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
from tests.halls import Citizen, UiThread, open_hall
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


class Camera:
    """Takes the picture of a route for a citizen who has just come."""

    def __init__(self, glass: Glass, hall: Hall, ui_thread: UiThread) -> None:
        self._glass, self._hall, self._ui_thread = glass, hall, ui_thread
        self._places = {place.name: place for place in places(hall.library)}
        self._taken: dict[tuple[type[Route], tuple[int, int], bool], Image] = {}

    def take(self, route: type[Route], size: tuple[int, int], *, contrast: bool = False) -> Image:
        """A new picture."""
        visit = Citizen(self._hall).visit
        visit.set_prefs(Prefs(contrast=contrast))
        instead = self._places[SHOWN[route]].enter(visit, self._ui_thread)
        return self._glass.picture(self._glass.show(visit, size, instead))

    def of(self, route: type[Route], size: tuple[int, int], *, contrast: bool = False) -> Image:
        """The picture, taken once."""
        key = (route, size, contrast)
        if key not in self._taken:
            self._taken[key] = self.take(route, size, contrast=contrast)
        return self._taken[key]


@pytest.fixture(scope="module")
def camera(
    glass: Glass, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Camera]:
    ui_thread = UiThread()
    with open_hall(library, tmp_path_factory.mktemp("hall"), ui_thread) as hall:
        yield Camera(glass, hall, ui_thread)


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
    picture = camera.of(route, size)
    assert picture.size == size
    colours = picture.getcolors(1 << 24) or []
    assert len(colours) > 200  # letters alone have that many shades
    assert max(count for count, _ in colours) < 0.9 * size[0] * size[1]


@SIZES
@pytest.mark.parametrize("route", FRAMED)
def test_header_and_footer_have_their_colours(
    camera: Camera, route: type[Route], size: tuple[int, int]
) -> None:
    picture = camera.of(route, size)
    header = picture.crop((0, 0, size[0], 100))
    footer = picture.crop((0, size[1] - 100, size[0], size[1]))
    assert share(header, NORMAL.deep) > 0.7
    assert share(footer, NORMAL.card) > 0.5
    assert share(footer, NORMAL.rose) > 0.05  # 结束


@SIZES
def test_the_poster_fills_the_panel(camera: Camera, size: tuple[int, int]) -> None:
    picture = camera.of(Attract, size)
    corners = [(0, 0), (size[0] - 1, 0), (0, size[1] - 1), (size[0] - 1, size[1] - 1)]
    assert {picture.getpixel(corner) for corner in corners} == {bytes_of(NORMAL.deep)}


@pytest.mark.parametrize("route", FRAMED)
def test_high_contrast_is_black_on_white(camera: Camera, route: type[Route]) -> None:
    picture = camera.of(route, PORTRAIT, contrast=True)
    assert share(picture.crop((0, 0, 1080, 100)), HIGH.deep) > 0.7
    assert share(picture, HIGH.ground) > 0.4


def test_the_same_screen_is_the_same_picture(camera: Camera) -> None:
    assert camera.take(Home, PORTRAIT).tobytes() == camera.of(Home, PORTRAIT).tobytes()


def test_every_route_is_another_picture(camera: Camera) -> None:
    assert len({camera.of(route, PORTRAIT).tobytes() for route in SHOWN}) == len(SHOWN)
