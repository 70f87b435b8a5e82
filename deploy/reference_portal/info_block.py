"""The eight fields above a document in the three layouts portals have, and this county's 领域."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import assert_never

from content_cache.model import Item, Kind, Validity
from deploy.reference_portal.sections import InfoBlock


def info_block(item: Item, layout: InfoBlock) -> str:
    """The block of a document. Every layout hides an older state of it inside an HTML comment."""
    match layout:
        case InfoBlock.TABLE:
            return _table(item)
        case InfoBlock.LIST:
            return _list(item)
        case InfoBlock.STRONG:
            return _strong(item)
        case _:
            assert_never(layout)


def _fields(item: Item, day_format: str) -> dict[str, str]:
    """Label -> HTML of the value. Only policies have number, date of writing and validity."""
    fields = {
        "索引号": item.index_no,
        "主题分类": item.topic,
        "发文机关": item.publisher,
        "成文日期": _day(item.written, day_format),
        "标题": item.title,
        "发文字号": item.number,
        "发布日期": _day(item.published, day_format),
    }
    if item.kind is not Kind.POLICY:
        del fields["成文日期"], fields["发文字号"]
    shown = {label: escape(value or "") for label, value in fields.items()}
    if item.validity is not None:
        shown["有效性"] = _validity(item.validity)
    shown["领域"] = escape(item.field or "")
    return shown


def _day(day: date | None, day_format: str) -> str | None:
    return None if day is None else day.strftime(day_format)


def _validity(validity: Validity) -> str:
    if validity is Validity.VALID:
        return validity.value
    return f'<em class="red_base">{validity.value}</em>'


def _table(item: Item) -> str:
    fields = _fields(item, "%Y年%m月%d日")
    labels = list(fields)
    rows = []
    for left in range(0, len(labels), 2):
        cells = "".join(
            f'<td class="bt"><b>{"&ensp;".join(label) if label == "索引号" else label}：</b></td>'
            f"<td>{fields[label]}</td>"
            for label in labels[left : left + 2]
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"""<table class="xxgk_article bd1" border="1" width="100%">
{chr(10).join(rows)}
<!--<tr><td class="bt"><b>有效性：</b></td><td>废止</td><td class="bt"><b>发文字号：</b></td>\
<td>安政发〔1999〕1号</td></tr>-->
</table>"""


def _list(item: Item) -> str:
    rows = "\n".join(
        f"<li>{'索 引 号' if label == '索引号' else label}：<font>{value or '无'}</font></li>"
        for label, value in _fields(item, "%Y-%m-%d").items()
    )
    return f"""<div class="index_box cf"><ul>
{rows}
<!--<li>生成日期：<font>1999-01-01</font></li>-->
</ul></div>"""


def _strong(item: Item) -> str:
    rows = [
        f"<p><strong>{label}</strong>：{value or '无'}</p>"
        for label, value in _fields(item, "%Y年%m月%d日").items()
    ]
    half = (len(rows) + 1) // 2
    return f"""<div class="top cf">
<div class="top-l fl">
{chr(10).join(rows[:half])}
<!--<p><strong>主题词</strong>：旧版主题词</p>-->
</div>
<div class="top-r fr">
{chr(10).join(rows[half:])}
<!--<p><strong>成文日期</strong>：1999年01月01日</p>-->
<p style="height: 40px;"></p>
<!--<p><strong>有效期</strong>：</p>-->
</div>
<div style="clear: both;"></div>
</div>"""
