"""Asking where a case stands: type number and password, ask the desk, read the case, forget it.

Pure: events in, the next state and effects out. Nothing here tells its contents in a repr.
"""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

import msgspec

from kiosk.cases import Answer, Case, Private

NUMBER_LONGEST = 24
NUMBER_SHORTEST = 8
PROOF_LENGTH = 6


class Field(StrEnum):
    """The two fields of the receipt: ① 受理编号 and ② 查询密码."""

    NUMBER = "number"
    PROOF = "proof"


# --- states --------------------------------------------------------------------------------------


class Entry(Private, frozen=True, kw_only=True, tag="entry"):
    """Typing. message is one sentence about a field; fault the code of what the desk answered."""

    number: str = ""
    proof: str = ""
    focus: Field = Field.NUMBER
    message: str = ""
    fault: str | None = None

    @property
    def number_grouped(self) -> str:
        """The number as it stands on a receipt: groups of four."""
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))


class Asking(Private, frozen=True, kw_only=True, tag="asking"):
    """The desk is being asked; the password is already forgotten here."""

    number: str


class Shown(Private, frozen=True, kw_only=True, tag="shown"):
    """The case is on the screen."""

    case: Case


State = Entry | Asking | Shown


# --- events --------------------------------------------------------------------------------------


class Key(Private, frozen=True, kw_only=True, tag="key"):
    """One character from the number pad or a code reader."""

    char: str


class Backspace(Private, frozen=True, kw_only=True, tag="backspace"):
    """删除: the last character of the field in focus."""


class Clear(Private, frozen=True, kw_only=True, tag="clear"):
    """清空: the field in focus."""


class Focus(Private, frozen=True, kw_only=True, tag="focus"):
    """A touch on a field."""

    field: Field


class Submit(Private, frozen=True, kw_only=True, tag="submit"):
    """查询."""


class Answered(Private, frozen=True, kw_only=True, tag="answered"):
    """What the desk said."""

    answer: Answer


class Forget(Private, frozen=True, kw_only=True, tag="forget"):
    """清除离开: nothing of this case stays."""


Event = Key | Backspace | Clear | Focus | Submit | Answered | Forget


# --- effects -------------------------------------------------------------------------------------


class AskDesk(Private, frozen=True, kw_only=True, tag="ask_desk"):
    """Ask the desk, on its lane, and send Answered with what it says."""

    number: str
    proof: str


Effect = AskDesk


def step(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """The next state and what to do. An event that does not fit the state changes nothing."""
    if isinstance(event, Forget):
        return Entry(), ()
    match state:
        case Entry():
            return _typing(state, event)
        case Asking():
            return (_told(state, event.answer), ()) if isinstance(event, Answered) else (state, ())
        case Shown():
            return state, ()
        case _:
            assert_never(state)


def _typing(state: Entry, event: Event) -> tuple[State, tuple[Effect, ...]]:
    match event:
        case Key(char=char):
            return _written(state, _text(state) + char), ()
        case Backspace():
            return _written(state, _text(state)[:-1]), ()
        case Clear():
            return _written(state, ""), ()
        case Focus(field=field):
            return msgspec.structs.replace(state, focus=field), ()
        case Submit():
            return _submitted(state)
        case Answered() | Forget():
            return state, ()
        case _:
            assert_never(event)


def _text(state: Entry) -> str:
    return state.number if state.focus is Field.NUMBER else state.proof


def _written(state: Entry, text: str) -> Entry:
    """The field in focus with this text, if it may hold it; what was said about it is withdrawn."""
    if not (text.isascii() and (text.isalnum() or not text)):
        return state
    if state.focus is Field.NUMBER:
        fits = len(text) <= NUMBER_LONGEST
        changed = {"number": text.upper()}
    else:
        fits = len(text) <= PROOF_LENGTH and (text.isdecimal() or not text)
        changed = {"proof": text}
    if not fits:
        return state
    return msgspec.structs.replace(state, message="", fault=None, **changed)


def _submitted(state: Entry) -> tuple[State, tuple[Effect, ...]]:
    complaints = ((Field.NUMBER, _about_number(state)), (Field.PROOF, _about_proof(state)))
    for field, complaint in complaints:
        if complaint:
            said = msgspec.structs.replace(state, focus=field, message=complaint, fault=None)
            return said, ()
    return Asking(number=state.number), (AskDesk(number=state.number, proof=state.proof),)


def _about_number(state: Entry) -> str:
    """One sentence on what is wrong with the number, or nothing."""
    if not state.number:
        return "请输入受理编号，在回执的 ① 处。"
    if len(state.number) < NUMBER_SHORTEST:
        return "受理编号还没有输完，请对照回执的 ① 处。"
    return ""


def _about_proof(state: Entry) -> str:
    """One sentence on what is wrong with the password, or nothing."""
    if not state.proof:
        return "请输入查询密码，在回执的 ② 处。"
    if len(state.proof) < PROOF_LENGTH:
        return f"查询密码是 {PROOF_LENGTH} 位数字，还没有输完。"
    return ""


def _told(state: Asking, answer: Answer) -> State:
    if isinstance(answer, Case):
        # An answer to a question that was given up must never be shown to the next person.
        return Shown(case=answer) if answer.number == state.number else state
    return Entry(number=state.number, focus=Field.PROOF, fault=answer.code)
