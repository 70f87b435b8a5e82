"""A standard catalogue's table -> one item a row (the national form: two header rows, ticks)."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

import msgspec

from content_cache.model import Fact, Item, Relation, item_id
from content_cache.portals.grid import rows_of
from content_cache.portals.links import page_links
from content_cache.portals.tree import text_of
from content_cache.portals.wording import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_TICK = re.compile(r"[■√☑✓✔▇●t]\s*")
_BOX = re.compile(r"[□口☐○]")
_TICKED_NAME = re.compile(r"[■☑√✓✔▇]\s*([^■□☑☐√✓✔▇口○\n]+)")
_TICK_COLUMNS: Final = ("公开对象", "公开方式", "公开层级")
_LABELS: Final = {
    "一级事项": ("一级事项", "一级公开事项"),
    "二级事项": ("二级事项", "二级公开事项"),
    "公开内容": ("公开内容", "公开内容要素"),
    "公开依据": ("公开依据", "依据"),
    "公开时限": ("公开时限", "时限"),
    "公开主体": ("公开主体", "公开责任主体", "责任主体"),
    "公开渠道": ("公开渠道", "公开渠道和载体", "公开渠道与载体", "渠道和载体"),
}
_WORDS: Final = {"主动": "主动公开", "依申请": "依申请公开", "特定群众": "特定群体"}
_LINKED: Final = ("对应信息", "公开链接", "链接", "公开信息链接", "信息链接")


def read_catalogue(root: HtmlElement, page: Item) -> tuple[Item, ...]:
    """The rows of a page's catalogue table as items like page, not sealed; empty if it has none.

    An empty cell of the first level means the same as above. A row's address is the page's with
    the row's own id, or row- and eight digits of the digest of its two names.
    """
    return tuple(item for table in root.iter("table") for item in _rows(table, page))


def _rows(table: HtmlElement, page: Item) -> Iterator[Item]:
    grid = rows_of(table)
    head = next((at for at, line in enumerate(grid) if "二级事项" in _head_of(line)), None)
    if head is None:
        return
    upper = [squeezed(text_of(cell)) for cell in grid[max(head - 1, 0)]]
    lower = [squeezed(text_of(cell)) for cell in grid[head]]
    above = ""
    for line in grid[head + 1 :]:
        if len(line) < len(lower):
            continue
        cells = list(zip(upper, lower, line, strict=False))
        facts = _facts(cells)
        facts["一级事项"] = above = facts.get("一级事项") or above
        if above and facts.get("二级事项"):
            yield _item(page, line[0], facts, cells)


def _item(
    page: Item, cell: HtmlElement, facts: dict[str, str], cells: list[tuple[str, str, HtmlElement]]
) -> Item:
    row = cell.getparent()
    level1, level2 = facts["一级事项"], facts["二级事项"]
    computed = "row-" + hashlib.sha256(f"{level1}/{level2}".encode()).hexdigest()[:8]
    fragment = (row.get("id") if row is not None else None) or computed
    url = f"{page.source_url}#{fragment}"
    order = (*_LABELS, *_TICK_COLUMNS)
    linked = [cell for _, lower, cell in cells if lower in _LINKED]
    return msgspec.structs.replace(
        page,
        id=item_id(url),
        title=f"{level1}—{level2}",
        source_url=url,
        aliases=(),
        blocks=(),
        attachments=(),
        facts=tuple(Fact(label=label, value=facts[label]) for label in order if facts.get(label)),
        links=tuple(
            link
            for cell in linked
            for link in page_links(cell, page.source_url or "", Relation.FULFILLED_BY)
        ),
    )


def _facts(cells: list[tuple[str, str, HtmlElement]]) -> dict[str, str]:
    facts: dict[str, str] = {}
    ticks: dict[str, list[str]] = {}
    for upper, lower, cell in cells:
        group = next((name for name in _TICK_COLUMNS if upper.startswith(name)), None)
        if group is not None:
            if lower != upper:
                if _is_ticked(text_of(cell)):
                    ticks.setdefault(group, []).append(_WORDS.get(lower, lower))
                continue
            facts[group] = _ticked(cell) or text_of(cell)
        for label, names in _LABELS.items():
            if _bare(lower) in names or _bare(upper) in names:
                facts[label] = (_ticked(cell) if label == "公开渠道" else "") or text_of(cell)
    return facts | {group: "、".join(names) for group, names in ticks.items()}


def _head_of(line: list[HtmlElement]) -> set[str]:
    return {_bare(squeezed(text_of(cell))) for cell in line}


def _bare(label: str) -> str:
    return re.sub(r"[（(].*[）)]", "", label)


def _is_ticked(text: str) -> bool:
    return bool(_TICK.match(text)) and not _BOX.match(text)


def _ticked(cell: HtmlElement) -> str:
    """The names of the filled boxes of a tick list, joined; empty if the cell is no tick list."""
    lines = "\n".join(cell.itertext())
    return "、".join(name.strip() for name in _TICKED_NAME.findall(lines))
