"""Pages made of labels and values: the facts of a guide, the data of a place."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from content_cache.model import Fact, Place
from content_cache.portals.grid import own_rows
from content_cache.portals.tree import short_text, text_of
from content_cache.portals.wording import clean, present, read_date, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# What portals call a fact -> what this program calls it; a fact under no known name is not one.
_FACTS: Final[dict[str, str]] = {
    name: names.split()[0]
    for names in (
        "办事主题 主题名称",
        "服务对象 面向对象 适用对象 办理对象",
        "事项类型 权力类型",
        "实施主体 实施机构 实施部门 办理机构 受理机构",
        "办理窗口 受理窗口",
        "办理地点 办理地址 受理地点 办事地点",
        "办理时间 办公时间 受理时间 办理时限说明",
        "法定时限 法定办结时限 法定期限",
        "承诺时限 承诺办结时限 承诺期限 办理时限 办结时限",
        "收费 是否收费 收费情况 收费标准",
        "到现场次数 到办事现场次数 必须到现场次数 办事者到办事地点最少次数",
        "咨询电话 咨询方式 联系电话",
        "监督电话 监督投诉电话 投诉电话 监督投诉方式 监督方式",
        "办理结果 审批结果名称 结果名称 办理结果名称",
        "事项编码 实施编码 基本编码",
        "办件类型",
        "办理形式 办理方式",
        "行使层级",
        "通办范围",
    )
    for name in names.split()
}
_PLACE: Final[dict[str, str]] = {
    name: names.split()[0]
    for names in (
        "category 类别 类型 分类",
        "address 地址 详细地址 办公地址 所在地",
        "phone 联系电话 电话 咨询电话",
        "hours 开放时间 服务时间 办公时间 营业时间 办理时间",
        "services 服务内容 服务项目 服务事项 业务范围",
        "accessibility 无障碍设施 无障碍",
        "landmark 到达方式 交通 乘车路线 地标",
        "position 坐标 经纬度",
        "system 坐标系",
        "checked 核对日期 更新日期 更新时间",
    )
    for name in names.split()[1:]
}
_DECIMAL = re.compile(r"\d{1,3}\.\d+")
_SYSTEMS: Final = {"gcj": "GCJ-02", "bd": "BD-09", "cgcs": "CGCS2000", "wgs": "CGCS2000"}


def facts_of(root: HtmlElement) -> tuple[Fact, ...]:
    """The facts of a guide in the order of the page, each label once."""
    found: dict[str, str] = {}
    for label, cell in _labelled(root):
        name = _FACTS.get(label)
        if name and (value := clean(text_of(cell))):
            found.setdefault(name, value)
    return tuple(Fact(label=label, value=value) for label, value in found.items())


def place_of(root: HtmlElement) -> Place | None:
    """The place a page describes; None where it names no address."""
    cells: dict[str, HtmlElement] = {}
    for label, cell in _labelled(root):
        if label in _PLACE:
            cells.setdefault(_PLACE[label], cell)
    words = {name: present(text_of(cell)) or "" for name, cell in cells.items()}
    if not words.get("address"):
        return None
    numbers = [float(number) for number in _DECIMAL.findall(words.get("position", ""))]
    lon, lat = (max(numbers), min(numbers)) if len(numbers) == 2 else (None, None)
    return Place(
        category=words.get("category", ""),
        address=words["address"],
        phone=words.get("phone", ""),
        hours=words.get("hours", ""),
        services=_several(cells["services"]) if "services" in cells else (),
        accessibility=words.get("accessibility", ""),
        landmark=words.get("landmark", ""),
        lon=lon,
        lat=lat,
        system=_system(words.get("system", "")),
        checked=read_date(words.get("checked")),
    )


def _labelled(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Label and value cells side by side in a table, and dt with its dd."""
    for table in root.iter("table"):
        for row in own_rows(table):
            cells = [cell for cell in row if cell.tag in {"td", "th"}]
            for label, value in pairwise(cells):
                if words := short_text(label, 20):
                    yield squeezed(words).rstrip(":："), value
    for label in root.iter("dt"):
        value = label.getnext()
        words = short_text(label, 20)
        if words and value is not None and value.tag == "dd":
            yield squeezed(words).rstrip(":："), value


def _several(cell: HtmlElement) -> tuple[str, ...]:
    items = [text_of(item) for item in cell.iter("li")]
    if not items:
        items = [clean(piece) for piece in re.split(r"[、；;\n]", "\n".join(cell.itertext()))]
    return tuple(item for item in items if item)


def _system(words: str) -> str:
    """The name of a coordinate system; a page that names none means the national one."""
    low = words.lower().replace("-", "")
    return next((name for sign, name in _SYSTEMS.items() if low.startswith(sign)), "CGCS2000")
