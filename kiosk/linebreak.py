"""Chinese line breaking: pure, fast, shared by the screens and the paper.

Rules (GB/T 15834 and common typesetting practice): closing marks do not start a line, opening
marks do not end one, Latin words and numbers stay whole where they fit, everything else may break
anywhere. A mark that may not start a line pulls the character before it down with it.
"""

from __future__ import annotations

from collections.abc import Callable

NO_START = frozenset("，。、；：？！）〕】》〉」』”’％%…—～·,.;:?!)]}°℃")
NO_END = frozenset("（〔【《〈「『“‘([{￥$")
_WORD_EXTRA = frozenset("-_./@:%+,'#&=~?")
_LONGEST_RUN_OF_MARKS = 5  # units looked back at for a better break


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _units(text: str) -> list[str]:
    """Split into what must not be torn: a Latin word, number or address, or one character."""
    units: list[str] = []
    start = 0
    while start < len(text):
        end = start + 1
        if _is_word(text[start]):
            reached = end
            while reached < len(text) and (_is_word(text[reached]) or text[reached] in _WORD_EXTRA):
                reached += 1
                if _is_word(text[reached - 1]):
                    end = reached  # marks belong to a word only where more of it follows
        units.append(text[start:end])
        start = end
    return units


def break_lines(
    text: str, width: float, measure: Callable[[str], float], first_indent: float = 0.0
) -> list[str]:
    """Break one paragraph into lines no wider than width.

    measure gives the width of one character, in the unit of width; widths add up (no kerning).
    first_indent is taken off the first line. Newlines break where they stand. Nothing is lost: the
    joined lines are the text without its newlines and without spaces at a break. A single
    character wider than the line stands alone.
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
    space_dropped = False
    waiting = _units(text)[::-1]
    while waiting:
        unit = waiting.pop()
        size = sum(map(measure, unit))
        if used + size <= width and not space_dropped:
            line.append(unit)
            used += size
        elif unit == " ":
            space_dropped = bool(line)  # what comes next begins a line
        elif len(unit) > 1 and (size > width or not line):
            waiting.extend(unit[::-1])  # longer than a whole line: the one thing that is torn
        elif not line:
            line.append(unit)
            used += size
        else:
            cut = _cut(line, unit)
            if kept := "".join(line[:cut]).rstrip(" "):
                lines.append(kept)
            line = line[cut:]
            used = sum(measure(char) for moved in line for char in moved)
            space_dropped = False
            waiting.append(unit)
    if line or not lines:
        lines.append("".join(line))
    return lines


def _cut(line: list[str], coming: str) -> int:
    """How many units stay, so that neither this line ends nor the next begins with a wrong mark."""
    count = len(line)
    for cut in range(count, max(0, count - _LONGEST_RUN_OF_MARKS), -1):
        first = line[cut] if cut < count else coming
        if first != " " and first[0] not in NO_START and line[cut - 1][-1] not in NO_END:
            return cut
    return count  # a run of marks longer than any text has: let it break
