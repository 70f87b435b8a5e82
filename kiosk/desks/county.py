"""The county's own progress interface: POST {url}/case with number and password, one case back.

Responsible for the wire: time and size limits, and refusing whatever is not a well-formed answer.
What the fields mean is in exchange.py. Nothing here logs a number, a password or a body.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

import msgspec
import requests

from kiosk.cases import Answer, DeskAway, NoSuchCase, TooManyTries
from kiosk.desks.exchange import HALL_TIME, WireCase, case_of

log = logging.getLogger(__name__)

_SIZE_LIMIT = 256 * 1024
_T = TypeVar("_T")


class _Problem(msgspec.Struct, frozen=True):
    message: str


class _RefusedAnswerError(Exception):
    """The desk said something that is no answer; the text is safe to log."""


def _today() -> date:
    return datetime.now(HALL_TIME).date()


class CountyDesk:
    """A Desk over HTTP; see kiosk.cases.Desk."""

    def __init__(
        self, url: str, timeout_s: float = 8.0, today: Callable[[], date] = _today
    ) -> None:
        """url: the interface without /case, such as http://127.0.0.1:8021/desk/v1."""
        self._url = url.rstrip("/") + "/case"
        self._timeout_s = timeout_s
        self._today = today
        self._away = False

    def ask(self, number: str, proof: str) -> Answer:
        """The answer of the desk within about timeout_s; anything unclear is DeskAway."""
        try:
            status, body = self._post({"number": number, "proof": proof})
            answer = self._understood(status, body, number)
        except (requests.RequestException, OSError) as error:
            # The text of the error could quote what was sent; its type says enough.
            return self._gone_away(type(error).__name__)
        except _RefusedAnswerError as error:
            return self._gone_away(str(error))
        if self._away:
            log.info("progress desk is back")
            self._away = False
        return answer

    def _post(self, question: dict[str, str]) -> tuple[int, bytes]:
        deadline_s = time.monotonic() + self._timeout_s
        with requests.Session() as session:
            # Neither proxies nor passwords from the environment of the machine.
            session.trust_env = False
            reply = session.post(
                self._url,
                json=question,
                timeout=self._timeout_s,
                allow_redirects=False,
                stream=True,
            )
            body = b""
            for piece in reply.iter_content(16 * 1024):
                body += piece
                if len(body) > _SIZE_LIMIT:
                    raise _RefusedAnswerError("answer larger than 256 KiB")
                if time.monotonic() > deadline_s:
                    raise _RefusedAnswerError("answer took too long")
            return reply.status_code, body

    def _understood(self, status: int, body: bytes, number: str) -> Answer:
        match status:
            case 200:
                wire = _decoded(body, WireCase)
                if wire.number != number:
                    raise _RefusedAnswerError("answer about another case")
                return case_of(wire, self._today())
            case 404:
                # A wrong address answers 404 too; only the desk explains itself in JSON.
                _decoded(body, _Problem)
                return NoSuchCase()
            case 429:
                return TooManyTries()
            case _:
                raise _RefusedAnswerError(f"status {status}")

    def _gone_away(self, why: str) -> DeskAway:
        if not self._away:
            log.warning("progress desk is away: %s", why)
            self._away = True
        return DeskAway()


def _decoded(body: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        # msgspec would name the field; the value beside it may be personal.
        raise _RefusedAnswerError("answer not in the agreed form") from error
