"""Who is asked to read a procedure, how that is confirmed, and where it shows, in counts."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from pypdf import PdfReader

from gitted import commit
from laid import TODAY, lay, line, look
from sopwith import filing
from sopwith.acknowledging import asked, counted
from sopwith.cli import main
from sopwith.tables import Column, read, to_xlsx
from sopwith.workspace import Inputs, open_workspace

WELCOME, FOLDER = "sops/onboard/welcome.yml", "confirmations"
CHANGE = '{version: "%s", effective: %s, by: dana, summary: New}\n  - {version: "1.0", effective'
ROLES = "[account-manager, project-manager, management]"
CASE: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "changes": {
        "company.yml": {
            "name: Fern & Co": "name: Fern & Co\nrepository: https://github.com/example/fern",
            "  sam: {name: Sam Ortiz, initials: SO}": (
                "  sam: {name: Sam Ortiz, initials: SO, email: sam@fern.example}\n"
                "  ida: {name: Ida Quill, joined: 2026-11-12}\n"
                "  max: {name: Max Adler, left: 2026-11-19}\n"
                "  una: {name: Una Frost}"
            ),
            "held_by: sam": "held_by: [sam, ida, max]",
        },
        WELCOME: {
            "outcome: The": f"acknowledge: {{by: {ROLES}, within: 10 business days}}\noutcome: The"
        },
    }
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path, CASE)


def typed(root: Path, text: str, today: date = TODAY) -> tuple[int, str]:
    command, *args = shlex.split(text)
    given = [command, "--root", str(root), "--today", str(today), *args]
    result = CliRunner(env={"GIT_CONFIG_GLOBAL": "/dev/null"}).invoke(main, given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


def raised(root: Path, version: str, effective: str) -> None:
    """Give the procedure a new version with its line."""
    change = CHANGE % (version, effective)
    new = {
        'version: "1.0"\nstatus': f'version: "{version}"\nstatus',
        '{version: "1.0", effective': change,
    }
    lay(root, {"base": False, "changes": {WELCOME: new}})


def states(root: Path, today: date = TODAY) -> dict[str, tuple[str, str]]:
    """By when each person is asked, and where that stands."""
    reading, problems, _ = look(root, today)
    assert [line(problem) for problem in problems if problem.is_error] == []
    assert reading.library is not None
    return {one.person.id: (str(one.due), one.state) for one in asked(reading.library, today)}


def confirmed(root: Path, person: str, version: str, day: str) -> None:
    text = f'sop: welcome\nversion: "{version}"\nby: {person}\nconfirmed: {day}\n'
    name = f"{FOLDER}/{person}-{version.replace('.', '-')}.yml"
    lay(root, {"base": False, "files": {name: text}})


# Who is asked -------------------------------------------------------------------------------------


def test_who_holds_a_role_is_asked_from_the_version_or_the_first_day_here(root: Path) -> None:
    """Ten business days from September 1 are September 16: Labor Day does not count."""
    found = states(root)
    assert found == {
        "dana": ("2026-09-16", "overdue"),
        "sam": ("2026-09-16", "overdue"),
        "ida": ("2026-11-27", "pending"),
    }
    assert states(root, date(2026, 9, 16))["sam"] == ("2026-09-16", "pending")
    assert "max" in states(root, date(2026, 11, 19))


def test_a_new_first_number_asks_anew_and_a_second_one_does_not(root: Path) -> None:
    confirmed(root, "sam", "1.0", "2026-09-10")
    assert states(root)["sam"] == ("2026-09-16", "done")
    raised(root, "1.1", "2026-11-02")
    assert states(root)["sam"] == ("2026-09-16", "done")
    assert states(root)["dana"] == ("2026-09-16", "overdue")


def test_a_new_first_number_gives_everybody_the_whole_time(root: Path) -> None:
    confirmed(root, "sam", "1.0", "2026-09-10")
    raised(root, "2.0", "2026-11-16")
    assert states(root)["sam"] == ("2026-12-01", "pending")
    confirmed(root, "sam", "2.0", "2026-11-18")
    assert states(root)["sam"] == ("2026-12-01", "done")
    assert states(root, date(2026, 11, 17))["sam"] == ("2026-12-01", "pending")


@pytest.mark.parametrize("status", ["draft", "retired\nsuperseded_by: welcome"])
def test_only_what_is_in_use_asks(root: Path, status: str) -> None:
    lay(root, {"base": False, "changes": {WELCOME: {"status: active": f"status: {status}"}}})
    assert states(root) == {}


def test_whoever_holds_two_roles_counts_in_each_and_once_in_all(root: Path) -> None:
    library = look(root)[0].library
    assert library is not None
    found = asked(library, TODAY)
    assert counted(found) == {"done": 0, "pending": 1, "overdue": 2}
    assert [counted(found, r)["overdue"] for r in ("account-manager", "management")] == [1, 1]


# By a command -------------------------------------------------------------------------------------


def test_a_command_confirms_the_current_version(root: Path) -> None:
    told = "Sam Ortiz has read and confirmed Welcome a client 1.0 on November 20, 2026.\n"
    file = f"{FOLDER}/welcome-1-0-sam.yml"
    assert typed(root, "acknowledge welcome --by sam") == (0, f"{told}{file} is written.\n")
    text = 'sop: welcome\nversion: "1.0"\nby: sam\nconfirmed: 2026-11-20\n'
    assert (root / file).read_text("utf-8") == text
    assert states(root)["sam"][1] == "done"
    code, said = typed(root, "acknowledge welcome --by sam")
    assert (code, said.startswith("Nothing to change: Sam Ortiz has confirmed")) == (0, True)
    code, said = typed(root, "acknowledge welcome --by sam --on 2026-11-19")
    assert (code, "To say otherwise" in " ".join(said.split())) == (1, True)
    assert (root / file).read_text("utf-8") == text


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        ("welcom --by sam", 2, 'did you mean "welcome"?'),
        ("welcome --by samm", 2, 'did you mean "sam"?'),
        ("welcome --by sam --on 2026-11-21", 1, "2026-11-21 is still to come"),
        ("welcome", 1, "say --by with one of dana, sam"),
        ("", 2, "name the SOP that was read"),
    ],
)
def test_what_cannot_be_so_is_said_and_nothing_written(
    root: Path, command: str, code: int, says: str
) -> None:
    found, said = typed(root, f"acknowledge {command}")
    assert (found, says in said) == (code, True), said
    assert not (root / FOLDER).exists()


def test_whoever_is_not_asked_may_confirm_too(root: Path) -> None:
    assert typed(root, "acknowledge welcome --by una")[0] == 0
    assert "una" not in states(root)


def test_an_error_elsewhere_keeps_nobody_from_confirming(root: Path) -> None:
    lay(root, {"base": False, "changes": {"clients/birch.yml": {"by: dana": "by: nobody"}}})
    assert typed(root, "acknowledge welcome --by sam")[0] == 0


def test_confirmations_lie_in_the_private_folder(root: Path) -> None:
    private = root / "private"
    private.mkdir()
    for folder in ("clients", "observations"):
        (root / folder).rename(private / folder)
    assert typed(root, f"acknowledge --private {private} welcome --by sam")[0] == 0
    assert (private / FOLDER / "welcome-1-0-sam.yml").is_file()
    assert not (root / FOLDER).exists()


def test_nothing_is_written_where_the_private_folder_is_missing(root: Path) -> None:
    """Else the command would make it, and all clients would seem to be gone."""
    lay(
        root,
        {"base": False, "changes": {"company.yml": {"timezone:": "private: ../no\ntimezone:"}}},
    )
    for command in ("acknowledge welcome --by sam", "observe --kind worked --text Well"):
        code, said = typed(root, command)
        assert (code, "no-private-folder" in said) == (1, True), said
    assert not (root.parent / "no").exists()


@pytest.mark.parametrize(
    ("in_the_way", "said"), [("link", "is a symbolic link"), ("file", "is no folder")]
)
def test_confirmations_lie_nowhere_else(root: Path, in_the_way: str, said: str) -> None:
    elsewhere = root / "elsewhere"
    elsewhere.mkdir()
    if in_the_way == "link":
        (root / FOLDER).symlink_to(elsewhere)
    else:
        (root / FOLDER).write_text("Mine", "utf-8")
    code, told = typed(root, "acknowledge welcome --by sam")
    assert (code, f"{FOLDER} {said}" in told) == (1, True), told
    assert [*elsewhere.iterdir()] == []


def test_a_command_that_is_killed_leaves_no_half_of_a_file(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sopwith.unfinished.os.fsync", stopped)
    work = open_workspace(Inputs(root, today=TODAY))
    with pytest.raises(KeyboardInterrupt):
        filing.acknowledge(work, "welcome", "sam", None)
    assert [*(root / FOLDER).iterdir()] == []


# By a sheet ---------------------------------------------------------------------------------------


def signed(root: Path, *days: tuple[str, str]) -> Path:
    """The table of the sign sheet with days filled in, by person."""
    sheet = root / "build/signsheets/welcome.csv"
    text = sheet.read_text("utf-8-sig")
    for person, day in days:
        text = re.sub(rf"^(welcome,1\.0,{person},.*,)$", rf"\g<1>{day}", text, flags=re.MULTILINE)
    filled = root / "signed.csv"
    filled.write_text(text, "utf-8", newline="")
    return filled


def test_a_sheet_is_printed_signed_and_read_back(root: Path) -> None:
    confirmed(root, "dana", "1.0", "2026-09-10")
    code, said = typed(root, "signsheet welcome")
    assert code == 0
    assert said.split() == [f"{root}/build/signsheets/welcome.{form}" for form in ("pdf", "csv")]
    pdf = PdfReader(BytesIO((root / "build/signsheets/welcome.pdf").read_bytes()))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for words in ("Welcome a client, version 1.0", "Sam Ortiz", "overdue", "confirmed already"):
        assert words in text
    filled = signed(root, ("sam", "2026-11-18"), ("ida", "2026-11-19"))
    code, said = typed(root, f"acknowledge --from {filled}")
    assert code == 0
    assert said.splitlines() == [
        "2 confirmations recorded:",
        f"  2026-11-18  {FOLDER}/welcome-1-0-sam.yml",
        f"  2026-11-19  {FOLDER}/welcome-1-0-ida.yml",
        "1 confirmation recorded already.",
    ]
    assert {state for _, state in states(root).values()} == {"done"}
    before = {path: path.read_bytes() for path in (root / FOLDER).iterdir()}
    code, said = typed(root, f"acknowledge --from {filled}")
    assert (code, said.splitlines()[0]) == (0, "No confirmations recorded.")
    assert {path: path.read_bytes() for path in (root / FOLDER).iterdir()} == before


def test_a_sheet_may_be_for_one_role(root: Path) -> None:
    assert typed(root, "signsheet welcome --role project-manager")[0] == 0
    table = (root / "build/signsheets/welcome-project-manager.csv").read_text("utf-8-sig")
    assert [line.split(",")[2] for line in table.splitlines()[1:]] == ["sam", "ida"]
    assert "asks no client" in typed(root, "signsheet welcome --role client")[1]
    assert "no role is called" in typed(root, "signsheet welcome --role clint")[1]


def test_a_character_that_no_font_has_keeps_no_sheet_back(root: Path) -> None:
    known = {"sops/onboard/welcome.yml": {"title: Welcome a client": "title: Welcome \U0001f600"}}
    lay(root, {"base": False, "changes": known})
    assert typed(root, "signsheet welcome")[0] == 0
    pdf = PdfReader(BytesIO((root / "build/signsheets/welcome.pdf").read_bytes()))
    assert "Welcome [U+1F600]" in pdf.pages[0].extract_text().replace("\u200b", "")


def test_what_a_sheet_cannot_say_is_told_with_its_line(root: Path) -> None:
    rows = [
        ["SOP", "Version", "Person", "Confirmed"],
        ["welcome", "1.0", "Sam Ortiz", "2026-11-18"],
        ["welcom", "1.0", "sam", "2026-11-18"],
        ["welcome", "3.0", "sam", "2026-11-18"],
        ["welcome", "1.0", "nobody", "2026-11-18"],
        ["welcome", "1.0", "dana", "Friday"],
        ["welcome", "1.0", "dana", "2026-11-21"],
        ["welcome", "1.0", "dana", ""],
        ["welcome", "1.0", "sam", "2026-11-18"],
    ]
    file = root / "sheet.csv"
    file.write_text("".join(",".join(row) + "\n" for row in rows), "utf-8")
    code, said = typed(root, f"acknowledge --from {file}")
    assert code == 1
    assert said.startswith("1 confirmation recorded:")
    assert "1 confirmation recorded already." in said
    told = re.findall(r"sheet\.csv:(\d+):1: confirmation-not-recorded: (.*)\n    (.*)\n", said)
    assert told == [
        ("3", 'no SOP is called "welcom"', 'did you mean "welcome"?'),
        ("4", "there has been no version 3.0 of Welcome a client", "known: 1.0"),
        ("5", 'nobody can tell who "nobody" is', "known: dana, ida, max, sam, una"),
        ("6", '"Friday" is no day', "write the day as in 2026-11-20"),
        ("7", "2026-11-21 is still to come", "today is 2026-11-20"),
    ]
    assert [path.name for path in (root / FOLDER).iterdir()] == ["welcome-1-0-sam.yml"]


def test_a_sheet_may_come_back_as_a_spreadsheet(root: Path) -> None:
    columns = [Column(name, 9) for name in ("SOP", "Version", "Person", "Confirmed")]
    rows = [("welcome", "1.0", "sam", date(2026, 11, 18))]
    (root / "sheet.xlsx").write_bytes(to_xlsx("Signed", columns, rows, TODAY))
    assert typed(root, f"acknowledge --from {root}/sheet.xlsx")[0] == 0
    assert states(root)["sam"][1] == "done"


@pytest.mark.parametrize(
    ("locale", "written"),
    [("en-US", "11/18/2026"), ("en-GB", "18/11/2026"), ("de-DE", "18.11.2026")],
)
def test_a_spreadsheet_may_have_written_the_day_its_own_way(
    root: Path, locale: str, written: str
) -> None:
    company = {"name: Fern & Co": f"locale: {locale}\nname: Fern & Co"}
    lay(root, {"base": False, "changes": {"company.yml": company}})
    row = f"welcome;1.0;sam;{written}\n"
    (root / "sheet.csv").write_text(f"SOP;Version;Person;Confirmed\n{row}", "utf-8")
    assert typed(root, f"acknowledge --from {root}/sheet.csv")[0] == 0
    text = (root / FOLDER / "welcome-1-0-sam.yml").read_text("utf-8")
    assert text.endswith("confirmed: 2026-11-18\n")


def test_another_table_is_no_sheet(root: Path) -> None:
    (root / "other.csv").write_text("SOP,Who\nwelcome,sam\n", "utf-8")
    code, said = typed(root, f"acknowledge --from {root}/other.csv")
    assert code == 1
    assert 'not-an-export: this is no sign sheet: it has no column "Version"' in said


def test_a_quote_that_nobody_closes_swallows_no_line(root: Path) -> None:
    rows = 'SOP,Version,Person,Confirmed\nwelcome,1.0,sam,2026-11-18\n"welcome,1.0,ida,2026-11-18\n'
    (root / "sheet.csv").write_text(rows, "utf-8")
    code, said = typed(root, f"acknowledge --from {root}/sheet.csv")
    assert (code, "sheet.csv:3:1: not-an-export: this is no line of a table" in said) == (1, True)
    assert not (root / FOLDER).exists()


def test_a_day_of_another_age_is_none(root: Path) -> None:
    rows = "SOP,Version,Person,Confirmed\nwelcome,1.0,sam,0026-11-18\n"
    (root / "sheet.csv").write_text(rows, "utf-8")
    code, said = typed(root, f"acknowledge --from {root}/sheet.csv")
    assert (code, 'sheet.csv:2:1: confirmation-not-recorded: "0026-11-18" is no day' in said) == (
        1,
        True,
    )


def test_a_stray_cell_far_out_is_no_burden(root: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (("SOP", "Version", "Person", "Confirmed"), ("welcome", "1.0", "sam", "2026-11-18")):
        sheet.append(row)
    sheet["XFD99"] = "x"
    book.save(root / "sheet.xlsx")
    code, said = typed(root, f"acknowledge --from {root}/sheet.xlsx")
    assert (code, "1 confirmation recorded:" in said) == (0, True)
    assert len(read((root / "sheet.xlsx").read_bytes()).headings) < 1000


def test_a_formula_without_its_result_is_no_empty_cell(root: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    array = ArrayFormula("D3", "=D2")
    for row in (("SOP", "Version", "Person", "Confirmed"), ("welcome", "1.0", "sam", "=TODAY()")):
        sheet.append(row)
    sheet.append(("welcome", "1.0", "ida", array))
    sheet.append(("welcome", "1.0", "dana", "2026-11-18"))
    book.save(root / "sheet.xlsx")
    code, said = typed(root, f"acknowledge --from {root}/sheet.xlsx")
    assert (code, "1 confirmation recorded:" in said) == (1, True)
    told = re.findall(r"sheet\.xlsx:(\d+):1: confirmation-not-recorded: (.*)\n", said)
    assert told == [("2", '"=TODAY()" is no day'), ("3", '"=D2" is no day')]


def test_all_of_a_sheet_is_written_or_nothing(root: Path) -> None:
    """A file of that name that says something else keeps the others out too."""
    other = f"{FOLDER}/welcome-1-0-ida.yml"
    text = 'sop: welcome\nversion: "1.0"\nby: dana\nconfirmed: 2026-11-18\n'
    lay(root, {"base": False, "files": {other: text}})
    rows = "welcome,1.0,sam,2026-11-18\nwelcome,1.0,ida,2026-11-18\n"
    (root / "sheet.csv").write_text(f"SOP,Version,Person,Confirmed\n{rows}", "utf-8")
    code, said = typed(root, f"acknowledge --from {root}/sheet.csv")
    assert (code, f"{other} is there already." in said) == (1, True)
    assert [path.name for path in (root / FOLDER).iterdir()] == ["welcome-1-0-ida.yml"]
    assert (root / other).read_text("utf-8") == text


# By a pull request --------------------------------------------------------------------------------


def handbook(root: Path, audience: str = "internal") -> str:
    from sopwith import making

    work = open_workspace(Inputs(root, today=TODAY, audience=audience))  # type: ignore[arg-type]
    pages = {page.path: page.content.decode() for page in making.parts.handbook_pages(work)}
    return pages["handbook/onboard/welcome.md"]


def form(text: str) -> tuple[str, str, str]:
    """The form that a link opens: where, the name of the file, and its text."""
    address = re.search(r"https://github\.com/example/fern/new/[^>)]+", unescape(text))
    assert address is not None
    parts = urlsplit(address[0])
    query = parse_qs(parts.query)
    return parts.path, query["filename"][0], query["value"][0]


def test_the_page_opens_a_form_that_the_check_takes_once_it_is_filled_in(root: Path) -> None:
    path, name, text = form(handbook(root))
    assert (path, name) == ("/example/fern/new/main", f"{FOLDER}/welcome-1-0-your-id.yml")
    lay(root, {"base": False, "files": {name: text}})
    assert [p.code for p in look(root)[1] if p.is_error] == ["wrong-form"]
    filled = text.replace("by: your-id", "by: ida").replace("YYYY-MM-DD", "2026-11-20")
    lay(root, {"base": False, "files": {name: filled}})
    assert states(root)["ida"][1] == "done"


def test_in_ones_week_the_form_is_filled_in_whole(root: Path) -> None:
    code, said = typed(root, "week ida")
    assert code == 0
    assert "To read and confirm (1)\n  Fri, Nov 27  Welcome a client 1.0\n" in said
    text = (root / "build/week/ida/week.md").read_text("utf-8")
    assert "## To read and confirm\n\n- Fri, Nov 27: **Welcome a client 1.0**" in text
    _, name, content = form(text)
    lay(root, {"base": False, "files": {name: content}})
    assert states(root)["ida"][1] == "done"
    assert "To read and confirm" not in typed(root, "week ida")[1]
    pdf = PdfReader(BytesIO((root / "build/week/ida/week.pdf").read_bytes()))
    assert "To read and confirm" not in pdf.pages[0].extract_text()
    said = typed(root, "week --team")[1]
    assert "Sam Ortiz: 1 to read and confirm" in said
    assert "Nothing these two weeks: Ida Quill, Max Adler, Una Frost." in said


def test_without_a_repository_the_page_has_no_form(root: Path) -> None:
    company = {"repository: https://github.com/example/fern\n": ""}
    lay(root, {"base": False, "changes": {"company.yml": company}})
    text = handbook(root)
    assert "GitHub" not in text
    assert "`sopwith acknowledge welcome --by your-id`" in text


# Where it shows -----------------------------------------------------------------------------------


def test_the_page_counts_by_role_and_names_nobody(root: Path) -> None:
    confirmed(root, "dana", "1.0", "2026-09-10")
    text = handbook(root)
    section = text.partition("Read and confirm</h2>")[2].partition("</section>")[0]
    section = section.partition('<section class="control"')[0]
    assert re.findall(
        r"^\| \[?([^\]|]+?)\]?(?:\([^)]*\))? \| (\d) \| (\d) \| (\d) \|$", section, re.M
    ) == [
        ("Account manager", "1", "0", "0"),
        ("Project manager", "0", "1", "1"),
        ("Management", "1", "0", "0"),
        ("Each person once", "1", "1", "1"),
    ]
    for name in ("Dana", "Sam", "Ida"):
        assert name not in section


def test_outsiders_learn_nothing_of_it(root: Path) -> None:
    public = {WELCOME: {"status: active": "status: active\nclassification: public"}}
    lay(root, {"base": False, "changes": public})
    text = handbook(root, "public")
    assert "sop--confirm" not in text
    assert "acknowledge" not in text


def test_the_review_counts_and_only_the_private_one_names(root: Path) -> None:
    from sopwith import making
    from sopwith.outputs.review import Quarter
    from sopwith.workspace import Inputs, open_workspace

    confirmed(root, "dana", "1.0", "2026-09-10")
    work = open_workspace(Inputs(root, today=TODAY))
    pages = {p.path: p.content for p in making.parts.report_pages(work, Quarter.of(TODAY))}
    text = pages["review/2026-Q4/report.md"].decode()
    rows = [
        "| Welcome a client 1.0 | Account manager | 1 | 0 | 0 |",
        "| Welcome a client 1.0 | Project manager | 0 | 1 | 1 |",
        "| Welcome a client 1.0 | Management | 1 | 0 | 0 |",
        "|  | Each person once (Overdue: Sam Ortiz. Pending: Ida Quill) | 1 | 1 | 1 |",
    ]
    assert "\n".join(rows) in text
    assert "Ask for 1 overdue confirmation" in text
    table = pages["review/2026-Q4/confirmations.csv"].decode().splitlines()
    assert table[1:] == [
        "welcome,1.0,account-manager,1,0,0,,",
        "welcome,1.0,project-manager,0,1,1,,",
        "welcome,1.0,management,1,0,0,,",
        "welcome,1.0,,1,1,1,Sam Ortiz,Ida Quill",
    ]
    shown = {p.path: p.content.decode() for p in making.parts.handbook_pages(work)}
    shared = shown["handbook/pages/review-2026-q4.md"]
    assert "| Each person once | 1 | 1 | 1 |" in shared
    assert not any(name in shared for name in ("Dana", "Sam", "Ida"))
    earlier = making.parts.report_pages(work, Quarter.of(date(2026, 5, 3)))
    assert "Read and confirmed" not in next(iter(earlier)).content.decode()


def test_a_comparison_says_who_confirms_anew(root: Path) -> None:
    commit(root)
    raised(root, "1.1", "2026-11-20")
    assert "to read it and confirm" not in typed(root, "diff")[1]
    higher = {'"1.1"\nstatus': '"2.0"\nstatus', '{version: "1.1"': '{version: "2.0"'}
    lay(root, {"base": False, "changes": {WELCOME: higher}})
    said = " ".join(typed(root, "diff")[1].split())
    who = "Account manager, Project manager, and Management"
    assert f"{who} have to read it and confirm, within 10 business days." in said
    assert f"{who} have to read it and confirm" in typed(root, "diff --format markdown")[1]


def test_a_comparison_names_only_roles_that_were_not_asked_before(root: Path) -> None:
    changes = {WELCOME: {f"by: {ROLES}": "by: [account-manager]"}}
    lay(root, {"base": False, "changes": changes})
    commit(root)
    wider = {WELCOME: {"by: [account-manager]": "by: [account-manager, project-manager]"}}
    lay(root, {"base": False, "changes": wider})
    raised(root, "1.1", "2026-11-20")
    said = " ".join(typed(root, "diff")[1].split())
    assert "Project manager has to read it and confirm" in said
    assert "We think this is major" in said
