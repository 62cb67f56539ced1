"""Tasks for the team's tool: each form read back, by others' parsers where there are some."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from markdown_it import MarkdownIt
from openpyxl import load_workbook

import planned
from laid import TODAY, lay
from sopwith import exports, making, tables
from sopwith.cli import main
from sopwith.data import schema
from sopwith.exports import same_name
from sopwith.model import Moment
from sopwith.outputs import tasks as output
from sopwith.outputs.tasks import asana
from sopwith.outputs.tasks.sheets import COLUMNS
from sopwith.plan import Plan
from sopwith.workspace import Inputs, Workspace, open_workspace
from test_done import BIRCH, LIBRARY, typed

ASANA = (
    "Name,Description,Section,Assignee,Collaborators,Start Date,Due Date,Dependencies,Sopwith ID"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path, LIBRARY)


def opened(root: Path) -> Workspace:
    return open_workspace(Inputs(root, today=TODAY))


def plan_of(root: Path) -> Plan:
    return making.plan_of(opened(root), "birch")


def file(plan: Plan, form: str, ending: str = "") -> bytes:
    """The only file of a form, or the one of that ending."""
    pages = output.render(plan, form)
    return next(page.content for page in pages if page.path.endswith(ending))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def sheet(content: bytes) -> list[list[Any]]:
    read = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in line] for line in read.iter_rows()]


def named(plan: Plan, titles: list[str]) -> Plan:
    """The plan with other titles of its steps, and that client's name, in turn."""
    new = iter(titles * 100)
    sops = tuple(
        replace(
            of,
            phases=tuple(
                replace(
                    phase,
                    rows=tuple(
                        replace(row, step=replace(row.step, title=next(new))) for row in phase.rows
                    ),
                )
                for phase in of.phases
            ),
        )
        for of in plan.sops
    )
    return replace(plan, sops=sops, client=replace(plan.client, name=titles[0]))


HOSTILE = [
    '=HYPERLINK("http://x")',
    "+1 312 555 0142",
    "-2+3",
    "@SUM(A1)",
    "one, two, three",
    "A name " * 43,
    "שלום עולם",
    "\u202eright to left\u202c",
    "Z͑ͫa̴l͕g͉o",
    "quotes \" and '; semicolons",
    "[x](javascript:y) <b>*_`",
    "e\u0301 \U0001f355",
]
TITLES = st.lists(
    st.one_of(
        st.sampled_from(HOSTILE),
        st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40),
    ).filter(str.strip),
    min_size=1,
    max_size=8,
)

# What every form says ---------------------------------------------------------------------------


def test_every_step_is_a_task_and_no_heading_is_one(root: Path) -> None:
    plan = plan_of(root)
    found = output.tasks(plan)
    assert [task.address for task in found] == [
        row.address for row in plan.rows() if row.state != "out" and not row.calls
    ]
    assert {task.id for task in found if task.is_open} == {
        f"birch/{row.address}" for row in plan.open_rows()
    }


def test_names_are_told_apart(root: Path) -> None:
    names = {task.address: task.name for task in output.tasks(plan_of(root))}
    assert names["welcome/call"] == "Hold the kickoff call"
    assert names["bake/call@2"] == "Hold the call (2)"
    again = output.tasks(planned.plan())
    assert [task.name for task in again if task.address.endswith("estimate")] == [
        "Estimate the hours · Client onboarding",
        "Estimate the hours · Change management (A page for the team)",
    ]


def test_what_comes_before_is_what_is_open_and_stands_below_a_heading(root: Path) -> None:
    more = (root / "sops/deliver/bake.yml").read_text("utf-8")
    after = "      - {id: rest, title: Rest, role: account-manager, wait_for: [again, plan]}\n"
    (root / "sops/deliver/bake.yml").write_text(more.replace("changes:", f"{after}changes:"))
    by = {task.address: task for task in output.tasks(plan_of(root))}
    assert set(by["bake/rest"].after) == {"birch/bake/again/tour", "birch/bake/plan"}
    assert by["bake/agree"].after == ("birch/bake/plan",)
    assert by["welcome/call"].after == ()  # the welcome email is sent


def test_the_handbook_tells_each_step(root: Path) -> None:
    company = root / "company.yml"
    company.write_text(f"{company.read_text('utf-8')}handbook: https://fern.example/book/\n")
    by = {task.address: task for task in output.tasks(plan_of(root))}
    tour = "https://fern.example/book/deliver/welcome-staff/#tour"
    assert by["bake/again/tour"].link == tour
    assert tour in by["bake/again/tour"].text


# Asana ------------------------------------------------------------------------------------------


def test_asana_has_its_columns_and_what_is_open(root: Path) -> None:
    plan = plan_of(root)
    content = file(plan, "asana")
    assert content.startswith(f"{ASANA}\r\n".encode())
    read = {row["Sopwith ID"]: row for row in rows(content)}
    assert set(read) == {f"birch/{row.address}" for row in plan.open_rows()}
    agree = read["birch/bake/agree"]
    assert (agree["Name"], agree["Due Date"]) == ("Agree the plan", "11/19/2026")
    assert agree["Dependencies"] == "Write the plan"
    # Whoever is at the client is named, and not invited into our tool.
    assert agree["Assignee"] == ""
    assert "For Priya Shah (Client)" in agree["Description"]
    assert read["birch/bake/plan"]["Assignee"] == "dana@fern.example"
    decision = read["birch/welcome/red-flags"]["Description"].splitlines()
    assert decision == [
        "For Dana Whitfield (Account manager)",
        "Are there any red flags? Yes / No",
        "Answer:",
        "Sopwith ID: birch/welcome/red-flags",
        "Sopwith due: none",
    ]


def test_asana_gets_several_people_as_collaborators() -> None:
    plan = planned.plan()
    kickoff = next(task for task in output.tasks(plan) if task.address.endswith("/kickoff"))
    both = replace(
        kickoff,
        ours=tuple(replace(p, email=f"{p.id}@alderfinch.example") for p in kickoff.ours),
    )
    (row,) = rows(asana.to_csv([both], plan))
    assert row["Assignee"] == "dana@alderfinch.example"
    assert row["Collaborators"] == "sam@alderfinch.example"


@given(TITLES)
def test_asana_reads_names_and_dependencies_as_they_are_meant(titles: list[str]) -> None:
    plan = named(planned.plan(), titles)
    above: set[str] = set()
    sections: list[str] = []
    for row in rows(file(plan, "asana")):
        name = row["Name"]
        assert name.strip()
        assert "," not in name
        assert same_name(name) not in map(same_name, above)
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
        for before in filter(None, row["Dependencies"].split(",")):
            assert before in above
        above.add(name)
        if sections[-1:] != [row["Section"]]:
            sections.append(row["Section"])
    assert len(sections) == len(set(sections))
    assert len(above) == len(plan.open_rows())


def test_a_predecessor_goes_above() -> None:
    first, second, third = (
        replace(output.tasks(planned.plan())[0], id=f"x/{i}", name=str(i), after=())
        for i in range(3)
    )
    waiting = replace(first, after=(third.id,))
    read = rows(asana.to_csv([waiting, second, replace(third, after=(second.id,))], planned.plan()))
    assert [(row["Name"], row["Dependencies"]) for row in read] == [
        ("1", ""),
        ("2", "1"),
        ("0", "2"),
    ]


# Trello, Markdown, JSON -------------------------------------------------------------------------


@given(TITLES)
def test_trello_has_a_line_for_each_open_task_and_a_card_for_each(titles: list[str]) -> None:
    plan = named(planned.plan(), titles)
    lines = file(plan, "trello", ".txt").decode().split("\n")[:-1]
    assert len(lines) == len(plan.open_rows())
    for line in lines:
        _, record = exports.read("x.json", board([line])).records
        assert record.id.removeprefix("harbor-lane/") in {r.address for r in plan.open_rows()}
    cards = file(plan, "trello", ".csv")
    assert cards.startswith(b"name,description,due,completed\r\n")
    assert {row["completed"] for row in rows(cards)} == {"true", "false"}
    assert [r.id for r in exports.read("x", cards).records] == [t.id for t in output.tasks(plan)]


def board(items: list[str]) -> bytes:
    """A board as Trello exports it, with these items on a card's checklist."""
    listed = [{"id": name, "name": name, "state": "incomplete"} for name in items]
    card = {"id": "1", "name": "Tasks", "desc": "", "dueComplete": False}
    data = {"lists": [{"id": "2"}], "cards": [card], "checklists": [{"checkItems": listed}]}
    return json.dumps(data).encode()


@given(TITLES)
def test_markdown_shows_every_name_as_itself(titles: list[str]) -> None:
    plan = named(planned.plan(), titles)
    found = output.tasks(plan)
    tokens = MarkdownIt("commonmark").parse(file(plan, "markdown").decode())
    items = [t for t in tokens if t.type == "inline" and t.content.startswith("[")]
    assert len(items) == len(found)
    for token, task in zip(items, found, strict=True):
        shown = "".join(c.content for c in token.children or () if c.type == "text")
        box = "[ ] " if task.is_open else "[x] "
        assert shown.startswith(f"{box}{task.name}")
        assert task.id in token.content


@given(TITLES)
def test_json_keeps_to_its_schema(titles: list[str]) -> None:
    plan = named(planned.plan(), titles)
    data = json.loads(file(plan, "json"))
    Draft202012Validator(schema("tasks"), format_checker=FormatChecker()).validate(data)
    assert [task["name"] for task in data["tasks"]] == [t.name for t in output.tasks(plan)]
    assert data["client"]["name"] == titles[0]


@pytest.mark.parametrize("kind", ["tasks", "ticks"])
def test_the_schemas_are_schemas_and_tell_of_every_field(kind: str) -> None:
    Draft202012Validator.check_schema(dict(schema(kind)))
    parts = [schema(kind), *schema(kind)["$defs"].values()]
    fields = [field for part in parts for field in part.get("properties", {}).values()]
    assert all("description" in field or "$ref" in field for field in fields)


# Tables -----------------------------------------------------------------------------------------


def test_a_number_below_nothing_is_no_formula() -> None:
    assert [tables.neutral(of) for of in ("-14", "-0.5")] == ["-14", "-0.5"]
    assert [tables.neutral(of) for of in ("-1+1", "-A1", "-", "+1")] == [
        "'-1+1",
        "'-A1",
        "'-",
        "'+1",
    ]


@given(TITLES)
def test_tables_hold_text_and_no_formula(titles: list[str]) -> None:
    plan = named(planned.plan(), titles)
    found = output.tasks(plan)
    content = file(plan, "csv")
    assert content.startswith(b"\xef\xbb\xbfTask,")
    assert [row["Task"] for row in rows(content)] == [tables.neutral(t.name) for t in found]
    read = load_workbook(io.BytesIO(file(plan, "xlsx"))).worksheets[0]
    for line, task in zip(read.iter_rows(min_row=2), found, strict=True):
        assert line[0].value == task.name
        assert line[0].data_type in ("s", "inlineStr")
        assert bool(line[0].quotePrefix) is task.name.startswith(("=", "+", "-", "@"))
        assert {cell.data_type for cell in line} <= {"s", "inlineStr", "d", "n"}
        assert all(cell.data_type != "n" or cell.value is None for cell in line)


def test_the_spreadsheet_has_dates_a_heading_that_stays_and_filters(root: Path) -> None:
    plan = plan_of(root)
    content = file(plan, "xlsx")
    read = load_workbook(io.BytesIO(content)).worksheets[0]
    heading = [cell.value for cell in read[1]]
    assert heading == [column.title for column in COLUMNS]
    assert read.freeze_panes == "A2"
    assert read.auto_filter.ref == read.dimensions
    assert read.column_dimensions["A"].width > 40
    line = next(line for line in read.iter_rows(min_row=2) if line[0].value == "Write the plan")
    due = line[heading.index("Due")]
    midnight = datetime.fromisoformat("2026-11-17")
    assert (due.value, due.number_format) == (midnight, "yyyy-mm-dd")
    timed = output.tasks(plan)[0]
    timed = replace(timed, due=Moment.parse("2026-11-20 16:50"))
    cells = sheet(output.FORMS["xlsx"].files["xlsx"]((timed,), plan))
    assert cells[1][heading.index("Due")] == datetime.fromisoformat("2026-11-20 16:50")


def test_the_spreadsheet_has_no_clock_in_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(root)
    first = file(plan, "xlsx")
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 5, 6, 7, 8, 9, 0, 0, 0))
    assert file(plan, "xlsx") == first
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        core = packed.read("docProps/core.xml").decode()
    assert core.count("2026-11-20T00:00:00Z") == 2


@pytest.mark.heavy
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
@pytest.mark.parametrize(
    ("form", "source"), [("asana", "asana.csv"), ("csv", "csv"), ("xlsx", "xlsx")]
)
def test_libreoffice_reads_what_we_wrote(form: str, source: str, tmp_path: Path) -> None:
    plan = named(planned.plan(), HOSTILE)
    given = tmp_path / f"tasks.{source.rpartition('.')[2]}"
    given.write_bytes(file(plan, form))
    out = tmp_path / "out"
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    # 44 a comma, 34 a quotation mark, 76 UTF-8, from line 1, every column as text (2).
    columns = "/".join(f"{n}/2" for n in range(1, 25))
    read_as = [f"--infilter=CSV:44,34,76,1,{columns}"] if given.suffix == ".csv" else []
    command = [
        "soffice",
        home,
        "--headless",
        *read_as,
        "--convert-to",
        "xlsx",
        "--outdir",
        str(out),
    ]
    subprocess.run([*command, str(given)], check=True, capture_output=True, timeout=120)
    theirs = sheet((out / "tasks.xlsx").read_bytes())
    if form == "xlsx":
        ours = sheet(given.read_bytes())
    else:
        text = given.read_bytes().decode("utf-8-sig")
        ours = [
            [cell or None for cell in line] for line in csv.reader(io.StringIO(text, newline=""))
        ]
    assert [line[: len(ours[0])] for line in theirs] == ours


# What is new, and what has moved ----------------------------------------------------------------


def changed(root: Path) -> None:
    """The kickoff a day later, a question answered, one step taken out and another put in."""
    client = root / BIRCH
    text = client.read_text("utf-8").replace("kickoff: 2026-11-16 ", "kickoff: 2026-11-17 ")
    client.write_text(f'{text}  welcome/red-flags: {{done: 2026-11-20, by: dana, answer: "No"}}\n')
    bake = root / "sops/deliver/bake.yml"
    steps = bake.read_text("utf-8").replace(
        "      - {id: agree, title: Agree the plan, role: client, due: 2 days after step plan}\n",
        "      - {id: taste, title: Taste the bread, role: account-manager, due: on kickoff}\n",
    )
    bake.write_text(
        steps.replace("changes:", 'former_steps: [{id: agree, until: "1.0"}]\nchanges:')
    )


SINCE = [("asana", "asana.csv"), ("csv", "csv"), ("xlsx", "xlsx"), ("json", "json")]


@pytest.mark.parametrize(("form", "ending"), [*SINCE, ("trello", "trello.csv")])
def test_since(form: str, ending: str, root: Path, tmp_path: Path) -> None:
    assert typed(root, f"tasks birch --for {form}")[0] == 0
    last = tmp_path / f"last.{ending}"
    shutil.copy(root / f"build/tasks/birch.{ending}", last)
    code, said = typed(root, f"tasks birch --for asana --since {last}")
    assert (code, said) == (0, f"Nothing has changed for Birch Bakery since {last.name}.\n")
    changed(root)
    code, said = typed(root, f"tasks birch --for asana --since {last}")
    assert code == 0, said
    new, moved, *told = said.splitlines()
    assert new.endswith("build/tasks/birch.new.asana.csv")
    assert moved.endswith("build/tasks/birch.moved.md")
    assert [row["Sopwith ID"] for row in rows(Path(new).read_bytes())] == ["birch/bake/taste"]
    assert "New: bake/taste" in told
    assert "Import only birch.new.asana.csv: all other tasks are there already." in told
    assert "Moved: bake/plan: Tue, Nov 17 -> Wed, Nov 18" in told
    assert "Done: welcome/red-flags: on Fri, Nov 20" in told
    text = Path(moved).read_text("utf-8")
    assert "- [ ] Write the plan: Tue, Nov 17 -&gt;" not in text
    assert "- [ ] Write the plan: Tue, Nov 17 -> Wed, Nov 18\n" in text
    assert "- [ ] Agree the plan: no longer in the plan\n" in text
    assert "\nImport only birch.new.asana.csv: all other tasks are there already.\n" in text
    # What was said is gone again when there is nothing to say.
    assert typed(root, f"tasks birch --for {form}")[0] == 0
    now = root / f"build/tasks/birch.{ending}"
    assert typed(root, f"tasks birch --for asana --since {now}")[0] == 0
    assert not Path(new).exists()
    assert not Path(moved).exists()


def away(root: Path) -> None:
    """The account manager is away when the first call is due."""
    company = root / "company.yml"
    absence = "away: [{who: dana, from: 2026-11-23, to: 2026-11-24, stand_in: sam}, "
    company.write_text(company.read_text("utf-8").replace("away: [", absence))


@pytest.mark.parametrize(("form", "ending"), [*SINCE, ("trello", "trello.csv")])
def test_since_tells_whose_a_task_is_now(
    form: str, ending: str, root: Path, tmp_path: Path
) -> None:
    assert typed(root, f"tasks birch --for {form}")[0] == 0
    last = tmp_path / f"last.{ending}"
    shutil.copy(root / f"build/tasks/birch.{ending}", last)
    away(root)
    code, said = typed(root, f"tasks birch --for asana --since {last}")
    assert code == 0, said
    moved = "Hold the call (1): Dana Whitfield -> Sam Ortiz\n"
    assert f"\n1 task is for somebody else now:\n  {moved}" in said
    text = (root / "build/tasks/birch.moved.md").read_text("utf-8")
    heading = "## Give these to somebody else, and say so in their description\n\n"
    assert f"{heading}- [ ] {moved}" in text
    read = {task.address: task for task in output.tasks(plan_of(root))}
    whose = "For Sam Ortiz, for Dana Whitfield until Nov 24 (Account manager)"
    assert read["bake/call@1"].text.startswith(f"{whose}\n")
    # The description that is new says the same of the same person.
    assert typed(root, f"tasks birch --for {form}")[0] == 0
    shutil.copy(root / f"build/tasks/birch.{ending}", last)
    _, said = typed(root, f"tasks birch --for asana --since {last}")
    assert said.startswith("Nothing has changed")


@pytest.mark.parametrize(
    ("assignee", "notes", "tells"),
    [
        ("dana@fern.example", "", "Dana Whitfield -> Sam Ortiz"),
        ("Sam Ortiz", "", ""),
        ("", "", ""),  # nobody can tell whom the plan had
        ("", "For Dana Whitfield (Account manager)\n", "Dana Whitfield -> Sam Ortiz"),
        ("", "For nobody named yet (Account manager)\n", "nobody named yet -> Sam Ortiz"),
        ("sam ortiz", "For Dana Whitfield (Account manager)\n", ""),
        # Somebody else took it in the tool; the plan is as it was.
        ("nell@fern.example", "For Sam Ortiz (Account manager)\n", ""),
        ("Nell Harrow", "For Dana Whitfield (Account manager)\n", "Nell Harrow -> Sam Ortiz"),
    ],
)
def test_whose_a_task_is_in_the_tool(
    assignee: str, notes: str, tells: str, root: Path, tmp_path: Path
) -> None:
    away(root)
    heads = ["Name", "Completed At", "Assignee", "Notes"]
    line = ["Hold the call (1)", "", assignee, f"{notes}Sopwith ID: birch/bake/call@1"]
    export = tmp_path / "export.csv"
    export.write_bytes(tables.to_csv([heads, line]))
    found = output.news(plan_of(root), exports.read("x.csv", export.read_bytes()).records, {})
    assert [change.says for change in found.of("Handed over")] == [tells] * bool(tells)


def test_since_tells_what_is_ticked_there_and_cannot_be_recorded(
    root: Path, tmp_path: Path
) -> None:
    heads = ["Name", "Completed At", "Due Date", "Sopwith ID"]
    lines = [
        ["Look for red flags", "2026-11-19", "", "birch/welcome/red-flags"],
        ["Hold the call (1)", "2026-11-19", "", "birch/bake/call@1"],  # can be, and is not yet
    ]
    export = tmp_path / "export.csv"
    export.write_bytes(tables.to_csv([heads, *lines]))
    code, said = typed(root, f"tasks birch --for csv --since {export}")
    assert code == 0
    why = (
        'ticked there: "Look for red flags" has no answer: Are there any red flags? (write "Yes" '
        'or "No" behind "Answer:" in its description, or in a column of that name)\n'
    )
    assert f"Not recorded: welcome/red-flags: {why}" in said.replace("\n  ", " ")
    assert said.count("Not recorded") == 1
    assert max(map(len, said.splitlines()[2:])) < 80
    heading = "## Mend these: they are ticked in the tool, and not recorded\n\n"
    text = (root / "build/tasks/birch.moved.md").read_text("utf-8")
    assert f"{heading}- [ ] Look for red flags: {why}" in text


def test_what_comes_later_than_is_planned_is_not_to_be_taken_out(
    root: Path, tmp_path: Path
) -> None:
    """Whoever ends the calls has them taken out; whoever moves them beyond the horizon has not."""
    assert typed(root, "tasks birch --for csv")[0] == 0
    last = tmp_path / "last.csv"
    last.write_bytes((root / "build/tasks/birch.csv").read_bytes())
    client = root / BIRCH
    before = client.read_text("utf-8")
    client.write_text(before.replace("kickoff: 2026-11-16 ", "kickoff: 2026-11-30 "))
    code, said = typed(root, f"tasks birch --for csv --since {last}")
    assert code == 0, said
    assert "Leave as they are: 2, which the plan does not reach yet." in said
    assert "bake/call@13" not in said
    assert (
        (root / "build/tasks/birch.moved.md")
        .read_text("utf-8")
        .endswith(
            "## Leave these: the plan does not reach them yet\n\n"
            "- Hold the call (12): planned through Mon, Feb 15, 2027 so far\n"
            "- Hold the call (13): planned through Mon, Feb 15, 2027 so far\n"
        )
    )
    client.write_text(f"{before}ended: {{date: 2026-12-31, how: completed}}\n")
    _, said = typed(root, f"tasks birch --for csv --since {last}")
    assert "not reach" not in said
    moved = (root / "build/tasks/birch.moved.md").read_text("utf-8")
    assert "- [ ] Hold the call (13): no longer in the plan\n" in moved


def test_one_file_is_there_to_import(root: Path, tmp_path: Path) -> None:
    whole, new = (root / f"build/tasks/birch{part}.asana.csv" for part in ("", ".new"))
    assert typed(root, "tasks birch --for asana")[0] == 0
    last = tmp_path / "last.csv"
    last.write_bytes(whole.read_bytes())
    changed(root)
    assert typed(root, f"tasks birch --for asana --since {last}")[0] == 0
    assert (whole.exists(), new.exists()) == (False, True)
    assert typed(root, "tasks birch --for asana")[0] == 0
    assert (whole.exists(), new.exists()) == (True, False)
    # What was given to compare with is nobody's to take away.
    whole.write_bytes(last.read_bytes())
    assert typed(root, f"tasks birch --for asana --since {whole}")[0] == 0
    assert (whole.exists(), new.exists()) == (True, True)


def test_since_tells_a_day_that_was_changed_in_the_tool(root: Path, tmp_path: Path) -> None:
    heads = ["Name", "Completed At", "Due Date", "Notes"]
    there = [
        [row["Name"], "", f"2026-11-{day}", row["Description"]]
        for row in rows(file(plan_of(root), "asana"))
        for day in [{"Write the plan": "20", "Agree the plan": "19"}.get(row["Name"])]
        if day
    ]
    export = tmp_path / "all of it.csv"
    export.write_bytes(tables.to_csv([heads, *there]))
    changed(root)
    _, said = typed(root, f"tasks birch --for asana --since '{export}'")
    why = " (kickoff, on Nov 17, stays)\n"
    assert f"Changed there: bake/plan:\n  Fri, Nov 20 -> Wed, Nov 18{why}" in said
    assert said.endswith(
        "Is a day that was changed there agreed with the client? How to keep it:\n"
        f"  sopwith progress birch --from '{export}' --dry-run\n"
    )
    assert (
        "## Settle these: somebody gave them another day in the tool\n\n"
        "If it was agreed with the client, move what it is counted from, in clients/birch.yml; "
        "else take the day of the plan. What has happened stays: for what is counted from it take "
        "the day of the plan, or ask the owner of the procedure for another rule.\n\n"
        f"- [ ] Write the plan: Fri, Nov 20 -> Wed, Nov 18{why}"
    ) in (root / "build/tasks/birch.moved.md").read_text("utf-8")


def test_since_takes_what_asana_has(root: Path, tmp_path: Path) -> None:
    there = [row for row in rows(file(plan_of(root), "asana")) if row["Name"] != "Write the plan"]
    heads = ["Name", "Completed At", "Due Date", "Notes"]
    lines = [
        [
            row["Name"],
            "2026-11-19" if "tour" in row["Sopwith ID"] else "",
            "2026-11-19",
            row["Description"],
        ]
        for row in there
        if row["Name"] in ("Agree the plan", "Show the shop")
    ]
    export = tmp_path / "export.csv"
    export.write_bytes(tables.to_csv([heads, *lines]))
    _, said = typed(root, f"tasks birch --for csv --since {export}")
    new = {row["ID"] for row in rows((root / "build/tasks/birch.new.csv").read_bytes())}
    assert {"birch/bake/plan", "birch/welcome/call"} <= new
    assert not {"birch/bake/agree", "birch/bake/again/tour"} & new
    assert "Moved" not in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "this file is empty"),
        (b"a,b\n1,2\n", "these are no headings of a list of tasks: a, b"),
        (b"{", "this is no JSON in line 1"),
        (b'{"a": 1}', "this JSON holds no tasks that we know"),
        (b"Name\xff", "this file is not UTF-8"),
        (b"PK\x03\x04nothing", "this is no spreadsheet that can be read"),
        (b"ID,Task,Done\nmoss/a/b,x,\n", "no task in this file is of Birch Bakery"),
    ],
)
def test_since_what_is_no_export(content: bytes, said: str, root: Path, tmp_path: Path) -> None:
    (tmp_path / "last").write_bytes(content)
    code, told = typed(root, f"tasks birch --for csv --since {tmp_path / 'last'}")
    assert code == 1
    assert f"{tmp_path / 'last'}:1:1: not-an-export: {said}\n" in told
    assert told.endswith("Nothing was written.\n")
    assert not (root / "build").exists()


# Where it goes ----------------------------------------------------------------------------------


def test_files_stay_beside_each_other(root: Path) -> None:
    for form in output.FORMS:
        assert typed(root, f"tasks birch --for {form}")[0] == 0
    work = opened(root)
    making.checklists(work, ["birch"])
    making.everything(work, ("clients",), lambda _: None)
    assert sorted(path.name for path in (root / "build/tasks").iterdir()) == [
        "birch.asana.csv",
        "birch.csv",
        "birch.json",
        "birch.md",
        "birch.trello.csv",
        "birch.trello.txt",
        "birch.xlsx",
    ]


def test_the_choices_are_the_forms() -> None:
    (option,) = (p for p in main.commands["tasks"].params if p.name == "form")
    assert isinstance(option.type, click.Choice)
    assert [*option.type.choices] == [*output.FORMS]


def test_another_clients_file_is_not_looked_at(root: Path) -> None:
    other_name = "zqx-other"
    other = (root / BIRCH).read_text("utf-8").replace("Birch Bakery", other_name)
    (root / "clients/other.yml").write_text(other.replace("priya", other_name))
    for form in output.FORMS:
        assert typed(root, f"tasks birch --for {form}")[0] == 0
    for path in (root / "build/tasks").iterdir():
        if path.suffix == ".xlsx":
            assert other_name not in str(sheet(path.read_bytes()))
        else:
            assert other_name not in path.read_text("utf-8")


def test_today_counts(root: Path) -> None:
    late = replace(plan_of(root), today=date(2026, 11, 18))
    assert json.loads(file(late, "json"))["as_of"] == "2026-11-18"
