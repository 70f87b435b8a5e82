"""Chinese line breaking: pure, fast, shared by the screens and the paper.

Rules (GB/T 15834 and common typesetting practice): closing marks do not start a line, opening marks do not end one,
Latin words and numbers stay whole where they fit, everything else may break anywhere. A mark that may not start a line
pulls the character before it down with it.
"""

from __future__ import annotations

from collections.abc import Callable

NO_START = frozenset("，。、；：？！）〕】》〉」』”’％%…—～·,.;:?!)]}°℃")
NO_END = frozenset("（〔【《〈「『“‘([{￥$")
_WORD_EXTRA = frozenset("-_./@:%+,'#&=~")


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _units(text: str) -> list[str]:
    """Split into what must not be torn: a Latin word or number, or one character."""
    units: list[str] = []
    start = 0
    length = len(text)
    while start < length:
        end = start + 1
        if _is_word(text[start]):
            while end < length and (
                _is_word(text[end])
                or (text[end] in _WORD_EXTRA and end + 1 < length and _is_word(text[end + 1]))
            ):
                end += 1
        units.append(text[start:end])
        start = end
    return units


def break_lines(
    text: str, width: float, measure: Callable[[str], float], first_indent: float = 0.0
) -> list[str]:
    """Break one paragraph into lines no wider than width.

    measure gives the width of one character, in the unit of width; widths add up (no kerning). first_indent is taken off
    the first line. Newlines break where they stand. Nothing is lost: the joined lines are the text without its newlines
    and without spaces at a break. A single character wider than the line stands alone.
    """
    lines: list[str] = []
    for number, part in enumerate(text.split("\n")):
        lines.extend(_break_part(part, width, measure, first_indent if number == 0 else 0.0))
    return lines


def _break_part(
    text: str, width: float, measure: Callable[[str], float], first_indent: float
) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    used = first_indent
    for unit in _units(text):
        size = sum(map(measure, unit))
        if used + size <= width:
            line.append(unit)
            used += size
            continue
        if unit == " ":
            continue  # a space at the break is dropped
        if size > width:
            # A word longer than a whole line is the one thing that is torn.
            for char in unit:
                char_size = measure(char)
                if used + char_size > width and line:
                    line, used = _turn(lines, line, measure, char)
                line.append(char)
                used += char_size
            continue
        line, used = _turn(lines, line, measure, unit)
        line.append(unit)
        used += size
    lines.append("".join(line))
    return lines


def _turn(
    lines: list[str], line: list[str], measure: Callable[[str], float], coming: str
) -> tuple[list[str], float]:
    """End the line before `coming`; what must not be parted from it moves to the next line."""
    carried: list[str] = []
    if coming[0] in NO_START:
        carried = _carry_to_start(line)
    while len(line) > 1 and line[-1][-1] in NO_END:
        carried.insert(0, line.pop())
    while len(line) > 1 and line[-1] == " ":
        line.pop()
    if line:
        lines.append("".join(line))
    return carried, float(sum(measure(char) for unit in carried for char in unit))


def _carry_to_start(line: list[str]) -> list[str]:
    """Take units off the end of the line until the next line would start with one that may start it."""
    carried: list[str] = []
    for back in range(1, min(len(line), 5)):
        carried.insert(0, line[-back])
        if carried[0][0] not in NO_START:
            del line[-back:]
            return carried
    return []  # a run of marks longer than any text has: let it break
