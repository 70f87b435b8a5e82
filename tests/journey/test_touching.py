"""Fingers, buttons and keys on a real window: what they do, and everything they must not do."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from content_cache.library import Library
from kiosk.qr import as_ascii
from tests.journey.machine import BLANK_SPOT, County, Machine, codes_on

pytestmark = pytest.mark.window

KEYS = (
    "F1", "F11", "F12", "Escape", "Print", "alt+F4", "alt+Tab", "ctrl+e", "ctrl+c", "ctrl+v",
    "ctrl+q", "ctrl+shift+i", "super", "Menu", "Tab", "Return", "BackSpace", "5",
)  # fmt: skip


def middle(machine: Machine, name: str) -> tuple[float, float]:
    target = machine.panel.wait_for(name)
    x, y, w, h = (float(target[key]) for key in ("x", "y", "w", "h"))
    return x + w / 2, y + h / 2


def test_the_touch_that_wakes_the_machine_presses_nothing(county: County) -> None:
    machine = county.machine
    machine.wake()
    place = middle(machine, "policy")
    machine.leave()
    machine.panel.touch(*place)
    machine.panel.wait_for("policy")
    time.sleep(0.5)
    assert "progress" in machine.panel.targets()
    machine.panel.touch(*place)
    machine.panel.wait_gone("policy")


def test_a_drag_scrolls_and_presses_nothing(machine: Machine) -> None:
    machine.panel.press("policy")
    machine.panel.wait_gone("policy")
    x, y = middle(machine, "item-*")
    before = machine.photo()
    machine.panel.drag(x, y + 600, y + 100)
    assert machine.photo() != before
    assert "print" not in machine.panel.targets()  # no document was opened
    machine.panel.drag(x, y + 100, y + 900)
    assert machine.photo() == before


@pytest.mark.parametrize("screen", ["home", "progress"])
def test_keys_do_nothing(machine: Machine, screen: str) -> None:
    if screen == "progress":
        machine.panel.press("progress")
        machine.panel.press("pad-7")
    machine.panel.do("mousemove", *map(str, BLANK_SPOT))
    assert machine.ask("getwindowfocus") in machine.ask("getmouselocation", "--shell")
    before = machine.photo()
    machine.panel.do("key", "--delay", "30", *KEYS)
    assert machine.photo() == before
    assert machine.process.poll() is None


@pytest.mark.parametrize("button", ["2", "3", "4", "5", "8"])
def test_other_buttons_than_the_left_do_nothing(machine: Machine, button: str) -> None:
    before = machine.photo()
    x, y = middle(machine, "policy")
    machine.panel.do("mousemove", str(int(x)), str(int(y)), "click", button)
    assert machine.photo() == before
    assert "progress" in machine.panel.targets()


def test_a_double_click_beside_everything_does_nothing(machine: Machine) -> None:
    before = machine.photo()
    machine.panel.do("mousemove", *map(str, BLANK_SPOT))
    machine.panel.do("click", "--repeat", "2", "--delay", "60", "1")
    assert machine.photo() == before


def test_the_code_of_a_document_leads_to_its_page(
    machine: Machine, library: Library, tmp_path: Path
) -> None:
    machine.panel.press("policy")
    machine.panel.wait_gone("policy")
    name = str(machine.panel.wait_for("item-*")["name"])
    machine.panel.press(name)
    machine.panel.wait_for("print")
    item = library.get(name.removeprefix("item-"))
    assert item is not None
    assert item.source_url is not None
    assert codes_on(machine.photo(), tmp_path) == {as_ascii(item.source_url)}


def test_an_enlarged_code_leads_to_its_guide(
    machine: Machine, library: Library, tmp_path: Path
) -> None:
    machine.panel.press("matrix")
    name = str(machine.panel.wait_for("code-*")["name"])
    machine.panel.press(name)
    guide = library.get(name.removeprefix("code-"))
    assert guide is not None
    assert guide.source_url is not None
    assert codes_on(machine.part("sheet"), tmp_path) == {as_ascii(guide.source_url)}


def test_every_code_of_the_first_page_of_codes_is_read(
    machine: Machine, library: Library, tmp_path: Path
) -> None:
    machine.panel.press("matrix")
    machine.panel.wait_for("code-*")
    whole = [
        str(target["name"]).removeprefix("code-")
        for target in machine.panel.targets().values()
        if str(target["name"]).startswith("code-")
        and float(target["y"]) + float(target["h"]) < 1700
    ]
    guides = [item for name in whole if (item := library.get(name))]
    assert len(guides) >= 10
    assert {as_ascii(item.source_url or "") for item in guides} <= codes_on(
        machine.photo(), tmp_path
    )
