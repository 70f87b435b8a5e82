"""A Receipt as the bytes of an ESC/POS printer, in pieces between which the driver can ask.

A slip goes as one picture when the line carries it within four seconds: any character, the same
look on every printer. On slower lines it goes as text of the printer's own font (GB18030), and only
what that font lacks, frames, rules and QR codes go as pictures.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from PIL import Image

from kiosk.devices.codecs import raster
from kiosk.devices.codecs.commands import Op, picture, simple
from kiosk.devices.contracts import Receipt, Size, Text
from kiosk.devices.profile import Cutter, Profile, Rom
from kiosk.fonts import Weight
from kiosk.linebreak import break_lines

LONGEST_PICTURE_S = 4.0
LONGEST_HEADING_S = 0.4  # a heading line is drawn where that is quick: stretched letters are ugly
BAND_ROWS = 24
DOTS_PER_MM = 8

_FULL, _HALF = 24, 12  # dots of a Chinese and a Latin character of the printer's own font
_LEAST_BLANK_ROWS = 12  # shorter gaps stay in the band: strokes of one character have them too
_CUTS = {
    Cutter.NONE: b"",
    Cutter.FEED_AND_CUT: simple(Op.CUT_AFTER_FEED, 24),
    Cutter.FULL: simple(Op.CUT_FULL),
    Cutter.PARTIAL: simple(Op.CUT_PARTIAL),
    Cutter.ESC_I: simple(Op.CUT_I),
    Cutter.ESC_M: simple(Op.CUT_M),
}


class Job(msgspec.Struct, frozen=True):
    """A slip ready to send: unsplittable pieces in order, and how long the paper moves."""

    pieces: tuple[bytes, ...]
    paper_s: float


def encode(receipt: Receipt, profile: Profile) -> bytes:
    """The whole slip."""
    return b"".join(job(receipt, profile).pieces)


def job(receipt: Receipt, profile: Profile) -> Job:
    """The slip as start, one piece a band or a line of text, feed and cut."""
    paper = raster.draw(receipt, profile.width_dots)
    paper_s = (paper.height + profile.feed_dots) / DOTS_PER_MM / profile.speed_mm_s
    bands = tuple(_picture_pieces(paper))
    if transfer_s(sum(map(len, bands)), profile) <= LONGEST_PICTURE_S:
        return Job((simple(Op.RESET), *bands, _ending(profile)), paper_s)
    start = simple(Op.RESET) + simple(Op.CHINESE_ON)
    return Job((start, *_mixed_pieces(receipt, profile), _ending(profile)), paper_s)


def transfer_s(size_bytes: int, profile: Profile) -> float:
    """How long the line takes for so many bytes (ten bits each)."""
    return size_bytes * 10 / profile.baud


def _ending(profile: Profile) -> bytes:
    feed = simple(Op.FEED_DOTS, profile.feed_dots) if profile.feed_dots else b""
    return feed + _CUTS[profile.cutter]


# --- pictures ------------------------------------------------------------------------------------


def _picture_pieces(paper: Image.Image) -> Iterator[bytes]:
    """Bands of 24 rows without their white right side; longer white gaps as a feed."""
    row_bytes = paper.width // 8
    packed = raster.dots(paper)
    rows = [packed[at : at + row_bytes] for at in range(0, len(packed), row_bytes)]
    inked = [any(row) for row in rows]
    at = 0
    while at < len(rows):
        gap = _run(inked, at)
        if gap >= _LEAST_BLANK_ROWS or at + gap == len(rows):
            for start in range(0, gap, 255):
                yield simple(Op.FEED_DOTS, min(255, gap - start))
            at += gap
            continue
        end = at + 1
        while end < len(rows) and end - at < BAND_ROWS:
            gap = _run(inked, end)
            if gap >= _LEAST_BLANK_ROWS or end + gap == len(rows):
                break
            end += 1
        yield _band(rows[at:end])
        at = end


def _run(inked: list[bool], start: int) -> int:
    """How many rows from start are white."""
    return next((n for n, ink in enumerate(inked[start:]) if ink), len(inked) - start)


def _band(rows: list[bytes]) -> bytes:
    used = max(len(row.rstrip(b"\x00")) for row in rows) or 1
    return picture(b"".join(row[:used] for row in rows), used)


# --- the printer's own font ----------------------------------------------------------------------


def in_rom(char: str, rom: Rom) -> bool:
    """Whether the printer's own font has this character. Four-byte GB18030 is never sent."""
    raw = char.encode("gb18030", "replace")
    if len(raw) == 1:
        return " " <= char < "\x7f"
    if len(raw) != 2:
        return False
    try:
        raw.decode(rom)
    except UnicodeDecodeError:
        return False
    return True


def _mixed_pieces(receipt: Receipt, profile: Profile) -> Iterator[bytes]:
    for element in receipt.elements:
        if isinstance(element, Text):
            yield from _text_pieces(element, profile)
        else:
            yield from _picture_pieces(raster.draw_element(element, profile.width_dots))


def _text_pieces(element: Text, profile: Profile) -> Iterator[bytes]:
    """One piece a line; the lines are short enough for either font."""
    width, height = profile.width_dots, raster.HEIGHTS[element.size]
    weight: Weight = "Bold" if element.bold else "Regular"

    def measure(char: str) -> float:
        return max(_rom_width(char), raster.char_width(char, height, weight))

    room = width - 2 * raster.margin(width)
    for words in break_lines(raster.printable(element.text), room, measure):
        drawn = tuple(_picture_pieces(raster.line(words, width, element)))
        quick = transfer_s(sum(map(len, drawn)), profile) <= LONGEST_HEADING_S
        if not all(in_rom(char, profile.rom) for char in words) or (
            element.size is Size.LARGE and quick
        ):
            yield from drawn
        else:
            yield _rom_line(words, element, width)


def _rom_width(char: str) -> int:
    return _HALF if char < "\x7f" else _FULL


def _rom_line(words: str, element: Text, width: int) -> bytes:
    """A line with its style before it; a large one is twice as high and no wider."""
    tall = element.size is Size.LARGE
    free = width - sum(map(_rom_width, words))
    left = free // 2 if element.centred else raster.margin(width)
    return b"".join(
        (
            simple(Op.CHINESE_STYLE, 0x08 if tall else 0),
            simple(Op.LATIN_SIZE, 0x01 if tall else 0),
            simple(Op.BOLD, int(element.bold)),
            b" " * (left // _HALF),
            words.encode("gb18030"),
            simple(Op.LINE_FEED),
        )
    )
