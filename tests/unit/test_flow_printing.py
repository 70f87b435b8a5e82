"""Printing as a flow: the drawing as a table, and the law that no machine prints by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.contracts import (
    CoverOpen,
    NotPrinted,
    PaperOut,
    Printed,
    Ready,
    Receipt,
    Silent,
    Text,
    Unknown,
    Unplugged,
)
from kiosk.flows.printing import (
    Ask,
    Asking,
    Blocked,
    Called,
    CallStaff,
    CameOut,
    Close,
    Confirm,
    DidNot,
    Done,
    Effect,
    Event,
    Idle,
    Preview,
    Print,
    PrinterSaid,
    Retry,
    Sending,
    Settle,
    State,
    StatusChanged,
    Take,
    TellStaff,
    step,
)
from kiosk.flows.runner import Runner

SLIP = Receipt(number="20261120-0042", kind="item", elements=(Text(text="安澜县"),))
OK, OUT, GONE = Ready(), PaperOut(), Unplugged()
SENDING = Sending(receipt=SLIP, copy=1, status=OK)
ASKING = Asking(receipt=SLIP, copy=1, because=GONE, status=OK)
BLOCKED = Blocked(receipt=SLIP, copy=1, because=OUT)
PREVIEW = Preview(receipt=SLIP)


@pytest.mark.parametrize(
    ("state", "event", "after", "effects"),
    [
        (Idle(), Ask(receipt=SLIP), PREVIEW, ()),
        (Idle(status=OUT), Ask(receipt=SLIP), BLOCKED, ()),
        (PREVIEW, Confirm(), SENDING, (Print(receipt=SLIP, copy=1),)),
        (PREVIEW, Close(), Idle(), (Done(),)),
        (PREVIEW, StatusChanged(status=OUT), BLOCKED, ()),
        (BLOCKED, StatusChanged(status=OK), PREVIEW, ()),
        (BLOCKED, StatusChanged(status=GONE), Blocked(receipt=SLIP, copy=1, because=GONE), ()),
        (
            BLOCKED, Retry(), Sending(receipt=SLIP, copy=1, status=OUT),
            (Print(receipt=SLIP, copy=1),),
        ),
        (BLOCKED, Close(), Idle(status=OUT), (Done(),)),
        (SENDING, PrinterSaid(outcome=Printed()), Take(status=OK), ()),
        (SENDING, PrinterSaid(outcome=NotPrinted(because=OUT)), BLOCKED, ()),
        (SENDING, PrinterSaid(outcome=Unknown(because=GONE)), ASKING, ()),
        (SENDING, Close(), SENDING, ()),
        (SENDING, Confirm(), SENDING, ()),
        (Take(status=OK), Close(), Idle(), (Done(),)),
        (
            ASKING, CameOut(), Idle(),
            (Settle(number=SLIP.number, copy=1, came_out=True), Done()),
        ),
        (
            ASKING, DidNot(), Preview(receipt=SLIP, copy=2),
            (Settle(number=SLIP.number, copy=1, came_out=False),),
        ),
        (ASKING, CallStaff(), Called(status=OK), (TellStaff(),)),
        (ASKING, Close(), ASKING, ()),
        (Called(status=OK), Close(), Idle(), (Done(),)),
        (Idle(), PrinterSaid(outcome=Printed()), Idle(), ()),
    ],
)  # fmt: skip
def test_each_step_of_the_drawing(
    state: State, event: Event, after: State, effects: tuple[Effect, ...]
) -> None:
    assert step(state, event) == (after, effects)


STATUSES = st.sampled_from(
    [Ready(), Ready(paper_low=True), PaperOut(), CoverOpen(), Silent(), Unplugged()]
)
OUTCOMES = st.one_of(
    st.just(Printed()),
    STATUSES.map(lambda status: NotPrinted(because=status)),
    STATUSES.map(lambda status: Unknown(because=status)),
)
EVENTS = st.one_of(
    st.sampled_from(
        [Ask(receipt=SLIP), Confirm(), CameOut(), DidNot(), Retry(), CallStaff(), Close()]
    ),
    OUTCOMES.map(lambda outcome: PrinterSaid(outcome=outcome)),
    STATUSES.map(lambda status: StatusChanged(status=status)),
)  # fmt: skip


@given(st.lists(EVENTS, max_size=60))
def test_only_a_press_of_a_person_ever_prints(events: list[Event]) -> None:
    state: State = Idle()
    for event in events:
        state, effects = step(state, event)
        if any(isinstance(effect, Print) for effect in effects):
            assert isinstance(event, Ask | Confirm | Retry)


@given(st.lists(EVENTS, max_size=60))
def test_an_unknown_slip_is_printed_again_only_after_did_not_and_as_another_copy(
    events: list[Event],
) -> None:
    state: State = Idle()
    unknown: set[int] = set()  # copies of which nobody has said what became of them
    for event in events:
        before = state
        state, effects = step(state, event)
        for effect in effects:
            match effect:
                case Settle(copy=copy):
                    unknown.discard(copy)
                case Done() | TellStaff():
                    unknown.clear()
                case Print(copy=copy):
                    assert not unknown
        if isinstance(before, Sending) and isinstance(state, Asking):
            unknown.add(before.copy)


@given(st.lists(EVENTS, max_size=60))
def test_thanks_are_said_only_for_a_confirmed_slip(events: list[Event]) -> None:
    state: State = Idle()
    for event in events:
        before, (state, _) = state, step(state, event)
        if isinstance(state, Take) and not isinstance(before, Take):
            assert event == PrinterSaid(outcome=Printed())


@given(st.lists(EVENTS, max_size=60))
def test_one_slip_at_a_time_is_with_the_printer(events: list[Event]) -> None:
    with_printer = 0

    def perform(effect: Effect) -> None:
        nonlocal with_printer
        if isinstance(effect, Print):
            with_printer += 1
            assert with_printer == 1

    runner: Runner[State, Event, Effect] = Runner(step, Idle(), perform, lambda _: None)
    for event in events:
        if isinstance(event, PrinterSaid):
            with_printer = 0
        runner.send(event)


def test_nothing_of_a_slip_shows_in_a_log_of_the_flow() -> None:
    for value in (
        PREVIEW,
        SENDING,
        ASKING,
        BLOCKED,
        Ask(receipt=SLIP),
        Print(receipt=SLIP, copy=1),
    ):
        assert "安澜县" not in repr(value)
        assert SLIP.number not in repr(value)
