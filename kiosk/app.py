"""The one place where the kiosk is wired together; read top to bottom it tells what the machine is
made of.

Kivy is imported inside run() and Kiosk: its environment has to be settled first
(kiosk/screens/window.py).
"""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import sqlite3
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from content_cache.library import open_library
from content_cache.model import Kind
from content_cache.results import Filters
from kiosk import frame_words
from kiosk.cases import Answer, Desk
from kiosk.config import Config
from kiosk.devices.contracts import PrinterStatus
from kiosk.errors import BadInputError
from kiosk.flows import session
from kiosk.flows.printing import Close, Take
from kiosk.flows.runner import Runner
from kiosk.journal import Audit, Journal
from kiosk.paper import Paper
from kiosk.qr import matrix
from kiosk.routes import Attract, Browse, Home, Route
from kiosk.screens import window
from kiosk.tasks import Scope, Tasks
from kiosk.visit import Hall, Visit

log = logging.getLogger(__name__)

TAKEN_AFTER_S = 20.0  # 请取走 goes by itself: nobody else should find it there
SECOND_FAILURE_S = 60.0
FIRST_SCREENS: tuple[Route, ...] = (
    Home(),
    Browse(filters=Filters(kind=Kind.POLICY)),
    Browse(filters=Filters(kind=Kind.GUIDE)),
)


def run(config: Config, targets: Path | None = None, *, cursor: bool = False) -> int:
    """Show the kiosk until SIGTERM; the exit code. Raises window.InvisibleDriver before anything
    is shown.

    targets: a file that always tells what can be touched and where; for tests and the scripted
    visit only.
    """
    screen = config.screen
    with tempfile.TemporaryDirectory(prefix="kiosk-") as home:
        window.prepare(
            screen.width, screen.height, fullscreen=screen.fullscreen, cursor=cursor, home=home
        )
        return Kiosk(config, targets).run()


class Kiosk:
    """The running machine: one window, one library, one printer, one visit at a time."""

    def __init__(self, config: Config, targets: Path | None) -> None:
        from kivy.base import ExceptionManager
        from kivy.clock import Clock
        from kivy.core.window import Window

        from kiosk.screens import ink
        from kiosk.screens.guard import Guard
        from kiosk.screens.loop import Loop
        from kiosk.screens.shell import Shell
        from kiosk.screens.stage import Stage
        from kiosk.screens.theme import NORMAL, Metrics

        self.config = config
        self._targets = targets
        self._clock = Clock
        self._forget_ink = ink.forget
        if Window is None:
            raise window.InvisibleDriver(
                f"连不上显示器 {os.environ.get('DISPLAY', '')}：请检查 X 服务是否在运行"
            )
        kivy_log = logging.getLogger("kivy")
        kivy_log.disabled = False
        kivy_log.setLevel(logging.WARNING)
        ink.register_fonts()
        window.lock(Window)
        Window.clearcolor = NORMAL.ground
        self._window = Window
        self.stage = Stage(self._gate)
        panel = Metrics(Window.width, Window.height, config.screen.diagonal_inch)
        self.shell = Shell(self.stage, panel)
        ExceptionManager.add_handler(Guard(self._failed))
        self._failed_at = -SECOND_FAILURE_S

        self.loop = Loop(self.stage.moving)
        self.tasks = Tasks(self.loop.call)
        self.library = open_library(config.content_root)
        self.journal = open_journal(config.state_folder)
        self.paper = Paper(config.receipt_printer, self.tasks, self._printer_changed)
        self.session: Runner[session.State, session.Event, session.Effect] = Runner(
            lambda state, event: session.step(state, event, self._rules()),
            session.Asleep(),
            self._perform,
            self._session_changed,
        )
        self.visit = self._new_visit()
        self._scope = Scope()
        self._minute = -1
        self._warned = False

    def run(self) -> int:
        """The loop."""
        self._window.add_widget(self.stage)
        self.show()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.loop.stop())
        self._clock.schedule_interval(self._tick, 1)
        self._clock.schedule_once(lambda _dt: self._after_first_frame(), 0)
        self.loop.run(self.stage)
        self.paper.close()
        self.tasks.stop()
        self.journal.record(Audit.STOPPED)
        self.journal.close()
        return 0

    # --- what is shown ---

    def show(self) -> None:
        """Draw what there is to see now."""
        asleep = isinstance(self.session.state, session.Asleep)
        route: Route = Attract() if asleep else self.visit.navigator.here
        words = frame_words.of(
            self.config.site, self.visit.now, self.library.age(), self.paper.status
        )
        self.shell.show(self.visit, route, words, self._acts(), self._warned_for())
        if self._targets:
            self._write_targets(self._targets)

    def _warned_for(self) -> int | None:
        state = self.session.state
        return state.left_s if isinstance(state, session.Warned) else None

    def _acts(self) -> dict[str, Any]:
        visit = self.visit
        prefs = visit.prefs
        return {
            "back": visit.back if visit.navigator.can_go_back else None,
            "home": visit.home,
            "large": lambda: visit.set_prefs(prefs.larger()),
            "contrast": lambda: visit.set_prefs(replace(prefs, contrast=not prefs.contrast)),
            "low": self._lower if self.config.screen.orientation == "portrait" else None,
            "end": visit.end,
        }

    def _lower(self) -> None:
        prefs = self.visit.prefs
        self.visit.set_prefs(replace(prefs, low=not prefs.low))

    def _write_targets(self, path: Path) -> None:
        rows = [
            {"name": t.name, "x": t.x, "y": t.y, "w": t.w, "h": t.h, "on": t.act is not None}
            for t in self.stage.targets()
        ]
        part = path.with_suffix(".part")
        part.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
        part.replace(path)

    # --- the visit ---

    def _new_visit(self) -> Visit:
        hall = Hall(
            library=self.library,
            site=self.config.site,
            tasks=self.tasks,
            desk=DeskOnDemand(self.config) if self.config.desk else None,
            paper=self.paper,
            journal=self.journal,
            clock=hall_time,
        )
        return Visit(hall, self.show, self._end_visit, self._hold)

    def _rules(self) -> session.Rules:
        """Whoever reads large letters gets twice the time."""
        wait = self.config.session
        slow = 2 if self.visit.prefs.scale > 1 else 1
        return session.Rules(idle_s=wait.idle_s * slow, warning_s=wait.warning_s)

    def _gate(self) -> bool:
        """Whether a finger that comes down now only wakes the machine; see flows/session.py."""
        only_wakes = not isinstance(self.session.state, session.Active)
        self.session.send(session.Touched(now_s=time.monotonic()))
        return only_wakes

    def _end_visit(self) -> None:
        self.session.send(session.Ended())

    def _hold(self, on: bool) -> None:  # noqa: FBT001  # begin and end of one thing
        now_s = time.monotonic()
        self.session.send(session.Held(now_s=now_s) if on else session.Released(now_s=now_s))

    def _session_changed(self, state: session.State) -> None:
        match state:
            case session.Warned():
                self._warned = True
                self.show()
            case session.Active() if self._warned:
                self._warned = False
                self.show()
            case _:
                self._warned = False

    def _perform(self, effect: session.Effect) -> None:
        match effect:
            case session.Woke():
                self._record(Audit.VISIT_BEGAN)
                self.visit.navigator.go(Home())
                self.show()
            case session.Forget():
                self.visit.close()
                self._forget_ink()
                self.shell.forget()
                self.visit = self._new_visit()
                self._record(Audit.VISIT_ENDED)
                self.show()
                self._clock.schedule_once(lambda _dt: gc.collect(), 0.5)
                self._warm_up()

    # --- the machine ---

    def _after_first_frame(self) -> None:
        """What can wait until people see something."""
        renderer = self.stage.renderer()
        if "llvmpipe" in renderer.lower():
            log.warning("显示由软件绘制（%s）：4K 屏幕上滚动会卡顿，请安装显卡驱动", renderer)
        self._record(Audit.STARTED)
        # Loads what makes codes, 40 ms that the first document would wait for.
        self.tasks.run("search", self._scope, lambda: matrix("."), lambda _code: None)
        self._warm_up()

    def _warm_up(self) -> None:
        """While nobody is here: learn the letters of the screens most people see first."""
        for number, route in enumerate(FIRST_SCREENS):
            self._clock.schedule_once(lambda _dt, route=route: self._warm(route), 0.5 + number / 5)

    def _warm(self, route: Route) -> None:
        if isinstance(self.session.state, session.Asleep):
            self.shell.warm(self.visit, route)

    def _tick(self, _dt: float) -> None:
        now_s = time.monotonic()
        self.session.send(session.Ticked(now_s=now_s))
        if isinstance(self.visit.printing, Take) and not self.stage.touched_within(TAKEN_AFTER_S):
            self.visit.send(Close())
        minute = self.visit.now.minute
        if minute != self._minute and not self.stage.finger_down:
            self._minute = minute
            self.show()
        self.paper.poll(self.journal)

    def _printer_changed(self, status: PrinterStatus) -> None:
        self.visit.printer_changed(status)

    def _record(self, event: Audit) -> None:
        """Into the journal, off the UI thread: a row waits for the disk."""
        self.tasks.run(
            "journal", self._scope, lambda: self.journal.record(event), lambda _none: None
        )

    def _failed(self, problem: Exception) -> bool:
        """One failure resets the visit; a second within a minute ends the process, which is
        restarted.
        """
        log.error("unexpected %s", type(problem).__name__, exc_info=problem)
        self._record(Audit.UNEXPECTED)
        now_s = time.monotonic()
        if now_s - self._failed_at < SECOND_FAILURE_S:
            sys.exit(1)
        self._failed_at = now_s
        self.session.send(session.Ended())
        return True


def open_journal(folder: Path) -> Journal:
    """The journal in the state folder. Raises BadInputError where nothing can be written."""
    try:
        return Journal(folder / "journal.db")
    except (OSError, sqlite3.Error) as error:
        raise BadInputError(f"[state] folder：{folder} 写不进去（{error}）") from error


def hall_time() -> datetime:
    """Local time of the hall, naive: what stands on the wall beside the machine."""
    return datetime.now().astimezone().replace(tzinfo=None)


class DeskOnDemand:
    """The county's desk, made on its lane at the first question: HTTP is not loaded before it is
    needed.
    """

    def __init__(self, config: Config) -> None:
        self._config = config.desk
        self._desk: Desk | None = None

    def ask(self, number: str, proof: str) -> Answer:
        """See kiosk.cases.Desk."""
        if self._desk is None:
            from kiosk.desks.county import CountyDesk

            assert self._config is not None  # noqa: S101  # the visit asks only where there is one
            self._desk = CountyDesk(self._config.url, self._config.timeout_s)
        return self._desk.ask(number, proof)
