"""What a slip printer answers, both ways: DLE EOT 1 to 4, GS r 1 and the echo of GS ( H.

Source: Epson's public tables.

Every DLE EOT answer is one byte 0xx1xx10, which no other answer and no flow-control byte can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from kiosk.devices.contracts import (
    Broken,
    CoverOpen,
    PaperOut,
    PrinterStatus,
    Ready,
    Silent,
    Unplugged,
)

PRINTER, OFFLINE_CAUSE, ERROR, ROLL = QUERIES = (1, 2, 3, 4)
NORMAL = 0x12

_OFFLINE = 0x08  # of answer 1
_COVER, _PAPER_STOP, _ERROR = 0x04, 0x20, 0x40  # of answer 2
_PARTS = {0x08: "cutter", 0x20: "unrecoverable", 0x40: "head_hot", 0x04: "recoverable"}  # of 3
_NEAR_END, _PAPER_END = 0x0C, 0x60  # of answer 4
_IN_BAND_PAPER_END = 0x0C  # of the answer to GS r 1


def is_status(byte: int) -> bool:
    """Whether this byte can be an answer to DLE EOT."""
    return byte & 0x93 == NORMAL


def is_paper_answer(byte: int) -> bool:
    """Whether this byte can be the answer to GS r 1."""
    return byte & 0x90 == 0


def process_answer(process_id: bytes) -> bytes:
    """The echo of GS ( H function 48."""
    return b"\x37\x22" + process_id + b"\x00"


def read(answers: Mapping[int, int]) -> PrinterStatus:
    """What these answers mean together, by query number; a query not asked counts as normal."""
    printer, cause, error, roll = (answers.get(query, NORMAL) for query in QUERIES)
    if cause & _COVER:
        return CoverOpen()
    if roll & _PAPER_END or cause & _PAPER_STOP:
        return PaperOut()
    for bit, part in _PARTS.items():
        if error & bit:
            return Broken(part=part)
    if cause & _ERROR:
        return Broken()
    if printer & _OFFLINE:
        return Broken(part="offline")
    return Ready(paper_low=bool(roll & _NEAR_END))


def answer(query: int, status: PrinterStatus) -> int | None:
    """What a printer in this status answers to DLE EOT query; None where it says nothing."""
    bits = dict.fromkeys(QUERIES, 0)
    match status:
        case Ready(paper_low=paper_low):
            bits[ROLL] = _NEAR_END if paper_low else 0
        case PaperOut():
            bits |= {PRINTER: _OFFLINE, OFFLINE_CAUSE: _PAPER_STOP, ROLL: _PAPER_END | _NEAR_END}
        case CoverOpen():
            bits |= {PRINTER: _OFFLINE, OFFLINE_CAUSE: _COVER}
        case Broken(part=part):
            named = next((bit for bit, name in _PARTS.items() if name == part), 0)
            error = 0 if part == "offline" else _ERROR
            bits |= {PRINTER: _OFFLINE, OFFLINE_CAUSE: error, ERROR: named}
        case Silent() | Unplugged():
            return None
        case _:
            assert_never(status)
    return NORMAL | bits[query]


def paper_answer(status: PrinterStatus) -> int:
    """What a printer in this status answers to GS r 1."""
    match status:
        case PaperOut():
            return _IN_BAND_PAPER_END | 0x03
        case Ready(paper_low=True):
            return 0x03
        case _:
            return 0
