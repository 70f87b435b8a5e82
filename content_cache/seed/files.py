"""The seed's attachments as files: plain A4 PDFs with real text in them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

_MADE = datetime(2026, 1, 1, tzinfo=UTC)


def pdf_of(name: str, text: str, font: Path) -> bytes:
    """One attachment as a PDF: its name as the heading, then the lines of its text.

    The same words and font give the same bytes. font is an OpenType file, or a collection (.ttc)
    whose third face is Simplified Chinese, as in Noto Sans CJK.
    """
    pdf = FPDF(format="A4")
    pdf.set_margins(22, 24, 22)
    pdf.set_auto_page_break(auto=True, margin=22)
    pdf.add_font("noto", fname=font, collection_font_number=2 if font.suffix == ".ttc" else 0)
    pdf.set_creation_date(_MADE)
    title = name.removesuffix(".pdf")
    pdf.set_title(title)
    pdf.set_lang("zh-CN")
    pdf.add_page()
    pdf.set_font("noto", size=17)
    pdf.multi_cell(0, 11, title, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(6)
    pdf.set_font("noto", size=12)
    for line in text.splitlines():
        pdf.multi_cell(0, 8.5, line or " ", align="L", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())
