"""Asking for a case within a visit: late answers, what leaving forgets, what closing leaves."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_cache.library import Library
from content_cache.model import Kind
from content_cache.results import Filters
from kiosk.cases import Answer, Case, DeskAway, NoSuchCase, Status
from kiosk.devices.contracts import NotPrinted, Ready
from kiosk.faults import FAULTS
from kiosk.flows import progress
from kiosk.routes import Browse, Detail, Home, Progress, Route, Search
from tests.halls import Citizen, UiThread, open_hall

NUMBER, PROOF = "4109202611090117", "260117"
OTHER = "4109202611190233"
AWAY_FROM_PROGRESS: tuple[Route, ...] = (Home(), Search(), Detail(id="a"))


def case_of(number: str) -> Case:
    return Case(
        number=number,
        item_title="最低生活保障审核确认",
        applicant_masked="张*三",
        status=Status.REVIEW,
    )


class PatientDesk:
    """A desk that answers when the test says what: each question waits for its answer."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.thinks = threading.Event()
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self.say = self._answers.put

    def ask(self, number: str, proof: str) -> Answer:
        self.asked.append((number, proof))
        self.thinks.set()
        return self._answers.get(timeout=5)


@pytest.fixture
def desk() -> Iterator[PatientDesk]:
    made = PatientDesk()
    yield made
    for _ in range(3):  # a test that failed early leaves nobody waiting
        made.say(DeskAway())


@pytest.fixture
def asker(
    library: Library, tmp_path: Path, ui_thread: UiThread, desk: PatientDesk
) -> Iterator[Citizen]:
    """A citizen in a hall with a desk, on the progress screen."""
    with open_hall(library, tmp_path / "with-desk", ui_thread, desk) as hall:
        citizen = Citizen(hall)
        citizen.visit.go(Progress())
        yield citizen


def ask_for(citizen: Citizen, number: str, proof: str = PROOF) -> None:
    """Type number and password and press 查询."""
    visit = citizen.visit
    visit.send(progress.Focus(field=progress.Field.NUMBER))
    visit.send(progress.Clear())
    for char in number:
        visit.send(progress.Key(char=char))
    visit.send(progress.Focus(field=progress.Field.PROOF))
    for char in proof:
        visit.send(progress.Key(char=char))
    visit.send(progress.Submit())


def progress_of(citizen: Citizen) -> progress.State:
    return citizen.visit.progress


def typed_by(citizen: Citizen) -> tuple[str, str]:
    state = progress_of(citizen)
    assert isinstance(state, progress.Entry)
    return state.number, state.proof


def test_a_case_is_asked_for_and_shown(
    asker: Citizen, desk: PatientDesk, ui_thread: UiThread
) -> None:
    ask_for(asker, NUMBER)
    desk.say(case_of(NUMBER))
    ui_thread.take()
    assert desk.asked == [(NUMBER, PROOF)]
    assert progress_of(asker) == progress.Shown(case=case_of(NUMBER))


def test_the_session_is_held_while_the_desk_thinks(
    asker: Citizen, desk: PatientDesk, ui_thread: UiThread
) -> None:
    ask_for(asker, NUMBER)
    assert asker.holds == [True]
    desk.say(case_of(NUMBER))
    ui_thread.take()
    assert asker.holds == [True, False]


def test_leaving_a_thinking_desk_releases_the_session_once(
    asker: Citizen, desk: PatientDesk, ui_thread: UiThread
) -> None:
    ask_for(asker, NUMBER)
    assert desk.thinks.wait(5)
    asker.visit.home()
    assert asker.holds == [True, False]
    desk.say(case_of(NUMBER))
    ui_thread.take()
    assert asker.holds == [True, False]


@pytest.mark.parametrize("route", AWAY_FROM_PROGRESS)
def test_leaving_the_progress_screen_forgets_the_case(
    asker: Citizen, desk: PatientDesk, ui_thread: UiThread, route: Route
) -> None:
    ask_for(asker, NUMBER)
    desk.say(case_of(NUMBER))
    ui_thread.take()
    asker.visit.go(route)
    assert progress_of(asker) == progress.Entry()


def test_going_back_from_the_progress_screen_forgets_the_case(
    asker: Citizen, desk: PatientDesk, ui_thread: UiThread
) -> None:
    ask_for(asker, NUMBER)
    desk.say(case_of(NUMBER))
    ui_thread.take()
    asker.visit.back()
    assert progress_of(asker) == progress.Entry()


def test_leaving_the_progress_screen_forgets_what_was_typed(asker: Citizen) -> None:
    for char in NUMBER:
        asker.visit.send(progress.Key(char=char))
    asker.visit.home()
    asker.visit.go(Progress())
    assert typed_by(asker) == ("", "")


def test_looking_at_the_password_forgets_nothing(asker: Citizen) -> None:
    asker.visit.send(progress.Key(char="4"))
    asker.visit.go(Progress(reveal=True))
    assert typed_by(asker) == ("4", "")


def test_a_case_that_comes_after_its_screen_was_left_is_not_shown(
    asker: Citizen, desk: PatientDesk, ui_thread: UiThread
) -> None:
    ask_for(asker, NUMBER)
    assert desk.thinks.wait(5)
    asker.visit.home()
    asker.visit.go(Progress())
    desk.say(case_of(NUMBER))
    ui_thread.take()
    assert progress_of(asker) == progress.Entry()


def test_a_late_case_is_not_shown_to_whoever_asks_for_another(
    asker: Citizen, desk: PatientDesk, ui_thread: UiThread
) -> None:
    ask_for(asker, NUMBER)
    assert desk.thinks.wait(5)
    asker.visit.home()
    asker.visit.go(Progress())
    ask_for(asker, OTHER)
    desk.say(case_of(NUMBER))
    ui_thread.take()
    assert progress_of(asker) == progress.Asking(number=OTHER)
    desk.say(case_of(OTHER))
    ui_thread.take()
    assert progress_of(asker) == progress.Shown(case=case_of(OTHER))


def test_a_late_refusal_is_not_told_to_whoever_asks_for_another(
    asker: Citizen, desk: PatientDesk, ui_thread: UiThread
) -> None:
    ask_for(asker, NUMBER)
    assert desk.thinks.wait(5)
    asker.visit.home()
    asker.visit.go(Progress())
    ask_for(asker, OTHER)
    desk.say(NoSuchCase())
    ui_thread.take()
    assert progress_of(asker) == progress.Asking(number=OTHER)
    desk.say(case_of(OTHER))
    ui_thread.take()
    assert progress_of(asker) == progress.Shown(case=case_of(OTHER))


def test_a_desk_that_crashes_is_a_desk_that_is_away(
    library: Library, tmp_path: Path, ui_thread: UiThread
) -> None:
    class Crashing:
        def ask(self, number: str, proof: str) -> Answer:
            raise LookupError(number, proof)

    with open_hall(library, tmp_path, ui_thread, Crashing()) as hall:
        citizen = Citizen(hall)
        ask_for(citizen, NUMBER)
        ui_thread.take()
        state = citizen.visit.progress
    assert isinstance(state, progress.Entry)
    assert state.fault == "desk.away"
    assert state.fault in FAULTS
    assert citizen.holds == [True, False]


def test_without_a_desk_the_question_is_answered_at_once(citizen: Citizen) -> None:
    ask_for(citizen, NUMBER)
    state = citizen.visit.progress
    assert isinstance(state, progress.Entry)
    assert (state.fault, state.proof) == ("desk.away", "")
    assert citizen.holds == []


def test_closing_leaves_nothing_typed_and_nothing_found(
    asker: Citizen, ui_thread: UiThread
) -> None:
    asker.visit.go(Search(words="低保"))
    ui_thread.take()
    asker.visit.go(Browse(filters=Filters(kind=Kind.POLICY)))
    asker.visit.go(Progress())
    for char in NUMBER:
        asker.visit.send(progress.Key(char=char))
    visit = asker.visit
    visit.close()
    assert not visit.scope.open
    assert visit.progress == progress.Entry()
    assert (visit.found, visit.hints) == (None, ())
    assert visit.navigator.here == Home()
    assert not visit.navigator.can_go_back


def test_a_case_that_comes_after_the_visit_is_dropped(
    asker: Citizen, desk: PatientDesk, ui_thread: UiThread
) -> None:
    ask_for(asker, NUMBER)
    assert desk.thinks.wait(5)
    asker.visit.close()
    desk.say(case_of(NUMBER))
    ui_thread.take()
    assert progress_of(asker) == progress.Entry()


def test_the_repr_of_what_a_visit_holds_tells_nothing(
    asker: Citizen, desk: PatientDesk, ui_thread: UiThread
) -> None:
    ask_for(asker, NUMBER)
    told = [repr(progress_of(asker)), repr(Search(words="低保"))]
    desk.say(case_of(NUMBER))
    ui_thread.take()
    asker.visit.print_case()
    told += [repr(progress_of(asker)), repr(asker.visit.printing)]
    told.append(repr(NotPrinted(because=Ready())))
    for secret in (NUMBER, "4109 2026", PROOF, "张", "低保", "最低生活"):
        assert not [words for words in told if secret in words]
