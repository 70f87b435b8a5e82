"""The life of a visit: the drawing as a table, and what holds on every walk through it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flows.session import (
    Active,
    Asleep,
    Effect,
    Ended,
    Event,
    Forget,
    Held,
    Released,
    Rules,
    State,
    Ticked,
    Touched,
    Warned,
    Woke,
    step,
)

RULES = Rules(idle_s=60, warning_s=30)
USED = Active(last_touch_s=100)
HELD = Active(last_touch_s=100, holds=1)
WARNED = Warned(since_s=160, left_s=30)


@pytest.mark.parametrize(
    ("state", "event", "then", "effects"),
    [
        (Asleep(), Touched(now_s=100), USED, (Woke(),)),
        (Asleep(), Ticked(now_s=9_999), Asleep(), ()),
        (Asleep(), Held(now_s=100), Asleep(), ()),
        (Asleep(), Released(now_s=100), Asleep(), ()),
        (Asleep(), Ended(), Asleep(), ()),
        (USED, Touched(now_s=130), Active(last_touch_s=130), ()),
        (USED, Ticked(now_s=159.9), USED, ()),
        (USED, Ticked(now_s=160), WARNED, ()),
        (USED, Held(now_s=110), Active(last_touch_s=110, holds=1), ()),
        (USED, Ended(), Asleep(), (Forget(),)),
        (HELD, Touched(now_s=130), Active(last_touch_s=130, holds=1), ()),
        (HELD, Ticked(now_s=9_999), HELD, ()),
        (HELD, Held(now_s=110), Active(last_touch_s=110, holds=2), ()),
        (HELD, Released(now_s=300), Active(last_touch_s=300), ()),
        (HELD, Ended(), Asleep(), (Forget(),)),
        (WARNED, Touched(now_s=170), Active(last_touch_s=170), ()),
        (WARNED, Ticked(now_s=160.5), Warned(since_s=160, left_s=30), ()),
        (WARNED, Ticked(now_s=161.2), Warned(since_s=160, left_s=29), ()),
        (WARNED, Ticked(now_s=189.9), Warned(since_s=160, left_s=1), ()),
        (WARNED, Ticked(now_s=190), Asleep(), (Forget(),)),
        (WARNED, Held(now_s=170), Active(last_touch_s=170, holds=1), ()),
        (WARNED, Released(now_s=170), WARNED, ()),
        (WARNED, Ended(), Asleep(), (Forget(),)),
    ],
)
def test_the_drawing(state: State, event: Event, then: State, effects: tuple[Effect, ...]) -> None:
    assert step(state, event, RULES) == (then, effects)


def test_the_idle_time_counts_from_the_end_of_the_machines_work() -> None:
    state, _ = step(HELD, Released(now_s=300), RULES)
    assert step(state, Ticked(now_s=359), RULES) == (state, ())
    assert isinstance(step(state, Ticked(now_s=360), RULES)[0], Warned)


def test_a_quiet_visit_is_warned_counted_down_and_forgotten() -> None:
    state: State = Active(last_touch_s=0)
    seen: list[int] = []
    forgotten_at: list[int] = []
    for now_s in range(200):
        state, effects = step(state, Ticked(now_s=now_s), RULES)
        if isinstance(state, Warned):
            seen.append(state.left_s)
        if Forget() in effects:
            forgotten_at.append(now_s)
    assert seen == list(range(30, 0, -1))
    assert forgotten_at == [90]


# --- laws of every walk ---------------------------------------------------------------------------

PASSED_S = st.floats(min_value=0, max_value=90)
KINDS = st.sampled_from((Touched, Ticked, Ticked, Ticked, Held, Released, Ended))
WALKS = st.lists(st.tuples(KINDS, PASSED_S), max_size=60)


def walk(
    kinds: list[tuple[type[Event], float]],
) -> list[tuple[State, Event, State, tuple[Effect, ...]]]:
    """(before, event, after, effects) of each step; the clock never goes back."""
    state: State = Asleep()
    now_s = 1_000.0
    steps = []
    for kind, passed_s in kinds:
        now_s += passed_s
        event: Event = Ended() if kind is Ended else kind(now_s=now_s)
        after, effects = step(state, event, RULES)
        steps.append((state, event, after, effects))
        state = after
    return steps


@given(WALKS)
def test_every_visit_begins_once_and_is_forgotten_once(
    kinds: list[tuple[type[Event], float]],
) -> None:
    for before, _, after, effects in walk(kinds):
        was, is_ = isinstance(before, Asleep), isinstance(after, Asleep)
        assert (
            effects
            == {
                (True, False): (Woke(),),
                (False, True): (Forget(),),
                (True, True): (),
                (False, False): (),
            }[was, is_]
        )


@given(WALKS)
def test_only_a_touch_wakes_the_machine(kinds: list[tuple[type[Event], float]]) -> None:
    for _, event, _, effects in walk(kinds):
        if Woke() in effects:
            assert isinstance(event, Touched)


@given(WALKS)
def test_time_never_ends_a_visit_the_machine_works_for(
    kinds: list[tuple[type[Event], float]],
) -> None:
    for before, event, after, _ in walk(kinds):
        if isinstance(event, Ticked) and isinstance(before, Active) and before.holds:
            assert after == before


@given(WALKS)
def test_nobody_is_forgotten_by_time_without_the_whole_warning(
    kinds: list[tuple[type[Event], float]],
) -> None:
    for before, event, _, effects in walk(kinds):
        if isinstance(event, Ticked) and effects:
            assert isinstance(before, Warned)
            assert event.now_s - before.since_s >= RULES.warning_s


@given(WALKS)
def test_the_countdown_is_never_zero_and_never_grows(
    kinds: list[tuple[type[Event], float]],
) -> None:
    for before, _, after, _ in walk(kinds):
        if isinstance(after, Warned):
            assert 1 <= after.left_s <= RULES.warning_s
            if isinstance(before, Warned):
                assert after.left_s <= before.left_s
                assert after.since_s == before.since_s
