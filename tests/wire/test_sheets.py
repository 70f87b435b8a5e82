"""The QR board: every code on it is read back, cell by cell, by an independent program."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from content_cache.model import Item, Kind
from kiosk import sheets
from kiosk.receipts import SiteWords
from kiosk.sheets import board

SITE = SiteWords(
    title="安澜县政务公开自助查询", hall="一楼大厅", machine="01", portal_name="安澜县人民政府网"
)
NOW = datetime(2026, 11, 20, 9, 31, tzinfo=UTC)
DPI = 150


def item(number: int, publisher: str = "安澜县民政局") -> Item:
    url = f"http://www.anlan.gov.example/zwgk/zcwj/bmwj/202506/t20250605_{number:07d}.html"
    return Item(
        id=str(number), kind=Kind.GUIDE,
        title=f"第 {number} 项：居民最低生活保障审核确认（含临时救助）申请办理",
        publisher=publisher, source_url=url,
    )  # fmt: skip


def pictures(pdf: bytes, folder: Path) -> list[Image.Image]:
    (folder / "board.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-gray", "-png", folder / "board.pdf", folder / "page"],
        check=True,
    )
    return [Image.open(path).convert("L") for path in sorted(folder.glob("page*.png"))]


def cell(page: Image.Image, place: int, target: Path) -> str:
    row, column = divmod(place, sheets.COLUMNS)
    left = sheets.LEFT_MM + column * sheets.CELL_WIDTH_MM
    top = sheets.TOP_MM + row * sheets.CELL_HEIGHT_MM
    box = (left, top, left + sheets.CELL_WIDTH_MM, top + sheets.CELL_HEIGHT_MM)
    page.crop(tuple(round(edge / 25.4 * DPI) for edge in box)).save(target)
    done = subprocess.run(
        ["zbarimg", "-q", "--raw", target], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def test_all_thirty_codes_of_a_page_are_read_cell_by_cell(tmp_path: Path) -> None:
    items = [item(number) for number in range(30)]
    (page,) = pictures(board(items, SITE, NOW), tmp_path)
    with ThreadPoolExecutor(2) as two:
        read = list(two.map(lambda n: cell(page, n, tmp_path / f"cell{n}.png"), range(30)))
    assert read == [item.source_url for item in items]


def test_more_than_thirty_fill_page_after_page_department_by_department(tmp_path: Path) -> None:
    items = [item(n, "安澜县民政局" if n % 2 else "安澜县教育局") for n in range(40)]
    (tmp_path / "board.pdf").write_bytes(board(items, SITE, NOW))
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "board.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    pages = text.split("\f")[:-1]
    assert [page.count("安澜县教育局") for page in pages] == [20, 0]
    assert [page.count("安澜县民政局") for page in pages] == [10, 10]
    assert "第 2 页，共 2 页" in pages[1]


def test_the_same_items_give_the_same_bytes_and_one_without_an_address_has_no_code() -> None:
    bare = Item(id="x", kind=Kind.NOTICE, title="停水通知")
    assert board([item(1), bare], SITE, NOW) == board([item(1)], SITE, NOW)
