"""服务指南二维码矩阵: the guides of one department as codes; a touch enlarges one."""

from __future__ import annotations

from functools import partial

from content_cache.model import Kind
from content_cache.results import Filters, Order
from kiosk.routes import Matrix, Route
from kiosk.screens import ink, pieces
from kiosk.screens.base import Kit, View, Visit
from kiosk.screens.pen import Pen
from kiosk.screens.pieces import Chip
from kiosk.screens.roll import Row
from kiosk.screens.take import code_sheet
from kiosk.screens.theme import Type
from kiosk.text import t


def view(visit: Visit, route: Route, kit: Kit) -> View:
    assert isinstance(route, Matrix)  # noqa: S101  # the screen table sends only these here
    departments = visit.library.facets(Kind.GUIDE).publisher
    chosen = route.publisher
    chips = [Chip(t("matrix.all"), lambda: visit.go(Matrix()), chosen=chosen is None)]
    chips += [
        Chip(
            short_name(count.value),
            partial(visit.go, Matrix(publisher=count.value)),
            chosen=chosen == count.value,
            count=count.count,
        )
        for count in departments
    ]
    rows: list[Row] = [pieces.chips(kit, chips), kit.space(8)]
    total = 0
    for count in departments:
        if chosen in (None, count.value):
            page = visit.library.list(
                Filters(kind=Kind.GUIDE, publisher=count.value), Order.TITLE, limit=500
            )
            total += page.total
            if chosen is None:
                rows.append(_department(kit, short_name(count.value)))
            rows += _grid(visit, route, kit, [(r.id, r.title) for r in page.rows])
    rows += [_note(kit, total), kit.space(30)]
    head = [kit.space(20), pieces.section(kit, t("matrix.title"))]
    sheet = None
    if route.enlarged and (item := visit.library.get(route.enlarged)) and item.source_url:
        sheet = code_sheet(
            kit, item.title, item.source_url, t("matrix.scan"),
            away=lambda: visit.go(Matrix(publisher=chosen)),
        )  # fmt: skip
    hero = (t("frame.looking_at"), t("matrix.title"), t("frame.low_hint"))
    return View(rows, fixed=head, sheet=sheet, hero=hero)


def short_name(publisher: str) -> str:
    """A department as people call it: without the county in front."""
    return publisher.split("县", 1)[-1] or publisher


# A code is scanned from 60 cm: modules of 2 mm, 184 design pixels for a code of 45 modules.
def _grid(visit: Visit, route: Matrix, kit: Kit, guides: list[tuple[str, str]]) -> list[Row]:
    m = kit.m
    space = m.px(16)
    columns = max(2, int((kit.inner + space) // (m.px(184) * m.scale + space)))
    wide = (kit.inner - space * (columns - 1)) / columns
    px = m.tx(Type.SMALL)
    name = px * 1.35 * 2
    tall = wide + name + m.px(14)
    rows = []
    for start in range(0, len(guides), columns):
        part = guides[start : start + columns]

        def draw(pen: Pen, part: list[tuple[str, str]] = part) -> None:
            for number, (item_id, title) in enumerate(part):
                at = pen.moved(kit.edge + number * (wide + space), 0)
                at.rounded(0, 0, wide, tall, kit.c.white, radius=14, border=kit.c.line)
                item = visit.library.get(item_id)
                if item and item.source_url:
                    pieces.code(at, m.px(2), m.px(2), wide - m.px(4), item.source_url)
                lines = ink.clamp(title, wide - m.px(20), px, 2, bold=True)
                top = wide - m.px(4) + (name - len(lines) * px * 1.35) / 2
                at.lines(
                    m.px(10), top, lines, px, kit.c.text,
                    step=px * 1.35, bold=True, align="centre", width=wide - m.px(20),
                )  # fmt: skip
                at.target(
                    0, 0, wide, tall,
                    partial(
                        visit.go, Matrix(publisher=route.publisher, enlarged=item_id)
                    ),
                    f"code-{item_id}", radius=20,
                )  # fmt: skip

        rows += [Row(tall, draw), kit.space(16)]
    return rows


def _department(kit: Kit, name: str) -> Row:
    tall = kit.m.tx(64)
    return Row(
        tall,
        lambda pen: (
            pen.line(kit.edge, 0, name, kit.m.tx(Type.BODY), kit.c.dim, bold=True, box=tall)
            and None
        ),
    )


def _note(kit: Kit, total: int) -> Row:
    px = kit.m.tx(Type.BODY)
    lines = ink.lines_of(t("matrix.note", total=total), kit.inner, px)
    return Row(
        len(lines) * px * 1.5,
        lambda pen: pen.lines(kit.edge, 0, lines, px, kit.c.dim, step=px * 1.5),
    )
