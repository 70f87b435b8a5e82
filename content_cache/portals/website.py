"""A county's website as a Portal: its columns crawled politely, its pages read into items.

A website gives no versions, so every page is asked for each time, conditionally. What a page said
last stays true until the page itself says that it is gone: neither a list that forgets a row nor a
page that answers rubbish takes anything away from citizens.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import msgspec

from content_cache.errors import Gone, PortalError, Refused, Unreachable
from content_cache.model import Item, Kind, sealed
from content_cache.plan import without_files
from content_cache.portals.addresses import Addresses
from content_cache.portals.base import Trouble
from content_cache.portals.crawl import crawl
from content_cache.portals.memory import KnownPage, Memory
from content_cache.portals.page import read_items
from content_cache.portals.removed import check_whole
from content_cache.portals.web import Foreign, Limits, NotModified, Page, Web
from content_cache.portals.wording import validity_of
from content_cache.published import published_items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from content_cache.sites.profile import Column, Site

log = logging.getLogger(__name__)

# Raised whenever page.py reads the same page differently: known pages are then fetched anew.
READER: Final = 1
_LOST_AFTER: Final = 3


class Website:
    """A Portal over one site's columns.

    url and public_url replace those of the profile: where to fetch, and what citizens are shown.
    memory is the file of what is known; known gives the items to begin an empty one with, such as
    those of the published release, so that a lost memory takes nothing away.
    """

    def __init__(
        self,
        site: Site,
        memory: Path,
        *,
        url: str = "",
        public_url: str = "",
        known: Callable[[], Iterable[Item]] | None = None,
        limits: Limits | None = None,
        pause: Callable[[], None] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.troubles: tuple[Trouble, ...] = ()
        self._site = site
        self._addresses = Addresses(site, url, public_url)
        self._web = Web(self._addresses.hosts, limits, pause)
        self._now = now
        reader = f"{READER}:{hashlib.sha256(msgspec.json.encode(site)).hexdigest()[:16]}"
        self._memory = Memory(memory, reader)
        if known is not None and not self._memory.urls():
            self._begin_with(known())

    def close(self) -> None:
        self._web.close()
        self._memory.close()

    def index(self) -> Mapping[str, str]:
        """Crawl the columns and look at every page, listed or known.

        Raises the first list's PortalError if no list could be read. After three pages in a row
        without an answer the rest is not asked for and stays as it was.
        """
        self.troubles = ()
        listed = self._listed()
        lost = 0
        for url in dict.fromkeys((*listed, *self._memory.urls())):
            try:
                self._look_at(url, listed.get(url, ()))
                lost = 0
            except PortalError as error:
                self._note(url, error)
                lost = lost + 1 if isinstance(error, Unreachable) else 0
            if lost == _LOST_AFTER:
                log.warning(
                    "%s does not answer any more; the rest stays as it was", self._site.name
                )
                break
        return self._memory.index()

    def items(self, ids: Iterable[str]) -> Iterator[Item]:
        """The items as they were last read."""
        return self._memory.items(ids)

    def file(self, url: str, target: Path) -> str:
        """Fetch an attachment or picture; its SHA-256. Raises PortalError."""
        return self._web.download(self._addresses.to_fetch(url), target).sha256

    def _listed(self) -> dict[str, list[Column]]:
        """Every page the columns list, by its public address, with the columns that do."""
        listed: dict[str, list[Column]] = {}
        failures: list[PortalError] = []
        for column in self._site.columns:
            try:
                for address in crawl(self._web, self._addresses.entry(column), column, self._site):
                    url = self._addresses.to_show(address)
                    if url is not None and column not in listed.setdefault(url, []):
                        listed[url].append(column)
            except PortalError as error:
                failures.append(error)
                self._note(self._addresses.entry(column), error)
                if isinstance(error, Unreachable) and not listed:
                    break
        if failures and not listed:
            raise failures[0]
        return listed

    def _look_at(self, url: str, columns: Iterable[Column]) -> None:
        """Bring one page up to date in memory. Raises PortalError if the old copy stays."""
        columns = tuple(columns)
        known = self._memory.page(url)
        try:
            answer = self._web.page(
                self._addresses.to_fetch(url),
                known.etag if known else None,
                known.last_modified if known else None,
            )
            if isinstance(answer, NotModified):
                self._confirm(url, known, columns)
            else:
                self._keep(url, answer, known, columns)
        except Gone as error:
            log.info("%s", error)
            self._memory.forget(url)

    def _confirm(self, url: str, known: KnownPage | None, columns: tuple[Column, ...]) -> None:
        if known is None:
            raise Refused(f"{url}: 没有要求却回答未修改")
        items = tuple(self._finished(item, columns, known) for item in known.items)
        if items == known.items:
            self._memory.confirm(url, self._now())
        else:
            self._memory.keep(url, items, self._now(), known.etag, known.last_modified)

    def _keep(
        self, url: str, page: Page, known: KnownPage | None, columns: tuple[Column, ...]
    ) -> None:
        check_whole(page.body, url)
        items = read_items(
            url,
            page.body,
            self._site,
            kind=self._kind(url, columns, known),
            content_type=page.content_type,
            today=self._today(),
        )
        finished = tuple(self._finished(item, columns, known) for item in items)
        self._memory.keep(url, finished, self._now(), page.etag, page.last_modified)

    def _kind(self, url: str, columns: tuple[Column, ...], known: KnownPage | None) -> Kind | None:
        """What the page is: as the column it lies in says, else the first that lists it."""
        home = self._site.column_of(urlsplit(url).path)
        for column in (home, *columns):
            if column is not None and column.kind is not None:
                return column.kind
        return known.items[0].kind if known and known.items else None

    def _finished(self, item: Item, columns: tuple[Column, ...], known: KnownPage | None) -> Item:
        """The item with its columns and, if it has a period, its validity of today.

        A column that no longer lists it still counts, for lists may be stale; a version keeps the
        time it was first seen.
        """
        before = {old.id: old for old in known.items}.get(item.id) if known else None
        listed = {column.name for column in columns}.union(before.columns if before else ())
        order = dict.fromkeys(column.name for column in self._site.columns)
        names = tuple(name for name in order if name in listed) or item.columns
        validity = validity_of(item.validity, item.fact("有效期"), self._today())
        item = sealed(msgspec.structs.replace(item, columns=names, validity=validity))
        seen_at = before.seen_at if before and before.digest == item.digest else self._now()
        return msgspec.structs.replace(item, seen_at=seen_at)

    def _today(self) -> date:
        return self._now().astimezone().date()

    def _note(self, url: str, error: PortalError) -> None:
        """Record a page that gave nothing; a row that leads to another site is no trouble."""
        kept = self._memory.page(url) is not None
        if isinstance(error, Foreign) and not kept:
            log.debug("%s", error)
            return
        log.warning("%s%s", error, "，保留旧内容" if kept else "")
        trouble = Trouble(url=url, code=error.code, message=str(error), kept=kept)
        self.troubles = (*self.troubles, trouble)

    def _begin_with(self, items: Iterable[Item]) -> None:
        pages: dict[str, list[Item]] = {}
        for item in items:
            url = (item.source_url or "").partition("#")[0]
            if self._addresses.to_show(url) == url:
                pages.setdefault(url, []).append(without_files(item))
        for url, found in pages.items():
            self._memory.keep(url, found, None)


def open_website(
    site: Site,
    root: Path,
    *,
    url: str = "",
    public_url: str = "",
    pause: Callable[[], None] | None = None,
) -> Website:
    """The website of a profile for one content root; its memory lies in root/portal.db."""
    return Website(
        site,
        root / "portal.db",
        url=url,
        public_url=public_url,
        known=lambda: published_items(root),
        pause=pause,
    )
