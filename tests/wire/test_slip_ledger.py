"""A kiosk killed in the middle of a slip: the ledger says so, and nothing is ever printed twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.devices import profile as profiles
from kiosk.devices.sim.escpos_pty import Simulator
from kiosk.journal import Journal, Step

KIOSK = """
import sys
from pathlib import Path
from kiosk.devices.contracts import QrCode, Receipt, Text
from kiosk.devices.drivers.escpos_serial import EscPosSerial
from kiosk.devices.link import Link
from kiosk.devices.profile import load
from kiosk.journal import Journal
from kiosk.slips import print_slip

port, journal = sys.argv[1:]
receipt = Receipt(
    number="20261120-0042", kind="item",
    elements=(Text(text="安澜县"), QrCode(payload="http://www.anlan.gov.example/a/b/c/d/e.html")),
)
driver = EscPosSerial(Link(port, 921600), load("generic80", 921600))
print_slip(receipt, 1, driver, Journal(Path(journal)))
"""


def eventually(true: Callable[[], object], limit_s: float = 10.0) -> None:
    deadline = time.monotonic() + limit_s
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.001)


@pytest.mark.parametrize("after_bytes", [1, 2000, 6000])
def test_a_slip_that_was_being_sent_when_the_kiosk_died_is_unknown(
    tmp_path: Path, after_bytes: int
) -> None:
    port = tmp_path / "tty"
    printer = Simulator(port, profiles.load("generic80"), baud=115_200)
    thread = threading.Thread(target=printer.run)
    thread.start()
    try:
        eventually(port.exists)
        path = tmp_path / "journal.db"
        kiosk = subprocess.Popen([sys.executable, "-c", KIOSK, port, path])
        eventually(lambda: len(printer.received) >= after_bytes)
        kiosk.send_signal(signal.SIGKILL)
        kiosk.wait(5)
        journal = Journal(path)
        assert [entry.step for entry in journal.latest(9)] == [Step.UNKNOWN]
        assert [entry.number for entry in journal.unsettled()] == ["20261120-0042"]
        assert len(printer.paper.cuts) <= 1  # unknown is the truth: the end may be on its way
        journal.close()
        again = Journal(path)
        assert [entry.step for entry in again.latest(9)] == [Step.UNKNOWN]
        again.close()
    finally:
        printer.stop()
        thread.join(5)
