"""After a question for a case, a slip of it and a search: nothing of it lies anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journey.machine import NUMBER, PROOF, Machine

pytestmark = pytest.mark.window

SEARCHED = "zq7x4"
NAME = "张晓三"
SECRETS = (
    NUMBER,
    " ".join(NUMBER[at : at + 4] for at in range(0, 16, 4)),
    PROOF,
    NAME,
    "张*三",
    SEARCHED,
)


def traces(folder: Path) -> list[tuple[str, str]]:
    """(file, secret) for every secret in a file or its name, in the encodings of this machine."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "kiosk.toml":
            content = str(path).encode() + path.read_bytes()
            found += [
                (str(path.relative_to(folder)), secret)
                for secret in SECRETS
                for encoding in ("utf-8", "gbk", "utf-16-le")
                if secret.encode(encoding) in content
            ]
    return found


def test_a_question_and_a_search_leave_no_trace(machine: Machine) -> None:
    panel = machine.panel
    panel.press("progress")
    machine.type_case()
    panel.press("ask")
    panel.wait_for("leave")
    panel.press("print")
    panel.press("print-confirm")
    panel.press("print-taken", wait_s=30)
    panel.press("home")
    panel.press("search-box")
    for key in SEARCHED:
        panel.press(f"key-{key}")
    panel.press("key-done")
    panel.wait_gone("key-done")
    assert traces(machine.folder) == []
    machine.leave()
    assert traces(machine.folder) == []
    assert machine.process.poll() is None


def test_a_search_for_traces_finds_them(tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_text(f"asked for {NUMBER}", "utf-8")
    (tmp_path / f"{SEARCHED}.cache").touch()
    assert {secret for _, secret in traces(tmp_path)} == {NUMBER, SEARCHED}


def test_a_wrong_password_is_not_logged_either(machine: Machine) -> None:
    machine.panel.press("progress")
    machine.type_case(proof="918273")
    machine.panel.press("ask")
    machine.panel.wait_for("pad-1")
    log = machine.log.read_text("utf-8")
    assert NUMBER not in log
    assert "918273" not in log
