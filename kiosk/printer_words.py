"""Why no slip can be printed now, in the few words of a button."""

from __future__ import annotations

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
from kiosk.text import t


def why_not(status: PrinterStatus | None) -> str:
    """The reason; empty when the printer can print. None: there is no printer."""
    match status:
        case None:
            return t("printer.none")
        case Ready():
            return ""
        case PaperOut():
            return t("printer.paper_out")
        case CoverOpen():
            return t("printer.cover_open")
        case Broken():
            return t("printer.broken")
        case Silent():
            return t("printer.silent")
        case Unplugged():
            return t("printer.unplugged")
        case _:
            assert_never(status)
