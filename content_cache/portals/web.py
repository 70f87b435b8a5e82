"""Polite HTTP with hard limits: one request at a time, nothing endless, nothing from another site.

What plain requests lets through was measured against a hostile server: dripping bytes and headers
run for ever under a per-read time-out, a cut body can count as success, redirects leave the site,
proxies and .netrc of the environment are used silently.
"""

from __future__ import annotations

import hashlib
import logging
import zlib
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import msgspec
import requests
import urllib3
from requests.cookies import RequestsCookieJar

from content_cache.errors import Gone, Refused, Unreachable
from content_cache.model import Value
from content_cache.portals.addresses import joined
from content_cache.portals.deadline import Deadline, DeadlineAdapter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

log = logging.getLogger(__name__)

USER_AGENT: Final = "disclosure-kiosk/0.1 (offline disclosure terminal; one request at a time)"
_CHUNK_BYTES: Final = 64 * 1024
_REDIRECTS: Final = 5
_RESUMES: Final = 5
_GONE: Final = frozenset({404, 410})


class Limits(Value, frozen=True):
    """Seconds and bytes one answer may take; total_s is wall clock, headers included."""

    connect_s: float = 5.0
    silent_s: float = 15.0
    page_total_s: float = 30.0
    file_total_s: float = 600.0
    page_bytes: int = 8_000_000
    file_bytes: int = 60_000_000


class Page(Value, frozen=True):
    """A whole page. url is where it was found; etag and last_modified go with the next question."""

    url: str
    body: bytes
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None


class Foreign(Refused):
    """An address of another site, asked for or redirected to."""


class NotModified(Value, frozen=True):
    """304: the copy the caller holds is still right."""


class Download(Value, frozen=True):
    """A whole file on disk."""

    sha256: str
    size_bytes: int


class _Part(Value, frozen=True):
    """What is known of a half file; kept beside it so that the next run can go on."""

    url: str
    validator: str
    total_bytes: int


class Web:
    """Fetches pages and files of the named hosts (host or host:port) and of no other."""

    def __init__(
        self,
        hosts: frozenset[str],
        limits: Limits | None = None,
        pause: Callable[[], None] | None = None,
    ) -> None:
        """Call pause before every request but the first, for instance to wait half a second."""
        self._hosts = hosts
        self._limits = limits or Limits()
        self._pause = pause
        self._asked = False
        self._deadline = Deadline()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies = _NoCookies()
        adapter = DeadlineAdapter(self._deadline)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def close(self) -> None:
        self._session.close()

    def page(
        self, url: str, etag: str | None = None, last_modified: str | None = None
    ) -> Page | NotModified:
        """One page, whole. Raises Unreachable (nothing, or cut), Refused (not content), Gone."""
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        self._deadline.start(self._limits.page_total_s)
        with self._open(url, {key: value for key, value in headers.items() if value}) as answer:
            if answer.status_code == requests.codes.not_modified:
                # Reading the body that is not there gives the connection back for the next page.
                answer.raw.read(1)
                return NotModified()
            _must_be(answer, requests.codes.ok)
            limit = self._limits.page_bytes
            body = _decompressed(b"".join(self._body(answer, limit)), answer, limit)
            return Page(
                url=answer.url,
                body=body,
                content_type=answer.headers.get("Content-Type", ""),
                etag=answer.headers.get("ETag"),
                last_modified=answer.headers.get("Last-Modified"),
            )

    def download(self, url: str, target: Path) -> Download:
        """Write one file to target, resuming a half one where the server proves it is the same.

        Beside target lie `<name>.part` and `<name>.json` while it is not whole. Raises as page().
        """
        self._deadline.start(self._limits.file_total_s)
        part, note = (
            target.with_name(target.name + ".part"),
            target.with_name(target.name + ".json"),
        )
        for attempt in range(1, _RESUMES + 1):
            before = part.stat().st_size if part.exists() else 0
            try:
                self._continue(url, part, note)
                break
            except Unreachable:
                grown = part.exists() and part.stat().st_size > before
                if attempt == _RESUMES or not grown or not note.exists():
                    raise
                log.info("resuming a file cut at %d bytes", part.stat().st_size)
        note.unlink(missing_ok=True)
        part.replace(target)
        with target.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Download(sha256=digest, size_bytes=target.stat().st_size)

    def _continue(self, url: str, part: Path, note: Path) -> None:
        known = _read_note(note, url)
        start = part.stat().st_size if known and part.exists() else 0
        headers = {}
        if known and start:
            headers = {"Range": f"bytes={start}-", "If-Range": known.validator}
        with self._open(url, headers) as answer:
            if answer.status_code == requests.codes.requested_range_not_satisfiable:
                part.unlink(missing_ok=True)
                note.unlink(missing_ok=True)
                raise Refused(f"{url}: 服务器不接受续传")
            if answer.headers.get("Content-Encoding", "identity") not in {"", "identity"}:
                raise Refused(f"{url}: 附件不应再压缩传输")
            resumed = answer.status_code == requests.codes.partial_content
            if resumed:
                _check_range(answer, start, known)
            else:
                _must_be(answer, requests.codes.ok)
                _write_note(note, url, answer)
            with part.open("ab" if resumed else "wb") as file:
                for chunk in self._body(
                    answer, self._limits.file_bytes - (start if resumed else 0)
                ):
                    file.write(chunk)

    def _open(self, url: str, headers: dict[str, str]) -> requests.Response:
        """The answer behind at most five redirects, each checked against the hosts."""
        for _ in range(_REDIRECTS + 1):
            self._check_address(url)
            if self._asked and self._pause is not None:
                self._pause()
            self._asked = True
            answer = self._ask(url, headers)
            location = answer.headers.get("Location")
            if not answer.is_redirect or location is None:
                return answer
            answer.close()
            target = joined(url, location)
            if target is None:
                raise Foreign(f"{url}: 跳转到的不是网页地址")
            url = target
        raise Refused(f"{url}: 跳转超过 {_REDIRECTS} 次")

    def _ask(self, url: str, headers: dict[str, str]) -> requests.Response:
        base = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Accept": "*/*"}
        try:
            return self._session.get(
                url,
                headers=base | headers,
                timeout=(self._limits.connect_s, self._limits.silent_s),
                allow_redirects=False,
                stream=True,
            )
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise Unreachable(f"{url}: 连不上 ({type(error).__name__})") from error

    def _check_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or "@" in parts.netloc:
            raise Refused(f"{url}: 不是网页地址")
        if parts.netloc.lower() not in self._hosts:
            raise Foreign(f"{url}: 不是本站地址")

    def _body(self, answer: requests.Response, limit: int) -> Iterator[bytes]:
        """The bytes as sent, counted against the announced length, the limit and the clock."""
        announced = _length(answer)
        if announced is not None and announced > limit:
            raise Refused(f"{answer.url}: {announced} 字节, 超过 {limit}")
        got = 0
        try:
            while chunk := answer.raw.read1(_CHUNK_BYTES, decode_content=False):
                got += len(chunk)
                if got > limit:
                    raise Refused(f"{answer.url}: 超过 {limit} 字节")
                self._deadline.check()
                yield chunk
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise Unreachable(f"{answer.url}: 传输中断 ({type(error).__name__})") from error
        if announced is not None and got != announced:
            raise Unreachable(f"{answer.url}: 应有 {announced} 字节, 只收到 {got}")


class _NoCookies(RequestsCookieJar):
    """A jar that keeps nothing: nothing follows us from page to page."""

    def set_cookie(self, cookie: object, *_args: object, **_kwargs: object) -> None:
        """Forget it."""


def _must_be(answer: requests.Response, status: int) -> None:
    if answer.status_code in _GONE:
        raise Gone(f"{answer.url}: {answer.status_code}")
    if answer.status_code != status:
        raise Refused(f"{answer.url}: 状态 {answer.status_code}")


def _length(answer: requests.Response) -> int | None:
    words = answer.headers.get("Content-Length", "")
    return int(words) if words.isdecimal() else None


def _decompressed(body: bytes, answer: requests.Response, limit: int) -> bytes:
    """Servers may compress although asked not to; a page is unpacked up to the limit."""
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in {"", "identity"}:
        return body
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise Refused(f"{answer.url}: 不支持的压缩 {encoding}")
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        text = unpack.decompress(body, limit)
    except zlib.error as error:
        raise Refused(f"{answer.url}: 压缩内容损坏") from error
    if unpack.unconsumed_tail or not unpack.eof:
        raise Refused(f"{answer.url}: 解压后超过 {limit} 字节或不完整")
    return text


def _check_range(answer: requests.Response, start: int, known: _Part | None) -> None:
    expected = f"bytes {start}-{known.total_bytes - 1}/{known.total_bytes}" if known else ""
    if answer.headers.get("Content-Range") != expected:
        raise Refused(f"{answer.url}: 续传位置不对")


def _read_note(note: Path, url: str) -> _Part | None:
    try:
        known = msgspec.json.decode(note.read_bytes(), type=_Part)
    except (OSError, msgspec.MsgspecError):
        return None
    return known if known.url == url else None


def _write_note(note: Path, url: str, answer: requests.Response) -> None:
    """Only a strong ETag or a date proves sameness, and only a known length can be resumed."""
    etag, total = answer.headers.get("ETag", ""), _length(answer)
    validator = etag if etag.startswith('"') else answer.headers.get("Last-Modified")
    note.unlink(missing_ok=True)
    if validator and total is not None:
        known = _Part(url=url, validator=validator, total_bytes=total)
        note.write_bytes(msgspec.json.encode(known))
