"""Two names of one site: the host pages are fetched from, and the one citizens are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from content_cache.errors import ProfileError

if TYPE_CHECKING:
    from content_cache.sites.profile import Column, Site


class Addresses:
    """Translates between both names. Other hosts of the site keep theirs."""

    def __init__(self, site: Site, url: str = "", public_url: str = "") -> None:
        """Let url and public_url, if given, replace those of the profile."""
        self._fetch = _base(url or site.url, site)
        self._show = _base(public_url or site.public_url or site.url or url, site)
        self._others = frozenset(host.lower() for host in site.hosts)

    @property
    def hosts(self) -> frozenset[str]:
        """All hosts that may be asked."""
        return self._others | {urlsplit(self._fetch).netloc}

    def entry(self, column: Column) -> str:
        """Where to fetch a column's first page."""
        return self._fetch + column.path

    def to_show(self, address: str) -> str | None:
        """The address citizens are shown; None if it is not of this site."""
        host = urlsplit(address).netloc.lower()
        if host in {urlsplit(self._fetch).netloc, urlsplit(self._show).netloc}:
            return _on(self._show, address)
        return address if host in self._others else None

    def to_fetch(self, address: str) -> str:
        """Where to fetch what is shown under this address."""
        if urlsplit(address).netloc.lower() == urlsplit(self._show).netloc:
            return _on(self._fetch, address)
        return address


def joined(base: str, href: str) -> str | None:
    """The full address behind a link of a page; None for scripts, mail and what is no address."""
    try:
        address = urljoin(base, href.strip())
        return address if urlsplit(address).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _base(url: str, site: Site) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ProfileError(f"{site.name}: url: 没有写明网站地址，应为 http(s)://主机")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _on(base: str, address: str) -> str:
    parts = urlsplit(address)
    return urljoin(base, parts._replace(scheme="", netloc="").geturl() or "/")
