"""One kiosk for all journeys that leave it as they found it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journey.machine import County, Machine, printer, progress_desk, running, settings


@pytest.fixture(scope="session")
def whole_county(seed_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    folder = tmp_path_factory.mktemp("kiosk")
    port = tmp_path_factory.mktemp("line") / "printer"
    with (
        progress_desk() as desk,
        printer(port) as simulator,
        running(folder, settings(seed_folder, desk=desk, port=port)) as machine,
    ):
        yield County(machine, simulator)


@pytest.fixture
def county(whole_county: County) -> Iterator[County]:
    """The whole county at its poster, with paper; brought back there afterwards."""
    yield whole_county
    whole_county.printer.order("paper_in")
    whole_county.machine.leave()


@pytest.fixture
def machine(county: County) -> Machine:
    """Its kiosk, woken: the home screen shows."""
    county.machine.wake()
    return county.machine
