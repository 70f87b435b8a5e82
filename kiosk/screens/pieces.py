"""The few pieces every screen is put together from: sections, cards, chips, buttons, codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kivy.graphics.texture import Texture

from content_cache.model import Validity
from kiosk.qr import QUIET_ZONE, matrix
from kiosk.screens import ink
from kiosk.screens.base import Kit
from kiosk.screens.pen import Act, Pen
from kiosk.screens.roll import Row
from kiosk.screens.theme import Colour, Type
from kiosk.text import t


def section(kit: Kit, title: str, more: tuple[str, Act] | None = None) -> Row:
    """A heading with the red mark, and perhaps a way to more at the right."""
    height = max(kit.m.tx(76), kit.m.touch if more else 0)

    def draw(pen: Pen) -> None:
        x = kit.edge
        bar = kit.m.tx(36)
        pen.rounded(x, (height - bar) / 2, kit.m.px(10), bar, kit.c.red, radius=5)
        pen.line(x + kit.m.px(27), 0, title, kit.m.tx(Type.TILE), kit.c.text, bold=True, box=height)
        if more:
            words, act = more
            size = kit.m.tx(Type.SMALL)
            wide = ink.width_of(words, size) + kit.m.px(40)
            pen.line(
                kit.width - kit.edge - wide + kit.m.px(40), 0, words, size, kit.c.blue, box=height
            )
            wide = max(wide, kit.m.touch)
            pen.target(
                kit.width - kit.edge - wide, 0, wide, height, act, words, radius=20
            )  # fmt: skip

    return Row(height, draw)


@dataclass(frozen=True, slots=True)
class Button:
    """words, what it does (None: drawn off), how loud. kind: solid, outline or leave."""

    words: str
    act: Act | None
    icon: str = ""
    kind: str = "solid"
    name: str = ""


def button(pen: Pen, x: float, y: float, w: float, h: float, b: Button) -> None:
    """One large button; off buttons keep their words, which say why."""
    c = pen.c
    ground, border, words = {
        "solid": (c.blue, None, c.white),
        "outline": (c.card, c.blue, c.blue),
        "leave": (c.card, c.red, c.red),
    }[b.kind]
    if b.act is None:
        ground, border, words = c.ground, c.line, c.dim
    pen.rounded(x, y, w, h, ground, radius=20, border=border, thick=3)
    size = pen.m.tx(Type.TITLE)
    icon = pen.m.tx(Type.ICON) if b.icon else 0
    space = pen.m.px(16) if b.icon else 0
    room = w - pen.m.px(24) - icon - space
    text = b.words
    if ink.width_of(text, size, bold=True) > room:
        size = pen.m.tx(Type.SMALL)
        text = ink.cut(text, room, size, bold=True)
    total = icon + space + ink.width_of(text, size, bold=True)
    left = x + (w - total) / 2
    if b.icon:
        pen.icon(left + icon / 2, y + h / 2, b.icon, icon, words)
    pen.line(left + icon + space, y, text, size, words, bold=True, box=h)
    pen.target(x, y, w, h, b.act, b.name or b.words, radius=20)


def button_row(kit: Kit, buttons: Sequence[Button], height: float | None = None) -> Row:
    """Buttons of equal width side by side; under one another where the letters are large."""
    tall = height or max(kit.m.tx(100), kit.m.touch)
    space = kit.m.px(20)
    stacked = kit.m.scale > 1 and len(buttons) > 1 and kit.m.portrait
    rows = len(buttons) if stacked else 1

    def draw(pen: Pen) -> None:
        if stacked:
            for number, b in enumerate(buttons):
                button(pen, kit.edge, number * (tall + space), kit.inner, tall, b)
            return
        wide = (kit.inner - space * (len(buttons) - 1)) / len(buttons)
        for number, b in enumerate(buttons):
            button(pen, kit.edge + number * (wide + space), 0, wide, tall, b)

    return Row(rows * tall + (rows - 1) * space, draw)


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice in a row of choices. count stands small behind the words.

    opens: None, or whether the values behind it are shown now: drawn as an arrow.
    """

    words: str
    act: Act | None
    chosen: bool = False
    count: int | None = None
    icon: str = ""
    icon_red: bool = False
    opens: bool | None = None


def chips(kit: Kit, choices: Sequence[Chip], *, most_rows: int = 0) -> Row:
    """Chips left to right, as many lines as they need. Each is a full touch target."""
    m = kit.m
    height = max(m.tx(66), m.touch)
    space = max(m.px(20), m.mm(3.2))
    placed: list[tuple[float, float, float, Chip]] = []
    x = y = 0.0
    for chip in choices:
        wide = min(max(_chip_content(kit, chip, chip.words) + m.px(60), m.touch), kit.inner)
        if x and x + wide > kit.inner:
            x, y = 0.0, y + height + space
            if most_rows and y >= most_rows * (height + space):
                y -= height + space
                break
        placed.append((x, y, wide, chip))
        x += wide + space

    def draw(pen: Pen) -> None:
        for left, top, wide, chip in placed:
            _chip(pen.moved(kit.edge + left, top), kit, chip, wide, height)

    return Row(y + height + space if placed else 0, draw)


def _chip_content(kit: Kit, chip: Chip, words: str) -> float:
    """The width of what stands in a chip, without its ends."""
    m = kit.m
    wide = ink.width_of(words, m.tx(Type.BODY))
    if chip.icon:
        wide += m.tx(36)
    if chip.count is not None:
        wide += m.px(12) + ink.width_of(str(chip.count), m.tx(Type.SMALL))
    if chip.opens is not None:
        wide += m.tx(34)
    return wide


def _chip(pen: Pen, kit: Kit, chip: Chip, wide: float, height: float) -> None:
    m, c = kit.m, kit.c
    size, small, drawn = m.tx(Type.BODY), m.tx(Type.SMALL), m.tx(66)
    words = chip.words
    extra = _chip_content(kit, chip, "")
    if _chip_content(kit, chip, words) > wide - m.px(40):
        words = ink.cut(words, wide - m.px(48) - extra, size)
    top = (height - drawn) / 2
    ground, colour = (c.deep, c.white) if chip.chosen else (c.card, c.text)
    border = None if chip.chosen else c.line
    pen.rounded(0, top, wide, drawn, ground, radius=33 * m.scale, border=border)
    at = (wide - _chip_content(kit, chip, words)) / 2
    if chip.icon:
        tint = c.red if chip.icon_red else colour if chip.chosen else c.blue
        pen.icon(at + m.tx(14), top + drawn / 2, chip.icon, m.tx(30), tint)
        at += m.tx(36)
    at += pen.line(at, top, words, size, colour, box=drawn)
    if chip.count is not None:
        dim = c.pale if chip.chosen else c.dim
        at += m.px(12)
        at += pen.line(at, top, str(chip.count), small, dim, box=drawn)
    if chip.opens is not None:
        arrow = "chevron-up" if chip.opens else "chevron-down"
        pen.icon(at + m.tx(20), top + drawn / 2, arrow, m.tx(Type.BODY), colour)
    pen.target(0, 0, wide, height, chip.act, chip.words, radius=33)


def tag(pen: Pen, x: float, y: float, words: str, colour: Colour, ground: Colour) -> float:
    """A small label; its width."""
    size = pen.m.tx(Type.SMALL)
    wide = ink.width_of(words, size) + pen.m.px(28)
    tall = pen.m.tx(40)
    border = colour if ground == pen.c.card else None
    pen.rounded(x, y, wide, tall, ground, radius=8, border=border)
    pen.line(x + pen.m.px(14), y, words, size, colour, box=tall)
    return wide


def validity_tag(pen: Pen, x: float, y: float, validity: Validity) -> float:
    """The mark of 有效性, loud when the document is no longer in force."""
    if validity is Validity.VALID:
        return tag(pen, x, y, t("validity.valid"), pen.c.green, pen.c.mint)
    words = t("validity.expired" if validity is Validity.EXPIRED else "validity.repealed")
    return tag(pen, x, y, words, pen.c.white, pen.c.red)


_codes: dict[str, Texture] = {}


def code_texture(payload: str) -> Texture:
    """A QR code as a texture of one pixel a module, quiet zone included, never smoothed."""
    found = _codes.get(payload)
    if found is None:
        modules = matrix(payload)
        side = len(modules) + 2 * QUIET_ZONE
        white = b"\xff" * side
        rows = [white] * QUIET_ZONE
        for row in modules:
            middle = bytes(0 if dark else 255 for dark in row)
            rows.append(b"\xff" * QUIET_ZONE + middle + b"\xff" * QUIET_ZONE)
        rows += [white] * QUIET_ZONE
        data = b"".join(bytes(v for v in row for _ in range(3)) for row in reversed(rows))
        found = Texture.create(size=(side, side), colorfmt="rgb", mipmap=False)
        found.mag_filter = "nearest"
        found.min_filter = "nearest"
        found.blit_buffer(data, colorfmt="rgb", bufferfmt="ubyte")
        if len(_codes) > 200:
            _codes.clear()
        _codes[payload] = found
    return found


def code(pen: Pen, x: float, y: float, room: float, payload: str) -> float:
    """A QR code in a square of at most `room` pixels, whole pixels a module, on white; its side."""
    picture = code_texture(payload)
    scale = max(1, int(room // picture.width))
    side = scale * picture.width
    inset = (room - side) / 2
    pen.picture(picture, round(x + inset), round(y + inset), side, side)
    return float(side)


def card_part(
    pen: Pen, x: float, w: float, h: float, *, first: bool, last: bool, line: bool = True
) -> None:
    """One row's share of a card: rounded where the card begins and ends, a hair line between
    rows.
    """
    c = pen.c
    if first and last:
        pen.rounded(x, 0, w, h, c.card, radius=20, border=c.line)
        return
    b = max(1.0, pen.m.px(2))
    if first or last:
        pen.cap(x, w, h, c.card, c.line, top=first)
    else:
        pen.rect(x, 0, b, h, c.line)
        pen.rect(x + b, 0, w - 2 * b, h, c.card)
        pen.rect(x + w - b, 0, b, h, c.line)
    if line and not first:
        pen.rect(x + b, 0, w - 2 * b, b, c.line)


def day(value: date | None) -> str:
    """A date as people write it: 2025年6月5日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""
