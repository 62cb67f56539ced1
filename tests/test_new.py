"""A new file: what is written with how little said, that it passes the check, what is refused."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from laid import TODAY, lay, look
from sopwith.cli import main
from sopwith.data import schema
from sopwith.filing import SKELETONS
from sopwith.source import parse

FIRST = "observations/2026-11-17-long-form.yml"
SECOND = """\
kind: new-situation
date: 2026-11-19
tags: [form, change of contact]
summary: >-
  The contact is gone,
  and nobody knows the password.
action: {what: Write down who has it., owner: account-manager, due: 2026-12-01}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path, {"files": {"observations/2026-11-19-gone.yml": SECOND}})


def typed(root: Path, line: str) -> tuple[int, str]:
    """The exit code and all that is printed."""
    args = ["new", "--root", str(root), "--today", str(TODAY), *shlex.split(line)]
    result = CliRunner().invoke(main, args, prog_name="sopwith")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


def data_of(path: Path) -> Any:
    source, problems = parse("", path.read_bytes())
    assert source, problems
    return source.data


def test_an_sop_begins_as_a_draft(root: Path) -> None:
    code, said = typed(root, "sop 'Thank-you card' --stage onboard")
    path = "sops/onboard/thank-you-card.yml"
    assert (code, said.splitlines()[0]) == (0, f"{path} is written.")
    lines = (root / path).read_text("utf-8").splitlines()
    assert max(map(len, lines)) <= 100
    assert [line for line in lines if not line.strip().startswith("#")] == [
        "title: Thank-you card",
        'version: "1.0"',
        "status: draft",
        "owner: account-manager",
        "approver: management",
        "review: {every: quarter}",
        "trigger: {says: Say what starts it.}",
        "outcome: Say what is true when it is done.",
        "phases:",
        "  - id: first-part",
        "    title: Name this part",
        "    steps:",
        "      - id: first-step",
        "        title: Say what to do, a verb first",
        "        role: account-manager",
        "changes:",
        '  - {version: "1.0", effective: 2026-11-20, by: dana, summary: First version}',
    ]
    assert lines[:2] == ["# The name of this SOP as people say it.", "title: Thank-you card"]
    assert "      # A short id, unlike any other in this SOP." in lines
    assert look(root)[1] == ()


@pytest.mark.parametrize("kind", SKELETONS)
def test_only_what_is_required_is_written_and_it_passes_the_check(root: Path, kind: str) -> None:
    stage = "--stage deliver" if kind == "sop" else ""
    code, said = typed(root, f"{kind} 'No: 1.0 # \"x\"' --id one {stage}")
    assert code == 0, said
    path = root / said.split(" is written")[0]
    assert list(data_of(path)) == list(schema(kind)["required"])
    _, problems, _ = look(root)
    assert {problem.code for problem in problems} <= {"unused-email"}
    text = path.read_text("utf-8")
    code, said = typed(root, f"{kind} again --id one {stage}")
    assert (code, "is there already; give the new one" in " ".join(said.split())) == (1, True)
    assert path.read_text("utf-8") == text


def test_an_sop_begins_with_what_was_noticed(root: Path) -> None:
    code, said = typed(root, f"sop --from 2026-11-19-gone --from {FIRST}")
    assert code == 0, said
    found = data_of(root / "sops/onboard/form.yml")
    first = data_of(root / FIRST)
    assert found["title"] == "Form"
    assert found["purpose"] == (
        "What we noticed. November 19, 2026: The contact is gone, and nobody knows the password. "
        f"November 17, 2026: {first['summary']}"
    )
    assert found["phases"][0]["steps"][0]["details"] == "Proposed so far: Write down who has it."
    assert found["tags"] == ["form", "change of contact"]
    assert found["references"] == [{"sop": first["sop"]}]
    assert found["changes"][0]["why"] == "We noticed it: 2026-11-19-gone, 2026-11-17-long-form"
    assert look(root)[1] == ()


def test_roles_are_those_that_most_files_name(root: Path) -> None:
    before = (root / "sops/onboard/welcome.yml").read_text("utf-8")
    for name in ("one", "two"):
        other = before.replace("owner: account-manager", "owner: project-manager")
        (root / f"sops/onboard/{name}.yml").write_text(other, "utf-8")
    assert typed(root, "sop Next --stage deliver")[0] == 0
    next_ = data_of(root / "sops/deliver/next.yml")
    assert [next_["owner"], next_["changes"][0]["by"]] == ["project-manager", "sam"]


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("sop --stage deliver", 1, "Say what it is to be called."),
        ("sop --from nothing", 2, 'no observation is called "nothing"; known: 2026-11-17-long'),
        ("sop Card --stage onbord", 2, 'no stage is called "onbord"; did you mean "onboard"?'),
        ("sop Card", 1, "Say where it belongs: --stage with one of onboard, deliver."),
        (
            "sop 日本 --stage deliver",
            1,
            '"日本" gives no name for a file; say one in small letters, digits and',
        ),
        ("sop Welcome --stage onboard", 1, "sops/onboard/welcome.yml is there already"),
        ("sop Welcome --stage deliver", 1, "sops/onboard/welcome.yml is there already"),
        ("email Card --stage onboard", 2, "--stage and --from are for an SOP"),
        ("client Birch", 2, "'client' is not one of 'sop', 'email', 'document'."),
        ("document 'a\x07b'", 1, "This cannot be written: an invisible character (U+0007"),
    ],
)
def test_what_is_refused_leaves_nothing(root: Path, line: str, code: int, said: str) -> None:
    before = sorted(path for path in root.rglob("*"))
    told = typed(root, line)
    assert (told[0], said in told[1]) == (code, True), told[1]
    assert sorted(path for path in root.rglob("*")) == before


def test_what_would_not_pass_the_check_is_not_written(root: Path) -> None:
    code, said = typed(root, "document 'For Birch Bakery'")
    assert (code, "client-name-published" in said) == (1, True), said
    assert not (root / "documents").exists()


def test_without_a_company_nothing_is_written(tmp_path: Path) -> None:
    code, said = typed(tmp_path, "email Card")
    assert (code, "no-company" in said, [*tmp_path.iterdir()]) == (1, True, [])


@settings(max_examples=20)
@given(st.sampled_from(sorted(SKELETONS)), st.text(min_size=1, max_size=40))
def test_any_title_is_written_and_read_back_or_refused(
    tmp_path_factory: pytest.TempPathFactory, kind: str, title: str
) -> None:
    root = lay(tmp_path_factory.mktemp("root"), {})
    code, said = typed(root, shlex.join(["--id", "new", "--", kind, title]))
    if code == 0:
        found = data_of(root / said.split(" is written")[0])
        assert found["title"] == title
        assert not [problem for problem in look(root)[1] if problem.is_error]
