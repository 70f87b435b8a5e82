"""Print one slip and write down what became of it: the only way a slip reaches the printer."""

from __future__ import annotations

from typing import assert_never

from kiosk.devices.contracts import (
    NotPrinted,
    Printed,
    PrintOutcome,
    Receipt,
    ReceiptPrinter,
    Unknown,
)
from kiosk.journal import Journal, Step
from kiosk.receipts import reprint


def print_slip(
    receipt: Receipt, copy: int, printer: ReceiptPrinter, journal: Journal
) -> PrintOutcome:
    """Send the slip once, on the printer's lane. copy 2 and up carries 补打 on the paper.

    `sending` is on disk before the port is touched: a crash leaves an unknown slip, never a
    forgotten one.
    """
    slip = journal.queue(receipt.number, receipt.kind, copy)
    journal.add(slip, Step.SENDING)
    outcome = printer.print(receipt if copy == 1 else reprint(receipt, copy))
    journal.add(slip, _step_of(outcome))
    return outcome


def _step_of(outcome: PrintOutcome) -> Step:
    match outcome:
        case Printed():
            return Step.PRINTED
        case NotPrinted():
            return Step.NOT_PRINTED
        case Unknown():
            return Step.UNKNOWN
        case _:
            assert_never(outcome)
