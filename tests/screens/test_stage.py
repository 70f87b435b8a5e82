"""Fingers on the stage: what a touch presses, what it scrolls, what it must leave alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.glass import Glass

if TYPE_CHECKING:
    from kiosk.screens.roll import Roll
    from kiosk.screens.stage import Stage

WIDTH, HEIGHT = 1000, 2000
TOP, WINDOW = 200, 800  # the roll's window; below it stands the bar
ROW = 100


class Finger:
    """One touch after the other on a stage; places are counted from the top."""

    def __init__(self, stage: Stage, button: str = "left") -> None:
        from kivy.tests.common import UnitTestTouch

        self._stage = stage
        self._touch: Any = UnitTestTouch(0, 0)
        self._touch.profile, self._touch.button = ["pos", "button"], button

    def _at(self, x: float, y: float) -> Any:
        self._touch.x, self._touch.y = x, HEIGHT - y
        return self._touch

    def down(self, x: float, y: float) -> None:
        self._stage.on_touch_down(self._at(x, y))

    def move(self, x: float, y: float) -> None:
        self._stage.on_touch_move(self._at(x, y))

    def up(self, x: float, y: float) -> None:
        self._stage.on_touch_up(self._at(x, y))

    def tap(self, x: float, y: float) -> None:
        self.down(x, y)
        self.up(x, y)


class Bench:
    """A stage with fifty rows, a small button in each, and a bar below; it notes what happens."""

    def __init__(self) -> None:
        from kiosk.screens.roll import Roll, Row
        from kiosk.screens.stage import Layer, Stage
        from kiosk.screens.theme import NORMAL, Metrics

        self.done: list[str] = []
        self.drawn: list[int] = []
        self.asleep = False
        self.asked = 0
        metrics = Metrics(WIDTH, HEIGHT)
        self.stage = Stage(self._gate)
        self.stage.size = (WIDTH, HEIGHT)

        def row(number: int) -> Row:
            def draw(pen: Any) -> None:
                self.drawn.append(number)
                pen.target(0, 0, WIDTH, ROW, self._does(f"row-{number}"), f"row-{number}")
                pen.target(800, 10, 100, 80, self._does(f"form-{number}"), f"form-{number}")

            return Row(ROW, draw)

        def bar(pen: Any) -> None:
            pen.target(0, 0, 400, 200, self._does("print"), "print")
            pen.target(500, 0, 400, 200, None, "off")

        self.roll: Roll = Roll(
            [row(number) for number in range(50)], (0, TOP, WIDTH, WINDOW), HEIGHT, NORMAL, metrics
        )
        below = Layer(0, TOP + WINDOW, HEIGHT, NORMAL, metrics, bar)
        self.stage.show([self.roll, below], NORMAL, metrics)

        def dialog(pen: Any) -> None:
            pen.target(0, 0, WIDTH, HEIGHT, self._does("beside"), "beside")
            pen.target(300, 300, 400, 400, None, "sheet")
            pen.target(350, 550, 300, 100, self._does("yes"), "yes")

        self.dialog = Layer(0, 0, HEIGHT, NORMAL, metrics, dialog)

    def _gate(self) -> bool:
        self.asked += 1
        return self.asleep

    def _does(self, what: str) -> Callable[[], None]:
        return lambda: self.done.append(what)


@pytest.fixture
def bench(glass: Glass) -> Iterator[Bench]:
    made = Bench()
    yield made
    made.stage._stop()


def test_a_touch_acts_when_the_finger_leaves(bench: Bench) -> None:
    finger = Finger(bench.stage)
    finger.down(100, TOP + 50)
    assert bench.done == []
    finger.up(100, TOP + 50)
    assert bench.done == ["row-0"]


def test_a_button_in_a_row_wins_over_the_row(bench: Bench) -> None:
    Finger(bench.stage).tap(850, TOP + 150)
    assert bench.done == ["form-1"]


def test_a_finger_that_slides_off_presses_nothing(bench: Bench) -> None:
    finger = Finger(bench.stage)
    finger.down(100, TOP + WINDOW + 50)
    finger.move(450, TOP + WINDOW + 50)
    finger.up(450, TOP + WINDOW + 50)
    assert bench.done == []


def test_what_is_drawn_off_does_nothing(bench: Bench) -> None:
    Finger(bench.stage).tap(600, TOP + WINDOW + 50)
    assert bench.done == []


def test_a_row_is_not_pressed_through_what_covers_it(bench: Bench) -> None:
    bench.roll.scroll_to(50)  # row 8 now ends behind the bar
    Finger(bench.stage).tap(100, TOP + WINDOW + 20)
    assert bench.done == ["print"]


def test_the_touch_that_wakes_presses_and_scrolls_nothing(bench: Bench) -> None:
    bench.asleep = True
    finger = Finger(bench.stage)
    finger.down(100, TOP + 500)
    bench.asleep = False
    finger.move(100, TOP + 100)
    finger.up(100, TOP + 100)
    assert bench.done == []
    assert bench.roll.offset == 0
    Finger(bench.stage).tap(100, TOP + 50)
    assert bench.done == ["row-0"]


def test_a_second_finger_presses_nothing(bench: Bench) -> None:
    first, second = Finger(bench.stage), Finger(bench.stage)
    first.down(100, TOP + 50)
    second.tap(100, TOP + WINDOW + 50)
    assert bench.done == []
    first.up(100, TOP + 50)
    assert bench.done == ["row-0"]


@pytest.mark.parametrize("button", ["right", "middle", "scrollup", "scrolldown"])
def test_other_buttons_wake_and_press_nothing(bench: Bench, button: str) -> None:
    bench.asleep = True
    finger = Finger(bench.stage, button)
    finger.tap(100, TOP + 50)
    assert bench.done == []
    assert not bench.stage.finger_down
    assert bench.asked == 0


def test_a_drag_scrolls_with_the_finger_and_presses_nothing(bench: Bench) -> None:
    finger = Finger(bench.stage)
    finger.down(100, TOP + 700)
    finger.move(100, TOP + 500)
    finger.move(100, TOP + 300)
    finger.up(100, TOP + 300)
    assert bench.done == []
    assert bench.roll.offset == 400


def test_a_finger_that_trembles_still_presses(bench: Bench) -> None:
    finger = Finger(bench.stage)
    finger.down(100, TOP + 50)
    finger.move(103, TOP + 55)
    finger.up(101, TOP + 52)
    assert bench.done == ["row-0"]
    assert bench.roll.offset == 0


def test_a_roll_stops_at_both_ends(bench: Bench) -> None:
    finger = Finger(bench.stage)
    finger.down(100, TOP + 100)
    finger.move(100, TOP + 700)
    assert bench.roll.offset == 0
    finger.move(100, TOP - 50_000)
    assert bench.roll.offset == 50 * ROW - WINDOW
    finger.up(100, TOP - 50_000)


def test_only_rows_in_sight_are_drawn(bench: Bench) -> None:
    assert max(bench.drawn) <= WINDOW // ROW
    bench.roll.scroll_to(2000)
    assert sorted(bench.roll._drawn) == list(range(20, 28))
    assert {t.name for t in bench.roll.targets() if t.name.startswith("row")} == {
        f"row-{number}" for number in range(20, 28)
    }


def test_under_a_dialog_only_the_dialog_can_be_touched(bench: Bench) -> None:
    bench.stage.show_sheet(bench.dialog)
    finger = Finger(bench.stage)
    finger.tap(500, 350)
    assert bench.done == []
    finger.tap(500, 600)
    finger.tap(100, TOP + WINDOW + 50)
    assert bench.done == ["yes", "beside"]
    bench.stage.show_sheet(None)
    finger.tap(100, TOP + 50)
    assert bench.done == ["yes", "beside", "row-0"]


def test_nothing_scrolls_under_a_dialog(bench: Bench) -> None:
    bench.stage.show_sheet(bench.dialog)
    finger = Finger(bench.stage)
    finger.down(100, TOP + 700)
    finger.move(100, TOP + 300)
    finger.up(100, TOP + 300)
    assert bench.roll.offset == 0


def test_a_screen_that_changes_under_the_finger_is_not_pressed(bench: Bench) -> None:
    finger = Finger(bench.stage)
    finger.down(100, TOP + 50)
    bench.stage.show_sheet(bench.dialog)
    finger.up(100, TOP + 50)
    assert bench.done == []
