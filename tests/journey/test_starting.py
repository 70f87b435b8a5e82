"""Starting and ending the program: refused where nobody could see it, ended at once when told."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.journal import Audit, Journal, Step
from tests.journey.machine import (
    ROOT,
    environment,
    eventually,
    printer,
    running,
    settings,
)

pytestmark = pytest.mark.window


def start(seed_folder: Path, folder: Path, seen: dict[str, str]) -> tuple[int, list[str]]:
    """Exit code and what was said by a kiosk that sees these variables and cannot start."""
    config = folder / "kiosk.toml"
    config.write_text(settings(seed_folder), "utf-8")
    for name in ("home", "tmp"):
        (folder / name).mkdir()
    ran = subprocess.run(
        [sys.executable, "-m", "kiosk", "run", "--config", config],
        cwd=ROOT,
        env=environment(folder, **seen),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    return ran.returncode, (ran.stdout + ran.stderr).splitlines()


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param({"SDL_VIDEODRIVER": "dummy", "DISPLAY": ":0"}, id="dummy"),
        pytest.param({"SDL_VIDEODRIVER": "offscreen", "DISPLAY": ":0"}, id="offscreen"),
        pytest.param({}, id="no-display"),
        pytest.param({"DISPLAY": ""}, id="empty-display"),
        pytest.param({"DISPLAY": ":9999"}, id="display-gone"),
    ],
)
def test_a_window_nobody_could_see_is_refused_in_one_line(
    seed_folder: Path, tmp_path: Path, seen: dict[str, str]
) -> None:
    code, said = start(seed_folder, tmp_path, seen)
    assert code == 2
    assert len(said) == 1
    assert said[0].startswith("kiosk run：")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_ends_within_three_seconds(
    seed_folder: Path, tmp_path: Path, number: signal.Signals
) -> None:
    with running(tmp_path, settings(seed_folder)) as machine:
        machine.wake()
        began = time.monotonic()
        machine.process.send_signal(number)
        assert machine.process.wait(timeout=20) == 0
        assert time.monotonic() - began < 3
        assert machine.log.read_text("utf-8").count("Traceback") == 0
    journal = Journal(machine.state / "journal.db")
    assert journal.happened(1)[0].event is Audit.STOPPED
    journal.close()
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_slip_on_its_way_when_the_kiosk_is_killed_is_unknown_at_the_next_start(
    seed_folder: Path, tmp_path: Path
) -> None:
    port = tmp_path / "printer"
    with printer(port, baud=19_200) as simulator:
        text = settings(seed_folder, port=port, baud=19_200)
        with running(tmp_path, text) as machine:
            machine.wake()
            for name in ("policy", "item-*", "print", "print-confirm"):
                machine.panel.press(name)
            eventually(lambda: len(simulator.received) > 2000)
            machine.process.kill()
            machine.process.wait()
        with running(tmp_path, text) as machine:
            machine.wake()
        cuts = len(simulator.paper.cuts)
    journal = Journal(machine.state / "journal.db")
    assert [entry.step for entry in journal.latest(9)] == [Step.UNKNOWN]
    assert [entry.step for entry in journal.unsettled()] == [Step.UNKNOWN]
    journal.close()
    assert cuts <= 1  # what was on its way may come out; nothing is printed again
