"""Every word asked for is in words/zh.toml, and nothing stands there that nobody asks for."""

import ast
import re
import string
from pathlib import Path

from content_cache.model import KINDS
from kiosk.text import keys, t

ROOT = Path(__file__).parents[2]
KEY = re.compile(r"[a-z_]+\.[a-z0-9_]+")


def sources():
    return [ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "kiosk").rglob("*.py"))]


def constants(node):
    """The keys written out inside a node; the parts of an f-string are none."""
    parts = {id(p) for f in ast.walk(node) if isinstance(f, ast.JoinedStr) for p in f.values}
    for inner in ast.walk(node):
        value = getattr(inner, "value", None) if isinstance(inner, ast.Constant) else None
        if isinstance(value, str) and id(inner) not in parts and KEY.fullmatch(value):
            yield value


def patterns(node):
    """f"tile.{name}_note" as a pattern of the keys it may become."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.JoinedStr):
            parts = [
                re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z0-9_]+"
                for part in inner.values
            ]
            if re.match(r"[a-z_]+\\\.", parts[0]):
                yield "".join(parts)


def asked():
    """(call, key argument) of every t(…)."""
    for tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "t" and node.args:
                yield node, node.args[0]


def test_every_key_asked_for_has_words():
    missing = {key for _, argument in asked() for key in constants(argument)} - keys()
    assert not missing


def test_every_built_key_can_have_words():
    built = {pattern for _, argument in asked() for pattern in patterns(argument)}
    assert built
    assert not [p for p in built if not any(re.fullmatch(p, key) for key in keys())]


def test_every_filter_and_every_tile_has_words():
    filters = {f"filter.{name}" for row in KINDS.values() for name in row.filters}
    home = ast.parse((ROOT / "kiosk/screens/home.py").read_text("utf-8"))
    tiles = {
        f"tile.{node.args[0].value}"
        for node in ast.walk(home)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Tile"
    }
    assert len(tiles) == 8
    assert filters | tiles | {f"{tile}_note" for tile in tiles} <= keys()


def test_no_words_stand_idle():
    trees = sources()
    used = {key for tree in trees for key in constants(tree)}
    built = [pattern for tree in trees for pattern in patterns(tree)]
    idle = {key for key in keys() - used if not any(re.fullmatch(p, key) for p in built)}
    assert not idle


def test_every_call_fills_in_what_its_words_name():
    wrong = set()
    for call, argument in asked():
        if any(keyword.arg is None for keyword in call.keywords):
            continue
        given = {keyword.arg for keyword in call.keywords}
        for key in set(constants(argument)) & keys():
            named = {field for _, field, _, _ in string.Formatter().parse(t(key)) if field}
            if not named <= given:
                wrong.add((key, frozenset(named - given)))
    assert not wrong
