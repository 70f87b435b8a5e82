"""A4 sheets of QR codes to hang in a hall: pure, from items to the bytes of a PDF.

Thirty codes a page, five across and six down, 32 mm each with the four light modules around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from fpdf import FPDF

from content_cache.model import Item
from kiosk.fonts import Weight, face_index, font_path
from kiosk.linebreak import break_lines
from kiosk.qr import QUIET_ZONE, matrix
from kiosk.receipts import SiteWords

COLUMNS, ROWS = 5, 6
PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297
LEFT_MM, TOP_MM = 10.0, 28.0
CELL_WIDTH_MM, CELL_HEIGHT_MM = 38.0, 43.0
CODE_MM = 32.0  # with its quiet zone

_CAPTION_PT, _CAPTION_STEP_MM, _CAPTION_LINES = 8.0, 3.6, 3
_FAMILY = "noto"
_DEPARTMENT_PT = 6.5
_NO_PUBLISHER = "其他"
_HEADING = "服务指南二维码矩阵"
_FULL = COLUMNS * ROWS


def board(items: Sequence[Item], site: SiteWords, now: datetime) -> bytes:
    """A PDF with one code an item that has an address; the same arguments give the same bytes.

    Thirty a page, department after department; the department stands small under each title unless
    all have the same. Takes about a second: not for the UI thread.
    """
    shown = [item for item in items if item.source_url]
    pdf = FPDF(format="A4", unit="mm")
    pdf.set_creation_date(now)
    pdf.set_title(f"{site.title}二维码")
    pdf.set_lang("zh-CN")
    pdf.set_auto_page_break(False)
    weights: tuple[Weight, ...] = ("Regular", "Bold")
    for weight in weights:
        path = font_path(weight)
        style = "B" if weight == "Bold" else ""
        pdf.add_font(_FAMILY, style, path, collection_font_number=face_index(path))
    publishers = {_publisher(item) for item in shown}
    heading = publishers.pop() if len(publishers) == 1 else _HEADING
    ordered = sorted(shown, key=_publisher)  # stable: the given order stays within one
    pages = [ordered[at : at + _FULL] for at in range(0, len(ordered), _FULL)] or [[]]
    for number, cells in enumerate(pages, start=1):
        _page(pdf, site, heading, f"{now:%Y年%m月%d日}制　第 {number} 页，共 {len(pages)} 页")
        for place, item in enumerate(cells):
            _cell(pdf, place, item, _publisher(item) if heading == _HEADING else "")
    return bytes(pdf.output())


def _publisher(item: Item) -> str:
    return item.publisher or _NO_PUBLISHER


def _page(pdf: FPDF, site: SiteWords, heading: str, note: str) -> None:
    pdf.add_page()
    pdf.set_font(_FAMILY, "B", 18)
    pdf.text(LEFT_MM, 16, heading)
    pdf.set_font(_FAMILY, "", 10)
    pdf.text(LEFT_MM, 23, f"{site.hall}　手机扫码，打开{site.portal_name}原文")
    pdf.set_font(_FAMILY, "", 8)
    pdf.text(LEFT_MM, PAGE_HEIGHT_MM - 6, f"{site.title}　{note}")


def _cell(pdf: FPDF, place: int, item: Item, department: str) -> None:
    row, column = divmod(place, COLUMNS)
    left, top = LEFT_MM + column * CELL_WIDTH_MM, TOP_MM + row * CELL_HEIGHT_MM
    _code(pdf, left + (CELL_WIDTH_MM - CODE_MM) / 2, top, item.source_url or "")
    pdf.set_font(_FAMILY, "", _CAPTION_PT)
    room = CELL_WIDTH_MM - 3
    most = _CAPTION_LINES - bool(department)
    lines = break_lines(item.title, room, pdf.get_string_width)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    y = top + CODE_MM + 1.6
    for words in lines:
        _centred(pdf, left, y, words)
        y += _CAPTION_STEP_MM
    if department:
        pdf.set_font(_FAMILY, "", _DEPARTMENT_PT)
        pdf.set_text_color(90)
        _centred(pdf, left, y, department)
        pdf.set_text_color(0)


def _centred(pdf: FPDF, left: float, y: float, words: str) -> None:
    pdf.text(left + (CELL_WIDTH_MM - pdf.get_string_width(words)) / 2, y, words)


def _code(pdf: FPDF, left: float, top: float, payload: str) -> None:
    """The code as filled runs of modules, which stay sharp at any resolution."""
    modules = matrix(payload)
    module = CODE_MM / (len(modules) + 2 * QUIET_ZONE)
    start_x, start_y = left + QUIET_ZONE * module, top + QUIET_ZONE * module
    for y, row in enumerate(modules):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                pdf.rect(start_x + x * module, start_y + y * module, length * module, module, "F")
            x += length
