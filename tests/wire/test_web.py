"""The polite fetcher against a server that misbehaves on a real socket."""

from __future__ import annotations

import gzip
import hashlib
import socket
import threading
import time
from contextlib import contextmanager

import pytest

from content_cache.errors import Gone, Refused, Unreachable
from content_cache.portals.web import USER_AGENT, Foreign, Limits, NotModified, Page, Web

QUICK = Limits(connect_s=1, silent_s=0.6, page_total_s=1.2, file_total_s=3, page_bytes=100_000)
HTML = "<html><body>安澜县</body></html>".encode()


class Server:
    """Answers each request with what answer(request) yields: bytes to send, seconds to wait."""

    def __init__(self, answer):
        self.requests = []
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.url = f"http://{self.host}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            with line:
                try:
                    self._converse(line)
                except OSError:
                    continue

    def _converse(self, line):
        request = b""
        while b"\r\n\r\n" not in request:
            request += line.recv(4096)
        text = request.decode()
        self.requests.append(text)
        for step in self._answer(text):
            if isinstance(step, bytes):
                line.sendall(step)
            else:
                time.sleep(step)

    def close(self):
        self._socket.close()


@contextmanager
def talking(answer, limits=QUICK):
    server = Server(answer)
    web = Web(frozenset({server.host}), limits)
    try:
        yield server, web
    finally:
        web.close()
        server.close()


def whole(body, *headers, status="200 OK", length=None):
    announced = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {announced}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def saying(*steps):
    return lambda _request: steps


def test_a_page_comes_with_what_to_ask_next_time():
    answer = whole(HTML, 'ETag: "a1"', "Last-Modified: Fri, 20 Nov 2026 01:00:00 GMT")
    with talking(saying(answer)) as (server, web):
        page = web.page(server.url + "/a.html")
    assert page == Page(
        url=server.url + "/a.html",
        body=HTML,
        etag='"a1"',
        last_modified="Fri, 20 Nov 2026 01:00:00 GMT",
    )


def test_it_names_itself_and_asks_for_plain_bytes():
    with talking(saying(whole(HTML))) as (server, web):
        web.page(server.url)
    assert f"User-Agent: {USER_AGENT}" in server.requests[0]
    assert "Accept-Encoding: identity" in server.requests[0]


def test_an_unchanged_page_is_not_sent_again():
    def answer(request):
        assert 'If-None-Match: "a1"' in request
        yield b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"

    with talking(answer) as (server, web):
        assert web.page(server.url, etag='"a1"') == NotModified()


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_missing_page_is_gone(status):
    with talking(saying(whole(b"x", status=status))) as (server, web), pytest.raises(Gone):
        web.page(server.url)


@pytest.mark.parametrize("status", ["403 Forbidden", "500 Oops", "503 Busy", "206 Partial Content"])
def test_any_other_status_is_refused(status):
    with talking(saying(whole(HTML, status=status))) as (server, web), pytest.raises(Refused):
        web.page(server.url)


@pytest.mark.parametrize("length", [len(HTML) + 17, len(HTML) * 2])
def test_a_cut_body_never_counts_as_a_page(length):
    answer = whole(HTML, length=length)
    with talking(saying(answer)) as (server, web), pytest.raises(Unreachable):
        web.page(server.url)


def test_silence_ends_after_the_silent_limit():
    began = time.monotonic()
    with talking(saying(5.0)) as (server, web), pytest.raises(Unreachable):
        web.page(server.url)
    assert time.monotonic() - began < 2


def test_dripping_bytes_end_at_the_wall_clock():
    drip = [step for _ in range(40) for step in (b"x", 0.2)]
    answer = [b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", *drip]
    began = time.monotonic()
    with talking(saying(*answer)) as (server, web), pytest.raises(Unreachable):
        web.page(server.url)
    assert time.monotonic() - began < 2.5


def test_dripping_headers_end_at_the_wall_clock():
    drip = [step for n in range(40) for step in (f"X-{n}: 1\r\n".encode(), 0.2)]
    began = time.monotonic()
    with (
        talking(saying(b"HTTP/1.1 200 OK\r\n", *drip)) as (server, web),
        pytest.raises(Unreachable),
    ):
        web.page(server.url)
    assert time.monotonic() - began < 2.5


def test_a_page_over_the_limit_is_refused_before_it_is_read():
    answer = whole(b"", length=200_000)
    with talking(saying(answer)) as (server, web), pytest.raises(Refused, match="200000"):
        web.page(server.url)


def test_an_endless_page_is_refused_at_the_limit():
    answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 300_000
    with talking(saying(answer)) as (server, web), pytest.raises(Refused):
        web.page(server.url)


def test_a_small_zip_bomb_is_refused():
    answer = whole(gzip.compress(b"0" * 50_000_000), "Content-Encoding: gzip")
    with talking(saying(answer)) as (server, web), pytest.raises(Refused):
        web.page(server.url)


def test_a_page_compressed_all_the_same_is_read():
    with talking(saying(whole(gzip.compress(HTML), "Content-Encoding: gzip"))) as (server, web):
        assert web.page(server.url).body == HTML


@pytest.mark.parametrize(
    "target", ["http://other.example/", "file:///etc/passwd", "http://user@127.0.0.1/", "//evil/"]
)
def test_a_redirect_off_the_site_is_not_followed(target):
    answer = whole(b"", f"Location: {target}", status="302 Found")
    with talking(saying(answer)) as (server, web), pytest.raises(Refused):
        web.page(server.url)
    assert len(server.requests) == 1


def test_another_site_is_told_apart_from_other_refusals():
    with talking(saying()) as (_, web), pytest.raises(Foreign):
        web.page("http://other.example/a.html")


def test_a_redirect_inside_the_site_is_followed():
    def answer(request):
        if "GET /a.html" in request:
            yield whole(b"", "Location: /b.html", status="301 Moved")
        yield whole(HTML)

    with talking(answer) as (server, web):
        assert web.page(server.url + "/a.html").url == server.url + "/b.html"


def test_a_circle_of_redirects_ends():
    answer = whole(b"", "Location: /again", status="302 Found")
    with talking(saying(answer)) as (server, web), pytest.raises(Refused):
        web.page(server.url)
    assert len(server.requests) == 6


def test_nothing_is_remembered_from_page_to_page():
    answer = whole(HTML, "Set-Cookie: session=1; Path=/")
    with talking(saying(answer)) as (server, web):
        web.page(server.url)
        web.page(server.url)
    assert "Cookie" not in server.requests[1]


def test_proxies_of_the_environment_are_not_used(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with talking(saying(whole(HTML))) as (server, web):
        assert web.page(server.url).body == HTML


def test_no_server_is_unreachable():
    with talking(saying()) as (server, web):
        server.close()
        with pytest.raises(Unreachable):
            web.page(server.url)


FILE = b"%PDF-1.7\n" + bytes(range(256)) * 400


def in_pieces(piece, etag='"v1"'):
    """A server that cuts every answer after some bytes and understands ranges."""

    def answer(request):
        head = request.lower()
        start = 0
        if "range: bytes=" in head and f"if-range: {etag}" in head:
            start = int(head.split("range: bytes=")[1].split("-")[0])
        rest = FILE[start:]
        lines = [f"ETag: {etag}", f"Content-Length: {len(rest)}", "Connection: close"]
        status = "200 OK"
        if start:
            status = "206 Partial Content"
            lines.append(f"Content-Range: bytes {start}-{len(FILE) - 1}/{len(FILE)}")
        yield "\r\n".join([f"HTTP/1.1 {status}", *lines]).encode() + b"\r\n\r\n"
        yield rest[:piece]

    return answer


def test_a_file_is_whole_on_disk_with_its_digest(tmp_path):
    with talking(saying(whole(FILE))) as (server, web):
        got = web.download(server.url + "/P0.pdf", tmp_path / "file")
    assert got.sha256 == hashlib.sha256(FILE).hexdigest()
    assert (tmp_path / "file").read_bytes() == FILE
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_file_cut_again_and_again_is_resumed(tmp_path):
    with talking(in_pieces(30_000)) as (server, web):
        web.download(server.url + "/P0.pdf", tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == FILE
    assert len(server.requests) == 4


def test_a_later_run_goes_on_with_a_half_file(tmp_path):
    with talking(in_pieces(10_000)) as (server, web):
        with pytest.raises(Unreachable):
            web.download(server.url + "/P0.pdf", tmp_path / "file")
        assert not (tmp_path / "file").exists()
        for _ in range(3):
            try:
                web.download(server.url + "/P0.pdf", tmp_path / "file")
                break
            except Unreachable:
                continue
    assert (tmp_path / "file").read_bytes() == FILE


def test_a_file_that_changed_between_parts_is_not_mixed(tmp_path):
    (tmp_path / "file.part").write_bytes(b"old bytes")
    note = f'{{"url":"URL","validator":"\\"v0\\"","total_bytes":{len(FILE)}}}'
    with talking(in_pieces(len(FILE))) as (server, web):
        url = server.url + "/P0.pdf"
        (tmp_path / "file.json").write_text(note.replace("URL", url))
        web.download(url, tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == FILE


def test_a_range_at_another_place_is_refused(tmp_path):
    def answer(request):
        body = FILE[5:]
        span = f"Content-Range: bytes 5-{len(FILE) - 1}/{len(FILE)}"
        yield whole(body, span, status="206 Partial Content")

    (tmp_path / "file.part").write_bytes(FILE[:9])
    with talking(answer) as (server, web):
        url = server.url + "/P0.pdf"
        note = f'{{"url":"{url}","validator":"\\"v1\\"","total_bytes":{len(FILE)}}}'
        (tmp_path / "file.json").write_text(note)
        with pytest.raises(Refused):
            web.download(url, tmp_path / "file")


def test_a_compressed_file_is_refused(tmp_path):
    answer = whole(gzip.compress(FILE), "Content-Encoding: gzip")
    with talking(saying(answer)) as (server, web), pytest.raises(Refused):
        web.download(server.url + "/P0.pdf", tmp_path / "file")


def test_the_pause_lies_between_requests():
    pauses = []
    server = Server(saying(whole(HTML)))
    web = Web(frozenset({server.host}), QUICK, pause=lambda: pauses.append(len(server.requests)))
    for _ in range(3):
        web.page(server.url)
    web.close()
    server.close()
    assert pauses == [1, 2]
