"""Which part of a page is its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from content_cache.portals.tree import MARKED, in_furniture, link_share, select

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

_SENTENCE = re.compile(r"[，。；！？]")
_LEAVES: Final = frozenset({"p", "td", "li", "div", "span", "section", "article", "dd", "font"})
# Most of a page's sentences: teasers hold the rest.
_MOST = 0.75
_FEW_CHARACTERS = 30
_MENU_SHARE = 0.6


def find_body(root: HtmlElement, selectors: Sequence[str]) -> list[HtmlElement]:
    """The elements that together are the text, in page order; empty if the page has none.

    Selectors are asked in order and the first one that holds more than links counts. Without any,
    it is the smallest element around most of the page's sentences. A page of menus has no text.
    """
    for selector in (*selectors, f"[{MARKED}]"):
        found = [element for element in select(root, selector) if _holds_text(element)]
        if found:
            return found
    densest = _densest(root)
    return [] if densest is None else [densest]


def _holds_text(element: HtmlElement) -> bool:
    text = "".join(element.itertext()).strip()
    if not text:
        return any(True for _ in element.iter("img", "iframe", "embed"))
    if link_share(element) < _MENU_SHARE:
        return True
    # Short texts may be one link to the file that is the document; menus have many links.
    return sum(1 for _ in element.iter("a")) <= 3


def _densest(root: HtmlElement) -> HtmlElement | None:
    weights: dict[HtmlElement, int] = {}
    total = 0
    for element in root.iter():
        weight = _own_sentences(element)
        if not weight or in_furniture(element):
            continue
        total += weight
        for box in (element, *element.iterancestors()):
            weights[box] = weights.get(box, 0) + weight
    if total < _FEW_CHARACTERS:
        return None
    heavy = [element for element, weight in weights.items() if weight >= _MOST * total]
    # The deepest comes last on the path from the root; it must be a box, not one paragraph's span.
    chosen: HtmlElement = max(heavy, key=lambda element: sum(1 for _ in element.iterancestors()))
    while chosen.tag in {"p", "span", "font", "strong", "b", "tbody", "tr"}:
        parent = chosen.getparent()
        if parent is None:
            break
        chosen = parent
    return None if link_share(chosen) >= _MENU_SHARE else chosen


def _own_sentences(element: HtmlElement) -> int:
    """Characters of sentences that stand directly in an element, links not counted."""
    if element.tag not in _LEAVES:
        return 0
    pieces = [element.text or "", *(child.tail or "" for child in element)]
    text = "".join(pieces).strip()
    return len(text) if len(text) >= 12 and _SENTENCE.search(text) else 0
