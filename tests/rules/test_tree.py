"""Rules for the files themselves: what they may not name, and what must have a counterpart."""

import ast
import os
import re
from pathlib import Path

from kiosk.routes import ROUTES

ROOT = Path(__file__).parents[2]
BUILT = {"build", "demo-output", "release", "fonts"}
TEXT = {
    "",
    ".cfg",
    ".css",
    ".html",
    ".js",
    ".json",
    ".lock",
    ".md",
    ".py",
    ".sh",
    ".toml",
    ".txt",
    ".yml",
}
MACHINE = re.compile(r"(?<![\w.~}])/(?:root|work|Users|home/(?!kiosk\b))[/\w]")
PACKAGE_HOST = re.compile(
    r"pypi\.org|python[h]osted|(?<![\w-])--(?:extra-)?index-url|deb\.debian\.org|mirrors?\.\w+\.\w"
)


def texts():
    """(path, text) of every file of the project; what is built or hidden is not the project's."""
    for folder, folders, names in os.walk(ROOT):
        kept = [f for f in folders if f == ".ci" or not f.startswith((".", "__"))]
        folders[:] = [f for f in kept if f not in BUILT and not f.endswith(".egg-info")]
        for name in names:
            path = Path(folder, name)
            if path.suffix in TEXT and not path.is_symlink():
                yield path.relative_to(ROOT), path.read_text("utf-8")


def test_no_file_names_a_path_of_one_machine():
    assert not [(str(path), found[0]) for path, text in texts() if (found := MACHINE.search(text))]


def test_no_file_names_a_package_host():
    named = [(str(path), f[0]) for path, text in texts() if (f := PACKAGE_HOST.search(text))]
    assert not named


def test_the_walk_sees_the_project():
    seen = {str(path) for path, _ in texts()}
    assert {"pyproject.toml", "deploy/requirements.lock", "kiosk/app.py", ".ci/run"} <= seen


def test_every_route_has_a_screen():
    shell = ast.parse((ROOT / "kiosk/screens/shell.py").read_text("utf-8"))
    (table,) = (
        node.value
        for node in shell.body
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "SCREENS"
    )
    assert sorted(key.id for key in table.keys) == sorted(route.__name__ for route in ROUTES)


def test_kivy_is_imported_by_the_screens_and_the_wiring_alone():
    imports = re.compile(r"^\s*(?:from|import) kivy\b", re.MULTILINE)
    where = {str(p) for p, text in texts() if p.suffix == ".py" and imports.search(text)}
    outside = {p for p in where if not p.startswith(("kiosk/screens/", "tests/"))}
    assert outside == {"kiosk/app.py"}


def test_both_locks_hold_hashes_only_and_one_version_of_each_package():
    pins = {}
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / "deploy" / name).read_text("utf-8")
        blocks = re.findall(
            r"^([a-z0-9-]+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)",
            text,
            re.MULTILINE,
        )
        assert len(blocks) == len(re.findall(r"^\w", text, re.MULTILINE))
        pins[name] = {package: version for package, version, _ in blocks}
    assert pins["requirements.lock"].items() <= pins["requirements-dev.lock"].items()
