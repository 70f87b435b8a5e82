import logging
import socket
import threading
import tomllib
from datetime import date
from pathlib import Path

import pytest

import deploy.reference_portal
from content_cache.seed.load import Seed
from deploy.reference_portal.faults import Fault, Order
from deploy.reference_portal.server import DESK_PATH, PortalServer
from kiosk.cases import Case, DeskAway, NoSuchCase, Status, TooManyTries
from kiosk.desks.county import CountyDesk
from kiosk.fonts import font_path

NUMBER, PROOF = "4109202611090117", "260117"
TODAY = date(2026, 11, 20)
CASES = tomllib.loads(
    Path(deploy.reference_portal.__file__).with_name("cases.toml").read_text(encoding="utf-8")
)["case"]


@pytest.fixture
def server():
    nothing = Seed(items=(), names={}, attachment_texts={})
    with PortalServer(nothing, font_path()) as running:
        yield running


@pytest.fixture
def desk(server):
    return CountyDesk(f"{server.url}/desk/v1", timeout_s=2, today=lambda: TODAY)


def answering(body, status="200 OK", length=None):
    """A desk that says exactly these bytes to one question."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        with listener, listener.accept()[0] as line:
            line.recv(65536)
            head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n"
            head += f"Content-Length: {len(body) if length is None else length}\r\n\r\n"
            line.sendall(head.encode() + body)

    threading.Thread(target=serve, daemon=True).start()
    return CountyDesk(f"http://127.0.0.1:{listener.getsockname()[1]}", timeout_s=2)


def test_the_case_of_the_receipt(desk):
    case = desk.ask(NUMBER, PROOF)
    assert isinstance(case, Case)
    assert case.item_title == "最低生活保障审核确认"
    assert case.applicant_masked == "张*三"
    assert case.status is Status.CORRECTION
    assert case.days_left == 12
    assert case.window == "一楼 2 号窗口"
    assert [step.title for step in case.steps] == [
        "已收件",
        "已受理",
        "需补正",
        "调查核对",
        "公示",
        "确认",
    ]


def test_the_fictional_cases_cover_every_status(desk):
    seen = {desk.ask(case["SBLSH"], case["CXMM"]).status for case in CASES}
    assert seen == set(Status)


def test_no_full_name_leaves_the_adapter(desk):
    for row in CASES:
        case = desk.ask(row["SBLSH"], row["CXMM"])
        shown = [case.item_title, case.applicant_masked, *(step.note for step in case.steps)]
        shown += case.action.lines if case.action else []
        assert not any(row["SQRMC"] in words for words in shown)


def test_wrong_password_and_unknown_number_are_the_same(desk):
    assert desk.ask(NUMBER, "000000") == NoSuchCase()
    assert desk.ask("1234567890", PROOF) == NoSuchCase()


def test_guessing_is_stopped(desk):
    answers = [desk.ask(NUMBER, "000000") for _ in range(5)]
    assert answers == [NoSuchCase()] * 5
    assert desk.ask(NUMBER, PROOF) == TooManyTries()


@pytest.mark.parametrize(
    "fault",
    [Fault.BUSY, Fault.CUT, Fault.WRONG_LENGTH, Fault.TWO_BYTES, Fault.GARBAGE, Fault.REMOVED],
)
def test_any_fault_is_a_desk_that_is_away(server, desk, fault):
    server.obey(Order(fault=fault, path=DESK_PATH, times=1))
    assert desk.ask(NUMBER, PROOF) == DeskAway()
    assert isinstance(desk.ask(NUMBER, PROOF), Case)


def test_a_silent_desk_is_away_after_the_time_out(server):
    server.obey(Order(fault=Fault.TIMEOUT, path=DESK_PATH))
    quick = CountyDesk(f"{server.url}/desk/v1", timeout_s=0.2)
    assert quick.ask(NUMBER, PROOF) == DeskAway()


def test_no_desk_is_a_desk_that_is_away():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert CountyDesk(f"http://127.0.0.1:{port}", timeout_s=1).ask(NUMBER, PROOF) == DeskAway()


def test_a_wrong_address_is_not_taken_for_an_unknown_number(server):
    assert CountyDesk(f"{server.url}/nowhere").ask(NUMBER, PROOF) == DeskAway()


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"[]",
        b'{"SBLSH": "999", "SXMC": "x", "SQRMC": "y"}',
        b'{"SBLSH": "4109202611090117", "SXMC": 5, "SQRMC": "y"}',
        b'{"SBLSH": "4109202611090117", "SXMC": "x", "SQRMC": "y", "CNSX": 99999}',
        b'{"SBLSH": "4109202611090117", "SXMC": "' + b"x" * 500 + b'", "SQRMC": "y"}',
    ],
)
def test_an_answer_that_is_not_in_the_agreed_form_is_refused(body):
    assert answering(body).ask(NUMBER, PROOF) == DeskAway()


def test_a_flood_is_cut_off():
    desk = answering(b" " * (400 * 1024))
    assert desk.ask(NUMBER, PROOF) == DeskAway()


def test_a_redirect_is_not_followed():
    assert answering(b"", status="302 Found").ask(NUMBER, PROOF) == DeskAway()


def test_away_is_one_line_out_and_one_line_back_and_nothing_personal(server, desk, caplog):
    caplog.set_level(logging.DEBUG)
    server.obey(Order(fault=Fault.BUSY, path=DESK_PATH, times=3))
    for _ in range(5):
        desk.ask(NUMBER, PROOF)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("kiosk")]
    assert ours == ["progress desk is away: status 503", "progress desk is back"]
    assert not any(word in caplog.text for word in (NUMBER, PROOF, "张晓三"))
