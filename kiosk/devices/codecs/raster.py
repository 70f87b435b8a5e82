"""A Receipt as dots, drawn with Pillow: 1 is black, 8 dots a millimetre."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import assert_never

from PIL import Image, ImageDraw, ImageFont

from kiosk.devices.contracts import Box, Element, QrCode, Receipt, Rule, Size, Text
from kiosk.fonts import Weight, face_index, font_path
from kiosk.linebreak import break_lines
from kiosk.qr import QUIET_ZONE, matrix

HEIGHTS = {Size.SMALL: 20, Size.BODY: 24, Size.LARGE: 32}
NO_GLYPH = "〓"  # the printer's old sign for a character that is not in the case

_LINE_PITCH = 1.5  # of the letter height
_BLACK_FROM = 112  # grey of 255: keeps thin strokes of Noto unbroken at 20 dots
_MODULE_DOTS, _SMALLEST_MODULE_DOTS = 6, 4  # 0.75 mm; at 3 no simulated print could be read
_CAPTION_LEAST = 5  # characters that must fit beside a code, or its caption goes below
_FRAME, _FRAME_PADDING = 3, 16
_EDGE_ROWS = 16  # white above the first and below the last line


def margin(width_dots: int) -> int:
    """Empty dots left and right: whole half-width characters of a printer's own font."""
    return 24 if width_dots >= 500 else 12


@lru_cache(maxsize=8)
def _font(size_dots: int, weight: Weight) -> ImageFont.FreeTypeFont:
    path = font_path(weight)
    return ImageFont.truetype(
        path, size_dots, index=face_index(path), layout_engine=ImageFont.Layout.BASIC
    )


@lru_cache(maxsize=8192)
def char_width(char: str, size_dots: int, weight: Weight) -> float:
    """How far one character moves the pen, in dots."""
    return _font(size_dots, weight).getlength(char)


@lru_cache(maxsize=8192)
def _has_glyph(char: str) -> bool:
    font = _font(24, "Regular")
    missing, glyph = font.getmask("\uffff"), font.getmask(char)
    return (glyph.size, bytes(glyph)) != (missing.size, bytes(missing))


def printable(text: str) -> str:
    """The text as it can stand on paper: no control characters, 〓 for what no font here has."""
    kept = (char for char in text if char == "\n" or (char >= " " and not "\x7f" <= char < "\xa0"))
    return "".join(char if char == "\n" or _has_glyph(char) else NO_GLYPH for char in kept)


# --- pieces of paper -----------------------------------------------------------------------------


def blank(width_dots: int, rows: int) -> Image.Image:
    """Empty paper; pictures are in mode L while they are drawn, 0 is white."""
    return Image.new("L", (width_dots, rows), 0)


def line(text: str, width_dots: int, style: Text) -> Image.Image:
    """One line that was broken already, on paper of the whole width."""
    size = HEIGHTS[style.size]
    weight: Weight = "Bold" if style.bold else "Regular"
    paper = blank(width_dots, round(size * _LINE_PITCH))
    used = sum(char_width(char, size, weight) for char in text)
    left = (width_dots - used) / 2 if style.centred else margin(width_dots)
    _write(paper, (left, (paper.height - size) / 2), text, size, weight)
    return paper


def _write(
    paper: Image.Image, corner: tuple[float, float], text: str, size: int, weight: Weight
) -> None:
    """Text whose first letter square has this left upper corner: Noto's sit 0.88 above the base."""
    left, top = corner
    draw = ImageDraw.Draw(paper)
    draw.text((round(left), round(top + 0.88 * size)), text, 255, _font(size, weight), anchor="ls")


def draw_element(element: Element, width_dots: int) -> Image.Image:
    """The paper one element takes."""
    match element:
        case Text():
            size = HEIGHTS[element.size]
            weight: Weight = "Bold" if element.bold else "Regular"
            broken = break_lines(
                printable(element.text),
                width_dots - 2 * margin(width_dots),
                lambda char: char_width(char, size, weight),
            )
            return stack([line(words, width_dots, element) for words in broken], width_dots)
        case Rule():
            return _rule(width_dots)
        case Box():
            return _box(element, width_dots)
        case QrCode():
            return _qr(element, width_dots)
        case _:
            assert_never(element)


def _rule(width_dots: int) -> Image.Image:
    paper = blank(width_dots, 33)
    draw = ImageDraw.Draw(paper)
    for left in range(margin(width_dots), width_dots - margin(width_dots) - 8, 12):
        draw.rectangle((left, 15, left + 8, 17), 255)
    return paper


def _box(box: Box, width_dots: int) -> Image.Image:
    size, edge = HEIGHTS[Size.BODY], margin(width_dots)
    inner = width_dots - 2 * (edge + _FRAME + _FRAME_PADDING)
    lines = [
        words
        for text in box.lines
        for words in break_lines(
            printable(text), inner, lambda char: char_width(char, size, "Bold")
        )
    ]
    pitch = round(size * _LINE_PITCH)
    height = len(lines) * pitch + 2 * (_FRAME + _FRAME_PADDING - 4)
    paper = blank(width_dots, height + 20)
    draw = ImageDraw.Draw(paper)
    draw.rectangle((edge, 10, width_dots - edge - 1, 9 + height), outline=255, width=_FRAME)
    top = 10 + _FRAME + _FRAME_PADDING - 4 + (pitch - size) / 2
    for number, words in enumerate(lines):
        _write(paper, (edge + _FRAME + _FRAME_PADDING, top + number * pitch), words, size, "Bold")
    return paper


def _qr(code: QrCode, width_dots: int) -> Image.Image:
    modules = matrix(code.payload)
    side = len(modules) + 2 * QUIET_ZONE
    dots = min(_MODULE_DOTS, width_dots // side)
    if dots < _SMALLEST_MODULE_DOTS:
        raise ValueError(f"{side} modules do not fit {width_dots} dots at 4 dots a module")
    plate = Image.new("L", (side, side), 0)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                plate.putpixel((x + QUIET_ZONE, y + QUIET_ZONE), 255)
    plate = plate.resize((side * dots, side * dots), Image.Resampling.NEAREST)
    size = HEIGHTS[Size.BODY]
    room = width_dots - plate.width - margin(width_dots) - size // 2
    if room < _CAPTION_LEAST * size:
        paper = blank(width_dots, plate.height)
        paper.paste(plate, ((width_dots - plate.width) // 2, 0))
        below = [Text(text=words, centred=True) for words in code.caption]
        return stack([paper, *(draw_element(words, width_dots) for words in below)], width_dots)
    words = [
        broken
        for text in code.caption
        for broken in break_lines(
            printable(text), room, lambda char: char_width(char, size, "Regular")
        )
    ]
    pitch = round(size * _LINE_PITCH)
    paper = blank(width_dots, max(plate.height, len(words) * pitch))
    paper.paste(plate, (0, (paper.height - plate.height) // 2))
    top = (paper.height - len(words) * pitch + pitch - size) / 2
    for number, text in enumerate(words):
        _write(paper, (plate.width + size // 2, top + number * pitch), text, size, "Regular")
    return paper


def stack(pieces: list[Image.Image], width_dots: int) -> Image.Image:
    """Pieces of paper below each other."""
    paper = blank(width_dots, sum(piece.height for piece in pieces))
    top = 0
    for piece in pieces:
        paper.paste(piece, (0, top))
        top += piece.height
    return paper


# --- the whole slip ------------------------------------------------------------------------------


def draw(receipt: Receipt, width_dots: int) -> Image.Image:
    """The whole slip, mode L, 255 is black."""
    edge = blank(width_dots, _EDGE_ROWS)
    return stack([edge, *(draw_element(e, width_dots) for e in receipt.elements), edge], width_dots)


def dots(paper: Image.Image) -> bytes:
    """Rows of packed dots, 1 is black; the width must be a multiple of 8."""
    return paper.point(lambda grey: 255 if grey >= _BLACK_FROM else 0, mode="1").tobytes()


def png(receipt: Receipt, width_dots: int) -> bytes:
    """The slip as it will look, black on white, as a PNG: for a preview or a file."""
    paper = draw(receipt, width_dots).point(lambda grey: 0 if grey >= _BLACK_FROM else 255, "1")
    target = io.BytesIO()
    paper.save(target, "PNG")
    return target.getvalue()
