"""A standard catalogue as one page: two header rows, ticks, merged first-level cells."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from content_cache.model import Item
from content_cache.seed.load import path_of
from deploy.reference_portal.layout import head_tags, page
from deploy.reference_portal.pages import anchors, article_tags
from deploy.reference_portal.sections import Section

# The tick list of the national form.
_CHANNELS = (
    "政府网站",
    "政府公报",
    "两微一端",
    "发布会/听证会",
    "广播电视",
    "纸质媒体",
    "公开查阅点",
    "政务服务中心",
    "便民服务站",
    "入户/现场",
    "社区/企事业单位/村公示栏（电子屏）",
    "精准推送",
)
_HEAD = """<tr><th rowspan="2">序号</th><th colspan="2">公开事项</th>
<th rowspan="2">公开内容（要素）</th><th rowspan="2">公开依据</th><th rowspan="2">公开时限</th>
<th rowspan="2">公开主体</th><th rowspan="2">公开渠道和载体</th><th colspan="2">公开对象</th>
<th colspan="2">公开方式</th><th colspan="2">公开层级</th><th rowspan="2">对应信息</th></tr>
<tr><th>一级事项</th><th>二级事项</th><th>全社会</th><th>特定群体</th><th>主动</th><th>依申请</th>
<th>县级</th><th>乡级</th></tr>"""


def catalogue_title(rows: tuple[Item, ...]) -> str:
    """The title of the page that holds these rows."""
    return f"{rows[0].field}领域基层政务公开标准目录"


def catalogue_page(rows: tuple[Item, ...], section: Section, by_id: Mapping[str, Item]) -> str:
    """The page of one catalogue table; its rows are the items, in order."""
    first = rows[0]
    title = catalogue_title(rows)
    lines = "\n".join(_row(rows, at, by_id) for at in range(len(rows)))
    main = f"""<div class="main"><h1 class="title">{escape(title)}</h1>
<p class="ly">发布机构：{escape(first.publisher or "")}　\
领域：<span>{escape(first.field or "")}</span>　发布日期：{first.published}</p>
<div class="TRS_Editor"><table class="bzml" border="1">
{_HEAD}
{lines}
</table></div></div>"""
    tags = article_tags(first) | {"ArticleTitle": title}
    return page(section, title, head_tags(section, tags), main)


def _row(rows: tuple[Item, ...], at: int, by_id: Mapping[str, Item]) -> str:
    item = rows[at]

    def fact(label: str) -> str:
        return item.fact(label) or ""

    def tick(label: str, words: str) -> str:
        return "√" if words in fact(label).split("、") else ""

    cells = [
        str(at + 1),
        None,
        escape(fact("二级事项")),
        escape(fact("公开内容")),
        escape(fact("公开依据")),
        escape(fact("公开时限")),
        escape(fact("公开主体")),
        _ticked(fact("公开渠道")),
        tick("公开对象", "全社会"),
        tick("公开对象", "特定群体"),
        tick("公开方式", "主动公开"),
        tick("公开方式", "依申请公开"),
        tick("公开层级", "县级"),
        tick("公开层级", "乡级"),
        anchors([by_id[link.target] for link in item.links], path_of(item)),
    ]
    html = "".join(_first_level(rows, at) if cell is None else f"<td>{cell}</td>" for cell in cells)
    _, _, fragment = (item.source_url or "").partition("#")
    return f'<tr id="{fragment}">{html}</tr>'


def _first_level(rows: tuple[Item, ...], at: int) -> str:
    names = [row.fact("一级事项") or "" for row in rows]
    if at and names[at - 1] == names[at]:
        return ""
    span = 1
    while at + span < len(names) and names[at + span] == names[at]:
        span += 1
    return f'<td rowspan="{span}">{escape(names[at])}</td>'


def _ticked(channels: str) -> str:
    """The tick list: the row's channels filled, in its order, then the others empty."""
    chosen = channels.split("、")
    marks = [f"■{name}" for name in chosen] + [
        f"□{name}" for name in _CHANNELS if name not in chosen
    ]
    return "<br/>".join(escape(mark) for mark in marks)
