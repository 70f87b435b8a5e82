"""The life of one visit: asleep, in use, warned, over. Pure; times are seconds of a monotonic
clock passed in.

    Asleep --Touched--> Active --idle_s without a touch--> Warned --warning_s--> Asleep (Forget)
                          ^                                   |
                          +--------- Touched (继续使用) -------+

A hold (printing, waiting for an answer) stops the idle clock: nobody is thrown out while the
machine works for them.
"""

from __future__ import annotations

import math
from typing import assert_never

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the values below."""


class Rules(Value, frozen=True, kw_only=True):
    """idle_s of quiet before the warning, warning_s of warning before everything is forgotten."""

    idle_s: float = 60.0
    warning_s: float = 30.0


class Asleep(Value, frozen=True, kw_only=True, tag="asleep"):
    """Nobody is here; the poster shows."""


class Active(Value, frozen=True, kw_only=True, tag="active"):
    """Somebody uses the machine."""

    last_touch_s: float
    holds: int = 0


class Warned(Value, frozen=True, kw_only=True, tag="warned"):
    """The countdown shows."""

    since_s: float
    left_s: int


State = Asleep | Active | Warned


class Touched(Value, frozen=True, kw_only=True, tag="touched"):
    """A finger came down anywhere."""

    now_s: float


class Ticked(Value, frozen=True, kw_only=True, tag="ticked"):
    """Time passed; sent about once a second."""

    now_s: float


class Held(Value, frozen=True, kw_only=True, tag="held"):
    """A machine's work for this person began."""

    now_s: float


class Released(Value, frozen=True, kw_only=True, tag="released"):
    """That work ended."""

    now_s: float


class Ended(Value, frozen=True, kw_only=True, tag="ended"):
    """The person pressed 结束, or an end screen's time was over."""


Event = Touched | Ticked | Held | Released | Ended


class Woke(Value, frozen=True, kw_only=True, tag="woke"):
    """A visit begins. The touch that woke the machine is swallowed by the gate."""


class Forget(Value, frozen=True, kw_only=True, tag="forget"):
    """The visit is over: close the scope, drop the stack, show the poster."""


Effect = Woke | Forget


def step(state: State, event: Event, rules: Rules) -> tuple[State, tuple[Effect, ...]]:
    """One step; see the drawing above."""
    match event:
        case Touched(now_s=now_s):
            match state:
                case Asleep():
                    return Active(last_touch_s=now_s), (Woke(),)
                case Active(holds=holds):
                    return Active(last_touch_s=now_s, holds=holds), ()
                case Warned():
                    return Active(last_touch_s=now_s), ()
                case _:
                    assert_never(state)
        case Ticked(now_s=now_s):
            return _tick(state, now_s, rules)
        case Held(now_s=now_s):
            holds = state.holds if isinstance(state, Active) else 0
            if isinstance(state, Asleep):
                return state, ()
            return Active(last_touch_s=now_s, holds=holds + 1), ()
        case Released(now_s=now_s):
            if isinstance(state, Active):
                return Active(last_touch_s=now_s, holds=max(0, state.holds - 1)), ()
            return state, ()
        case Ended():
            return (state, ()) if isinstance(state, Asleep) else (Asleep(), (Forget(),))
        case _:
            assert_never(event)


def _tick(state: State, now_s: float, rules: Rules) -> tuple[State, tuple[Effect, ...]]:
    match state:
        case Active(last_touch_s=last_touch_s, holds=0) if now_s - last_touch_s >= rules.idle_s:
            return Warned(since_s=now_s, left_s=math.ceil(rules.warning_s)), ()
        case Warned(since_s=since_s):
            left_s = math.ceil(rules.warning_s - (now_s - since_s))
            if left_s <= 0:
                return Asleep(), (Forget(),)
            return Warned(since_s=since_s, left_s=left_s), ()
        case _:
            return state, ()
