"""Every kind of place a citizen can come to, with the items of the seed that try a screen most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from content_cache.library import Library
from content_cache.model import KINDS, Item, Kind, Validity
from content_cache.results import Filters
from kiosk.cases import Action, Case, Status, Step, StepState
from kiosk.devices.contracts import PaperOut, Ready, Receipt, Text, Unplugged
from kiosk.flows import printing, progress
from kiosk.guides import MATERIALS, materials, sections
from kiosk.routes import (
    Attract,
    Browse,
    Detail,
    Guide,
    Home,
    Matrix,
    Progress,
    Route,
    Search,
)
from kiosk.visit import Visit
from tests.halls import NOW, UiThread

NUMBER = "4109202611090117"
SLIP = Receipt(number="20261120-0042", kind="item", elements=(Text(text="安澜县"),))
CASE = Case(
    number=NUMBER,
    item_title="最低生活保障审核确认",
    applicant_masked="张*三",
    status=Status.CORRECTION,
    steps=(
        Step(title="已收件", at=NOW, note="综合窗口　收件 5 份材料", state=StepState.DONE),
        Step(title="需补正", at=NOW, note="请补交：授权核对书（家庭成员签名）。11月27日前"
             "交到 2 号窗口；补正期间不计时", state=StepState.NOW),
        Step(title="确认", state=StepState.AHEAD),
    ),
    action=Action(title="请补交 1 样材料", lines=("材料：授权核对书", "截止：11月27日")),
    promised_days=15,
    days_left=9,
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where to go, and what has to be true there before it is shown."""

    name: str
    route: Route
    prepare: Callable[[Visit], None] = lambda _visit: None
    idle_left_s: int | None = None

    def enter(self, visit: Visit, ui_thread: UiThread) -> Route | None:
        """Bring a fresh visit here, its search answered; the route to show in its place, if any."""
        visit.printer_changed(Ready())
        if isinstance(self.route, Attract):
            return self.route
        visit.go(self.route)
        if isinstance(self.route, Search) and self.route.words:
            ui_thread.take()
        self.prepare(visit)
        return None


def _asks(state: progress.State) -> Callable[[Visit], None]:
    def prepare(visit: Visit) -> None:
        visit._progress.state = state

    return prepare


def _prints(state: printing.State) -> Callable[[Visit], None]:
    def prepare(visit: Visit) -> None:
        visit._printing.state = state

    return prepare


def every_item(library: Library) -> list[Item]:
    rows = library.list(limit=10_000).rows
    return [item for row in rows if (item := library.get(row.id))]


def places(library: Library) -> list[Place]:
    """All of them; names are unique."""
    items = every_item(library)
    return [
        Place("attract", Attract()),
        Place("home", Home()),
        Place("home-paper-out", Home(), lambda visit: visit.printer_changed(PaperOut())),
        Place("home-idle-warning", Home(), idle_left_s=30),
        *_searches(),
        *_lists(),
        *_documents(items),
        *_guides(items),
        *_codes(library, items),
        *_questions(),
        *_prints_of(max(items, key=lambda item: len(item.title))),
    ]


def _searches() -> list[Place]:
    return [
        Place("search-empty", Search()),
        Place("search-typing", Search(words="d")),
        Place("search-results", Search(words="低保", typing=False)),
        Place("search-nothing", Search(words="qqqqqqqq", typing=False)),
    ]


def _lists() -> list[Place]:
    nowhere = Filters(kind=Kind.POLICY, year=1999)
    return [
        *(Place(f"list-{kind}", Browse(filters=Filters(kind=kind))) for kind in Kind),
        *(
            Place(f"list-{kind}-by-{name}", Browse(filters=Filters(kind=kind), choosing=name))
            for kind in (Kind.POLICY, Kind.GUIDE, Kind.CATALOGUE)
            for name in KINDS[kind].filters
        ),
        Place("list-narrowed-to-nothing", Browse(filters=nowhere)),
    ]


def _documents(items: list[Item]) -> list[Place]:
    chosen = {
        "longest-title": max(items, key=lambda item: len(item.title)),
        "longest-text": max(items, key=lambda item: len(item.blocks)),
        "most-files": max(items, key=lambda item: len(item.attachments)),
        "repealed": next(item for item in items if item.validity is Validity.REPEALED),
        "expired": next(item for item in items if item.validity is Validity.EXPIRED),
        **{str(kind): next(i for i in items if i.kind is kind) for kind in {i.kind for i in items}},
    }
    found = [
        Place(f"detail-{name}", Detail(id=item.id))
        for name, item in sorted(chosen.items())
        if item.kind is not Kind.GUIDE
    ]
    files = chosen["most-files"]
    return [
        *found,
        Place("detail-file", Detail(id=files.id, attachment=0)),
        Place("detail-withdrawn", Detail(id="000000000000")),
        Place(
            "detail-paper-out",
            Detail(id=chosen["longest-title"].id),
            lambda visit: visit.printer_changed(PaperOut()),
        ),
    ]


def _guides(items: list[Item]) -> list[Place]:
    guides = [item for item in items if item.kind is Kind.GUIDE]
    most = max(guides, key=lambda item: len(materials(item)))
    forms = max(guides, key=lambda item: len(item.attachments))
    ticked = frozenset(range(len(materials(most))))
    return [
        Place("guide-most-materials", Guide(id=most.id)),
        Place("guide-all-ticked", Guide(id=most.id, section=MATERIALS, have=ticked)),
        Place("guide-forms", Guide(id=forms.id, section=MATERIALS)),
        Place("guide-form", Guide(id=forms.id, section=MATERIALS, attachment=0)),
        *(Place(f"guide-{name}", Guide(id=most.id, section=name)) for name in sections(most)),
        Place("guide-basic", Guide(id=most.id, section="基本信息")),
        Place("guide-withdrawn", Guide(id="000000000000")),
    ]


def _codes(library: Library, items: list[Item]) -> list[Place]:
    publisher = library.facets(Kind.GUIDE).publisher[0].value
    guide = max((i for i in items if i.kind is Kind.GUIDE), key=lambda item: len(item.title))
    return [
        Place("codes", Matrix()),
        Place("codes-of-one", Matrix(publisher=publisher)),
        Place("code", Matrix(enlarged=guide.id)),
    ]


def _questions() -> list[Place]:
    filled = progress.Entry(number=NUMBER, proof="260117", focus=progress.Field.PROOF)
    refused = progress.Entry(number=NUMBER, fault="desk.no_such_case")
    return [
        Place("progress", Progress()),
        Place("progress-filled", Progress(), _asks(filled)),
        Place("progress-revealed", Progress(reveal=True), _asks(filled)),
        Place("progress-refused", Progress(), _asks(refused)),
        Place("progress-asking", Progress(), _asks(progress.Asking(number=NUMBER))),
        Place("progress-case", Progress(), _asks(progress.Shown(case=CASE))),
    ]


def _prints_of(item: Item) -> list[Place]:
    ready, gone = Ready(), Unplugged()
    states: tuple[printing.State, ...] = (
        printing.Preview(receipt=SLIP),
        printing.Preview(receipt=SLIP, copy=2),
        printing.Sending(receipt=SLIP, copy=1, status=ready),
        printing.Take(status=ready),
        printing.Asking(receipt=SLIP, copy=1, because=gone, status=ready),
        printing.Called(status=ready),
        printing.Blocked(receipt=SLIP, copy=1, because=gone),
    )
    return [
        Place(f"print-{number}-{type(state).__name__.lower()}", Detail(id=item.id), _prints(state))
        for number, state in enumerate(states)
    ]
