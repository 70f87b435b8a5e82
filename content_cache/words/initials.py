"""The first letters of a word's pinyin (低保 -> db), without a pinyin library.

GB 2312 sorts its 3,755 first-level characters by pinyin, so where a character stands tells its
letter. The rest, and characters with two readings whose usual one here is the other, stand in a
small table. Full pinyin needs more than this; for a first keyboard it turns letters into words.
"""

from __future__ import annotations

from bisect import bisect_right

# First code of each letter's characters; i, u and v begin no syllable.
_STARTS = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8,
    0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
)  # fmt: skip
_LETTERS = "abcdefghjklmnopqrstwxyz"
_END = 0xD7FA

_OTHERS = {
    "b": "殡",
    "c": "厕",
    "d": "碉",
    "f": "涪",
    "h": "弘",
    "k": "垦",
    "l": "澜廉",
    "p": "圃",
    "q": "蜻",
    "s": "赡嗣",
    "t": "帖桐",
    "x": "恤",
    "y": "赝",
    "z": "圳",
}
_BY_CHARACTER = {character: letter for letter, many in _OTHERS.items() for character in many}


def initials(words: str) -> str:
    """One letter a character, lower case; Latin letters and digits stay, everything else is left
    out.

    Empty when a Chinese character in it is not known: half a key would find the wrong word.
    """
    letters = []
    for character in words:
        if character.isascii():
            if character.isalnum():
                letters.append(character.lower())
            continue
        if not "\u4e00" <= character <= "\u9fff":
            continue
        letter = _BY_CHARACTER.get(character) or _letter(character)
        if letter is None:
            return ""
        letters.append(letter)
    return "".join(letters)


def _letter(character: str) -> str | None:
    try:
        high, low = character.encode("gb2312")
    except UnicodeEncodeError:
        return None
    code = high << 8 | low
    if not _STARTS[0] <= code < _END:
        return None
    return _LETTERS[bisect_right(_STARTS, code) - 1]
