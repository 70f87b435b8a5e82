"""An HTML table -> rows of equal length, merged cells repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from content_cache.model import Table
from content_cache.portals.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# A hostile or broken span must not make a table of a million cells.
_WIDEST: Final = 200
_SHORT_HEADER: Final = 20


def rows_of(table: HtmlElement) -> list[list[HtmlElement]]:
    """The cells row by row; a cell that spans rows or columns stands in each of its places."""
    grid: list[list[HtmlElement]] = []
    hanging: dict[int, tuple[HtmlElement, int]] = {}
    for row in own_rows(table):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        line: list[HtmlElement] = []
        while (cells or len(line) in hanging) and len(line) < _WIDEST:
            at = len(line)
            if at in hanging:
                cell, left = hanging.pop(at)
                if left > 1:
                    hanging[at] = (cell, left - 1)
                line.append(cell)
                continue
            cell = cells.pop(0)
            down = _span(cell, "rowspan")
            for _ in range(min(_span(cell, "colspan"), _WIDEST - at)):
                if down > 1:
                    hanging[len(line)] = (cell, down - 1)
                line.append(cell)
        if line:
            grid.append(line)
    return grid


def own_rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """The rows of this table, not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"tbody", "thead", "tfoot"}:
            yield from (row for row in child if row.tag == "tr")


def read_table(table: HtmlElement) -> Table | None:
    """The table as text; None if every cell is empty."""
    grid = rows_of(table)
    lines = [[cell_text(cell) for cell in line] for line in grid]
    kept = [(cells, line) for cells, line in zip(grid, lines, strict=True) if any(line)]
    if not kept:
        return None
    width = max(len(line) for _, line in kept)
    rows = [tuple(line + [""] * (width - len(line))) for _, line in kept]
    if len(rows) > 1 and (_is_marked(kept[0][0]) or _looks_like_header(rows)):
        return Table(header=rows[0], rows=tuple(rows[1:]))
    return Table(header=(), rows=tuple(rows))


def is_layout(table: HtmlElement) -> bool:
    """Tables that only arrange the page: a table inside, or nowhere two cells side by side."""
    if any(True for inner in table.iter("table") if inner is not table):
        return True
    return all(sum(1 for cell in row if cell.tag in {"td", "th"}) < 2 for row in own_rows(table))


def cell_text(cell: HtmlElement) -> str:
    """A cell's paragraphs as one line: short pieces of a broken word closed up, others apart."""
    paragraphs = [text_of(part) for part in cell if part.tag in {"p", "div", "ul", "ol"}]
    pieces = [text for text in paragraphs if text]
    whole = text_of(cell)
    if len("".join(pieces)) < len("".join(whole.split())):
        return whole
    joint = "" if all(len(piece) <= 4 for piece in pieces) else " "
    return joint.join(pieces)


def _span(cell: HtmlElement, name: str) -> int:
    words = (cell.get(name) or "1").strip()
    return max(1, min(int(words), _WIDEST)) if words.isdecimal() else 1


def _is_marked(cells: list[HtmlElement]) -> bool:
    """A header by its own marks: th cells, a thead, or every cell bold."""
    row = cells[0].getparent()
    if row is not None and row.getparent() is not None and row.getparent().tag == "thead":
        return True
    return all(cell.tag == "th" or _is_bold(cell) for cell in cells)


def _is_bold(cell: HtmlElement) -> bool:
    whole = "".join("".join(cell.itertext()).split())
    bold = "".join("".join("".join(part.itertext()).split()) for part in cell.iter("b", "strong"))
    return bool(whole) and len(bold) >= len(whole)


def _looks_like_header(rows: list[tuple[str, ...]]) -> bool:
    """Three or more columns of short different words without a figure."""
    first = rows[0]
    return (
        len(first) >= 3
        and len(set(first)) == len(first)
        and all(cell and len(cell) <= _SHORT_HEADER and not cell[0].isdigit() for cell in first)
    )
