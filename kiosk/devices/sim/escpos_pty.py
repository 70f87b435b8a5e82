"""A slip printer at the far end of a real serial line: answers, prints pictures, fails on order.

    python -m kiosk.devices.sim.escpos_pty --link PATH --control PATH --paper FOLDER

The line is a pseudo-terminal under a fixed name. Orders are lines of text, in a test through
order(), in a demo through the named pipe (`echo paper_out > PATH`):

    paper_out [N]  the roll ends, at once or after N more bytes of work     paper_low | paper_in
    cover_open | cover_close | broken [PART]                                 silent | garbage | talk
    stall | go     take no more bytes, take them again                       hang_up | come_back
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import logging
import os
import select
import threading  # noqa: TID251  # a simulator
import time
import tty
from collections.abc import Callable
from pathlib import Path

from kiosk.devices.codecs import status
from kiosk.devices.codecs.commands import TABLE, Command, Decoder, Op
from kiosk.devices.contracts import Broken, CoverOpen, PaperOut, PrinterStatus, Ready
from kiosk.devices.profile import Profile, load
from kiosk.devices.sim.paper import Paper

log = logging.getLogger(__name__)

_TICK_S = 0.002
_BURST_S = 0.05  # an idle line saves up no more than this
_GARBAGE = b"\x81\xff\x00\x91"
_REAL_TIME = (TABLE[Op.ASK_STATUS].opening, TABLE[Op.RECOVER].opening)


class Simulator:
    """One printer of the profile's width. baud throttles the line (None: as fast as it goes)."""

    def __init__(self, link: Path, profile: Profile, *, baud: int | None = None) -> None:
        self.paper = Paper(profile.width_dots)
        self.received = bytearray()
        self._link = link
        self._baud = baud
        self._status: PrinterStatus = Ready()
        self._voice = "talk"
        self._stalled = False
        self._paper_left: int | None = None  # bytes of work until the roll ends
        self._decoder = Decoder()
        self._buffer = bytearray()  # taken off the line, not worked off yet
        self._tail = b""  # the last two bytes, where a real-time command may have begun
        self._master: int | None = None
        self._credit = 0.0
        self._lock = threading.RLock()
        self._stopping = threading.Event()

    # --- the line --------------------------------------------------------------------------------

    def plug_in(self) -> None:
        """Open a new pseudo-terminal and name it. Its slave end is left to the driver alone."""
        with self._lock:
            if self._master is not None:
                return
            self._master, slave = os.openpty()
            tty.setraw(slave)
            os.set_blocking(
                self._master, False
            )  # a blocked read would keep a hang-up from arriving
            name = os.ttyname(slave)
            os.close(slave)
            part = self._link.with_suffix(".part")
            part.unlink(missing_ok=True)
            part.symlink_to(name)
            part.replace(self._link)

    def unplug(self) -> None:
        """Hang up. What stands in the printer stays there, as with a pulled cable."""
        with self._lock:
            if self._master is not None:
                os.close(self._master)
                self._master = None
            self._link.unlink(missing_ok=True)

    def run(self) -> None:
        """Work until stop(); for a thread, or the whole of a program."""
        self.plug_in()
        before = time.monotonic()
        while not self._stopping.is_set():
            time.sleep(_TICK_S)  # noqa: TID251  # a simulator
            now = time.monotonic()
            with self._lock:
                self._work(now - before)
            before = now
        self.unplug()

    def stop(self) -> None:
        """End run() soon."""
        self._stopping.set()

    def _work(self, passed_s: float) -> None:
        limit = 65536
        if self._baud is not None:
            per_s = self._baud / 10
            self._credit = min(self._credit + passed_s * per_s, max(64.0, per_s * _BURST_S))
            limit = int(self._credit)
        if self._master is None or self._stalled or limit < 1:
            return
        try:
            received = os.read(self._master, limit)
        except BlockingIOError:
            received = b""
        except OSError as problem:
            if problem.errno != errno.EIO:
                raise
            return  # nobody has the other end open
        self._credit -= len(received)
        self._take(received)

    def _say(self, answer: bytes) -> None:
        if self._master is not None and self._voice != "silent":
            with contextlib.suppress(OSError):  # nobody listens
                os.write(self._master, _GARBAGE if self._voice == "garbage" else answer)

    # --- the printer -----------------------------------------------------------------------------

    def _take(self, received: bytes) -> None:
        self.received += received
        for byte in received:
            opening, self._tail = self._tail, (self._tail + bytes([byte]))[-2:]
            self._buffer.append(byte)
            if opening in _REAL_TIME:
                self._real_time(opening, byte)
        self._work_off()

    def _real_time(self, opening: bytes, argument: int) -> None:
        """Obeyed as it arrives, even inside the dots of a picture and while out of paper."""
        if opening == TABLE[Op.ASK_STATUS].opening:
            answer = status.answer(argument, self._status) if argument in status.QUERIES else None
            if answer is not None:
                self._say(bytes([answer]))
        elif argument == 2:
            self._buffer.clear()
            self._decoder.forget()

    def _work_off(self) -> None:
        """Obey what is in the buffer while there is paper and the lid is shut."""
        while self._buffer and isinstance(self._status, Ready):
            count = len(self._buffer)
            if self._paper_left is not None:
                count = min(count, self._paper_left)
                self._paper_left -= count
            portion = bytes(self._buffer[:count])
            del self._buffer[:count]
            for command in self._decoder.feed(portion):
                self._obey(command)
            if self._paper_left == 0:
                self._paper_left = None
                self._status = PaperOut()

    def _obey(self, command: Command) -> None:
        if command.op is Op.ASK_PAPER:
            self._say(bytes([status.paper_answer(self._status)]))
        elif command.op is Op.ASK_PROCESS:
            self._say(status.process_answer(command.payload[2:]))
        else:
            self.paper.obey(command)

    # --- orders ----------------------------------------------------------------------------------

    def order(self, line: str) -> None:
        """Carry out one order of the list above. Raises ValueError for anything else."""
        word, _, argument = line.strip().partition(" ")
        orders: dict[str, Callable[[], None]] = {
            "paper_out": lambda: self._run_out(int(argument or 0)),
            "paper_low": lambda: self._turn(Ready(paper_low=True)),
            "paper_in": lambda: self._turn(Ready()),
            "cover_open": lambda: self._turn(CoverOpen()),
            "cover_close": lambda: self._turn(Ready()),
            "broken": lambda: self._turn(Broken(part=argument or "error")),
            "silent": lambda: self._speak("silent"),
            "garbage": lambda: self._speak("garbage"),
            "talk": lambda: self._speak("talk"),
            "stall": lambda: self._stall(stalled=True),
            "go": lambda: self._stall(stalled=False),
            "hang_up": self.unplug,
            "come_back": self.plug_in,
        }
        if word not in orders:
            raise ValueError(f"不认识的命令“{word}”，可用的有：{' '.join(orders)}")
        with self._lock:
            orders[word]()
        log.info("%s", line.strip())

    def _run_out(self, after_bytes: int) -> None:
        self._paper_left = after_bytes or None
        if not after_bytes:
            self._status = PaperOut()

    def _turn(self, now: PrinterStatus) -> None:
        self._status = now
        self._work_off()

    def _speak(self, voice: str) -> None:
        self._voice = voice

    def _stall(self, *, stalled: bool) -> None:
        self._stalled = stalled


# --- as a program --------------------------------------------------------------------------------


def main() -> None:
    """Run until interrupted; every finished slip becomes a numbered PNG in the paper folder."""
    parser = argparse.ArgumentParser(description="模拟小票打印机：伪终端串口，出纸存为图片")
    parser.add_argument("--link", type=Path, required=True, help="串口的名字（符号链接）")
    parser.add_argument(
        "--control", type=Path, required=True, help="命令管道，例如 echo paper_out > 管道"
    )
    parser.add_argument("--paper", type=Path, required=True, help="存放小票图片的文件夹")
    parser.add_argument("--profile", default="generic80", help="打印机型号参数")
    parser.add_argument("--baud", type=int, help="限速（波特），缺省为型号参数中的速率")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    profile = load(arguments.profile, arguments.baud)
    printer = Simulator(arguments.link, profile, baud=profile.baud)
    arguments.paper.mkdir(parents=True, exist_ok=True)
    arguments.control.unlink(missing_ok=True)
    os.mkfifo(arguments.control)
    orders = os.open(arguments.control, os.O_RDWR | os.O_NONBLOCK)  # own writer: never at its end
    threading.Thread(target=printer.run, name="printer", daemon=True).start()
    log.info("打印机已就绪：%s", arguments.link)
    try:
        _serve(printer, orders, arguments.paper)
    except KeyboardInterrupt:
        printer.unplug()
    finally:
        arguments.control.unlink(missing_ok=True)


def _serve(printer: Simulator, orders: int, folder: Path) -> None:
    saved = 0
    while True:
        readable, _, _ = select.select([orders], [], [], 0.2)
        for line in os.read(orders, 4096).decode().splitlines() if readable else ():
            try:
                printer.order(line)
            except ValueError as problem:
                log.warning("%s", problem)
        for slip in printer.paper.cuts[saved:]:
            saved += 1
            target = folder / f"slip-{saved:04d}.png"
            slip.save(target)
            log.info("出纸：%s", target)


if __name__ == "__main__":
    main()
