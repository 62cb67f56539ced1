"""What a change means: found, put into words, judged, counted, and written into the SOP's book."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gitted import commit, git
from laid import TESTS, TODAY, lay, load, look
from sopwith import comparing
from sopwith.cli import main
from sopwith.comparing import Difference, Names, Where
from sopwith.model import Library, Phase, Sop, Step, Version
from sopwith.read import read
from sopwith.reviews import changed_since_review

FOLDER = TESTS / "cases" / "diff"
CASES = sorted(FOLDER.glob("*.yml"))
WELCOME, BIRCH = "sops/onboard/welcome.yml", "clients/birch.yml"


def library(root: Path, changes: Mapping[str, Mapping[str, str]]) -> Library:
    """The base with a longer SOP in it, and these changes."""
    lay(root, {})
    shutil.copy(FOLDER / "before" / "welcome.yml", root / WELCOME)
    lay(root, {"base": False, "changes": changes})
    reading = read(root)
    assert reading.library is not None
    assert not reading.problems, [problem.message for problem in reading.problems]
    return reading.library


# Each edit, in words and judged -----------------------------------------------------------------


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_edit(path: Path, tmp_path: Path) -> None:
    case = load(path)
    was, now = library(tmp_path / "was", {}), library(tmp_path / "now", case["changes"])
    (pair,) = comparing.libraries(was, now)
    names = Names.of(was, now)
    said = []
    for difference in pair.differences:
        taken_for = comparing.weigh(difference) if pair.kind != "company" else None
        weight = f"{taken_for.weight}: " if taken_for else ""
        said.append(weight + comparing.say(difference, pair, names))
    judged = comparing.opinion(pair)
    assert said == case["says"]
    assert f"{judged.weight}: {judged.why}".removesuffix(": ") == case["opinion"]
    assert judged.sure == case.get("sure", True)


def test_every_field_is_judged() -> None:
    for kind, judged in comparing.FIELDS.items():
        meant = {field.name for field in fields(kind) if field.compare} - {"id", "phases", "steps"}
        assert meant <= judged, kind


# What holds for any two versions ----------------------------------------------------------------

TITLES = st.sampled_from(["Call", "Write a letter", "Send two letters", "Do not call"])
STEPS = st.builds(
    Step,
    id=st.just(""),
    title=TITLES,
    role=st.sampled_from(["account-manager", "management"]),
    details=st.sampled_from(["", "Ask first.", "Ask twice."]),
    due=st.sampled_from(["", "on kickoff", "1 day after kickoff"]),
    with_=st.sampled_from([(), ("client",), ("client", "management")]),
    substeps=st.sampled_from([(), ("Copy it.",), ("Copy it.", "File it.")]),
    critical=st.booleans(),
)


@st.composite
def sops(draw: st.DrawFn) -> Sop:
    """An SOP whose phases and steps have ids of a small choice, so that two have some in common."""
    steps = iter(draw(st.permutations("abcdef")))
    phases = []
    for id_ in draw(st.lists(st.sampled_from(["one", "two", "three"]), min_size=1, unique=True)):
        inner = [replace(draw(STEPS), id=next(steps)) for _ in range(draw(st.integers(0, 2)))]
        phases.append(Phase(id_, draw(TITLES), tuple(inner), draw(TITLES)))
    return replace(
        read(TESTS / "base").library.sops["welcome"],  # type: ignore[union-attr]  # the base is valid
        version=Version(draw(st.sampled_from(["1.0", "1.1", "2.0"]))),
        title=draw(TITLES),
        tags=draw(st.sampled_from([(), ("new",), ("new", "old")])),
        phases=tuple(phases),
    )


@given(sops())
def test_nothing_differs_from_itself(sop: Sop) -> None:
    assert not [*comparing.sop(sop, replace(sop))]


@given(sops(), sops())
def test_what_is_listed_turns_one_into_the_other(was: Sop, now: Sop) -> None:
    assert applied(was, [*comparing.sop(was, now)]) == now


@given(sops(), sops())
def test_each_difference_has_words_and_a_weight(was: Sop, now: Sop) -> None:
    known = read(TESTS / "base").library
    assert known is not None
    differences = tuple(comparing.sop(was, now))
    pair = comparing.Pair("sop", "welcome", was, now, differences)
    for difference in differences:
        said = comparing.say(difference, pair, Names.of(known, known))
        assert comparing.label(difference.field) in said or difference.what != "changed"
        assert comparing.weigh(difference).weight in ("major", "minor", "none")
    assert (comparing.opinion(pair).weight == "none") == all(
        comparing.weigh(difference).weight == "none" for difference in differences
    )


def applied(sop: Sop, differences: list[Difference]) -> Sop:
    """Do to an SOP what a list of differences says, and nothing else."""
    phases = {phase.id: replace(phase, steps=()) for phase in sop.phases}
    inside = {phase.id: [step.id for step in phase.steps] for phase in sop.phases}
    steps = {step.id: step for step in sop.steps}
    order = [*phases]
    for d in differences:
        held: Any = {"phase": phases, "step": steps}.get(d.part)
        if d.what == "changed" and held is None:
            sop = replace(sop, **{d.field: d.now})
        elif d.what == "changed":
            held[d.id] = replace(held[d.id], **{d.field: d.now})
        elif d.what == "added":
            held[d.id] = replace(d.now, steps=()) if d.part == "phase" else d.now
    for part, into in (("phase", {"": order}), ("step", inside)):
        placed = [d for d in differences if d.part == part and d.what != "changed"]
        for d in placed:
            for ids in into.values():
                ids[:] = [id_ for id_ in ids if id_ != d.id]
        for d in placed:
            if d.what != "removed":
                assert isinstance(d.where, Where)
                ids = into.setdefault(d.where.inside, [])
                ids.insert(ids.index(d.where.after) + 1 if d.where.after else 0, d.id)
    made = (
        replace(phases[id_], steps=tuple(steps[s] for s in inside.get(id_, ()))) for id_ in order
    )
    return replace(sop, phases=tuple(made))


# What is told -----------------------------------------------------------------------------------

DUE = {"due: on kickoff": "due: 2 business days before kickoff"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A committed base with three more clients: one is pinned, one has ended, one has no call."""
    lay(tmp_path, {})
    text = (tmp_path / BIRCH).read_text("utf-8")
    for name, old, new in (
        ("cedar", "dates:", 'sops: {welcome: "1.0"}\ndates:'),
        ("alder", "dates:", "ended: {date: 2026-11-18, how: lost}\ndates:"),
        ("maple", "[email, zoom]", "[email]"),
    ):
        other = text.replace("Birch Bakery", f"{name.title()} Works").replace(old, new)
        (tmp_path / f"clients/{name}.yml").write_text(other, "utf-8")
    commit(tmp_path)
    return tmp_path


def change(root: Path, changes: Mapping[str, Mapping[str, str]]) -> None:
    lay(root, {"base": False, "changes": changes})


def typed(root: Path, command: str) -> tuple[int, str]:
    """The exit code and all that is printed."""
    args = [*shlex.split(command), "--root", str(root), "--today", str(TODAY)]
    result = CliRunner().invoke(main, args, prog_name="sopwith")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


RAISED = {
    'version: "1.0"\nstatus': 'version: "1.1"\nstatus',
    "changes:\n": "changes:\n  - {version: '1.1', effective: 2026-11-19, by: sam, summary: New}\n",
}


def test_clients_are_counted_and_named_only_in_text(root: Path) -> None:
    change(root, {WELCOME: {**DUE, **RAISED}})
    code, said = typed(root, "diff")
    assert code == 0
    assert "It touches 1 of 3 active clients; 1 stays on 1.0." in said  # one has no such call
    assert "Dates of open steps move for 1 of 3 active clients." in said
    assert "Birch Bakery\n  Versions of procedures\n" in said
    assert "Hold the kickoff call: Mon, Nov 30 -> Wed, Nov 25" in said
    assert "Cedar Works" not in said
    for form in ("markdown", "html", "json"):
        code, said = typed(root, f"diff --format {form}")
        assert code == 0
        assert not re.search("Birch|Cedar|Alder W|Maple|Priya|birch", said)
    file = json.loads(said)["files"][0]
    assert file["touches"] == {
        "what": "client", "active": 3, "touched": 1, "stay": {"1.0": 1}, "not_planned": 0,
    }  # fmt: skip  # one line as it is read
    assert (file["opinion"], file["roles"]) == ("major", ["Project manager"])


def test_whom_a_wording_touches_is_named_only_in_text(root: Path) -> None:
    change(root, {WELCOME: {"title: Hold the kickoff call": "title: Hold the first call"}})
    assert "\n  By name: Birch Bakery, " in typed(root, "diff")[1]
    for form in ("markdown", "html", "json"):
        assert "Birch" not in typed(root, f"diff --format {form}")[1]


def test_a_reason_for_minor_is_not_doubted(root: Path) -> None:
    reason = "summary: New, minor_because: We always did it so.}"
    change(root, {WELCOME: {**DUE, **RAISED}})
    assert "Project manager works differently" in typed(root, "diff")[1]
    change(root, {WELCOME: {"summary: New}": reason}})
    for form in ("text", "markdown"):
        said = " ".join(typed(root, f"diff --format {form}")[1].split())
        told = "The owner calls it minor, though it is due at another time: We always did it so."
        assert told in said.replace("\\", "")
        assert "works differently" not in said


def test_a_title_moves_no_date(root: Path) -> None:
    """Not even of a step that has no day yet, and tells its rule with the title in it."""
    change(root, {WELCOME: {"due: on kickoff": "due: 1 week after step red-flags"}})
    commit(root)
    change(root, {WELCOME: {"title: Look for red flags": "title: Look for a red flag"}})
    assert "Dates of open steps move for 0 of 3 active clients." in typed(root, "diff")[1]
    change(root, {WELCOME: {"due: 1 week after": "due: 2 weeks after"}})
    assert "Dates of open steps move for 2 of 3 active clients." in typed(root, "diff")[1]


def test_a_new_step_may_be_late_already(root: Path) -> None:
    step = "{id: ask, title: Ask for the logo, role: management, when: {channels: zoom}"
    due = "1 day after contract-signed}"
    new = {"      - id: call": f"      - {step}, due: {due}\n      - id: call"}
    change(root, {WELCOME: {**new, **RAISED}})
    said = typed(root, "diff")[1]
    assert "It touches 1 of 3 active clients; 1 stays on 1.0." in said
    assert "New steps come for 1 of 3 active clients, already late for 1." in " ".join(said.split())
    counts = json.loads(typed(root, "diff --format json")[1])["clients"]
    assert (counts["new_steps"], counts["already_late"], counts["then_past"]) == (1, 1, 0)


def test_a_date_may_move_into_the_past(root: Path) -> None:
    change(root, {WELCOME: {"due: on kickoff": "due: 3 weeks before kickoff", **RAISED}})
    said = " ".join(typed(root, "diff")[1].split())
    assert "Dates of open steps move for 1 of 3 active clients, and are then past for 1." in said


def test_a_condition_takes_a_step_from_some(root: Path) -> None:
    """Whoever keeps it has nothing to do with the change but another version."""
    flags = "title: Look for red flags"
    change(root, {WELCOME: {flags: f"when: {{channels: zoom}}\n        {flags}", **RAISED}})
    said = " ".join(typed(root, "diff")[1].split())
    assert "move for 0 of 3 active clients. A step falls away for 1 of 3 active clients." in said
    assert "It touches 1 of 3 active clients; 1 stays on 1.0. By name: Maple Works." in said
    assert "Birch Bakery" not in said
    assert json.loads(typed(root, "diff --format json")[1])["clients"]["steps_fall_away"] == 1


def test_a_step_taken_out_falls_away_for_whoever_had_it_open(root: Path) -> None:
    flags = "title: Look for red flags"
    change(root, {WELCOME: {flags: f"when: {{channels: zoom}}\n        {flags}"}})
    commit(root)
    text = (root / WELCOME).read_text("utf-8")
    step = text[text.index("      - id: red-flags") : text.index("      - id: call")]
    former = 'former_steps: [{id: red-flags, until: "1.0"}]\nchanges:\n'
    change(root, {WELCOME: {step: "", "changes:\n": former}})
    code, said = typed(root, "diff")
    assert code == 0, said
    assert "A step falls away for 2 of 3 active clients." in " ".join(said.split())
    assert "It touches 2 of 3 active clients." in said


def test_whose_dates_move_with_it(root: Path) -> None:
    """Also where the day is not known yet, and not whoever works differently anyway."""
    later = (
        "      - {id: thank, title: Thank them, role: management, due: 2 days after step call}\n"
        "      - {id: file, title: File it, role: project-manager, due: 2 days after step call}\n"
    )
    change(root, {WELCOME: {"changes:\n": f"{later}changes:\n"}})
    commit(root)
    change(root, {WELCOME: DUE})
    also = "Project manager works differently and needs to know. Dates also move for: Management."
    assert also in " ".join(typed(root, "diff")[1].split())
    file = json.loads(typed(root, "diff --format json")[1])["files"][0]
    assert (file["roles"], file["dates_also_move"]) == (["Project manager"], ["Management"])
    for name in ("birch", "maple"):
        change(root, {f"clients/{name}.yml": {"  kickoff: 2026-11-30\n": ""}})
    commit(root, "The kickoff is open again")
    change(root, {WELCOME: {"2 business days before": "3 business days before"}})
    assert also in " ".join(typed(root, "diff")[1].split())


def test_new_numbers_are_counted_and_a_version_alone_is_nothing(root: Path) -> None:
    step = "{id: ask, title: Ask for the logo, role: management, when: {channels: zoom}}"
    change(root, {WELCOME: {"      - id: red-flags": f"      - {step}\n      - id: red-flags"}})
    _, said = typed(root, "diff")
    assert "\n  New steps\n" in said
    assert "\n  Steps with another number: 2\n" in said
    assert "was 1.2" not in said
    commit(root)
    change(root, {WELCOME: {"title: Ask for the logo": "title: Ask for their logo", **RAISED}})
    said = typed(root, "diff")[1]
    assert "Steps with another title" in said
    change(root, {WELCOME: {"title: Ask for their logo": "title: Ask for the logo"}})
    assert "Versions of procedures" not in typed(root, "diff")[1]


def test_a_due_date_is_shown_whole(root: Path) -> None:
    change(root, {WELCOME: {"due: 1 business day after": "due: 4 business days after"}})
    said = " ".join(typed(root, "diff")[1].split())
    rules = [f"{length} after contract-signed" for length in ("1 business day", "4 business days")]
    assert f"due {' -> '.join(rules)}" in said


def test_nothing_changed(root: Path) -> None:
    change(root, {WELCOME: {"title: Start": "title: Start  # a remark"}})
    name = git(root, "rev-parse", "HEAD")[:10]
    assert typed(root, "diff") == (0, f"Nothing changed since HEAD ({name}).\n")


def test_what_cannot_be_compared_is_an_error(root: Path) -> None:
    assert typed(root, "diff nowhere")[0] == 2
    change(root, {WELCOME: {"title: Start": "title: [Start"}})
    code, said = typed(root, "diff")
    assert (code, "unclosed-bracket" in said) == (1, True)
    commit(root)
    change(root, {WELCOME: {"title: [Start": "title: Start"}})
    code, said = typed(root, "diff")
    assert code == 2
    assert "what stood there at HEAD cannot be compared: sops/onboard/welcome.yml:11:12:" in said


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: red-flags", "id: flags", "lost-step: this step was called"),
        ("id: red-flags", "id: fax", "not-gone: "),
        (
            "      - id: call\n        title: Hold the kickoff call\n",
            "      - id: report\n        title: Write to management\n",
            'lost-step: the step "call" is gone',
        ),
    ],
)
def test_nothing_is_told_where_a_step_was_lost(root: Path, old: str, new: str, says: str) -> None:
    change(root, {WELCOME: {"changes:\n": 'former_steps: [{id: fax, until: "0.9"}]\nchanges:\n'}})
    commit(root)
    change(root, {WELCOME: {old: new}})
    code, said = typed(root, "diff --format markdown")
    assert (code, says in said, "What this change means" in said) == (1, True, False), said


def test_no_git_is_an_error(tmp_path: Path) -> None:
    assert typed(lay(tmp_path, {}), "diff")[0] == 2


def test_a_date_out_of_order_is_told_at_the_step_that_caused_it(root: Path) -> None:
    """Once, and at no client; what was out of order before stays where it was."""
    unticked = {"  welcome/greet: {done: 2026-11-17, by: dana}\n": "", "progress:\n": ""}
    for name in ("birch", "cedar"):
        change(root, {f"clients/{name}.yml": unticked})
    change(root, {"clients/cedar.yml": {'sops: {welcome: "1.0"}\n': ""}})
    commit(root)
    greet = {"due: 1 business day after contract-signed": "due: 8 weeks after contract-signed"}
    change(root, {WELCOME: greet})
    _, said = typed(root, "check --since HEAD")
    assert said.count("dates-out-of-order (warning)") == 1
    assert (
        "sops/onboard/welcome.yml:16:14: dates-out-of-order (warning): for 2 clients this now "
        'comes after "Hold the kickoff call", which waits for it\n'
        '    let this or "Hold the kickoff call" be due at another time; sopwith check names the'
    ) in said
    assert typed(root, "check")[1].count('dates-out-of-order (warning): "Hold') == 2
    commit(root)
    assert "clients/birch.yml:6:3: dates-out-of-order" in typed(root, "check --since HEAD")[1]


def test_what_others_did_meanwhile_is_not_ours(root: Path) -> None:
    git(root, "checkout", "--quiet", "-b", "mine")
    change(root, {"emails/hello.yml": {"We look": "All of us look"}})
    commit(root)
    git(root, "checkout", "--quiet", "main")
    change(root, {WELCOME: DUE})
    commit(root)
    git(root, "checkout", "--quiet", "mine")
    _, said = typed(root, "diff main --format json")
    assert [file["id"] for file in json.loads(said)["files"]] == ["hello"]
    code, said = typed(root, "check --since main")
    assert (code, "hello.yml:2:10: version-not-raised" in said) == (1, True)
    assert "welcome.yml" not in said


def test_names_that_call_somebody_do_not(root: Path) -> None:
    change(root, {WELCOME: {"title: Start": 'title: "@everyone <b>*now*"'}})
    _, said = typed(root, "diff --format markdown")
    assert not re.search("@[a-z]|&#64;[a-z]|<b>|[*]now", said)
    _, said = typed(root, "diff --format html")
    assert "<b>" not in said


# What is written --------------------------------------------------------------------------------


def written(root: Path, command: str) -> Iterator[str]:
    """The lines that a command changes."""
    git(root, "add", "--all")
    code, said = typed(root, command)
    assert code == 0, said
    for line in git(root, "diff", "--unified=0").splitlines():
        if re.match(r"[+-](?![+-]{2} )", line):
            yield line


def test_bump_writes_what_it_must(root: Path) -> None:
    change(root, {WELCOME: {"      - id: red-flags": "      - id: flags", **DUE}})
    assert [*written(root, 'bump welcome -m "Two days earlier" --by dana')] == [
        '-version: "1.0"',
        '+version: "2.0"',
        "+former_steps:",
        '+  - {id: red-flags, until: "1.0"}',
        '+  - {version: "2.0", effective: 2026-11-20, by: dana, summary: Two days earlier}',
    ]
    assert not [problem for problem in look(root)[1] if problem.is_error]
    assert typed(root, "check --since HEAD")[0] == 0
    assert typed(root, 'bump welcome minor -m "Once more" --by dana')[0] == 1


def test_a_smaller_version_needs_a_reason(root: Path) -> None:
    change(root, {WELCOME: DUE})
    code, said = typed(root, 'bump welcome minor -m "Two days earlier" --by dana')
    assert (code, "We think this is major: it is due at another time." in said) == (1, True)
    command = 'bump welcome minor -m "Sooner" --by dana --because "As ever"'
    assert [*written(root, command)][-1] == (
        '+  - {version: "1.1", effective: 2026-11-20, by: dana, summary: Sooner, '
        "minor_because: As ever}"
    )
    assert typed(root, "check --since HEAD")[0] == 0


def test_bump_takes_a_version_written_by_hand(root: Path) -> None:
    change(root, {WELCOME: {**DUE, 'version: "1.0"\nstatus': 'version: "3.0"\nstatus'}})
    lines = [*written(root, 'bump welcome -m "Two days earlier" --by dana')]
    assert lines == [
        '+  - {version: "3.0", effective: 2026-11-20, by: dana, summary: Two days earlier}'
    ]


def test_bump_wants_to_know_how_much_where_nothing_changed(root: Path) -> None:
    code, said = typed(root, 'bump welcome -m "Nothing" --by dana')
    assert (code, "say minor or major" in said) == (1, True)
    assert [*written(root, 'bump welcome minor -m "Nothing" --by dana')][1] == '+version: "1.1"'


def test_a_review_is_written_and_a_later_change_shows(root: Path) -> None:
    code, said = typed(root, "reviewed welcome --by sam")
    assert (code, "--no-change" in said) == (1, True)
    assert [*written(root, "reviewed welcome --by sam --no-change")] == [
        "-review: {every: quarter, also_after: kickoff, last: 2026-09-30, by: dana}",
        "+review: {every: quarter, also_after: kickoff, last: 2026-11-20, by: sam}",
    ]
    assert typed(root, "check --since HEAD")[0] == 0
    change(root, {WELCOME: DUE})
    assert typed(root, "reviewed welcome --by sam --no-change")[0] == 1
    assert typed(root, "reviewed welcome --by sam")[0] == 0


def test_without_the_private_folder_nobody_is_counted(root: Path) -> None:
    change(root, {"company.yml": {"audience: internal": "audience: internal\nprivate: ../private"}})
    git(root, "rm", "-rq", "--cached", "clients", "observations")
    for folder in ("clients", "observations"):
        shutil.rmtree(root / folder)
    commit(root)
    change(root, {WELCOME: DUE})
    code, said = typed(root, "diff")
    assert code == 0, said
    assert "There is no active client's file here, so nobody is counted." in said
    assert said.endswith("Name it with --private.\n")


def test_where_the_past_cannot_be_planned_nobody_can_tell(root: Path) -> None:
    change(root, {"company.yml": {"  - {id: kickoff, title: Kickoff}\n": ""}})
    commit(root)
    change(
        root,
        {"company.yml": {"  - {id: midpoint": "  - {id: kickoff, title: K}\n  - {id: midpoint"}},
    )
    code, said = typed(root, "diff")
    assert code == 0
    assert "For whom dates move nobody can tell" in said
    assert " of 3 active clients" not in said


def test_what_changed_after_a_review() -> None:
    known = read(TESTS / "base").library
    assert known is not None
    sop = known.sops["welcome"]
    later = replace(sop.changes[0], version=Version("1.1"), effective=date(2026, 11, 20))
    revised = replace(sop, changes=(later, *sop.changes))
    assert changed_since_review(sop, TODAY) is None
    assert changed_since_review(revised, TODAY) == later
    assert changed_since_review(revised, date(2026, 11, 19)) is None
