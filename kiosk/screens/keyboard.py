"""The on-screen keyboard: digits, letters, the brackets of a 文号. Learns nothing, writes
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from kiosk.screens import ink
from kiosk.screens.base import Kit
from kiosk.screens.pen import Pen
from kiosk.screens.roll import Row
from kiosk.screens.theme import Type
from kiosk.text import t

LINES = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")


@dataclass(frozen=True, slots=True)
class Keys:
    """What the keys do."""

    typed: Callable[[str], None]
    rubbed: Callable[[], None]
    done: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Key:
    """words on it, how many letter keys wide, what it does; loud: the blue one; grey: not a
    character.
    """

    words: str
    act: Callable[[], None]
    wide: float = 1.0
    grey: bool = False
    loud: bool = False
    icon: str = ""
    name: str = ""


def keyboard(kit: Kit, keys: Keys, number_words: tuple[str, ...]) -> Row:
    """Five lines of keys over the full width. number_words: the county's 文号 words, offered
    whole.
    """
    m = kit.m
    # In low reach the box above the keys has to stay within reach, too.
    tall = max(m.px(66 if kit.low or not m.portrait else 90), m.mm(20))
    space = max(m.px(16), m.mm(3.05))
    pad = m.px(20)
    lines = [
        [_Key(ch, partial(keys.typed, ch)) for ch in LINES[0]],
        [_Key(ch, partial(keys.typed, ch)) for ch in LINES[1]],
        [_Key(ch, partial(keys.typed, ch)) for ch in LINES[2]],
        [
            *[_Key(ch, partial(keys.typed, ch)) for ch in LINES[3]],
            _Key("", keys.rubbed, 1.5, grey=True, icon="backspace-outline", name="key-rub"),
        ],
        [
            *[
                _Key(w, partial(keys.typed, w), 1.1 + 0.35 * (len(w) - 1), grey=True)
                for w in number_words
            ],
            _Key(t("key.space"), partial(keys.typed, " "), 1.6, name="key-space"),
            _Key(t("search.submit"), keys.done, 1.8, loud=True, name="key-done"),
        ],
    ]
    height = len(lines) * (tall + space) - space + 2 * pad

    def draw(pen: Pen) -> None:
        pen.rect(0, 0, kit.width, height, kit.c.key_ground)
        unit = (kit.width - 2 * pad + space) / 10
        y = pad
        for line in lines:
            total = sum(key.wide for key in line)
            one = min(unit, (kit.width - 2 * pad + space) / total)
            if total < 9:  # a short letter line stands in the middle
                one = unit
            x = pad + ((kit.width - 2 * pad + space) - total * one) / 2
            for key in line:
                _paint(pen, kit, key, x, y, key.wide * one - space, tall)
                x += key.wide * one
            y += tall + space

    return Row(height, draw)


def _paint(pen: Pen, kit: Kit, key: _Key, x: float, y: float, wide: float, tall: float) -> None:
    m, c = kit.m, kit.c
    ground = c.blue if key.loud else c.line if key.grey else c.card
    border = c.text if kit.c.line == c.text else None
    pen.rounded(x, y, wide, tall, ground, radius=12, border=border)
    colour = c.white if key.loud else c.text
    if key.grey and ground == c.text:
        colour = c.white
    if key.icon:
        pen.icon(x + wide / 2, y + tall / 2, key.icon, m.px(40), colour)
    else:
        size = m.px(Type.TILE if len(key.words) == 1 else Type.BODY)
        if ink.width_of(key.words, size) > wide - m.px(8):
            size = m.px(Type.SMALL)
        pen.line(
            x, y, key.words, size, colour,
            bold=key.loud, box=tall, align="centre", width=wide,
        )  # fmt: skip
    pen.target(x, y, wide, tall, key.act, key.name or f"key-{key.words}", radius=12)


def pad(
    kit: Kit,
    typed: Callable[[str], None],
    rubbed: Callable[[], None],
    cleared: Callable[[], None],
) -> Row:
    """The number pad: twelve large keys, 清空 and 删除 in the corners."""
    m = kit.m
    tall = max(m.px(124 if m.portrait else 84), m.touch)
    space = m.px(18)
    keys = [_Key(d, partial(typed, d), name=f"pad-{d}") for d in "123456789"]
    keys += [
        _Key(t("key.clear"), cleared, grey=True, name="pad-clear"),
        _Key("0", partial(typed, "0"), name="pad-0"),
        _Key(t("key.rub"), rubbed, grey=True, name="pad-rub"),
    ]
    height = 4 * tall + 3 * space

    def draw(pen: Pen) -> None:
        wide = (kit.inner - 2 * space) / 3
        for number, key in enumerate(keys):
            row, column = divmod(number, 3)
            x, y = kit.edge + column * (wide + space), row * (tall + space)
            ground = kit.c.line if key.grey else kit.c.card
            pen.rounded(x, y, wide, tall, ground, radius=16, border=kit.c.line)
            size = m.px(Type.BODY if key.grey else Type.GIANT)
            colour = kit.c.white if ground == kit.c.text else kit.c.text
            pen.line(x, y, key.words, size, colour, box=tall, align="centre", width=wide)
            pen.target(x, y, wide, tall, key.act, key.name, radius=16)

    return Row(height, draw)
