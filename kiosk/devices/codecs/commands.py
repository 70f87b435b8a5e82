"""The ESC/POS commands this product speaks: one table, read both ways by driver and simulator.

Source of the bytes: Epson's public ESC/POS command reference. The list is short on purpose; the
rest is refused.
"""

from __future__ import annotations

from enum import Enum, auto

import msgspec


class Op(Enum):
    """What a command does. TEXT: a run of printable bytes; UNKNOWN: a byte that fits no row."""

    TEXT = auto()
    LINE_FEED = auto()
    RESET = auto()
    CHINESE_ON = auto()
    CHINESE_STYLE = auto()
    LATIN_SIZE = auto()
    BOLD = auto()
    FEED_DOTS = auto()
    PICTURE = auto()
    CUT_AFTER_FEED = auto()
    CUT_FULL = auto()
    CUT_PARTIAL = auto()
    CUT_I = auto()
    CUT_M = auto()
    ASK_PAPER = auto()
    ASK_PROCESS = auto()
    ASK_STATUS = auto()
    RECOVER = auto()
    NOTHING = auto()
    UNKNOWN = auto()


class Row(msgspec.Struct, frozen=True):
    """Opening bytes and the number of fixed argument bytes after them."""

    opening: bytes
    arguments: int = 0


TABLE: dict[Op, Row] = {
    Op.NOTHING: Row(b"\x00"),  # ignored by printers: fills up a picture that was cut off
    Op.LINE_FEED: Row(b"\n"),
    Op.RESET: Row(b"\x1b@"),
    Op.CHINESE_ON: Row(b"\x1c&"),
    Op.CHINESE_STYLE: Row(b"\x1c!", 1),  # 0x04 double width, 0x08 double height
    Op.LATIN_SIZE: Row(b"\x1d!", 1),  # 0x10 double width, 0x01 double height
    Op.BOLD: Row(b"\x1bE", 1),
    Op.FEED_DOTS: Row(b"\x1bJ", 1),
    Op.PICTURE: Row(b"\x1dv0", 5),  # mode, bytes a row (2), rows (2), then the dots
    Op.CUT_AFTER_FEED: Row(b"\x1dVB", 1),
    Op.CUT_FULL: Row(b"\x1dV\x00"),
    Op.CUT_PARTIAL: Row(b"\x1dV\x01"),
    Op.CUT_I: Row(b"\x1bi"),
    Op.CUT_M: Row(b"\x1bm"),
    Op.ASK_PAPER: Row(b"\x1dr", 1),
    Op.ASK_PROCESS: Row(b"\x1d(H", 2),  # length (2), then function 48, 48, four id bytes
    Op.ASK_STATUS: Row(b"\x10\x04", 1),
    Op.RECOVER: Row(b"\x10\x05", 1),  # 2: throw away what is left and go on
}
CUTS = frozenset({Op.CUT_AFTER_FEED, Op.CUT_FULL, Op.CUT_PARTIAL, Op.CUT_I, Op.CUT_M})


class Command(msgspec.Struct, frozen=True):
    """One command: its fixed arguments, and what follows them (dots, text, an id)."""

    op: Op
    arguments: bytes = b""
    payload: bytes = b""

    def to_bytes(self) -> bytes:
        """The bytes on the wire."""
        opening = TABLE[self.op].opening if self.op in TABLE else b""
        return opening + self.arguments + self.payload


# --- making: the only way product code builds bytes ----------------------------------------------


def simple(op: Op, argument: int | None = None) -> bytes:
    """A command with no argument or with one of a byte."""
    return Command(op, b"" if argument is None else bytes([argument])).to_bytes()


def picture(dots: bytes, bytes_a_row: int) -> bytes:
    """GS v 0: rows of dots, 1 is black, the left dot is the high bit.

    A printer obeys real-time commands (DLE …) even inside dots; where dots happen to spell one, a
    single dot is changed.
    """
    for second in (0x04, 0x05, 0x14):
        dots = dots.replace(bytes([0x10, second]), bytes([0x10, second ^ 0x40]))
    rows = len(dots) // bytes_a_row
    arguments = b"\x00" + bytes_a_row.to_bytes(2, "little") + rows.to_bytes(2, "little")
    return Command(Op.PICTURE, arguments, dots).to_bytes()


def process_id_bytes(serial: int) -> bytes:
    """Four letters A to P for the low 16 bits: no byte of them can be taken for a status answer."""
    return bytes(0x41 + (serial >> shift & 0xF) for shift in (12, 8, 4, 0))


def ask_process(process_id: bytes) -> bytes:
    """GS ( H function 48: the printer sends process_id back once it has come this far."""
    return Command(Op.ASK_PROCESS, b"\x06\x00", b"00" + process_id).to_bytes()


# --- reading -------------------------------------------------------------------------------------


class Decoder:
    """Bytes in, in pieces of any size; whole commands out, in order."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, received: bytes) -> list[Command]:
        """The commands these bytes complete. A run of text ends where the bytes so far end."""
        self._rest += received
        found: list[Command] = []
        while self._rest:
            taken = _next(self._rest)
            if taken is None:
                break
            command, used = taken
            self._rest = self._rest[used:]
            found.append(command)
        return found

    def forget(self) -> None:
        """Drop an unfinished command."""
        self._rest = b""


def _next(data: bytes) -> tuple[Command, int] | None:
    """The first command and its length; None when more bytes are needed."""
    if data[0] >= 0x20 and data[0] != 0x7F:
        return _text(data)
    for op, row in TABLE.items():
        if data.startswith(row.opening):
            start = len(row.opening)
            end = start + row.arguments
            arguments = data[start:end]
            if len(arguments) < row.arguments:
                return None
            size = _payload_size(op, arguments)
            if len(data) < end + size:
                return None
            return Command(op, arguments, data[end : end + size]), end + size
    if any(row.opening.startswith(data) for row in TABLE.values()):
        return None
    return Command(Op.UNKNOWN, b"", data[:1]), 1


def _payload_size(op: Op, arguments: bytes) -> int:
    if op is Op.PICTURE:
        row_bytes = int.from_bytes(arguments[1:3], "little")
        return row_bytes * int.from_bytes(arguments[3:5], "little")
    if op is Op.ASK_PROCESS:
        return int.from_bytes(arguments, "little")
    return 0


def _text(data: bytes) -> tuple[Command, int] | None:
    """Printable bytes up to the next control byte; a two-byte character is never parted."""
    end = 0
    while end < len(data) and data[end] >= 0x20 and data[end] != 0x7F:
        size = 2 if data[end] >= 0x81 else 1
        if end + size > len(data):
            break
        end += size
    return (Command(Op.TEXT, b"", data[:end]), end) if end else None
