from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.calendar import announced, is_working_day, working_day_after, working_days_between

DAYS = st.dates(date(2023, 6, 1), date(2028, 6, 1))
COUNTS = st.integers(0, 60)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 20),  # an ordinary Friday
        date(2026, 2, 14),  # Saturday worked for Spring Festival
        date(2026, 10, 10),
        date(2025, 9, 28),
        date(2024, 10, 12),
    ],
)
def test_offices_work(day):
    assert is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 21),  # Saturday
        date(2026, 2, 23),  # Monday of Spring Festival
        date(2026, 10, 7),
        date(2025, 10, 8),
        date(2024, 2, 9 + 1),
        date(2027, 1, 1),
    ],
)
def test_offices_are_closed(day):
    assert not is_working_day(day)


def test_spring_festival_stops_the_count():
    assert working_day_after(date(2026, 2, 13), 2) == date(2026, 2, 24)


def test_the_first_day_does_not_count():
    assert working_days_between(date(2026, 11, 10), date(2026, 11, 13)) == 3
    assert working_days_between(date(2026, 11, 10), date(2026, 11, 10)) == 0


def test_a_year_without_a_row_has_plain_weeks():
    assert not announced(2031)
    assert is_working_day(date(2031, 1, 2))
    assert not is_working_day(date(2031, 1, 4))


def test_only_official_years_are_announced():
    assert [year for year in range(2023, 2029) if announced(year)] == [2024, 2025, 2026]


@given(DAYS, COUNTS)
def test_counting_forward_and_back_agree(start, count):
    end = working_day_after(start, count)
    assert working_days_between(start, end) == count
    assert count == 0 or is_working_day(end)


@given(DAYS, COUNTS, COUNTS)
def test_spans_add_up(start, first, second):
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)
    whole = working_days_between(start, end)
    assert whole == working_days_between(start, middle) + working_days_between(middle, end)


@given(DAYS, DAYS)
def test_nothing_lies_between_a_day_and_an_earlier_one(one, other):
    first, last = sorted((one, other))
    assert working_days_between(last, first) == 0
