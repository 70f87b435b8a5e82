"""A survey of every place on panels of every shape: what is drawn and what can be touched, checked
against the rules of the design. Each rule looks at one screen and yields what breaks it.

Imported once the window is open: Kivy reads its environment at the first import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from kiosk.prefs import Prefs
from kiosk.screens import ink
from kiosk.screens.pen import Target
from kiosk.screens.roll import Roll
from kiosk.screens.stage import Layer, Stage
from kiosk.screens.theme import HIGH, NORMAL, Metrics
from tests.canvas import Shape, shapes
from tests.halls import Citizen, UiThread
from tests.places import Place, places
from tests.screens.looks import Finding, Look, contrast

if TYPE_CHECKING:
    from kiosk.visit import Hall
    from tests.glass import Glass

PIXEL = 1.0  # places are rounded to whole pixels
PAGES = 3  # how far each roll is read
LOW_REACH = 0.55  # of the height, from above: nothing to touch above it
LIST_ROWS = ("item-", "material-")


class Screen(NamedTuple):
    """One place as one look shows it. first: nothing was scrolled yet."""

    place: Place
    look: Look
    stage: Stage
    first: bool = True

    @property
    def metrics(self) -> Metrics:
        return Metrics(*self.look.size, scale=self.look.scale)

    @property
    def parts(self) -> list[Layer | Roll]:
        sheet = self.stage._sheet
        return [*self.stage._parts, *([sheet] if sheet else [])]

    def drawn(self, part: Layer | Roll) -> list[Shape]:
        return list(shapes(part.canvas, self.look.size[1]))

    def touched(self, part: Layer | Roll) -> list[Target]:
        """What does something when touched; beside a dialog is everywhere."""
        return [target for target in part.targets() if target.act and target.name != "beside"]


Broken = Iterator[tuple[str, str]]  # what, detail


# --- touch ----------------------------------------------------------------------------------------


def small_target(screen: Screen) -> Broken:
    """At least 20 mm in both directions, 25 mm in large text."""
    mm = screen.metrics.px_per_mm
    least = (25 if screen.look.scale > 1 else 20) * mm - PIXEL / 2
    for part in screen.parts:
        for t in screen.touched(part):
            if min(t.w, t.h) < least:
                yield t.name, f"{t.w / mm:.1f} x {t.h / mm:.1f} mm"


def overlapping_targets(screen: Screen) -> Broken:
    """One lies wholly on the other, such as a button in a row, or they do not touch."""
    for part in screen.parts:
        for below, above in combinations(part.targets(), 2):
            wide, tall = _gap(below, above)
            if wide < -PIXEL and tall < -PIXEL and not _lies_on(above, below):
                yield above.name, f"on {below.name}"


def crowded_targets(screen: Screen) -> Broken:
    """3 mm apart. Not so the rows of one list; the box and the button of the search, which open the
    same keyboard; a heading's way to more, whose words stand further off than its target.
    """
    least = 3 * screen.metrics.px_per_mm - PIXEL
    for part in screen.parts:
        for one, other in combinations(screen.touched(part), 2):
            gap = max(_gap(one, other))
            names = {one.name, other.name}
            if (
                -PIXEL <= gap < least
                and not all(name.startswith(LIST_ROWS) for name in names)
                and names != {"search-box", "search-submit"}
                and not any(name.endswith("›") for name in names)
            ):
                yield one.name, f"{gap / screen.metrics.px_per_mm:.1f} mm from {other.name}"


def out_of_reach(screen: Screen) -> Broken:
    """In low reach everything that can be touched at first lies in the lower 45 % of a portrait
    panel. A landscape one is half as high.
    """
    if not (screen.look.low and screen.first and screen.metrics.portrait):
        return
    line = screen.look.size[1] * LOW_REACH
    for t in screen.stage.targets():
        if t.act and t.name != "beside" and t.y < line - PIXEL:
            yield t.name, f"begins {line - t.y:.0f} px above the line"


def _gap(one: Target, other: Target) -> tuple[float, float]:
    """How far apart, sideways and downwards; negative where they share that direction."""
    wide = max(one.x, other.x) - min(one.x + one.w, other.x + other.w)
    tall = max(one.y, other.y) - min(one.y + one.h, other.y + other.h)
    return wide, tall


def _lies_on(above: Target, below: Target) -> bool:
    return (
        above.x >= below.x - PIXEL
        and above.y >= below.y - PIXEL
        and above.x + above.w <= below.x + below.w + PIXEL
        and above.y + above.h <= below.y + below.h + PIXEL
    )


# --- drawing --------------------------------------------------------------------------------------


def outside(screen: Screen) -> Broken:
    """Nothing beside the panel; nothing beside its column; no dialog higher than the panel."""
    width, height = screen.look.size
    for part in screen.parts:
        left, right = (part.x, part.x + part.w) if isinstance(part, Roll) else (0.0, width)
        for s in screen.drawn(part):
            if s.x < left - PIXEL or s.x + s.w > right + PIXEL:
                yield s.words or "shape", f"{s.x:.0f} to {s.x + s.w:.0f}"
            elif isinstance(part, Layer) and (s.y < -PIXEL or s.y + s.h > height + PIXEL):
                yield s.words or "shape", f"{s.y:.0f} to {s.y + s.h:.0f}, height {height}"


def words_upon_words(screen: Screen) -> Broken:
    """No two lines of text share their middle part, where the letters are."""
    for part in screen.parts:
        texts = [s for s in screen.drawn(part) if s.words and not s.icon]
        texts.sort(key=lambda s: s.y)
        for number, one in enumerate(texts):
            for other in texts[number + 1 :]:
                if other.y > one.y + one.h:
                    break
                wide = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
                bottom = min(one.y + 0.7 * one.h, other.y + 0.7 * other.h)
                if wide > 4 and bottom - max(one.y + 0.3 * one.h, other.y + 0.3 * other.h) > 2:
                    yield one.words or "", f"and {other.words}"


def words_out_of_their_row(screen: Screen) -> Broken:
    """The letters of a row stay in it: the next row would be drawn over them."""
    for part in screen.parts:
        if isinstance(part, Roll):
            for number, (group, _) in part._drawn.items():
                top, bottom = part._tops[number], part._tops[number + 1]
                for s in shapes(group, 0):
                    low, high = s.y + 0.25 * s.h, s.y + 0.75 * s.h
                    if s.words and not s.icon and (low < top - PIXEL or high > bottom + PIXEL):
                        yield s.words, f"{low - top:.0f} to {high - top:.0f} of {bottom - top:.0f}"


def faint_words(screen: Screen) -> Broken:
    """Contrast by WCAG 2.2: 4.5 for words, 7 in high contrast, 3 for icons. Icons and names of what
    is drawn off are let be, as WCAG lets them; an off button that says why is not.
    """
    if screen.metrics.scale != 1 or screen.look.low:
        return  # the colours are the same
    theme = HIGH if screen.look.contrast else NORMAL
    for part in screen.parts:
        off = [t for t in part.targets() if t.act is None and t.name in ("back", "speak")]
        below: list[Shape] = []
        for s in screen.drawn(part):
            if not s.words:
                if s.plain and s.colour[3] == 1:
                    below.append(s)
                continue
            x, y = s.x + s.w / 2, s.y + s.h / 2
            ground = next((b.colour for b in reversed(below) if b.covers(x, y)), theme.ground)
            least = 3.0 if s.icon else 7.0 if screen.look.contrast else 4.5
            seen = contrast(s.colour, ground)
            if seen < least and not any(t.holds(x, y) for t in off):
                yield "icon" if s.icon else s.words, f"{seen:.2f}:1"


RULES: tuple[Callable[[Screen], Broken], ...] = (
    small_target,
    overlapping_targets,
    crowded_targets,
    out_of_reach,
    outside,
    words_upon_words,
    words_out_of_their_row,
    faint_words,
)


# --- the survey -----------------------------------------------------------------------------------


class Survey:
    """Goes to every place once for each look and keeps what was found."""

    def __init__(self, glass: Glass, hall: Hall, ui_thread: UiThread) -> None:
        self._glass, self._hall, self._ui_thread = glass, hall, ui_thread
        self._found: dict[Look, frozenset[Finding]] = {}
        self.places = places(hall.library)

    def of(self, look: Look) -> frozenset[Finding]:
        """What breaks a rule, in all places together."""
        if look not in self._found:
            self._found[look] = frozenset(
                finding for place in self.places for finding in self._at(place, look)
            )
        return self._found[look]

    def _at(self, place: Place, look: Look) -> Iterator[Finding]:
        visit = Citizen(self._hall).visit
        visit.set_prefs(Prefs(scale=look.scale, contrast=look.contrast, low=look.low))
        route = place.enter(visit, self._ui_thread)
        ink.forget()  # so that every text of this screen is still known by its texture
        stage = self._glass.show(visit, look.size, route, idle_left_s=place.idle_left_s)
        yield from _broken(Screen(place, look, stage))
        rolls = [part for part in stage._parts if isinstance(part, Roll) and part.furthest]
        if look.low or look.contrast or stage._sheet or not rolls:
            return  # the same rows were seen
        for page in range(1, PAGES):
            moved = [roll.scroll_to(page * 0.9 * roll.h) for roll in rolls]
            if not any(moved):
                return
            yield from _broken(Screen(place, look, stage, first=False))


def _broken(screen: Screen) -> Iterator[Finding]:
    for rule in RULES:
        for what, detail in rule(screen):
            yield Finding(rule.__name__, screen.place.name, what, detail)
