"""Commands without a window must not load what draws it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASK = """
import sys
from kiosk.__main__ import main
code = main(sys.argv[1:])
heavy = {"PIL", "fpdf", "kivy", "lxml", "qrcode", "requests", "serial"}
loaded = {name.partition(".")[0] for name in sys.modules}
print(code, *sorted(loaded & heavy), file=sys.stderr)
"""


def loaded_by(tmp_path, *arguments):
    """(exit code, heavy packages loaded) of one command, for a user who has nothing yet."""
    ran = subprocess.run(
        [sys.executable, "-c", ASK, *arguments],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path), "XDG_STATE_HOME": "", "XDG_CACHE_HOME": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    code, *packages = ran.stderr.splitlines()[-1].split()
    return int(code), packages


@pytest.mark.parametrize("command", [("search", "低保"), ("status",)])
def test_looking_something_up_loads_neither_window_nor_network(tmp_path, command):
    assert loaded_by(tmp_path, *command) == (0, [])


def test_a_sync_loads_no_window(tmp_path):
    settings = tmp_path / "kiosk.toml"
    settings.write_text('[portal]\nurl = "http://127.0.0.1:9"\n', "utf-8")
    _, packages = loaded_by(tmp_path, "sync", "--config", str(settings))
    assert "requests" in packages
    assert "kivy" not in packages
