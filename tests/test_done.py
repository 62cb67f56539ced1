"""A step ticked in a client's file: what is written, what is told, and what is refused."""

from __future__ import annotations

import difflib
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from laid import TODAY, lay, look
from sopwith import filing
from sopwith.cli import main
from sopwith.workspace import Inputs, Workspace, open_workspace

BIRCH = "clients/birch.yml"
# The machine's own settings are not to name anybody.
NOBODY = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "HOME": "/nowhere"}

# Four steps more, one of them for two people, one for each week, one for the client.
MORE = """\
title: Bake together
version: "1.0"
status: active
owner: account-manager
approver: management
review: {every: quarter, last: 2026-09-30, by: dana}
trigger: {event: kickoff, says: The kickoff was held.}
outcome: The shop is open.
phases:
  - id: work
    title: Work
    steps:
      - {id: plan, title: Write the plan, role: bakers, due: 1 day after kickoff}
      - id: call
        title: Hold the call
        role: account-manager
        repeat: {every: week, from: kickoff}
      - {id: agree, title: Agree the plan, role: client, due: 2 days after step plan}
      - {id: gift, title: Send a gift, role: account-manager, when: {channels: slack}}
      - {id: again, title: Welcome the staff, role: account-manager, run: welcome-staff}
changes:
  - {version: "1.0", effective: 2026-09-01, by: dana, summary: First version}
"""
STAFF = """\
title: Welcome the staff
version: "1.0"
status: active
owner: account-manager
approver: management
review: {every: quarter, last: 2026-09-30, by: dana}
trigger: {says: New people begin.}
outcome: They know us.
phases:
  - id: start
    title: Start
    steps: [{id: tour, title: Show the shop, role: account-manager}]
changes:
  - {version: "1.0", effective: 2026-09-01, by: dana, summary: First version}
"""
SLACK = MORE.replace("title: Bake together", "title: Chat").replace(
    "trigger:", "applies_to: {channels: slack}\ntrigger:"
)
LIBRARY: Mapping[str, Any] = {
    "files": {
        "sops/deliver/bake.yml": MORE,
        "sops/deliver/welcome-staff.yml": STAFF,
        "sops/deliver/chat.yml": SLACK,
    },
    "changes": {
        "company.yml": {
            "  management:": "  bakers: {title: Bakers, held_by: [dana, sam]}\n  management:"
        },
        BIRCH: {"  kickoff: 2026-11-30": "  kickoff: 2026-11-16  # in the bakery"},
    },
}
WHY_NOT = "only if How we talk: slack"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path, LIBRARY)


def typed(root: Path, line: str, **env: str) -> tuple[int, str]:
    """The exit code and all that is printed, as somebody types it."""
    command, *args = shlex.split(line)
    given = [command, "--root", str(root), "--today", str(TODAY), *args]
    result = CliRunner(env={**NOBODY, **env}).invoke(main, given, prog_name="sopwith")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


def opened(root: Path) -> Workspace:
    return open_workspace(Inputs(root, today=TODAY))


def changes(before: str, after: str) -> list[str]:
    """The lines taken out and added, each with its sign."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_a_step_is_known_by_its_title(root: Path) -> None:
    """As it stands on paper, with or without what tells repeats apart, in any case."""
    assert typed(root, 'done birch "hold the call (2)"')[0] == 0
    assert typed(root, 'done birch "Show the shop"')[0] == 0
    assert "bake/call@2: {done: 2026-11-20" in (root / BIRCH).read_text("utf-8")
    code, said = typed(root, 'done birch "Hold the call"')
    assert code == 2
    assert 'Error: "Hold the call" may be any of 13 steps of Birch Bakery; say which:\n' in said


def test_a_step_of_a_case_is_known_by_its_title_and_the_case(root: Path) -> None:
    """As a week names it on the terminal."""
    birch = root / BIRCH
    case = "cases: [{sop: welcome-staff, id: oven, title: The oven, opened: 2026-11-16}]\nprogress:"
    birch.write_text(birch.read_text("utf-8").replace("progress:", case), "utf-8")
    code, said = typed(root, 'why birch "Show the shop (The oven)"')
    assert (code, "welcome-staff@oven/tour" in said) == (0, True), said


def test_whoever_had_left_did_nothing(root: Path) -> None:
    company = root / "company.yml"
    text = company.read_text("utf-8")
    company.write_text(
        text.replace("name: Dana Whitfield", "name: Dana Whitfield, left: 2026-11-18")
    )
    assert typed(root, "done birch bake/call@1 --on 2026-11-18 --by dana")[0] == 0
    code, said = typed(root, "done birch bake/call@2 --on 2026-11-19 --by dana")
    assert (code, said) == (
        1,
        "Error: Dana Whitfield left on November 18, 2026: say --by with one of sam.\n",
    )


@pytest.mark.parametrize(
    ("step", "tells"),
    [
        ("tray", "  opening: 2026-11-19\n"),
        ("sweep", "  opening: the day it was or is to be\n"),
        ("flour", ""),
    ],
)
def test_the_step_that_is_an_event_asks_for_its_day(root: Path, step: str, tells: str) -> None:
    company = root / "company.yml"
    events = "events:\n  - {id: opening, title: Opening}\n"
    company.write_text(company.read_text("utf-8").replace("events:\n", events))
    bake = root / "sops/deliver/bake.yml"
    steps = """\
      - {id: flour, title: Buy flour, role: account-manager, due: 2 days before opening}
      - {id: tray, title: Cut the ribbon, role: account-manager, due: on opening}
      - {id: sweep, title: Sweep, role: account-manager, due: 1 day after opening}
changes:"""
    bake.write_text(bake.read_text("utf-8").replace("changes:", steps))
    asks = "Opening has no day yet. Write under dates, in clients/birch.yml:\n"
    code, said = typed(root, f"done birch {step} --on 2026-11-19")
    assert code == 0, said
    assert (asks + tells in said) if tells else ("no day yet" not in said)
    client = root / BIRCH
    client.write_text(
        client.read_text("utf-8").replace("dates:\n", "dates:\n  opening: 2026-11-19\n")
    )
    assert "no day yet" not in typed(root, f"done birch {step} --undo")[1]
    assert "no day yet" not in typed(root, f"done birch {step} --on 2026-11-19")[1]


def test_a_critical_step_that_is_not_to_be_done_is_somebodys_business(root: Path) -> None:
    bake = root / "sops/deliver/bake.yml"
    bake.write_text(
        bake.read_text("utf-8").replace("Agree the plan,", "Agree the plan, critical: true,")
    )
    _, said = typed(root, "done birch bake/agree --not-applicable 'They trust us' --by sam")
    assert "It is critical: the work must not go on without it. Let Management know.\n" in said


def test_what_is_over_says_since_when(root: Path) -> None:
    client = root / BIRCH
    client.write_text(client.read_text("utf-8") + "ended: {date: 2026-11-19, how: cancelled}\n")
    _, said = typed(root, "done birch bake/plan --by sam")
    assert said.endswith("Nothing is open for Birch Bakery: it ended on November 19, 2026.\n")
    _, said = typed(root, "tasks birch --for asana")
    assert said.endswith("birch.asana.csv\nNothing is open for Birch Bakery.\n")


@pytest.mark.parametrize(
    ("line", "wrote"),
    [
        ("birch greet --undo", ["- progress:", "-   welcome/greet: {done: 2026-11-17, by: dana}"]),
        ("birch bake/call@1", ["+   bake/call@1: {done: 2026-11-20, by: dana}"]),
        ("birch welcome/call --on 2026-11-16", ["+   welcome/call: {done: 2026-11-16, by: sam}"]),
        ("birch plan --by sam", ["+   bake/plan: {done: 2026-11-20, by: sam}"]),
        (
            "birch red-flags --answer no",
            ['+   welcome/red-flags: {done: 2026-11-20, by: dana, answer: "No"}'],
        ),
        (
            'birch call@2 --on "2026-11-20 16:50" --note "By phone: #2"',
            ['+   bake/call@2: {done: "2026-11-20 16:50", by: dana, note: "By phone: #2"}'],
        ),
        (
            "birch bake/call@1 --not-applicable 'They met, and talked' --by DW",
            ['+   bake/call@1: {not_applicable: true, by: dana, reason: "They met, and talked"}'],
        ),
        ("birch tour", ["+   bake/again/tour: {done: 2026-11-20, by: dana}"]),
        (
            "birch again --not-applicable 'Nobody is new' --by 'dana whitfield'",
            ["+   bake/again: {not_applicable: true, by: dana, reason: Nobody is new}"],
        ),
    ],
)
def test_a_step_is_written_on_a_line_of_its_own(root: Path, line: str, wrote: list[str]) -> None:
    before = (root / BIRCH).read_text("utf-8")
    code, said = typed(root, f"done {line}")
    assert code == 0, said
    assert changes(before, (root / BIRCH).read_text("utf-8")) == wrote
    assert not [problem for problem in look(root)[1] if problem.is_error]
    assert max(map(len, said.splitlines())) < 80


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "birch plan --by dana",
            """\
            "Write the plan" was done on November 20, 2026 by Dana Whitfield.
            Now to be done:
              Mon, Nov 23  Agree the plan (Priya Shah)
                           bake/agree
            """,
        ),
        (
            "birch welcome/call --undo",
            """\
            Error: Nothing is recorded of welcome/call for Birch Bakery.
            """,
        ),
        (
            "birch greet",
            """\
            Nothing to change: "Send the welcome email" was done on November 17, 2026 by
            Dana Whitfield.
            """,
        ),
        (
            "birch greet --on 2026-11-18",
            """\
            Error: "Send the welcome email" was done on November 17, 2026 by Dana
            Whitfield. To say otherwise, take that back first:
              sopwith done birch welcome/greet --undo
            """,
        ),
        (
            "birch greet --undo",
            """\
            Taken back: "Send the welcome email" is open.
            Now to be done:
              Tue, Nov 17 (late)  Send the welcome email (Dana Whitfield)
                                  welcome/greet
            """,
        ),
        (
            "birch red-flags",
            """\
            Error: Are there any red flags? Say --answer "Yes" or --answer "No".
            """,
        ),
        (
            "birch red-flags --answer Nope",
            """\
            Error: "Nope" is no answer to "Are there any red flags?"; did you mean "No"?
            """,
        ),
        (
            "birch plan --answer Yes",
            """\
            Error: "Write the plan" asks nothing, so it takes no answer.
            """,
        ),
        (
            "birch plan",
            """\
            Error: Nobody can tell who did it: say --by with one of dana, sam.
            """,
        ),
        (
            "birch agree",
            """\
            Error: Nobody can tell who did it: say --by with one of dana, sam.
            """,
        ),
        (
            "birch plan --on 2026-11-21",
            """\
            Error: 2026-11-21 is still to come: today is 2026-11-20.
            """,
        ),
        (
            "birch gift",
            """\
            Error: "Send a gift" is not to be done for Birch Bakery: only if How we talk:
            slack.
            """,
        ),
        (
            "birch again",
            """\
            Error: "Welcome the staff" is done when the steps of welcome-staff are:
              sopwith done birch bake/again/STEP
            """,
        ),
        (
            "birch bake/call@1 --not-applicable 'They met'",
            """\
            Error: Nobody can tell who says so: say --by with one of dana, sam.
            """,
        ),
        (
            "birch plan --not-applicable 'It is theirs' --on 2026-11-18",
            """\
            Error: A step that does not apply has no day and no answer.
            """,
        ),
    ],
)
def test_what_is_told(root: Path, line: str, said: str) -> None:
    lines = [line.removeprefix(" " * 12) for line in said.splitlines()]
    assert typed(root, f"done {line}")[1].splitlines() == [line for line in lines if line]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("birch gret", 'Birch Bakery has no step "gret"; did you mean "welcome/greet"?'),
        (
            "birch welc/greet",
            'Birch Bakery has no step "welc/greet"; did you mean "welcome/greet"?',
        ),
        ("birch zzz", 'Birch Bakery has no step "zzz"'),
        (
            "birch chat/plan",
            f'"chat/plan" is not in the plan of Birch Bakery: Chat is left out ({WHY_NOT})',
        ),
        ("birsh greet", 'no client is called "birsh"; did you mean "birch"?'),
        ("birch bake/call@1 --by sm", 'no person is called "sm"; did you mean "sam"?'),
        (
            "birch greet --undo --note x",
            "--undo takes back the whole record; say nothing else with it",
        ),
        (
            "birch greet --on 20.11.2026",
            "Invalid value for '--on': \"20.11.2026\" is no day; write it as in 2026-11-20",
        ),
    ],
)
def test_a_name_that_nothing_has_is_wrong_usage(root: Path, line: str, said: str) -> None:
    code, told = typed(root, f"done {line}")
    assert (code, told.splitlines()[-1]) == (2, f"Error: {said}")


def test_a_name_that_several_steps_have_lists_them_the_open_first(root: Path) -> None:
    code, told = typed(root, "done birch call")
    assert code == 2
    assert told.splitlines()[3:] == [
        'Error: "call" may be any of 14 steps of Birch Bakery; say which:',
        "  welcome/call  Mon, Nov 16",
        "  bake/call@1   Mon, Nov 23",
        "  bake/call@2   Mon, Nov 30",
        "  bake/call@3   Mon, Dec 7",
        "  bake/call@4   Mon, Dec 14",
        "  bake/call@5   Mon, Dec 21",
        "  bake/call@6   Mon, Dec 28",
        "  bake/call@7   Mon, Jan 4, 2027",
        "  bake/call@8   Mon, Jan 11, 2027",
        "  bake/call@9   Mon, Jan 18, 2027",
        "  and 4 more",
    ]


def test_a_number_as_paper_has_it(root: Path) -> None:
    """Each SOP counts its own steps, so that a number alone may be several."""
    code, told = typed(root, "done birch 1.1")
    assert code == 2
    assert told.splitlines()[3:] == [
        'Error: "1.1" may be any of 2 steps of Birch Bakery; say which:',
        '  "Bake together 1.1"     Tue, Nov 17',
        '  "Welcome a client 1.1"  done',
    ]
    assert "is open" in typed(root, 'done birch "Welcome a client 1.1" --undo')[1]
    assert "was done" in typed(root, "done birch welcome/1.1 --on 2026-11-17")[1]
    code, told = typed(root, "done birch 1.5.1")
    assert (code, told.splitlines()[0]) == (
        0,
        '"Show the shop" was done on November 20, 2026 by Dana Whitfield.',
    )
    code, told = typed(root, "done birch 9.9")
    assert (code, told.splitlines()[-1]) == (2, 'Error: Birch Bakery has no step "9.9"')


def test_a_reason_that_is_a_sentence_stays_one(root: Path) -> None:
    typed(root, "done birch bake/call@1 --not-applicable 'They met.' --by sam")
    code, told = typed(root, "done birch bake/call@1 --not-applicable 'They talked' --by sam")
    assert code == 1
    assert told.splitlines() == [
        'Error: "Hold the call (1)" does not apply, says Sam Ortiz: They met. To say',
        "otherwise, take that back first:",
        "  sopwith done birch bake/call@1 --undo",
    ]


def test_git_knows_who_ticks_what_is_not_one_persons_own(root: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings"
    settings.write_text("[user]\n\temail = Dana@Fern.example\n", "utf-8")
    code, _ = typed(root, "done birch agree", GIT_CONFIG_GLOBAL=str(settings))
    assert code == 0
    assert "bake/agree: {done: 2026-11-20, by: dana}" in (root / BIRCH).read_text("utf-8")


def test_a_step_that_waits_can_be_ticked_and_says_for_what(root: Path) -> None:
    typed(root, "done birch greet --undo")
    code, told = typed(root, "done birch welcome/call")
    assert code == 0
    assert "It was to wait for what is still open: Send the welcome email" in told


def test_what_is_done_for_the_whole_account_is_taken_back_where_it_stands(root: Path) -> None:
    path = root / "sops/onboard/welcome.yml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("      - id: greet\n", "      - id: greet\n        once_per: account\n"),
        "utf-8",
    )
    other = (root / BIRCH).read_text("utf-8").partition("progress:")[0] + "account: birch\n"
    (root / "clients/second.yml").write_text(other, "utf-8")
    (root / BIRCH).write_text((root / BIRCH).read_text("utf-8") + "account: birch\n", "utf-8")
    assert typed(root, "done second greet")[0] == 0
    code, told = typed(root, "done second greet --undo")
    assert code == 1
    assert told.splitlines() == [
        "Error: Nothing is recorded of welcome/greet for Birch Bakery; it is recorded in",
        "clients/birch.yml.",
    ]
    assert (root / "clients/second.yml").read_text("utf-8") == other


def test_what_would_not_pass_the_check_is_not_written(root: Path) -> None:
    before = (root / BIRCH).read_bytes()
    code, told = typed(root, 'done birch bake/call@1 --note " "')
    assert code == 1
    assert told.startswith("clients/birch.yml:")
    assert told.endswith("Nothing was written.\n")
    assert (root / BIRCH).read_bytes() == before


def test_another_clients_mistake_is_not_in_the_way(root: Path) -> None:
    (root / "clients/other.yml").write_text("nmae: Other\n", "utf-8")
    assert typed(root, "done birch bake/call@1")[0] == 0
    code, told = typed(root, "done other greet")
    assert (code, told.splitlines()[0]) == (
        1,
        'clients/other.yml:1:1: unknown-key: no key is called "nmae" here',
    )


def test_the_file_keeps_its_mode_its_line_ends_and_its_mark(root: Path) -> None:
    path = root / BIRCH
    raw = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(raw)
    path.chmod(0o640)
    assert typed(root, "done birch bake/call@1")[0] == 0
    assert path.read_bytes() == raw + b"  bake/call@1: {done: 2026-11-20, by: dana}\r\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [other.name for other in path.parent.iterdir()] == [path.name]


def test_a_file_that_somebody_else_changed_meanwhile_is_left_alone(root: Path) -> None:
    work = opened(root)
    theirs = (root / BIRCH).read_text("utf-8") + "  bake/call@2: {done: 2026-11-19, by: sam}\n"
    (root / BIRCH).write_text(theirs, "utf-8")
    with pytest.raises(filing.Refused, match="changed in this moment"):
        filing.tick(work, "birch", "bake/call@1", filing.Tick())
    assert (root / BIRCH).read_text("utf-8") == theirs


def test_a_disk_that_fails_leaves_the_file_and_nothing_beside_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = (root / BIRCH).read_bytes()
    monkeypatch.setattr("os.fsync", full)
    code, told = typed(root, "done birch bake/call@1")
    assert (code, told) == (
        1,
        "Error: clients/birch.yml cannot be written: No space left on device.\n",
    )
    assert (root / BIRCH).read_bytes() == before
    assert [other.name for other in (root / "clients").iterdir()] == ["birch.yml"]


# Two branches ----------------------------------------------------------------------------------


def git(root: Path, *args: str) -> int:
    who = (
        "-c",
        "user.name=Sam",
        "-c",
        "user.email=sam@fern.example",
        "-c",
        "core.hooksPath=/dev/null",
    )
    return subprocess.run(
        ["git", "-C", str(root), *who, *args], capture_output=True, check=False
    ).returncode


def merged(root: Path, ours: str, theirs: str) -> bool:
    """Tick a step on a branch and another on a second one, and merge the two."""
    git(root, "init", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--message=base")
    for branch, line in (("theirs", theirs), ("ours", ours)):
        git(root, "checkout", "-b", branch, "main")
        assert typed(root, f"done birch {line}")[0] == 0
        git(root, "commit", "--all", f"--message={branch}")
    return git(root, "merge", "theirs") == 0


def ticked(root: Path) -> list[str]:
    reading, problems, _ = look(root)
    assert not [problem for problem in problems if problem.is_error]
    assert reading.library
    return list(reading.library.clients["birch"].progress)


def test_branches_that_tick_different_steps_merge_in_the_order_of_the_plan(root: Path) -> None:
    typed(root, "done birch welcome/call")
    typed(root, "done birch bake/call@1")
    assert merged(root, "red-flags --answer No", "bake/call@2")
    order = ["welcome/greet", "welcome/red-flags", "welcome/call", "bake/call@1", "bake/call@2"]
    assert ticked(root) == order


UNION = {"files": {".gitattributes": "clients/*.yml merge=union\n"}, "base": False}


def test_neighbours_merge_only_where_git_is_told_to_keep_both(root: Path, tmp_path: Path) -> None:
    assert not merged(lay(tmp_path / "strict", LIBRARY), "bake/call@1", "bake/call@2")
    lay(root, UNION)
    assert merged(root, "bake/call@1", "bake/call@2")
    assert sorted(ticked(root)) == ["bake/call@1", "bake/call@2", "welcome/greet"]


def test_one_step_ticked_twice_is_a_problem_and_no_silent_choice(root: Path) -> None:
    lay(root, UNION)
    assert merged(root, "red-flags --answer No", "red-flags --answer Yes")
    assert "duplicate-key" in {problem.code for problem in look(root)[1]}
