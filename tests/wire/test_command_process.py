"""The command line as a process of its own: what it loads, how fast it starts, how it stops."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest


@pytest.fixture
def environment(tmp_path_factory):
    base = tmp_path_factory.getbasetemp()
    return os.environ | {
        "XDG_CACHE_HOME": str(base / "caches"),
        "XDG_STATE_HOME": str(base / "nothing-synced"),
    }


def python(code, environment):
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )


def test_searching_loads_neither_kivy_nor_the_network(environment):
    code = (
        "import sys; from kiosk.__main__ import main; main(['search', '低保']);"
        "print([name for name in ('kivy', 'requests', 'lxml', 'serial', 'PIL', 'fpdf')"
        " if name in sys.modules])"
    )
    assert python(code, environment).stdout.splitlines()[-1] == "[]"


def test_a_search_starts_and_answers_within_half_a_second(environment):
    argv = [sys.executable, "-m", "kiosk", "search", "低保"]
    subprocess.run(argv, env=environment, check=True, stdout=subprocess.DEVNULL)
    took = []
    for _ in range(3):
        began = time.monotonic()
        subprocess.run(argv, env=environment, check=True, stdout=subprocess.DEVNULL)
        took.append(time.monotonic() - began)
    assert min(took) < 0.5


def test_a_reader_that_stops_early_is_no_error(environment):
    pipe = f"{sys.executable} -m kiosk search 申请 --limit 500 | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", pipe], env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_ctrl_c_stops_without_a_traceback(environment):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/a/t1.html"
        with subprocess.Popen(
            [sys.executable, "-m", "kiosk", "read", "--url", url],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as child:
            line, _ = silent.accept()
            with line:
                line.recv(1)
                child.send_signal(signal.SIGINT)
                said = child.communicate(timeout=10)
    assert child.returncode == 130
    assert said == (b"", b"")
