"""A wall-clock limit on a whole answer, kept by the socket itself, so that no thread is needed.

A per-read time-out never ends an answer that drips one byte a second; headers are read inside
http.client, where nobody else can look at the clock. So every receive gets only the time left.
"""

from __future__ import annotations

import io
import math
import time
from typing import TYPE_CHECKING, Any

import requests.adapters
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

if TYPE_CHECKING:
    import socket


class Deadline:
    """When the present answer must be whole; not set until start()."""

    def __init__(self) -> None:
        self._at = math.inf

    def start(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left_s(self) -> float:
        """Seconds left; raises TimeoutError when there are none."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise TimeoutError("whole answer took too long")
        return left

    def check(self) -> None:
        self.left_s()


class _TimedRaw(io.RawIOBase):
    """The reading side of a socket: a receive waits for its own time-out or the time left."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline
        # The socket's own file: it keeps the socket open until it is closed itself.
        self._file = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Any writable buffer, as the io protocol has it."""
        usual = self._sock.gettimeout()
        left = self._deadline.left_s()
        self._sock.settimeout(left if usual is None else min(usual, left))
        try:
            return self._file.readinto(buffer)
        finally:
            if self._sock.fileno() >= 0:
                self._sock.settimeout(usual)

    def close(self) -> None:
        self._file.close()
        super().close()


class _TimedSocket:
    """A connected socket whose reading side keeps the deadline; the rest is the socket's own."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def __getattr__(self, name: str) -> Any:
        """Whatever http.client and urllib3 ask of a socket."""
        return getattr(self._sock, name)

    def makefile(self, *_args: object, **_kwargs: object) -> io.BufferedReader:
        return io.BufferedReader(_TimedRaw(self._sock, self._deadline))


class DeadlineAdapter(requests.adapters.HTTPAdapter):
    """One connection a host, no retries, every answer under the deadline."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        super().__init__(pool_connections=4, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Signature of requests; the arguments are passed on untouched."""
        super().init_poolmanager(*args, **kwargs)
        deadline = self._deadline

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                self.sock = _TimedSocket(self.sock, deadline)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                self.sock = _TimedSocket(self.sock, deadline)

        class PlainPool(urllib3.HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(urllib3.HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
