"""The bytes of a slip printer, both directions, and how a slip becomes them."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices import profile as profiles
from kiosk.devices.codecs import escpos, raster, status
from kiosk.devices.codecs.commands import (
    CUTS,
    TABLE,
    Command,
    Decoder,
    Op,
    ask_process,
    picture,
    process_id_bytes,
    simple,
)
from kiosk.devices.contracts import (
    Box,
    Broken,
    CoverOpen,
    Element,
    PaperOut,
    PrinterStatus,
    QrCode,
    Ready,
    Receipt,
    Rule,
    Silent,
    Size,
    Text,
    Unplugged,
)
from kiosk.devices.profile import Cutter, Rom
from kiosk.errors import ConfigError

WIDE = profiles.load("generic80")
SLOW = msgspec.structs.replace(WIDE, baud=9600)
SPEAKING = (Ready(), Ready(paper_low=True), PaperOut(), CoverOpen(), Broken(part="cutter"),
            Broken(part="head_hot"), Broken(part="recoverable"), Broken(part="unrecoverable"),
            Broken(), Broken(part="offline"))  # fmt: skip


def slip(*elements: Element) -> Receipt:
    return Receipt(number="20261120-0001", elements=elements)


def read(job: bytes) -> list[Command]:
    return Decoder().feed(job)


# --- commands ------------------------------------------------------------------------------------

PLAIN = st.sampled_from([op for op in TABLE if op not in (Op.PICTURE, Op.ASK_PROCESS)])
COMMANDS = st.one_of(
    PLAIN.flatmap(
        lambda op: st.binary(min_size=TABLE[op].arguments, max_size=TABLE[op].arguments).map(
            lambda arguments: Command(op, arguments)
        )
    ),
    st.tuples(st.integers(1, 4), st.integers(1, 5)).flatmap(
        lambda size: st.binary(min_size=size[0] * size[1], max_size=size[0] * size[1]).map(
            lambda dots: Command(Op.PICTURE, bytes([0, size[0], 0, size[1], 0]), dots)
        )
    ),
    st.integers(0, 65535).map(
        lambda n: Command(Op.ASK_PROCESS, b"\x06\x00", b"00" + process_id_bytes(n))
    ),
)


@given(st.lists(COMMANDS, max_size=8))
def test_what_was_encoded_is_decoded_the_same(commands: list[Command]) -> None:
    assert read(b"".join(command.to_bytes() for command in commands)) == commands


@given(st.lists(COMMANDS, max_size=6), st.lists(st.integers(1, 9), max_size=40))
def test_commands_survive_any_cutting_of_the_line(commands: list[Command], cuts: list[int]) -> None:
    wire = b"".join(command.to_bytes() for command in commands)
    decoder, found = Decoder(), []
    for cut in [*cuts, len(wire)]:
        found += decoder.feed(wire[:cut])
        wire = wire[cut:]
    assert found == commands


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFFFF, exclude_categories=["C"])))
def test_text_comes_back_whole_whichever_bytes_arrive_first(words: str) -> None:
    wire = words.encode("gb18030") + b"\n"
    decoder = Decoder()
    found = [command for byte in wire for command in decoder.feed(bytes([byte]))]
    text = b"".join(command.payload for command in found if command.op is Op.TEXT)
    if all(len(char.encode("gb18030")) <= 2 for char in words):
        assert text.decode("gb18030") == words.replace("\x7f", "")


@given(st.binary())
def test_rubbish_is_refused_and_never_raises(rubbish: bytes) -> None:
    Decoder().feed(rubbish)


@given(
    st.binary(min_size=8, max_size=400), st.sampled_from([b"\x10\x04", b"\x10\x05", b"\x10\x14"])
)
def test_dots_never_spell_a_real_time_command(dots: bytes, order: bytes) -> None:
    dots = (dots + order + dots)[: (2 * len(dots) + 2) // 8 * 8]
    sent = read(picture(dots, 8))[0].payload
    assert not any(word in sent for word in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))
    assert len(sent) == len(dots)


def test_no_opening_hides_another() -> None:
    openings = [row.opening for row in TABLE.values()]
    assert not [(a, b) for a in openings for b in openings if a is not b and b.startswith(a)]


@given(st.integers(0, 10**6))
def test_a_process_id_cannot_be_taken_for_a_status(serial: int) -> None:
    answer = status.process_answer(process_id_bytes(serial))
    assert not [byte for byte in answer if status.is_status(byte)]
    assert read(ask_process(process_id_bytes(serial)))[0].op is Op.ASK_PROCESS


# --- status --------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", SPEAKING, ids=repr)
def test_a_status_is_answered_and_understood_the_same(said: PrinterStatus) -> None:
    answers = {query: status.answer(query, said) for query in status.QUERIES}
    assert all(byte is not None and status.is_status(byte) for byte in answers.values())
    assert status.read({q: byte for q, byte in answers.items() if byte is not None}) == said


def test_every_status_is_tried_above() -> None:
    tried = {type(said) for said in SPEAKING}
    assert tried == set(get_args(PrinterStatus)) - {Silent, Unplugged}


@pytest.mark.parametrize(
    ("answers", "means"),
    [
        ({1: 0x16, 2: 0x12, 3: 0x12, 4: 0x12}, Ready()),  # drawer pin high: nobody's business
        ({1: 0x1A, 2: 0x36, 3: 0x12, 4: 0x72}, CoverOpen()),  # an open lid also lifts the sensor
        ({4: 0x72}, PaperOut()),
        ({2: 0x32}, PaperOut()),
        ({4: 0x1E}, Ready(paper_low=True)),
        ({1: 0x1A}, Broken(part="offline")),
        ({}, Ready()),
    ],
)  # fmt: skip
def test_answers_of_real_printers_mean(answers: dict[int, int], means: PrinterStatus) -> None:
    assert status.read(answers) == means


@pytest.mark.parametrize("byte", [0x00, 0x11, 0x13, 0x37, 0x22, 0x80, 0x92, 0xFF])
def test_flow_control_and_other_answers_are_no_status(byte: int) -> None:
    assert not status.is_status(byte)


@given(st.integers(0, 255))
def test_no_byte_is_both_a_status_and_a_paper_answer(byte: int) -> None:
    assert not (status.is_status(byte) and status.is_paper_answer(byte))


# --- a slip as a picture -------------------------------------------------------------------------


def painted(job: bytes) -> bytes:
    """The dots a printer of full width would put on paper, row by row."""
    rows = b""
    row_bytes = WIDE.width_dots // 8
    for command in read(job):
        if command.op is Op.FEED_DOTS:
            rows += bytes(row_bytes * command.arguments[0])
        elif command.op is Op.PICTURE:
            wide = command.arguments[1]
            for at in range(0, len(command.payload), wide):
                rows += command.payload[at : at + wide].ljust(row_bytes, b"\x00")
    return rows


def test_the_picture_on_paper_is_the_picture_that_was_drawn() -> None:
    receipt = slip(
        Text(text="办理进度：需补正", size=Size.LARGE, bold=True), Rule(),
        Box(lines=("请补交：授权核对书",)),
        QrCode(payload="http://www.anlan.gov.example/bsfw/1.html", caption=("手机扫码",)),
    )  # fmt: skip
    drawn = raster.dots(raster.draw(receipt, WIDE.width_dots))
    on_paper = painted(escpos.encode(receipt, WIDE))
    assert len(on_paper) == len(drawn)
    changed = sum((a ^ b).bit_count() for a, b in zip(drawn, on_paper, strict=True))
    assert changed <= 2  # a dot that would spell a real-time command is changed


def test_bands_have_at_most_24_rows_and_pieces_are_whole_commands() -> None:
    job = escpos.job(slip(*[Text(text="安澜县政务公开自助查询" * 3)] * 3, Rule()), WIDE)
    for piece in job.pieces:
        commands = read(piece)
        assert b"".join(command.to_bytes() for command in commands) == piece
        for command in commands:
            if command.op is Op.PICTURE:
                assert command.arguments[3] <= escpos.BAND_ROWS


def test_blank_rows_are_fed_and_not_sent() -> None:
    ops = [command.op for command in read(escpos.encode(slip(Rule(), Rule()), WIDE))]
    assert ops.count(Op.PICTURE) == 2
    assert Op.FEED_DOTS in ops


@pytest.mark.parametrize("cutter", Cutter)
def test_the_paper_is_cut_the_way_the_profile_says(cutter: Cutter) -> None:
    own = msgspec.structs.replace(WIDE, cutter=cutter, feed_dots=80)
    last = [command.op for command in read(escpos.job(slip(Rule()), own).pieces[-1])]
    assert last[0] is Op.FEED_DOTS
    assert (last[-1] in CUTS) is (cutter is not Cutter.NONE)


def test_a_code_too_big_for_the_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        raster.draw(slip(QrCode(payload="http://a.example/" + "x" * 800)), 384)


def test_a_narrow_paper_puts_the_caption_under_the_code() -> None:
    code = QrCode(payload="http://www.anlan.gov.example/" + "x" * 60, caption=("手机扫码查看",))
    beside, under = raster.draw(slip(code), 576), raster.draw(slip(code), 384)
    assert under.height > beside.height


def test_a_character_no_font_has_stands_as_a_geta_mark_and_controls_vanish() -> None:
    assert raster.printable("张\ue123三\x1b@\x7f\x85") == "张〓三@"
    assert raster.printable("㐂䶮〇￥·℃①√□") == "㐂䶮〇￥·℃①√□"


# --- a slip as text ------------------------------------------------------------------------------


def test_a_slow_line_gets_text_and_a_fast_one_a_picture() -> None:
    receipt = slip(*[Text(text="安澜县最低生活保障审核确认办法")] * 12)
    assert Op.TEXT in {command.op for command in read(escpos.encode(receipt, SLOW))}
    assert Op.TEXT not in {command.op for command in read(escpos.encode(receipt, WIDE))}
    assert escpos.transfer_s(len(escpos.encode(receipt, SLOW)), SLOW) < 1


def test_text_mode_begins_by_resetting_and_turning_chinese_on() -> None:
    job = escpos.encode(slip(*[Text(text="安澜县政务公开" * 6)] * 12), SLOW)
    assert [command.op for command in read(job)[:2]] == [Op.RESET, Op.CHINESE_ON]


@pytest.mark.parametrize("rare", ["䶮", "㐂", "𠮷"])
def test_only_the_line_with_a_rare_character_becomes_a_picture(rare: str) -> None:
    common = [Text(text="安澜县最低生活保障审核确认办法")] * 30
    ops = [c.op for c in read(escpos.encode(slip(*common, Text(text=f"张{rare}")), SLOW))]
    assert ops.count(Op.LINE_FEED) == 30
    assert 1 <= ops.count(Op.PICTURE) <= 3


@pytest.mark.parametrize(
    ("char", "gb2312", "gbk", "gb18030"),
    [
        ("国", True, True, True), ("A", True, True, True), ("￥", True, True, True),
        ("，", True, True, True), ("·", True, True, True), ("—", True, True, True),
        ("〇", False, True, True), ("①", True, True, True), ("镕", False, True, True),
        ("䶮", False, False, True), ("㐂", False, False, False), ("𠮷", False, False, False),
        ("¥", False, False, False), ("\x1b", False, False, False),
    ],
)  # fmt: skip
def test_which_characters_a_printers_own_font_has(
    char: str, *, gb2312: bool, gbk: bool, gb18030: bool
) -> None:
    assert [escpos.in_rom(char, rom) for rom in (Rom.GB2312, Rom.GBK, Rom.GB18030)] == [
        gb2312, gbk, gb18030,
    ]  # fmt: skip


@given(words=st.text(max_size=60), size=st.sampled_from(Size), centred=st.booleans())
def test_text_mode_sends_no_control_byte_of_the_text_and_no_four_byte_character(
    *, words: str, size: Size, centred: bool
) -> None:
    filler = [Text(text="安澜县最低生活保障审核确认办法")] * 20
    receipt = slip(*filler, Text(text=words, size=size, centred=centred))
    for command in read(escpos.encode(receipt, SLOW)):
        assert command.op is not Op.UNKNOWN
        if command.op is Op.TEXT:
            decoded = command.payload.decode("gb18030")
            assert all(escpos.in_rom(char, WIDE.rom) for char in decoded)
            assert sum(24 if char > "\x7f" else 12 for char in decoded) <= WIDE.width_dots


# --- profiles ------------------------------------------------------------------------------------


def test_every_shipped_profile_loads_and_prints() -> None:
    assert {"generic58", "generic80"} <= set(profiles.names())
    for name in profiles.names():
        assert escpos.encode(slip(Text(text="一"), Rule()), profiles.load(name, baud=9600))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("width_dots = 576", "width_dots = 577"), "width_dots"),
        (("baud = 115200", "baud = 'fast'"), "baud"),
        (("rom = ", "rum = "), "rum"),
        (('rom = "gbk"', 'rom = "big5"'), "big5"),
        (('sensors = ["cover", "paper_end", "near_end"]', "sensors = []"), "confirmation"),
        (("baud = 115200", "baud ="), "own.toml"),
    ],
)  # fmt: skip
def test_a_wrong_profile_is_refused_by_name(
    tmp_path: Path, change: tuple[str, str], expected: str
) -> None:
    shipped = Path(profiles.__file__).parent / "profiles" / "generic80.toml"
    own = tmp_path / "own.toml"
    own.write_text(shipped.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(ConfigError, match=expected) as refused:
        profiles.load(str(own))
    assert "own.toml" in str(refused.value)


def test_an_unknown_profile_names_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="generic80"):
        profiles.load("epson")


def test_a_missing_profile_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.toml"):
        profiles.load(str(tmp_path / "gone.toml"))


def test_simple_commands_are_the_bytes_of_the_manual() -> None:
    assert simple(Op.ASK_STATUS, 4) == b"\x10\x04\x04"
    assert simple(Op.CUT_AFTER_FEED, 24) == b"\x1dVB\x18"
    assert picture(b"\xff\x00\xff\x00", 2) == b"\x1dv0\x00\x02\x00\x02\x00\xff\x00\xff\x00"
    assert ask_process(b"ABCD") == b"\x1d(H\x06\x0000ABCD"
