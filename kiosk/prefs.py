"""How one person wants the screen, and what of the machine works: two small values the screens
read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.devices.contracts import PrinterStatus

SCALES = (1.0, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Prefs:
    """Gone with the visit. scale is one of SCALES."""

    scale: float = 1.0
    contrast: bool = False
    low: bool = False

    def larger(self) -> Prefs:
        """The next text size; after the largest, the first again."""
        at = SCALES.index(self.scale)
        return replace(self, scale=SCALES[(at + 1) % len(SCALES)])


@dataclass(frozen=True, slots=True)
class Health:
    """What works now. printer is None where none is fitted; desk and speech: whether there is
    one.
    """

    printer: PrinterStatus | None = None
    desk: bool = False
    speech: bool = False
