"""The county's website made from the seed: a path in, an answer out; pages can be edited."""

from __future__ import annotations

import hashlib
import re
import threading
from datetime import UTC, date, datetime, time
from html import escape
from pathlib import Path

import msgspec

from content_cache.model import Item, Kind, Paragraph, Value, sealed
from content_cache.seed.addresses import columns_of
from content_cache.seed.files import PdfMaker
from content_cache.seed.load import Seed, path_of, words_of
from deploy.reference_portal.catalogue import catalogue_page, catalogue_title
from deploy.reference_portal.layout import refresh
from deploy.reference_portal.lists import (
    FOREIGN_URL,
    REDIRECT_PATH,
    Row,
    foreign_rows,
    list_page,
    newest_first,
    page_count,
)
from deploy.reference_portal.pages import item_page
from deploy.reference_portal.sections import FOLDERS, SECTIONS, Section

_LIST_PAGE = re.compile(r"(?P<column>/.*/)(?:index(?:_(?P<number>[1-9]\d*))?\.html)?")
_BUILT = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)


class Answer(Value, frozen=True, kw_only=True):
    """What a path holds. location is set on a page that leads away (status 302)."""

    body: bytes
    media_type: str
    modified: datetime
    location: str | None = None

    @property
    def etag(self) -> str:
        """A strong tag: the same bytes, the same tag."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


class Site:
    """All pages of the county, made when first asked for and kept until something is edited."""

    def __init__(self, seed: Seed, font: Path) -> None:
        """font: an OpenType file with Chinese, for the attachments."""
        self._seed = seed
        self._maker = PdfMaker(font, words_of(seed))
        self._lock = threading.Lock()
        self._files = {
            file.url.partition(".example")[2]: (file.name, seed.attachment_texts[file.url])
            for item in seed.items
            for file in item.attachments
        }
        self.reset()

    def reset(self) -> None:
        """Undo all edits."""
        self._items = {item.id: item for item in self._seed.items}
        self._edited: dict[str, datetime] = {}
        self._index()
        # Published pages keep the side list of their day: an edit elsewhere does not change them.
        self._newest = self._side_list()

    def edit(self, path: str, title: str | None, paragraph: str | None) -> bool:
        """Change one page; False where no single item has that path."""
        with self._lock:
            found = self._by_path.get(path, ())
            if len(found) != 1:
                return False
            item = found[0]
            item = msgspec.structs.replace(item, title=title or item.title)
            if paragraph:
                blocks = (*item.blocks, Paragraph(text=paragraph))
                item = msgspec.structs.replace(item, blocks=blocks)
            self._items[item.id] = sealed(item)
            self._edited[path] = datetime.now(UTC).replace(microsecond=0)
            self._index()
            return True

    def answer(self, path: str) -> Answer | None:
        """What stands at this path, None for nothing."""
        with self._lock:
            if path not in self._answers:
                made = self._make(path)
                if made is None:
                    return None
                self._answers[path] = made
            return self._answers[path]

    def stale_list(self, path: str) -> Answer | None:
        """A column page as a stale cache would show it: the newest rows missing."""
        match = _LIST_PAGE.fullmatch(path)
        if match is None or match["column"] not in self._rows:
            return None
        section = SECTIONS[match["column"]]
        old_rows = self._rows[match["column"]][5:]
        html = list_page(section, old_rows, int(match["number"] or 0), "")
        return _page(html, section, _BUILT)

    def _index(self) -> None:
        self._answers: dict[str, Answer] = {}
        self._by_path: dict[str, tuple[Item, ...]] = {}
        for item in self._items.values():
            path = path_of(item)
            self._by_path[path] = (*self._by_path.get(path, ()), item)
        rows: dict[str, list[Row]] = {path: [] for path in SECTIONS}
        for path, items in self._by_path.items():
            for column in _columns(items[0]):
                rows[column].append(_row(path, items))
        rows["/zwgk/tzgg/"] += foreign_rows()
        self._rows = {path: newest_first(column) for path, column in rows.items()}

    def _side_list(self) -> str:
        rows = newest_first(
            list({row.href: row for r in self._rows.values() for row in r}.values())
        )
        return "".join(f'<li><a href="{row.href}">{escape(row.title)}</a></li>' for row in rows[:8])

    def _make(self, path: str) -> Answer | None:
        if path in self._by_path:
            return self._item_answer(path)
        if path in self._files:
            name, text = self._files[path]
            body = self._maker.pdf(name, text)
            return Answer(body=body, media_type="application/pdf", modified=_BUILT)
        if path == REDIRECT_PATH:
            return Answer(body=b"", media_type="text/html", modified=_BUILT, location=FOREIGN_URL)
        match = _LIST_PAGE.fullmatch(path)
        if match is not None and match["column"] in SECTIONS:
            return self._list_answer(SECTIONS[match["column"]], int(match["number"] or 0))
        for folder, name, child in FOLDERS:
            if path in (folder, folder + "index.html"):
                return _text(refresh(child) if child else self._contents(folder, name))
        match path:
            case "/" | "/index.html":
                return _text(self._contents("/", "首页"))
            case "/images/site.css":
                return _text(_beside("site.css"), "text/css")
            case "/images/site.js":
                return _text(_beside("site.js"), "application/javascript")
            case _:
                return None

    def _item_answer(self, path: str) -> Answer:
        items = self._by_path[path]
        section = SECTIONS[_columns(items[0])[0]]
        if items[0].kind is Kind.CATALOGUE:
            html = catalogue_page(items, section, self._items)
        else:
            html = item_page(items[0], section, self._items, self._newest)
        day = _day(items[0])
        published = datetime.combine(day, time(9, 15), UTC)
        return _page(html, section, self._edited.get(path, published))

    def _list_answer(self, section: Section, number: int) -> Answer | None:
        rows = self._rows[section.column.path]
        if number >= page_count(rows):
            return None
        modified = max(self._edited.values(), default=_BUILT)
        return _page(list_page(section, rows, number, self._newest), section, modified)

    def _contents(self, folder: str, name: str) -> str:
        """A page that only leads on: the home page or a folder above several columns."""
        columns = "".join(
            f'<li><a href="{path}">{section.column.name}</a></li>'
            for path, section in SECTIONS.items()
            if path.startswith(folder)
        )
        return (
            f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
            f"<title>{name}_安澜县人民政府</title>"
            f'<link rel="stylesheet" href="/images/site.css"></head><body>'
            f'<div class="header"><div class="logo">安澜县人民政府</div></div>'
            f'<div class="container"><h2>{name}</h2><ul>{columns}</ul>'
            f"<h2>最新公开</h2><ul>{self._newest}</ul></div></body></html>"
        )


def _columns(item: Item) -> list[str]:
    return [column.path for column in columns_of(item.kind, item.publisher, item.title)]


def _day(item: Item) -> date:
    """The day a list sorts by: publication, or the last check of a place."""
    day = item.published or (item.place.checked if item.place else None)
    return day or _BUILT.date()


def _row(path: str, items: tuple[Item, ...]) -> Row:
    first = items[0]
    title = catalogue_title(items) if first.kind is Kind.CATALOGUE else first.title
    return Row(title=title, href=path, day=_day(first))


def _page(html: str, section: Section, modified: datetime) -> Answer:
    body = html.encode(section.habits.encoding)
    return Answer(body=body, media_type="text/html", modified=modified)


def _beside(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def _text(text: str, media_type: str = "text/html; charset=utf-8") -> Answer:
    return Answer(body=text.encode(), media_type=media_type, modified=_BUILT)
