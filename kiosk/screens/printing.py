"""打印: the button that says why it is off, and the sheets of a print from preview to 请取走."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.flows.printing import (
    Asking,
    Blocked,
    Called,
    CallStaff,
    CameOut,
    Close,
    Confirm,
    DidNot,
    Idle,
    Preview,
    Retry,
    Sending,
    Take,
)
from kiosk.printer_words import why_not
from kiosk.screens import ink, pieces
from kiosk.screens.base import Kit, Sheet, Visit
from kiosk.screens.pen import Pen
from kiosk.screens.pieces import Button
from kiosk.screens.theme import Colour, Type
from kiosk.text import t

if TYPE_CHECKING:
    from kiosk.screens.pen import Act


def print_button(visit: Visit, act: Act, words: str = "") -> Button:
    """The slip button; drawn off with the reason when the printer cannot."""
    reason = why_not(visit.health.printer)
    if reason:
        return Button(reason, None, icon="printer-alert", kind="outline", name="print")
    return Button(words or t("print.slip"), act, icon="receipt-text", name="print")


def sheet_of(
    kit: Kit,
    *,
    title: str,
    lines: list[str],
    buttons: list[Button],
    picture: str = "",
    title_colour: Colour | None = None,
    mark: tuple[str, Colour] | None = None,
) -> Sheet:
    """One question, big answers: a drawing or an icon, a title, a line or two, buttons in a
    column.
    """
    m = kit.m
    wide = min(m.px(860), kit.width - m.px(96))
    inner = wide - 2 * m.px(64)
    px, small = m.tx(Type.HEADER), m.tx(Type.BODY)
    titles = ink.lines_of(title, inner, px, bold=True)
    texts = [line for words in lines for line in ink.lines_of(words, inner, small)]
    button = max(m.tx(104), m.touch)
    space = m.px(22)
    art = m.px(220) if picture == "paper" else m.px(130) if mark else 0
    tall = (
        m.px(64) + art + m.px(24) + len(titles) * px * 1.35 + m.px(8)
        + len(texts) * small * 1.5 + m.px(28) + len(buttons) * (button + space) + m.px(30)
    )  # fmt: skip

    def draw(pen: Pen) -> None:
        y = m.px(64)
        if picture == "paper":
            paper(pen, wide / 2, y, kit)
        elif mark:
            pen.icon(wide / 2, y + m.px(60), mark[0], m.px(120), mark[1])
        y += art + m.px(24)
        y += pen.lines(
            m.px(64), y, titles, px, title_colour or kit.c.text,
            step=px * 1.35, bold=True, align="centre", width=inner,
        )  # fmt: skip
        y += m.px(8)
        y += pen.lines(
            m.px(64), y, texts, small, kit.c.dim,
            step=small * 1.5, align="centre", width=inner,
        )  # fmt: skip
        y += m.px(28)
        for b in buttons:
            pieces.button(pen, m.px(64), y, inner, button, b)
            y += button + space

    return Sheet(wide, tall, draw)


def paper(pen: Pen, middle: float, top: float, kit: Kit) -> None:
    """The drawing of the slot with paper hanging out of it."""
    m = kit.m
    slot = (0.22, 0.27, 0.34, 1.0)
    edge = (0.66, 0.71, 0.80, 1.0)
    pen.rounded(middle - m.px(170), top, m.px(340), m.px(70), slot, radius=14)
    pen.rounded(
        middle - m.px(98), top + m.px(56), m.px(196), m.px(12), (0.05, 0.07, 0.1, 1), radius=6
    )
    pen.rect(middle - m.px(89), top + m.px(60), m.px(178), m.px(132), edge)
    pen.rect(middle - m.px(86), top + m.px(60), m.px(172), m.px(128), kit.c.white)
    for number, share in enumerate((1.0, 1.0, 0.62)):
        pen.rect(middle - m.px(70), top + m.px(82 + 32 * number), m.px(140) * share, m.px(8), edge)


def sheet(visit: Visit, kit: Kit) -> Sheet | None:
    """The dialog of the print that is under way, or None."""
    state = visit.printing
    site = visit.site
    match state:
        case Idle():
            return None
        case Preview(copy=copy):
            return sheet_of(
                kit,
                title=t("print.preview" if copy == 1 else "print.again"),
                lines=[t("print.preview_note" if copy == 1 else "print.again_note")],
                picture="paper",
                buttons=[
                    Button(t("print.confirm"), lambda: visit.send(Confirm()), name="print-confirm"),
                    Button(
                        t("print.cancel"),
                        lambda: visit.send(Close()),
                        kind="outline",
                        name="print-cancel",
                    ),
                ],
            )
        case Sending():
            return sheet_of(
                kit, title=t("print.now"), lines=[t("print.now_note")], picture="paper", buttons=[]
            )
        case Take():
            return sheet_of(
                kit,
                title=t("print.done"),
                title_colour=kit.c.green,
                lines=[t("print.done_note")],
                picture="paper",
                buttons=[Button(t("sheet.close"), lambda: visit.send(Close()), name="print-taken")],
            )
        case Asking():
            return sheet_of(
                kit,
                title=t("print.unknown"),
                lines=[t("print.unknown_note")],
                mark=("alert", kit.c.amber),
                buttons=[
                    Button(t("print.came_out"), lambda: visit.send(CameOut()), name="came-out"),
                    Button(
                        t("print.did_not"),
                        lambda: visit.send(DidNot()),
                        kind="outline",
                        name="did-not",
                    ),
                    Button(
                        t("print.staff"),
                        lambda: visit.send(CallStaff()),
                        icon="face-agent",
                        kind="leave",
                        name="call-staff",
                    ),
                ],
            )
        case Called():
            return sheet_of(
                kit,
                title=t("print.staff_title"),
                lines=[t("print.staff_note", window=site.help_window, phone=site.help_phone)],
                mark=("face-agent", kit.c.blue),
                buttons=[Button(t("sheet.close"), lambda: visit.send(Close()), name="called-ok")],
            )
        case Blocked(because=because):
            return sheet_of(
                kit,
                title=t("print.blocked"),
                lines=[t("print.blocked_note", why=why_not(because))],
                mark=("printer-alert", kit.c.amber),
                buttons=[
                    Button(t("print.retry"), lambda: visit.send(Retry()), name="print-retry"),
                    Button(t("sheet.close"), lambda: visit.send(Close()), kind="outline"),
                ],
            )
        case _:
            assert_never(state)
