"""The info block of a document page: eight national fields under many names in three layouts.

Layouts met: label cell and value cell of a table; <li>标签：<font>值</font></li>;
<p><strong>标签</strong>：值</p>.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from lxml import etree

from content_cache.portals.tree import following, short_text
from content_cache.portals.wording import clean, present, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement


class Part(StrEnum):
    """What a labelled value of a page means."""

    INDEX_NO = "index_no"
    TITLE = "title"
    NUMBER = "number"
    PUBLISHER = "publisher"
    SOURCE = "source"
    TOPIC = "topic"
    CLASS = "class"
    FIELD = "field"
    WRITTEN = "written"
    PUBLISHED = "published"
    VALIDITY = "validity"
    UNTIL = "until"
    ALIASES = "aliases"
    DEADLINE = "deadline"
    OTHER = "other"


_NAMES: Final[dict[Part, str]] = {
    Part.INDEX_NO: "索引号 信息索引号 索引编号 索引码",
    Part.TITLE: "标题 名称 信息名称 文件名称 公文名称 信息标题",
    Part.NUMBER: "发文字号 文号 文件编号 备注/文号 文件号 公文文号 发文文号 发文号 文件字号",
    Part.PUBLISHER: "发文机关 发文机构 发布机构 发布机关 发布单位 发文单位 制发机关 "
    "发布部门 公开主体 制定机关 公开责任部门 公开单位 信息公开单位 发文部门",
    Part.SOURCE: "来源 信息来源 文章来源 稿件来源 内容来源",
    Part.TOPIC: "主题分类 所属主题 主题类别",
    Part.CLASS: "信息分类 组配分类 分类 信息类别 公开类别 所属类别",
    Part.FIELD: "领域 公开领域 重点领域 试点领域 所属领域",
    Part.WRITTEN: "成文日期 生成日期 发文日期 成文时间 发文时间 印发日期 制发日期 生成时间 "
    "制定日期",
    Part.PUBLISHED: "发布日期 公开日期 发布时间 公开时间 发稿时间 更新时间 发表时间 时间 日期",
    Part.VALIDITY: "有效性 效力状态 是否有效 文件有效性 时效性 有效状态 文件状态 效力 时效状态",
    Part.UNTIL: "有效期 有效期限 失效日期 失效时间 有效期至 废止日期 终止日期 废止时间",
    Part.ALIASES: "关键词 主题词 关键字 关键词/主题词 别名 俗称",
    Part.DEADLINE: "意见截止 征集截止 截止日期 截止时间 征集结束时间 意见截止日期 结束时间",
    Part.OTHER: "公开方式 公开范围 公开时限 公开程序 公开属性 信息格式 信息格式/语种 语种 内容概述 "
    "体裁分类 服务对象分类 服务对象 生效日期 实施日期 施行日期 载体类型 签发人 "
    "浏览次数 点击次数 点击数 阅读次数 访问量 浏览量 点击量 点击 浏览 阅读 "
    "作者 编辑 责任编辑 审核 字体 字号 字体大小 视力保护色 保护视力色 打印 分享 分享到 收藏 "
    "记录编号 体裁 文种 文件类型 公文种类",
}
LABELS: Final = {squeezed(name): part for part, names in _NAMES.items() for name in names.split()}
_ANY = "|".join(
    r"\s*+".join(map(re.escape, label)) for label in sorted(LABELS, key=len, reverse=True)
)
# Possessive: templates carry kilobytes of white space, which must not be tried again and again.
_LABELLED = re.compile(rf"(?<![\u4e00-\u9fff])(?:[\[【]\s*+)?({_ANY})\s*+[\]】]?\s*+[:：]")
_ONLY_LABEL = re.compile(r"[\[【(（]?(.+?)[\]】)）]?[:：]?")
_CANDIDATES: Final = frozenset(
    {
        *("td", "th", "dt", "dd", "li", "p", "div", "span"),
        *("strong", "b", "label", "em", "font", "i", "h4", "h5"),
    }
)
_LONGEST = 400
_MOST = 0.6


class Fields:
    """The labelled values of a page; the innermost and first value of a part counts."""

    def __init__(self) -> None:
        self._values: dict[Part, str | None] = {}

    def __len__(self) -> int:
        """Count the meaningful parts that have a value."""
        return sum(1 for part, value in self._values.items() if value and part is not Part.OTHER)

    def covers(self, region: HtmlElement) -> bool:
        """Whether most of a region's text is labels and values, as in a block and not in a text."""
        whole = len(squeezed("".join(region.itertext())))
        labelled = sum(4 + len(squeezed(value or "")) for value in self._values.values())
        return labelled >= _MOST * whole

    def read(self, region: HtmlElement, without: Sequence[HtmlElement] = ()) -> None:
        """Add what a region says, leaving out the elements in without."""
        walker = etree.iterwalk(region, events=("start", "end"))
        for event, element in walker:
            if element in without:
                walker.skip_subtree()
            elif event == "end" and element.tag in _CANDIDATES:
                raw = short_text(element, _LONGEST)
                if raw and raw.strip():
                    self._add(_pairs(element, raw))

    def _add(self, pairs: Iterable[tuple[Part, str]]) -> None:
        for part, value in pairs:
            if self._values.get(part) is None:
                self._values[part] = present(value)

    def get(self, *parts: Part) -> str | None:
        """The first of these parts that has a value."""
        return next((value for part in parts if (value := self._values.get(part))), None)


def read_fields(region: HtmlElement) -> Fields:
    """All labelled values inside a region."""
    fields = Fields()
    fields.read(region)
    return fields


def block_in(region: HtmlElement) -> HtmlElement | None:
    """The biggest element inside a region that is an info block: labelled fields, one a number."""
    for element in region.iter("table", "ul", "dl", "div"):
        if not short_text(element, 3 * _LONGEST):
            continue
        fields = read_fields(element)
        if len(fields) >= 3 and fields.get(Part.INDEX_NO, Part.NUMBER) and fields.covers(element):
            return element
    return None


def _pairs(element: HtmlElement, raw: str) -> Iterator[tuple[Part, str]]:
    label = _ONLY_LABEL.fullmatch(squeezed(raw))
    part = LABELS.get(label[1]) if label else None
    if part is not None:
        value = _value_after(element)
        if value is not None and (part is not Part.OTHER or value):
            yield part, value
        return
    found = list(_LABELLED.finditer(raw))
    starts = [match.start() for match in found]
    for match, end in zip(found, [*starts[1:], len(raw)], strict=False):
        value = clean(raw[match.end() : end]).strip("| ｜")
        if len(value) <= _LONGEST // 2:
            yield LABELS[squeezed(match[1])], value


def _value_after(element: HtmlElement) -> str | None:
    """The value of an element holding only a label; None if there is no place for one."""
    if element.tag in {"td", "th", "dt"}:
        cell = element.getnext()
        if cell is None:
            return None
        words = "".join(cell.itertext())
        return "" if _is_label(words) and element.tag != "dt" else words
    pieces: list[str] = []
    for sibling, words in following(element):
        if sibling is not None and (_is_label(words) or _LABELLED.match(words.strip())):
            break
        pieces.append(words)
    words = "".join(pieces).lstrip(" \t\r\n\u3000\u00a0:：")
    if words.strip():
        return words[: match.start()] if (match := _LABELLED.search(words)) else words
    return None


def _is_label(words: str) -> bool:
    match = _ONLY_LABEL.fullmatch(squeezed(words))
    return match is not None and match[1] in LABELS
