"""The slip printer as the app holds it: its lane, its watch, its ledger. A hall without one is
fine too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.config import ReceiptPrinter
from kiosk.devices.contracts import (
    Printed,
    PrinterStatus,
    PrintOutcome,
    Ready,
    Receipt,
    Unknown,
)
from kiosk.journal import Audit, Journal
from kiosk.tasks import Scope, Tasks

if TYPE_CHECKING:
    from kiosk.devices.drivers.escpos_serial import EscPosSerial
    from kiosk.devices.watch import Watch

LANE = "printer"


class Paper:
    """status is what the screens may show: None where no printer is fitted."""

    def __init__(
        self,
        fitted: ReceiptPrinter | None,
        tasks: Tasks,
        changed: Callable[[PrinterStatus], None],
    ) -> None:
        self._fitted = fitted
        self._tasks = tasks
        self._changed = changed
        self._scope = Scope()
        self._asking = False
        self._parts: tuple[EscPosSerial, Watch] | None = None
        self._journal: Journal | None = None
        # Ready until the first answer: nobody can print within the first second anyway.
        self.status: PrinterStatus | None = Ready() if fitted else None

    def poll(self, journal: Journal) -> None:
        """Let the watch ask if it is time; at most one question is under way."""
        if self._fitted is None or self._asking:
            return
        self._asking = True
        self._journal = journal

        def ask() -> PrinterStatus | None:
            return self._driver()[1].poll(time.monotonic())

        self._tasks.run(LANE, self._scope, ask, self._heard, self._stumbled)

    def print(
        self, receipt: Receipt, copy: int, journal: Journal, said: Callable[[PrintOutcome], None]
    ) -> None:
        """Send the slip once and say on the UI thread what became of it."""

        def work() -> tuple[PrintOutcome, PrinterStatus | None]:
            from kiosk.slips import print_slip  # noqa: PLC0415  # drawing waits for the first slip

            driver, watch = self._driver()
            outcome = print_slip(receipt, copy, driver, journal)
            seen = None if isinstance(outcome, Printed) else outcome.because
            # The watch hears it too, or it would take the recovery for nothing new.
            return outcome, seen and watch.hear(seen, time.monotonic())

        def then(answer: tuple[PrintOutcome, PrinterStatus | None]) -> None:
            outcome, status = answer
            if status is not None:
                self._note(status)
            said(outcome)

        def failed(_problem: Exception) -> None:
            # Nobody can tell what a crash in the middle left on paper.
            said(Unknown(because=self.status or Ready()))

        self._tasks.run(LANE, self._scope, work, then, failed)

    def close(self) -> None:
        """Answers that are still under way are dropped."""
        self._scope.close()

    def _driver(self) -> tuple[EscPosSerial, Watch]:
        """Built on the lane at the first question: serial and its profile are not loaded before."""
        if self._parts is None:
            from kiosk.devices import profile  # noqa: PLC0415
            from kiosk.devices.drivers.escpos_serial import EscPosSerial  # noqa: PLC0415
            from kiosk.devices.link import Link  # noqa: PLC0415
            from kiosk.devices.watch import Watch  # noqa: PLC0415

            assert self._fitted is not None  # noqa: S101  # poll and print ask first
            facts = profile.load(self._fitted.profile, self._fitted.baud)
            driver = EscPosSerial(Link(self._fitted.port, facts.baud), facts)
            self._parts = (driver, Watch("收据打印机", driver.status))
        return self._parts

    def _heard(self, status: PrinterStatus | None) -> None:
        self._asking = False
        if status is not None:
            self._note(status)

    def _stumbled(self, problem: Exception) -> None:
        self._asking = False
        raise problem

    def _note(self, status: PrinterStatus) -> None:
        if status == self.status:
            return
        was_ready, self.status = isinstance(self.status, Ready), status
        is_ready = isinstance(status, Ready)
        if was_ready != is_ready and self._journal:
            event = Audit.PRINTER_BACK if is_ready else Audit.PRINTER_AWAY
            self._journal.record(event)
        self._changed(status)
