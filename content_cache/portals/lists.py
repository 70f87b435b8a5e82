"""List pages of a column: which pages they lead to, and where the list goes on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

import msgspec

from content_cache.errors import Refused
from content_cache.portals.addresses import joined
from content_cache.portals.files import is_file_link
from content_cache.portals.links import is_page
from content_cache.portals.tree import in_furniture, parse, select, text_of
from content_cache.portals.wording import read_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from content_cache.sites.profile import Column, JsonRows, Site

# Rows that a script puts into the page: 大汉 wraps each in a record of a data store.
_RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.DOTALL | re.IGNORECASE)
_PAGES: Final = (
    re.compile(r"createPageHTML\w*\(\s*(\d+)\s*,"),
    re.compile(r"countPage\s*=\s*(\d+)"),
    re.compile(r"(?:pageCount|totalPages?)[\"']?\s*[:=]\s*[\"']?(\d+)"),
    re.compile(r"共\s*(?:<[^>]*>\s*)*(\d+)\s*(?:</[^>]*>\s*)*页"),
)
_NEXT: Final = frozenset({"下一页", "下页", "下一页>", "后一页", ">"})
_ROWS: Final = ("li", "tr", "dd", "div")
_FEWEST_ROWS: Final = 2
_SHORTEST_TITLE: Final = 6
_MOST_PAGES: Final = 2000


def rows_in(text: str, url: str, site: Site) -> list[str]:
    """The addresses a list page leads to, in its order, each once. Refused if it is empty.

    Other sites' addresses are among them; files are not. Rows are found by the site's selectors,
    else as the biggest group of lines with a link and a date, else with links of title length.
    """
    records = _RECORD.findall(text)
    root = parse("<ul>" + "".join(records) + "</ul>" if records else text)
    rows = _selected(root, site)
    if rows is None:
        rows = _dated(root) or _titled(root)
    addresses = (_address_of(row, url, site) for row in rows)
    return list(dict.fromkeys(address for address in addresses if address))


def json_rows_in(text: str, url: str, shape: JsonRows) -> list[str]:
    """The addresses in a JSON list. Refused if the answer has another shape."""
    try:
        answer: Any = msgspec.json.decode(text)  # any JSON: its shape is the site's
        for key in shape.rows.split("."):
            answer = answer[key]
        addresses = [joined(url, row[shape.url]) for row in answer if row.get(shape.url)]
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as error:
        raise Refused(f"{url}: 列表接口的回答里没有 {shape.rows} 和 {shape.url}") from error
    return [address for address in addresses if address is not None]


def announced_pages(text: str) -> int | None:
    """How many pages a list says it has."""
    for pattern in _PAGES:
        if match := pattern.search(text):
            return min(int(match[1]), _MOST_PAGES)
    return None


def next_page(text: str, url: str) -> str | None:
    """The address behind 下一页, if it is a plain link to another page."""
    for anchor in parse(text).iter("a"):
        href = (anchor.get("href") or "").strip()
        if text_of(anchor) in _NEXT and href and not href.startswith(("#", "javascript:")):
            address = joined(url, href)
            return address if address != url else None
    return None


def further_pages(
    column: Column, entry: str, site: Site, *, first: bool = False
) -> list[Iterator[str]]:
    """The ways a site may number its list pages after the first, each as its addresses in order.

    first: begin with the first page, for lists that are only answered by an interface.
    """
    start = site.lists.second - first
    patterns = [pattern for pattern in site.lists.further if column.id or "{id}" not in pattern]
    return [_numbered(pattern, column, entry, start) for pattern in patterns]


def _numbered(pattern: str, column: Column, entry: str, start: int) -> Iterator[str]:
    for number in range(start, start + _MOST_PAGES):
        yield urljoin(entry, pattern.format(n=number, id=column.id))


def _selected(root: HtmlElement, site: Site) -> list[HtmlElement] | None:
    """The rows the site's selectors name; empty if only their box is there, None without a box."""
    empty_box = False
    for selector in site.lists.rows:
        rows = [row for row in select(root, selector) if _link_of(row) is not None]
        if rows:
            return rows
        box, _, inner = selector.rpartition(" ")
        empty_box = empty_box or bool(box and inner in {"li", "tr"} and select(root, box))
    return [] if empty_box else None


def _dated(root: HtmlElement) -> list[HtmlElement]:
    """The biggest group of sibling lines that have one or two links and a date."""
    rows = (row for row in root.iter(*_ROWS) if _is_row(row) and read_date(text_of(row)))
    return _biggest(rows)


def _titled(root: HtmlElement) -> list[HtmlElement]:
    return _biggest(
        row
        for row in root.iter("li", "tr", "dd")
        if _is_row(row) and len(text_of(row)) >= _SHORTEST_TITLE
    )


def _is_row(row: HtmlElement) -> bool:
    """One or two links, the longer to a page; menus lead to columns, side lists do not count."""
    link = _link_of(row) if sum(1 for _ in row.iter("a")) in {1, 2} else None
    return link is not None and is_page(link.get("href") or "") and not in_furniture(row)


def _biggest(rows: Iterable[HtmlElement]) -> list[HtmlElement]:
    groups: dict[HtmlElement | None, list[HtmlElement]] = {}
    for row in rows:
        groups.setdefault(row.getparent(), []).append(row)
    biggest = max(groups.values(), key=len, default=[])
    return biggest if len(biggest) >= _FEWEST_ROWS or len(groups) == 1 else []


def _link_of(row: HtmlElement) -> HtmlElement | None:
    """The link with the title: the longest text of those that lead to a page."""
    links = [row] if row.tag == "a" else list(row.iter("a"))
    pages = [link for link in links if (link.get("href") or "#")[0] != "#"]
    best = max(pages, key=lambda link: len(text_of(link)), default=None)
    if best is None or (best.get("href") or "").lower().startswith(("javascript:", "mailto:")):
        return None
    return best if best.get("title") or text_of(best) else None


def _address_of(row: HtmlElement, url: str, site: Site) -> str | None:
    link = _link_of(row)
    if link is None:
        return None
    address = joined(url, link.get("href") or "")
    if address is None or is_file_link(link, address, site.files):
        return None
    return address.partition("#")[0]
