"""From a visit to the panel: picks the screen of the route, lays out its View inside the frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

from kiosk.frame_words import FrameWords
from kiosk.prefs import SCALES, Prefs
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
from kiosk.screens import (
    attract,
    browse,
    detail,
    frame,
    guide,
    home,
    idle,
    ink,
    matrix,
    printing,
    progress,
    search,
)
from kiosk.screens.base import Kit, Screen, Sheet, View, Visit
from kiosk.screens.pen import Act, Pen
from kiosk.screens.roll import Draw, Roll, Row
from kiosk.screens.stage import Layer, Stage
from kiosk.screens.theme import HIGH, NORMAL, Colours, Metrics, Type
from kiosk.text import t

LOW_REACH = 0.45  # of the panel's height, from below


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen, and whether it uses the side column of a landscape panel."""

    view: Screen
    beside: bool = False


SCREENS: dict[type[Route], Entry] = {
    Attract: Entry(attract.view),
    Home: Entry(home.view, beside=True),
    Search: Entry(search.view),
    Browse: Entry(browse.view, beside=True),
    Detail: Entry(detail.view, beside=True),
    Guide: Entry(guide.view, beside=True),
    Matrix: Entry(matrix.view),
    Progress: Entry(progress.view, beside=True),
}


class Shell:
    """Draws on the stage; remembers how far each public screen was scrolled."""

    def __init__(self, stage: Stage, metrics: Metrics) -> None:
        self._stage = stage
        self._panel = metrics
        self._header: Layer | None = None
        self._offsets: dict[Route, float] = {}
        self._shown: Route | None = None

    def forget(self) -> None:
        """Drop what the last person left: how far they scrolled."""
        self._offsets.clear()
        self._shown = None

    def show(
        self,
        visit: Visit,
        route: Route,
        words: FrameWords,
        acts: Mapping[str, Act | None],
        idle_left_s: int | None,
    ) -> None:
        """Draw the whole screen of this route in one frame.

        idle_left_s: the countdown of the idle warning, None when there is none.
        """
        roll = self._stage.main_roll
        if roll is not None and self._shown is not None:
            self._offsets[_place(self._shown)] = roll.offset
        entry = SCREENS[type(route)]
        kit = self._kit(visit.prefs, beside=entry.beside)
        m, colours = kit.m, kit.c
        view = entry.view(visit, route, kit)
        offset = self._offsets.get(_place(route), 0.0)
        parts: list[Layer | Roll] = (
            [_plain(view, m, colours)]
            if view.plain
            else self._framed(view, kit, words, doors(visit, route, acts), offset)
        )
        self._stage.show(parts, colours, m)
        if self._shown is not None and type(self._shown) is not type(route):
            self._stage.settle()
        self._stage.show_sheet(self._sheet(visit, kit, view, idle_left_s))
        self._shown = route

    def warm(self, visit: Visit, route: Route) -> None:
        """Draw a screen nowhere: its letters are known when somebody comes to it."""
        kit = self._kit(visit.prefs, beside=SCREENS[type(route)].beside)
        view = SCREENS[type(route)].view(visit, route, kit)
        area = (0.0, 0.0, kit.width, float(kit.height))
        for rows in (chain(view.fixed, view.rows), view.side or (), [view.bar] if view.bar else ()):
            Roll(rows, area, kit.height, kit.c, kit.m).drop()

    def _kit(self, prefs: Prefs, *, beside: bool) -> Kit:
        """The measures a screen draws in; beside: it uses the side column of a landscape panel."""
        panel = self._panel
        m = Metrics(panel.width, panel.height, panel.diagonal_inch, prefs.scale)
        side = m.px(700) if beside and not m.portrait else 0
        return Kit(
            c=HIGH if prefs.contrast else NORMAL,
            m=m,
            width=m.width - side + (m.px(48) if side else 0),
            side_width=side,
            height=m.height,
            low=prefs.low and m.portrait,
        )

    def _sheet(self, visit: Visit, kit: Kit, view: View, idle_left_s: int | None) -> Layer | None:
        """The most urgent dialog as a layer; in smaller letters where it would not fit."""
        for scale in sorted((scale for scale in SCALES if scale <= kit.m.scale), reverse=True):
            smaller = replace(kit, m=replace(kit.m, scale=scale))
            sheet = _most_urgent(visit, smaller, view, idle_left_s)
            if sheet is None:
                return None
            if scale == SCALES[0] or sheet.height <= kit.m.height - kit.m.px(32):
                return sheet_layer(sheet, smaller)
        return None

    def _framed(
        self,
        view: View,
        kit: Kit,
        words: FrameWords,
        buttons: list[frame.Door],
        offset: float,
    ) -> list[Layer | Roll]:
        m, colours = kit.m, kit.c
        full, tall = float(m.width), float(m.height)
        header, status, footer = frame.heights(m)
        parts: list[Layer | Roll] = []

        def layer(x: float, y: float, paint: Draw) -> None:
            parts.append(Layer(x, y, tall, colours, m, paint))

        top = header
        layer(0, 0, lambda pen: frame.header(pen, full, words.title, words.place, words.now))
        if words.fault:
            layer(0, top, lambda pen: frame.fault_line(pen, full, words.fault))
            top += frame.fault_height(m)
        bottom = tall - footer
        layer(0, bottom, lambda pen: frame.footer(pen, full, buttons))
        bottom -= status
        layer(0, bottom, lambda pen: frame.status_line(pen, full, words.status, good=words.good))
        if view.board:
            bottom -= view.board.height
            layer(0, bottom, view.board.draw)
        side_top, side_bottom = top, bottom
        if view.bar:
            lift = view.bar.height + m.px(24)
            if view.side:
                side_bottom -= lift
                layer(m.width - kit.side_width, side_bottom, view.bar.draw)
                side_bottom -= m.px(16)
            else:
                bottom -= lift
                layer(0, bottom, view.bar.draw)
                bottom -= m.px(24)
        rows = view.rows
        if kit.low:
            line = tall * (1 - LOW_REACH)
            fixed = sum(row.height for row in view.fixed)
            # A keyboard leaves less than the lower part: then the hero makes room.
            hero = min(line, bottom - fixed) - top - m.px(24)
            rows = chain(view.fixed, rows)
            if hero > m.px(200):
                rows = chain((_hero(kit, view.hero, hero), kit.space(24)), rows)
        elif view.fixed:
            fixed = sum(row.height for row in view.fixed)
            layer(0, top, lambda pen: _stack(pen, view.fixed))
            top += fixed
        parts.append(Roll(rows, (0, top, kit.width, bottom - top), tall, colours, m, offset))
        if view.side:
            x = m.width - kit.side_width
            area = (x, side_top, kit.side_width, side_bottom - side_top)
            parts.append(Roll(view.side, area, tall, colours, m))
        return parts


def _place(route: Route) -> Route:
    """Where a scroll position belongs: choices within a screen keep it, other documents do not."""
    match route:
        case Guide(id=item_id, section=section):
            return Guide(id=item_id, section=section)
        case Detail(id=item_id):
            return Detail(id=item_id)
        case Matrix(publisher=publisher):
            return Matrix(publisher=publisher)
        case Browse(filters=filters):
            return Browse(filters=filters)
        case _:
            return route


def _stack(pen: Pen, rows: list[Row]) -> None:
    y = 0.0
    for row in rows:
        row.draw(pen.moved(0, y))
        y += row.height


def _plain(view: View, m: Metrics, colours: Colours) -> Roll:
    return Roll(view.rows, (0, 0, m.width, m.height), m.height, colours, m)


def _hero(kit: Kit, words: tuple[str, ...], height: float) -> Row:
    """The upper half in low reach: it only shows, nothing in it can be touched."""
    m, c = kit.m, kit.c
    small, big, note = (*words, "", "", "")[:3]

    def draw(pen: Pen) -> None:
        pen.rounded(kit.edge, m.px(36), kit.inner, height - m.px(60), c.deep, radius=26)
        x, room = kit.edge + m.px(64), kit.inner - m.px(128)
        y = m.px(36 + 64)
        pen.line(x, y, small, m.px(Type.BODY), c.pale)
        y += m.px(66)
        size = m.px(Type.GIANT)
        fit = int((height - y - m.px(36 + 90)) // (size * 1.4))
        lines = ink.clamp(big, room, size, max(1, min(4, fit)), bold=True)
        y += pen.lines(x, y, lines, size, c.white, step=size * 1.4, bold=True)
        y += m.px(30)
        pen.line(x, y, ink.cut(note, room, m.px(Type.BODY)), m.px(Type.BODY), c.pale)

    return Row(height, draw)


def _most_urgent(visit: Visit, kit: Kit, view: View, idle_left_s: int | None) -> Sheet | None:
    """The idle warning, the print, or the screen's own."""
    if idle_left_s is not None:
        return idle.sheet(kit, idle_left_s)
    return (None if view.plain else printing.sheet(visit, kit)) or view.sheet


def sheet_layer(sheet: Sheet, kit: Kit) -> Layer:
    """A dialog as a layer: everything behind it dims and cannot be touched."""
    m = kit.m
    x, y = (m.width - sheet.width) / 2, (m.height - sheet.height) / 2
    if kit.low:
        y = m.height - sheet.height - m.px(24)

    def paint(pen: Pen) -> None:
        pen.rect(0, 0, m.width, m.height, kit.c.scrim)
        if sheet.away:
            pen.target(0, 0, m.width, m.height, sheet.away, "beside")
        pen.rounded(x, y, sheet.width, sheet.height, kit.c.card, radius=26, border=kit.c.line)
        pen.target(x, y, sheet.width, sheet.height, None, "sheet")
        sheet.draw(pen.moved(x, y))

    return Layer(0, 0, m.height, kit.c, m, paint)


def doors(visit: Visit, route: Route, acts: Mapping[str, Act | None]) -> list[frame.Door]:
    """The footer's seven buttons."""
    prefs = visit.prefs
    speech = visit.health.speech
    at_home = isinstance(route, Home)
    return [
        frame.Door("back", t("frame.back"), "arrow-left", acts["back"]),
        frame.Door("home", t("frame.home"), "home", acts["home"], chosen=at_home),
        frame.Door("large", t("frame.large"), "format-size", acts["large"], chosen=prefs.scale > 1),
        frame.Door(
            "contrast", t("frame.contrast"), "contrast-circle", acts["contrast"],
            chosen=prefs.contrast,
        ),
        frame.Door("low", t("frame.low"), "human-wheelchair", acts["low"], chosen=prefs.low),
        frame.Door(
            "speak",
            t("frame.speak" if speech else "frame.speak_off"),
            "volume-high" if speech else "volume-off",
            acts.get("speak"),
        ),
        frame.Door("end", t("frame.end"), "exit-to-app", acts["end"], leave=True),
    ]  # fmt: skip
