"""What was noticed becomes an observation: from an issue, once, or as it is told at a terminal."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from laid import TESTS, TODAY, lay, look
from sopwith.cli import main
from sopwith.data import schema
from sopwith.issues import NotAnIssue, fill, read_form, read_issue
from sopwith.model import OBSERVATION_KINDS

FORMS = TESTS.parent / ".github" / "ISSUE_TEMPLATE"
SAM = "sam: {name: Sam Ortiz, initials: SO"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small library with our forms, in which Sam has an account on GitHub."""
    root = lay(tmp_path / "handbook", {"changes": {"company.yml": {SAM: f"{SAM}, github: sam-o"}}})
    shutil.copytree(FORMS, root / ".github" / "ISSUE_TEMPLATE")
    return root


def form(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FORMS / f"{name}.yml").read_text("utf-8"))
    return loaded


def body(name: str, answers: Mapping[str, str]) -> str:
    """What GitHub writes into an issue for a form that was filled in so."""
    parts = []
    for part in form(name)["body"]:
        if part["type"] == "checkboxes":
            ticked = [f"- [X] {option['label']}" for option in part["attributes"]["options"]]
            parts += [f"### {part['attributes']['label']}", "\n".join(ticked)]
        elif part["type"] != "markdown":
            text = answers.get(part["id"], "_No response_")
            parts += [f"### {part['attributes']['label']}", text]
    return "\n\n".join(parts)


def issue(number: int, text: str, **more: object) -> dict[str, object]:
    told = {"number": number, "body": text, "createdAt": "2026-11-19T02:30:00Z", **more}
    return {"author": {"login": "stranger"}, **told}


def given_issue(root: Path, told: object) -> tuple[int, str]:
    file = root.parent / "issue.json"
    file.write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
    return typed(root, f"--from-issue {file}")


def typed(root: Path, line: str) -> tuple[int, str]:
    args = ["observe", "--root", str(root), "--today", str(TODAY), *shlex.split(line)]
    result = CliRunner().invoke(main, args, prog_name="sopwith")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


def observed(root: Path) -> set[str]:
    return {path.name for path in (root / "observations").iterdir()}


FRICTION = {"sop": "welcome", "step": "greet", "text": "Nobody knows what the billing code is."}


# From issues ----------------------------------------------------------------------------------


def test_an_issue_is_written_down_once(root: Path) -> None:
    told = issue(42, body("friction", FRICTION))
    assert given_issue(root, told) == (0, "observations/2026-11-18-issue-42.yml is written.\n")
    # It was still the 18th in Chicago, and nobody here has the account of a stranger.
    assert (root / "observations/2026-11-18-issue-42.yml").read_text("utf-8").splitlines() == [
        "kind: friction",
        "date: 2026-11-18",
        "sop: welcome",
        'version: "1.0"',
        "step: greet",
        "summary: Nobody knows what the billing code is.",
    ]
    assert look(root)[1] == ()
    before = observed(root)
    changed = issue(42, body("friction", {**FRICTION, "text": "Something else."}))
    code, said = given_issue(root, changed)
    assert (code, said) == (0, "observations/2026-11-18-issue-42.yml has issue #42 already.\n")
    assert observed(root) == before
    assert given_issue(root, issue(2, body("friction", FRICTION)))[0] == 0


def test_a_workflow_is_given_the_whole_event(root: Path) -> None:
    told = {
        "action": "labeled",
        "issue": {
            "number": 7,
            "body": body("friction", FRICTION | {"version": "v1.0"}).replace("\n", "\r\n"),
            "created_at": "2026-11-19T12:00:00Z",
            "user": {"login": "SAM-O"},
        },
    }
    assert given_issue(root, told)[0] == 0
    seen = look(root)[0].library
    assert seen
    found = seen.observations["2026-11-19-issue-7"]
    assert (found.reported_by, str(found.version)) == ("sam", "1.0")
    assert found.summary == FRICTION["text"]


def test_people_write_titles_and_days_of_their_own(root: Path) -> None:
    answers = {
        "sop": "Welcome a Client",
        "step": "hold the kickoff call",
        "text": "It takes  too long.\n\n\n  - Really.  \n",
        "instead": "Do it by mail.",
    }
    assert given_issue(root, issue(3, body("proposal", answers)))[0] == 0
    written = yaml.safe_load((root / "observations/2026-11-18-issue-3.yml").read_text("utf-8"))
    assert written["summary"] == (
        "It takes  too long.\n\n\n- Really.\n\nWhat should we do instead? Do it by mail."
    )
    assert (written["sop"], written["step"], written["tags"]) == ("welcome", "call", ["proposal"])
    answers = {"text": "A parcel came.", "hurt": "Yes", "day": "2026-11-11"}
    assert given_issue(root, issue(4, body("new-situation", answers)))[0] == 0
    written = yaml.safe_load((root / "observations/2026-11-11-issue-4.yml").read_text("utf-8"))
    assert (written["kind"], written["hurt"], "sop" in written) == ("new-situation", True, False)
    options = next(p for p in form("feedback")["body"] if p.get("id") == "category")
    for number, option in enumerate(options["attributes"]["options"], 5):
        answers = {"text": "They said so.", "category": option, "score": "4 of 5"}
        assert given_issue(root, issue(number, body("feedback", answers)))[0] == 0
    assert look(root)[1] == ()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("{", "issue.json:1:2: issue-not-recorded: this is no JSON: Expecting property name"),
        ("[" * 100_000, "issue-not-recorded: this is no JSON"),
        ("[]", "issue.json:1:1: issue-not-recorded: this JSON is no issue"),
        ({"number": 1}, "issue-not-recorded: this issue has no text"),
        ({"number": 1, "body": ""}, "issue-not-recorded: this issue has no day on which it was"),
        (
            issue(1, "", createdAt="0001-01-01T00:00:00+14:00"),
            "issue-not-recorded: this issue has no day on which it was",
        ),
        (
            issue(1, "", createdAt="9999-12-31T23:59:59-12:00"),
            "issue-not-recorded: this issue has no day on which it was",
        ),
        (issue(0, ""), "issue-not-recorded: this issue has no number"),
        (issue(1, "", pull_request={}), "this is a pull request, and no issue"),
        (issue(1, "Help!"), "issue #1:1:1: issue-not-recorded: this issue does not have the"),
        (
            issue(1, body("friction", FRICTION).replace("### Which step?", "### Which one?")),
            "issue #1:1:1: issue-not-recorded: this issue does not have the questions of any",
        ),
        (
            issue(1, body("friction", FRICTION | {"text": "A\n\n### Which step?\n\nB"})),
            "issue #1:1:1: issue-not-recorded: this issue does not have the questions of any",
        ),
        (
            issue(1, body("friction", FRICTION | {"sop": "welcom"})),
            (
                'issue #1:3:1: issue-not-recorded: no SOP is called "welcom"\n'
                '    did you mean "welcome"?'
            ),
        ),
        (
            issue(1, body("friction", FRICTION | {"step": "great"})),
            (
                'issue #1:11:1: issue-not-recorded: no step is called "great"\n'
                '    did you mean "greet"?'
            ),
        ),
        (
            issue(1, body("friction", {"text": "A", "step": "greet"})),
            "issue #1:11:1: issue-not-recorded: a step is named, and no SOP",
        ),
        (
            issue(1, body("friction", {"sop": "welcome"})),
            "issue #1:1:1: issue-not-recorded: this issue does not say what happened",
        ),
        (
            issue(1, body("friction", FRICTION | {"version": "two", "day": "Monday"})),
            (
                'issue #1:7:1: issue-not-recorded: "two" is no version\n'
                "    write it as in 2.0, or nothing\n"
                'issue #1:19:1: issue-not-recorded: "Monday" is no day\n'
                "    write it as in 2026-11-18, or nothing"
            ),
        ),
        (
            issue(1, body("friction", FRICTION | {"version": "7.3"})),
            (
                "issue #1:7:1: issue-not-recorded: there has been no version 7.3 of Welcome a "
                "client\n    known: 1.0\n\n1 problem"
            ),
        ),
        (
            issue(1, body("friction", FRICTION | {"text": "Paid \u202ein a day."})),
            "an invisible character (U+202E, right-to-left",
        ),
        (
            issue(1, body("friction", FRICTION | {"day": "2026-11-19"})),
            "2026-11-19 comes after the day of the issue, 2026-11-18",
        ),
        (
            issue(1, body("friction", FRICTION | {"text": "Birch Bakery has it wrong."})),
            'client-name-published: "Birch Bakery" gives away a client or a contact',
        ),
        (
            issue(1, body("friction", FRICTION | {"text": "a\x07b"})),
            "This cannot be written: an invisible character",
        ),
        (issue(1, body("friction", FRICTION | {"text": "a " * 15_000})), "at most 20000 fit"),
    ],
)
def test_what_does_not_fit_is_told_and_not_written(root: Path, told: object, said: str) -> None:
    before = observed(root)
    code, printed = given_issue(root, told)
    assert (code, said in printed) == (1, True), printed
    assert observed(root) == before


def test_forms_of_ones_own(root: Path) -> None:
    folder = root / ".github" / "ISSUE_TEMPLATE"
    text = (folder / "friction.yml").read_text("utf-8")
    (folder / "friction.yml").write_text(text.replace("[friction]", "[problem]"), "utf-8")
    code, said = given_issue(root, issue(1, body("friction", FRICTION)))
    assert (code, "no label of this form is a kind of observation" in said) == (1, True)
    shutil.rmtree(folder)
    code, said = given_issue(root, issue(1, body("friction", FRICTION)))
    assert (code, "there are no forms in .github/ISSUE_TEMPLATE" in said) == (1, True)


BOXES = [part["id"] for part in form("friction")["body"] if part["type"] in ("input", "textarea")]
READ = read_form("friction.yml", (FORMS / "friction.yml").read_bytes())


@given(st.dictionaries(st.sampled_from(BOXES), st.text()))
def test_no_box_speaks_for_another(boxes: Mapping[str, str]) -> None:
    """Whatever stands in the boxes, each answer is what was written there, or none is taken."""
    assert READ
    told = read_issue("x", json.dumps(issue(1, body("friction", boxes))).encode())
    try:
        answers = fill(told, [READ]).answers
    except NotAnIssue:
        return
    for id_ in BOXES:
        text = answers[id_].text if id_ in answers else ""
        meant = boxes.get(id_, "")
        assert text.split() == ([] if meant.strip() in ("_No response_", "None") else meant.split())


@given(st.binary() | st.recursive(st.none() | st.text(), st.lists).map(json.dumps).map(str.encode))
def test_any_file(raw: bytes) -> None:
    with pytest.raises(NotAnIssue):
        read_issue("x", raw)


# Our forms --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["friction", "proposal", "new-situation", "feedback"])
def test_forms_are_as_github_wants_them(name: str) -> None:
    """As docs.github.com, "Syntax for issue forms" and "Syntax for GitHub's form schema" say."""
    told = form(name)
    assert told.keys() <= {"name", "description", "title", "labels", "body"}
    parts = [part for part in told["body"] if part["type"] != "markdown"]
    ids, labels = ([part["id"] for part in parts], [part["attributes"]["label"] for part in parts])
    assert len({*ids}) == len(ids)
    assert len({*labels}) == len(labels)
    assert {part["type"] for part in parts} <= {"input", "textarea", "dropdown", "checkboxes"}
    assert parts[-1]["attributes"]["options"][0]["required"] is True
    assert next(p for p in parts if p["id"] == "text")["validations"] == {"required": True}
    assert told["labels"][0] in OBSERVATION_KINDS


def test_choices_are_those_of_the_format() -> None:
    options = next(p for p in form("feedback")["body"] if p.get("id") == "category")
    words = [text.partition(":")[0].lower() for text in options["attributes"]["options"]]
    assert sorted(words) == sorted(schema("observation")["properties"]["category"]["enum"])


def test_whoever_only_asks_is_led_to_the_handbook() -> None:
    company = yaml.safe_load((TESTS.parent / "company.yml").read_text("utf-8"))
    assert form("config")["contact_links"][0]["url"] == company["handbook"]


# As told here ------------------------------------------------------------------------------------


def test_what_is_told_is_written_under_its_first_words(root: Path) -> None:
    line = "--kind worked --text 'The call was short & sweet, it was.' --client birch --by dana"
    code, said = typed(root, line)
    assert (code, said) == (0, "observations/2026-11-20-the-call-was-short.yml is written.\n")
    assert (root / "observations/2026-11-20-the-call-was-short.yml").read_text("utf-8") == (
        "kind: worked\ndate: 2026-11-20\nclient: birch\nreported_by: dana\n"
        "summary: The call was short & sweet, it was.\n"
    )
    assert typed(root, line)[1] == "observations/2026-11-20-the-call-was-short-2.yml is written.\n"
    line = "--kind friction --text 日本 --sop welcome --step call --on 2026-11-19"
    assert typed(root, line)[1] == "observations/2026-11-19-friction.yml is written.\n"
    assert look(root)[1] == ()


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("", 2, "say --kind and --text, or --from-issue"),
        ("--kind worked --text ' '", 2, "say --kind and --text, or --from-issue"),
        ("--kind worked --text a --from-issue /dev/null", 2, "an issue says all itself"),
        ("--kind worked --text a --sop welcom", 2, 'did you mean "welcome"?'),
        ("--kind worked --text a --sop welcome --step cal", 2, 'did you mean "call"?'),
        ("--kind worked --text a --step call", 1, "A step belongs to an SOP: say to which."),
        ("--kind worked --text a --on 2026-11-21", 1, "2026-11-21 is still to come: today is"),
        ("--kind worked --text a --client brich", 1, 'no client is called "brich"'),
        ("--kind worked --text a --by dan", 1, 'no person is called "dan"'),
        ("--kind worked --text 'Birch Bakery was happy.'", 1, "client-name-published"),
    ],
)
def test_what_is_refused_leaves_nothing(root: Path, line: str, code: int, said: str) -> None:
    before = observed(root)
    told = typed(root, line)
    assert (told[0], said in told[1]) == (code, True), told[1]
    assert observed(root) == before


@pytest.mark.parametrize("name", ["welcome.yml", "Welcome.yml"])
def test_a_procedure_that_cannot_be_read_is_told_as_such(root: Path, name: str) -> None:
    folder = root / "sops/onboard"
    (folder / "welcome.yml").rename(folder / name)
    if name == "welcome.yml":
        (folder / name).write_text("title: [", "utf-8")
    code, said = typed(root, "--kind worked --text a --sop welcome")
    assert (code, f"sops/onboard/{name}:1:" in said) == (1, True), said


def test_private_observations_stay_in_their_folder(tmp_path: Path) -> None:
    root = lay(tmp_path / "handbook", {})
    (tmp_path / "private").mkdir()
    private = f"--private {tmp_path / 'private'}"
    assert typed(root, f"--kind worked --text Hello {private}")[0] == 0
    assert (tmp_path / "private/observations/2026-11-20-hello.yml").is_file()
    assert observed(root) == {"2026-11-17-long-form.yml"}
    (root / "observations").rename(tmp_path / "elsewhere")
    (root / "observations").symlink_to(tmp_path / "elsewhere")
    assert typed(root, "--kind worked --text Hello")[0] == 1
    assert {path.name for path in (tmp_path / "elsewhere").iterdir()} == {
        "2026-11-17-long-form.yml"
    }
