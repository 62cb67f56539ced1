"""The workflows' own commands, run here: what a comment may say, and that it stays one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from gitted import commit, content, git, lay_content
from laid import TESTS

WORKFLOWS = TESTS.parent / ".github" / "workflows"
SOP = "sops/onboard/client-onboarding.yml"
# Answers as GitHub's own command would, and writes down what it was asked to send.
GH = """\
#!/bin/bash
case "$*" in
  *pulls?state=open*) echo "$PULL" ;;
  *artifacts?name=diff*) echo "$LEFT" ;;
  "run download"*) mkdir left && cp -P "$ARTIFACT" left/diff.md ;;
  *comments?per_page*) echo "$OLD" ;;
  *) echo "$*" >> sent.txt ;;
esac
"""


def steps(name: str) -> Mapping[str, Any]:
    """The steps of a workflow's first job, by their names."""
    job, *_ = yaml.safe_load((WORKFLOWS / f"{name}.yml").read_text("utf-8"))["jobs"].values()
    return {step["name"]: step for step in job["steps"]}


# What a comment says --------------------------------------------------------------------------


def told(root: Path) -> subprocess.CompletedProcess[str]:
    """Run what the check runs to say what a change means."""
    step = steps("check")["Say what the change means"]
    environment = {
        **os.environ,
        "PYTHONPATH": str(TESTS.parent / "generator"),
        "RUNNER_TEMP": str(root.parent),
        "GITHUB_STEP_SUMMARY": str(root.parent / "summary.md"),
        "SINCE": "main",
    }
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own firm, committed, on a branch; the program lies where the workflow has it."""
    root = tmp_path_factory.mktemp("workflow") / "handbook"
    lay_content(root, content(), 1_700_000_000)
    git(root, "checkout", "--quiet", "-b", "mine")
    (root / ".venv").mkdir()
    (root / ".venv/bin").symlink_to(Path(sys.executable).parent)
    return root


def private(root: Path) -> set[str]:
    """Everything by which a client or a contact could be known, from their files as they stand."""
    found: set[str] = set()
    for path in (root / "clients").glob("*.yml"):
        client = yaml.safe_load(path.read_text("utf-8"))
        contacts = client.get("contacts", ())
        found |= {path.stem, client["name"], *(c["name"] for c in contacts)}
        found |= {c["email"] for c in contacts if "email" in c}
    return found


def test_no_client_is_named_in_what_is_told_of_a_change(handbook: Path) -> None:
    old = (handbook / SOP).read_text("utf-8")
    new = re.sub(r"(?m)^( +due: )1 business day(?= after step)", r"\g<1>4 business days", old)
    assert new != old
    (handbook / SOP).write_text(new, "utf-8")
    done = told(handbook)
    assert (done.returncode, done.stdout) == (0, "")
    said = (handbook.parent / "diff.md").read_text("utf-8")
    assert (handbook.parent / "summary.md").read_text("utf-8") == said
    assert re.search(r"Dates of open steps move for [1-9] of \d active clients", said)
    assert len(private(handbook)) > 15
    assert [name for name in private(handbook) if name.lower() in said.lower()] == []


def test_nothing_is_told_of_a_change_that_names_a_client(handbook: Path) -> None:
    commit(handbook)
    old = (handbook / SOP).read_text("utf-8")
    new = old.replace(
        "title: Send the intake form", "title: Ask Harbor Lane Dental for the form", 1
    )
    assert new != old
    (handbook / SOP).write_text(new, "utf-8")
    (handbook.parent / "summary.md").unlink(missing_ok=True)
    done = told(handbook)
    assert done.returncode == 1
    assert "client-name-published" in done.stderr
    assert (done.stdout, (handbook.parent / "diff.md").read_text("utf-8")) == ("", "")
    assert not (handbook.parent / "summary.md").exists()


# Where it is said -----------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """Run the workflow that comments, with GitHub's answers given; the text it sent and how."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(GH, "utf-8")
    (tmp_path / "bin/gh").chmod(0o755)
    (tmp_path / "runner").mkdir()
    (step,) = steps("comment").values()

    def comment(artifact: bytes | Path, **answers: str) -> tuple[int, str, list[str]]:
        runner, left = tmp_path / "runner", tmp_path / "diff.md"
        for path in (runner / "left/diff.md", runner / "sent.txt", runner / "comment.md", left):
            path.unlink(missing_ok=True)
        if (runner / "left").exists():
            (runner / "left").rmdir()
        if isinstance(artifact, Path):
            left.symlink_to(artifact)
        else:
            left.write_bytes(artifact)
        environment = {
            "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "LC_ALL": "C.UTF-8",
            "RUNNER_TEMP": str(runner),
            "ARTIFACT": str(left),
            "GH_REPO": "example/handbook",
            "RUN": "77",
            "SHA": "0123456789abcdef",
            "MARKER": step["env"]["MARKER"],
            "PULL": "12",
            "LEFT": "5",
            "OLD": "",
            **answers,
        }
        command = ["bash", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        texts = [runner / name for name in ("comment.md", "sent.txt")]
        text, sent = (path.read_text("utf-8") if path.exists() else "" for path in texts)
        return done.returncode, text, sent.splitlines()

    return comment


def test_one_comment_is_written_and_then_written_anew(run: Any) -> None:
    code, text, sent = run(b"## What this change means\n\nA **step** moved.\n")
    assert (code, sent) == (
        0,
        ["api --silent repos/example/handbook/issues/12/comments --field body=@comment.md"],
    )
    assert text == (
        "<!-- sopwith diff -->\n## What this change means\n\nA **step** moved.\n"
        "\n\n---\n\nFrom the check of 0123456789. The next one writes this anew.\n"
    )
    assert run(b"x", OLD="345\n678")[2] == [
        (
            "api --silent --method PATCH repos/example/handbook/issues/comments/345"
            " --field body=@comment.md"
        )
    ]


def test_where_there_is_nothing_to_say_nothing_is_said(run: Any) -> None:
    nothing = b"## What this change means\n\nNothing changed since main.\n"
    assert run(nothing)[::2] == (0, [])
    assert len(run(nothing, OLD="345")[2]) == 1  # but what was said before is taken back
    assert run(b"x", PULL="")[::2] == (0, [])  # the request has moved on, or is closed
    assert run(b"x", LEFT="")[::2] == (0, [])  # the check could not tell, or wrote far too much


def test_what_a_stranger_left_is_only_shown(run: Any, tmp_path: Path) -> None:
    bad = (
        "<!-- sopwith diff --><script>x</script> @everyone ![p](https://evil.example/p)"
        " [a][b] [c](d)\n\n[b]: https://evil.example $(id) `id` \\\n"
    )
    code, text, _ = run(bad.encode() + b"\xff\xfe" + "ż".encode() * 60_000)
    assert code == 0
    first, _, rest = text.partition("\n")
    assert first == "<!-- sopwith diff -->"
    assert not re.search(r"<|@\w|\]\(|\]\[|\]:", rest)
    assert "$(id) `id`" in rest
    assert len(text.encode()) < 65_536  # GitHub takes no more
    secret = tmp_path / "secret"
    secret.write_text("token", "utf-8")
    assert run(secret)[::2] == (1, [])


# All of them ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(WORKFLOWS.glob("*.yml")), ids=lambda path: path.stem)
def test_every_action_is_held_to_a_commit(path: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", path.read_text("utf-8"))
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name) for name, _ in used)
    assert all(re.fullmatch(r" # v\d+\.\d+\.\d+", said) for _, said in used)


def test_one_action_has_one_commit() -> None:
    texts = [path.read_text("utf-8") for path in WORKFLOWS.glob("*.yml")]
    used = {name for text in texts for name in re.findall(r"uses: (\S+)", text)}
    assert len({name.partition("@")[0] for name in used}) == len(used)
