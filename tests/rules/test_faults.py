import re
from pathlib import Path

import msgspec

from kiosk.devices import contracts
from kiosk.faults import FAULTS, fault

ROOT = Path(__file__).parents[2]
CODE = re.compile(
    r"""\bcode\s*(?::\s*[\w\[\]]+\s*)?=\s*["']([a-z_]+\.[a-z_]+)["']|\bfault\(["'](.+?)["']\)"""
)


def codes_in_the_code():
    sources = [*(ROOT / "kiosk").rglob("*.py"), *(ROOT / "content_cache").rglob("*.py")]
    for source in sources:
        for match in CODE.finditer(source.read_text("utf-8")):
            yield match[1] or match[2], source.name


def test_every_code_has_a_row():
    missing = {(code, name) for code, name in codes_in_the_code() if code not in FAULTS}
    assert not missing


def test_the_scan_sees_codes():
    seen = {code for code, _ in codes_in_the_code()}
    assert {"portal.unreachable", "content.release", "config.error"} <= seen


def test_every_printer_status_but_ready_has_a_row():
    members = contracts.PrinterStatus.__args__
    tags = {msgspec.inspect.type_info(member).tag for member in members}
    assert {f"printer.{tag}" for tag in tags - {"ready"}} <= set(FAULTS)


def test_every_row_has_words_and_advice_in_chinese():
    chinese = re.compile(r"[\u4e00-\u9fff]{4}")
    for row in FAULTS.values():
        assert chinese.search(row.words), row.code
        assert chinese.search(row.advice), row.code


def test_citizens_words_name_no_jargon():
    jargon = re.compile(r"[A-Za-z]{3}|串口|接口|端口|缓存|驱动|同步")
    assert not [row.code for row in FAULTS.values() if jargon.search(row.words)]


def test_no_code_stands_twice():
    source = (ROOT / "kiosk" / "faults.py").read_text("utf-8")
    assert source.count("    Fault(\n") == len(FAULTS)


def test_a_fault_is_found_by_its_code():
    assert fault("printer.paper_out").code == "printer.paper_out"
