"""What stands on a slip: pure, from an item, a guide or a case to a Receipt for 58 or 80 mm paper.

The first thing on it is what the person came for; whose machine it was and when stands last.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

import msgspec

from content_cache.model import KINDS, Item, Kind, Relation, Validity
from kiosk.cases import Case, Clock, Status, Step, StepState
from kiosk.devices.contracts import Box, Element, QrCode, Receipt, Rule, Size, Text
from kiosk.guides import REQUIRED, materials
from kiosk.qr import as_ascii


class SiteWords(msgspec.Struct, frozen=True, kw_only=True):
    """The hall's own words on paper; machine is the number on the housing, such as 01."""

    title: str
    hall: str
    machine: str
    portal_name: str


class Slip(StrEnum):
    """What the ledger calls a slip; never a title, never a name."""

    ITEM = "item"
    GUIDE = "guide"
    CASE = "case"


LONGEST_PAYLOAD = 120  # characters; a longer address makes a code that is hard to read off paper


def for_item(item: Item, site: SiteWords, now: datetime, number: str) -> Receipt:
    """One item to take along: what it is, whether it is in force, where the whole text stands.

    now is the hall's local time; number is the document number of the slip.
    """
    elements = (
        *_head(site),
        *_item_part(item),
        *_code(item.source_url, "查看网站原文"),
        *_foot(site, now, number, f"内容来自{site.portal_name}，以正式文件为准"),
    )
    return Receipt(number=number, kind=Slip.ITEM, elements=elements)


def for_guide(
    item: Item, have: frozenset[int], site: SiteWords, now: datetime, number: str
) -> Receipt:
    """一次性告知: what is still missing, what is at hand, where and when to go.

    have holds the numbers of the materials (from 0, in the order of the list) the person ticked.
    """
    elements = (
        *_head(site),
        *_guide_part(item, have),
        *_code(item.source_url, "查看完整办事指南"),
        *_foot(site, now, number, "本单仅供参考，以窗口受理为准"),
    )
    return Receipt(number=number, kind=Slip.GUIDE, elements=elements)


def for_case(
    case: Case, site: SiteWords, now: datetime, number: str, progress_url: str | None = None
) -> Receipt:
    """Where a case stands and what to do now; number and name are masked.

    progress_url is opened by the phone; it must hold neither the number nor the password.
    """
    elements = (
        *_head(site),
        *_case_part(case),
        *_code(progress_url, "查看最新进度"),
        *_foot(site, now, number, "本单仅供参考，以部门正式文书为准"),
    )
    return Receipt(number=number, kind=Slip.CASE, elements=elements)


def reprint(receipt: Receipt, copy: int) -> Receipt:
    """The same slip, marked on paper as copy number `copy` (2 and up)."""
    mark = Text(text=f"补打（第 {copy} 次打印）", bold=True, centred=True)
    return msgspec.structs.replace(receipt, elements=(mark, *receipt.elements))


# --- the parts -----------------------------------------------------------------------------------


def _head(site: SiteWords) -> Iterator[Element]:
    yield Text(text=site.title, size=Size.LARGE, bold=True, centred=True)
    yield Text(text=site.hall, centred=True)
    yield Rule()


def _foot(site: SiteWords, now: datetime, number: str, note: str) -> Iterator[Element]:
    yield Rule()
    yield Text(text=f"打印时间 {now:%Y-%m-%d %H:%M:%S}", size=Size.SMALL)
    yield Text(text=f"{site.machine} 号机　单号 {number}", size=Size.SMALL)
    yield Text(text=note, size=Size.SMALL)


def _item_part(item: Item) -> Iterator[Element]:
    yield Text(text=item.title, size=Size.LARGE, bold=True)
    if item.validity in (Validity.EXPIRED, Validity.REPEALED):
        yield Box(lines=tuple(_no_longer(item)))
    place = item.place
    yield from _rows(
        ("类别", KINDS[item.kind].words),
        ("文号", item.number),
        ("索引号", item.index_no),
        ("发布机构", item.publisher),
        ("成文日期", _day(item.written)),
        ("发布日期", _day(item.published)),
        ("有效性", "现行有效" if item.validity is Validity.VALID else None),
        ("意见截止", item.fact("意见截止") if item.kind is Kind.CONSULTATION else None),
        ("地址", place.address if place else None),
        ("电话", place.phone if place else None),
        ("开放时间", place.hours if place else None),
        ("怎么走", place.landmark if place else None),
    )


def _no_longer(item: Item) -> Iterator[str]:
    yield f"注意：本文件已{item.validity}，不再执行"
    for link in item.links:
        if link.relation is Relation.REPLACED_BY and link.title:
            yield f"请看现行文件：{link.title}"


def _guide_part(item: Item, have: frozenset[int]) -> Iterator[Element]:
    yield Text(text="办事一次性告知单", size=Size.LARGE, bold=True)
    yield Text(text=item.title, bold=True)
    listed = materials(item)
    if listed:
        yield Rule()
        wanted = sum(row.need == REQUIRED and n not in have for n, row in enumerate(listed))
        ticked = sum(n in have for n in range(len(listed)))
        yield Text(text=f"共 {len(listed)} 样材料，已有 {ticked} 样")
        yield Text(text=f"还差 {wanted} 样必要材料" if wanted else "必要材料已齐", bold=True)
    for number, row in enumerate(listed):
        mark = "√" if number in have else "□"
        needed = row.need == REQUIRED and number not in have
        yield Text(text=f"{mark} {row.name}", bold=needed)
        copies = f"{row.copies} 份" if row.copies.isdecimal() else row.copies
        detail = "，".join(words for words in (row.form + " " + copies, row.need) if words.strip())
        yield Text(text=f"　 {detail}", size=Size.SMALL)
    where = (
        ("办理窗口", item.fact("办理窗口")),
        ("办理时间", item.fact("办理时间")),
        ("咨询电话", item.fact("咨询电话")),
    )
    lines = tuple(f"{label}：{value}" for label, value in where if value)
    if lines:
        yield Box(lines=lines)
    yield from _rows(
        ("办理地点", item.fact("办理地点")),
        ("承诺时限", item.fact("承诺时限")),
        ("收费", item.fact("收费")),
    )


def _case_part(case: Case) -> Iterator[Element]:
    yield Text(text=f"办理进度：{case.status.words}", size=Size.LARGE, bold=True)
    yield from _rows(
        ("事项", case.item_title),
        ("编号", case.number_masked),
        ("申请人", case.applicant_masked),
    )
    yield Rule()
    for step in case.steps:
        if step.state is not StepState.AHEAD:
            yield Text(text=_step_words(step), bold=step.state is StepState.NOW)
    if case.action:
        yield Box(lines=(case.action.title, *case.action.lines))
    if case.status.clock is Clock.PAUSED:
        during = "补正" if case.status is Status.CORRECTION else "特别程序"
        yield Text(text=f"{during}期间不计入办理时限。")
    elif case.time_words:
        yield Text(text=f"办理时限：{case.time_words}")
    if not case.action:
        yield from _rows(("窗口", case.window), ("电话", case.phone))


def _step_words(step: Step) -> str:
    return f"{step.at:%Y-%m-%d %H:%M}　{step.title}" if step.at else step.title


def _code(url: str | None, purpose: str) -> Iterator[Element]:
    payload = as_ascii(url or "")
    if payload and len(payload) <= LONGEST_PAYLOAD:
        yield QrCode(payload=payload, caption=("手机扫码", purpose))


def _rows(*rows: tuple[str, str | None]) -> Iterator[Element]:
    for label, value in rows:
        if value:
            yield Text(text=f"{label}　{value}")


def _day(day: date | None) -> str | None:
    return f"{day.year}年{day.month}月{day.day}日" if day else None
