"""The same screens as one local web page: same words, sizes and colours, no framework.

A script of a few lines switches between sections, which is the quickest a browser can be: nothing
is loaded or parsed between screens. Lengths are pixels of a 43-inch Full HD panel.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from html import escape
from pathlib import Path

from content_cache.library import Library
from content_cache.model import (
    KINDS,
    Block,
    Heading,
    Item,
    Kind,
    Paragraph,
    Picture,
    Steps,
    Table,
    Validity,
)
from content_cache.results import Filters, Row
from kiosk.config import Site
from kiosk.qr import matrix
from kiosk.screens.theme import NORMAL
from kiosk.text import t

HERE = Path(__file__).parent
ASSETS = HERE.parents[1] / "kiosk" / "screens" / "assets"
ICONS: dict[str, str] = json.loads((ASSETS / "icons.json").read_text("utf-8"))
EVERY_ROW = 100_000
ONE_LINE = 26  # characters of a title; a longer one takes the place of the opening words

TILES = (
    ("progress", "clipboard-clock-outline"),
    ("policy", "file-document-outline"),
    ("guide", "clipboard-list-outline"),
    ("map", "map-outline"),
    ("apply", "file-edit-outline"),
    ("catalogue", "table-large"),
    ("shelf", "bookshelf"),
    ("opinion", "comment-text-outline"),
)
DOORS = (
    ("back", "arrow-left"),
    ("home", "home"),
    ("large", "format-size"),
    ("contrast", "contrast-circle"),
    ("low", "human-wheelchair"),
    ("speak_off", "volume-off"),
    ("end", "exit-to-app"),
)


def write(target: Path, library: Library, site: Site, document: Item) -> None:
    """Write the page into the file target; document is what the first row of the list opens."""
    page = (HERE / "page.html").read_text("utf-8")
    listed = library.list(Filters(kind=Kind.POLICY), limit=EVERY_ROW)
    newest = library.newest(2)
    parts = {
        "colours": _colours(),
        "icon_font": (ASSETS / "icons.ttf").as_uri(),
        "poster": _poster(library, newest[0]),
        "header": _header(site),
        "home": _home(newest),
        "list": _list(listed.rows, listed.total),
        "document": _document(library, document, site),
        "status": f"{icon('cloud-off-outline')} {escape(t('frame.seed', portal=site.portal_name))}",
        "footer": "".join(
            f'<button data-go="{name}">{icon(picture)}<span>{t(f"frame.{name}")}</span></button>'
            for name, picture in DOORS
        ),
    }
    for name, part in parts.items():
        page = page.replace(f"<!--{name}-->", part).replace(f"/*{name}*/", part)
    target.write_text(page, "utf-8")


def icon(name: str) -> str:
    return f'<i class="icon">{ICONS[name]}</i>'


def _colours() -> str:
    lines = []
    for field in fields(NORMAL):
        red, green, blue, alpha = getattr(NORMAL, field.name)
        levels = (round(part * 255) for part in (red, green, blue))
        lines.append(f"--{field.name}: rgb({' '.join(map(str, levels))} / {alpha});")
    return "\n".join(lines)


def _poster(library: Library, row: Row) -> str:
    item = library.get(row.id)
    blocks = item.blocks if item else ()
    opening = [block.text for block in blocks if isinstance(block, Paragraph)][:4]
    return (
        f"<p class=kind>{KINDS[row.kind].words}</p><h1>{escape(row.title)}</h1>"
        f"<div class=card>{_paragraphs(opening)}</div>"
        f"<div class=start>{icon('gesture-tap')}<b>{t('attract.start')}</b>"
        f"<span>{t('attract.offers')}</span></div>"
    )


def _header(site: Site) -> str:
    place = t("frame.place", zone=site.zone, hall=site.hall)
    return (
        f"<span class=mark>{icon('star')}</span>"
        f"<div><b>{escape(site.title)}</b><small>{escape(place)}</small></div>"
        "<div class=clock><b id=time></b><small id=date></small></div>"
    )


def _home(newest: tuple[Row, ...]) -> str:
    tiles = "".join(
        f'<button class="tile{" red" if name in ("apply", "opinion") else ""}"'
        f"{' data-go=list' if name == 'policy' else ''}>"
        f"<span class=plate>{icon(picture)}</span>"
        f"<span><b>{t(f'tile.{name}')}</b><small>{t(f'tile.{name}_note')}</small></span></button>"
        for name, picture in TILES
    )
    news = "".join(
        f"<div class=news><span class=tag>{KINDS[row.kind].words}</span>"
        f"<div><p class=title>{escape(row.title)}</p><small>{_meta(row)}</small></div>"
        f"{icon('chevron-right')}</div>"
        for row in newest
    )
    return (
        f"<div class=search>{icon('magnify')}<span>{t('search.hint')}</span>"
        f"<b>{t('search.submit')}</b></div><div class=tiles>{tiles}</div>"
        f"<div class=band>{icon('qrcode')}<span><b>{t('home.matrix')}</b>"
        f"<small>{t('home.matrix_note')}</small></span>{icon('chevron-right')}</div>"
        f"<h2>{t('home.newest')}<small>{t('home.all')}</small></h2><div class=card>{news}</div>"
    )


def _list(rows: tuple[Row, ...], total: int) -> str:
    family = "".join(
        f'<span class="chip{" chosen" if kind is Kind.POLICY else ""}">{KINDS[kind].words}</span>'
        for kind in (Kind.POLICY, Kind.INTERPRETATION, Kind.NOTICE)
    )
    filters = "".join(
        f"<span class=chip>{t(f'filter.{name}')}{icon('chevron-down')}</span>"
        for name in KINDS[Kind.POLICY].filters
    )
    listed = "".join(
        f"<div class=row{' data-go=document' if number == 0 else ''}><div>"
        f"<p class=title>{escape(row.title)}</p>{_note(row)}"
        f"<small>{_validity(row.validity)}{_meta(row)}</small></div>"
        f"{icon('chevron-right')}</div>"
        for number, row in enumerate(rows)
    )
    return (
        f"<h2>{KINDS[Kind.POLICY].words}<small>{t('browse.search')}</small></h2><div class=roll>"
        f"<div class=chips>{family}</div><div class=chips>{filters}</div>"
        f"<div class=card>{listed}</div><p class=total>{t('browse.total', total=total)}</p></div>"
    )


def _document(library: Library, item: Item, site: Site) -> str:
    pairs = (
        ("index_no", escape(item.index_no or "")),
        ("topic", escape(item.topic or "")),
        ("publisher", escape(item.publisher or "")),
        ("written", _day(item.written)),
        ("number", escape(item.number or "")),
        ("published", _day(item.published)),
        ("validity", _validity(item.validity)),
        ("field", escape(item.field or "")),
    )
    info = "".join(f"<dt>{t(f'info.{label}')}</dt><dd>{value}</dd>" for label, value in pairs)
    related = [f"{KINDS[r.row.kind].words}：{r.row.title}" for r in library.related(item.id)]
    files = [t("detail.attachment", name=attachment.name) for attachment in item.attachments]
    chips = "".join(
        f"<div><span class=chip>{icon('paperclip')}{escape(words)}</span></div>"
        for words in (*related, *files)
    )
    scan = t("detail.scan", portal=site.portal_name)
    return (
        f"<div class=roll><dl class=card>{info}</dl><div class=chips>{chips}</div>"
        f"<article class=card><h1>{escape(item.title)}</h1>"
        f"<p class=number>{escape(item.number or '')}</p>{''.join(map(_block, item.blocks))}"
        f"<p class=source>{escape(item.source_url or '')}</p></article></div>"
        f"<div class=take>{_code(item.source_url or '')}<span>{escape(scan)}</span>"
        f"<b>{icon('printer-alert')}{t('printer.none')}</b></div>"
    )


def _block(block: Block) -> str:
    match block:
        case Heading(text=text, level=level):
            return f"<h{level + 2}>{escape(text)}</h{level + 2}>"
        case Paragraph(text=text):
            return f"<p>{escape(text)}</p>"
        case Steps(steps=steps):
            return f"<ol>{''.join(f'<li>{escape(step)}' for step in steps)}</ol>"
        case Table(header=header, rows=rows):
            lines = [f"<tr>{''.join(f'<th>{escape(cell)}' for cell in header)}"]
            lines += [f"<tr>{''.join(f'<td>{escape(cell)}' for cell in row)}" for row in rows]
            return f"<table>{''.join(lines)}</table>"
        case Picture(caption=caption):
            return f"<p>［图］{escape(caption)}</p>"


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _validity(validity: Validity | None) -> str:
    names = {Validity.VALID: "valid", Validity.EXPIRED: "expired", Validity.REPEALED: "repealed"}
    if validity is None:
        return ""
    name = names[validity]
    return f'<span class="tag {name}">{t(f"validity.{name}")}</span>'


def _note(row: Row) -> str:
    return f"<p class=note>{escape(row.snippet)}</p>" if len(row.title) <= ONE_LINE else ""


def _meta(row: Row) -> str:
    when = row.published.isoformat() if row.published else ""
    parts = (row.number or "", row.publisher or "", when)
    return escape("　".join(part for part in parts if part))


def _day(value: date | None) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def _code(payload: str) -> str:
    modules = matrix(payload)
    side = len(modules) + 8
    dots = "".join(
        f"M{x + 4} {y + 4}h1v1h-1z"
        for y, row in enumerate(modules)
        for x, on in enumerate(row)
        if on
    )
    return f'<svg viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path d="{dots}"/></svg>'
