"""One visit to a program, watched from outside: start, touches, memory, idling."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.cost import memory_mb, processor_s
from tests.bench.display import Display
from tests.bench.rivals import Rival, stop

# Two strips from under the header to above the status line: every row of every screen crosses
# them, the clock does not. A screen is drawn when both show what they show at rest.
STRIPS = ((150, 160, 4, 1560), (560, 160, 4, 1560))
POLL_S = 0.001
STILL_S = 0.7
THINK_S = 0.35
FIRST_START_S = 5.0
CALM_S = 12.0  # the kiosk draws less often after ten seconds without a touch
GIVE_UP_S = 20.0

Looks = dict[str, bytes]
# Where a touch goes, and which screen it opens: one round from home to home.
ROUND = (("list", "list"), ("document", "document"), ("back", "list"), ("back", "home"))


@dataclass(slots=True)
class Visit:
    """What one run gave; touches in milliseconds, from the finger's leaving to the drawn screen.

    start_ms      from starting the process to its first drawn screen (the poster)
    first         touches that open a screen for the first time in this run, by "from>to"
    later         all further ones
    idle_percent  of one core, at home, untouched
    """

    start_ms: float = 0
    home_mb: float = 0
    all_mb: float = 0
    idle_percent: float = 0
    first: dict[str, float] = field(default_factory=dict)
    later: dict[str, list[float]] = field(default_factory=dict)


class NotDrawnError(RuntimeError):
    """A screen did not come; the message names the picture of what was there instead."""


def learn(rival: Rival, display: Display) -> Looks:
    """How each screen looks once drawn: from a start that is not measured."""
    program = rival.start(display.name)
    try:
        time.sleep(FIRST_START_S)
        looks = {"poster": _still(display)}
        spots = rival.spots()
        display.touch(*spots["poster"]())
        looks["home"] = _still(display)
        for spot, screen in ROUND:
            display.touch(*spots[spot]())
            seen = _still(display)
            if looks.setdefault(screen, seen) != seen:
                raise NotDrawnError(f"{rival.name}: {screen} looks different the second time")
        if len(set(looks.values())) != len(looks):
            raise NotDrawnError(f"{rival.name}: a touch led nowhere")
        return looks
    finally:
        stop(program)


def visit(rival: Rival, display: Display, looks: Looks, rounds: int, idle_s: float) -> Visit:
    """One run: start, wake, `rounds` rounds, then idle at home."""
    made = Visit()
    began = time.perf_counter()
    program = rival.start(display.name)
    try:
        made.start_ms = (_drawn(display, looks, "poster") - began) * 1000
        time.sleep(STILL_S)
        spots = rival.spots()
        here = "poster"

        def go(spot: str, there: str) -> None:
            nonlocal here
            time.sleep(THINK_S)
            ms = _touched(display, looks, spots[spot], there)
            step = f"{here}>{there}"
            if step in made.first:
                made.later.setdefault(step, []).append(ms)
            else:
                made.first[step] = ms
            here = there

        go("poster", "home")
        time.sleep(STILL_S)
        made.home_mb = memory_mb(program.pid)
        for _ in range(rounds):
            for spot, screen in ROUND:
                go(spot, screen)
        time.sleep(CALM_S)
        made.all_mb = memory_mb(program.pid)
        used, since = processor_s(program.pid), time.perf_counter()
        time.sleep(idle_s)
        used = processor_s(program.pid) - used
        made.idle_percent = 100 * used / (time.perf_counter() - since)
        return made
    finally:
        stop(program)


def _touched(
    display: Display, looks: Looks, spot: Callable[[], tuple[float, float]], screen: str
) -> float:
    x, y = spot()
    left = display.touch(x, y)
    return (_drawn(display, looks, screen) - left) * 1000


def _drawn(display: Display, looks: Looks, screen: str) -> float:
    """The moment this screen is there, in time.perf_counter()."""
    strips = [
        looks[screen][at : at + len(looks[screen]) // 2] for at in (0, len(looks[screen]) // 2)
    ]
    until = time.perf_counter() + GIVE_UP_S
    while time.perf_counter() < until:
        # The second strip is only read once the first is right: half the work for the display.
        if all(display.pixels(*area) == want for area, want in zip(STRIPS, strips, strict=True)):
            return time.perf_counter()
        time.sleep(POLL_S)
    picture = Path(tempfile.gettempdir(), "not-drawn.png")
    display.picture(picture)
    raise NotDrawnError(f"{screen} was not drawn within {GIVE_UP_S:.0f} s; see {picture}")


def _seen(display: Display) -> bytes:
    return b"".join(display.pixels(*area) for area in STRIPS)


def _still(display: Display) -> bytes:
    """What is there once nothing has changed for STILL_S."""
    seen, since = _seen(display), time.perf_counter()
    while time.perf_counter() - since < STILL_S:
        time.sleep(STILL_S / 20)
        if (now := _seen(display)) != seen:
            seen, since = now, time.perf_counter()
    return seen
