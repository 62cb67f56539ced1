"""README, CONTRIBUTING and docs/ are true: what they tell people to do is done here, as it stands.

Each section is played in a fresh copy of the repository. What stands behind the language of a code
block says what is done with it; CONTRIBUTING tells the words under "Change these pages".
"""

from __future__ import annotations

import compileall
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath

import click
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from gitted import commit, git
from shared import once
from sopwith import __version__
from sopwith.cli import main
from sopwith.workspace import Inputs, open_workspace
from test_floors import FLOORS

ROOT = Path(__file__).parents[1]
PLAYED = (
    "README.md",
    "CONTRIBUTING.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
)
PAGES = tuple(sorted({*PLAYED, *(path.name for path in ROOT.glob("*.md"))}))
LARGEST_PICTURE = 250_000

# What is not played, and why not.
SKIPPED = {
    "make": "sets up environments, or does what a command here does; its goals must exist",
    "source .venv/bin/activate": "the tests are in an environment of their own",
    "sopwith serve": "runs until it is stopped",
    "pre-commit install": "fetches what a repository of yours asks for",
    "sudo": "changes a web server; tests/test_hosting.py runs what it puts there",
    "printf": "as above",
    "oauth2-proxy": "as above, with a stand-in that says who is known",
    "bash docs/images/make.sh": "takes pictures of a finished build; the file must exist",
}
LEFT_BEHIND = shutil.ignore_patterns(
    "build", ".git", ".venv*", "__pycache__", ".*_cache", ".hypothesis"
)


@dataclass(frozen=True)
class Block:
    """A code block: where it stands, the words behind its language, and what it holds."""

    where: str
    words: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Section:
    """A heading and the code blocks below it."""

    page: str
    title: str
    blocks: list[Block]


@cache
def tokens(page: str) -> tuple[Token, ...]:
    return tuple(MarkdownIt("commonmark").enable("table").parse((ROOT / page).read_text("utf-8")))


def headings(page: str) -> Iterator[str]:
    read = tokens(page)
    for opening, inline in pairwise(read):
        if opening.type == "heading_open":
            yield inline.content


def sections(page: str) -> list[Section]:
    found: list[Section] = []
    read = tokens(page)
    for number, token in enumerate(read):
        if token.type == "heading_open":
            found.append(Section(page, read[number + 1].content, []))
        elif token.type == "fence":
            line = (token.map or [0])[0] + 1
            pairs = (word.partition("=") for word in shlex.split(token.info)[1:])
            words = {name: value for name, _, value in pairs}
            found[-1].blocks.append(Block(f"{page}:{line}", words, token.content))
    return [section for section in found if section.blocks]


SECTIONS = [section for page in PLAYED for section in sections(page)]


def inlines() -> Iterator[Token]:
    for page in PLAYED:
        for token in tokens(page):
            yield from token.children or ()


def code_in_text() -> list[str]:
    return [token.content for token in inlines() if token.type == "code_inline"]


def shell_lines() -> list[str]:
    blocks = (block for section in SECTIONS for block in section.blocks)
    scripts = [block.text for block in blocks if block.words.keys() <= {"skip", "fails"}]
    return [line for script in scripts for line in script.splitlines()]


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's files in one commit, and the bytecode of its program beside them."""

    def make(root: Path) -> None:
        shutil.copytree(ROOT, root, ignore=LEFT_BEHIND, dirs_exist_ok=True)
        commit(root)
        git(root, "gc", "--quiet")  # one file to copy, not a thousand
        compileall.compile_dir(root / "generator", quiet=1)

    return once(tmp_path_factory, "repository", make)


@pytest.fixture
def repository(committed: Path, tmp_path: Path) -> Path:
    """A copy of it, to do with as one likes."""
    return Path(shutil.copytree(committed, tmp_path / "sopwith"))


def run(script: str, root: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        "HOME": str(root.parent),
        "LC_ALL": "C.UTF-8",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(root / "generator"),  # the copy's own program, which a recipe may change
    }
    command = ["bash", "-euo", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )


# Playing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: f"{section.page}-{section.title}")
def test_section(section: Section, repository: Path) -> None:
    root = repository
    printed = ""
    for block in section.blocks:
        match [*block.words]:
            case ["skip"]:
                for line in block.text.splitlines():
                    assert any(line == known or line.startswith(f"{known} ") for known in SKIPPED)
            case ["output"]:
                assert printed == block.text, block.where
            case ["file"]:
                path = root / block.words["file"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, "utf-8")
            case ["into", *_]:
                put_in(block, root)
            case ["prints"]:
                assert block.text in run(block.words["prints"], root).stdout, block.where
            case [] | ["fails"]:
                done = run(block.text, root)
                printed = done.stdout
                assert done.returncode == len(block.words), f"{block.where}\n{printed}{done.stderr}"
            case words:
                pytest.fail(f"{block.where}: nobody knows what {words} means")
    assert open_workspace(Inputs(root)).problems == ()


def put_in(block: Block, root: Path) -> None:
    """Put the block's lines after, before or instead of each line that begins as it says.

    Instead of that line alone, or of as many as `lines` says.
    """
    path = root / block.words["into"]
    how = next(word for word in ("after", "before", "instead-of") if word in block.words)
    old = path.read_text("utf-8").splitlines(keepends=True)
    places = [i for i, line in enumerate(old) if line.strip().startswith(block.words[how])]
    assert len(places) == int(block.words.get("times", "1")), block.where
    count = int(block.words.get("lines", "1"))
    for i in reversed(places):
        old[i : i + count] = {
            "after": [old[i], block.text],
            "before": [block.text, old[i]],
            "instead-of": [block.text],
        }[how]
    path.write_text("".join(old), "utf-8")


def test_goals_of_make_exist() -> None:
    goals = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = {
        words[1]
        for words in map(str.split, [*shell_lines(), *code_in_text()])
        if words[0] == "make" and len(words) > 1
    }
    assert asked
    assert asked <= goals


def test_scripts_exist() -> None:
    assert all(
        (ROOT / words[1]).is_file() for words in map(str.split, SKIPPED) if words[0] == "bash"
    )


# What the text names --------------------------------------------------------------------------


def options() -> dict[str, set[str]]:
    """The long options of each command; those of `sopwith` alone have the name ""."""
    every: dict[str, click.Command] = {"": main, **main.commands}
    return {
        name: {"--help"} | {o for p in command.params for o in p.opts if o.startswith("--")}
        for name, command in every.items()
    }


def mentioned() -> tuple[set[str], set[str]]:
    """The commands and the options that stand in the text, each known to exist."""
    known = options()
    commands, found = set[str](), set[str]()
    for line in [*shell_lines(), *code_in_text()]:
        program, *words = line.split() or [""]
        asked = {word.partition("=")[0] for word in line.split() if word.startswith("--")}
        if program == "sopwith":
            command = words[0] if words and not words[0].startswith("--") else ""
            assert command in known, line
            assert asked <= known[command], line
            commands.add(command)
        elif program.startswith("--"):
            assert asked <= set[str]().union(*known.values()), line
        else:
            continue
        found |= asked
    return commands, found


def test_every_command_and_option_is_told() -> None:
    commands, found = mentioned()
    assert commands >= options().keys()
    assert found >= set[str]().union(*options().values())


def test_values_of_options_are_told() -> None:
    text = " ".join(code_in_text())
    choices = {
        choice
        for command in main.commands.values()
        for parameter in command.params
        if isinstance(parameter.type, click.Choice)
        for choice in parameter.type.choices
    } - {"text"}  # what is shown without asking
    assert [choice for choice in sorted(choices) if not re.search(rf"\b{choice}\b", text)] == []


def test_paths_exist(repository: Path, built: Path) -> None:
    root = repository
    (root / "build").symlink_to(built / "build")
    for section in SECTIONS:
        for block in section.blocks:
            if "file" in block.words:
                (root / block.words["file"]).parent.mkdir(parents=True, exist_ok=True)
                (root / block.words["file"]).touch()
    top = {path.name for path in root.iterdir()}
    named = {
        re.sub(r"<\w+>", "*", code)
        for code in code_in_text()
        if re.fullmatch(r"[\w.@<>*/-]+", code)
        and (code.split("/")[0] in top or re.search(r"\w\.(yml|md|py|toml|json|txt|in|pdf)$", code))
    }
    assert len(named) > 30
    # A person or a quarter is called by its file, without the ending: people/nell.
    found = {name for name in named for end in ("", ".yml") if any(root.glob(name + end))}
    assert sorted(named - found) == []


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    every = [child for token in tokens(page) for child in token.children or ()]
    links = [str(child.attrs.get("href", child.attrs.get("src", ""))) for child in every]
    for link in filter(None, links):
        if re.match(r"https?://", link):
            continue
        path, _, anchor = link.partition("#")
        target = normpath(join(dirname(page), path)) if path else page
        assert (ROOT / target).exists(), link
        assert not anchor or anchor in map(slug, headings(target)), link


def test_pictures_are_small_and_have_words() -> None:
    pictures = [
        (page, child)
        for page in PLAYED
        for token in tokens(page)
        for child in token.children or ()
        if child.type == "image"
    ]
    assert pictures
    for page, picture in pictures:
        assert picture.content
        path = ROOT / dirname(page) / str(picture.attrs["src"])
        assert path.read_bytes().startswith(b"\x89PNG")
        assert path.stat().st_size < LARGEST_PICTURE


def test_table_of_floors_is_that_of_the_house() -> None:
    """Each row's modules stand on the floor that the test of imports gives them."""
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d+) \| (`.+?) \|", page, re.MULTILINE)
    told = {name: int(floor) for floor, names in rows for name in re.findall(r"`(.+?)`", names)}
    assert told == {name: number for number, names in enumerate(FLOORS) for name in names}


def test_changelog_tells_of_this_version() -> None:
    newest = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1]
    assert newest.startswith(("Unreleased", f"[{__version__}]"))
    assert __version__ in newest
