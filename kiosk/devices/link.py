"""A serial line that can go away and come back: open, write with a deadline, read with a deadline.

pyserial opens and configures the port; the bytes go through select and os directly, because
pyserial's write() gives no count on a time-out and can spin for ever on a full buffer (pyserial
issues 280 and 690).
"""

from __future__ import annotations

import contextlib
import os
import select
import termios
import time
from collections.abc import Iterator

import serial

_PIECE_BYTES = 512


class LineLost(Exception):
    """The port is not there, or went away. The line can be opened again."""


class Link:
    """One serial port, for one thread. accepted counts every byte the system ever took over."""

    def __init__(self, port: str, baud: int) -> None:
        self._port = port
        self._baud = baud
        self._serial: serial.Serial | None = None
        self.accepted = 0

    def open(self) -> None:
        """Open the port unless it is open. Raises LineLost."""
        if self._serial is None:
            with _lost():
                self._serial = serial.Serial(self._port, self._baud, timeout=0, exclusive=True)

    def close(self) -> None:
        """Let the port go at once: what the system still holds for it is thrown away."""
        with contextlib.suppress(LineLost):
            self.discard()
        line, self._serial = self._serial, None
        if line is not None:
            line.close()

    def discard(self) -> None:
        """Throw away what the system has taken over and not sent yet. Raises LineLost."""
        if self._serial is not None:
            with _lost():
                self._serial.reset_output_buffer()

    def write(self, message: bytes, timeout_s: float) -> int:
        """Hand the bytes to the system; how many it took before the deadline. Raises LineLost.

        Taken is not sent, sent is not printed: only the printer's answer tells.
        """
        deadline = time.monotonic() + timeout_s
        done = 0
        with self._in_use() as number:
            while done < len(message):
                _, writable, _ = select.select(
                    [], [number], [], max(0, deadline - time.monotonic())
                )
                if not writable:
                    break
                try:
                    took = os.write(number, message[done : done + _PIECE_BYTES])
                except BlockingIOError:
                    continue
                done += took
                self.accepted += took
        return done

    def read(self, timeout_s: float) -> bytes:
        """What has arrived, after waiting at most timeout_s for a first byte. Raises LineLost."""
        with self._in_use() as number:
            readable, _, _ = select.select([number], [], [], max(0, timeout_s))
            if not readable:
                return b""
            received = os.read(number, _PIECE_BYTES)
            if not received:
                raise LineLost(self._port)  # readable but empty is how a hang-up looks
            return received

    @contextlib.contextmanager
    def _in_use(self) -> Iterator[int]:
        """The open port's file number; whatever goes wrong with it closes the port."""
        self.open()
        assert self._serial is not None  # noqa: S101  # open() raised otherwise
        try:
            with _lost():
                yield self._serial.fileno()
        except LineLost:
            self.close()
            raise


@contextlib.contextmanager
def _lost() -> Iterator[None]:
    """The three unrelated families of errors of a line that went away, as one."""
    try:
        yield
    except (OSError, serial.SerialException, termios.error) as problem:
        raise LineLost(str(problem)) from problem
