"""What a screen is given, and what it gives back.

A screen is a function view(visit, route, kit) -> View. It reads public content through
visit.library, asks for things through visit.go / back / home / end / send, and holds nothing of
its own: whatever a person chose stands in the route or in a flow's state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from kiosk.screens.roll import Draw, Row, gap

if TYPE_CHECKING:
    from content_cache.model import Item, Kind
    from content_cache.results import Age, Facets, Filters, Found, Order, Page, Related
    from content_cache.results import Row as ItemRow
    from kiosk.config import Site
    from kiosk.flows.printing import Event as PrintingEvent
    from kiosk.flows.printing import State as PrintingState
    from kiosk.flows.progress import Event as ProgressEvent
    from kiosk.flows.progress import State as ProgressState
    from kiosk.prefs import Health, Prefs
    from kiosk.routes import Route
    from kiosk.screens.theme import Colours, Metrics


class Reading(Protocol):
    """The questions a screen may put to the library."""

    def get(self, item_id: str) -> Item | None: ...
    def list(
        self, filters: Filters, order: Order = ..., offset: int = 0, limit: int = 20
    ) -> Page: ...
    def facets(self, kind: Kind) -> Facets: ...
    def related(self, item_id: str) -> tuple[Related, ...]: ...
    def newest(self, count: int) -> tuple[ItemRow, ...]: ...
    def age(self) -> Age: ...


class Visit(Protocol):
    """One person's visit, as a screen sees it."""

    @property
    def library(self) -> Reading: ...
    @property
    def site(self) -> Site: ...
    @property
    def prefs(self) -> Prefs: ...
    @property
    def health(self) -> Health: ...
    @property
    def found(self) -> Found | None: ...
    @property
    def hints(self) -> tuple[str, ...]: ...
    @property
    def printing(self) -> PrintingState: ...
    @property
    def progress(self) -> ProgressState: ...

    def go(self, route: Route) -> None: ...
    def back(self) -> None: ...
    def end(self) -> None: ...
    def send(self, event: PrintingEvent | ProgressEvent) -> None: ...
    def print_item(self, item: Item, have: frozenset[int] | None = None) -> None: ...
    def print_case(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """A dialog in the middle: width is its card's, draw gets a pen at the card's left top
    corner.
    """

    width: float
    height: float
    draw: Draw
    away: Callable[[], None] | None = None


@dataclass(slots=True)
class View:
    """What a screen shows: rows that scroll (made as they come into sight), and what stands still.

    bar stays above the footer, under the side column where there is one; side is the right column
    of a landscape panel (its rows follow the main ones in portrait where the screen wants that
    itself); board is a keyboard or number pad at the bottom. plain: no frame. fixed rows stand
    still above the roll. sheet is a dialog over everything. hero is what the upper half says in
    low reach.
    """

    rows: Iterable[Row]
    bar: Row | None = None
    side: list[Row] | None = None
    board: Row | None = None
    fixed: list[Row] = field(default_factory=list)
    hero: tuple[str, ...] = ()
    sheet: Sheet | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Kit:
    """Measures of the place a screen draws in: width is that of its main column."""

    c: Colours
    m: Metrics
    width: float
    side_width: float
    height: float
    low: bool = False

    @property
    def edge(self) -> float:
        """The margin left and right."""
        return self.m.px(48)

    @property
    def inner(self) -> float:
        return self.width - 2 * self.edge

    def step(self, size: float, spacing: float = 1.5) -> float:
        """The height of one line of text of this design size."""
        return self.m.tx(size * spacing)

    def space(self, design: float = 24) -> Row:
        return gap(self.m.px(design))


Screen = Callable[[Visit, "Route", Kit], View]
