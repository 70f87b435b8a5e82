"""From 打印 to paper in hand, pure. A Print comes from a person's press only.

    Idle --Ask--> Preview --Confirm--> Sending --Printed--> Take --Close--> Idle
                     ^                    |--NotPrinted--> Blocked --Retry--> Sending
                     |                    '--Unknown--> Asking --CameOut--> Idle
                     '----------- DidNot (marked 补打) ----'  '--CallStaff--> Called --Close--> Idle

A printer that fails or recovers turns Preview into Blocked and back; it never sends anything.
"""

from __future__ import annotations

from typing import assert_never

import msgspec

from kiosk.devices.contracts import (
    NotPrinted,
    Printed,
    PrinterStatus,
    PrintOutcome,
    Ready,
    Receipt,
    Unknown,
)


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the values below. A slip may be about a person: repr tells the type only."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


# --- states: each knows the printer's status, so that the next one is true -----------------------


class Idle(Value, frozen=True, kw_only=True, tag="idle"):
    """Nothing is being printed."""

    status: PrinterStatus = Ready()


class Preview(Value, frozen=True, kw_only=True, tag="preview"):
    """The slip is shown; copy is 2 and up for one that is printed again."""

    receipt: Receipt
    copy: int = 1
    status: PrinterStatus = Ready()


class Sending(Value, frozen=True, kw_only=True, tag="sending"):
    """The printer has it; only its answer leads on."""

    receipt: Receipt
    copy: int
    status: PrinterStatus


class Take(Value, frozen=True, kw_only=True, tag="take"):
    """The printer confirmed it: 请取走."""

    status: PrinterStatus


class Asking(Value, frozen=True, kw_only=True, tag="asking"):
    """Nobody knows what came out; the person is asked. because: what was seen when it broke off."""

    receipt: Receipt
    copy: int
    because: PrinterStatus
    status: PrinterStatus


class Blocked(Value, frozen=True, kw_only=True, tag="blocked"):
    """Nothing was sent and nothing can be, because of this status."""

    receipt: Receipt
    copy: int
    because: PrinterStatus


class Called(Value, frozen=True, kw_only=True, tag="called"):
    """Staff will settle it; the slip stays unknown in the ledger until they do."""

    status: PrinterStatus


State = Idle | Preview | Sending | Take | Asking | Blocked | Called


# --- events --------------------------------------------------------------------------------------


class Ask(Value, frozen=True, kw_only=True, tag="ask"):
    """A person pressed 打印小票."""

    receipt: Receipt


class Confirm(Value, frozen=True, kw_only=True, tag="confirm"):
    """… and 打印 under the preview."""


class PrinterSaid(Value, frozen=True, kw_only=True, tag="printer_said"):
    """What became of the slip being sent."""

    outcome: PrintOutcome


class CameOut(Value, frozen=True, kw_only=True, tag="came_out"):
    """出来了，完整."""


class DidNot(Value, frozen=True, kw_only=True, tag="did_not"):
    """没有出来，或只有一半."""


class Retry(Value, frozen=True, kw_only=True, tag="retry"):
    """Try again what was not sent."""


class CallStaff(Value, frozen=True, kw_only=True, tag="call_staff"):
    """请工作人员帮忙."""


class Close(Value, frozen=True, kw_only=True, tag="close"):
    """Leave it; without effect while the printer works or an answer is owed."""


class StatusChanged(Value, frozen=True, kw_only=True, tag="status_changed"):
    """The watch saw something new."""

    status: PrinterStatus


Event = Ask | Confirm | PrinterSaid | CameOut | DidNot | Retry | CallStaff | Close | StatusChanged


# --- effects -------------------------------------------------------------------------------------


class Print(Value, frozen=True, kw_only=True, tag="print"):
    """Send it once (kiosk.slips.print_slip) and answer with PrinterSaid."""

    receipt: Receipt
    copy: int


class Settle(Value, frozen=True, kw_only=True, tag="settle"):
    """Write down what the person said of this slip."""

    number: str
    copy: int
    came_out: bool


class TellStaff(Value, frozen=True, kw_only=True, tag="tell_staff"):
    """Write down that somebody waits for help."""


class Done(Value, frozen=True, kw_only=True, tag="done"):
    """The printing sheet can go away."""


Effect = Print | Settle | TellStaff | Done
Stepped = tuple[State, tuple[Effect, ...]]


def step(state: State, event: Event) -> Stepped:
    """One step; see the drawing above. An event that has no place in a state changes nothing."""
    match event:
        case StatusChanged(status=status):
            return _with_status(state, status), ()
        case Ask(receipt=receipt):
            if isinstance(state, Idle):
                return _offer(receipt, 1, state.status), ()
        case Confirm():
            if isinstance(state, Preview):
                return _send(state.receipt, state.copy, state.status)
        case Retry():
            if isinstance(state, Blocked):
                return _send(state.receipt, state.copy, state.because)
        case PrinterSaid(outcome=outcome):
            if isinstance(state, Sending):
                return _ended(state, outcome), ()
        case CameOut() | DidNot() | CallStaff():
            if isinstance(state, Asking):
                return _answered(state, event)
        case Close():
            return _closed(state)
        case _:
            assert_never(event)
    return state, ()


def _offer(receipt: Receipt, copy: int, status: PrinterStatus) -> State:
    if isinstance(status, Ready):
        return Preview(receipt=receipt, copy=copy, status=status)
    return Blocked(receipt=receipt, copy=copy, because=status)


def _send(receipt: Receipt, copy: int, status: PrinterStatus) -> Stepped:
    sending = Sending(receipt=receipt, copy=copy, status=status)
    return sending, (Print(receipt=receipt, copy=copy),)


def _ended(state: Sending, outcome: PrintOutcome) -> State:
    match outcome:
        case Printed():
            return Take(status=state.status)
        case NotPrinted(because=because):
            return Blocked(receipt=state.receipt, copy=state.copy, because=because)
        case Unknown(because=because):
            return Asking(
                receipt=state.receipt, copy=state.copy, because=because, status=state.status
            )
        case _:
            assert_never(outcome)


def _answered(state: Asking, answer: CameOut | DidNot | CallStaff) -> Stepped:
    number, copy = state.receipt.number, state.copy
    match answer:
        case CameOut():
            said = Settle(number=number, copy=copy, came_out=True)
            return Idle(status=state.status), (said, Done())
        case DidNot():
            said = Settle(number=number, copy=copy, came_out=False)
            return _offer(state.receipt, copy + 1, state.status), (said,)
        case CallStaff():
            return Called(status=state.status), (TellStaff(),)
        case _:
            assert_never(answer)


def _closed(state: State) -> Stepped:
    match state:
        case Preview(status=status) | Take(status=status) | Called(status=status):
            return Idle(status=status), (Done(),)
        case Blocked(because=because):
            return Idle(status=because), (Done(),)
        case Idle() | Sending() | Asking():
            return state, ()
        case _:
            assert_never(state)


def _with_status(state: State, status: PrinterStatus) -> State:
    match state:
        case Preview(receipt=receipt, copy=copy) | Blocked(receipt=receipt, copy=copy):
            return _offer(receipt, copy, status)
        case Idle() | Sending() | Take() | Asking() | Called():
            return msgspec.structs.replace(state, status=status)
        case _:
            assert_never(state)
