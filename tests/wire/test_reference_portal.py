import json
import signal
import subprocess
import sys
import time

import pytest
import requests

from content_cache.model import Kind
from content_cache.seed.load import load, path_of
from deploy.reference_portal.server import PortalServer
from kiosk.fonts import font_path

LIST = "/zwgk/tzgg/"


@pytest.fixture(scope="module")
def seed():
    return load()


@pytest.fixture(scope="module")
def running(seed):
    with PortalServer(seed, font_path()) as server:
        yield server


@pytest.fixture
def portal(running):
    """The portal in its first state, asked by a plain client."""
    with requests.Session() as session:
        session.trust_env = False
        base = running.url
        session.post(f"{base}/__control", json={"reset": True}, timeout=5).raise_for_status()
        yield Client(session, base)


class Client:
    def __init__(self, session, base):
        self.session = session
        self.base = base

    def get(self, path, **options):
        options.setdefault("timeout", 5)
        return self.session.get(self.base + path, allow_redirects=False, **options)

    def order(self, **order):
        return self.session.post(f"{self.base}/__control", json=order, timeout=5)

    def stats(self):
        return self.get("/__stats").json()


def test_a_page_that_did_not_change_answers_304(portal):
    first = portal.get(LIST)
    assert first.status_code == 200
    again = portal.get(LIST, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = portal.get(LIST, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert since.status_code == 304
    old = portal.get(LIST, headers={"If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT"})
    assert old.status_code == 200


def test_head_says_the_length_and_sends_nothing(portal):
    whole = portal.get(LIST)
    head = portal.session.head(portal.base + LIST, timeout=5)
    assert head.headers["Content-Length"] == str(len(whole.content))
    assert head.content == b""


def test_nothing_is_compressed(portal):
    answer = portal.get(LIST, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


def test_a_download_goes_on_where_it_stopped(portal, seed):
    item = next(item for item in seed.items if item.attachments)
    path = item.attachments[0].url.partition(".example")[2]
    whole = portal.get(path)
    assert whole.headers["Content-Type"] == "application/pdf"
    rest = portal.get(path, headers={"Range": "bytes=100-", "If-Range": whole.headers["ETag"]})
    assert (rest.status_code, rest.content) == (206, whole.content[100:])
    changed = portal.get(path, headers={"Range": "bytes=100-", "If-Range": '"other"'})
    assert (changed.status_code, changed.content) == (200, whole.content)


def test_a_row_may_lead_to_another_site(portal):
    answer = portal.get("/zwgk/tzgg/202610/t20261015_9000001.html")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("http://www.qingning.gov.example/")


def test_unknown_paths_are_404(portal):
    assert portal.get("/zwgk/tzgg/index_77.html").status_code == 404
    assert portal.get("/etc/passwd").status_code == 404


def test_stats_count_what_was_asked(portal):
    portal.get(LIST)
    portal.get(LIST)
    portal.get("/none", headers={"User-Agent": "me"})
    stats = portal.stats()
    assert stats["requests"] == 3
    assert stats["paths"] == {LIST: 2, "/none": 1}
    assert stats["statuses"] == {"200": 2, "404": 1}
    assert stats["agents"]["me"] == 1
    assert stats["most_at_once"] == 1


# --- faults --------------------------------------------------------------------------------------


def test_a_timeout_holds_the_line_and_counts_down(portal):
    portal.order(fault="timeout", path=LIST, times=1)
    with pytest.raises(requests.exceptions.ReadTimeout):
        portal.get(LIST, timeout=0.3)
    assert portal.get(LIST).status_code == 200


@pytest.mark.parametrize("fault", ["cut", "wrong_length"])
def test_a_short_body_is_noticed(portal, fault):
    portal.order(fault=fault, path="/zwgk/*", times=1)
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        portal.get(LIST)
    assert portal.get(LIST).status_code == 200


def test_two_bytes_removal_garbage_and_busy(portal):
    portal.order(fault="two_bytes", path=LIST, times=1)
    assert portal.get(LIST).content == b"ok"
    portal.order(fault="removed", path=LIST, times=1)
    assert b'http-equiv="refresh"' in portal.get(LIST).content
    portal.order(fault="garbage", path=LIST, times=1)
    assert b"<html" not in portal.get(LIST).content
    portal.order(fault="busy", path=LIST)
    assert [portal.get(LIST).status_code for _ in range(3)] == [503] * 3
    portal.order(fault="off")
    assert portal.get(LIST).status_code == 200


def test_a_stale_list_is_another_list(portal):
    fresh = portal.get(LIST).content
    portal.order(fault="stale_list", path=LIST)
    assert portal.get(LIST).content != fresh


def test_an_edit_shows_at_once(portal, seed):
    path = path_of(next(item for item in seed.items if item.kind is Kind.GUIDE))
    tag = portal.get(path).headers["ETag"]
    assert portal.order(edit=path, append_paragraph="今天补充的一段。").status_code == 200
    answer = portal.get(path, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "今天补充的一段。" in answer.content.decode()
    assert portal.order(edit="/none.html", title="x").status_code == 404


def test_an_order_that_is_none_is_refused_with_the_key(portal):
    answer = portal.order(fault="explode")
    assert answer.status_code == 400
    assert "fault" in answer.json()["message"]
    assert portal.order(colour="red").status_code == 400


# --- as a program --------------------------------------------------------------------------------


def test_the_program_announces_its_address_and_starts_with_faults(tmp_path):
    announce = tmp_path / "url"
    command = [sys.executable, "-m", "deploy.reference_portal", "--port", "0"]
    command += ["--announce", str(announce), "--fault", f"busy:{LIST}:1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        try:
            deadline = time.monotonic() + 20
            while not announce.exists() and time.monotonic() < deadline:
                time.sleep(0.05)
            url = announce.read_text().strip()
            client = Client(requests.Session(), url)
            client.session.trust_env = False
            with client.session:
                assert [client.get(LIST).status_code for _ in range(2)] == [503, 200]
        finally:
            program.send_signal(signal.SIGINT)
        assert program.wait(10) == 0
        assert url in program.stdout.read()


def test_a_wrong_fault_is_one_clear_line():
    command = [sys.executable, "-m", "deploy.reference_portal", "--fault", "explode"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith("--fault")
    assert len(ended.stderr.splitlines()) == 1


def test_a_broken_seed_is_one_clear_line(tmp_path):
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "a.toml").write_text("[[item]]\nslug = 1\n", encoding="utf-8")
    command = [sys.executable, "-m", "deploy.reference_portal", "--seed", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "faq/a.toml" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_stats_are_plain_json(portal):
    assert json.loads(portal.get("/__stats").text)["requests"] == 0
