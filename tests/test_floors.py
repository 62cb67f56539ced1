"""The house has floors: imports go down, and only a few modules may touch the world outside."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "generator" / "sopwith"

# From the ground up. A folder is one module, but for rules and outputs: each thing in those is one.
FLOORS = (
    {"problem", "circles", "data", "hands", "unfinished"},
    {"source", "model", "fields"},
    {
        "shape",
        "due",
        "conditions",
        "text",
        "edit",
        "words",
        "reviews",
        "places",
        "issues",
        "tables",
        "terminal",
    },
    {"decode", "template", "history", "references", "acknowledging"},
    {"versions"},
    {"read"},
    {"plan"},
    {"comparing"},
    {"letters", "office", "paper", "ical", "exports", "outputs.page"},
    {"rules.*", "finding"},
    {"rules"},
    {"explain"},
    {"outputs.*"},
    {"write", "report", "engine", "github"},
    {"workspace"},
    {"making"},
    {"filing"},
    {"serve"},
    {"cli"},
)
DISK = {"io", "os", "pathlib", "shutil", "subprocess", "tempfile", "fcntl"}
MAY_TOUCH_DISK = {
    "data": "finds schemas and templates",
    "hands": "counts threads",
    "unfinished": "files half-written",
    "history": "asks git, and lays old files out",
    "read": "reads the root",
    "versions": "hands the root to git",
    "explain": "its pages are files",
    "office": "a file in memory",
    "paper": "the fonts, and a folder that Typst works in",
    "write": "writes",
    "engine": "runs the site engine",
    "tables": "files in memory, since the libraries want some",
    "workspace": "hands the root on",
    "making": "hands folders on",
    "filing": "writes the clients' files",
    "serve": "watches",
    "cli": "is given folders",
}
MAY_ASK_THE_CLOCK = {
    "workspace": "where nobody says what day it is",
    "github": "waits until GitHub has time",
}
MAY_USE_CLICK = {"report": "its colors", "cli": "it is made of it"}


def module(path: Path) -> str:
    """The module a file belongs to: `plan`, `rules`, `rules.bad_due`, `outputs.checklist`."""
    top, *rest = path.relative_to(PACKAGE).with_suffix("").parts
    if top in ("rules", "outputs") and rest != ["__init__"]:
        return f"{top}.{rest[0]}"
    return top


def files() -> dict[Path, str]:
    found = {path: module(path) for path in sorted(PACKAGE.rglob("*.py"))}
    return {path: name for path, name in found.items() if name != "__init__"}


def floor(name: str) -> int:
    names = (name, f"{name.partition('.')[0]}.*")
    exact = [number for number, modules in enumerate(FLOORS) if name in modules]
    return next(
        iter(exact or [number for number, modules in enumerate(FLOORS) if names[1] in modules])
    )


def imports(path: Path) -> Iterator[str]:
    """The full name of each module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            named = [f"{node.module}.{alias.name}" for alias in node.names]
            inside = [name for name in named if _file(name)]
            yield from inside or [node.module]


def _file(name: str) -> Path | None:
    """The file of a module of ours, if there is one of that name."""
    top, *rest = name.split(".")
    path = PACKAGE.joinpath(*rest)
    candidates = (path.with_suffix(".py"), path / "__init__.py") if top == "sopwith" else ()
    return next((file for file in candidates if rest and file.is_file()), None)


def own_imports(path: Path) -> set[str]:
    found = (_file(name) for name in imports(path))
    return {module(file) for file in found if file}


def uses(path: Path) -> set[str]:
    """Every name and attribute that a file uses, as it is written: `open`, `date.today`."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return {ast.unparse(node) for node in nodes if isinstance(node, ast.Name | ast.Attribute)}


def test_every_module_has_one_floor() -> None:
    stray = {name for name in files().values() if not name.startswith(("rules.", "outputs"))}
    listed = [name for modules in FLOORS for name in modules]
    assert stray == {name for name in listed if "*" not in name} - {"outputs.page"}
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    own = module(path)
    if own == "outputs":
        assert own_imports(path) == set()
        return
    assert {other for other in own_imports(path) - {own} if floor(other) >= floor(own)} == set()


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_what_a_module_may_not_touch(path: Path) -> None:
    own, imported, used = module(path), {n.split(".")[0] for n in imports(path)}, uses(path)
    if own not in MAY_TOUCH_DISK:
        assert not imported & DISK
        assert "open" not in used
    if own not in MAY_ASK_THE_CLOCK:
        assert not used & {"date.today", "datetime.now", "datetime.today", "datetime.utcnow"}
        assert "time" not in imported
    if own not in MAY_USE_CLICK:
        assert "click" not in imported
