"""An item cut into the passages search indexes, and the row a list shows of it: pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from content_cache.model import Block, Fact, Heading, Item, Kind, Paragraph, Picture, Steps, Table
from content_cache.results import Row
from content_cache.words.numbers import article_of
from content_cache.words.snippets import opening

# A passage's number is its item's number shifted left by this many bits, plus its place in the
# item: the item of a full-text hit is then known without a join.
PASSAGE_BITS = 12
MOST_PASSAGES = 1 << PASSAGE_BITS

# A passage is one article where there are articles, else about this many characters.
PASSAGE_CHARACTERS = 240

# What a list row shows beside title, publisher and date. None: every fact, the table is made of
# them.
ROW_FACTS: dict[Kind, tuple[str, ...] | None] = {
    Kind.GUIDE: ("承诺时限", "收费", "办理窗口", "办事主题"),
    Kind.CONSULTATION: ("意见截止",),
    Kind.CATALOGUE: None,
}
THEME = "办事主题"


# A paragraph much longer than a passage is cut after a sentence.
_LONGEST_LINE = 2 * PASSAGE_CHARACTERS
_SENTENCES = re.compile(
    rf".{{1,{_LONGEST_LINE}}}(?:[。；！？]|$)|.{{1,{_LONGEST_LINE}}}", re.DOTALL
)


class Passage(msgspec.Struct, frozen=True):
    text: str
    article: int | None = None


def passages_of(item: Item) -> list[Passage]:
    """The body in reading order; last what stands beside it: facts, place, files, number."""
    found = list(_body(item.blocks))
    extra = [f"{fact.label}：{fact.value}" for fact in item.facts]
    if item.place is not None:
        place = item.place
        extra += [place.category, place.address, place.landmark, place.accessibility, place.hours]
        extra += [place.phone, "、".join(place.services)]
    extra += [attachment.name for attachment in item.attachments]
    extra += [item.number or "", item.index_no or "", item.publisher or ""]
    found.append(Passage("\n".join(line for line in extra if line)))
    # The cut is generous: the longest code of law has 1,260 articles.
    return found[:MOST_PASSAGES]


def row_of(item: Item) -> Row:
    """The list row of an item; its snippet is the opening of the text."""
    labels = ROW_FACTS.get(item.kind, ())
    return Row(
        id=item.id,
        kind=item.kind,
        title=item.title,
        number=item.number,
        publisher=item.publisher,
        published=item.published,
        validity=item.validity,
        field=item.field,
        snippet=opening(_first_words(item)),
        facts=item.facts if labels is None else _facts(item, labels),
        place=item.place,
    )


def category_of(item: Item) -> str | None:
    """The category of a place, the theme of a guide."""
    return item.place.category if item.place is not None else item.fact(THEME)


def _facts(item: Item, labels: tuple[str, ...]) -> tuple[Fact, ...]:
    return tuple(fact for label in labels for fact in item.facts if fact.label == label)


def _first_words(item: Item) -> str:
    for block in item.blocks:
        match block:
            case Paragraph(text=text):
                return text
            case Steps(steps=steps) if steps:
                return steps[0]
            case _:
                continue
    if item.place is not None:
        return item.place.address
    return item.fact("公开内容") or ""


def _body(blocks: tuple[Block, ...]) -> Iterator[Passage]:
    """Lines gathered until an article, a heading or enough characters begin the next passage."""
    lines: list[str] = []
    article: int | None = None
    only_headings = True
    for block in blocks:
        heading = isinstance(block, Heading)
        for line in _lines(block):
            number = article_of(line)
            full = sum(map(len, lines)) + len(line) > PASSAGE_CHARACTERS
            if not only_headings and (heading or number is not None or full):
                yield Passage("\n".join(lines), article)
                lines, article, only_headings = [], None, True
            lines.append(line)
            article = article if number is None else number
            only_headings = only_headings and heading
    if lines:
        yield Passage("\n".join(lines), article)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text) | Paragraph(text=text):
            yield from _SENTENCES.findall(text)
        case Steps(steps=steps):
            yield from steps
        case Table(header=header, rows=rows):
            yield " ".join(header)
            for row in rows:
                # A merged cell is repeated in every row it spans; once is enough to find it.
                yield " ".join(dict.fromkeys(row))
        case Picture(caption=caption):
            if caption:
                yield caption
