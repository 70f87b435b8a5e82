"""What a device promises, in values: statuses and outcomes are closed unions, so `match` can be
checked for gaps.

A driver never raises for the weather. Unplugged, silent and out of paper are answers, not errors.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the plain values below."""


# --- status of a printer -----------------------------------------------------------------------


class Ready(Value, frozen=True, kw_only=True, tag="ready"):
    """Can print now. paper_low: the near-end sensor sees the end of the roll."""

    paper_low: bool = False


class PaperOut(Value, frozen=True, kw_only=True, tag="paper_out"):
    """The roll is at its end."""


class CoverOpen(Value, frozen=True, kw_only=True, tag="cover_open"):
    """The lid is open."""


class Broken(Value, frozen=True, kw_only=True, tag="broken"):
    """The printer reports an error of its own: cutter, head too hot, or one it does not name."""

    part: str = "error"


class Silent(Value, frozen=True, kw_only=True, tag="silent"):
    """The line is there and nothing answers: switched off, wrong speed, or hung."""


class Unplugged(Value, frozen=True, kw_only=True, tag="unplugged"):
    """There is no such port."""


PrinterStatus = Ready | PaperOut | CoverOpen | Broken | Silent | Unplugged


# --- outcome of one print ------------------------------------------------------------------------


class Printed(Value, frozen=True, kw_only=True, tag="printed"):
    """The printer itself confirmed that all bytes were worked off."""


class NotPrinted(Value, frozen=True, kw_only=True, tag="not_printed"):
    """Nothing is on paper, for certain: not one byte of the slip was sent."""

    because: PrinterStatus


class Unknown(Value, frozen=True, kw_only=True, tag="unknown"):
    """Bytes were sent and nobody can tell what came out. The machine never repeats it; a person is
    asked.
    """

    because: PrinterStatus


PrintOutcome = Printed | NotPrinted | Unknown


# --- what a receipt is ---------------------------------------------------------------------------


class Size(StrEnum):
    """Letter heights on paper, in dots at 203 dpi: small 20, body 24, large 32."""

    SMALL = "small"
    BODY = "body"
    LARGE = "large"


class Text(Value, frozen=True, kw_only=True, tag="text"):
    """One paragraph; it is broken to the paper's width by the printer's renderer."""

    text: str
    size: Size = Size.BODY
    bold: bool = False
    centred: bool = False


class Rule(Value, frozen=True, kw_only=True, tag="rule"):
    """A dashed line across the paper."""


class Box(Value, frozen=True, kw_only=True, tag="box"):
    """Lines inside a frame: what the citizen has to do."""

    lines: tuple[str, ...]


class QrCode(Value, frozen=True, kw_only=True, tag="qr"):
    """A QR code with words beside it. payload is ASCII, at most 120 characters to stay easy to
    scan.
    """

    payload: str
    caption: tuple[str, ...] = ()


Element = Text | Rule | Box | QrCode


class Receipt(Value, frozen=True, kw_only=True):
    """A slip, independent of paper width.

    number   the document number printed on it (day and serial)
    kind     what the ledger calls it: one plain word, never a title or a name
    """

    number: str
    kind: str = "slip"
    elements: tuple[Element, ...]


class ReceiptPrinter(Protocol):
    """A slip printer. Both calls block for seconds; they run on the printer's lane only."""

    def status(self) -> PrinterStatus:
        """What the printer says now, within about half a second."""

    def print(self, receipt: Receipt) -> PrintOutcome:
        """Send one slip once and say what became of it."""
