"""A paper is told from the plan of today by the commit in its footer."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from gitted import commit, git
from laid import TODAY, lay
from sopwith.making import NotHere, Print, checklists, stale
from sopwith.workspace import Inputs, open_workspace

COMPANY, CLIENT, SOP = "company.yml", "clients/birch.yml", "sops/onboard/welcome.yml"
CALL = "title: Hold the kickoff call"
GREETED = "  welcome/greet: {done: 2026-11-17, by: dana}\n"
NEW_STEP = """\
changes:
  - {version: "1.1", effective: 2026-11-18, by: dana, summary: One step more}
"""


def tell(root: Path, name: str) -> str:
    short = name if name == "uncommitted" else name[:10]
    return stale(open_workspace(Inputs(root, today=TODAY)), ["birch"], short)


def change(root: Path, changes: Mapping[str, Mapping[str, str]]) -> None:
    lay(root, {"base": False, "changes": changes})


@pytest.fixture
def printed(tmp_path: Path) -> tuple[Path, str]:
    """A library, and the commit at which its checklist was printed."""
    root = lay(tmp_path / "root", {})
    return root, commit(root)


def test_nothing_changed(printed: tuple[Path, str]) -> None:
    root, name = printed
    change(root, {CLIENT: {"name: Birch Bakery": "# a remark\nname: Birch Bakery"}})
    assert tell(root, name) == (
        f"Birch Bakery: nothing changed since {name[:10]}. The paper is good."
    )


def test_an_engagement_that_is_over_needs_no_paper(printed: tuple[Path, str]) -> None:
    root, name = printed
    change(root, {CLIENT: {"progress:": "ended: {date: 2026-11-20, how: lost}\nprogress:"}})
    said = tell(root, name)
    assert said.startswith("Birch Bakery: 1 change since the paper of ")
    assert "The paper is out of date." in said
    assert "Ended\n  On November 20, 2026 (lost): nothing is due any more" in said


@pytest.mark.parametrize(
    ("changes", "verdict", "says"),
    [
        (
            {CLIENT: {"kickoff: 2026-11-30": "kickoff: {planned: 2026-11-30, now: 2026-12-02}"}},
            "2 changes {}. The paper is out of date.",
            [
                "Key dates",
                "  Kickoff: November 30, 2026 -> December 2, 2026",
                "Dates that moved",
                "  Welcome a client 1.3 Hold the kickoff call: Mon, Nov 30 -> Wed, Dec 2",
            ],
        ),
        (
            {
                SOP: {
                    'version: "1.0"\nstatus': 'version: "1.1"\nstatus',
                    "changes:\n": NEW_STEP,
                    "      - id: red-flags\n": "      - {id: gift, title: Send a gift,"
                    " role: management, due: on kickoff}\n      - id: red-flags\n",
                }
            },
            "4 changes {}. The paper is out of date.",
            [
                "Versions of procedures",
                "  Welcome a client: 1.0 -> 1.1",
                "New steps",
                "  Welcome a client 1.2 Send a gift: Dana Whitfield, Mon, Nov 30",
                "Steps with another number",
                "  Welcome a client 1.3 Look for red flags: was 1.2",
                "  Welcome a client 1.4 Hold the kickoff call: was 1.3",
            ],
        ),
        (
            {CLIENT: {"[email, zoom]": "[email]"}},
            "1 change {}. The paper is out of date.",
            [
                "Steps that are gone",
                "  Welcome a client 1.3 Hold the kickoff call: only if",
            ],
        ),
        (
            {COMPANY: {"project-manager: {title: Project manager, held_by: sam}": (
                "project-manager: {title: Project manager, held_by: dana}"
            )}},
            "1 change {}. The paper is out of date.",
            [
                "Steps for another person",
                "  Welcome a client 1.3 Hold the kickoff call: Sam Ortiz -> Dana Whitfield",
            ],
        ),
        (
            {CLIENT: {"progress:": "paused: [{from: 2026-12-02, to: 2026-12-03}]\nprogress:"}},
            "1 change {}. The paper is out of date.",
            ["Pauses", "  Wed, Dec 2 to Thu, Dec 3"],
        ),
        (
            {
                CLIENT: {
                    GREETED: GREETED
                    + '  welcome/red-flags: {done: 2026-11-19, by: sam, answer: "No"}\n'
                    + "  welcome/call: {not_applicable: true, by: sam, reason: They met}\n"
                }
            },
            "2 changes {}. It lacks only ticks.",
            [
                "Ticked since",
                "  Welcome a client 1.2 Look for red flags: done Thu, Nov 19, Sam Ortiz",
                "  Welcome a client 1.3 Hold the kickoff call: not applicable, Sam Ortiz",
            ],
        ),
        (
            {CLIENT: {f"progress:\n{GREETED}": ""}},
            "1 change {}. The paper is out of date.",
            ["Open again", "  Welcome a client 1.1 Send the welcome email: Tue, Nov 17"],
        ),
    ],
    ids=["date", "version", "gone", "person", "pause", "ticks", "open-again"],
)  # fmt: skip  # a table
def test_what_changed_is_told(
    printed: tuple[Path, str],
    changes: Mapping[str, Mapping[str, str]],
    verdict: str,
    says: list[str],
) -> None:
    root, name = printed
    change(root, changes)
    lines = [line for line in tell(root, name).splitlines() if line]
    assert lines[0] == f"Birch Bakery: {verdict.format(f'since the paper of {name[:10]}')}"
    assert len(lines) - 1 == len(says)
    for line, start in zip(lines[1:], says, strict=True):
        assert line.startswith(start)


RUNS = """\
title: Settle
version: "1.0"
status: active
owner: management
approver: management
review: {every: year}
trigger: {event: kickoff, says: The kickoff was held.}
outcome: It is settled.
phases:
  - id: work
    title: Work
    steps:
      - {id: again, title: Welcome them again, role: management, run: call-again}
      - {id: ask, title: Ask, role: management, repeat: {every: month, from: kickoff}}
changes:
  - {version: "1.0", effective: 2026-09-01, by: dana, summary: First version}
"""
CALLED = RUNS.replace("event: kickoff, ", "").replace("title: Settle", "title: Call again").replace(
    RUNS[RUNS.index("      - {id: again") : RUNS.index("changes:")],
    "      - {id: ring, title: Ring, role: management, due: 1 day after kickoff}\n",
)  # fmt: skip  # one argument a line


def test_steps_are_named_as_on_paper_and_what_is_too_far_ahead_says_so(tmp_path: Path) -> None:
    """Below a step that runs another SOP the numbers are those of the SOP above."""
    files = {"sops/deliver/settle.yml": RUNS, "sops/deliver/call-again.yml": CALLED}
    cases = "cases: [{sop: call-again, id: oven, title: The oven, opened: 2026-11-16}]\nprogress:"
    root = lay(tmp_path, {"files": files, "changes": {CLIENT: {"progress:": cases}}})
    name = commit(root)
    change(root, {CLIENT: {"kickoff: 2026-11-30": "kickoff: 2026-12-28"}})
    told = tell(root, name).splitlines()
    assert "  Settle 1.1.1 Ring: Tue, Dec 1 -> Tue, Dec 29" in told
    assert "  Call again (The oven) 1.1 Ring: Tue, Dec 1 -> Tue, Dec 29" in told
    assert "  Settle 1.2 Ask (2): too far ahead to be planned by now" in told


def test_the_files_and_the_repository_stay_as_they_are(printed: tuple[Path, str]) -> None:
    root, name = printed
    change(root, {CLIENT: {"kickoff: 2026-11-30": "kickoff: 2026-12-02"}})
    before = git(root, "status", "--porcelain=v2", "--branch")
    files = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    tell(root, name)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == files
    assert git(root, "status", "--porcelain=v2", "--branch") == before


EDIT = {CLIENT: {"kickoff: 2026-11-30": "kickoff: 2026-12-02"}}


@pytest.mark.parametrize(
    ("changed", "is_told"),
    [(CLIENT, True), (SOP, True), (COMPANY, True), ("clients/other.yml", False)],
)
def test_paper_of_what_is_not_saved_says_so(
    changed: str, is_told: bool, printed: tuple[Path, str]
) -> None:
    """A tick nobody has saved is on the paper, and in no commit that it can be compared with."""
    root, name = printed
    path = root / changed
    path.write_text(f"{path.read_text() if path.exists() else 'name: Other'}\n", "utf-8")
    told: list[str] = []
    work = open_workspace(Inputs(root, today=TODAY))
    checklists(work, ["birch"], Print(forms=("md",)), told.append)
    footer = (root / "build/clients/birch/checklist.md").read_text("utf-8").splitlines()[-1]
    assert (f"commit {name[:10]} + unsaved changes · " in footer) == is_told
    assert (f"Not saved in git yet: {changed}, so this paper" in "".join(told)) == is_told


def test_paper_of_a_commit_that_was_asked_for_names_it_alone(printed: tuple[Path, str]) -> None:
    root, name = printed
    change(root, EDIT)
    work = open_workspace(Inputs(root, today=TODAY, commit=name))
    told: list[str] = []
    checklists(work, ["birch"], Print(forms=("md",)), told.append)
    assert f"commit {name[:10]} · " in (root / "build/clients/birch/checklist.md").read_text()
    assert told == []


def test_paper_of_what_was_not_saved_is_compared_as_far_as_it_can_be(
    printed: tuple[Path, str],
) -> None:
    root, name = printed
    change(root, EDIT)
    work = open_workspace(Inputs(root, today=TODAY))
    first, _, second = stale(work, ["birch"], f"{name[:10]} + unsaved changes").splitlines()[:3]
    assert first.startswith("That paper had changes that were not in git")
    assert second.startswith(f"Birch Bakery: 2 changes since the paper of {name[:10]}.")


def test_a_root_inside_a_repository(tmp_path: Path) -> None:
    (tmp_path / "readme").write_text("The handbook is in a folder.\n")
    root = lay(tmp_path / "firm" / "handbook", {})
    commit(tmp_path)
    name = commit(root)
    assert "nothing changed" in tell(root, name)
    change(root, {CLIENT: {"kickoff: 2026-11-30": "kickoff: 2026-12-02"}})
    assert "Hold the kickoff call: Mon, Nov 30 -> Wed, Dec 2" in tell(root, name)


def test_clients_in_a_repository_of_their_own(tmp_path: Path) -> None:
    root, private = lay(tmp_path / "root", {}), tmp_path / "private"
    for folder in ("clients", "observations"):
        private.mkdir(exist_ok=True)
        shutil.move(root / folder, private / folder)
    change(root, {COMPANY: {"name: Fern & Co\n": "name: Fern & Co\nprivate: ../private\n"}})
    handbook, clients = commit(root, "The handbook"), commit(private, "The clients")
    change(private, {CLIENT: {"kickoff: 2026-11-30": "kickoff: 2026-12-02"}})
    change(root, {SOP: {CALL: "title: Hold the first call"}})

    of_handbook = tell(root, handbook)
    assert of_handbook.startswith(
        f"{handbook[:10]} is of the handbook: clients' files are compared as they are now."
    )
    assert "Hold the first call: was 1.3 Hold the kickoff call" in of_handbook
    assert "Nov 30" not in of_handbook

    of_clients = tell(root, clients)
    assert of_clients.startswith(f"{clients[:10]} is of the clients' files: the handbook is")
    assert "Mon, Nov 30 -> Wed, Dec 2" in of_clients
    assert "was 1.3" not in of_clients


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("deadbeef", '"deadbeef" is no commit in the history of this folder; take the one in'),
        ("--all", '"--all" is no commit in the history of this folder'),
        ("", '"" is no commit in the history of this folder'),
        ("uncommitted", "that paper was printed before its files were in git"),
    ],
)
def test_a_commit_that_is_none(printed: tuple[Path, str], name: str, says: str) -> None:
    with pytest.raises(NotHere) as caught:
        tell(printed[0], name)
    assert str(caught.value).startswith(says)


def test_without_git(tmp_path: Path) -> None:
    with pytest.raises(NotHere, match="no commit in the history"):
        tell(lay(tmp_path, {}), "ab12cd3f90")


def test_a_client_who_was_not_there_yet(tmp_path: Path) -> None:
    root = lay(tmp_path, {"files": {CLIENT: None}})
    name = commit(root)
    lay(root, {})
    with pytest.raises(NotHere, match=f"birch was not there yet at {name[:10]}"):
        tell(root, name)


def test_files_that_could_not_be_planned_then(tmp_path: Path) -> None:
    root = lay(tmp_path, {"changes": {SOP: {"role: project-manager": "role: pilot"}}})
    name = commit(root)
    change(root, {SOP: {"role: pilot": "role: project-manager"}})
    with pytest.raises(NotHere) as caught:
        tell(root, name)
    assert str(caught.value).startswith(
        f"the files of {name[:10]} cannot be planned by today's rules: sops/onboard/welcome.yml:"
    )
