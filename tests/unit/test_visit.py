"""One person's visit without a window: searching, printing, ending."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from content_cache.library import Library
from content_cache.model import Item, Kind
from content_cache.results import Filters, Found
from kiosk.config import ReceiptPrinter
from kiosk.devices.contracts import PaperOut, Ready
from kiosk.flows import printing
from kiosk.paper import Paper
from kiosk.routes import Detail, Search
from kiosk.tasks import Scope
from kiosk.visit import HINTS, Hall
from tests.halls import Citizen, UiThread


def found_by(citizen: Citizen) -> Found | None:
    return citizen.visit.found


@contextmanager
def busy_lane(hall: Hall, lane: str, ui_thread: UiThread) -> Iterator[None]:
    """Nothing else of this lane is worked off inside the block; afterwards its own call is gone."""
    go_on = threading.Event()
    hall.tasks.run(lane, Scope(), lambda: go_on.wait(5), lambda _none: None)
    try:
        yield
    finally:
        go_on.set()
        ui_thread.take()


# --- searching ------------------------------------------------------------------------------------


def test_an_empty_search_offers_words_at_once(citizen: Citizen) -> None:
    citizen.visit.go(Search())
    assert 0 < len(citizen.visit.hints) <= HINTS
    assert found_by(citizen) is None


def test_a_search_is_answered_off_the_ui_thread_and_drawn(
    citizen: Citizen, ui_thread: UiThread
) -> None:
    citizen.visit.go(Search(words="低保"))
    assert found_by(citizen) is None
    drawn = citizen.changes
    ui_thread.take()
    found = found_by(citizen)
    assert found is not None
    assert found.total > 0
    assert citizen.changes == drawn + 1


def test_an_answer_that_comes_after_more_was_typed_is_dropped(
    hall: Hall, citizen: Citizen, ui_thread: UiThread
) -> None:
    with busy_lane(hall, "search", ui_thread):
        citizen.visit.go(Search(words="低保"))
        citizen.visit.go(Search(words="公租房"))
    ui_thread.take()
    assert found_by(citizen) is None
    ui_thread.take()
    assert found_by(citizen) == hall.library.search("公租房", limit=30)


def test_an_answer_that_comes_after_another_kind_was_chosen_is_dropped(
    hall: Hall, citizen: Citizen, ui_thread: UiThread
) -> None:
    guides = Filters(kind=Kind.GUIDE)
    with busy_lane(hall, "search", ui_thread):
        citizen.visit.go(Search(words="低保"))
        citizen.visit.go(Search(words="低保", filters=guides))
    ui_thread.take()
    assert found_by(citizen) is None
    ui_thread.take()
    assert found_by(citizen) == hall.library.search("低保", guides, limit=30)


def test_an_answer_that_comes_after_everything_was_rubbed_out_is_dropped(
    hall: Hall, citizen: Citizen, ui_thread: UiThread
) -> None:
    with busy_lane(hall, "search", ui_thread):
        citizen.visit.go(Search(words="低保"))
        citizen.visit.go(Search())
    hints = citizen.visit.hints
    ui_thread.take()
    assert found_by(citizen) is None
    assert citizen.visit.hints == hints


def test_an_answer_that_comes_after_the_visit_is_dropped(
    hall: Hall, citizen: Citizen, ui_thread: UiThread
) -> None:
    with busy_lane(hall, "search", ui_thread):
        citizen.visit.go(Search(words="低保"))
        citizen.visit.close()
    drawn = citizen.changes
    assert ui_thread.idle
    assert found_by(citizen) is None
    assert citizen.changes == drawn


def test_coming_back_to_the_results_shows_them_without_asking_again(
    citizen: Citizen, ui_thread: UiThread
) -> None:
    citizen.visit.go(Search(words="低保", typing=False))
    ui_thread.take()
    found = found_by(citizen)
    assert found is not None
    citizen.visit.go(Detail(id=found.results[0].id))
    citizen.visit.back()
    assert found_by(citizen) is found
    assert ui_thread.idle


# --- printing -------------------------------------------------------------------------------------


def one_of(library: Library, kind: Kind) -> Item:
    item = library.get(library.list(Filters(kind=kind)).rows[0].id)
    assert item is not None
    return item


def test_a_slip_is_offered_before_it_is_printed(citizen: Citizen, library: Library) -> None:
    citizen.visit.print_item(one_of(library, Kind.POLICY))
    assert isinstance(citizen.visit.printing, printing.Preview)
    assert citizen.visit.printing.receipt.number == "20261120-0001"


def test_a_notice_tells_what_is_still_missing(citizen: Citizen, library: Library) -> None:
    guide = one_of(library, Kind.GUIDE)
    slips = []
    for have in (frozenset[int](), frozenset({0})):
        citizen.visit.print_item(guide, have)
        state = citizen.visit.printing
        assert isinstance(state, printing.Preview)
        slips.append(state.receipt.elements)
        citizen.visit.send(printing.Close())
    assert slips[0] != slips[1]


def test_no_case_no_slip_of_it(citizen: Citizen) -> None:
    citizen.visit.print_case()
    assert isinstance(citizen.visit.printing, printing.Idle)


def test_what_the_printer_says_reaches_health_and_flow(citizen: Citizen, library: Library) -> None:
    citizen.visit.printer_changed(PaperOut())
    assert citizen.visit.health.printer == PaperOut()
    citizen.visit.print_item(one_of(library, Kind.POLICY))
    assert isinstance(citizen.visit.printing, printing.Blocked)
    citizen.visit.printer_changed(Ready())
    assert isinstance(citizen.visit.printing, printing.Preview)


@pytest.fixture
def unplugged(hall: Hall, tmp_path: Path, ui_thread: UiThread) -> Citizen:
    """A citizen in a hall whose printer's cable is pulled, a moment before the watch sees it."""
    fitted = ReceiptPrinter(port=str(tmp_path / "no-such-port"))
    paper = Paper(fitted, hall.tasks, lambda _status: None)
    return Citizen(replace(hall, paper=paper))


def test_the_session_is_held_while_the_printer_works(
    unplugged: Citizen, library: Library, ui_thread: UiThread
) -> None:
    unplugged.visit.print_item(one_of(library, Kind.POLICY))
    unplugged.visit.send(printing.Confirm())
    assert unplugged.holds == [True]
    ui_thread.take()
    assert unplugged.holds == [True, False]
    assert isinstance(unplugged.visit.printing, printing.Blocked)


def test_a_print_that_ends_after_its_visit_releases_nothing(
    unplugged: Citizen, library: Library, ui_thread: UiThread
) -> None:
    unplugged.visit.print_item(one_of(library, Kind.POLICY))
    unplugged.visit.send(printing.Confirm())
    unplugged.visit.close()
    ui_thread.take()
    assert unplugged.holds == [True]


# --- ending ---------------------------------------------------------------------------------------


def test_end_tells_the_app(citizen: Citizen) -> None:
    citizen.visit.end()
    assert citizen.ended
