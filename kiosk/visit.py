"""One person's visit: everything personal lives here and goes when this object goes.

Screens see it as screens.base.Visit. It knows no window: `changed` is called when what is shown has to be drawn
again, `ended` when the person wants to leave.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import msgspec

from content_cache.library import Library
from content_cache.model import Item, Kind
from content_cache.results import Found
from kiosk import receipts
from kiosk.cases import Answer, Desk, DeskAway
from kiosk.config import Site
from kiosk.devices.contracts import PrinterStatus, Ready, Receipt
from kiosk.flows import printing, progress
from kiosk.flows.runner import Runner
from kiosk.prefs import Health, Prefs
from kiosk.routes import Home, Navigator, Progress, Route, Search
from kiosk.tasks import Scope, Tasks

log = logging.getLogger(__name__)

HINTS = 8
RESULTS = 30


class Hall(msgspec.Struct, frozen=True):
    """What every visit of this machine shares: built once, in kiosk/app.py.

    print_slip hands a receipt to the printer's lane and answers with PrinterSaid; next_number gives
    the document number of a new slip; settle tells the ledger what a person said of an unknown one.
    """

    library: Library
    site: Site
    tasks: Tasks
    desk: Desk | None
    print_slip: Callable[[printing.Print, Callable[[object], None]], None]
    settle: Callable[[printing.Settle], None]
    next_number: Callable[[], str]
    clock: Callable[[], datetime]


class Visit:
    """Navigation, preferences and the flows of one person."""

    def __init__(
        self,
        hall: Hall,
        printer: PrinterStatus | None,
        changed: Callable[[], None],
        ended: Callable[[], None],
        holding: Callable[[bool], None],
    ) -> None:
        self._hall = hall
        self._changed = changed
        self._ended = ended
        self._holding = holding
        self.scope = Scope()
        self.navigator = Navigator()
        self.library = hall.library
        self.site = hall.site
        self.prefs = Prefs()
        self.health = Health(printer=printer, desk=hall.desk is not None)
        self.found: Found | None = None
        self.hints: tuple[str, ...] = ()
        self._asked = ""
        self._printing: Runner[printing.State, printing.Event, printing.Effect] = Runner(
            printing.step, printing.Idle(), self._print, lambda _state: changed()
        )
        self._progress: Runner[progress.State, progress.Event, progress.Effect] = Runner(
            progress.step, progress.Entry(), self._ask_desk, lambda _state: changed()
        )

    # --- what the screens read ---

    @property
    def now(self) -> datetime:
        return self._hall.clock()

    @property
    def printing(self) -> printing.State:
        return self._printing.state

    @property
    def progress(self) -> progress.State:
        return self._progress.state

    # --- what the screens ask for ---

    def go(self, route: Route) -> None:
        self._leave_progress(route)
        self.navigator.go(route)
        if isinstance(route, Search):
            self._search(route)
        self._changed()

    def back(self) -> None:
        self.navigator.back()
        here = self.navigator.here
        self._leave_progress(here)
        if isinstance(here, Search):
            self._search(here)
        self._changed()

    def home(self) -> None:
        self.go(Home())

    def end(self) -> None:
        self._ended()

    def set_prefs(self, prefs: Prefs) -> None:
        self.prefs = prefs
        self._changed()

    def send(self, event: progress.Event | printing.Event) -> None:
        """An event for the flow it belongs to."""
        if isinstance(event, printing.Event):
            self._printing.send(event)
        else:
            self._progress.send(event)

    def print_item(self, item: Item, have: frozenset[int] | None = None) -> None:
        """Offer a slip of this item; of a guide, the one-time notice with what is ticked."""
        if item.kind is Kind.GUIDE:
            slip = receipts.for_guide(
                item, have or frozenset(), self.site, self.now, self._hall.next_number()
            )
        else:
            slip = receipts.for_item(item, self.site, self.now, self._hall.next_number())
        self._ask_print(slip)

    def print_case(self) -> None:
        """Offer a slip of the case that is shown."""
        if isinstance(self.progress, progress.Shown):
            number = self._hall.next_number()
            self._ask_print(receipts.for_case(self.progress.case, self.site, self.now, number))

    # --- what the machine tells ---

    def printer_changed(self, status: PrinterStatus | None) -> None:
        """The watched printer says something else now."""
        self.health = replace(self.health, printer=status)
        if status is not None:
            self._printing.send(printing.StatusChanged(status=status))
        self._changed()

    def close(self) -> None:
        """Forget this person: late answers are dropped, nothing typed stays."""
        self.scope.close()
        self._progress.state = progress.Entry()
        self.found, self.hints, self._asked = None, (), ""
        self.navigator.reset()

    # --- the rest ---

    def _leave_progress(self, route: Route) -> None:
        """A case is shown to whoever asked for it, not to whoever presses 返回 a minute later."""
        if not isinstance(route, Progress):
            self._progress.state = progress.Entry()

    def _search(self, route: Search) -> None:
        words = route.words.strip()
        if not words:
            self.found, self.hints, self._asked = None, self.library.suggest("", HINTS), ""
            return
        key = f"{words}\n{route.filters}"
        if key == self._asked:
            return
        self._asked = key
        library = self.library
        limit = 6 if route.typing else RESULTS

        def work() -> tuple[Found, tuple[str, ...]]:
            return library.search(words, route.filters, RESULTS), library.suggest(words, HINTS)

        def then(answer: tuple[Found, tuple[str, ...]]) -> None:
            if self._asked == key:  # else somebody typed on
                self.found, self.hints = answer
                self._changed()

        del limit
        self._hall.tasks.run("search", self.scope, work, then)

    def _ask_desk(self, effect: progress.Effect) -> None:
        desk = self._hall.desk
        if desk is None:
            self._progress.send(progress.Answered(answer=DeskAway()))
            return
        self._holding(True)  # noqa: FBT003  # begin and end of one thing

        def work() -> Answer:
            return desk.ask(effect.number, effect.proof)

        def then(answer: Answer) -> None:
            self._holding(False)  # noqa: FBT003
            self._progress.send(progress.Answered(answer=answer))

        def failed(_problem: Exception) -> None:
            then(DeskAway())

        self._hall.tasks.run("desk", self.scope, work, then, failed)

    def _ask_print(self, slip: Receipt) -> None:
        self._printing.send(printing.Ask(receipt=slip))
        status = self.health.printer
        if status is not None and not isinstance(status, Ready):
            self._printing.send(printing.StatusChanged(status=status))

    def _print(self, effect: printing.Effect) -> None:
        match effect:
            case printing.Print():
                self._holding(True)  # noqa: FBT003

                def said(event: object) -> None:
                    self._holding(False)  # noqa: FBT003
                    assert isinstance(event, printing.PrinterSaid)  # noqa: S101
                    self._printing.send(event)

                self._hall.print_slip(effect, said)
            case printing.Settle():
                self._hall.settle(effect)
            case _:
                pass
