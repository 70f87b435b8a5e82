"""The words of the frame: how fresh the content is, and what of the machine does not work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from content_cache.results import Age, Source
from kiosk.config import Site
from kiosk.devices.contracts import PrinterStatus, Ready
from kiosk.printer_words import why_not
from kiosk.text import t


@dataclass(frozen=True, slots=True)
class FrameWords:
    """fault is empty when everything works; good: the content is synced and the portal answers."""

    title: str
    place: str
    status: str
    good: bool
    fault: str
    now: datetime


def of(site: Site, now: datetime, age: Age, status: PrinterStatus | None) -> FrameWords:
    """What header, fault line and status line say. now is local time of the hall, naive on
    purpose.
    """
    words, good = _freshness(site, now, age)
    return FrameWords(
        title=site.title,
        place=t("frame.place", zone=site.zone, hall=site.hall),
        status=words,
        good=good,
        fault=_fault(status),
        now=now,
    )


def _fault(status: PrinterStatus | None) -> str:
    if status is None or isinstance(status, Ready):
        return ""
    return t("printer.line", why=why_not(status))


def _freshness(site: Site, now: datetime, age: Age) -> tuple[str, bool]:
    if age.source is Source.SEED or age.last_checked is None:
        return t("frame.seed", portal=site.portal_name), False
    checked = _when(age.last_checked.astimezone().replace(tzinfo=None), now)
    if age.portal_reachable is False:
        return t("frame.offline", portal=site.portal_name, checked=checked), False
    updated = _when(age.content_from.astimezone().replace(tzinfo=None), now)
    return (
        t("frame.fresh", updated=updated, checked=checked, portal=site.portal_name),
        True,
    )


def _when(then: datetime, now: datetime) -> str:
    """今天 08:00, or 11月3日 08:00."""
    time = f"{then:%H:%M}"
    if then.date() == now.date():
        return t("frame.today", time=time)
    return t("frame.day", month=then.month, day=then.day, time=time)
