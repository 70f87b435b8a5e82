"""The county exchange fields of a case (办件交换字段) and how they are read: pure, no network.

Field names and codes follow the 网上办事大厅 exchange tables; CNSX, BZJZRQ, BLCK and LXDH are this
interface's own: promised working days, last day for missing papers, window and telephone.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Annotated

import msgspec

from kiosk.calendar import working_days_between
from kiosk.cases import (
    Action,
    Case,
    Clock,
    Private,
    Status,
    Step,
    StepState,
    mask_name,
    mask_text,
)

HALL_TIME = timezone(timedelta(hours=8), "CST")

_Words = Annotated[str, msgspec.Meta(max_length=400)]
_REMEDY = "您可以：60 日内申请行政复议，或者 6 个月内提起行政诉讼"


class WireStep(Private, frozen=True, kw_only=True):
    """One step as the hall records it; a step still to come has no time."""

    title: _Words = msgspec.field(name="HJMC")
    at: datetime | None = msgspec.field(name="HJSJ", default=None)
    note: _Words = msgspec.field(name="HJSM", default="")


class WireCase(Private, frozen=True, kw_only=True):
    """The answer of the interface. Fields it does not need are ignored; times are local."""

    number: _Words = msgspec.field(name="SBLSH")
    item_title: _Words = msgspec.field(name="SXMC")
    applicant: _Words = msgspec.field(name="SQRMC")
    pre_check: str = msgspec.field(name="YSLZTDM", default="")
    acceptance: str = msgspec.field(name="SLZTDM", default="")
    accepted_at: datetime | None = msgspec.field(name="SLSJ", default=None)
    refusal: _Words = msgspec.field(name="BSLYY", default="")
    stage: str = msgspec.field(name="SPHJDM", default="")
    correction_at: datetime | None = msgspec.field(name="BZGZSJ", default=None)
    corrected_at: datetime | None = msgspec.field(name="BZSJ", default=None)
    correction_why: _Words = msgspec.field(name="BZGZYY", default="")
    correction_until: date | None = msgspec.field(name="BZJZRQ", default=None)
    missing: Annotated[tuple[_Words, ...], msgspec.Meta(max_length=50)] = msgspec.field(
        name="BZCLQD", default=()
    )
    special_from: date | None = msgspec.field(name="TBCXKSRQ", default=None)
    special_until: date | None = msgspec.field(name="TBCXJSRQ", default=None)
    special_why: _Words = msgspec.field(name="TBCXQDLY", default="")
    closed_as: str = msgspec.field(name="BJJGDM", default="")
    result: _Words = msgspec.field(name="BJJGMS", default="")
    void_why: _Words = msgspec.field(name="ZFHTHYY", default="")
    collected_at: datetime | None = msgspec.field(name="LQSJ", default=None)
    promised_days: Annotated[int, msgspec.Meta(ge=1, le=400)] | None = msgspec.field(
        name="CNSX", default=None
    )
    window: _Words = msgspec.field(name="BLCK", default="")
    phone: _Words = msgspec.field(name="LXDH", default="")
    steps: Annotated[tuple[WireStep, ...], msgspec.Meta(max_length=60)] = msgspec.field(
        name="BLGC", default=()
    )


_CLOSED = {
    "0": Status.DONE,
    "1": Status.RETURNED,
    "2": Status.RETURNED,
    "3": Status.RETURNED,
    "4": Status.FORWARDED,
    "5": Status.RETURNED,
    "6": Status.DONE,
}
_STAGES = {"1": Status.REVIEW, "2": Status.REVIEW, "3": Status.DECIDED}
_ACCEPTANCE = {"1": Status.ACCEPTED, "2": Status.REFUSED}
_PRE_CHECK = {"1": Status.RECEIVED, "2": Status.REFUSED, "3": Status.CORRECTION}


def status_of(wire: WireCase) -> Status:
    """Where the case stands: the latest stage with a mark decides; a strange code is UNKNOWN."""
    if wire.collected_at is not None:
        return Status.COLLECTED
    if wire.closed_as:
        return _CLOSED.get(wire.closed_as, Status.UNKNOWN)
    if wire.special_from is not None and wire.special_until is None:
        return Status.SPECIAL
    if wire.correction_at is not None and wire.corrected_at is None:
        return Status.CORRECTION
    if wire.stage:
        return _STAGES.get(wire.stage, Status.UNKNOWN)
    if wire.acceptance:
        return _ACCEPTANCE.get(wire.acceptance, Status.UNKNOWN)
    if wire.pre_check:
        return _PRE_CHECK.get(wire.pre_check, Status.UNKNOWN)
    return Status.RECEIVED


def days_left(wire: WireCase, status: Status, today: date) -> int | None:
    """Working days left of the promised time; see Case."""
    if wire.promised_days is None or wire.accepted_at is None:
        return None
    accepted = wire.accepted_at.date()
    noticed = wire.correction_at.date() if wire.correction_at else None
    match status.clock:
        case Clock.RUNNING:
            until = today
        case Clock.PAUSED:
            until = (wire.special_from if status is Status.SPECIAL else noticed) or today
        case _:
            return None
    used = working_days_between(accepted, until)
    corrected = wire.corrected_at.date() if wire.corrected_at else None
    # A pause that is over does not count; one before acceptance never did.
    for begin, end in ((noticed, corrected), (wire.special_from, wire.special_until)):
        if begin is not None and end is not None and begin >= accepted:
            used -= working_days_between(begin, end)
    return wire.promised_days - used


def case_of(wire: WireCase, today: date) -> Case:
    """The case as it may be shown: the full name stays behind, also where it stands in a note."""
    status = status_of(wire)
    return Case(
        number=wire.number,
        item_title=mask_text(wire.item_title, wire.applicant),
        applicant_masked=mask_name(wire.applicant),
        status=status,
        steps=_steps(wire, status),
        action=_action(wire, status),
        promised_days=wire.promised_days,
        days_left=days_left(wire, status, today),
        window=wire.window,
        phone=wire.phone,
    )


def _steps(wire: WireCase, status: Status) -> tuple[Step, ...]:
    """The time line; the last step that has a time is where the case stands, unless it is over."""
    times = [step.at is not None for step in wire.steps]
    last = max((at for at, timed in enumerate(times) if timed), default=-1)
    over = status.clock is Clock.ENDED

    def state(at: int) -> StepState:
        if not times[at]:
            return StepState.AHEAD
        return StepState.NOW if at == last and not over else StepState.DONE

    return tuple(
        Step(
            title=step.title,
            at=step.at.replace(tzinfo=HALL_TIME) if step.at else None,
            note=mask_text(step.note, wire.applicant),
            state=state(at),
        )
        for at, step in enumerate(wire.steps)
    )


def _action(wire: WireCase, status: Status) -> Action | None:
    """What to do now, for the statuses in which there is something to do or to know."""

    def lines(*pairs: tuple[str, str]) -> tuple[str, ...]:
        where = (("地点", wire.window), ("电话", wire.phone))
        return tuple(
            f"{label}：{mask_text(words, wire.applicant)}"
            for label, words in (*pairs, *where)
            if words
        )

    match status:
        case Status.CORRECTION:
            until = wire.correction_until
            return Action(
                title=f"需要您补交 {len(wire.missing)} 份材料"
                if wire.missing
                else "需要您补正材料",
                lines=lines(
                    ("请补交", "、".join(wire.missing) or wire.correction_why),
                    ("期限", f"{until.month}月{until.day}日前" if until else ""),
                ),
            )
        case Status.REFUSED:
            return Action(title="这次没有受理", lines=(*lines(("原因", wire.refusal)), _REMEDY))
        case Status.SPECIAL:
            pairs = ("正在进行", wire.special_why), ("说明", "这段时间不计入办理时限")
            return Action(title="请等候特别程序结束", lines=lines(*pairs))
        case Status.DONE if wire.closed_as == "0":
            pairs = ("办理结果", wire.result), ("请带", "受理回执和有效身份证件")
            return Action(title="结果已出，请来领取", lines=lines(*pairs))
        case Status.DONE:
            return Action(title="已经办结", lines=lines(("办理结果", wire.result)))
        case Status.RETURNED:
            return Action(
                title="这件事没有办成，已退回",
                lines=lines(("原因", wire.void_why or wire.result)),
            )
        case Status.FORWARDED:
            return Action(title="已转上级部门办理", lines=lines(("说明", wire.result)))
        case Status.UNKNOWN:
            return Action(title="请到窗口咨询", lines=lines())
        case _:
            return None
