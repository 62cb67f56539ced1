"""Plans of our own people and of the firm in a quarter, and what is made and recorded of them.

Dates were counted out on a calendar: in 2026, November 26 and December 25 are holidays.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from laid import TODAY, lay, line, look
from sopwith.cli import main
from sopwith.plan import Plans, Row

HEAD = """\
version: "1.0"
status: active
owner: account-manager
approver: management
review: {every: quarter, last: 2026-09-30, by: dana}
outcome: It is as it should be.
changes:
  - {version: "1.0", effective: 2026-09-01, by: dana, summary: First version}
"""
PLEDGE = f"""\
title: Pledge
about: person
trigger: {{event: joined, says: Somebody joins us.}}
{HEAD}phases:
  - id: all
    title: All
    steps:
      - {{id: read, title: Read the rules, role: everyone, due: on joined, email: hello-colleague}}
      - {{id: sign, title: Sign the promise, role: everyone, due: 2 business days after joined}}
      - {{id: file, title: File it, role: project-manager, due: 1 business day after step sign}}
      - id: renew
        title: Renew it
        role: everyone
        repeat: {{every: month, from: joined}}
"""
AUDIT = f"""\
title: Audit
about: firm
trigger: {{event: quarter-start, says: A quarter begins.}}
{HEAD}phases:
  - id: all
    title: All
    steps:
      - id: choose
        title: Choose the files
        role: management
        due: 5 business days after quarter-start
      - id: look
        title: Look at one file
        role: project-manager
        repeat: {{every: month, from: quarter-start, until: quarter-end}}
      - {{id: close, title: Tell, role: management, due: 3 business days before quarter-end}}
"""
SLIP = f"""\
title: Slip
about: person
trigger: {{says: Something went to the wrong person.}}
{HEAD}phases:
  - id: all
    title: All
    steps: [{{id: tell, title: Tell management, role: everyone, due: 1 business day after opened}}]
"""
EMAIL = """\
title: Hello, colleague
version: "1.0"
owner: management
from: management
to: main_contact
subject: Your first day
body: |
  Hi {{ contact.first_name }}, we see you on {{ dates.joined | date }}.
"""
FIRM: Mapping[str, Any] = {
    "files": {
        "sops/deliver/pledge.yml": PLEDGE,
        "sops/deliver/audit.yml": AUDIT,
        "sops/deliver/slip.yml": SLIP,
        "emails/hello-colleague.yml": EMAIL,
    },
    "changes": {
        "company.yml": {
            "initials: DW,": "initials: DW, joined: 2026-11-16,",
            "initials: SO}": "initials: SO, joined: 2024-01-08, left: 2026-11-19}",
            "away:": "  ida: {name: Ida Quill, email: ida@fern.example, joined: 2026-12-07}\naway:",
            "who: sam, from": "who: ida, from: 2026-12-01, to: 2026-12-31, stand_in: dana}\n"
            "  - {who: sam, from",
            "away: [": "away:\n  - ",
            "stand_in: dana}]": "stand_in: dana}",
            "  management:": "  everyone: {title: Everyone, held_by: [dana, sam, ida]}\n"
            "  management:",
        }
    },
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path, FIRM)


def plans(root: Path, today: date = TODAY) -> Plans:
    _, problems, made = look(root, today)
    assert [line(problem) for problem in problems if problem.is_error] == []
    assert made
    return made


def told(row: Row) -> str:
    who = ",".join(person.id for person in row.who)
    return f"{row.number} {row.address} {row.state} {row.due or '-'} {who or '-'}"


def rows(root: Path, whose: str, today: date = TODAY) -> list[str]:
    found = plans(root, today).of(whose)
    assert found
    return [told(row) for row in found.rows()]


def typed(root: Path, text: str) -> tuple[int, str]:
    command, *args = shlex.split(text)
    given = [command, "--root", str(root), "--today", str(TODAY), *args]
    result = CliRunner(env={"GIT_CONFIG_GLOBAL": "/dev/null"}).invoke(main, given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


# Which plans there are, and what is in them -----------------------------------------------------


def test_a_person_has_what_is_about_each_of_us(root: Path) -> None:
    """A role that several hold falls to the one whose plan it is; others go to who holds them."""
    assert rows(root, "people/dana") == [
        "1.1 pledge/read overdue 2026-11-16 dana",
        "1.2 pledge/sign overdue 2026-11-18 dana",
        "1.3 pledge/file overdue 2026-11-19 sam",
        "1.4 pledge/renew@1 due 2026-12-16 dana",
        "1.4 pledge/renew@2 due 2027-01-18 dana",
        "1.4 pledge/renew@3 due 2027-02-16 dana",
    ]


def test_nobody_stands_in_for_the_person_a_plan_is_about(root: Path) -> None:
    """Ida is away all December, and signs for herself; whoever else is away has a stand-in."""
    assert rows(root, "people/ida")[:3] == [
        "1.1 pledge/read due 2026-12-07 ida",
        "1.2 pledge/sign due 2026-12-09 ida",
        "1.3 pledge/file due 2026-12-10 dana",
    ]


def test_whoever_has_left_has_nothing_to_do_any_more(root: Path) -> None:
    found = plans(root)
    gone = found.of("people/sam")
    assert gone
    assert {row.state for row in gone.rows()} == {"ended"}
    assert [plan.client.name for plan in found.people()] == ["Dana Whitfield", "Ida Quill"]
    on_the_last_day = plans(root, date(2026, 11, 19))
    assert len(on_the_last_day.people()) == 3


def test_a_quarter_has_what_is_about_the_firm(root: Path) -> None:
    assert rows(root, "quarters/2026-Q4") == [
        "1.1 audit/choose overdue 2026-10-08 dana",
        "1.2 audit/look@1 overdue 2026-11-02 sam",
        "1.2 audit/look@2 due 2026-12-01 sam",
        "1.3 audit/close due 2026-12-28 dana",
    ]
    assert rows(root, "quarters/2027-Q1")[0] == "1.1 audit/choose due 2027-01-08 dana"


def test_there_is_a_plan_of_this_quarter_the_next_and_each_with_a_file(root: Path) -> None:
    assert [plan.client.name for plan in plans(root).quarters()] == ["Q4 2026", "Q1 2027"]
    progress = "progress:\n  audit/choose: {done: 2026-04-07, by: dana}\n"
    lay(root, {"base": False, "files": {"quarters/2026-Q2.yml": progress}})
    found = plans(root).quarters()
    assert [plan.client.name for plan in found] == ["Q2 2026", "Q4 2026", "Q1 2027"]
    assert next(found[0].rows()).state == "done"


def test_no_plan_holds_what_is_about_others(root: Path) -> None:
    found = plans(root)
    held = {
        whose: {planned.sop.id for planned in plan.sops}
        for whose in ("birch", "people/dana", "quarters/2026-Q4")
        if (plan := found.of(whose))
    }
    assert held == {
        "birch": {"welcome"},
        "people/dana": {"pledge"},
        "quarters/2026-Q4": {"audit"},
    }


def test_a_firm_without_such_procedures_has_no_plans_of_its_own(tmp_path: Path) -> None:
    found = plans(lay(tmp_path, {}))
    assert (found.people(), found.quarters()) == ((), ())


def test_a_file_tells_progress_exceptions_and_cases(root: Path) -> None:
    record = """\
cases: [{sop: slip, id: link, opened: 2026-11-19}]
exceptions: [{step: pledge/file, reason: On paper, approved_by: management}]
progress:
  pledge/read: {done: 2026-11-16, by: dana}
  pledge/sign: {not_applicable: true, by: sam, reason: Signed last year}
"""
    lay(root, {"base": False, "files": {"people/dana.yml": record}})
    first = [row for row in rows(root, "people/dana") if "renew" not in row]
    assert first == [
        "1.1 pledge/read done 2026-11-16 dana",
        "1.2 pledge/sign not-applicable 2026-11-18 dana",
        "1.3 pledge/file excepted 2026-11-17 sam",
        "1.1 slip@link/tell due 2026-11-20 dana",
    ]


def test_a_file_says_who_holds_a_role_in_this_plan(root: Path) -> None:
    """The team of a case beats that of the plan, and that what the company says."""
    audit = "{sop: audit, id: files, opened: 2026-11-19, team: {management: [sam, dana]}}"
    firm = f"team: {{management: ida, project-manager: dana}}\ncases: [{audit}]\n"
    person = "team: {project-manager: dana, everyone: ida}\n"
    files = {"quarters/2026-Q4.yml": firm, "people/dana.yml": person}
    lay(root, {"base": False, "files": files})
    assert rows(root, "quarters/2026-Q4") == [
        "1.1 audit/choose overdue 2026-10-08 ida",
        "1.2 audit/look@1 overdue 2026-11-02 dana",
        "1.2 audit/look@2 due 2026-12-01 dana",
        # She is away in December, and Dana stands in for her.
        "1.3 audit/close due 2026-12-28 dana",
        "1.1 audit@files/choose overdue 2026-10-08 sam,dana",
        "1.2 audit@files/look@1 overdue 2026-11-02 dana",
        "1.2 audit@files/look@2 due 2026-12-01 dana",
        "1.3 audit@files/close due 2026-12-28 sam,dana",
    ]
    assert rows(root, "people/dana")[1:3] == [
        "1.2 pledge/sign overdue 2026-11-18 ida",
        "1.3 pledge/file overdue 2026-11-19 dana",
    ]
    said = " ".join(typed(root, "why quarters/2026-Q4 audit@files/choose")[1].split())
    assert "- Sam Ortiz, who is Management in this case [2]." in said
    said = " ".join(typed(root, "why quarters/2026-Q4 audit/look@1")[1].split())
    assert "who is Project manager in this quarter [3]." in said
    said = " ".join(typed(root, "why people/dana sign")[1].split())
    assert "Ida Quill, who is Everyone in this plan [3]." in said


def test_a_team_of_ours_names_roles_and_people_there_are(root: Path) -> None:
    case = "{sop: audit, id: x, opened: 2026-11-19, team: {management: idda}}"
    text = f"team: {{manager: ida}}\ncases: [{case}]\n"
    lay(root, {"base": False, "files": {"quarters/2026-Q4.yml": text}})
    found = [line(problem) for problem in look(root)[1] if problem.is_error]
    assert [told.split(": ")[:2] for told in found] == [
        ["quarters/2026-Q4.yml:1:8", "unknown-role"],
        ["quarters/2026-Q4.yml:2:56", "unknown-person"],
    ]


@pytest.mark.parametrize(
    ("path", "text", "left"),
    [
        ("people/dana.yml", "progress: [\n", ["birch", "people/ida", "quarters/2026-Q4"]),
        ("people/dana.yml", "color: red\n", ["birch", "people/ida", "quarters/2026-Q4"]),
        ("quarters/2026-Q4.yml", "color: red\n", ["birch", "people/dana", "people/ida"]),
        (
            "sops/deliver/audit.yml",
            AUDIT.replace("role: management", "role: managers"),
            ["birch", "people/dana", "people/ida"],
        ),
    ],
)
def test_a_mistake_stands_only_in_the_way_of_whom_it_is_about(
    path: str, text: str, left: list[str], root: Path
) -> None:
    lay(root, {"base": False, "files": {path: text}})
    _, problems, made = look(root)
    assert any(problem.is_error for problem in problems)
    assert made
    all_of_them = ("birch", "people/dana", "people/ida", "quarters/2026-Q4")
    assert [whose for whose in all_of_them if made.of(whose)] == left


@pytest.mark.parametrize("whose", ["people/nobody", "quarters/2026-Q5", "others/dana", "people/"])
def test_there_is_no_plan_of_what_there_is_not(whose: str, root: Path) -> None:
    assert plans(root).of(whose) is None


# What is made -----------------------------------------------------------------------------------


def test_checklists_of_a_person_and_of_a_quarter(root: Path) -> None:
    assert typed(root, "checklist --person dana --firm 2026-Q4 birch") == (
        0,
        "".join(
            f"{root}/build/{whose}/checklist.pdf\n"
            for whose in ("clients/birch", "people/dana", "quarters/2026-Q4")
        ),
    )
    person = (root / "build/people/dana/checklist.md").read_text("utf-8")
    firm = (root / "build/quarters/2026-Q4/checklist.md").read_text("utf-8")
    page = (root / "build/people/dana/checklist.html").read_text("utf-8")
    assert "# Checklist: Dana Whitfield\n" in person
    assert "Account manager, Everyone, Management" in person
    assert "November 16, 2026" in person
    assert "## This person now\n" in person
    assert "This person now" in page
    assert "# Checklist: Q4 2026\n" in firm
    assert "## This quarter now\n" in firm
    assert "December 31, 2026" in firm
    for text in (person, firm, page):
        assert "this client" not in text.lower()
        assert "Project manager" not in text.partition(" now")[0]


def test_the_checklist_of_someone_who_left_says_so(root: Path) -> None:
    assert typed(root, "checklist --person sam")[0] == 0
    text = (root / "build/people/sam/checklist.md").read_text("utf-8")
    assert "Left on November 19, 2026. Nothing is due any more." in text


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("checklist", "say whose checklist: name a client, or use --person or --firm"),
        ("checklist --person dan", 'no person is called "dan"; did you mean "dana"?'),
        ("checklist --firm 2026-4", 'no quarter is called "2026-4"; did you mean "2026-Q4"?'),
        ("why dana", 'no client is called "dana"; known: people/dana'),
    ],
)
def test_what_there_is_not_is_said(asked: str, says: str, root: Path) -> None:
    code, output = typed(root, asked)
    assert code == 2
    assert says in output


def test_build_makes_them_and_takes_away_those_who_left(root: Path) -> None:
    parts = "build --only people --only firm"
    people, quarters = root / "build/people", root / "build/quarters"
    said = f"The checklists of 2 people are in {people}; the checklists of 2 quarters are in"
    assert typed(root, parts) == (0, f"{said} {quarters}.\n")
    names = {path.name for path in (root / "build/people/dana").iterdir()}
    assert {"checklist.pdf", "checklist.html", "checklist.md", "emails"} <= names
    company = (root / "company.yml").read_text("utf-8")
    company = company.replace("joined: 2026-11-16,", "joined: 2026-11-16, left: 2026-11-19,")
    (root / "company.yml").write_text(company, "utf-8")
    assert typed(root, parts)[1].startswith("The checklist of 1 person is in ")
    assert [path.name for path in (root / "build/people").iterdir()] == ["ida"]


def test_an_email_goes_to_the_person_and_may_name_the_first_day(root: Path) -> None:
    code, output = typed(root, "email hello-colleague people/dana")
    assert code == 0
    assert "To: Dana Whitfield <dana@fern.example>\n" in output
    assert "Hi Dana, we see you on November 16, 2026." in output


def test_why(root: Path) -> None:
    said = " ".join(typed(root, "why people/dana sign")[1].split())
    assert "Pledge begins with the first day here, on Mon, Nov 16 [2]." in said
    assert "It applies to each of our people." in said
    assert "Dana Whitfield, who holds the role Everyone [3]." in said
    assert "The first day here is on Mon, Nov 16 [2]." in said
    assert "[2] company.yml:7 [3]" in said
    whole = typed(root, "why quarters/2026-Q4")[1]
    assert "from the first day of the quarter, Thu, Oct 1" in whole
    assert "welcome" not in whole
    assert "It is about a client, not about the firm" in typed(root, "why quarters/2026-Q4 call")[1]


# What is recorded -------------------------------------------------------------------------------


def test_the_first_tick_begins_the_file_and_the_last_taken_back_ends_it(root: Path) -> None:
    company = (root / "company.yml").read_bytes()
    file = root / "people/dana.yml"
    assert typed(root, "done people/dana sign --on 2026-11-18")[0] == 0
    assert file.read_text("utf-8") == ("progress:\n  pledge/sign: {done: 2026-11-18, by: dana}\n")
    assert typed(root, "done people/dana read")[0] == 0
    assert file.read_text("utf-8") == (
        "progress:\n"
        "  pledge/read: {done: 2026-11-20, by: dana}\n"
        "  pledge/sign: {done: 2026-11-18, by: dana}\n"
    )
    assert typed(root, "done people/dana sign --undo")[0] == 0
    code, output = typed(root, "done people/dana read --undo")
    assert code == 0
    assert '"Read the rules" is open' in output
    assert not file.exists()
    assert (root / "company.yml").read_bytes() == company


def test_a_file_with_a_comment_is_not_taken_away(root: Path) -> None:
    text = "# Ours\nprogress:\n  pledge/sign: {done: 2026-11-18, by: dana}\n"
    lay(root, {"base": False, "files": {"people/dana.yml": text}})
    code, output = typed(root, "done people/dana sign --undo")
    assert code == 1
    assert "has to be changed by hand" in output
    assert (root / "people/dana.yml").read_text("utf-8") == text


def test_records_lie_in_the_private_folder(root: Path) -> None:
    private = root / "private"
    (private / "clients").mkdir(parents=True)
    (root / "clients/birch.yml").rename(private / "clients/birch.yml")
    (root / "clients").rmdir()
    (root / "observations").rename(private / "observations")
    assert typed(root, f"done --private {private} quarters/2026-Q4 choose --by dana")[0] == 0
    assert (private / "quarters/2026-Q4.yml").read_text("utf-8") == (
        "progress:\n  audit/choose: {done: 2026-11-20, by: dana}\n"
    )
    assert not (root / "quarters").exists()
    code, output = typed(root, f"why --private {private} quarters/2026-Q4 choose")
    assert code == 0
    assert "private/quarters/2026-Q4.yml:2" in output


def test_while_nobody_says_when_somebody_joined_there_are_no_dates(root: Path) -> None:
    company = (root / "company.yml").read_text("utf-8")
    (root / "company.yml").write_text(company.replace(" joined: 2026-11-16,", ""), "utf-8")
    assert {row.split()[2] for row in rows(root, "people/dana")} == {"undated"}
    assert typed(root, "checklist --person dana")[0] == 0
    text = (root / "build/people/dana/checklist.md").read_text("utf-8")
    assert "First day here: not stated" in text.replace("**", "")
    said = typed(root, "why people/dana sign")[1]
    assert "The first day here has no date in company.yml [" in said
    assert "people/dana.yml" not in said
    not_yet = (root / "build/people/dana/not-yet.txt").read_text("utf-8")
    assert "dates.joined" in not_yet
    code, output = typed(root, "email hello-colleague people/dana")
    assert code == 1
    assert output.startswith("company.yml:1:1: not-yet-known: ")


def test_a_mistake_in_a_persons_file_is_told_where_it_stands(root: Path) -> None:
    lay(root, {"base": False, "files": {"people/dana.yml": "color: red\n"}})
    code, output = typed(root, "checklist --person dana")
    assert code == 1
    assert output.startswith("people/dana.yml:1:1: unknown-key: ")
    assert "1 problem" in output
    assert typed(root, "checklist birch --person ida")[0] == 0
