"""The body marks of a seed text and the blocks they stand for, as the README here describes."""

from __future__ import annotations

import re

from content_cache.errors import SeedError
from content_cache.model import Block, Heading, Paragraph, Steps, Table

_STEP = re.compile(r"(\d+)\. +(\S.*)")
_FOREIGN = re.compile(r"#|[-*+>] |```|</?[A-Za-z!]|\[[^\]]*\]\(|\*\*")


def one_line(text: str) -> str:
    """The text without outer white space, runs of plain spaces as one."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A text without marks as paragraphs, one a line."""
    return tuple(Paragraph(text=one_line(line)) for line in text.splitlines() if line.strip())


def _steps(lines: list[str]) -> Steps | None:
    """The numbered lines at the start of these, counted from 1; None where there is no "1. "."""
    steps: list[str] = []
    for line in lines:
        match = _STEP.fullmatch(line)
        if match is None or int(match[1]) != len(steps) + 1:
            break
        steps.append(match[2])
    return Steps(steps=tuple(steps)) if steps else None


def _table(lines: list[str]) -> Table:
    rows = []
    for line in lines:
        if not line.endswith("|") or len(line) < 3:
            raise SeedError(f"表格的每一行都应以 | 开头并以 | 结尾：{line[:30]}")
        rows.append(tuple(cell.strip() for cell in line[1:-1].split("|")))
    header, *rest = rows
    if not rest:
        raise SeedError(f"表格应有一行表头和至少一行内容：{lines[0][:30]}")
    for row in rest:
        if len(row) != len(header):
            raise SeedError(f"表格每行应有 {len(header)} 格，这一行有 {len(row)} 格：{row[0][:30]}")
    return Table(header=header, rows=tuple(rest))


def blocks_of(body: str) -> tuple[Block, ...]:
    """The body as blocks. Raises SeedError, with the line, on a mark the README does not know."""
    lines = [one_line(line) for line in body.splitlines()]
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        start = at
        at += 1
        if not line:
            continue
        if line.startswith(("# ", "## ")):
            marks, _, text = line.partition(" ")
            blocks.append(Heading(text=text.strip(), level=len(marks)))
        elif line.startswith("|"):
            while at < len(lines) and lines[at].startswith("|"):
                at += 1
            blocks.append(_table(lines[start:at]))
        elif steps := _steps(lines[start:]):
            at = start + len(steps.steps)
            blocks.append(steps)
        elif _FOREIGN.match(line) or "](" in line:
            raise SeedError(f"只能用 #、##、1. 和 | 四种标记：{line[:30]}")
        else:
            # Also a "7. " that counts on from an earlier section: its number is part of the text.
            blocks.append(Paragraph(text=line))
    return tuple(blocks)
