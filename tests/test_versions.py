"""Clients who stay on a version: the history knows what it said, and only they depend on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from gitted import commit, git
from laid import TODAY, lay, line, look
from sopwith.cli import main
from sopwith.model import Version
from sopwith.plan import Plan, Plans
from sopwith.workspace import Inputs, open_workspace

WELCOME = "sops/onboard/welcome.yml"
PINNED = {"dates:": 'sops: {welcome: "1.0"}\ndates:'}
SECOND = {
    'title: Welcome a client\nversion: "1.0"': 'title: Welcome a client\nversion: "1.1"',
    "title: Send the welcome email": "title: Send the welcome email today",
    "due: on kickoff": "due: 1 business day before kickoff",
    "changes:": "changes:\n  - {version: '1.1', effective: 2026-10-01, by: dana, summary: Sooner}",
}


def write(root: Path, **changes: Mapping[str, str]) -> Path:
    """Put other words into the files of a library that is laid out."""
    names = {"welcome": WELCOME, "birch": "clients/birch.yml"}
    return lay(root, {"base": False, "changes": {names[key]: new for key, new in changes.items()}})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Version 1.0 of the only SOP is committed, and 1.1 is current; Birch stays on 1.0."""
    commit(lay(tmp_path, {}), "First")
    write(tmp_path, welcome=SECOND, birch=PINNED)
    commit(tmp_path, "Second")
    return tmp_path


def plan_of(root: Path, client: str = "birch", commit: str = "") -> Plan:
    work = open_workspace(Inputs(root, today=TODAY, commit=commit))
    assert work.plans
    plan = work.plans.of(client)
    assert plan, [line(problem) for problem in work.problems]
    return plan


def titles(plan: Plan) -> list[str]:
    return [row.step.title for row in plan.rows()]


def problems(root: Path) -> list[str]:
    return [line(problem) for problem in look(root)[1]]


def test_a_client_stays_and_others_follow(root: Path) -> None:
    shutil.copy(root / "clients/birch.yml", root / "clients/cedar.yml")
    lay(root, {"base": False, "changes": {"clients/cedar.yml": {'sops: {welcome: "1.0"}\n': ""}}})
    stayed, followed = plan_of(root), plan_of(root, "cedar")
    assert titles(stayed)[0] == "Send the welcome email"
    assert titles(followed)[0] == "Send the welcome email today"
    assert [planned.sop.version for planned in stayed.sops] == [Version("1.0")]
    call = "welcome/call"
    days = [str(r.due) for plan in (stayed, followed) for r in plan.rows() if r.address == call]
    assert days == ["2026-11-30", "2026-11-27"]


def test_the_last_commit_that_carries_a_version_counts(root: Path) -> None:
    git(root, "checkout", "--quiet", "HEAD~1", "--", WELCOME)
    write(root, welcome={"Look for red flags": "Look for flags of any color"})
    commit(root, "Say it better, in the same version")
    git(root, "checkout", "--quiet", "HEAD~1", "--", WELCOME)
    commit(root, "Back to the second")
    assert "Look for flags of any color" in titles(plan_of(root))


def test_what_a_branch_tried_was_never_in_force(root: Path) -> None:
    git(root, "checkout", "--quiet", "-b", "try")
    git(root, "checkout", "--quiet", "HEAD~1", "--", WELCOME)
    write(root, welcome={"Look for red flags": "Look for nothing"})
    commit(root, "Try")
    git(root, "checkout", "--quiet", "HEAD~1", "--", WELCOME)
    commit(root, "Take it back")
    git(root, "checkout", "--quiet", "main")
    git(root, "merge", "--quiet", "--no-ff", "-m", "Merge", "try")
    assert "Look for red flags" in titles(plan_of(root))


def test_a_version_that_came_by_a_merge(tmp_path: Path) -> None:
    commit(lay(tmp_path, {}), "First")
    git(tmp_path, "checkout", "--quiet", "-b", "second")
    write(tmp_path, welcome=SECOND)
    commit(tmp_path, "Second")
    git(tmp_path, "checkout", "--quiet", "main")
    git(tmp_path, "merge", "--quiet", "--no-ff", "-m", "Merge", "second")
    write(
        tmp_path,
        welcome={'"1.1"': '"1.2"', "'1.1'": "'1.2'"},
        birch={"dates:": 'sops: {welcome: "1.1"}\ndates:'},
    )
    assert plan_of(tmp_path).sops[0].sop.version == Version("1.1")


def test_the_file_has_moved_and_its_stage_with_it(root: Path) -> None:
    (root / "sops/deliver").mkdir()
    (root / WELCOME).rename(root / "sops/deliver/welcome.yml")
    commit(root, "Move")
    (sop,) = (planned.sop for planned in plan_of(root).sops)
    assert (sop.version, sop.stage) == (Version("1.0"), "deliver")
    assert sop.at.path.endswith(f":{WELCOME}")


def test_the_file_is_gone_or_cannot_be_read(root: Path) -> None:
    (root / WELCOME).write_text("title: [\n")
    assert titles(plan_of(root))[0] == "Send the welcome email"
    (root / WELCOME).unlink()
    (root / "observations/2026-11-17-long-form.yml").unlink()  # it speaks of that SOP
    assert not [p for p in look(root)[1] if p.is_error]
    assert titles(plan_of(root))[0] == "Send the welcome email"


@pytest.mark.parametrize("status", ["draft", "retired\nsuperseded_by: welcome"])
def test_a_pinned_sop_is_planned_whatever_it_is_now(status: str, root: Path) -> None:
    write(root, welcome={"status: active": f"status: {status}"})
    assert len(plan_of(root).sops) == 1
    write(root, birch={'"1.0"': '"1.1"'})
    assert len(plan_of(root).sops) == 1
    write(root, birch={'sops: {welcome: "1.1"}\n': ""})
    assert not plan_of(root).sops


def test_what_is_recorded_is_judged_by_the_version_followed(root: Path) -> None:
    (root / "observations/2026-11-17-long-form.yml").unlink()  # it speaks of that step
    write(root, welcome={"id: greet": "id: hello", "[greet]": "[hello]"})
    assert problems(root) == []
    write(root, birch={'sops: {welcome: "1.0"}\n': ""})
    assert [text.split(": ")[1] for text in problems(root)] == ["unknown-step"]


def test_an_sop_that_others_run_is_the_pinned_one(root: Path) -> None:
    caller = (root / WELCOME).read_text("utf-8")
    step = "        due: 2 business days before kickoff\n        run: welcome\nchanges:"
    start = caller[: caller.index("      - id: greet")].replace("Welcome a client", "Caller")
    start += f"      - id: all\n        title: All of it\n        role: management\n{step}"
    changes = '\n  - {version: "1.1", effective: 2026-09-01, by: dana, summary: First}\n'
    (root / "sops/onboard/caller.yml").write_text(start + changes)
    rows = {row.address: row.step.title for row in plan_of(root).rows()}
    assert rows["caller/all/greet"] == "Send the welcome email"


def test_a_circle_that_only_old_and_new_make_together(tmp_path: Path) -> None:
    runs = {"due: on kickoff": "run: other"}
    lay(tmp_path, {"changes": {WELCOME: runs}})
    other = (tmp_path / WELCOME).read_text("utf-8").replace("        run: other\n", "")
    other = other.replace("        wait_for: [greet]\n", "").replace("event: contract-signed, ", "")
    other = other.replace("title: Welcome a client", "title: Welcome another client")
    (tmp_path / "sops/onboard/other.yml").write_text(other)
    commit(tmp_path, "First")
    undo = {new: old for old, new in runs.items()}
    write(
        tmp_path,
        welcome={**undo, **{k: v for k, v in SECOND.items() if "kick" not in k}},
        birch=PINNED,
    )
    (tmp_path / "sops/onboard/other.yml").write_text(
        other.replace("when: {channels: [slack, zoom]}", "run: welcome")
    )
    (problem,) = problems(tmp_path)
    assert "these SOPs run one another without end" in problem
    assert problem.startswith("clients/birch.yml:5:17: unfit-version: ")


def test_the_history_ends_at_the_commit_given(root: Path) -> None:
    write(
        root, welcome={'"1.1"\nstatus': '"1.2"\nstatus', "'1.1'": "'1.2'"}, birch={'"1.0"': '"1.1"'}
    )
    commit(root, "Third")
    assert titles(plan_of(root))[0] == "Send the welcome email today"
    work = open_workspace(Inputs(root, today=TODAY, commit="HEAD~2"))
    assert [p.code for p in work.problems] == ["unknown-version"]


def test_the_current_version_asks_no_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, birch={'"1.0"': '"1.1"'})
    monkeypatch.setattr("subprocess.run", lambda *_, **__: pytest.fail("git was asked"))
    assert problems(root) == []


# No history ------------------------------------------------------------------------------------


def test_a_shallow_clone_stops_only_whom_it_concerns(root: Path, tmp_path: Path) -> None:
    shutil.copy(root / "clients/birch.yml", root / "clients/cedar.yml")
    lay(root, {"base": False, "changes": {"clients/cedar.yml": {'sops: {welcome: "1.0"}\n': ""}}})
    commit(root, "Cedar")
    clone = tmp_path / "clone"
    git(root, "clone", "--quiet", "--depth", "1", f"file://{root}", str(clone))
    _, found, plans = look(clone)
    (problem,) = found
    assert line(problem).startswith("clients/birch.yml:5:17: no-history: version 1.0 of")
    assert problem.hint.endswith("run git fetch --unshallow")
    assert isinstance(plans, Plans)
    assert plans.of("cedar") is not None
    assert plans.of("birch") is None
    git(clone, "fetch", "--quiet", "--unshallow")
    assert problems(clone) == []


def test_git_is_not_installed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert [text.split(": ")[1] for text in problems(root)] == ["no-history"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_what_git_says_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(root.parent))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for path in (root, root / ".git"):
        os.chown(path, 12345, 12345)
    (problem,) = look(root)[1]
    assert "detected dubious ownership" in problem.message
    assert "safe.directory" in problem.hint
    result = CliRunner().invoke(main, ["check", "--root", str(root), "--commit", "HEAD"])
    assert result.exit_code == 1
    assert "git cannot read the history here: detected dubious ownership" in result.output


def test_no_commit_is_named_by_nothing(root: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--root", str(root), "--commit", ""])
    assert result.exit_code == 2


# Files in any hand -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stated",
    [
        "version: '1.0'",
        "version: 1.0",
        'version: "1.0"  # first',
        '"version": "1.0"',
        "version:\n  '1.0'",
    ],
)
def test_a_version_however_it_is_written(stated: str, tmp_path: Path) -> None:
    lay(tmp_path, {"changes": {WELCOME: {'version: "1.0"\nstatus': f"{stated}\nstatus"}}})
    commit(tmp_path)
    new = {old.replace('version: "1.0"', stated): text for old, text in SECOND.items()}
    write(tmp_path, welcome=new, birch=PINNED)
    assert titles(plan_of(tmp_path))[0] == "Send the welcome email"


def test_old_files_that_nobody_could_read_are_passed_over(root: Path) -> None:
    kept = (root / WELCOME).read_bytes()
    for broken in (b"\xff\xfe", b"version: [\n", b"- a\n", b"version: {a: b}\n", b""):
        (root / WELCOME).write_bytes(broken)
        commit(root, "Broken")
    (root / WELCOME).write_bytes(kept)
    commit(root, "Mended")
    assert titles(plan_of(root))[0] == "Send the welcome email"


def test_an_email_that_only_an_old_version_sends_is_in_use(root: Path) -> None:
    write(root, welcome={"        email: hello\n": ""})
    assert problems(root) == []
    write(root, birch={'sops: {welcome: "1.0"}\n': ""})
    assert [text.split(": ")[1] for text in problems(root)] == ["unused-email (warning)"]
