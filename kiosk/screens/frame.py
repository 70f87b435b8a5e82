"""What stands around every screen: header, fault line, status line, footer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.screens import ink
from kiosk.screens.pen import Act, Pen
from kiosk.screens.theme import Metrics, Type
from kiosk.text import t

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Heights:
    """Design pixels of the frame, portrait and landscape."""

    header: float
    status: float
    footer: float


PORTRAIT = Heights(148, 56, 148)
LANDSCAPE = Heights(104, 48, 112)


def heights(m: Metrics) -> tuple[float, float, float]:
    """Header, status line and footer in pixels. The footer is never lower than a touch target."""
    h = PORTRAIT if m.portrait else LANDSCAPE
    return (m.px(h.header), m.px(h.status), max(m.px(h.footer), m.touch + m.px(24)))


def header(pen: Pen, width: float, title: str, place: str, now: datetime) -> None:
    """The county's mark, the name of the machine and its hall, the clock."""
    m, c = pen.m, pen.c
    tall = heights(m)[0]
    small = not m.portrait
    pen.rect(0, 0, width, tall, c.deep)
    radius = m.px(32 if small else 42)
    centre = m.px(48) + radius
    pen.circle(centre, tall / 2, radius, c.white)
    pen.icon(centre, tall / 2, "star", m.px(Type.ICON), c.red)
    left = centre + radius + m.px(28)
    head = m.px(Type.HEADER if not small else Type.TILE)
    sub = m.px(Type.SMALL)
    block = head * 1.35 + sub * 1.35
    top = (tall - block) / 2
    pen.line(left, top, title, head, c.white, bold=True, box=head * 1.35)
    pen.line(left, top + head * 1.35, place, sub, c.pale, box=sub * 1.35)
    right = width - m.px(48)
    clock = f"{now:%H:%M}"
    date = t("frame.date", month=now.month, day=now.day, weekday=WEEKDAYS[now.weekday()])
    pen.line(
        right - m.px(400), top, clock, head, c.white,
        bold=True, box=head * 1.35, align="right", width=m.px(400),
    )  # fmt: skip
    pen.line(
        right - m.px(400), top + head * 1.35, date, sub, c.pale,
        box=sub * 1.35, align="right", width=m.px(400),
    )  # fmt: skip


def fault_height(m: Metrics) -> float:
    return m.px(68)


def fault_line(pen: Pen, width: float, words: str) -> None:
    """One quiet line under the header: what does not work, and what still does."""
    m, c = pen.m, pen.c
    tall = fault_height(m)
    pen.rect(0, 0, width, tall, c.sand)
    pen.icon(m.px(66), tall / 2, "alert", m.px(34), c.amber)
    size = m.px(Type.SMALL)
    text = ink.cut(words, width - m.px(98 + 48), size)
    pen.line(m.px(98), 0, text, size, c.amber, box=tall)


def status_line(pen: Pen, width: float, words: str, *, good: bool) -> None:
    """How fresh the content is; words for the offline case are plain ones."""
    m, c = pen.m, pen.c
    tall = heights(m)[1]
    pen.rect(0, 0, width, tall, c.card)
    pen.rect(0, 0, width, max(1, m.px(2)), c.line)
    icon, tint = ("check", c.green) if good else ("cloud-off-outline", c.amber)
    pen.icon(m.px(63), tall / 2, icon, m.px(28), tint)
    size = m.px(Type.SMALL)
    colour = c.dim if good else c.amber
    pen.line(m.px(90), 0, ink.cut(words, width - m.px(138), size), size, colour, box=tall)


@dataclass(frozen=True, slots=True)
class Door:
    """One button of the footer. act None: drawn off."""

    name: str
    words: str
    icon: str
    act: Act | None
    chosen: bool = False
    leave: bool = False


def footer(pen: Pen, width: float, doors: list[Door]) -> None:
    """The seven buttons, always in the same place."""
    m, c = pen.m, pen.c
    tall = heights(m)[2]
    pen.rect(0, 0, width, tall, c.card)
    edge = m.px(36)
    space = max(m.px(6), m.mm(3.05))
    wide = (width - 2 * edge - space * (len(doors) - 1)) / len(doors)
    size = m.px(Type.SMALL * min(m.scale, 1.25))
    inset = m.px(10)
    plate = tall - 2 * inset
    for number, door in enumerate(doors):
        x = edge + number * (wide + space)
        colour = c.faint if door.act is None else c.red if door.leave else c.deep
        if door.chosen or door.leave:
            ground = c.rose if door.leave else c.sky
            border = colour if ground == c.card else None
            pen.rounded(x, inset, wide, plate, ground, radius=16, border=border)
        words = size * 1.4
        icon = m.px(Type.ICON)
        top = inset + (plate - icon - words - m.px(2)) / 2
        pen.icon(x + wide / 2, top + icon / 2, door.icon, icon, colour)
        pen.line(
            x, top + icon + m.px(2), door.words, size, colour,
            box=words, align="centre", width=wide,
        )  # fmt: skip
        pen.target(x, inset, wide, plate, door.act, door.name, radius=16)
