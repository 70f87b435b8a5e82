"""The journal: what is on disk after a crash, and that nobody can be found in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.contracts import (
    NotPrinted,
    PaperOut,
    Printed,
    PrinterStatus,
    PrintOutcome,
    Ready,
    Receipt,
    Silent,
    Text,
    Unknown,
)
from kiosk.journal import Audit, Journal, Step
from kiosk.slips import print_slip

NOW = datetime(2026, 11, 20, 9, 31, tzinfo=UTC)
DAY = date(2026, 11, 20)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    journal = Journal(path, lambda: NOW)
    yield journal
    journal.close()


def test_numbers_count_up_within_a_day_and_machine(journal: Journal) -> None:
    assert journal.next_number("01", DAY) == "20261120-0001"
    assert journal.next_number("01", DAY) == "20261120-0002"
    assert journal.next_number("02", DAY) == "20261120-0001"
    assert journal.next_number("01", date(2026, 11, 21)) == "20261121-0001"


def test_a_number_is_never_given_again_after_a_restart(path: Path) -> None:
    first = Journal(path)
    given_out = first.next_number("01", DAY)
    first.close()
    second = Journal(path)
    assert second.next_number("01", DAY) != given_out
    second.close()


def test_a_slip_goes_through_its_steps_and_each_is_kept(journal: Journal, path: Path) -> None:
    slip = journal.queue("20261120-0042", "item")
    journal.add(slip, Step.SENDING)
    journal.add(slip, Step.UNKNOWN)
    assert [entry.step for entry in journal.unsettled()] == [Step.UNKNOWN]
    assert journal.settle("20261120-0042", 1, came_out=False)
    assert not journal.settle("20261120-0042", 1, came_out=True)
    assert journal.unsettled() == ()
    entry = journal.latest(1)[0]
    assert (entry.number, entry.kind, entry.copy) == ("20261120-0042", "item", 1)
    assert (entry.step, entry.at) == (Step.DID_NOT, NOW)
    with sqlite3.connect(path) as other:
        steps = [row[0] for row in other.execute("SELECT step FROM ledger ORDER BY id")]
    other.close()
    assert steps == ["queued", "sending", "unknown", "did_not"]


ORDER = {Step.QUEUED: 0, Step.SENDING: 1, Step.PRINTED: 2, Step.NOT_PRINTED: 2, Step.UNKNOWN: 2,
         Step.CAME_OUT: 3, Step.DID_NOT: 3}  # fmt: skip


@given(st.lists(st.sampled_from(Step), max_size=6))
def test_a_step_only_ever_leads_on(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    journal = Journal(tmp_path_factory.getbasetemp() / "walk.db")
    slip = journal.queue("1", "item")
    for step in steps:
        before = journal.latest(1)[0].step
        try:
            journal.add(slip, step)
        except ValueError:
            assert journal.latest(1)[0].step is before
        else:
            assert ORDER[step] > ORDER[before]
    journal.close()


def test_after_a_crash_a_sent_slip_is_unknown_and_a_waiting_one_not_printed(path: Path) -> None:
    crashed = Journal(path)
    for step in (None, Step.SENDING, Step.PRINTED):
        slip = crashed.queue("20261120-0001", "guide")
        if step:
            crashed.add(slip, Step.SENDING)
        if step is Step.PRINTED:
            crashed.add(slip, step)
    crashed.close()
    again = Journal(path)
    assert [entry.step for entry in again.latest(3)] == [
        Step.PRINTED, Step.UNKNOWN, Step.NOT_PRINTED,
    ]  # fmt: skip
    again.close()


def test_every_row_is_forced_to_disk(journal: Journal) -> None:
    assert journal._db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert journal._db.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_events_are_kept_newest_first(journal: Journal) -> None:
    journal.record(Audit.STARTED)
    journal.record(Audit.PRINTER_AWAY, "printer.paper_out")
    assert [(row.event, row.detail) for row in journal.happened(9)] == [
        (Audit.PRINTER_AWAY, "printer.paper_out"),
        (Audit.STARTED, ""),
    ]


@pytest.mark.parametrize("detail", ["张*三", "two words", "4109202611090117", "a" * 65, "a\nb"])
def test_a_detail_cannot_hold_words_or_a_case_number(journal: Journal, detail: str) -> None:
    with pytest.raises(ValueError, match="detail"):
        journal.record(Audit.STARTED, detail)


@pytest.mark.parametrize("kind", ["最低生活保障", "Item", "a title", ""])
def test_a_kind_cannot_hold_a_title(journal: Journal, kind: str) -> None:
    with pytest.raises(ValueError, match="kind"):
        journal.queue("20261120-0001", kind)


@pytest.mark.parametrize("event", Audit)
def test_every_event_has_words(event: Audit) -> None:
    assert event.words
    assert event.__doc__ == event.words
    assert event == str(event)


# --- print_slip ----------------------------------------------------------------------------------


class Printer:
    """Says what it was told to say, and looks at the ledger from outside while it is asked."""

    def __init__(self, outcome: PrintOutcome, path: Path) -> None:
        self.outcome = outcome
        self.path = path
        self.printed: list[Receipt] = []
        self.on_disk: list[str] = []

    def status(self) -> PrinterStatus:
        return Ready()

    def print(self, receipt: Receipt) -> PrintOutcome:
        self.printed.append(receipt)
        other = sqlite3.connect(self.path)
        self.on_disk = [row[0] for row in other.execute("SELECT step FROM ledger ORDER BY id")]
        other.close()
        return self.outcome


SLIP = Receipt(number="20261120-0042", kind="item", elements=(Text(text="安澜县"),))


@pytest.mark.parametrize(
    ("outcome", "step"),
    [
        (Printed(), Step.PRINTED),
        (NotPrinted(because=PaperOut()), Step.NOT_PRINTED),
        (Unknown(because=Silent()), Step.UNKNOWN),
    ],
)
def test_sending_is_on_disk_before_the_printer_is_touched(
    journal: Journal, path: Path, outcome: PrintOutcome, step: Step
) -> None:
    printer = Printer(outcome, path)
    assert print_slip(SLIP, 1, printer, journal) == outcome
    assert printer.on_disk == ["queued", "sending"]
    assert journal.latest(1)[0].step is step
    assert printer.printed == [SLIP]


def test_a_second_copy_says_so_on_the_paper(journal: Journal, path: Path) -> None:
    printer = Printer(Printed(), path)
    print_slip(SLIP, 2, printer, journal)
    mark = printer.printed[0].elements[0]
    assert isinstance(mark, Text)
    assert "补打" in mark.text
    assert journal.latest(1)[0].copy == 2
