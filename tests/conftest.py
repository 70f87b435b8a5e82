"""What tests of several folders share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from content_cache.library import Library
from content_cache.seed.build import seed_root
from kiosk.visit import Hall
from tests.halls import Citizen, UiThread, open_hall

if TYPE_CHECKING:
    from tests.glass import Glass


@pytest.fixture(scope="session")
def seed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content root with the present seed county."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        return seed_root()


@pytest.fixture(scope="session")
def library(seed_folder: Path) -> Library:
    """The seed county, read-only."""
    return Library(seed_folder)


@pytest.fixture
def ui_thread() -> UiThread:
    return UiThread()


@pytest.fixture
def hall(library: Library, tmp_path: Path, ui_thread: UiThread) -> Iterator[Hall]:
    """A hall without printer and desk."""
    with open_hall(library, tmp_path, ui_thread) as opened:
        yield opened


@pytest.fixture
def citizen(hall: Hall) -> Citizen:
    return Citizen(hall)


@pytest.fixture(scope="session")
def glass(tmp_path_factory: pytest.TempPathFactory) -> Glass:
    """The window off the screen; see tests/glass.py."""
    from tests.glass import Glass

    return Glass(tmp_path_factory.mktemp("kivy"))
