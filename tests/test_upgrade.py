"""A client brought to the current versions: what is told, what is written, and what stays."""

from __future__ import annotations

import difflib
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from gitted import commit
from laid import TODAY, lay, look
from sopwith.cli import main

WELCOME = "sops/onboard/welcome.yml"
BIRCH = "clients/birch.yml"
SECOND = {
    'title: Welcome a client\nversion: "1.0"': 'title: Welcome a client\nversion: "2.0"',
    "id: greet\n        title: Send the welcome email": "id: hello\n        title: Say hello",
    "due: 1 business day after": "due: 2 business days after",
    "wait_for: [greet]": "wait_for: [hello]",
    "role: project-manager": "role: account-manager",
    "due: on kickoff": "due: 1 business day before kickoff",
    "      - id: call\n": """\
      - id: gift
        title: Send a small gift
        role: account-manager
        due: 3 business days after contract-signed
  - id: go
    title: Go
    steps:
      - id: call
""",
    "changes:": """\
former_steps: [{id: greet, until: "1.0", now: hello}]
changes:
  - {version: "2.0", effective: 2026-11-01, by: dana, summary: We say hello}""",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Birch stays on 1.0, and the only SOP is at 2.0."""
    lay(tmp_path, {"changes": {BIRCH: {"dates:": 'sops: {welcome: "1.0"}  # as signed\ndates:'}}})
    commit(tmp_path, "First")
    change(tmp_path, WELCOME, SECOND)
    commit(tmp_path, "Second")
    return tmp_path


def change(root: Path, name: str, words: dict[str, str]) -> None:
    lay(root, {"base": False, "changes": {name: words}})


def typed(root: Path, command: str) -> tuple[int, str]:
    """The exit code and all that is printed."""
    args = [*shlex.split(command), "--root", str(root), "--today", str(TODAY)]
    result = CliRunner().invoke(main, args, prog_name="sopwith")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


def changed_lines(root: Path, command: str, name: str = BIRCH) -> list[str]:
    """The lines that a command changes in a file."""
    before = (root / name).read_text("utf-8").splitlines()
    code, said = typed(root, command)
    assert code == 0, said
    after = (root / name).read_text("utf-8").splitlines()
    return [line for line in difflib.ndiff(before, after) if line[0] in "+-"]


def test_what_changes_is_told(root: Path) -> None:
    before = (root / BIRCH).read_bytes()
    code, said = typed(root, "upgrade birch --dry-run")
    assert code == 0
    assert (root / BIRCH).read_bytes() == before
    assert (
        said
        == """\
Welcome a client: 1.0 -> 2.0
  2.0  We say hello

  Added:
    - Send a small gift (gift): Dana Whitfield, Thu, Nov 19

  Replaced:
    - Send the welcome email (greet) -> Say hello (hello): Dana Whitfield, done
      November 17, 2026

  Moved:
    - Hold the kickoff call (call): now in "Go", after Send a small gift (gift)

  Changed:
    - Hold the kickoff call (call): role Project manager -> Account manager;
      due on kickoff -> 1 business day before kickoff; new: steps it waits for

  New dates, and steps that go in or out:
    - welcome/call: Mon, Nov 30 -> Fri, Nov 27

Nothing is written yet.
"""
    )


def test_only_the_lines_needed_are_written(root: Path) -> None:
    assert changed_lines(root, "upgrade birch") == [
        '- sops: {welcome: "1.0"}  # as signed',
        '+ sops: {welcome: "2.0"}  # as signed',
        "-   welcome/greet: {done: 2026-11-17, by: dana}",
        "+   welcome/hello: {done: 2026-11-17, by: dana}",
    ]
    assert look(root)[1] == ()
    assert typed(root, "upgrade birch") == (0, "Birch Bakery follows the current versions.\n")


def test_what_is_recorded_of_a_removed_step_stays(root: Path) -> None:
    change(root, WELCOME, {", now: hello": ""})
    code, said = typed(root, "upgrade birch --dry-run")
    assert code == 0
    assert "- Send the welcome email (greet): what is recorded stays as history" in said
    assert changed_lines(root, "upgrade birch") == [
        '- sops: {welcome: "1.0"}  # as signed',
        '+ sops: {welcome: "2.0"}  # as signed',
    ]


def test_a_step_that_takes_the_place_of_another_that_was_there(root: Path) -> None:
    change(root, WELCOME, {"now: hello": "now: red-flags"})
    said = " ".join(typed(root, "upgrade birch")[1].split())
    assert "Send the welcome email (greet): what is recorded goes on as welcome/red-flags" in said


def test_what_was_done_once_was_done_the_first_time(root: Path) -> None:
    repeat = "title: Say hello\n        repeat: {every: week, from: contract-signed}"
    change(root, WELCOME, {"title: Say hello": repeat})
    change(root, WELCOME, {"        due: 2 business days after contract-signed\n": ""})
    assert "+   welcome/hello@1: {done: 2026-11-17, by: dana}" in changed_lines(
        root, "upgrade birch"
    )


def test_an_exception_goes_on_as_well(root: Path) -> None:
    waiver = "exceptions:\n  - {step: welcome/greet, reason: Met before, approved_by: management}\n"
    change(
        root, BIRCH, {"progress:\n": waiver, "  welcome/greet: {done: 2026-11-17, by: dana}\n": ""}
    )
    assert changed_lines(root, "upgrade birch")[3:] == [
        "+   - {step: welcome/hello, reason: Met before, approved_by: management}"
    ]


def test_what_cannot_be_carried_over_is_not_written(root: Path) -> None:
    change(root, WELCOME, {'former_steps: [{id: greet, until: "1.0", now: hello}]\n': ""})
    (root / "observations/2026-11-17-long-form.yml").unlink()  # it speaks of that step
    before = (root / BIRCH).read_bytes()
    for command in ("upgrade birch", "upgrade birch --dry-run"):
        code, said = typed(root, command)
        assert code == 1
        assert 'unknown-step: welcome has no step "greet"' in said
    assert (root / BIRCH).read_bytes() == before


def test_what_is_retired_is_kept_unless_it_is_named(root: Path) -> None:
    change(root, WELCOME, {"status: active": "status: retired\nsuperseded_by: welcome"})
    code, said = typed(root, "upgrade birch")
    assert code == 0
    assert "welcome stays on 1.0: the current one is retired." in said
    code, said = typed(root, "upgrade birch welcome --dry-run")
    assert "Welcome a client: 1.0 -> not in the plan any more" in said
    assert changed_lines(root, "upgrade birch welcome") == ['- sops: {welcome: "1.0"}  # as signed']


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("upgrade birch welcom", 2, 'no SOP is called "welcom"; did you mean "welcome"?'),
        ("upgrade brich", 2, 'no client is called "brich"; did you mean "birch"?'),
    ],
)
def test_names_that_nothing_has(root: Path, command: str, code: int, said: str) -> None:
    told = typed(root, command)
    assert (told[0], said in told[1]) == (code, True), told[1]


def test_who_is_not_pinned_is_up_to_date(root: Path) -> None:
    change(
        root, BIRCH, {'sops: {welcome: "1.0"}  # as signed\n': "", "welcome/greet": "welcome/hello"}
    )
    assert typed(root, "upgrade birch") == (0, "Birch Bakery follows the current versions.\n")
    code, said = typed(root, "upgrade birch welcome")
    assert code == 1
    assert "is pinned to no version of welcome" in said


def test_a_new_client_begins_with_todays_versions(root: Path) -> None:
    code, _ = typed(root, "start 'North Pier' --date contract-signed=2026-11-19")
    assert code == 0
    text = (root / "clients/north-pier.yml").read_text("utf-8")
    assert text.endswith('sops:\n  welcome: "2.0"\n')
    change(root, WELCOME, {'"2.0"\nstatus': '"2.1"\nstatus', '"2.0", eff': '"2.1", eff'})
    assert not [problem for problem in look(root)[1] if problem.is_error]
