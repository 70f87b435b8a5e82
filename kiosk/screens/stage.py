"""The one widget of the window: puts a View on the panel and turns touches into its targets'
acts.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.graphics import InstructionGroup, PopMatrix, PushMatrix, Translate
from kivy.graphics.opengl import GL_RENDERER, glGetString
from kivy.input.motionevent import MotionEvent
from kivy.uix.widget import Widget

from kiosk.screens.fill import Ground
from kiosk.screens.pen import Pen, Target
from kiosk.screens.roll import Draw, Roll
from kiosk.screens.theme import NORMAL, Colours, Metrics

DRAG_MM = 6
LEARN_S = 0.006
DOUBLE_TAP_S, DOUBLE_TAP_MM = 0.35, 20
FLING_STOP_PX_S = 40
FLING_KEEP_PER_S = 0.06


class Layer:
    """Something that stands still at a place of the stage, with its own targets."""

    def __init__(
        self, x: float, y: float, ceiling: float, colours: Colours, metrics: Metrics, paint: Draw
    ) -> None:
        self.x, self.y = x, y
        self.canvas = InstructionGroup()
        self._targets: list[Target] = []
        self._body = InstructionGroup()
        self.canvas.add(PushMatrix())
        self.canvas.add(Translate(round(x), round(ceiling - y), 0))
        self.canvas.add(self._body)
        self.canvas.add(PopMatrix())
        paint(Pen(self._body, self._targets, colours, metrics, Ground(x, ceiling - y)))

    def targets(self) -> list[Target]:
        """What can be touched, in stage coordinates (y from the top)."""
        return [
            Target(t.x + self.x, t.y + self.y, t.w, t.h, t.act, t.name, t.radius)
            for t in self._targets
        ]

    def drop(self) -> None:
        """Take the drawing apart. A group and its instructions hold each other: left alone they
        keep their textures, 9 MB a round of three screens, until Python's collector comes by.
        """
        self._body.clear()
        self.canvas.clear()


class Stage(Widget):
    """Shows layers and rolls, the later ones on top; a sheet (dialog) takes all touches while it
    is there.

    gate() is asked first for every finger that comes down; True swallows the whole gesture.
    """

    def __init__(self, gate: Callable[[], bool]) -> None:
        super().__init__()
        self._gate = gate
        self._parts: list[Layer | Roll] = []
        self._sheet: Layer | None = None
        self._press_group = InstructionGroup()
        self._pressed: Target | None = None
        self._finger: Any = None  # the one MotionEvent being followed
        self._swallow = False
        self._touched_at_s = time.monotonic()
        self._settled_at_s = 0.0
        self._lifted: tuple[float, float] = (0, 0)
        self._roll: Roll | None = None
        self._from: tuple[float, float, float] = (0, 0, 0)
        self._dragging = False
        self._speed = 0.0
        self._last: tuple[float, float] = (0, 0)
        self.metrics = Metrics(1080, 1920)
        self.colours = NORMAL

    # --- showing ---

    def show(self, parts: list[Layer | Roll], colours: Colours, metrics: Metrics) -> None:
        """Replace everything but the sheet, in one frame."""
        self.colours, self.metrics = colours, metrics
        self._stop()
        held, self._pressed = self._pressed, None
        window = self.get_root_window()
        if window is not None:
            window.clearcolor = colours.ground
        self.canvas.clear()
        self._press_group.clear()
        for part in self._parts:
            part.drop()
        self._parts = parts
        for part in parts:
            self.canvas.add(part.canvas)
        self.canvas.add(self._press_group)
        if self._sheet:
            self.canvas.add(self._sheet.canvas)
        Clock.schedule_interval(self._learn, 0)
        if held and self.finger_down and not self._sheet:
            # What came in between must not lose the press that a finger is on.
            self._press(next((t for t in self.targets() if t.name == held.name), None))

    def _learn(self, _dt: float) -> bool | None:
        """Between frames the rolls get to know the rest of their rows."""
        unknown = [part for part in self._parts if isinstance(part, Roll) and not part.complete]
        for roll in unknown:
            roll.more(LEARN_S)
        return None if unknown else False

    def show_sheet(self, sheet: Layer | None) -> None:
        """Put a dialog over everything, or take it away."""
        if self._sheet:
            self.canvas.remove(self._sheet.canvas)
            self._sheet.drop()
        self._sheet = sheet
        self._unpress()
        if sheet:
            self.canvas.add(sheet.canvas)

    def targets(self) -> list[Target]:
        """Everything that can be touched now; under a sheet only the sheet's."""
        if self._sheet:
            return self._sheet.targets()
        return [target for part in self._parts for target in part.targets()]

    def moving(self) -> bool:
        """Whether something goes on by itself: a list that was flung, rows still to be learnt."""
        return self._speed != 0 or any(
            isinstance(part, Roll) and not part.complete for part in self._parts
        )

    @property
    def finger_down(self) -> bool:
        """Whether somebody touches the glass this moment."""
        return self._finger is not None

    def touched_within(self, seconds: float) -> bool:
        """Whether a finger came down in the last so many seconds."""
        return self.finger_down or time.monotonic() - self._touched_at_s < seconds

    @staticmethod
    def renderer() -> str:
        """The name of whoever draws, as OpenGL tells it."""
        name = glGetString(GL_RENDERER)
        return name.decode("ascii", "replace") if isinstance(name, bytes) else str(name)

    @property
    def main_roll(self) -> Roll | None:
        """The roll that scrolls the screen's rows."""
        return next((part for part in self._parts if isinstance(part, Roll)), None)

    # --- touching ---

    def on_touch_down(self, touch: MotionEvent) -> bool:
        if "button" in touch.profile and touch.button in ("scrollup", "scrolldown"):
            return True
        if "button" in touch.profile and touch.button != "left":
            return True  # a long press that a driver turns into a right click is no touch of ours
        if self._finger is not None:
            return True  # one finger at a time: a palm on the glass presses nothing
        self._finger = touch
        self._swallow = self._gate()
        self._touched_at_s = time.monotonic()
        if self._swallow:
            return True
        self._stop()
        x, y = touch.x, self.height - touch.y
        if self._is_second_tap(x, y):
            self._swallow = True
            return True
        self._from = (x, y, 0)
        self._dragging = False
        self._roll = None
        if not self._sheet:
            for part in self._parts:
                if isinstance(part, Roll) and part.in_window(x, y):
                    self._roll = part
                    self._from = (x, y, part.offset)
        self._last = (y, touch.time_start)
        self._press(self._hit(x, y))
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        if touch is not self._finger or self._swallow:
            return True
        y = self.height - touch.y
        dy = y - self._from[1]
        if not self._dragging and abs(dy) > self.metrics.mm(DRAG_MM) and self._roll:
            self._dragging = True
            self._unpress()
        if self._dragging and self._roll:
            self._roll.scroll_to(self._from[2] - dy)
            before, at = self._last
            if touch.time_update > at:
                self._speed = (before - y) / (touch.time_update - at)
            self._last = (y, touch.time_update)
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        if touch is not self._finger:
            return True
        self._finger = None
        self._lifted = (touch.x, self.height - touch.y)
        if self._swallow:
            self._swallow = False
            return True
        target = self._pressed
        self._unpress()
        if self._dragging:
            if abs(self._speed) > FLING_STOP_PX_S:
                Clock.schedule_interval(self._fling, 0)
            else:
                self._speed = 0.0
            return True
        if target and target.act and target.holds(touch.x, self.height - touch.y):
            target.act()
        return True

    def settle(self) -> None:
        """Another screen is there now: the second half of a double tap must press nothing on it."""
        self._settled_at_s = time.monotonic() + DOUBLE_TAP_S

    def _is_second_tap(self, x: float, y: float) -> bool:
        near = math.dist(self._lifted, (x, y)) < self.metrics.mm(DOUBLE_TAP_MM)
        return near and time.monotonic() < self._settled_at_s

    def _hit(self, x: float, y: float) -> Target | None:
        if self._sheet:
            candidates = self._sheet.targets()
        else:
            candidates = []
            for part in self._parts:
                if isinstance(part, Layer) or part.in_window(x, y):
                    candidates += part.targets()
        return next((t for t in reversed(candidates) if t.holds(x, y)), None)

    def _press(self, target: Target | None) -> None:
        self._pressed = target
        if target and target.act:
            pen = Pen(self._press_group, [], self.colours, self.metrics, Ground(0, 0))
            pen.top = -self.height
            pen.rounded(
                target.x, target.y, target.w, target.h, self.colours.press,
                radius=target.radius / max(self.metrics.unit, 0.01),
            )  # fmt: skip
            if self._sheet:
                self.canvas.remove(self._press_group)
                self.canvas.add(self._press_group)

    def _unpress(self) -> None:
        self._pressed = None
        self._press_group.clear()

    def _fling(self, dt: float) -> bool | None:
        if self._roll and abs(self._speed) >= FLING_STOP_PX_S:
            moved = self._roll.scroll_to(self._roll.offset + self._speed * dt)
            self._speed *= FLING_KEEP_PER_S**dt
            if moved:
                return None
        self._speed = 0.0
        return False

    def _stop(self) -> None:
        Clock.unschedule(self._fling)
        self._speed = 0.0
