"""Site profiles: what is special about a portal or a family of portals, as data beside this file.

A profile may build on another (`base = "trs"`); its own entries are then asked before the base's.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import msgspec

from content_cache.errors import ProfileError
from content_cache.model import Kind, Value

FOLDER: Final = Path(__file__).parent


class Column(Value, frozen=True):
    """One column of a site. path is its entry page, id what its list interface calls it.

    kind is what its pages are; None leaves that to their titles and tags.
    """

    path: str
    name: str
    kind: Kind | None = None
    id: str = ""


class JsonRows(Value, frozen=True):
    """Where the rows are in a JSON answer: keys joined by dots; url may be relative to the site."""

    rows: str
    url: str
    title: str = "title"


class Lists(Value, frozen=True):
    """How a column lists its pages.

    rows        selectors of one row; the first that matches anything counts
    further     addresses of the second and later pages, relative to the column; {n} is the page,
                {id} the column's id. Asked in this order until one gives a second page
    second      what {n} is on the second page
    json        set where these answer JSON instead of HTML; the first page is then asked likewise
    """

    rows: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    second: int = 2
    json: JsonRows | None = None


class Site(Value, frozen=True):
    """One site, or what a family of sites has in common.

    site_id_code  网站标识码; a page that names another one is refused
    url           where to fetch, scheme and host
    public_url    what citizens are shown instead of url; equal to url when empty
    hosts         further hosts (host or host:port) whose pages and files count as the site's own
    body, fields  selectors of the text and of the info block
    drop          selectors of what templates put into the text
    files         patterns of attachment addresses that show no known ending
    """

    name: str
    base: str | None = None
    site_id_code: str | None = None
    url: str = ""
    public_url: str = ""
    hosts: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    lists: Lists = Lists()
    columns: tuple[Column, ...] = ()

    def column_of(self, path: str) -> Column | None:
        """The column with the longest path that this path lies in."""
        inside = [column for column in self.columns if path.startswith(column.path)]
        return max(inside, key=lambda column: len(column.path), default=None)


def load_site(name: str) -> Site:
    """A profile that came with the program, by name, or any file, by path. Raises ProfileError."""
    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    try:
        site = msgspec.toml.decode(path.read_bytes(), type=Site)
    except OSError as error:
        known = "、".join(sorted(file.stem for file in FOLDER.glob("*.toml")))
        raise ProfileError(f"{path}: 没有这个站点配置；自带的有 {known}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        # msgspec's message names the key as a path ($.columns[0].kind) and what it expected there.
        raise ProfileError(f"{path}: {error}") from error
    _check(path, site)
    return _on_base(site, load_site(site.base)) if site.base else site


def _check(path: Path, site: Site) -> None:
    for pattern in site.files:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ProfileError(f"{path}: files: {pattern} 不是正则表达式 ({error})") from error
    for address in (site.url, site.public_url):
        if address and not re.fullmatch(r"https?://[^/@\s]+", address):
            raise ProfileError(f"{path}: url: {address} 应为 http(s)://主机, 后面不带路径")
    for column in site.columns:
        if not column.path.startswith("/"):
            raise ProfileError(f"{path}: columns: path {column.path} 应以 / 开头")


def _on_base(site: Site, base: Site) -> Site:
    own, common = site.lists, base.lists
    return msgspec.structs.replace(
        site,
        body=site.body + base.body,
        fields=site.fields + base.fields,
        drop=site.drop + base.drop,
        files=site.files + base.files,
        lists=Lists(
            rows=own.rows + common.rows,
            further=own.further or common.further,
            second=own.second if own.further else common.second,
            json=own.json or common.json,
        ),
    )
