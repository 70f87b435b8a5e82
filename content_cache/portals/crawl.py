"""Walking through the list pages of one column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_cache.errors import Gone, Refused
from content_cache.portals.decoding import decode
from content_cache.portals.lists import (
    announced_pages,
    further_pages,
    json_rows_in,
    next_page,
    rows_in,
)
from content_cache.portals.removed import check_whole, refresh_target
from content_cache.portals.tree import parse
from content_cache.portals.web import NotModified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from content_cache.portals.web import Web
    from content_cache.sites.profile import Column, Site


def crawl(web: Web, entry: str, column: Column, site: Site) -> Iterator[str]:
    """The addresses a column lists, page after page, each once; files are left out.

    A list ends where it says so, where a page brings nothing new, or where the next is missing.
    Raises PortalError if the first page cannot be read or a later one does not come.
    """
    seen: set[str] = set()
    if site.lists.json is not None:
        for way in further_pages(column, entry, site, first=True):
            yield from _follow(web, way, site, seen, most=None)
        return
    text, url = _first(web, entry)
    yield from _new(rows_in(text, url, site), seen)
    total = announced_pages(text)
    for way in further_pages(column, url, site) if total != 1 else ():
        before = len(seen)
        yield from _follow(web, way, site, seen, most=total - 1 if total else None)
        if len(seen) > before:
            return
    if total is None:
        yield from _follow(web, _linked(web, text, url), site, seen, most=None)


def _first(web: Web, entry: str) -> tuple[str, str]:
    """The first page of a list; a column that only refreshes to its child is followed there."""
    text, url = _page(web, entry, whole=True)
    target = refresh_target(parse(text), url)
    if target is not None and target != url and target.startswith(url.rpartition("/")[0] + "/"):
        return _page(web, target, whole=True)
    return text, url


def _follow(
    web: Web, addresses: Iterable[str], site: Site, seen: set[str], most: int | None
) -> Iterator[str]:
    for count, address in enumerate(addresses):
        if most is not None and count >= most:
            return
        try:
            text, url = _page(web, address)
            shape = site.lists.json
            rows = json_rows_in(text, url, shape) if shape else rows_in(text, url, site)
        except (Gone, Refused):
            return
        new = list(_new(rows, seen))
        if not new:
            return
        yield from new


def _linked(web: Web, text: str, url: str) -> Iterator[str]:
    """The pages behind one 下一页 after another."""
    address = next_page(text, url)
    while address is not None:
        yield address
        text, url = _page(web, address)
        address = next_page(text, url)


def _new(rows: Iterable[str], seen: set[str]) -> Iterator[str]:
    for row in rows:
        if row not in seen:
            seen.add(row)
            yield row


def _page(web: Web, address: str, *, whole: bool = False) -> tuple[str, str]:
    """Text and address of one list page; whole where it must be a page and no fragment."""
    answer = web.page(address)
    if isinstance(answer, NotModified):
        raise Refused(f"{address}: 没有要求却回答未修改")
    if whole:
        check_whole(answer.body, address)
    return decode(answer.body, answer.content_type), answer.url
