"""Working days with the official holiday shifts (holidays.toml): pure counting, no clock."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import msgspec

_SATURDAY = 5


class _Year(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    year: int
    source: str
    announced: bool
    off: tuple[tuple[date, date], ...]
    work: tuple[date, ...]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    year: tuple[_Year, ...]


@cache
def _years() -> dict[int, _Year]:
    text = files("kiosk").joinpath("holidays.toml").read_text(encoding="utf-8")
    return {row.year: row for row in msgspec.toml.decode(text, type=_Table).year}


def announced(year: int) -> bool:
    """Whether the official notice for this year is in the table; else its days are an estimate."""
    return year in _years() and _years()[year].announced


@cache
def is_working_day(day: date) -> bool:
    """Whether offices work on this day. A year without a row has Monday to Friday."""
    row = _years().get(day.year)
    if row is not None:
        if day in row.work:
            return True
        if any(first <= day <= last for first, last in row.off):
            return False
    return day.weekday() < _SATURDAY


def working_day_after(start: date, count: int) -> date:
    """The count-th working day after start; start itself never counts (期间开始之日不计入).

    count 0 gives start. count must not be negative.
    """
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after start up to and with end; 0 when end is not after start."""
    return sum(
        is_working_day(start + timedelta(days=ahead)) for ahead in range(1, (end - start).days + 1)
    )
