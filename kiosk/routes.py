"""Where a person can be: Route values, and the Navigator that keeps the way back."""

from __future__ import annotations

import msgspec

from content_cache.results import EVERYTHING, Filters


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the routes."""


class Attract(Value, frozen=True, kw_only=True, tag="attract"):
    """The idle poster."""


class Home(Value, frozen=True, kw_only=True, tag="home"):
    """The eight tiles."""


class Search(Value, frozen=True, kw_only=True, tag="search"):
    """Type, see suggestions and results. What was typed never leaves memory, nor a log."""

    words: str = ""
    filters: Filters = EVERYTHING
    typing: bool = True

    def __repr__(self) -> str:
        return "Search(…)"


class Browse(Value, frozen=True, kw_only=True, tag="browse"):
    """The list of one kind, narrowed by filters; `choosing` is the filter whose values are open."""

    filters: Filters
    choosing: str | None = None


class Detail(Value, frozen=True, kw_only=True, tag="detail"):
    """One item; `attachment` is the number of the one shown as a code to take along."""

    id: str
    attachment: int | None = None


class Guide(Value, frozen=True, kw_only=True, tag="guide"):
    """One service guide, opened at a section; `have` are the materials at hand (row numbers)."""

    id: str
    section: str | None = None
    have: frozenset[int] = frozenset()
    attachment: int | None = None


class Matrix(Value, frozen=True, kw_only=True, tag="matrix"):
    """The QR codes of one department; `enlarged` is the id of the code shown large."""

    publisher: str | None = None
    page: int = 0
    enlarged: str | None = None


class Progress(Value, frozen=True, kw_only=True, tag="progress"):
    """The progress query; what is typed lives in its flow. reveal: the password is shown."""

    reveal: bool = False


Route = Attract | Home | Search | Browse | Detail | Guide | Matrix | Progress
ROUTES: tuple[type[Route], ...] = (
    Attract, Home, Search, Browse, Detail, Guide, Matrix, Progress,
)  # fmt: skip

LONGEST_WAY_BACK = 50


class Navigator:
    """The stack of routes of one visit. The bottom is Home."""

    def __init__(self) -> None:
        self._stack: list[Route] = [Home()]

    @property
    def here(self) -> Route:
        return self._stack[-1]

    @property
    def can_go_back(self) -> bool:
        return len(self._stack) > 1

    def go(self, route: Route) -> None:
        """Go one step further. The same screen with other choices
        replaces itself; Home drops the stack.
        """
        if isinstance(route, Home):
            self.reset()
        elif self._is_same_place(route):
            self._stack[-1] = route
        else:
            self._stack.append(route)
            del self._stack[1 : max(1, len(self._stack) - LONGEST_WAY_BACK)]

    def back(self) -> None:
        if self.can_go_back:
            self._stack.pop()

    def reset(self) -> None:
        self._stack = [Home()]

    def _is_same_place(self, route: Route) -> bool:
        match self.here, route:
            case (Search(), Search()) | (Matrix(), Matrix()) | (Progress(), Progress()):
                return True
            case Browse(filters=here), Browse(filters=there):
                return here.kind is there.kind
            case (Guide(id=here), Guide(id=there)) | (Detail(id=here), Detail(id=there)):
                return here == there
            case _:
                return self.here == route
