"""What a survey of the screens is asked and what it answers; knows no Kivy."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kiosk.screens.theme import Colour


class Look(NamedTuple):
    """A panel and how its citizen wants it."""

    size: tuple[int, int]
    scale: float = 1.0
    low: bool = False
    contrast: bool = False

    def __str__(self) -> str:
        words = "-low" * self.low + "-contrast" * self.contrast
        return f"{self.size[0]}x{self.size[1]}-{self.scale:.0%}{words}"


class Finding(NamedTuple):
    """What breaks a rule, where; what: the words or the name of the target."""

    rule: str
    place: str
    what: str
    detail: str


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in colour[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
