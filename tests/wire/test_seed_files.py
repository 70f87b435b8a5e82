import subprocess

from content_cache.seed.files import pdf_of
from kiosk.fonts import font_path

TEXT = "申请人：________\n\n（一）家庭成员，《安澜县最低生活保障审核确认办法》\n" + "长" * 120


def test_pdf_holds_its_words_as_text(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf_of("申请表.pdf", TEXT, font_path()))
    words = subprocess.run(
        ["pdftotext", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert words.startswith("申请表\n")
    assert "《安澜县最低生活保障审核确认办法》" in words
    assert words.count("长") == 120


def test_same_words_give_the_same_bytes():
    assert pdf_of("表.pdf", "一\n二", font_path()) == pdf_of("表.pdf", "一\n二", font_path())
