"""Blocks of an item as the HTML its section writes: paragraphs, line breaks or Word leftovers."""

from __future__ import annotations

import re
from html import escape
from typing import assert_never

from content_cache.model import Block, Heading, Paragraph, Picture, Steps, Table
from deploy.reference_portal.sections import Body

_CHAPTER = re.compile(r"第[一二三四五六七八九十百]+[编章节]")

_OFFICE = """<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom>
<w:PunctuationKerning/><w:DrawingGridVerticalSpacing>7.8 磅</w:DrawingGridVerticalSpacing>
</w:WordDocument></xml><![endif]--><!--[if gte mso 10]><style>
table.MsoNormalTable{mso-style-name:普通表格;mso-style-parent:"";font-family:"Times New Roman";}
</style><![endif]-->
<style type="text/css">p.MsoNormal{mso-style-parent:"";margin:0cm;text-align:justify}</style>"""


def body_html(blocks: tuple[Block, ...], body: Body, container: str) -> str:
    """The body in its container; where a table repeats a cell downwards, the cells are merged."""
    if body is Body.BREAKS:
        inner = _with_breaks(blocks)
    else:
        inner = "\n".join(_block(block, body) for block in blocks)
    rubbish = _OFFICE if body is Body.WORD else ""
    return f"{container}{rubbish}\n{inner}\n</div>"


def _with_breaks(blocks: tuple[Block, ...]) -> str:
    """Paragraphs that follow one another share one element and are parted by line breaks."""
    parts: list[str] = []
    lines: list[str] = []
    for block in (*blocks, None):
        if isinstance(block, Paragraph):
            lines.append(f"　　{escape(block.text)}")
            continue
        if lines:
            parts.append("<p>" + "<br/>\n<br/>\n".join(lines) + "</p>")
            lines = []
        if block is not None:
            parts.append(_block(block, Body.BREAKS))
    return "\n".join(parts)


def _block(block: Block, body: Body) -> str:
    match block:
        case Heading(text=text, level=level):
            if level == 1 and body is not Body.BREAKS and _CHAPTER.match(text):
                return f'<p align="center"><strong>{escape(text)}</strong></p>'
            return f"<h{level + 1}>{escape(text)}</h{level + 1}>"
        case Paragraph(text=text):
            return _word(text) if body is Body.WORD else f"<p>　　{escape(text)}</p>"
        case Steps(steps=steps):
            return "<ol>" + "".join(f"<li>{escape(step)}</li>" for step in steps) + "</ol>"
        case Table(header=header, rows=rows):
            return table_html(header, rows)
        case Picture(url=url, caption=caption):
            return f'<p align="center"><img src="{escape(url)}" alt="{escape(caption)}"/></p>'
        case _:
            assert_never(block)


def _word(text: str) -> str:
    """A paragraph as Word pastes it: cut into spans anywhere, with office marks and empty lines."""
    middle = len(text) // 3
    style = "mso-bidi-font-size:10.5pt;font-family:仿宋_GB2312;mso-hansi-font-family:仿宋"
    spans = "".join(
        f'<span lang="EN-US" style="{style}">{escape(part)}</span>'
        for part in (text[:middle], text[middle:])
        if part
    )
    return (
        f'<p class="MsoNormal" style="text-indent:32pt;mso-char-indent-count:2.0">{spans}'
        '<o:p></o:p></p>\n<p class="MsoNormal">&nbsp;</p>'
    )


def table_html(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    """A table with a header row; equal cells of the first column, one under another, are merged."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    lines = [f"<tr>{head}</tr>"]
    for at, row in enumerate(rows):
        cells = [_first_cell(rows, at)]
        cells += [f"<td>{escape(cell)}</td>" for cell in row[1:]]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table border="1" cellspacing="0" width="641">{"".join(lines)}</table>'


def _first_cell(rows: tuple[tuple[str, ...], ...], at: int) -> str:
    text = rows[at][0]
    alone = len(rows[at]) == 1
    if at and rows[at - 1][0] == text and not alone:
        return ""
    span = 1
    while not alone and at + span < len(rows) and rows[at + span][0] == text:
        span += 1
    merged = f' rowspan="{span}"' if span > 1 else ""
    return f"<td{merged}>{escape(text)}</td>"
