"""The watch of a printer, with answers by hand and a clock of numbers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import pairwise

import pytest

from kiosk.devices.contracts import CoverOpen, PaperOut, PrinterStatus, Ready, Silent, Unplugged
from kiosk.devices.watch import INTERVAL_S, LONGEST_INTERVAL_S, MISSES, Watch


def answering(answers: list[PrinterStatus]) -> Callable[[], PrinterStatus]:
    """The answers one after the other, the last for ever."""
    return lambda: answers.pop(0) if len(answers) > 1 else answers[0]


def test_one_missed_answer_changes_nothing() -> None:
    watch = Watch("打印机", answering([Ready(), Silent(), Ready()]))
    assert watch.poll(0) == Ready()
    assert watch.poll(10) is None
    assert watch.poll(20) is None
    assert watch.status == Ready()


def test_several_in_a_row_call_it_away() -> None:
    watch = Watch("打印机", answering([Ready(), Unplugged()]))
    changes = [watch.poll(now * 10.0) for now in range(MISSES + 2)]
    assert changes == [Ready(), None, None, Unplugged(), None]


def test_what_the_printer_itself_says_counts_at_once() -> None:
    watch = Watch("打印机", answering([Ready(), PaperOut(), CoverOpen(), Ready()]))
    assert [watch.poll(now * 10.0) for now in range(4)] == [
        Ready(), PaperOut(), CoverOpen(), Ready(),
    ]  # fmt: skip


def test_a_printer_absent_from_the_start_is_known_at_once() -> None:
    assert Watch("打印机", Unplugged).poll(0) == Unplugged()


def test_it_asks_only_when_due() -> None:
    asked = []
    watch = Watch("打印机", lambda: asked.append(1) or Ready())
    for tenth in range(100):
        watch.poll(tenth / 10)
    assert len(asked) == 10 / INTERVAL_S


def test_an_absent_printer_is_asked_less_and_less_and_soon_again_once_back() -> None:
    times: list[float] = []
    now = 0.0
    answers: list[PrinterStatus] = [*[Unplugged()] * 9, Ready()]
    watch = Watch("打印机", lambda: times.append(now) or answering(answers)())
    while len(times) < 12:
        watch.poll(now)
        now += 0.5
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert gaps[:5] == [2, 4, 8, 16, 30]
    assert max(gaps) == LONGEST_INTERVAL_S
    assert gaps[-1] == INTERVAL_S


def test_a_print_that_failed_tells_the_watch_too() -> None:
    watch = Watch("打印机", Ready)
    watch.poll(0)
    assert watch.hear(PaperOut(), 1) == PaperOut()
    assert watch.poll(1.5) is None
    assert watch.poll(10) == Ready()


def test_an_outage_is_one_line_out_and_one_back(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="kiosk.devices.watch")
    answers = [Ready(), PaperOut(), CoverOpen(), PaperOut(), *[Silent()] * 5, Ready(), Ready()]
    watch = Watch("打印机", answering(answers))
    for now in range(20):
        watch.poll(now * 100.0)
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
