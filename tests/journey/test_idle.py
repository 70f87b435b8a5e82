"""Nobody there any more: the warning, staying, and everything forgotten for whoever comes next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journey.machine import BLANK_SPOT, Machine, progress_desk, running, settings

pytestmark = pytest.mark.window
IDLE_S, WARNING_S = 3.0, 3.0


@pytest.fixture(scope="module")
def impatient(seed_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A kiosk that waits three seconds and warns for three."""
    folder = tmp_path_factory.mktemp("impatient")
    with progress_desk() as desk:
        text = settings(seed_folder, desk=desk, idle_s=IDLE_S, warning_s=WARNING_S)
        with running(folder, text) as machine:
            yield machine


@pytest.fixture
def somebody(impatient: Machine) -> Iterator[Machine]:
    """Somebody has woken it."""
    impatient.wake()
    yield impatient
    if "stay" in impatient.panel.targets():
        impatient.panel.press("stay")
    impatient.leave()


def test_whoever_comes_next_finds_an_empty_field(somebody: Machine) -> None:
    panel = somebody.panel
    panel.press("progress")
    empty = somebody.part("field-number")
    for digit in "4109":
        panel.press(f"pad-{digit}")
    assert somebody.part("field-number") != empty
    panel.wait_for("stay")
    panel.wait_gone("stay")
    assert panel.targets() == {}  # the poster
    somebody.wake()
    panel.press("progress")
    assert somebody.part("field-number") == empty


def test_staying_keeps_what_was_typed(somebody: Machine) -> None:
    panel = somebody.panel
    panel.press("progress")
    panel.press("pad-4")
    typed = somebody.part("field-number")
    panel.press("stay")
    panel.wait_gone("stay")
    assert somebody.part("field-number") == typed


def test_the_touch_that_stays_presses_nothing(somebody: Machine) -> None:
    panel = somebody.panel
    panel.press("progress")
    panel.press("pad-4")
    typed = somebody.part("field-number")
    target = panel.wait_for("pad-rub")
    panel.wait_for("stay")
    panel.touch(float(target["x"]) + 20, float(target["y"]) + 20)
    panel.wait_gone("stay")
    assert somebody.part("field-number") == typed


def test_looks_are_forgotten_with_the_visit(somebody: Machine) -> None:
    before = somebody.photo()
    for look in ("large", "contrast", "low"):
        somebody.panel.press(look)
    assert somebody.photo() != before
    somebody.panel.press("end")
    somebody.panel.wait_gone("end")
    somebody.panel.touch(*BLANK_SPOT)
    somebody.panel.wait_for("policy")
    assert somebody.photo() == before


def test_touching_keeps_the_warning_away(somebody: Machine) -> None:
    for _ in range(8):
        somebody.panel.touch(*BLANK_SPOT)
        somebody.photo()
        assert "stay" not in somebody.panel.targets()
