"""A week shows each person what is theirs, in three forms, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from laid import TODAY, lay
from planned import COMPANY, ONBOARDING, SAM, client, day, row
from sopwith.cli import main
from sopwith.data import template_folder
from sopwith.model import Case, Company, Library, WorkCalendar
from sopwith.outputs.week import Context, gist, render, sheet
from sopwith.outputs.week.lots import Days
from sopwith.plan import Plan, PlannedPhase, PlannedSop
from test_calendar import parts

SOP = """\
title: Deliver
version: "1.0"
status: active
owner: management
approver: management
review: {every: quarter, last: 2026-09-30, by: dana}
trigger: {event: contract-signed, says: The contract is signed.}
outcome: Delivered.
phases:
  - id: work
    title: Work
    steps:
      - {id: draft, title: Send the draft, role: project-manager, critical: true,
         due: 3 business days after contract-signed}
      - {id: agree, title: Agree to the draft, role: client,
         due: 4 business days after contract-signed}
      - {id: print, title: Have it printed, role: project-manager, wait_for: [agree],
         due: 5 business days after contract-signed}
      - {id: fold, title: Fold it, role: folders, due: 6 business days after contract-signed}
      - {id: check, title: Check the print, role: project-manager, wait_for: [fold],
         due: 7 business days after contract-signed}
      - {id: post, title: Post it, role: account-manager, when: {channels: email},
         due: 20 business days after contract-signed}
      - {id: thank, title: Say thank you, role: project-manager, due: 1 day after delivery-due}
changes:
  - {version: "1.0", effective: 2026-09-01, by: dana, summary: First version}
"""
CEDAR = """\
name: Cedar Yoga & Co [new]
facts: {channels: [slack]}
contacts: [{name: Łucja Nowak, email: lucja@cedar.example, main: true}]
team: {project-manager: [dana, sam]}
dates: {contract-signed: 2026-11-23, kickoff: 2026-12-10}
"""
CASE: Mapping[str, Any] = {
    "files": {"sops/deliver/deliver.yml": SOP, "clients/cedar.yml": CEDAR},
    "changes": {
        "company.yml": {"  client: {": "  folders: {title: Folders}\n  client: {"},
        "clients/birch.yml": {"contract-signed: 2026-11-16": "contract-signed: 2026-11-13"},
    },
}
FAR = "2026-12-14, to: 2026-12-18"
SAMS = """\
# Week of November 16, 2026: Sam Ortiz

## Overdue

- Wed, Nov 18 (▲ overdue): ◆ **Birch Bakery: Send the draft**
  - Deliver, 1.1. Project manager.

## Due next week

- Tue, Nov 24: **Birch Bakery: Check the print**
  - Deliver, 1.5. Project manager.
  - Waits for 1.4 Fold it.
- Fri, Nov 27: ◆ **Cedar Yoga & Co \\[new]: Send the draft**
  - Deliver, 1.1. Project manager: with Dana Whitfield.

## Waiting for the client

- Thu, Nov 19 (▲ overdue): **Birch Bakery: Agree to the draft**
  - Deliver, 1.2. Client: Priya Shah.
- Fri, Nov 20: **Birch Bakery: Have it printed**
  - Deliver, 1.3. Project manager.
  - Waits for 1.2 Agree to the draft.

## Your clients

- Birch Bakery: 2 overdue (Sam Ortiz 1, Priya Shah 1); next: Fold it, Mon, Nov 23.
- Cedar Yoga & Co \\[new]: nothing overdue; next: Send the welcome email, Tue, Nov 24.

After that come 3 with a date and 2 without a date.

◆ A critical step. ▲ Overdue.

Printed 2026-11-20 · commit uncommitted
"""


def asked(root: Path, *typed: str, today: str = "2026-11-20") -> Result:
    return CliRunner().invoke(main, ["week", *typed, "--root", str(root), "--today", today])


def page(root: Path, whose: str) -> str:
    return (root / f"build/week/{whose}/week.md").read_text("utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path, CASE)


@pytest.mark.parametrize("typed", ["Sam", "sam ortiz", "SO"])
def test_whose_week_it_is_may_be_typed_in_any_way(typed: str, root: Path) -> None:
    assert asked(root, typed).output == asked(root, "sam").output


def test_a_row_on_the_terminal_names_its_case() -> None:
    plan = heavy("Birch Bakery", 1)
    case = Case("onboarding", "loaf", day(11, 20), title="The wrong loaf")
    of = replace(plan.sops[0], case=case)
    told = gist(sheet([replace(plan, sops=(of,))], COMPANY.people["sam"], context()))
    assert "(1) (The wrong loaf)" in " ".join(told.split())


def test_a_persons_week(root: Path) -> None:
    said = asked(root, "sam")
    assert said.exit_code == 0, said.output
    assert page(root, "sam") == SAMS
    assert said.output.splitlines() == [
        "Week of November 16, 2026: Sam Ortiz",
        "As of Fri, Nov 20.",
        "Overdue (1)",
        "  Wed, Nov 18  ◆ Birch Bakery: Send the draft",
        "Due next week (2)",
        "  Tue, Nov 24  Birch Bakery: Check the print",
        "               Waits for 1.4 Fold it",
        "  Fri, Nov 27  ◆ Cedar Yoga & Co [new]: Send the draft",
        "Waiting for the client (2)",
        "  Thu, Nov 19  Birch Bakery: Agree to the draft",
        "  Fri, Nov 20  Birch Bakery: Have it printed",
        "               Waits for 1.2 Agree to the draft",
        "Your clients (2)",
        "  Birch Bakery: 2 overdue (Sam Ortiz 1, Priya Shah 1); next: Fold it, Mon, Nov",
        "    23",
        "  Cedar Yoga & Co [new]: nothing overdue; next: Send the welcome email, Tue, Nov",
        "    24",
        "After that come 3 with a date and 2 without a date.",
        "",
        *(f"{root}/build/week/sam/week.{form}" for form in ("pdf", "md", "ics")),
    ]


def test_all_forms_say_the_same(root: Path) -> None:
    asked(root, "sam")
    folder = root / "build/week/sam"
    printed = " ".join(
        text.extract_text() for text in PdfReader(BytesIO((folder / "week.pdf").read_bytes())).pages
    )
    events = parts((folder / "week.ics").read_bytes())
    assert {str(event["summary"]) for event in events.values()} == {
        "◆ Birch Bakery: Send the draft",
        "Birch Bakery: Agree to the draft",
        "Birch Bakery: Have it printed",
        "Birch Bakery: Check the print",
        "◆ Cedar Yoga & Co [new]: Send the draft",
    }
    for event in events.values():
        assert str(event["summary"]).partition(": ")[2] in " ".join(printed.split())


def test_the_whole_firm(root: Path) -> None:
    said = asked(root, "--team")
    assert said.exit_code == 0, said.output
    assert said.output.splitlines()[:5] == [
        "Week of November 16, 2026: Fern & Co",
        "As of Fri, Nov 20.",
        "Dana Whitfield: 2 due next week",
        "Sam Ortiz: 1 overdue, 2 due next week, 2 waiting for the client",
        "Nobody holds these: 1 due next week",
    ]
    text = page(root, "team")
    nobody = text.partition("## Nobody holds these")[2]
    assert "**Birch Bakery: Fold it**" in nobody
    assert text.count("Cedar Yoga & Co \\[new]: Send the draft") == 2  # two people do it


def test_two_engagements_and_two_cases_are_told_apart(root: Path) -> None:
    case = "cases: [{sop: again, id: oven, title: The oven, opened: 2026-11-16}]\n"
    second = CEDAR.replace("Cedar Yoga & Co [new]", "Birch Bakery")
    called = SOP.replace("title: Deliver\n", "title: Again\n").replace("contract-signed", "opened")
    called = called.replace("{event: opened, says: The contract is signed.}", "{says: It broke.}")
    files = {
        "clients/second.yml": f"{second}engagement: A second shop\n{case}",
        "sops/deliver/again.yml": called,
    }
    lay(root, {"base": False, "files": files})
    result = asked(root, "dana")
    assert result.exit_code == 0, result.output
    told = page(root, "dana")
    assert "Birch Bakery (A second shop): Send the draft" in told
    assert "Again: The oven, 1.1" in told


def test_a_stand_in_sees_for_whom(root: Path) -> None:
    assert asked(root, "dana", today="2026-12-07").exit_code == 0
    assert "  - For Sam Ortiz, who is away.\n" in page(root, "dana")
    asked(root, "sam", today="2026-12-07")
    away = "\n\n**Away Mon, Dec 7 to Fri, Dec 18: Dana Whitfield stands in.**\n"
    assert page(root, "sam").partition("Sam Ortiz")[2].startswith(away)
    assert "Overdue" not in page(root, "sam").replace("▲ Overdue.", "")
    # Whoever stands in for a project manager has the clients too.
    assert "- Birch Bakery: " in page(root, "dana").partition("## Your clients")[2]
    assert "- Birch Bakery: " not in page(root, "sam")


def test_a_pause_is_told_once_in_each_section(root: Path) -> None:
    """Of this week's and next week's, at the client's first step and where the client is listed."""
    path = root / "clients/cedar.yml"
    pauses = ["2026-10-01, to: 2026-11-19", "2026-12-02, to: 2026-12-04, why: They move.", FAR]
    path.write_text(f"{CEDAR}paused: [{', '.join(f'{{from: {days}}}' for days in pauses)}]\n")
    said = asked(root, "sam", today="2026-11-24")
    assert said.exit_code == 0, said.output
    told = "Paused Wed, Dec 2 to Fri, Dec 4: They move"
    assert "paused Wed, Dec 2 to Fri, Dec 4: They" in said.output
    for part in page(root, "sam").split("## ")[1:]:
        firsts = [line for line in part.splitlines() if told in line]
        assert len(firsts) == ("**Cedar" in part), part
    assert "Your clients\n\n" in page(root, "sam")
    assert "; paused Wed, Dec 2 to Fri, Dec 4: They move.\n" in page(root, "sam")
    assert page(root, "sam").count("aused") == page(root, "sam").count("aused Wed, Dec 2")
    first = PdfReader(root / "build/week/sam/week.pdf").pages[0].extract_text()
    assert "◆ A critical step. ▲ Overdue." in first


def test_an_empty_week_says_so(root: Path) -> None:
    for name in ("birch", "cedar"):
        (root / f"clients/{name}.yml").unlink()
    said = asked(root, "sam")
    assert said.exit_code == 0, said.output
    nothing = "A quiet week: nothing overdue, due this week or next, or waiting for a client."
    assert said.output.splitlines()[2] == nothing
    assert f"{nothing}\n" in page(root, "sam")
    assert asked(root, "--team").output.splitlines()[2] == (
        "Nothing these two weeks: Dana Whitfield, Sam Ortiz."
    )


def test_a_broken_client_is_left_out(root: Path) -> None:
    """The note names the file and says nothing of what is in it."""
    file = root / "clients/cedar.yml"
    file.write_text(f"{CEDAR}nonsense: secret-word\n", "utf-8")
    said = asked(root, "sam")
    assert said.exit_code == 0, said.output
    note = "Left out: cedar. There are errors in clients/cedar.yml; see sopwith check."
    assert note in said.stderr
    assert f"**{note}**" in page(root, "sam")
    assert "Send the draft" in said.stdout
    assert "Cedar Yoga" not in said.output + page(root, "sam")
    assert "secret-word" not in said.output + page(root, "sam")


def test_nothing_to_plan_is_no_empty_week(root: Path) -> None:
    file = root / "sops/deliver/deliver.yml"
    file.write_text(file.read_text("utf-8").replace("role: folders", "role: fodlers"), "utf-8")
    said = asked(root, "sam")
    assert said.exit_code == 1
    assert "unknown-role" in said.stderr
    assert not (root / "build").exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["sma"], 'did you mean "sam"?'),
        ([], "--team for everybody's"),
        (["sam", "--team"], "--team for everybody's"),
    ],
)
def test_wrong_usage(root: Path, typed: list[str], says: str) -> None:
    said = asked(root, *typed)
    assert said.exit_code == 2
    assert says in said.output


def test_nothing_of_anybody_elses(root: Path) -> None:
    """What is in a client's file reaches only whoever has a step there these two weeks."""
    planted = """\
name: zqx-name
engagement: zqx-engagement
facts: {channels: [slack]}
contacts: [{name: zqx-contact, email: zqx@cedar.example}]
team: {project-manager: [dana]}
dates: {contract-signed: 2026-11-18, kickoff: 2026-12-10}
exceptions: [{step: welcome/call, reason: zqx-reason, approved_by: management}]
progress:
  welcome/greet: {done: 2026-11-19, by: dana, note: zqx-note}
"""
    (root / "clients/zqx.yml").write_text(planted, "utf-8")
    assert asked(root, "sam").exit_code == 0
    assert asked(root, "dana").exit_code == 0
    made = {
        whose: b"".join(
            text.encode()
            for form in ("md", "ics", "pdf")
            for text in [read(root / f"build/week/{whose}/week.{form}")]
        )
        for whose in ("sam", "dana")
    }
    assert b"zqx" not in made["sam"]
    assert b"zqx-name" in made["dana"]
    for private in (b"zqx-note", b"zqx-reason", b"zqx-engagement"):
        assert private not in made["dana"]


def read(path: Path) -> str:
    if path.suffix != ".pdf":
        return path.read_text("utf-8")
    return "\n".join(text.extract_text() for text in PdfReader(BytesIO(path.read_bytes())).pages)


def test_same_bytes(root: Path) -> None:
    forms = ("md", "ics", "pdf")
    asked(root, "--team")
    before = [(root / f"build/week/team/week.{form}").read_bytes() for form in forms]
    asked(root, "--team")
    assert before == [(root / f"build/week/team/week.{form}").read_bytes() for form in forms]


# Weeks, and paper ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("works", "today", "first"),
    [
        ("mon tue wed thu fri", "2026-11-16", "2026-11-16"),
        ("mon tue wed thu fri", "2026-11-22", "2026-11-16"),
        ("sun mon tue wed thu", "2026-11-21", "2026-11-15"),
        ("sun mon tue wed thu", "2026-11-22", "2026-11-22"),
        ("sat sun mon tue wed", "2026-11-20", "2026-11-14"),
        ("mon wed fri", "2026-11-20", "2026-11-16"),
        ("mon tue wed thu fri sat sun", "2026-11-20", "2026-11-16"),
        ("", "2026-11-20", "2026-11-16"),
    ],
)
def test_the_first_day_of_a_week(works: str, today: str, first: str) -> None:
    company = replace(
        COMPANY,
        calendar=WorkCalendar(working_days=tuple(works.split())),  # type: ignore[arg-type]
    )
    days = Days.around(date.fromisoformat(today), company)
    assert days.first == date.fromisoformat(first)
    assert (days.last - days.first).days == 6
    assert (days.until - days.first).days == 13


def heavy(name: str, count: int = 60) -> Plan:
    """A plan of so many steps that Sam has next week."""
    rows = tuple(
        replace(
            row(ONBOARDING, "kickoff", "2.1", "due", due=day(11, 23), who=(SAM,)),
            address=f"client-onboarding/kickoff@{i}",
            which=str(i),
        )
        for i in range(1, count + 1)
    )
    phase = PlannedPhase(ONBOARDING.phases[1], 2, rows)
    planned = PlannedSop(ONBOARDING, "client-onboarding", (phase,))
    return Plan(client(name=name), COMPANY, TODAY, (planned,))


def context(company: Company = COMPANY) -> Context:
    templates = template_folder(Path(__file__).parents[1])
    return Context(templates, Library(company), TODAY, "ab12cd3", lambda _: 1)


def printed(of: Plan, company: Company = COMPANY) -> PdfReader:
    pages = {p.path: p.content for p in render([of], company.people["sam"], context(company))}
    return PdfReader(BytesIO(pages["week/sam/week.pdf"]))


def test_a_heavy_week_is_all_there() -> None:
    for paper, width in (("letter", 612), ("a4", 595)):
        reader = printed(heavy("Harbor Lane"), replace(COMPANY, paper=paper))  # type: ignore[arg-type]
        assert round(float(reader.pages[0].mediabox.width)) == width
        text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
        assert all(f"Hold the kickoff meeting ({i})" in text for i in range(1, 61))
    told = gist(sheet([heavy("Harbor Lane " * 20)], COMPANY.people["sam"], context()))
    assert "  and 48 more" in told
    assert max(map(len, told.splitlines())) <= 80


@pytest.mark.parametrize(
    "name", ["Line\nbreak", "x" * 300, "*bold* <b> #[x] | `$y$` @z", "Éva Ñandú"]
)
def test_hostile_names(name: str) -> None:
    text = "".join(page.extract_text() for page in printed(heavy(name, 1)).pages)
    bare = "".join(text.replace("\u200b", "").split())
    assert "".join(name.split()) in bare
    pages = {p.path: p.content for p in render([heavy(name, 1)], None, context())}
    lines = pages["week/team/week.md"].decode().splitlines()
    assert sum(line.startswith("- Mon, Nov 23: ") for line in lines) == 1


def test_a_letter_without_a_font_does_not_stop_a_week() -> None:
    """It stands there by its number: one client's name is not to keep a week from everybody."""
    text = "".join(page.extract_text() for page in printed(heavy("Zoë \U00013000", 1)).pages)
    assert "Zoë [U+13000]" in text


def test_what_was_due_before_and_rests_is_not_due_this_week(root: Path) -> None:
    path = root / "clients/cedar.yml"
    path.write_text(f"{CEDAR}paused: [{{from: 2026-12-03, to: 2026-12-14, why: They move}}]\n")
    said = asked(root, "dana", today="2026-12-08")
    assert said.exit_code == 0, said.output
    assert "\n## Due before, but paused or not decided yet\n" in page(root, "dana")
    assert "\n## Due this week\n\n- Thu, Dec 10: " in page(root, "dana")
