"""The slip printer over a real serial line: every status, every way to fail, and back."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from kiosk.devices import profile as profiles
from kiosk.devices.codecs import escpos
from kiosk.devices.contracts import (
    Box,
    Broken,
    CoverOpen,
    NotPrinted,
    PaperOut,
    Printed,
    PrinterStatus,
    QrCode,
    Ready,
    Receipt,
    Rule,
    Silent,
    Text,
    Unknown,
    Unplugged,
)
from kiosk.devices.drivers import escpos_serial
from kiosk.devices.drivers.escpos_serial import EscPosSerial
from kiosk.devices.link import LineLost, Link
from kiosk.devices.profile import Confirmation, Profile
from kiosk.devices.sim.escpos_pty import Simulator
from kiosk.devices.watch import Watch

PAYLOAD = "http://www.anlan.gov.example/zwgk/zcwj/xzfwj/202506/t20250605_0004711.html"
RECEIPT = Receipt(
    number="20261120-0042",
    elements=(
        Text(text="安澜县政务公开自助查询", bold=True, centred=True),
        Rule(),
        Box(lines=("请补交：授权核对书", "期限：11月27日前")),
        QrCode(payload=PAYLOAD, caption=("手机扫码", "查看网站原文")),
    ),
)
FAST = msgspec.structs.replace(profiles.load("generic80"), baud=921_600, speed_mm_s=1000)


class Hall:
    """A simulator at work, and a driver on its line."""

    def __init__(self, folder: Path, profile: Profile, baud: int | None) -> None:
        self.profile = profile
        self.port = folder / "ttyPrinter"
        self.printer = Simulator(self.port, profile, baud=baud)
        self.thread = threading.Thread(target=self.printer.run, daemon=True)
        self.thread.start()
        eventually(self.port.exists)
        self.link = Link(str(self.port), profile.baud)
        self.driver = EscPosSerial(self.link, profile)

    @property
    def papers(self) -> int:
        """Complete slips that came out."""
        return len(self.printer.paper.cuts)

    def during_print(self, after_bytes: int, order: str) -> None:
        """Give an order from outside as soon as so many bytes of a slip arrived."""
        start = len(self.printer.received)

        def wait_and_order() -> None:
            eventually(lambda: len(self.printer.received) - start >= after_bytes)
            self.printer.order(order)

        threading.Thread(target=wait_and_order, daemon=True).start()

    def close(self) -> None:
        self.link.close()
        self.printer.stop()
        self.thread.join(5)


def eventually(true: Callable[[], object], limit_s: float = 5.0) -> None:
    deadline = time.monotonic() + limit_s
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.002)


@pytest.fixture(autouse=True)
def short_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody here has a slow mechanism; a test need not wait for one."""
    monkeypatch.setattr(escpos_serial, "STALL_S", 0.3)
    monkeypatch.setattr(escpos_serial, "CONFIRM_S", 0.5)
    monkeypatch.setattr(escpos_serial, "ANSWER_S", 0.2)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    yield from opened(tmp_path, FAST)


def opened(folder: Path, profile: Profile, baud: int | None = None) -> Iterator[Hall]:
    hall = Hall(folder, profile, baud)
    yield hall
    hall.close()


# --- every status --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "status"),
    [
        ("paper_in", Ready()),
        ("paper_low", Ready(paper_low=True)),
        ("paper_out", PaperOut()),
        ("cover_open", CoverOpen()),
        ("broken", Broken()),
        ("broken cutter", Broken(part="cutter")),
        ("broken head_hot", Broken(part="head_hot")),
        ("silent", Silent()),
        ("garbage", Silent()),
        ("stall", Silent()),
        ("hang_up", Unplugged()),
    ],
)
def test_the_driver_tells_what_the_printer_is_in(
    hall: Hall, order: str, status: PrinterStatus
) -> None:
    hall.printer.order(order)
    assert hall.driver.status() == status


@pytest.mark.parametrize(
    ("order", "because"),
    [
        ("paper_out", PaperOut()),
        ("cover_open", CoverOpen()),
        ("broken cutter", Broken(part="cutter")),
        ("silent", Silent()),
        ("garbage", Silent()),
        ("stall", Silent()),
        ("hang_up", Unplugged()),
    ],
)
def test_a_printer_that_is_not_ready_is_sent_nothing(
    hall: Hall, order: str, because: PrinterStatus
) -> None:
    hall.printer.order(order)
    assert hall.driver.print(RECEIPT) == NotPrinted(because=because)
    assert b"\x1b@" not in hall.printer.received
    assert hall.printer.paper.rows == 0


def test_a_status_takes_half_a_second_at_most(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    hall.printer.order("silent")
    start = time.monotonic()
    assert hall.driver.status() == Silent()
    assert time.monotonic() - start < 0.6


def test_low_paper_is_not_believed_from_a_printer_without_that_sensor(tmp_path: Path) -> None:
    blind = msgspec.structs.replace(FAST, sensors=(profiles.Sensor.PAPER_END,))
    for hall in opened(tmp_path, blind):
        hall.printer.order("paper_low")
        assert hall.driver.status() == Ready()


# --- a slip that comes out -----------------------------------------------------------------------


@pytest.mark.parametrize("confirmation", Confirmation)
def test_a_slip_is_printed_once_and_confirmed(tmp_path: Path, confirmation: Confirmation) -> None:
    own = msgspec.structs.replace(FAST, confirmation=confirmation)
    for hall in opened(tmp_path, own):
        assert hall.driver.print(RECEIPT) == Printed()
        assert hall.driver.print(RECEIPT) == Printed()
        eventually(lambda hall=hall: hall.papers == 2)
        assert hall.printer.paper.refused == 0
        assert hall.printer.paper.rows == 0


def test_low_paper_prints(hall: Hall) -> None:
    hall.printer.order("paper_low")
    assert hall.driver.print(RECEIPT) == Printed()


def test_a_printer_that_never_answers_by_profile_prints_and_the_outcome_is_unknown(
    tmp_path: Path,
) -> None:
    mute = msgspec.structs.replace(FAST, sensors=(), confirmation=Confirmation.NONE)
    for hall in opened(tmp_path, mute):
        hall.printer.order("silent")
        assert hall.driver.status() == Ready()
        assert hall.driver.print(RECEIPT) == Unknown(because=Silent())
        eventually(lambda hall=hall: hall.papers == 1)


def test_a_slow_line_is_waited_for(tmp_path: Path) -> None:
    slow = msgspec.structs.replace(FAST, baud=115_200)
    short = Receipt(number="1", elements=(Text(text="安澜县"),))
    for hall in opened(tmp_path, slow, baud=9600):
        assert hall.driver.print(short) == Printed()
        assert hall.papers == 1


# --- what goes wrong in the middle ---------------------------------------------------------------

BANDS = [size for size in map(len, escpos.job(RECEIPT, FAST).pieces) if size > 200]
IN_BANDS = [sum(BANDS[:count]) + BANDS[count] // 2 for count in range(0, len(BANDS), 3)]


@pytest.mark.parametrize("after_bytes", IN_BANDS)
def test_paper_that_ends_in_any_band_leaves_the_slip_unknown(hall: Hall, after_bytes: int) -> None:
    hall.printer.order(f"paper_out {after_bytes}")
    assert hall.driver.print(RECEIPT) == Unknown(because=PaperOut())
    assert hall.papers == 0


@pytest.mark.parametrize("after_bytes", IN_BANDS)
def test_a_line_cut_in_any_band_leaves_the_slip_unknown(tmp_path: Path, after_bytes: int) -> None:
    for hall in opened(tmp_path, FAST, baud=400_000):
        hall.during_print(after_bytes, "hang_up")
        assert hall.driver.print(RECEIPT) == Unknown(because=Unplugged())
        assert hall.papers == 0


@pytest.mark.parametrize(
    ("order", "because"),
    [("stall", Silent()), ("silent", Silent()), ("garbage", Silent()), ("cover_open", CoverOpen())],
)
def test_a_printer_that_fails_in_the_middle_leaves_the_slip_unknown(
    tmp_path: Path, order: str, because: PrinterStatus
) -> None:
    for hall in opened(tmp_path, FAST, baud=400_000):
        hall.during_print(3000, order)
        assert hall.driver.print(RECEIPT) == Unknown(because=because)


def test_paper_that_ends_after_the_last_band_is_not_called_printed(hall: Hall) -> None:
    size = sum(map(len, escpos.job(RECEIPT, FAST).pieces))
    hall.printer.order(f"paper_out {size - 2}")
    assert isinstance(hall.driver.print(RECEIPT), Unknown)


@pytest.mark.parametrize(
    ("order", "mend"),
    [
        ("paper_out", "paper_in"), ("cover_open", "cover_close"),
        ("stall", "go"), ("hang_up", "come_back"),
    ],
)  # fmt: skip
def test_after_a_failure_the_next_slip_is_whole_and_nothing_of_the_old_one_follows(
    tmp_path: Path, order: str, mend: str
) -> None:
    for hall in opened(tmp_path, FAST, baud=400_000):
        hall.during_print(3000, order)
        assert isinstance(hall.driver.print(RECEIPT), Unknown)
        hall.printer.order(mend)
        eventually(lambda hall=hall: isinstance(hall.driver.status(), Ready))
        hall.printer.paper.cut()  # staff tear the torn piece off
        torn = hall.papers
        assert hall.driver.print(RECEIPT) == Printed()
        assert hall.papers == torn + 1
        assert qr_words(hall.printer.paper.cuts[-1]) == [PAYLOAD]
        assert hall.printer.paper.refused == 0
        rest = (
            hall.printer.paper.cuts[-1].height - second_reader(escpos.encode(RECEIPT, FAST)).height
        )
        assert 0 <= rest <= escpos.BAND_ROWS  # at most the white end of the torn band


def test_nothing_is_sent_again_by_itself_when_the_printer_comes_back(hall: Hall) -> None:
    hall.printer.order("paper_out 3000")
    assert isinstance(hall.driver.print(RECEIPT), Unknown)
    hall.printer.order("paper_in")
    for _ in range(5):
        assert hall.driver.status() == Ready()
    assert hall.papers == 0


def test_an_unplugged_printer_comes_back_under_its_name(hall: Hall) -> None:
    assert hall.driver.status() == Ready()
    for _ in range(3):
        hall.printer.order("hang_up")
        assert hall.driver.status() == Unplugged()
        hall.printer.order("come_back")
        assert hall.driver.status() == Ready()
    assert hall.driver.print(RECEIPT) == Printed()


# --- the line ------------------------------------------------------------------------------------


def test_a_port_that_is_not_there_is_a_lost_line(tmp_path: Path) -> None:
    with pytest.raises(LineLost):
        Link(str(tmp_path / "none"), 9600).open()


def test_a_stalled_line_gives_the_exact_count_and_no_busy_loop(hall: Hall) -> None:
    hall.printer.order("stall")
    before_cpu, before = time.process_time(), time.monotonic()
    taken = hall.link.write(bytes(200_000), 0.5)
    assert 0 < taken < 200_000
    assert hall.link.accepted == taken
    assert 0.4 < time.monotonic() - before < 1.0
    assert hall.link.write(b"x", 0.2) == 0
    assert time.process_time() - before_cpu < 0.4
    hall.link.discard()


# --- the watch -----------------------------------------------------------------------------------


def test_an_outage_is_logged_once_and_its_end_once(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="kiosk.devices")
    watch = Watch("收据打印机", hall.driver.status)
    now = 0.0
    seen: list[PrinterStatus] = []
    for order in ("paper_in", "hang_up", "come_back", "paper_low"):
        hall.printer.order(order)
        for _ in range(12):
            now += 40
            if changed := watch.poll(now):
                seen.append(changed)
    assert seen == [Ready(), Unplugged(), Ready(), Ready(paper_low=True)]
    lines = [r.getMessage() for r in caplog.records if r.name == "kiosk.devices.watch"]
    assert lines == [
        "收据打印机：不可用（Unplugged）",
        "收据打印机：恢复正常",
    ]


# --- an independent reader -----------------------------------------------------------------------


def second_reader(wire: bytes) -> Image.Image:
    """Bytes to a picture, written from the manual alone and sharing nothing with the codec."""
    rows: list[bytes] = []
    at = 0
    while at < len(wire):
        if wire[at : at + 2] == b"\x1bJ":
            rows += [bytes(72)] * wire[at + 2]
            at += 3
        elif wire[at : at + 3] == b"\x1dv0":
            across = wire[at + 4] + 256 * wire[at + 5]
            down = wire[at + 6] + 256 * wire[at + 7]
            body = wire[at + 8 : at + 8 + across * down]
            rows += [body[r * across : (r + 1) * across].ljust(72, b"\0") for r in range(down)]
            at += 8 + across * down
        else:
            length = {b"\x1b@": 2, b"\x10\x04": 3, b"\x1dr": 3, b"\x1dV": 4}[wire[at : at + 2]]
            at += length
    dots = bytes(255 - byte for byte in b"".join(rows))
    return Image.frombytes("1", (576, len(rows)), dots).convert("L")


def qr_words(picture: Image.Image) -> list[str]:
    """What an independent program reads off the picture."""
    framed = Image.new("L", (picture.width + 80, picture.height + 80), 255)
    framed.paste(picture, (40, 40))
    file = io.BytesIO()
    framed.save(file, "PNG")
    done = subprocess.run(
        ["zbarimg", "-q", "--raw", "-"], input=file.getvalue(), capture_output=True, check=False
    )
    return done.stdout.decode().split()


def test_an_independent_reader_finds_the_code_on_the_paper(hall: Hall) -> None:
    assert hall.driver.print(RECEIPT) == Printed()
    assert qr_words(second_reader(bytes(hall.printer.received))) == [PAYLOAD]


# --- the simulator as a program ------------------------------------------------------------------


def test_the_simulator_runs_as_a_program_and_saves_its_paper(tmp_path: Path) -> None:
    port, control, paper = tmp_path / "tty", tmp_path / "orders", tmp_path / "paper"
    program = subprocess.Popen(
        [sys.executable, "-m", "kiosk.devices.sim.escpos_pty", "--link", port, "--control", control,
         "--paper", paper, "--baud", "921600"],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        eventually(lambda: port.exists() and control.exists(), 10)
        link = Link(str(port), FAST.baud)
        driver = EscPosSerial(link, FAST)
        eventually(lambda: driver.status() == Ready())
        assert driver.print(RECEIPT) == Printed()
        eventually(lambda: list(paper.glob("*.png")))
        control.write_text("nonsense\ncover_open\n", "utf-8")
        eventually(lambda: driver.status() == CoverOpen())
        link.close()
    finally:
        program.terminate()
        program.wait(5)


def test_an_order_the_simulator_does_not_know_is_refused_with_the_list(hall: Hall) -> None:
    with pytest.raises(ValueError, match="come_back"):
        hall.printer.order("explode")


def test_an_answer_is_read_as_soon_as_it_is_there(hall: Hall) -> None:
    hall.link.open()
    assert hall.link.read(0) == b""
    hall.link.write(b"\x10\x04\x01", 1)
    assert hall.link.read(1) == b"\x12"
