"""The seed's attachments as files: plain A4 PDFs with real text in them."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fpdf import FPDF

_ALWAYS = frozenset(map(chr, range(0x20, 0x7F)))
_MADE = datetime(2026, 1, 1, tzinfo=UTC)


class PdfMaker:
    """Makes the attachments of one seed, all with one face cut down to the letters they use.

    The cut takes a second, once, and goes with the maker; a PDF made with the whole face takes half
    a second each, with the cut one a quarter of that. font is an OpenType file, or a collection
    (.ttc) whose third face is Simplified Chinese, as in Noto Sans CJK.
    """

    def __init__(self, font: Path, texts: Iterable[str]) -> None:
        self._whole = font
        self._letters = "".join(sorted({letter for text in texts for letter in text} | _ALWAYS))
        self._cut: Path | None = None

    def pdf(self, name: str, text: str) -> bytes:
        """One attachment; the same words and font give the same bytes."""
        if self._cut is None:
            folder = tempfile.mkdtemp(prefix="kiosk-font-")
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            self._cut = Path(folder) / "cut.otf"
            self._cut_to(self._cut)
        return pdf_of(name, text, self._cut)

    def _cut_to(self, path: Path) -> None:
        number = 2 if self._whole.suffix == ".ttc" else -1
        face = TTFont(self._whole, fontNumber=number, lazy=True, recalcTimestamp=False)
        cutter = Subsetter(Options(layout_features=[], notdef_outline=True))
        cutter.populate(text=self._letters)
        cutter.subset(face)
        face.save(path)
        face.close()


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
