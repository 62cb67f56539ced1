"""CODEOWNERS says who owns what, as GitHub reads it, and is held fresh."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from laid import TESTS, TODAY, lay
from sopwith.cli import main
from sopwith.outputs.codeowners import render
from sopwith.workspace import Inputs, open_workspace

FILE = ".github/CODEOWNERS"


def laid(tmp_path: Path, **lines: str) -> Path:
    """The small library in which Dana and Sam look after the files, and have accounts."""
    dana, sam = (f"github: {name}-x" for name in ("dana", "sam"))
    changes = {
        "email: dana@fern.example": f"email: dana@fern.example, {dana}",
        "initials: SO": f"initials: SO, {sam}",
        "away:": "maintainers: [dana, sam]\naway:",
        **lines,
    }
    return lay(tmp_path, {"changes": {"company.yml": changes}})


def run(root: Path, *args: str) -> tuple[int, str]:
    line = [*args, "--root", str(root), "--today", str(TODAY)]
    result = CliRunner().invoke(main, line, prog_name="sopwith")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


def owners(root: Path) -> dict[str, list[str]]:
    """Who owns what, in order, by the file."""
    lines = (root / FILE).read_text("utf-8").splitlines()
    return {line.split()[0]: line.split()[1:] for line in lines if not line.startswith("#")}


def test_ours_is_as_it_should_be() -> None:
    root = TESTS.parent
    work = open_workspace(Inputs(root))
    meant = render(work.library, work.today)
    assert (root / FILE).read_text("utf-8") == meant, "run sopwith codeowners"
    asked = owners(root)
    assert next(iter(asked)) == "*"
    assert [*asked][-1] == "/.github/"  # the last line that fits counts
    assert asked["*"] == asked["/.github/"]
    assert all((root / path.strip("/*")).exists() for path in asked)
    assert all(len({*people}) == len(people) >= 2 for people in asked.values())


def test_a_file_is_asked_of_those_who_own_it(tmp_path: Path) -> None:
    root = laid(tmp_path)
    assert run(root, "codeowners") == (0, f"{FILE} is written.\n")
    assert owners(root) == {
        "*": ["@dana-x", "@sam-x"],
        "/emails/hello.yml": ["@dana-x", "@sam-x"],
        "/sops/onboard/welcome.yml": ["@dana-x", "@sam-x"],
        "/.github/": ["@dana-x", "@sam-x"],
    }
    assert run(root, "codeowners") == (0, f"{FILE} is as it should be.\n")
    assert [path.name for path in (root / ".github").iterdir()] == ["CODEOWNERS"]


def test_the_approver_comes_second_and_whoever_left_does_not(tmp_path: Path) -> None:
    held = {"{title: Management, held_by: dana}": "{title: Management, held_by: [sam, dana]}"}
    root = laid(tmp_path / "both", **held)
    run(root, "codeowners")
    assert owners(root)["/sops/onboard/welcome.yml"] == ["@dana-x", "@sam-x"]
    gone = {"email: dana@fern.example": "left: 2026-11-19, github: dana-x, email: dana@f.example"}
    root = laid(tmp_path / "left", **held, **gone)
    run(root, "codeowners")
    assert {*map(tuple, owners(root).values())} == {("@sam-x",)}


def test_who_is_asked_is_held_fresh(tmp_path: Path) -> None:
    root = laid(tmp_path)
    assert "owners-changed" not in run(root, "check")[1]  # nobody has to have the file
    run(root, "codeowners")
    assert "owners-changed" not in run(root, "check")[1]
    email = root / "emails/hello.yml"
    email.write_text(email.read_text("utf-8").replace("account-", "project-"), "utf-8")
    code, said = run(root, "check")
    assert (code, f"{FILE}:4:1: owners-changed (warning): " in said) == (0, True), said
    (root / FILE).write_bytes(b"\xff")
    assert f"{FILE}:1:1: owners-changed (warning)" in run(root, "check")[1]
    assert f"file={FILE},line=1" in run(root, "check", "--format", "github")[1]


def test_a_firm_may_write_it_by_hand(tmp_path: Path) -> None:
    root = laid(tmp_path, **{"away:": "away:"})
    (root / ".github").mkdir()
    (root / FILE).write_text("* @somebody\n", "utf-8")
    assert "owners-changed" not in run(root, "check")[1]
    code, said = run(root, "codeowners")
    assert (code, "Nobody would own what belongs to no procedure" in said) == (1, True)
    assert (root / FILE).read_text("utf-8") == "* @somebody\n"


@pytest.mark.parametrize("in_the_way", [".github", FILE])
def test_what_cannot_be_written_is_told(tmp_path: Path, in_the_way: str) -> None:
    root = laid(tmp_path)
    if in_the_way == FILE:
        (root / FILE).mkdir(parents=True)
    else:
        (root / in_the_way).write_text("", "utf-8")
    code, said = run(root, "codeowners")
    assert (code, f"{FILE} cannot be written: " in said) == (1, True)


@pytest.mark.parametrize("in_the_way", [".github", FILE, ".github/.CODEOWNERS.new"])
def test_links_are_not_followed(tmp_path: Path, in_the_way: str) -> None:
    root, elsewhere = laid(tmp_path / "handbook"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file").write_text("Mine", "utf-8")
    (root / in_the_way).parent.mkdir(exist_ok=True)
    is_folder = in_the_way == ".github"
    (root / in_the_way).symlink_to(elsewhere if is_folder else elsewhere / "file")
    code, said = run(root, "codeowners")
    assert code == 0 or "symbolic link" in said, said
    assert [path.read_text("utf-8") for path in elsewhere.iterdir()] == ["Mine"]


def test_a_file_that_cannot_be_read_loses_no_owner(tmp_path: Path) -> None:
    root = laid(tmp_path)
    (root / "emails/hello.yml").write_text("title: [", "utf-8")
    code, said = run(root, "codeowners")
    assert (code, "emails/hello.yml:1:8: unclosed-bracket" in said) == (1, True), said
    assert not (root / FILE).exists()


def test_maintainers_are_people_of_ours(tmp_path: Path) -> None:
    root = laid(tmp_path, **{"away:": "maintainers: [dna]\naway:"})
    assert 'unknown-person: no person is called "dna"' in run(root, "check")[1]
