"""Ticks that come back from the team's tool: what is recorded, what is told, what is refused."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from laid import TODAY, lay, look
from sopwith import exports, tables
from sopwith.data import schema
from sopwith.exports import NotAnExport
from test_done import BIRCH, LIBRARY, changes, typed

HEADINGS = """\
Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,\
Start Date,Due Date,Tags,Notes,Projects,Parent task,Sopwith ID"""
(ASANA,) = csv.reader([HEADINGS])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "root", LIBRARY)


def asana(*tasks: dict[str, str]) -> bytes:
    """What Asana exports of these tasks."""
    return tables.to_csv([ASANA, *([task.get(name, "") for name in ASANA] for task in tasks)])


def done(step: str, on: str = "2026-11-19", **more: str) -> dict[str, str]:
    """A task of Birch's, ticked in Asana."""
    return {"Completed At": on, "Name": step, "Sopwith ID": f"birch/{step}", **more}


def bring(root: Path, content: bytes, *, name: str = "asana.csv", options: str = "") -> Any:
    """The exit code, what is said of the file, and what changed in the client's file."""
    path = root.parent / name
    path.write_bytes(content)
    before = (root / BIRCH).read_bytes().decode()
    code, said = typed(root, f"progress birch --from {path} {options}")
    return code, said.replace(f"{path}", name), changes(before, (root / BIRCH).read_text("utf-8"))


# Back and forth ---------------------------------------------------------------------------------

TICKED = [
    '+   welcome/red-flags: {done: 2026-11-19, by: dana, answer: "No"}',
    "+   bake/plan: {done: 2026-11-18, by: sam}",
    '+   bake/call@1: {done: 2026-11-20, by: dana, note: "By phone: all well"}',
]


def fill_in(content: bytes) -> list[list[Any]]:
    """The table with three steps done, as a person fills it in."""
    said = {
        "birch/welcome/red-flags": {"Done": "2026-11-19", "Answer": "no"},
        "birch/bake/plan": {"Done": "2026-11-18", "By": "Sam Ortiz"},
        "birch/bake/call@1": {"Done": "2026-11-20", "Note": "By phone:\nall well"},
    }
    if content.startswith(b"PK"):
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    else:
        lines = [*csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    for line in lines[1:]:
        for heading, value in said.get(str(line[-1]), {}).items():
            line[lines[0].index(heading)] = value
    return lines


def test_a_table_goes_out_and_comes_back(root: Path) -> None:
    assert typed(root, "tasks birch --for csv")[0] == 0
    lines = fill_in((root / "build/tasks/birch.csv").read_bytes())
    code, said, wrote = bring(root, tables.to_csv(lines))
    assert (code, wrote) == (0, TICKED), said
    assert not [problem for problem in look(root)[1] if problem.is_error]
    # What was ticked is gone from what is open, and coming back it changes nothing twice.
    assert typed(root, "tasks birch --for asana")[0] == 0
    assert b"birch/bake/plan" not in (root / "build/tasks/birch.asana.csv").read_bytes()
    code, said, wrote = bring(root, tables.to_csv(lines))
    assert (code, wrote) == (0, [])
    assert said.splitlines() == [
        "Nothing new to record for Birch Bakery.",
        "4 steps recorded already.",
        "1 open task has moved in the plan since it went there. What to move:",
        "  sopwith tasks birch --for csv --since asana.csv",
    ]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_table_that_a_spreadsheet_has_saved(delimiter: str, root: Path) -> None:
    assert typed(root, "tasks birch --for csv")[0] == 0
    text = io.StringIO()
    lines = fill_in((root / "build/tasks/birch.csv").read_bytes())
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(lines)
    assert bring(root, text.getvalue().encode())[2] == TICKED


def test_a_spreadsheet_goes_out_and_comes_back(root: Path, tmp_path: Path) -> None:
    assert typed(root, "tasks birch --for xlsx")[0] == 0
    path = root / "build/tasks/birch.xlsx"
    book = load_workbook(path)
    heading, *lines = fill_in(path.read_bytes())
    for number, line in enumerate(lines, 2):
        for column, value in enumerate(line, 1):
            book.worksheets[0].cell(number, column, value)
            if heading[column - 1] == "Done" and isinstance(value, str):
                book.worksheets[0].cell(number, column, date.fromisoformat(value))
    book.save(tmp_path / "filled.xlsx")
    assert bring(root, (tmp_path / "filled.xlsx").read_bytes())[2] == TICKED


def test_json_goes_out_and_comes_back(root: Path) -> None:
    assert typed(root, "tasks birch --for json")[0] == 0
    data = json.loads((root / "build/tasks/birch.json").read_text("utf-8"))
    said = {
        "birch/welcome/red-flags": {"done": "2026-11-19", "answer": "No"},
        "birch/bake/plan": {"done": "2026-11-18", "by": "SO"},
        "birch/bake/call@1": {"done": "2026-11-20", "note": "By phone: all well"},
    }
    for task in data["tasks"]:
        task.update(said.get(task["id"], {}))
    Draft202012Validator(schema("tasks")).validate(data)
    assert bring(root, json.dumps(data).encode())[2] == TICKED


def test_the_checklist_page_saves_ticks(root: Path) -> None:
    ticks = [
        {"address": "bake/call@1", "done": "2026-11-20", "by": "DW", "note": "By phone: all well"},
        {"address": "bake/plan", "done": "2026-11-18", "by": "sam"},
        {"address": "bake/call@2", "not_applicable": True, "by": "DW", "reason": "Holiday: closed"},
        {"address": "welcome/red-flags", "done": "2026-11-19", "by": "dw", "answer": "No"},
    ]
    data = {"sopwith": "ticks", "version": 1, "client": "birch", "printed": "2026-11-20"}
    data["commit"] = "c0ffee1234"
    Draft202012Validator(schema("ticks")).validate({**data, "ticks": ticks})
    code, said, wrote = bring(root, json.dumps({**data, "ticks": ticks}, indent=2).encode())
    off = '+   bake/call@2: {not_applicable: true, by: dana, reason: "Holiday: closed"}'
    assert (code, wrote) == (0, [*TICKED, off]), said
    assert said.splitlines()[:6] == [
        "4 steps recorded for Birch Bakery:",
        "  Nov 19          welcome/red-flags",
        "  Nov 18          bake/plan",
        "  Nov 20          bake/call@1",
        "  not applicable  bake/call@2",
        "Now to be done:",
    ]


def test_what_does_not_apply_is_recorded_with_its_reason(root: Path) -> None:
    """Our own list says so under Status, and so may whoever fills it in."""
    heads = ["ID", "Task", "Status", "Done", "By", "Note"]
    rows = [
        ["birch/bake/call@1", "", "Not applicable", "", "SO", "They are\non holiday"],
        ["birch/bake/plan", "", "not applicable", "2026-11-18", "sam", "Done after all"],
        ["birch/bake/call@2", "", "not applicable", "", "", ""],
    ]
    code, said, wrote = bring(root, tables.to_csv([heads, *rows]))
    assert (code, wrote) == (
        1,
        [
            "+   bake/plan: {done: 2026-11-18, by: sam, note: Done after all}",
            "+   bake/call@1: {not_applicable: true, by: sam, reason: They are on holiday}",
        ],
    )
    assert '5:1: tick-not-recorded: "Hold the call (2)" is not applicable, and nothing' in said
    assert "    write the reason into its note\n" in said
    # It goes out again as it came in, and is known when it comes back.
    for form, ending in (("csv", "csv"), ("json", "json")):
        assert typed(root, f"tasks birch --for {form}")[0] == 0
        again = (root / f"build/tasks/birch.{ending}").read_bytes()
        code, said, wrote = bring(root, again, name=f"birch.{ending}")
        assert (code, wrote) == (0, []), said
        assert said == "Nothing new to record for Birch Bakery.\n3 steps recorded already.\n"


def test_another_day_for_what_is_recorded_already_is_told(root: Path) -> None:
    assert typed(root, "done birch bake/call@1 --not-applicable 'They met' --by dana")[0] == 0
    tasks = asana(done("welcome/greet", "2026-11-18"), done("bake/call@1", "2026-11-19T08:00:00Z"))
    code, said, wrote = bring(root, tasks)
    assert (code, wrote) == (0, [])
    assert said.splitlines() == [
        "Nothing new to record for Birch Bakery.",
        "2 steps recorded already.",
        '"Send the welcome email" is recorded as done on Nov 17, the file says Nov 18.',
        "If the file is right:",
        "  sopwith done birch welcome/greet --undo",
        '"Hold the call (1)" is recorded as not applicable, the file says Nov 19. If the',
        "file is right:",
        "  sopwith done birch bake/call@1 --undo",
    ]


def test_what_is_to_be_filled_in_is_shaded(root: Path) -> None:
    assert typed(root, "tasks birch --for xlsx")[0] == 0
    sheet = load_workbook(root / "build/tasks/birch.xlsx").worksheets[0]
    for line in sheet.iter_rows():
        shaded = [c for c, cell in enumerate(line) if cell.fill.fill_type == "solid"]
        headings = [sheet.cell(1, column + 1).value for column in shaded]
        assert headings == ["Done", "By", "Answer", "Note"]


def test_asana_ticks_come_back(root: Path) -> None:
    answered = "Are there any red flags? Yes / No\nAnswer: No\nSopwith ID: birch/welcome/red-flags"
    content = asana(
        {"Completed At": "2026-11-19", "Name": "whatever", "Notes": answered},
        # Without an id the name must do, as far as Asana keeps it.
        {"Completed At": "2026-11-18", "Name": "WRITE the  plan", "Assignee": "Sam Ortiz"},
        done("bake/call@2", ""),
        done("welcome/greet", "2026-11-17"),
        {"Completed At": "2026-11-18", "Name": "Buy flour"},
    )
    code, said, wrote = bring(root, content)
    assert (code, wrote) == (0, TICKED[:2])
    assert said.splitlines()[3:5] == [
        "1 step recorded already.",
        '1 task not from here passed over: "Buy flour".',
    ]


def test_beside_tasks_of_other_clients_a_name_does_not_tell_whose_it_is(root: Path) -> None:
    (root / "clients/moss.yml").write_text("name: Moss\n")
    content = asana(
        done("bake/call@1"),
        {"Completed At": "2026-11-18", "Name": "Write the plan"},
        {"Completed At": "2026-11-18", "Name": "Hold a call", "Sopwith ID": "moss/bake/call@1"},
    )
    code, said, wrote = bring(root, content)
    assert (code, wrote) == (1, ["+   bake/call@1: {done: 2026-11-19, by: dana}"])
    assert "1 task of other clients passed over." in said
    assert "is it the file of" not in said
    assert (
        'asana.csv:3:1: tick-not-recorded: nobody can tell whose task "Write the plan" is, beside '
        'those of others\n    if it is of Birch Bakery, write "Sopwith ID: birch/bake/plan" into'
    ) in said


@pytest.mark.parametrize(
    "notes",
    [
        "Are there any? Yes / No\nAnswer:\nSopwith ID: {id}\nanswer: no",
        "Answer:\nNo\nSopwith ID: {id}",
        "SOPWITH ID: {id}\nAnswer: NO",
    ],
)
def test_an_answer_may_stand_anywhere_in_the_description(root: Path, notes: str) -> None:
    task = {"Completed At": "2026-11-19", "Notes": notes.format(id="birch/welcome/red-flags")}
    assert bring(root, asana(task))[2] == TICKED[:1]


def test_trello_ticks_come_back(root: Path) -> None:
    """Cards and items of checklists; the days are Chicago's, and ticked twice counts the last."""

    def action(on: str, **data: Any) -> dict[str, Any]:
        return {"date": on, "memberCreator": {"fullName": "Sam Ortiz"}, "data": data}

    board = {
        "lists": [{"id": "l"}],
        "cards": [
            {"id": "c", "name": "Plan", "desc": "Sopwith ID: birch/bake/plan", "dueComplete": True},
            {"id": "d", "name": "Tour", "desc": "Sopwith ID: birch/bake/again/tour"},
        ],
        "checklists": [
            {
                "checkItems": [
                    {"id": "i", "name": "Hold it [birch/bake/call@1]", "state": "complete"},
                    {"id": "j", "name": "Hold it [birch/bake/call@2]", "state": "incomplete"},
                    {"id": "k", "name": "Hold it [birch/bake/call@3]", "state": "complete"},
                ]
            }
        ],
        "actions": [
            action("2026-11-19T03:00:00.000Z", card={"id": "c", "dueComplete": True}),
            action("2026-11-17T12:00:00.000Z", card={"id": "c", "dueComplete": True}),
            action(
                "2026-11-20T12:00:00.000Z",
                card={"id": "d"},
                checkItem={"id": "i", "state": "complete"},
            ),
        ],
    }
    code, said, wrote = bring(root, json.dumps(board).encode(), name="board.json")
    assert wrote == [TICKED[1], "+   bake/call@1: {done: 2026-11-20, by: sam}"]
    assert code == 1
    assert (
        'board.json:1:1: tick-not-recorded: "Hold the call (3)" is done, and nothing says when\n'
        in said
    )


def test_what_people_do_for_themselves_comes_back_too(root: Path) -> None:
    own = (root / "sops/deliver/welcome-staff.yml").read_text("utf-8")
    for old, new in (
        ("trigger: {says: New", "about: person\ntrigger: {event: joined, says: New"),
        ("Welcome the staff", "Settle in"),
    ):
        own = own.replace(old, new)
    (root / "sops/deliver/settle-in.yml").write_text(own)
    code, said = typed(root, "tasks people/sam --for csv")
    assert code == 0, said
    lines = [
        *csv.DictReader(io.StringIO((root / "build/tasks/people/sam.csv").read_text("utf-8-sig")))
    ]
    assert [line["ID"] for line in lines] == ["people/sam/settle-in/tour"]
    ticked = root.parent / "ticked.csv"
    ticked.write_bytes(tables.to_csv([[*lines[0]], [*{**lines[0], "Done": "2026-11-19"}.values()]]))
    code, said = typed(root, f"progress birch --from {ticked}")
    assert (code, said.splitlines()[1:]) == (
        0,
        [
            "1 task of other clients passed over.",
            "Nothing in it is ticked for Birch Bakery; is it the file of people/sam?",
        ],
    )
    code, said = typed(root, f"progress people/sam --from {ticked}")
    assert code == 0, said
    assert (root / "people/sam.yml").read_text("utf-8") == (
        "progress:\n  settle-in/tour: {done: 2026-11-19, by: dana}\n"
    )


# Days that differ ---------------------------------------------------------------------------------


def planned(step: str, day: str, sent: str = "", **more: str) -> dict[str, str]:
    """An open task of Birch's, on a day in Asana, and the day that it went there with."""
    notes = f"Sopwith ID: birch/{step}\n" + (f"Sopwith due: {sent}\n" if sent else "")
    return {"Name": step, "Due Date": day, "Notes": notes, **more}


def test_another_day_in_the_tool_is_told_each_time_and_written_nowhere(root: Path) -> None:
    company = root / "company.yml"
    company.write_text(
        company.read_text("utf-8").replace(
            "events:\n", "events:\n  - {id: opening, title: Opening}\n"
        )
    )
    bake = root / "sops/deliver/bake.yml"
    steps = """\
      - {id: flour, title: Buy flour, role: account-manager, due: on opening}
      - {id: salt, title: Buy salt, role: account-manager}
changes:"""
    bake.write_text(bake.read_text("utf-8").replace("changes:", steps))
    tasks = asana(
        planned("bake/plan", "2026-11-20", "2026-11-17"),
        planned("bake/agree", "2026-11-25"),  # an export from before we wrote our day there
        planned("bake/call@1", "2026-11-23", "2026-11-23"),
        planned("bake/call@2", "2026-11-16", "2026-11-16"),  # here it was the plan that moved
        planned("bake/flour", "2026-12-01", "none"),
        planned("bake/salt", "2026-12-01", "none"),  # the plan has no opinion
        planned("welcome/greet", "2026-12-01", "2026-11-17"),  # and here it is recorded
    )
    told = """\
Nothing new to record for Birch Bakery.
3 open tasks have another day in asana.csv. The plan counts:
  counted from kickoff, on Nov 16:
    Nov 20  (plan: Nov 17)   bake/plan
    Nov 25  (plan: Nov 19)   bake/agree
  counted from opening, under "dates":
    Dec 1   (plan: no date)  bake/flour
If the other day is agreed with the client: no step has a day of its own, so
move what it is counted from, in clients/birch.yml. For an event write
{planned: DAY, now: DAY, why: TEXT, caused_by: client}, for a deliverable or
milestone its new due.
What has happened stays on its day: for what is counted from it take the plan's
day in the tool, or ask the owner of the procedure for another rule.
1 more open task has moved in the plan since it went there. What to move:
  sopwith tasks birch --for asana --since asana.csv
"""
    for _ in range(2):
        assert bring(root, tasks) == (0, told, [])


def test_a_day_that_moved_in_the_plan_alone_is_only_counted(root: Path) -> None:
    tasks = asana(planned("bake/plan", "2026-11-16", "2026-11-16"))
    assert bring(root, tasks)[1].splitlines()[1:] == [
        "1 open task has moved in the plan since it went there. What to move:",
        "  sopwith tasks birch --for asana --since asana.csv",
    ]


@pytest.mark.parametrize(("form", "ending"), [("csv", "csv"), ("json", "json")])
def test_our_own_lists_know_which_days_the_plan_had(form: str, ending: str, root: Path) -> None:
    assert typed(root, f"tasks birch --for {form}")[0] == 0
    text = (root / f"build/tasks/birch.{ending}").read_text("utf-8-sig")
    changed = text.replace("2026-11-19", "2026-11-26", 1).encode()  # what is agreed, in its due
    assert typed(root, "done birch welcome/red-flags --answer No --by dana")[0] == 0
    client = root / BIRCH
    client.write_text(
        client.read_text("utf-8").replace("kickoff: 2026-11-16", "kickoff: 2026-11-17")
    )
    said = bring(root, changed, name=f"birch.{ending}")[1]
    assert "1 open task has another day in birch" in said
    assert "    Nov 26  (plan: Nov 20)  bake/agree\n" in said
    assert " more open tasks have moved in the plan since they went there. What to move:\n" in said


def test_text_does_not_come_back(root: Path) -> None:
    assert typed(root, "tasks birch --for markdown")[0] == 0
    code, said, _ = bring(root, (root / "build/tasks/birch.md").read_bytes(), name="birch.md")
    assert code == 1
    assert said.startswith("birch.md:1:1: not-an-export: this is text, and only tables, boards")


def test_where_nobody_can_tell_who_moved_a_task_both_are_said(root: Path) -> None:
    """A board that somebody else's importer filled: the time is Chicago's, a bare day a day."""
    cards = [
        {"id": "1", "name": "Plan", "desc": "Sopwith ID: birch/bake/plan", "due": due}
        for due in ("2026-11-18T03:00:00.000Z", "2026-11-17T00:00:00.000Z", None)
    ]
    for card, lines in zip(cards, (0, 0, 1), strict=True):
        board = {"lists": [{"id": "l"}], "cards": [card]}
        _, said, _ = bring(root, json.dumps(board).encode(), name="board.json")
        assert said.count("    no date  (plan: Nov 17)  bake/plan\n") == lines
        last = "If the plan has moved since they went there instead, what to move:\n"
        assert said.count(last) == lines


def test_a_list_without_days_says_nothing_of_them(root: Path) -> None:
    assert bring(root, tables.to_csv([["ID", "Task", "Done"], ["birch/bake/plan", "", ""]])) == (
        0,
        "Nothing new to record for Birch Bakery.\n",
        [],
    )
    item = {"id": "i", "name": "Plan [birch/bake/plan]", "state": "incomplete"}
    board = {"lists": [{"id": "l"}], "cards": [{}], "checklists": [{"checkItems": [item]}]}
    said = bring(root, json.dumps(board).encode(), name="board.json")[1]
    assert said == "Nothing new to record for Birch Bakery.\n"


def test_what_was_imported_twice_is_told(root: Path) -> None:
    day = "2026-11-17"
    tasks = asana(planned("bake/plan", day, day), planned("bake/plan", day, day))
    assert bring(root, tasks)[1].splitlines()[1:] == [
        "1 task of Birch Bakery is there twice, imported once too often? Delete one of",
        "each there.",
    ]


# What is not recorded ---------------------------------------------------------------------------

LEFT = [
    (
        done("welcome/red-flags"),
        '"Look for red flags" has no answer: Are there any red flags?',
        'write "Yes" or "No" behind "Answer:" in its description, or in a column of that name',
    ),
    (
        done("welcome/red-flags", Notes="Answer: Perhaps"),
        '"Perhaps" is no answer to "Are there any red flags?"',
        "known: No, Yes",
    ),
    (
        done("bake/call@1", Notes="Answer: Yes"),
        '"Hold the call (1)" asks nothing, so "Yes" is no answer to it',
        "",
    ),
    (
        done("bake/call@1", "2026-11-21"),
        '"Hold the call (1)" cannot be done on 2026-11-21: that is still to come',
        "today is 2026-11-20",
    ),
    (
        done("bake/call@1", "11/19/2026"),
        '"Hold the call (1)" cannot be done on "11/19/2026"',
        "write the day as in 2026-11-20",
    ),
    (
        done("bake/call@1", Assignee="Nobody Known"),
        '"Hold the call (1)" was done by Nobody Known, whom nobody knows',
        "known: Dana Whitfield, Sam Ortiz",
    ),
    (
        done("bake/plan"),
        'nobody can tell who did "Write the plan"',
        "say --by with one of dana, sam",
    ),
    (
        done("bake/agree", Assignee="Priya Shah"),
        'nobody can tell who did "Agree the plan"',
        "say --by with one of dana, sam",
    ),
    (
        done("bake/gift"),
        '"Send a gift" is not to be done: only if How we talk: slack',
        "",
    ),
    (done("bake/again"), '"Welcome the staff" is done when the steps of welcome-staff are', ""),
    (done("bake/cal@1"), 'Birch Bakery has no step "bake/cal@1"', 'did you mean "bake/call@1"?'),
    (
        {**done("bake/call@1"), "Sopwith ID": "brich/bake/call@1"},
        'nobody knows whose task "brich/bake/call@1" is',
        "ids of this client begin with birch/",
    ),
]


@pytest.mark.parametrize(("task", "message", "hint"), LEFT, ids=[left[1] for left in LEFT])
def test_what_is_not_recorded_is_told_with_its_line(
    task: dict[str, str], message: str, hint: str, root: Path
) -> None:
    """The rest is recorded all the same."""
    good = done("bake/again/tour", Notes="two\nlines")
    code, said, wrote = bring(root, asana(good, task))
    assert (code, wrote) == (1, ["+   bake/again/tour: {done: 2026-11-19, by: dana}"])
    shown = f"asana.csv:4:1: tick-not-recorded: {message}\n" + (f"    {hint}\n" if hint else "")
    assert shown in said


def test_by_stands_in_where_nobody_is_named(root: Path) -> None:
    tasks = asana(done("bake/plan"), done("bake/agree", Assignee="priya@birch.example"))
    code, _, wrote = bring(root, tasks, options="--by sam")
    assert code == 0
    assert wrote == [
        "+   bake/plan: {done: 2026-11-19, by: sam}",
        "+   bake/agree: {done: 2026-11-19, by: sam}",
    ]
    code, said, _ = bring(root, tasks, options="--by sm")
    assert (code, said.splitlines()[-1]) == (
        2,
        'Error: no person is called "sm"; did you mean "sam"?',
    )


def test_dry_run_writes_nothing(root: Path) -> None:
    code, said, wrote = bring(root, asana(done("bake/call@1")), options="--dry-run")
    assert (code, wrote) == (0, [])
    assert said == "1 step would be recorded for Birch Bakery:\n  Nov 19  bake/call@1\n"


def test_what_goes_into_asana_is_not_what_comes_out(root: Path) -> None:
    assert typed(root, "tasks birch --for asana")[0] == 0
    code, said, wrote = bring(root, (root / "build/tasks/birch.asana.csv").read_bytes())
    assert (code, wrote) == (1, [])
    assert said.startswith(
        "asana.csv:1:1: not-an-export: this file is what goes into Asana, and cannot say what is"
    )


def test_comments_and_quoting_stay(root: Path) -> None:
    """Between two lines of progress, with what people wrote around them."""
    with (root / BIRCH).open("a", encoding="utf-8") as file:
        file.write("  # by hand\n  'bake/call@3':   {done: 2026-11-18, by: 'dana'}  # early\n")
    code, said, wrote = bring(root, asana(done("bake/call@4"), done("bake/call@1")))
    assert code == 0, said
    assert wrote == [
        "+   bake/call@1: {done: 2026-11-19, by: dana}",
        "+   bake/call@4: {done: 2026-11-19, by: dana}",
    ]


def test_what_would_be_an_error_is_not_written(root: Path) -> None:
    heads = ["ID", "Task", "Done", "Note"]
    content = tables.to_csv([heads, ["birch/bake/call@1", "", "2026-11-19", "a \x07 bell"]])
    code, said, wrote = bring(root, content)
    assert (code, wrote) == (1, []), said


def test_a_fault_in_ticks_is_told_where_it_is(root: Path) -> None:
    data = """\
{
  "sopwith": "ticks",
  "version": 1,
  "client": "birch",
  "ticks": [
    {"address": "bake/plan", "dome": "2026-11-18"}
  ]
}
"""
    code, said, _ = bring(root, data.encode(), name="ticks.json")
    assert code == 1
    assert 'ticks.json:6:30: unknown-key: no key is called "dome" here' in said


# Whatever a file holds --------------------------------------------------------------------------


def read(content: bytes) -> None:
    """Read a file, or say what is wrong with it, and nothing else."""
    with suppress(NotAnExport):
        exports.read("x", content)


@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    read(content)
    read(b"Name,Completed At\n" + content)


KEYS = "sopwith version client tasks ticks lists cards checklists checkItems actions data id name"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(JSON, st.sampled_from(["tasks", "ticks", None]))
def test_any_json(data: Any, kind: str | None) -> None:
    if isinstance(data, dict) and kind:
        data = {**data, "sopwith": kind}
    read(json.dumps(data).encode())


@given(st.data())
def test_a_broken_spreadsheet(data: st.DataObject) -> None:
    columns = [tables.Column("ID", 9), tables.Column("Task", 9), tables.Column("Done", 9)]
    whole = bytearray(tables.to_xlsx("x", columns, [["a/b/c", "x", TODAY]], TODAY))
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(whole))
