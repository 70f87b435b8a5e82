"""Column pages: fifteen rows a page, index.html, index_1.html …, with the traps real lists set."""

from __future__ import annotations

import zlib
from datetime import date, timedelta
from html import escape

from content_cache.model import Value
from deploy.reference_portal.layout import head_tags, page
from deploy.reference_portal.pages import relative
from deploy.reference_portal.sections import Section

ROWS_A_PAGE = 15
# Two rows of 通知公告: one of another site, and one that looks like our own and only leads away.
FOREIGN_URL = "http://www.qingning.gov.example/zwgk/tzgg/202610/t20261012_5566778.html"
REDIRECT_PATH = "/zwgk/tzgg/202610/t20261015_9000001.html"


class Row(Value, frozen=True, kw_only=True):
    """One line of a list: a path of this site or a full address elsewhere."""

    title: str
    href: str
    day: date


def foreign_rows() -> tuple[Row, ...]:
    """The two rows of 通知公告 that are not the county's own documents."""
    return (
        Row(title="清宁市关于开展秋季防火检查的通告", href=FOREIGN_URL, day=date(2026, 10, 12)),
        Row(title="转发：全国统一的节约用水倡议", href=REDIRECT_PATH, day=date(2026, 10, 15)),
    )


def newest_first(rows: list[Row]) -> list[Row]:
    """The order of a list: by day, the newest on top; equal days by address."""
    return sorted(rows, key=lambda row: (row.day, row.href), reverse=True)


def page_count(rows: list[Row]) -> int:
    """How many pages a list has; an empty column still has its first."""
    return max(1, -(-len(rows) // ROWS_A_PAGE))


def list_page(section: Section, rows: list[Row], number: int, newest: str) -> str:
    """Page number (from 0) of a column. Rows come sorted."""
    start = number * ROWS_A_PAGE
    lines = "\n".join(_line(row, section) for row in rows[start : start + ROWS_A_PAGE])
    count = page_count(rows)
    main = f"""<div class="main"><h2 class="lmmc">{section.column.name}</h2>
<ul class="list">
{lines}
</ul>
<div class="page"><script type="text/javascript">
// 分页：总页数，当前页，文件名，扩展名
createPageHTML({count}, {number}, "index", "html");
</script></div></div>
<div class="side"><h4>最新公开</h4><ul class="rlist">{newest}</ul></div>"""
    return page(section, section.column.name, head_tags(section, {}), main)


def _line(row: Row, section: Section) -> str:
    own = row.href.startswith("/")
    href = relative(row.href, section.column.path + "index.html") if own else row.href
    # Long titles are cut in the list; every seventh row shows the day an editor put it on top.
    words = row.title if len(row.title) <= 40 else row.title[:38] + "…"
    day = row.day + timedelta(days=zlib.crc32(row.href.encode()) % 7 == 0)
    return (
        f'<li><a href="{escape(href)}" title="{escape(row.title)}" target="_blank">'
        f"{escape(words)}</a><span>{day}</span></li>"
    )
