"""A case someone asks about: what may be shown of it, and the answers a progress desk gives.

Names and numbers of citizens live here for the length of a visit. No repr shows them, so that a
state or an event can be logged without thought.
"""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec


class Clock(StrEnum):
    """Whether the promised time is running."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


class Status(StrEnum):
    """Where a case stands; UNKNOWN is for codes this county's desk never told us about."""

    RECEIVED = "received"
    CORRECTION = "correction"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    REVIEW = "review"
    SPECIAL = "special"
    DECIDED = "decided"
    DONE = "done"
    RETURNED = "returned"
    FORWARDED = "forwarded"
    COLLECTED = "collected"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """What the citizen reads."""
        return _WORDS[self]

    @property
    def clock(self) -> Clock | None:
        """What the promised time does meanwhile; None where nobody here can tell."""
        return _CLOCKS[self]


_WORDS = {
    Status.RECEIVED: "已收件",
    Status.CORRECTION: "需补正",
    Status.REFUSED: "不予受理",
    Status.ACCEPTED: "已受理",
    Status.REVIEW: "审核中",
    Status.SPECIAL: "特别程序",
    Status.DECIDED: "决定中",
    Status.DONE: "已办结",
    Status.RETURNED: "已退回",
    Status.FORWARDED: "转上级办理",
    Status.COLLECTED: "已领取",
    Status.UNKNOWN: "正在办理，请到窗口咨询",
}
_CLOCKS = {
    Status.RECEIVED: Clock.NOT_STARTED,
    Status.CORRECTION: Clock.PAUSED,
    Status.REFUSED: Clock.ENDED,
    Status.ACCEPTED: Clock.RUNNING,
    Status.REVIEW: Clock.RUNNING,
    Status.SPECIAL: Clock.PAUSED,
    Status.DECIDED: Clock.RUNNING,
    Status.DONE: Clock.ENDED,
    Status.RETURNED: Clock.ENDED,
    Status.FORWARDED: None,
    Status.COLLECTED: Clock.ENDED,
    Status.UNKNOWN: None,
}


class Private(msgspec.Struct, frozen=True, kw_only=True):
    """Base of values that hold something personal: their repr tells the type and nothing else."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


class StepState(StrEnum):
    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


class Step(Private, frozen=True, kw_only=True):
    """One line of the time line. at is local time of the hall, None for what is still to come."""

    title: str
    at: datetime | None = None
    note: str = ""
    state: StepState


class Action(Private, frozen=True, kw_only=True):
    """What the citizen has to do now; every line is "label：words"."""

    title: str
    lines: tuple[str, ...] = ()


class Case(Private, frozen=True, kw_only=True, tag="case"):
    """A case as it may be shown.

    number          as printed on the receipt, digits only; show number_masked
    promised_days   承诺时限 in working days, None where the desk does not say
    days_left       working days left of it today, negative when overdue; counted up to the pause
                    while the clock stands still; None when it does not run any more or not yet
    """

    number: str
    item_title: str
    applicant_masked: str
    status: Status
    steps: tuple[Step, ...] = ()
    action: Action | None = None
    promised_days: int | None = None
    days_left: int | None = None
    window: str = ""
    phone: str = ""

    @property
    def number_masked(self) -> str:
        """The number as screens and paper show it."""
        return mask_number(self.number)

    @property
    def time_words(self) -> str:
        """The promised time, such as 还剩 9 个工作日（已暂停）; empty when unknown."""
        return _time_words(self)


class NoSuchCase(msgspec.Struct, frozen=True, tag="no_such_case"):
    """No case has this number and this password; the desk does not say which of them is wrong."""

    code = "desk.no_such_case"


class TooManyTries(msgspec.Struct, frozen=True, tag="too_many_tries"):
    """Too many wrong tries at this number; the desk answers again after a minute."""

    code = "desk.too_many_tries"


class DeskAway(msgspec.Struct, frozen=True, tag="desk_away"):
    """The desk cannot be reached or says nothing that can be understood."""

    code = "desk.away"


Answer = Case | NoSuchCase | TooManyTries | DeskAway


class Desk(Protocol):
    """Whoever knows the cases. ask blocks for seconds; it runs on the desk's lane only."""

    def ask(self, number: str, proof: str) -> Answer:
        """The case with this number if proof is its password. Never raises for the weather."""


# --- masking: no more than the purpose needs (个人信息保护法 art. 6) ---------------------------

_ID_NUMBER = re.compile(r"(?<![0-9])\d{6}(?:19|20)\d{9}[0-9Xx](?![0-9])")
_MOBILE = re.compile(r"(?<![0-9])1[3-9]\d{9}(?![0-9])")


def mask_name(name: str) -> str:
    """First and last character with one star between (张*三); of two characters only the first."""
    name = name.strip()
    if len(name) <= 2:
        return name[:1] + "*"
    return f"{name[0]}*{name[-1]}"


def mask_number(number: str) -> str:
    """A case number in groups of four, only first and last shown: 4109 **** **** 0117.

    Eight characters or fewer keep only the last two.
    """
    if len(number) <= 8:
        return "*" * max(0, len(number) - 2) + number[-2:]
    return f"{number[:4]} **** **** {number[-4:]}"


def mask_text(text: str, name: str) -> str:
    """Free text of the hall with this name, identity numbers and mobile numbers masked."""
    if len(name) > 1:
        text = text.replace(name, mask_name(name))
    text = _ID_NUMBER.sub(lambda found: f"{found[0][:4]}**********{found[0][-4:]}", text)
    return _MOBILE.sub(lambda found: f"{found[0][:3]}****{found[0][-4:]}", text)


def _time_words(case: Case) -> str:
    if case.promised_days is None:
        return ""
    if case.days_left is None:
        return f"{case.promised_days} 个工作日"
    paused = "（已暂停）" if case.status.clock is Clock.PAUSED else ""
    if case.days_left < 0:
        return f"已超过 {-case.days_left} 个工作日{paused}"
    return f"还剩 {case.days_left} 个工作日{paused}"
