"""A slip printer on a serial line, as a ReceiptPrinter.

Responsible for: asking before sending, sending once, watching the printer while it works, and
saying truthfully what became of the slip. Not responsible for: repeating anything, remembering
slips, polling while idle, logging, or being called from two threads: it is the printer's lane's.

    not ready            -> NotPrinted: not one byte of the slip was sent
    confirmed by itself  -> Printed
    anything else        -> Unknown: what line and printer still hold is thrown away where possible
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import assert_never

from kiosk.devices.codecs import escpos, status
from kiosk.devices.codecs.commands import Op, ask_process, picture, process_id_bytes, simple
from kiosk.devices.contracts import (
    NotPrinted,
    Printed,
    PrinterStatus,
    PrintOutcome,
    Ready,
    Receipt,
    Silent,
    Unknown,
    Unplugged,
)
from kiosk.devices.link import LineLost, Link
from kiosk.devices.profile import Confirmation, Profile, Sensor

ANSWER_S = 0.5  # an idle printer answers within milliseconds
STALL_S = 3.0  # beyond the time a piece takes on the wire
CONFIRM_S = 3.0  # beyond the time the paper takes
_ASK_AGAIN_S = 0.3


class _Failed(Exception):
    """The slip was begun and cannot be finished."""

    def __init__(self, because: PrinterStatus) -> None:
        super().__init__(because)
        self.because = because


class EscPosSerial:
    """See the module's text. link is opened when needed and reopened after it was lost."""

    def __init__(self, link: Link, profile: Profile) -> None:
        self._link = link
        self._profile = profile
        self._heard = bytearray()
        self._serial = 0
        self._cut_off = False  # the last slip ended in the middle, perhaps within a picture

    def status(self) -> PrinterStatus:
        """What the printer says now; at most half a second when it says nothing."""
        try:
            self._link.open()
            if not self._profile.answers:
                return Ready()
            self._heard.clear()
            return self._ask(status.QUERIES, ANSWER_S)
        except LineLost:
            return Unplugged()

    def print(self, receipt: Receipt) -> PrintOutcome:
        """One slip, once. Takes as long as the paper moves, plus at most a few seconds of doubt."""
        job = escpos.job(receipt, self._profile)
        before = self.status()
        if not isinstance(before, Ready):
            return NotPrinted(because=before)
        accepted = self._link.accepted
        try:
            self._send(job.pieces)
            if not self._profile.answers:
                return Unknown(because=Silent())
            self._confirm(job.paper_s)
        except LineLost:
            return self._failed(accepted, Unplugged())
        except _Failed as failure:
            return self._failed(accepted, failure.because)
        return Printed()

    def _failed(self, accepted: int, because: PrinterStatus) -> PrintOutcome:
        if self._link.accepted == accepted:
            return NotPrinted(because=because)
        self._cut_off = True
        with contextlib.suppress(LineLost):  # a printer that is away keeps what it has
            self._link.discard()
            self._link.write(simple(Op.RECOVER, 2), ANSWER_S)
        return Unknown(because=because)

    def _send(self, pieces: tuple[bytes, ...]) -> None:
        if self._cut_off:
            # The printer may still wait for the dots of a band that never came. Empty bytes end
            # that wait and mean nothing otherwise.
            row_bytes = self._profile.width_dots // 8
            longest = picture(bytes(row_bytes * escpos.BAND_ROWS), row_bytes)
            self._write(bytes(len(longest)))
            self._cut_off = False
        for piece in pieces:
            self._write(piece)
            if self._profile.answers:
                self._check(self._wire_s(piece) + STALL_S)

    def _write(self, piece: bytes) -> None:
        if self._link.write(piece, self._wire_s(piece) + STALL_S) < len(piece):
            raise _Failed(Silent())

    def _wire_s(self, piece: bytes) -> float:
        return escpos.transfer_s(len(piece), self._profile)

    def _check(self, timeout_s: float) -> None:
        """Two quick questions in the middle of a slip; all four when one sounds wrong."""
        now = self._ask((status.PRINTER, status.ROLL), timeout_s)
        if not isinstance(now, Ready | Silent):
            now = self._ask(status.QUERIES, ANSWER_S)
        if not isinstance(now, Ready):
            raise _Failed(now)

    def _ask(self, queries: tuple[int, ...], timeout_s: float) -> PrinterStatus:
        """The status out of the answers to these queries; Silent when not all came in time."""
        answers: dict[int, int] = {}
        deadline = time.monotonic() + timeout_s
        for query in queries:
            self._heard += self._link.read(0)
            start = len(self._heard)
            self._link.write(simple(Op.ASK_STATUS, query), deadline - time.monotonic())
            while query not in answers:
                left_s = deadline - time.monotonic()
                if left_s <= 0:
                    return Silent()
                self._heard += self._link.read(left_s)
                valid = [byte for byte in self._heard[start:] if status.is_status(byte)]
                if valid:
                    answers[query] = valid[0]
        return self._profile_sees(status.read(answers))

    def _profile_sees(self, seen: PrinterStatus) -> PrinterStatus:
        """Without a near-end sensor its bits mean nothing."""
        if isinstance(seen, Ready) and Sensor.NEAR_END not in self._profile.sensors:
            return Ready()
        return seen

    def _confirm(self, paper_s: float) -> None:
        """Returns when the printer is done, as surely as this model tells; else raises _Failed."""
        start = len(self._heard)
        question, is_answer = self._in_band_question()
        self._write(question)
        end = time.monotonic() + paper_s + (CONFIRM_S if question else 0)
        while (left_s := end - time.monotonic()) > 0:
            self._heard += self._link.read(min(left_s, _ASK_AGAIN_S))
            if question and is_answer(bytes(self._heard[start:])):
                return
            self._check(ANSWER_S)
        if question:
            raise _Failed(Silent())
        now = self._ask(status.QUERIES, ANSWER_S)
        if not isinstance(now, Ready):
            raise _Failed(now)

    def _in_band_question(self) -> tuple[bytes, Callable[[bytes], bool]]:
        """What to send behind the slip, and how to know its answer; empty where there is none."""
        match self._profile.confirmation:
            case Confirmation.PROCESS_ID:
                self._serial += 1
                name = process_id_bytes(self._serial)
                return ask_process(name), lambda heard: status.process_answer(name) in heard
            case Confirmation.PAPER_SENSOR:
                question = simple(Op.ASK_PAPER, 1)
                return question, lambda heard: any(map(status.is_paper_answer, heard))
            case Confirmation.NONE:
                return b"", lambda _: False
            case _ as never:
                assert_never(never)
