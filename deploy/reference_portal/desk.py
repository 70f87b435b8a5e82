"""The progress desk of the county: a case for its number and query password."""

from __future__ import annotations

import hmac
import threading
import tomllib
from collections.abc import Callable
from pathlib import Path

import msgspec

TRIES = 5
WINDOW_S = 60.0


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of POST /desk/v1/case."""

    number: str
    proof: str

    def __repr__(self) -> str:
        return "Question(…)"


class Desk:
    """The fictional cases of cases.toml, behind the rule of the real thing: few wrong tries."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        """now_s: a clock that never goes back, in seconds."""
        text = (Path(__file__).parent / "cases.toml").read_text(encoding="utf-8")
        self._cases = {case["SBLSH"]: case for case in tomllib.loads(text)["case"]}
        self._now_s = now_s
        self._lock = threading.Lock()
        self._wrong: dict[str, list[float]] = {}

    def reset(self) -> None:
        """Forget all wrong tries."""
        with self._lock:
            self._wrong.clear()

    def answer(self, body: bytes) -> tuple[int, bytes]:
        """HTTP status and JSON for a question.

        200 with the case; 404 for an unknown number or a wrong password, without a difference;
        429 after five wrong tries at a number within a minute; 400 for anything else.
        """
        try:
            question = msgspec.json.decode(body, type=Question)
        except msgspec.DecodeError:
            return 400, _problem("请求格式不对")
        with self._lock:
            now_s = self._now_s()
            # Old tries of every number are let go here, so that guesses do not fill the memory.
            recent = {
                number: kept
                for number, times in self._wrong.items()
                if (kept := [at for at in times if now_s - at < WINDOW_S])
            }
            self._wrong = recent
            if len(recent.get(question.number, ())) >= TRIES:
                return 429, _problem("查询次数过多，请稍后再试")
            case = self._cases.get(question.number)
            # Compared in the same time whether or not the number exists.
            known = str(case["CXMM"]) if case else "0" * 6
            if not hmac.compare_digest(known.encode(), question.proof.encode()) or case is None:
                recent.setdefault(question.number, []).append(now_s)
                return 404, _problem("没有查到这个办件")
        shown = {field: value for field, value in case.items() if field != "CXMM"}
        return 200, msgspec.json.encode(shown)


def _problem(words: str) -> bytes:
    return msgspec.json.encode({"message": words})
