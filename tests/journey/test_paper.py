"""From the poster to the slip in hand; without paper; interrupted. By touch, on a real window."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from content_cache.library import Library
from kiosk.journal import Journal, Step
from kiosk.screens.theme import NORMAL
from tests.journey.machine import County, Machine, codes_on

pytestmark = pytest.mark.window
FAULT_LINE = (20, 148 + 34)


def open_document(machine: Machine) -> str:
    """The first document of the list; its id."""
    panel = machine.panel
    panel.press("policy")
    panel.wait_gone("policy")
    name = str(panel.wait_for("item-*")["name"])
    panel.press(name)
    panel.wait_for("print")
    return name.removeprefix("item-")


def last_steps(machine: Machine, count: int) -> list[Step]:
    """The last slips of the ledger; only while none is on its way."""
    journal = Journal(machine.state / "journal.db")
    try:
        return [entry.step for entry in journal.latest(count)]
    finally:
        journal.close()


def test_a_slip_is_printed_and_taken(
    county: County, machine: Machine, library: Library, tmp_path: Path
) -> None:
    before = len(county.printer.paper.cuts)
    item = library.get(open_document(machine))
    machine.panel.press("print")
    machine.panel.press("print-confirm")
    machine.panel.wait_for("print-taken")
    (slip,) = county.printer.paper.cuts[before:]
    assert item is not None
    assert codes_on(slip.convert("L"), tmp_path) == {item.source_url}
    machine.panel.press("print-taken")
    machine.panel.wait_gone("print-taken")
    assert last_steps(machine, 1) == [Step.PRINTED]


def test_a_preview_that_is_given_up_prints_nothing(county: County, machine: Machine) -> None:
    before = len(county.printer.paper.cuts)
    open_document(machine)
    machine.panel.press("print")
    machine.panel.press("print-cancel")
    machine.panel.wait_gone("print-cancel")
    assert len(county.printer.paper.cuts) == before


def test_paper_out_is_said_and_everything_else_works(county: County, machine: Machine) -> None:
    panel = machine.panel
    open_document(machine)
    county.printer.order("paper_out")
    panel.wait_for("print", on=False)
    said = tuple(round(255 * part) for part in NORMAL.sand[:3])
    assert machine.photo().getpixel(FAULT_LINE) == said
    for way in ("back", "home", "guide", "item-*", "material-0"):
        panel.press(way)
    panel.wait_for("print", on=False)
    county.printer.order("paper_in")
    panel.wait_for("print", on=True, wait_s=30)
    assert machine.photo().getpixel(FAULT_LINE) != said


def test_an_interrupted_slip_asks_and_is_never_repeated(county: County, machine: Machine) -> None:
    panel = machine.panel
    open_document(machine)
    before = len(county.printer.paper.cuts)
    county.printer.order("paper_out 9000")
    panel.press("print")
    panel.press("print-confirm")
    panel.wait_for("came-out", wait_s=30)
    assert last_steps(machine, 1) == [Step.UNKNOWN]
    county.printer.order("paper_in")
    time.sleep(3)  # time enough for a machine that would try again by itself
    assert len(county.printer.paper.cuts) == before
    panel.wait_for("did-not")
    panel.press("came-out")
    panel.wait_gone("came-out")
    assert last_steps(machine, 1) == [Step.CAME_OUT]


def test_a_slip_that_did_not_come_is_offered_again(county: County, machine: Machine) -> None:
    panel = machine.panel
    open_document(machine)
    county.printer.order("paper_out 9000")
    panel.press("print")
    panel.press("print-confirm")
    panel.wait_for("did-not", wait_s=30)
    county.printer.order("paper_in")
    before = len(county.printer.paper.cuts)
    panel.press("did-not")
    panel.press("print-confirm", wait_s=30)
    panel.wait_for("print-taken", wait_s=30)
    assert len(county.printer.paper.cuts) == before + 1
    assert last_steps(machine, 2) == [Step.PRINTED, Step.DID_NOT]
    panel.press("print-taken")
    panel.wait_gone("print-taken")
