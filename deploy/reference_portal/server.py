"""The site and the desk over HTTP/1.1, with counts of what was asked and faults on a switch."""

from __future__ import annotations

import sys
import threading
import time
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

import msgspec

from content_cache.seed.load import Seed
from deploy.reference_portal.counts import Counts
from deploy.reference_portal.desk import Desk
from deploy.reference_portal.faults import Fault, Order, Switch
from deploy.reference_portal.layout import refresh
from deploy.reference_portal.site import Answer, Site

DESK_PATH = "/desk/v1/case"
_BODY_LIMIT = 64 * 1024


class PortalServer(ThreadingHTTPServer):
    """The reference portal on a port of this machine; use it as a context or call serve_forever."""

    daemon_threads = True

    def __init__(self, seed: Seed, font: Path, *, host: str = "127.0.0.1", port: int = 0) -> None:
        """Port 0 takes any free one; url says which."""
        super().__init__((host, port), Conversation)
        self.site = Site(seed, font)
        self.desk = Desk(time.monotonic)
        self.switch = Switch()
        self.counts = Counts()
        # The time-out fault holds a request until the server closes, or this long.
        self.hold_s = 120.0
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        """The address without a slash at the end, such as http://127.0.0.1:40213."""
        host, port = self.server_address[0], self.server_address[1]
        return f"http://{host!s}:{port}"

    def obey(self, order: Order) -> bool:
        """Carry out an order; False where it names a page that is not there."""
        if order.reset:
            self.site.reset()
            self.desk.reset()
            self.counts.reset()
            self.switch.arm(Fault.OFF, "*", None)
        if order.fault is not None:
            self.switch.arm(order.fault, order.path, order.times)
        if order.edit is not None:
            return self.site.edit(order.edit, order.title, order.append_paragraph)
        return True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # base is narrower

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()


class Conversation(BaseHTTPRequestHandler):
    """One connection of one client."""

    server: PortalServer
    protocol_version = "HTTP/1.1"
    server_version = "TRS-WCM/7.0"
    sys_version = ""
    timeout = 30
    disable_nagle_algorithm = True  # else every answer waits 40 ms for the client's delayed ACK
    _counting = False

    def do_GET(self) -> None:
        """A page, a file or the counts."""
        path = unquote(urlsplit(self.path).path)
        if path == "/__stats":
            if self._from_this_machine():
                self._send(200, self.server.counts.json(), "application/json")
            return
        self._begin(path)
        fault = self.server.switch.take(path)
        answer = self.server.site.answer(path)
        if fault is Fault.STALE_LIST:
            answer = self.server.site.stale_list(path) or answer
            fault = None
        if fault is not None:
            self._fail(fault, answer)
        elif answer is None:
            self._send(404, "<html><body>页面不存在</body></html>".encode(), "text/html")
        else:
            self._answer(answer)

    def do_HEAD(self) -> None:
        """The same without the body (see _send)."""
        self.do_GET()

    def do_POST(self) -> None:
        """The desk, and the switch for whoever sits at this machine."""
        path = urlsplit(self.path).path
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _BODY_LIMIT:
            self.close_connection = True
            self._send(411, b"", "application/json")
            return
        body = self.rfile.read(int(length))
        if path == DESK_PATH:
            self._desk(body)
        elif path == "/__control":
            self._control(body)
        else:
            self._send(404, b"", "application/json")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - name set by the base
        """Say nothing: a desk's log would hold numbers, and tests read the counts."""

    # --- answers ---------------------------------------------------------------------------------

    def _begin(self, path: str) -> None:
        self.server.counts.begin(path, self.headers.get("User-Agent", ""))
        self._counting = True

    def _end(self, outcome: str) -> None:
        """Called before the answer goes out: a client that then asks again asks one at a time."""
        if self._counting:
            self.server.counts.end(outcome)
            self._counting = False

    def _answer(self, answer: Answer) -> None:
        """Send a page, the rest of a file, or word that the client has it already."""
        if answer.location is not None:
            self._send(302, b"", answer.media_type, {"Location": answer.location})
            return
        marks = {
            "ETag": answer.etag,
            "Last-Modified": format_datetime(answer.modified, usegmt=True),
        }
        if self._unchanged(answer):
            self._send(304, b"", answer.media_type, marks)
            return
        start = self._range_start(answer)
        if start:
            total = len(answer.body)
            marks["Content-Range"] = f"bytes {start}-{total - 1}/{total}"
            self._send(206, answer.body[start:], answer.media_type, marks)
            return
        self._send(200, answer.body, answer.media_type, marks)

    def _unchanged(self, answer: Answer) -> bool:
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return answer.etag in [tag.strip() for tag in tags.split(",")]
        since = _http_date(self.headers.get("If-Modified-Since"))
        return since is not None and answer.modified <= since

    def _range_start(self, answer: Answer) -> int:
        """Where a resumed download goes on (bytes=N-); 0 for a whole answer."""
        unit, _, span = self.headers.get("Range", "").partition("=")
        first, dash, last = span.partition("-")
        if unit != "bytes" or not first.isdecimal() or not dash or last:
            return 0
        condition = self.headers.get("If-Range")
        if condition not in (None, answer.etag):
            return 0
        return int(first) if int(first) < len(answer.body) else 0

    def _send(
        self, status: int, body: bytes, media_type: str, more: dict[str, str] | None = None
    ) -> None:
        self._end(str(status))
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _fail(self, fault: Fault, answer: Answer | None) -> None:
        self._end(fault.value)
        body = answer.body if answer else b"<html></html>"
        media_type = answer.media_type if answer else "text/html"
        match fault:
            case Fault.TIMEOUT:
                self.server.closing.wait(self.server.hold_s)
                self.close_connection = True
            case Fault.CUT:
                self._send_short(body[: len(body) // 2], len(body), media_type)
            case Fault.WRONG_LENGTH:
                self._send_short(body, len(body) + 17, media_type)
            case Fault.TWO_BYTES:
                self._send(200, b"ok", "text/html")
            case Fault.REMOVED:
                self._send(200, refresh("../").encode(), "text/html")
            case Fault.GARBAGE:
                self._send(200, bytes(range(256)) * 8, media_type)
            case Fault.BUSY:
                self._send(503, b"", "text/html", {"Retry-After": "60"})
            case Fault.STALE_LIST | Fault.OFF:
                raise AssertionError(fault)

    def _send_short(self, body: bytes, promised: int, media_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(promised))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    # --- desk and switch -------------------------------------------------------------------------

    def _desk(self, body: bytes) -> None:
        self._begin(DESK_PATH)
        fault = self.server.switch.take(DESK_PATH)
        if fault is not None:
            page = Answer(body=b"{}", media_type="application/json", modified=datetime.now(UTC))
            self._fail(fault, page)
            return
        status, answer = self.server.desk.answer(body)
        self._send(status, answer, "application/json")

    def _control(self, body: bytes) -> None:
        if not self._from_this_machine():
            return
        try:
            done = self.server.obey(msgspec.json.decode(body, type=Order))
        except msgspec.DecodeError as error:
            self._send(400, msgspec.json.encode({"message": str(error)}), "application/json")
            return
        status = 200 if done else 404
        self._send(status, msgspec.json.encode({"done": done}), "application/json")

    def _from_this_machine(self) -> bool:
        if self.client_address[0] in ("127.0.0.1", "::1"):
            return True
        self._send(403, b"", "application/json")
        return False


def _http_date(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
