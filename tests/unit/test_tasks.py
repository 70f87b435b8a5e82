"""Lanes, scopes and delivery: the whole concurrency of the kiosk."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from kiosk.tasks import Scope, Tasks
from tests.halls import UiThread


@pytest.fixture
def tasks(ui_thread: UiThread) -> Iterator[Tasks]:
    made = Tasks(ui_thread.deliver)
    yield made
    made.stop()


def fail() -> None:
    raise LookupError("a lane's work went wrong")


def never(_answer: object) -> None:
    raise AssertionError("must not be called")


def test_a_lane_works_in_order_and_answers_in_order(tasks: Tasks, ui_thread: UiThread) -> None:
    scope, worked, answered = Scope(), list[int](), list[int]()

    def work(number: int) -> int:
        worked.append(number)
        return number

    for number in range(50):
        tasks.run("printer", scope, lambda n=number: work(n), answered.append)  # type: ignore[misc]  # bound at once
    for _ in range(50):
        ui_thread.take()
    assert worked == answered == list(range(50))


def test_a_slow_lane_holds_up_no_other(tasks: Tasks, ui_thread: UiThread) -> None:
    go_on, answered = threading.Event(), list[str]()
    tasks.run("desk", Scope(), lambda: "slow" if go_on.wait(5) else "late", answered.append)
    tasks.run("search", Scope(), lambda: "quick", answered.append)
    ui_thread.take()
    assert answered == ["quick"]
    go_on.set()
    ui_thread.take()
    assert answered == ["quick", "slow"]


def test_answers_are_taken_on_the_ui_thread(tasks: Tasks, ui_thread: UiThread) -> None:
    threads: list[threading.Thread] = []
    tasks.run(
        "search",
        Scope(),
        lambda: threads.append(threading.current_thread()),
        lambda _none: threads.append(threading.current_thread()),
    )
    ui_thread.take()
    worker, taker = threads
    assert worker is not taker
    assert taker is threading.current_thread()


def test_an_answer_for_a_closed_scope_is_dropped(tasks: Tasks, ui_thread: UiThread) -> None:
    scope, worked = Scope(), threading.Event()
    tasks.run("search", scope, worked.set, never)
    assert worked.wait(5)
    scope.close()
    ui_thread.take()


def test_a_failure_for_a_closed_scope_is_dropped(tasks: Tasks, ui_thread: UiThread) -> None:
    scope, started = Scope(), threading.Event()

    def work() -> None:
        started.set()
        fail()

    tasks.run("search", scope, work, never, never)
    assert started.wait(5)
    scope.close()
    ui_thread.take()


def test_work_of_a_closed_scope_is_not_begun(tasks: Tasks, ui_thread: UiThread) -> None:
    first, gone, go_on = Scope(), Scope(), threading.Event()
    begun: list[str] = []
    tasks.run("printer", first, lambda: go_on.wait(5), lambda _none: None)
    tasks.run("printer", gone, lambda: begun.append("a closed scope's"), never)
    tasks.run("printer", first, lambda: begun.append("an open scope's"), lambda _none: None)
    gone.close()
    go_on.set()
    ui_thread.take()
    ui_thread.take()
    assert begun == ["an open scope's"]
    assert ui_thread.idle


def test_a_failure_goes_to_failed(tasks: Tasks, ui_thread: UiThread) -> None:
    problems: list[Exception] = []
    tasks.run("desk", Scope(), fail, never, problems.append)
    ui_thread.take()
    assert [type(problem) for problem in problems] == [LookupError]


def test_a_failure_nobody_expects_reaches_the_ui_thread(tasks: Tasks, ui_thread: UiThread) -> None:
    tasks.run("desk", Scope(), fail, never)
    with pytest.raises(LookupError):
        ui_thread.take()


def test_a_lane_goes_on_after_a_failure(tasks: Tasks, ui_thread: UiThread) -> None:
    answered: list[str] = []
    tasks.run("desk", Scope(), fail, never, lambda _problem: None)
    tasks.run("desk", Scope(), lambda: "well", answered.append)
    ui_thread.take()
    ui_thread.take()
    assert answered == ["well"]


def test_a_failure_is_logged_without_what_it_says(
    tasks: Tasks, ui_thread: UiThread, caplog: pytest.LogCaptureFixture
) -> None:
    tasks.run("desk", Scope(), fail, never, lambda _problem: None)
    ui_thread.take()
    assert "LookupError" in caplog.text
    assert "went wrong" not in caplog.text


def test_stopping_lets_a_lane_finish_what_it_was_given() -> None:
    ui_thread, answered = UiThread(), list[int]()
    tasks = Tasks(ui_thread.deliver)
    for number in range(3):
        tasks.run("journal", Scope(), lambda n=number: n, answered.append)  # type: ignore[misc]  # bound at once
    tasks.stop()
    for _ in range(3):
        ui_thread.take()
    assert answered == [0, 1, 2]
