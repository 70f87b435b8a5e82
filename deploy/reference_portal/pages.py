"""One item -> its page, as its section of the county site writes it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from html import escape

from content_cache.model import Attachment, Item, Kind, Place, Relation
from content_cache.seed.load import path_of
from deploy.reference_portal.body import body_html
from deploy.reference_portal.info_block import info_block
from deploy.reference_portal.layout import SHARE_BAR, head_tags, page
from deploy.reference_portal.sections import Section

_LINK_HEADINGS = {
    Relation.INTERPRETS: "解读文件",
    Relation.REPLACED_BY: "替代文件",
    Relation.FULFILLED_BY: "公开内容",
    Relation.RELATED: "相关链接",
}


def item_page(item: Item, section: Section, by_id: Mapping[str, Item], newest: str) -> str:
    """The page of one item. newest is the HTML of the side list, by_id knows the link targets."""
    match item.kind:
        case Kind.GUIDE:
            middle = _guide(item, section)
        case Kind.FAQ:
            middle = _faq(item, section)
        case Kind.PLACE:
            middle = _place(item)
        case Kind.CONSULTATION:
            deadline = escape(item.fact("意见截止") or "")
            strip = f'<p class="zt">征集方式：信函、电子邮件　意见截止：<span>{deadline}</span></p>'
            middle = _document(item, section, strip)
        case _:
            middle = _document(item, section)
    main = (
        f'<div class="main">{middle}{_attachments(item.attachments)}{_links(item, by_id)}</div>\n'
        f'<div class="side"><h4>最新公开</h4><ul class="rlist">{newest}</ul></div>'
    )
    return page(section, item.title, head_tags(section, article_tags(item)), main)


def article_tags(item: Item) -> dict[str, str]:
    """The content tags; the optional ones hold what editors leave in them."""
    day = item.published or (item.place.checked if item.place else None)
    return {
        "ArticleTitle": item.title,
        "PubDate": f"{day} 09:15" if day else "",
        "ContentSource": item.publisher or "",
        "Keywords": ",".join(item.aliases),
        "Description": "null",
        "Author": "",
    }


def relative(target: str, page_path: str) -> str:
    """The path of a target as a page writes it: ./ or ../ from the folder of the page."""
    short = posixpath.relpath(target, posixpath.dirname(page_path))
    return short if short.startswith(".") else f"./{short}"


def _document(item: Item, section: Section, strip: str = "") -> str:
    return f"""{info_block(item, section.habits.block)}
<h1 class="title">{escape(item.title)}</h1>
{strip}{SHARE_BAR}
{body_html(item.blocks, section.habits.body, section.habits.container)}
"""


def _guide(item: Item, section: Section) -> str:
    """Tabs in one page: the facts two a row, then every section of the body."""
    labels = [("事项名称", item.title), ("领域", item.field or "")]
    labels += [(fact.label, fact.value) for fact in item.facts]
    rows = "\n".join(
        "<tr>"
        + "".join(
            f"<th>{escape(label)}</th><td>{escape(value)}</td>"
            for label, value in labels[at : at + 2]
        )
        + "</tr>"
        for at in range(0, len(labels), 2)
    )
    return f"""<h1 class="title">{escape(item.title)}</h1>
<ul class="tabs"><li class="on">基本信息</li><li>申请条件</li><li>申报材料</li><li>流程</li></ul>
{SHARE_BAR}
<div class="tab-con" id="jbxx"><table class="bszn" border="1">
{rows}
</table></div>
{body_html(item.blocks, section.habits.body, '<div class="tab-con bszn-con">')}
"""


def _faq(item: Item, section: Section) -> str:
    return f"""<div class="wdk"><h1 class="wen">{escape(item.title)}</h1>
<p class="ly">来源：{escape(item.publisher or "")}　领域：<span>{escape(item.field or "")}</span>　\
发布日期：{item.published}</p></div>
{SHARE_BAR}
{body_html(item.blocks, section.habits.body, section.habits.container)}
"""


def _place(item: Item) -> str:
    place = item.place or Place(category="", address="")
    services = "".join(f"<li>{escape(service)}</li>" for service in place.services)
    rows = {
        "名称": escape(item.title),
        "类别": escape(place.category),
        "地址": escape(place.address),
        "联系电话": escape(place.phone),
        "开放时间": escape(place.hours),
        "服务内容": f"<ul>{services}</ul>",
        "无障碍设施": escape(place.accessibility),
        "到达方式": escape(place.landmark),
        "坐标": "" if place.lon is None else f"{place.lon},{place.lat}",
        "坐标系": escape(place.system),
        "核对日期": str(place.checked or ""),
    }
    lines = "\n".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in rows.items())
    return f"""<h1 class="title">{escape(item.title)}</h1>
<table class="bmdt" border="1">
{lines}
</table>
<div id="map" class="map"><script type="text/javascript">/* 地图服务暂停 */</script></div>
"""


def _attachments(attachments: tuple[Attachment, ...]) -> str:
    """Files stand beside the page under numbers; only the link text knows their names."""
    if not attachments:
        return ""
    rows = "".join(
        f'<li><img src="/images/icon_pdf.gif" alt=""/>{number}. '
        f'<a href="./{posixpath.basename(file.url)}" target="_blank">{escape(file.name)}</a></li>'
        for number, file in enumerate(attachments, start=1)
    )
    return f'<div class="fujian"><p>附件：</p><ul>{rows}</ul></div>\n'


def _links(item: Item, by_id: Mapping[str, Item]) -> str:
    parts = []
    for relation, heading in _LINK_HEADINGS.items():
        targets = [by_id[link.target] for link in item.links if link.relation is relation]
        if targets:
            rows = "".join(f"<li>{anchor(target, path_of(item))}</li>" for target in targets)
            parts.append(f'<div class="xgwj"><h4>{heading}</h4><ul>{rows}</ul></div>')
    return "\n".join(parts)


def anchor(target: Item, page_path: str) -> str:
    """A link to another item of the site, by its title."""
    href = relative(path_of(target), page_path)
    _, _, fragment = (target.source_url or "").partition("#")
    if fragment:
        href += "#" + fragment
    return f'<a href="{href}" target="_blank">{escape(target.title)}</a>'


def anchors(targets: Iterable[Item], page_path: str) -> str:
    """Several links, one a line."""
    return "<br/>".join(anchor(target, page_path) for target in targets)
