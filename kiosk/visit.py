"""One person's visit: everything personal lives here and goes when this object goes.

Screens see it as screens.base.Visit. It knows no window: `changed` is called when what is shown
has to be drawn again, `ended` when the person wants to leave.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from content_cache.library import Library
from content_cache.model import Item, Kind
from content_cache.results import Found
from kiosk import receipts
from kiosk.cases import Answer, Desk, DeskAway
from kiosk.config import Site
from kiosk.devices.contracts import PrinterStatus, PrintOutcome, Ready
from kiosk.flows import printing, progress
from kiosk.flows.printing import Effect as PrintingEffect
from kiosk.flows.printing import Event as PrintingEvent
from kiosk.flows.printing import State as PrintingState
from kiosk.flows.progress import Effect as ProgressEffect
from kiosk.flows.progress import Event as ProgressEvent
from kiosk.flows.progress import State as ProgressState
from kiosk.flows.runner import Runner
from kiosk.journal import Audit, Journal
from kiosk.paper import Paper
from kiosk.prefs import Health, Prefs
from kiosk.routes import Home, Navigator, Progress, Route, Search
from kiosk.tasks import Scope, Tasks

log = logging.getLogger(__name__)

HINTS = 8
RESULTS = 30


@dataclass(frozen=True, slots=True)
class Hall:
    """What every visit of this machine shares; built once, in kiosk/app.py. clock: local time,
    naive.
    """

    library: Library
    site: Site
    tasks: Tasks
    desk: Desk | None
    paper: Paper
    journal: Journal
    clock: Callable[[], datetime]


class Visit:
    """Navigation, preferences and the flows of one person."""

    def __init__(
        self,
        hall: Hall,
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
        self.health = Health(printer=hall.paper.status, desk=hall.desk is not None)
        self.found: Found | None = None
        self.hints: tuple[str, ...] = ()
        self._asked = ""
        self._question = Scope()
        self._question.close()
        self._printing: Runner[PrintingState, PrintingEvent, PrintingEffect] = Runner(
            printing.step,
            printing.Idle(status=hall.paper.status or Ready()),
            self._print,
            lambda _state: changed(),
        )
        self._progress: Runner[ProgressState, ProgressEvent, ProgressEffect] = Runner(
            progress.step, progress.Entry(), self._ask_desk, lambda _state: changed()
        )

    # --- what the screens read ---

    @property
    def now(self) -> datetime:
        return self._hall.clock()

    @property
    def printing(self) -> PrintingState:
        return self._printing.state

    @property
    def progress(self) -> ProgressState:
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

    def send(self, event: ProgressEvent | PrintingEvent) -> None:
        """An event for the flow it belongs to."""
        if isinstance(event, PrintingEvent):
            self._printing.send(event)
        else:
            self._progress.send(event)

    def print_item(self, item: Item, have: frozenset[int] | None = None) -> None:
        """Offer a slip of this item; of a guide, the one-time notice with what is ticked."""
        now, number = self.now, self._next_number()
        words = site_words(self.site)
        if item.kind is Kind.GUIDE:
            slip = receipts.for_guide(item, have or frozenset(), words, now, number)
        else:
            slip = receipts.for_item(item, words, now, number)
        self._printing.send(printing.Ask(receipt=slip))

    def print_case(self) -> None:
        """Offer a slip of the case that is shown."""
        if isinstance(self.progress, progress.Shown):
            slip = receipts.for_case(
                self.progress.case, site_words(self.site), self.now, self._next_number()
            )
            self._printing.send(printing.Ask(receipt=slip))

    # --- what the machine tells ---

    def printer_changed(self, status: PrinterStatus) -> None:
        """The watched printer says something else now."""
        self.health = replace(self.health, printer=status)
        self._printing.send(printing.StatusChanged(status=status))
        self._changed()

    def close(self) -> None:
        """Forget this person: late answers are dropped, nothing typed stays."""
        self.scope.close()
        self._question.close()
        self._progress.state = progress.Entry()
        self._printing.state = printing.Idle(status=self.health.printer or Ready())
        self.found, self.hints, self._asked = None, (), ""
        self.navigator.reset()

    # --- the rest ---

    def _leave_progress(self, route: Route) -> None:
        """A case is shown to whoever asked for it, not to whoever presses 返回 a minute later."""
        if not isinstance(route, Progress):
            self._give_up_question()
            self._progress.state = progress.Entry()

    def _give_up_question(self) -> None:
        """An answer to a question that was left must not be told to whoever asks next."""
        if self._question.open:
            self._question.close()
            if isinstance(self.progress, progress.Asking):
                self._holding(False)  # noqa: FBT003

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

        def work() -> tuple[Found, tuple[str, ...]]:
            found, hints = (
                library.search(words, route.filters, RESULTS),
                library.suggest(words, HINTS),
            )
            if not found.total and hints:  # letters, or the beginning of a word
                found = library.search(hints[0], route.filters, RESULTS)
            return found, hints

        def then(answer: tuple[Found, tuple[str, ...]]) -> None:
            if self._asked == key:  # else somebody typed on
                self.found, self.hints = answer
                self._changed()

        self._hall.tasks.run("search", self.scope, work, then)

    def _ask_desk(self, effect: ProgressEffect) -> None:
        desk = self._hall.desk
        if desk is None:
            self._progress.send(progress.Answered(answer=DeskAway()))
            return
        self._holding(True)  # noqa: FBT003  # begin and end of one thing
        self._question = Scope()

        def work() -> Answer:
            return desk.ask(effect.number, effect.proof)

        def then(answer: Answer) -> None:
            self._holding(False)  # noqa: FBT003
            self._progress.send(progress.Answered(answer=answer))

        def failed(_problem: Exception) -> None:
            then(DeskAway())

        self._hall.tasks.run("desk", self._question, work, then, failed)

    def _next_number(self) -> str:
        return self._hall.journal.next_number(self.site.machine, self.now.date())

    def _print(self, effect: PrintingEffect) -> None:
        journal = self._hall.journal
        match effect:
            case printing.Print(receipt=receipt, copy=copy):
                self._holding(True)  # noqa: FBT003

                def said(outcome: PrintOutcome) -> None:
                    if self.scope.open:  # else the next person's hold is not ours to end
                        self._holding(False)  # noqa: FBT003
                        self._printing.send(printing.PrinterSaid(outcome=outcome))

                self._hall.paper.print(receipt, copy, journal, said)
            case printing.Settle(number=number, copy=copy, came_out=came_out):
                journal.settle(number, copy, came_out=came_out)
            case printing.TellStaff():
                journal.record(Audit.STAFF_CALLED)
            case printing.Done():
                pass  # the state says it; the sheet goes with it
            case _:
                assert_never(effect)


def site_words(site: Site) -> receipts.SiteWords:
    """The hall's words as paper takes them."""
    return receipts.SiteWords(
        title=site.title, hall=site.hall, machine=site.machine, portal_name=site.portal_name
    )
