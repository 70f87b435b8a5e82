"""办事进度: number and password with a drawing of where they stand; then what to do now, then the
history.
"""

from __future__ import annotations

from functools import partial

from kiosk.cases import Case, Status, Step, StepState
from kiosk.faults import FAULTS
from kiosk.flows.progress import (
    Asking,
    Backspace,
    Clear,
    Entry,
    Field,
    Focus,
    Key,
    Shown,
    Submit,
)
from kiosk.routes import Progress, Route
from kiosk.screens import ink, pieces
from kiosk.screens.base import Kit, View, Visit
from kiosk.screens.body import Card
from kiosk.screens.info import info_card
from kiosk.screens.keyboard import pad
from kiosk.screens.pen import Pen
from kiosk.screens.pieces import Button
from kiosk.screens.printing import print_button
from kiosk.screens.roll import Row
from kiosk.screens.theme import Type
from kiosk.text import t


def view(visit: Visit, route: Route, kit: Kit) -> View:
    assert isinstance(route, Progress)  # noqa: S101  # the screen table sends only these here
    hero = (t("frame.looking_at"), t("tile.progress"), t("frame.low_hint"))
    state = visit.progress
    match state:
        case Shown(case=case):
            return _result(visit, kit, case, hero)
        case Asking():
            card = Card(kit)
            card.space(80)
            card.text(t("progress.asking"), size=Type.TILE, bold=True, centred=True)
            card.text(t("progress.asking_note"), centred=True, dim=True)
            card.space(80)
            return View([kit.space(120), *card.rows()], hero=hero)
        case Entry():
            return _entry(visit, kit, state, hero, reveal=route.reveal)


def _entry(visit: Visit, kit: Kit, state: Entry, hero: tuple[str, ...], *, reveal: bool) -> View:
    m = kit.m
    head = [kit.space(20), pieces.section(kit, t("tile.progress"))]
    rows: list[Row] = []
    if not visit.health.desk:
        card = Card(kit)
        card.space(50)
        card.text(t("progress.no_desk"), size=Type.TILE, bold=True, centred=True)
        card.text(
            t("progress.no_desk_note", window=visit.site.help_window, phone=visit.site.help_phone),
            centred=True,
            dim=True,
        )
        card.space(50)
        return View([kit.space(40), *card.rows()], fixed=head, hero=hero)
    column = Kit(kit.c, m, kit.side_width, 0, kit.height) if not m.portrait else kit
    keys = pad(
        column,
        lambda digit: visit.send(Key(char=digit)),
        lambda: visit.send(Backspace()),
        lambda: visit.send(Clear()),
    )
    ask = pieces.button_row(
        column, [Button(t("progress.ask"), lambda: visit.send(Submit()), name="ask")]
    )
    rows.append(_fields(visit, kit, state, reveal=reveal))
    words = state.message or (FAULTS[state.fault].words if state.fault else "")
    if words:
        rows += [kit.space(12), _message(kit, words)]
    note = _note(visit, kit)
    if m.portrait:
        rows += [kit.space(26), keys, kit.space(24), ask, kit.space(24), note, kit.space(24)]
        return View(rows, fixed=head, hero=hero)
    rows += [kit.space(24), note]
    return View(rows, fixed=head, side=[kit.space(24), keys, kit.space(18), ask], hero=hero)


def _fields(visit: Visit, kit: Kit, state: Entry, *, reveal: bool) -> Row:
    m, c = kit.m, kit.c
    beside = m.scale == 1
    label, field, space = m.tx(44), max(m.tx(104), m.touch), m.px(22)
    stack = 2 * (label + field) + space
    art_tall = max(m.px(470), stack) if beside else 0
    art_wide = m.px(380)
    left = kit.edge + (art_wide + m.px(32) if beside else 0)
    wide = kit.width - kit.edge - left
    tall = art_tall or stack

    def draw(pen: Pen) -> None:
        if beside:
            _receipt(pen.moved(kit.edge, 0), kit, art_wide, art_tall)
        y = 0.0
        for name, title in (
            (Field.NUMBER, t("progress.number")),
            (Field.PROOF, t("progress.proof")),
        ):
            chosen = state.focus is name
            pen.line(left, y, title, m.tx(Type.BODY), c.text, box=label)
            y += label
            border = c.blue if chosen else c.line
            pen.rounded(
                left, y, wide, field, c.card, radius=18, border=border, thick=4 if chosen else 2
            )
            size = m.tx(Type.TILE)
            shown = state.number_grouped
            if name is Field.PROOF:
                shown = state.proof if reveal else "●" * len(state.proof)
            while ink.width_of(shown, size) > wide - m.px(70) and len(shown) > 1:
                shown = shown[1:]
            used = pen.line(left + m.px(30), y, shown, size, c.text, box=field)
            if chosen:
                x = left + m.px(30) + used + m.px(4)
                pen.rect(x, y + field * 0.25, m.px(3), field * 0.5, c.blue)
            pen.target(
                left, y, wide, field, partial(visit.send, Focus(field=name)),
                f"field-{name}", radius=18,
            )  # fmt: skip
            if name is Field.PROOF:
                x = left + wide - m.touch - m.px(10)
                eye = "eye-off" if reveal else "eye"
                pen.icon(x + m.touch / 2, y + field / 2, eye, m.px(48), c.dim)
                pen.target(
                    x, y, m.touch, field, lambda: visit.go(Progress(reveal=not reveal)), "eye",
                    radius=18,
                )  # fmt: skip
            y += field + space

    return Row(tall, draw)


def _receipt(pen: Pen, kit: Kit, wide: float, tall: float) -> None:
    """The drawing of a receipt: ① the number, ② the password."""
    m, c = kit.m, kit.c
    pen.rounded(0, 0, wide, tall, c.card, radius=18, border=c.line)
    px = m.px(Type.SMALL)
    pen.line(
        0, m.px(26), t("progress.receipt"), m.px(Type.BODY), c.text,
        bold=True, box=m.px(44), align="centre", width=wide,
    )  # fmt: skip
    pen.line(m.px(32), m.px(80), t("progress.receipt_item"), px, c.dim, box=m.px(36))
    pen.line(m.px(32), m.px(118), t("progress.receipt_time"), px, c.dim, box=m.px(36))
    pen.rounded(
        m.px(28), m.px(166), wide - m.px(56), m.px(96), c.card, radius=8, border=c.red, thick=4
    )
    pen.line(m.px(44), m.px(172), t("progress.receipt_number"), px, c.text, box=m.px(40))
    pen.line(m.px(44), m.px(212), "4109 2026 ×××× ①", px, c.text, bold=True, box=m.px(40))
    pen.rounded(
        m.px(28), m.px(280), wide - m.px(56), m.px(60), c.card, radius=8, border=c.red, thick=4
    )
    pen.line(m.px(44), m.px(280), t("progress.receipt_proof"), px, c.text, box=m.px(60))
    lines = ink.lines_of(t("progress.receipt_note"), wide - m.px(64), px)
    pen.lines(m.px(32), m.px(360), lines, px, c.dim, step=px * 1.5)


def _message(kit: Kit, words: str) -> Row:
    px = kit.m.tx(Type.BODY)
    lines = ink.lines_of(words, kit.inner - kit.m.px(110), px)
    tall = len(lines) * px * 1.5 + kit.m.px(32)

    def draw(pen: Pen) -> None:
        pen.rounded(kit.edge, 0, kit.inner, tall, kit.c.sand, radius=16, border=kit.c.amber)
        pen.icon(kit.edge + kit.m.px(48), tall / 2, "alert", kit.m.px(40), kit.c.amber)
        pen.lines(
            kit.edge + kit.m.px(86), kit.m.px(16), lines, px, kit.c.amber, step=px * 1.5, bold=True
        )

    return Row(tall, draw)


def _note(visit: Visit, kit: Kit) -> Row:
    px = kit.m.tx(Type.SMALL)
    words = t("progress.note", window=visit.site.help_window)
    lines = ink.lines_of(words, kit.inner - kit.m.px(44), px)
    step = px * 1.5

    def draw(pen: Pen) -> None:
        pen.icon(kit.edge + kit.m.px(16), step / 2, "face-agent", kit.m.px(32), kit.c.dim)
        pen.lines(kit.edge + kit.m.px(44), 0, lines, px, kit.c.dim, step=step)

    return Row(len(lines) * step, draw)


def _result(visit: Visit, kit: Kit, case: Case, hero: tuple[str, ...]) -> View:
    head = [kit.space(20), pieces.section(kit, t("progress.title"))]
    pairs = [
        (t("progress.item"), case.item_title),
        (t("progress.applicant"), case.applicant_masked),
        (t("progress.number_short"), case.number_masked),
        (t("progress.promised"), case.time_words),
    ]
    pairs = [(label, value) for label, value in pairs if value]
    columns = 1 if kit.m.scale > 1 else 2
    rows = [*info_card(kit, [*pairs], columns=columns), kit.space(26)]
    rows += _action(kit, case)
    rows += _timeline(kit, case)
    rows.append(kit.space(24))
    place = Kit(kit.c, kit.m, kit.side_width, 0, kit.height) if not kit.m.portrait else kit
    slip = print_button(visit, visit.print_case)
    leave = Button(t("progress.leave"), visit.end, icon="exit-to-app", kind="leave", name="leave")
    bar = pieces.button_row(place, [slip, leave])
    side = None if kit.m.portrait else [kit.space(110), _note(visit, place)]
    return View(rows, fixed=head, bar=bar, side=side, hero=hero)


def _action(kit: Kit, case: Case) -> list[Row]:
    """What the citizen has to do now, before any history."""
    if case.action is None:
        return []
    m, c = kit.m, kit.c
    big, px = m.tx(Type.TILE), m.tx(Type.BODY)
    left = kit.edge + m.px(140)
    room = kit.inner - m.px(180)
    titles = ink.lines_of(case.action.title, room, big, bold=True)
    lines = [line for words in case.action.lines for line in ink.lines_of(words, room, px)]
    tall = m.px(56) + len(titles) * big * 1.4 + len(lines) * px * 1.5

    def draw(pen: Pen) -> None:
        border = c.amber if c.sand == c.card else None
        pen.rounded(kit.edge, 0, kit.inner, tall, c.sand, radius=20, border=border)
        pen.icon(kit.edge + m.px(72), tall / 2, "alert", m.px(72), c.amber)
        y = m.px(28)
        y += pen.lines(left, y, titles, big, c.amber, step=big * 1.4, bold=True)
        pen.lines(left, y, lines, px, c.text, step=px * 1.5)

    return [Row(tall, draw), kit.space(26)]


def _timeline(kit: Kit, case: Case) -> list[Row]:
    card = Card(kit, pad=34)
    card.space(26)
    last = len(case.steps) - 1
    warned = case.status in (Status.CORRECTION, Status.REFUSED, Status.RETURNED)
    for number, step in enumerate(case.steps):
        _step(card, step, first=number == 0, last=number == last, warned=warned)
    card.space(20)
    return list(card.rows())


def _step(card: Card, step: Step, *, first: bool, last: bool, warned: bool) -> None:
    """One dot of the line: done, now or ahead, when, and what was said."""
    kit = card.kit
    m, c = kit.m, kit.c
    px, small, big = m.tx(Type.BODY), m.tx(Type.SMALL), m.tx(Type.TITLE)
    hang = m.px(96)
    notes = ink.lines_of(step.note, card.room - hang, px) if step.note else []
    when = f"{step.at:%Y-%m-%d %H:%M}" if step.at else ""
    ahead = step.state is StepState.AHEAD
    tall = big * 1.5 + (small * 1.5 if when else 0) + len(notes) * px * 1.5 + m.px(26)
    mark, colour = "check", c.green
    if step.state is StepState.NOW:
        mark, colour = ("alert", c.amber) if warned else ("progress-clock", c.blue)

    def draw(pen: Pen) -> None:
        x, y = card.left + m.px(34), big * 0.75
        if not last:
            pen.rect(x - m.px(3), y, m.px(6), tall - y, c.line)
        if not first:
            pen.rect(x - m.px(3), 0, m.px(6), y, c.line)
        pen.circle(x, y, m.px(26), c.line if ahead else colour)
        if not ahead:
            pen.icon(x, y, mark, m.px(34), c.white)
        left = card.left + hang
        pen.line(left, 0, step.title, big, c.dim if ahead else c.text, bold=True, box=big * 1.5)
        top = big * 1.5
        if when:
            pen.line(left, top, when, small, c.dim, box=small * 1.5)
            top += small * 1.5
        pen.lines(left, top, notes, px, c.text, step=px * 1.5)

    card.add(tall, draw)
