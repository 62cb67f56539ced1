"""The review's figures are those of the files, and its shared editions keep what is private."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from markdown_it import MarkdownIt
from pypdf import PdfReader

from laid import TODAY, lay, look
from sopwith import due
from sopwith.data import template_folder
from sopwith.model import (
    AUDIENCES,
    Action,
    Audience,
    Company,
    FormerStep,
    Library,
    Observation,
    Resolution,
    Review,
    Sop,
    Version,
    in_order,
)
from sopwith.outputs.review import Context, Quarter, Report, gather, render, shared
from sopwith.outputs.review.figures.actions import agreed
from sopwith.outputs.review.figures.edition import shareable
from sopwith.outputs.review.figures.groups import Friction, Situation
from sopwith.outputs.review.figures.moved import Moved
from sopwith.outputs.review.figures.progress import Firm, Progress, Stuck, Worked
from sopwith.outputs.review.figures.report import Changed
from sopwith.outputs.review.figures.whereabouts import Whereabouts
from sopwith.outputs.review.words import sheet
from sopwith.outputs.review.words.asks import asks
from sopwith.outputs.review.words.charts import Row, chart
from sopwith.outputs.review.words.pen import Pen
from sopwith.outputs.review.words.sheet import Chart, Point
from sopwith.outputs.review.words.sheet import Table as SheetTable
from sopwith.outputs.review.words.work import work
from sopwith.outputs.review.words.works import quotes
from sopwith.plan import Plans
from sopwith.text import Heading, Table, parse, to_plain

ROOT = Path(__file__).parents[1]
Q4 = Quarter(2026, 4)
HOSTILE = "Zoë & <b>bold</b> | *star* [a](b) `c` #d {{ e }} $f$ 1. g"

COMPANY = """
name: Alder & Finch
timezone: America/Chicago
people:
  dana: {name: Dana Whitfield}
  sam: {name: Sam Ortiz}
  kim: {name: Kim Lindqvist}
roles:
  everyone: {title: Everyone, held_by: [dana, sam, kim]}
  lead: {title: Project lead, held_by: dana}
  maker: {title: Maker, held_by: [sam, kim]}
stages: [{id: work, title: Work}]
events:
  - {id: kickoff, title: Kickoff}
  - {id: delivery, title: Delivery}
  - {id: closed, title: Project closed}
"""

ESSENTIALS = """
essentials:
  - {title: Beginning, sop: start}
  - {title: Ideas, sop: idea}
  - {title: Money}
"""

SOPS = {
    "start": """
title: Start well
version: "2.0"
status: active
classification: internal
owner: lead
approver: lead
review: {every: quarter, last: 2026-08-10, by: dana}
trigger: {event: kickoff, says: A project begins.}
outcome: It has begun.
phases:
  - id: all
    title: All
    steps:
      - {id: hello, title: Say hello, role: maker, due: on kickoff}
      - {id: plan, title: Hand the plan over, role: maker, due: on delivery}
      - {id: note, title: Write a note, role: maker}
changes:
  - {version: "2.0", effective: 2026-10-01, by: sam, summary: Work in another way., why: It hurt.}
  - {version: "1.1", effective: 2026-09-30, by: dana, summary: Not of this quarter.}
  - {version: "1.0", effective: 2025-02-03, by: dana, summary: First version.}
""",
    "finish": """
title: Finish well
version: "1.1"
status: active
classification: confidential
owner: maker
approver: lead
review: {every: year, also_after: closed, last: 2026-01-15, by: kim}
trigger: {event: closed, says: A project ends.}
outcome: It has ended.
phases:
  - id: all
    title: All
    steps:
      - {id: thank, title: Say thank you, role: lead, due: on closed}
changes:
  - {version: "1.1", effective: 2026-12-31, by: dana, summary: A word.}
  - {version: "1.0", effective: 2025-02-03, by: dana, summary: First version.}
""",
}
# Those that no client is on: what tells them apart is their review.
OTHERS = {
    "fresh": ("Fresh", "active", "internal", "{every: year}", "2026-11-02"),
    "calm": ("Calm", "active", "public", "{every: year, last: 2026-11-01, by: sam}", "2027-01-01"),
    "near": (
        "Near",
        "active",
        "public",
        "{every: quarter, last: 2026-09-30, by: sam}",
        "2025-05-05",
    ),
    "idea": ("Idea", "draft", "internal", "{every: year}", "2025-05-05"),
    "old": ("Old", "retired", "internal", "{every: year}", "2025-05-05"),
}

CLIENTS = {
    # Done on the first day of the quarter; the plan is overdue; closed asks for a review.
    "alpha": "dates: {kickoff: 2026-10-01, delivery: 2026-11-18, closed: 2026-11-16}\n"
    "progress:\n"
    "  start/hello: {done: 2026-10-01, by: sam, note: SecretNote}\n"
    "  start/note: {done: 2026-10-02, by: sam}\n",
    # One step the day before the quarter, one a day late; one of a step that is no more.
    "bravo": "dates: {kickoff: 2026-09-30, delivery: 2026-10-14}\n"
    "progress:\n"
    "  start/hello: {done: 2026-09-30, by: kim}\n"
    "  start/plan: {done: 2026-10-15, by: kim}\n"
    "  finish/thank: {done: 2026-10-15, by: kim}\n",
    # A date that moved: the new one counts.
    "charlie": "dates:\n"
    "  kickoff: {planned: 2026-10-05, now: 2026-10-12, why: SecretWhy, caused_by: client}\n"
    "  delivery: 2027-01-15\n"
    "progress:\n"
    "  start/hello: {done: 2026-10-12, by: sam}\n",
    # Over before the quarter began.
    "delta": "dates: {kickoff: 2026-08-03, delivery: 2026-09-01}\n"
    "progress:\n"
    "  start/hello: {done: 2026-10-06, by: sam}\n"
    "ended: {date: 2026-09-15, how: lost}\n",
    # Ended within it: done counts, nothing is open.
    "echo": "dates: {kickoff: 2026-10-19, delivery: 2026-11-02}\n"
    "progress:\n"
    "  start/hello: {done: 2026-10-16, by: kim}\n"
    "ended: {date: 2026-10-23, how: cancelled}\n",
    # Done on the day of the report, due that day; the plan is due that day too, so not late.
    "foxtrot": "dates: {kickoff: 2026-11-20, delivery: 2026-11-20}\n"
    "progress:\n"
    "  start/hello: {done: 2026-11-20, by: sam}\n"
    "  start/note: {not_applicable: true, by: sam, reason: SecretReason}\n",
    # Begins after the quarter.
    "golf": "dates: {kickoff: 2027-01-04}\n",
}

OBSERVATIONS = {
    "2026-09-30-before": "kind: friction\nsop: start\nversion: '2.0'\nstep: hello\n",
    "2026-10-01-first": "kind: friction\nsop: start\nversion: '2.0'\nstep: plan\n"
    "action: {what: Mend it, owner: maker, due: 2026-11-19}\n",
    "2026-10-02-second": "kind: friction\nsop: start\nversion: '2.0'\nstep: hello\n",
    "2026-12-31-third": "kind: friction\nsop: start\nversion: '2.0'\nstep: hello\n",
    **{
        f"2026-10-{day}-praise": f"kind: feedback\ncategory: positive\nscore: {score} of 5\n"
        "sop: start\nversion: '2.0'\n"
        for day, score in ((10, 5), (11, 4), (12, 4), (13, 3), (14, 5))
    },
    **{
        f"2026-11-0{day}-critique": "kind: feedback\ncategory: constructive\nscore: 1 of 5\n"
        "sop: start\nversion: '2.0'\n"
        for day in (1, 2, 3, 4)
    },
    "2025-12-31-long-ago": "kind: new-situation\ntags: [portal]\n",
    "2026-08-01-portal": "kind: new-situation\ntags: [portal]\n"
    "action: {what: Look into it, owner: lead, due: 2026-11-20}\n",
    "2026-10-20-portal": "kind: new-situation\ntags: [portal, money]\n",
    "2026-10-21-other": "kind: new-situation\ntags: [other]\n",
    "2026-10-22-flag": "kind: red-flag\nsop: finish\nversion: '1.0'\n",
}

REVIEWS = {
    "2026-Q2": "held: 2026-07-02\ndecisions:\n"
    "  - {id: old, what: Old promise, owner: lead, due: 2026-12-01}\n",
    "2026-Q3": "held: 2026-10-06\npresent: [dana, kim]\ndecisions:\n"
    "  - {id: a, what: First thing, owner: lead, due: 2026-10-20, status: done, helped: true}\n"
    "  - {id: b, what: Second thing, owner: lead, due: 2026-10-20, status: done, helped: false}\n"
    "  - {id: c, what: Third thing, owner: lead, due: 2026-10-20, status: done}\n"
    "  - {id: d, what: Fourth thing, owner: lead, due: 2026-11-19}\n"
    "  - {id: e, what: Fifth thing, owner: lead, due: 2026-11-20}\n"
    "  - {id: f, what: Sixth thing, owner: lead, due: 2026-10-20, status: dropped}\n"
    "signed: [{by: dana, date: 2026-10-06}]\n",
}


def _other(title: str, status: str, classification: str, review: str, effective: str) -> str:
    after = "superseded_by: start\n" if status == "retired" else ""
    return (
        f'title: {title}\nversion: "1.0"\nstatus: {status}\nclassification: {classification}\n'
        f"owner: lead\napprover: lead\nreview: {review}\n{after}"
        "trigger: {says: Somebody asks.}\noutcome: It is done.\n"
        "phases: [{id: all, title: All, steps: [{id: do, title: Do it, role: lead}]}]\n"
        f'changes: [{{version: "1.0", effective: {effective}, by: dana, summary: First.}}]\n'
    )


FILES: Mapping[str, str] = {
    "company.yml": COMPANY + ESSENTIALS,
    **{f"sops/work/{id_}.yml": text for id_, text in SOPS.items()},
    **{f"sops/work/{id_}.yml": _other(*parts) for id_, parts in OTHERS.items()},
    **{
        f"clients/{id_}.yml": f"name: Secret {id_.upper()}\nengagement: SecretWork {id_}\n"
        f"contacts: [{{name: Priya {id_.upper()}, email: {id_}@secret.example}}]\n{text}"
        for id_, text in CLIENTS.items()
    },
    **{
        f"observations/{id_}.yml": f"date: {id_[:10]}\nclient: alpha\nreported_by: kim\n"
        f"summary: Summary of {id_.replace('-', ' ')}.\n{text}"
        for id_, text in OBSERVATIONS.items()
    },
    **{f"reviews/{id_}.yml": text for id_, text in REVIEWS.items()},
}


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Plans]:
    root = lay(tmp_path_factory.mktemp("firm"), {"base": False, "files": FILES})
    reading, problems, plans = look(root)
    assert not [problem for problem in problems if problem.is_error]
    assert reading.library
    assert plans
    return reading.library, plans


@pytest.fixture(scope="module")
def report(firm: tuple[Library, Plans]) -> Report:
    return gather(*firm, Q4)


def context(audience: Audience = "internal", **more: Any) -> Context:
    plain = Context(template_folder(ROOT), TODAY, Q4, "abc1234", audience)
    return replace(plain, **more)


def published(library: Library, plans: Plans, given: Context) -> str:
    return shared(library, plans, given).text


def pages_of(firm: tuple[Library, Plans], quarter: Quarter) -> Mapping[str, str]:
    made = render(*firm, context(quarter=quarter))
    return {page.path: page.content.decode() for page in made if page.path.endswith(".md")}


def pages(library: Library, plans: Plans) -> Mapping[str, str]:
    return {
        page.path: page.content.decode("latin-1" if page.path.endswith(".pdf") else "utf-8")
        for page in render(library, plans, context())
    }


# Quarters ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last", "before"),
    [
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "2025-Q4"),
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30), "2026-Q1"),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), "2026-Q2"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "2026-Q3"),
    ],
)
def test_a_quarter_has_its_three_months(text: str, first: date, last: date, before: str) -> None:
    quarter = Quarter.parse(text)
    assert (quarter.first, quarter.last, str(quarter.previous)) == (first, last, before)
    assert str(quarter) == text
    assert {Quarter.of(first), Quarter.of(last)} == {quarter}
    days = [date.fromordinal(day) for day in range(first.toordinal() - 1, last.toordinal() + 2)]
    assert [day in quarter for day in days] == [False, *[True] * (len(days) - 2), False]


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-Q0", "2026-Q5", "0000-Q1", "2026-q4", "２026-Q4"]
)
def test_what_is_no_quarter_says_how_one_is_written(text: str) -> None:
    with pytest.raises(ValueError, match="2026-Q4"):
        Quarter.parse(text)


# Figures, counted again from the files ------------------------------------------------------------


def counted_again() -> dict[str, Counter[str]]:
    """Each step of each client, by hand: a due date here is always the date of an event."""
    hangs_on = {"start/hello": "kickoff", "start/plan": "delivery", "start/note": ""}
    hangs_on["finish/thank"] = "closed"
    count: dict[str, Counter[str]] = {"start": Counter(), "finish": Counter()}
    for text in CLIENTS.values():
        client = yaml.safe_load(text)
        dates = {k: v["now"] if isinstance(v, dict) else v for k, v in client["dates"].items()}
        ended = client.get("ended", {}).get("date")
        if (ended and ended < date(2026, 10, 1)) or min(dates.values()) > date(2026, 12, 31):
            continue
        for step, event in hangs_on.items():
            figures = count[step.split("/")[0]]
            mark = client.get("progress", {}).get(step, {})
            done, due = mark.get("done"), dates.get(event)
            if done and date(2026, 10, 1) <= done <= TODAY:
                figures.update(["done"])
                figures.update(["timed"] if due else [])
                figures.update(["on time"] if due and done <= due else [])
            if not mark and not ended:
                figures.update(["to do"])
                figures.update(["overdue"] if due and due < TODAY else [])
        count["start"]["clients"] += 1
        count["finish"]["clients"] += 1
    return count


def test_progress_is_what_the_clients_files_say(report: Report) -> None:
    again = counted_again()
    assert [of.sop.id for of in report.progress] == ["start", "finish"]
    for of in report.progress:
        expected = again[of.sop.id]
        found = {
            "clients": of.clients,
            "done": len(of.done),
            "timed": len(of.timed),
            "on time": of.on_time,
            "to do": of.to_do,
            "overdue": len(of.late),
        }
        assert found == {figure: expected[figure] for figure in found}, of.sop.id
    # The same once more as plain numbers, so that a mistake made twice would show.
    start = report.progress[0]
    assert (start.clients, len(start.done), len(start.timed), start.on_time) == (5, 6, 5, 4)
    assert [(late.step, late.client) for late in report.late] == [
        ("thank", "Secret ALPHA"),
        ("plan", "Secret ALPHA"),
    ]


def test_observations_are_those_dated_in_the_quarter(report: Report) -> None:
    inside = sorted(id_ for id_ in OBSERVATIONS if "2026-10-01" <= id_[:10] <= "2026-12-31")
    assert [seen.id for seen in report.observations] == inside
    friction = [(f.sop, f.step, len(f.observations), len(f.ever)) for f in report.frictions]
    assert friction == [("start", "hello", 2, 3), ("start", "plan", 1, 1)]  # one was in September


def test_a_mean_needs_five_scores(report: Report) -> None:
    positive, constructive = report.feedback
    assert (positive.count, positive.scores, positive.mean) == (5, 5, Fraction(21, 25))
    assert (constructive.count, constructive.scores, constructive.mean) == (4, 4, None)


def test_a_situation_seen_twice_within_a_year_is_one(report: Report) -> None:
    found = {s.tag: ([seen.id for seen in s.observations], s.asks) for s in report.situations}
    assert found == {
        "portal": (["2026-08-01-portal", "2026-10-20-portal"], False),  # someone looks into it
        "other": (["2026-10-21-other"], False),
    }


@pytest.mark.parametrize(
    ("more", "asks"),
    [
        ({}, False),
        ({"hurt": True}, True),
        ({"twice": True}, True),
        ({"twice": True, "status": "open", "due": date(2026, 12, 1)}, False),
        ({"twice": True, "status": "done", "due": date(2026, 11, 9)}, False),
        ({"twice": True, "status": "done", "due": date(2026, 10, 9)}, True),  # it came again
        ({"hurt": True, "status": "dropped", "due": date(2026, 12, 1)}, True),
    ],
)
def test_two_occurrences_or_one_that_hurt_ask_unless_answered(
    more: dict[str, Any], asks: bool
) -> None:
    seen = [
        Observation("a", "new-situation", date(2026, 10, 1), "A", hurt=more.get("hurt", False)),
        Observation("b", "new-situation", date(2026, 11, 1), "B"),
    ][: 2 if "twice" in more else 1]
    answers = [Action("Do", "lead", more["due"], more["status"])] if "due" in more else []
    assert Situation("tag", tuple(seen), tuple(answers)).asks is asks
    friction = Friction("start", "hello", tuple(seen), tuple(seen), tuple(answers))
    assert friction.asks is (asks and "hurt" not in more)


def test_actions_are_overdue_from_the_day_after_their_date(report: Report) -> None:
    found = [(a.action.what, a.overdue) for a in report.open_actions]
    assert found == [
        ("Mend it", True),
        ("Fourth thing", True),
        ("Look into it", False),
        ("Fifth thing", False),
        ("Old promise", False),
    ]


def test_changes_are_those_in_force_from_a_day_of_the_quarter(report: Report) -> None:
    found = [(c.sop.id, c.change.version.text, c.size) for c in report.changes]
    assert found == [
        ("finish", "1.1", "minor"),
        ("fresh", "1.0", "new"),
        ("start", "2.0", "major"),
    ]


def test_reviews_stand_as_their_rhythm_and_their_event_say(report: Report) -> None:
    found = {s.sop.id: (s.state, s.next, s.after_event) for s in report.reviews}
    assert found == {
        "start": ("overdue", date(2026, 11, 10), False),
        "finish": ("due", date(2026, 11, 30), True),  # two weeks after November 16
        "fresh": ("never", None, False),
        "calm": ("later", date(2027, 11, 1), False),
        "near": ("due", date(2026, 12, 30), False),
        "idea": ("draft", None, False),
        "old": ("retired", None, False),
    }


def test_what_the_data_misses_is_counted(report: Report) -> None:
    cover = report.coverage
    assert (cover.clients, cover.blocked, cover.unplaced) == (5, 0, 0)
    assert cover.loose == 2  # the two new situations of the quarter
    assert cover.undated == 2 + 2  # notes of bravo and charlie; thanks of charlie and foxtrot
    assert cover.silent == 0


def test_a_client_whose_file_is_broken_is_missed_and_not_counted(tmp_path: Path) -> None:
    broken = {"clients/alpha.yml": "name: Secret ALPHA\nteam: {lead: nobody}\n"}
    root = lay(tmp_path, {"base": False, "files": {**FILES, **broken}})
    reading, _, plans = look(root)
    assert reading.library
    assert plans
    report = gather(reading.library, plans, Q4)
    assert report.coverage.blocked == 1
    assert report.coverage.blocked_by == (("Secret ALPHA", ("clients/alpha.yml",)),)
    assert report.progress[0].clients == 4
    assert (
        "Secret ALPHA: see clients/alpha.yml"
        in pages(reading.library, plans)["review/2026-Q4/report.md"]
    )


# What is remembered ------------------------------------------------------------------------------


def test_what_was_done_before_is_remembered_over_four_quarters(report: Report) -> None:
    assert [str(of.quarter) for of in report.trend] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert [of.kinds.get("friction", 0) for of in report.trend] == [0, 0, 1, 3]
    assert [(of.on_time, of.timed) for of in report.trend] == [(0, 0), (0, 0), (1, 1), (4, 5)]
    assert [(of.agreed, of.done, of.helped, of.not_helped) for of in report.trend] == [
        (0, 0, 0, 0),
        (1, 0, 0, 0),
        (7, 3, 1, 1),
        (1, 0, 0, 0),
    ]


def test_a_theme_is_what_was_tagged_twice(report: Report) -> None:
    found = [(of.tag, len(of.observations), len(of.ever)) for of in report.themes]
    assert found == [("portal", 1, 3)]  # the first was in another year


@pytest.mark.parametrize("same", [True, False])
def test_what_a_meeting_took_up_counts_once(same: bool) -> None:
    day = date(2026, 10, 20)
    action = Action("Put the questions into plain words", "maker", day)
    seen = Observation("a", "friction", date(2026, 10, 1), "S", action=action)
    decision = Resolution("b", "Buy a lamp", "lead", day, takes_up=("a",) if same else ())
    library = Library(
        Company("F", "UTC", {}, (), {}),
        observations={"a": seen},
        reviews={"2026-Q4": Review("2026-Q4", date(2026, 12, 1), decisions=(decision,))},
    )
    found = agreed(library, Q4, TODAY)
    assert len(found) == 2 - same
    assert any(of.review and of.observations for of in found) is same


def test_days_that_the_client_moved_are_told_apart(report: Report) -> None:
    moved = {of.client: of for of in report.progress[0].done if of.step == "hello"}
    charlie = moved["Secret CHARLIE"]
    assert (charlie.first, charlie.due) == (date(2026, 10, 5), date(2026, 10, 12))
    assert (charlie.by_client, charlie.by_us, charlie.paused) == (7, 0, 0)
    assert (charlie.planned, charlie.actual) == (0, 7)
    assert {of.by_client for name, of in moved.items() if name != "Secret CHARLIE"} == {0}


def test_moves_and_pauses_add_up() -> None:
    """Kickoff moved by the client, delivery by us, and a pause in between: each has its days."""
    dates = (
        "dates:\n"
        "  kickoff: {planned: 2026-10-01, now: 2026-10-05, why: Ill, caused_by: client}\n"
        "  delivery: {planned: 2026-11-02, now: 2026-11-09, why: Full, caused_by: us}\n"
        "paused: [{from: 2026-11-10, to: 2026-11-12, why: Fair}]\n"
    )
    for due_, expected in (
        ("11 days after kickoff", {"client": 4, "us": 0, "paused": 0}),
        ("4 days after delivery", {"client": 0, "us": 7, "paused": 3}),
    ):
        sop = SOPS["start"].replace("due: on delivery", f"due: {due_}")
        files = {
            "company.yml": COMPANY,
            "sops/work/start.yml": sop,
            "clients/one.yml": f"name: One\nengagement: Work\n{dates}",
        }
        with TemporaryDirectory() as folder:
            reading, _, plans = look(lay(Path(folder), {"base": False, "files": files}))
        assert reading.library
        assert plans
        made = plans.of("one")
        assert made
        row = next(row for row in made.rows() if row.step.id == "plan")
        assert row.due
        calendar = due.Calendar.of(reading.library.company.calendar)
        shift = Moved(made, reading.library, calendar).shift(row.address, row.due.day)
        assert shift.days == expected
        assert (row.due.day - shift.first).days == sum(expected.values())


def test_a_former_step_is_where_it_is_today(firm: tuple[Library, Plans]) -> None:
    start, finish = firm[0].sops["start"], firm[0].sops["finish"]
    former = (
        FormerStep("greet", Version("1.0"), "hello"),
        FormerStep("thank", Version("1.0")),
        FormerStep("gone", Version("1.0")),
    )
    places = Whereabouts([replace(start, former_steps=former), finish])
    assert places.now("start", "greet") == ("start", "hello")
    assert places.now("start", "thank") == ("finish", "thank")
    assert places.now("start", "gone") == ("start", "gone")
    pen = Pen(firm[0], shared=False, places=places)
    assert pen.step("start", "greet") == "Say hello (as it is today)"
    assert pen.step("start", "thank") == "Say thank you (now in Finish well)"
    assert pen.step("start", "gone") == "Gone (taken out since)"


def test_a_quarter_that_is_over_is_told_as_of_its_last_day(firm: tuple[Library, Plans]) -> None:
    report = gather(*firm, Quarter(2026, 3))
    assert report.until == date(2026, 9, 30)
    states = {of.sop.id: of.state for of in report.reviews}
    assert states == {
        "start": "later",
        "finish": "later",
        "near": "later",
        "idea": "draft",
        "old": "retired",
    }
    assert not report.late  # what is late now was not due then
    text = pages_of(firm, Quarter(2026, 3))["review/2026-Q3/report.md"]
    assert "## 1 What was decided" in text
    assert "What there is to decide" not in text
    assert "| Dana Whitfield | signed | October 6, 2026 |" in text


# What is said -------------------------------------------------------------------------------------


def test_shares_come_with_their_count_and_fewer_than_five_are_too_few(
    firm: tuple[Library, Plans],
) -> None:
    text = re.sub(r"\[([^]]*)]\(#[^)]*\)", r"\1", pages(*firm)["review/2026-Q4/report.md"])
    assert "| Start well | 5 | 6 | 4 of 5 (80%) | 5 | 1 |" in text
    assert "| Finish well | 5 | 1 | none yet | 3 | 1 |" in text
    assert "| Positive | 0 | 0 | 0 | 5 |  | 5 scores: 4.2 of 5 |" in text
    assert "| Constructive | 0 | 0 | 0 | 4 | 0 of 4 | too few to say (4 scores) |" in text
    assert "Of 7 actions agreed: 3 done, 3 open, 1 dropped." in text  # one without a meeting
    assert "Of the 3 done, 1 helped, 1 did not; of 1 nobody has said yet." in text


def test_no_person_stands_beside_a_number(firm: tuple[Library, Plans]) -> None:
    text = pages(*firm)["review/2026-Q4/report.md"]
    numbers = text[text.index("How the work went") : text.index("Worth keeping")]
    people = [person.name for person in firm[0].company.people.values()]
    assert not [name for name in people if name in numbers]


@pytest.mark.parametrize(
    ("quarter", "says"),
    [
        (Quarter(2027, 1), "The quarter has not begun."),
        (Quarter(2026, 4), "The quarter is still running."),
        (Quarter(2026, 3), "The quarter is over."),
    ],
)
def test_the_reader_is_told_what_day_the_numbers_are_of(
    firm: tuple[Library, Plans], quarter: Quarter, says: str
) -> None:
    text = published(*firm, context(quarter=quarter))
    assert says in text
    assert "November 20, 2026" in text


# Page one and the last sheet ---------------------------------------------------------------------


def _asked(report: Report, library: Library, *, shared: bool = False) -> list[str]:
    return [f"{point.lead}. {point.text}" for point in asks(report, _pen(library, shared=shared))]


def _pen(library: Library, *, shared: bool = False) -> Pen:
    return Pen(library, shared=shared, places=Whereabouts(library.sops.values()))


def test_page_one_begins_with_what_cannot_wait(firm: tuple[Library, Plans], report: Report) -> None:
    flag, late, last, *rest = _asked(report, firm[0])
    assert flag == "Settle a red flag: Secret ALPHA. Summary of 2026 10 22 flag."
    longest = "Waiting longest: Secret ALPHA, Say thank you, due "
    assert late.startswith(f"Clear 2 overdue steps. {longest}")
    assert last.startswith("Finish, move or drop 2 actions past the date")
    places = [next(n for n, of in enumerate(rest) if of.startswith(s)) for s in ("Say", "Hold")]
    assert places == sorted(places)
    flag, late, *_ = _asked(report, firm[0], shared=True)
    assert (flag, late) == (
        "Settle a red flag. Summary of 2026 10 22 flag.",
        "Clear 2 overdue steps. ",
    )


def test_page_one_names_the_first_of_many_and_where_all_are(
    firm: tuple[Library, Plans], report: Report
) -> None:
    flag = next(seen for seen in report.observations if seen.kind == "red-flag")
    stuck = Stuck(firm[0].sops["start"], "hello", "Say hello", ())

    def asked(count: int) -> list[str]:
        flags = tuple(replace(flag, id=f"flag-{n}", summary=f"Number {n}.") for n in range(count))
        return _asked(replace(report, observations=flags, stuck=(stuck,) * count), firm[0])

    assert [of[-2] for of in asked(4)[:4]] == ["0", "1", "2", "3"]
    rest = [of for of in asked(30) if of.startswith("And ")]
    assert rest == [
        "And 27 more red flags. See Red flags and audits.",
        "And 27 more steps where clients are stuck. See What creates friction.",
    ]
    titles = {section.title for section in sheet(report, _pen(firm[0]), "").sections}
    assert {of.partition("See ")[2].rstrip(".") for of in rest} <= titles


@pytest.mark.parametrize(("said", "shown"), [(5, 5), (6, 6), (7, 5)])
def test_of_what_was_said_very_often_the_newest_is_shown(
    firm: tuple[Library, Plans], said: int, shown: int
) -> None:
    seen = firm[0].observations["2026-10-22-flag"]
    noted = [replace(seen, summary=f"Number {number}.") for number in range(said)]
    lines = [line.text for line in quotes(noted, _pen(firm[0]))]
    assert lines[:shown] == [f"Number {number}." for number in range(said)][::-1][:shown]
    assert lines[shown:] == ([f"And {said - shown} more, in observations.csv."] * (said > shown))


def test_our_own_delays_count_too(firm: tuple[Library, Plans], report: Report) -> None:
    library, sop = firm[0], firm[0].sops["start"]
    own = Worked(
        sop.id, "plan", "Hand the plan over", "start/plan", -1, "Us", "", date(2026, 10, 2)
    )
    more = replace(report, firm=(Firm(sop, 0, 1, (own,), None),))
    late = _asked(more, library)[1]
    count = "Clear 3 overdue steps: 2 for clients, 1 of our own"
    assert late.startswith(f"{count}. Waiting longest: Us, ")


def test_three_major_versions_in_a_quarter_are_worth_a_question(
    firm: tuple[Library, Plans], report: Report
) -> None:
    library, sop = firm[0], firm[0].sops["start"]
    days = (date(2026, 11, 20), date(2026, 11, 10), date(2026, 11, 2))
    versions = tuple(Changed(sop, replace(sop.changes[0], effective=day), "major") for day in days)
    question = "Ask why Start well changed 3 times in 18 days"
    assert _asked(replace(report, changes=versions), library)[-1].startswith(question)
    assert not [of for of in _asked(report, library) if of.startswith("Ask why")]
    assert not [
        of for of in _asked(replace(report, changes=versions[1:]), library) if "Ask why" in of
    ]


def test_the_last_sheet_can_be_filled_in_and_signed(firm: tuple[Library, Plans]) -> None:
    sheet = pages(*firm)["review/2026-Q4/report.md"].partition("What this meeting decides")[2]
    decisions, _, signatures = sheet.partition("| Signed by |")
    rows = re.findall(r"^\|.*\|$", decisions.partition("What we decide")[2], re.M)[1:]
    assert len(rows) == 7
    assert rows[0].startswith("| Settle a red flag: Secret ALPHA |  |  |  |")
    assert "| Held on | Present |" in decisions
    owners = [role for role in firm[0].company.roles.values() if role.id in ("lead", "maker")]
    names = {firm[0].company.people[id_].name for role in owners for id_ in role.held_by}
    assert names
    assert [name for name in names if f"| {name} |  |  |" not in signatures] == []


def test_what_was_noted_names_nobody(firm: tuple[Library, Plans]) -> None:
    text = pages(*firm)["review/2026-Q4/report.md"]
    assert "noted by" not in text
    assert "Kim" not in text.partition("In the words of those")[2].partition("## ")[0]


def test_nothing_was_late_before_there_was_a_procedure(tmp_path: Path) -> None:
    older = SOPS["start"].partition("changes:")[0].replace('"2.0"', '"1.0"')
    young = (
        f'{older}changes: [{{version: "1.0", effective: 2026-10-15, by: dana, summary: New.}}]\n'
    )
    there = {p: t for p, t in FILES.items() if p.startswith(("company", "sops/", "clients/"))}
    files = {**there, "sops/work/start.yml": young}
    reading, _, plans = look(lay(tmp_path, {"base": False, "files": files}))
    assert reading.library
    assert plans
    report = gather(reading.library, plans, Q4)
    start = report.progress[0]
    due = {of.due for of in start.timed}
    early = {of.due for of in start.done if of.early}
    assert early == {date(2026, 10, 1), date(2026, 10, 12), date(2026, 10, 14)}
    assert min(day for day in due if day) == date(2026, 10, 19)
    assert report.coverage.early == 3
    told = pages(reading.library, plans)["review/2026-Q4/report.md"]
    assert "3 steps due before the procedure was in effect" in told


def test_the_slowest_are_drawn(firm: tuple[Library, Plans], report: Report) -> None:
    sop, day = firm[0].sops["start"], date(2026, 10, 5)
    steps = [
        tuple(
            Worked("start", "plan", "Plan", str(of), of, "Us", "", day, day, planned=4, actual=n)
            for of in range(5)
        )
        for n in (-1, 3, 4, 5, 9, 4, 4)
    ]
    many = replace(report, progress=tuple(Progress(sop, done=of) for of in steps))
    pen = Pen(firm[0], shared=True, places=Whereabouts(firm[0].sops.values()))
    chart = work(many, pen).blocks[1]
    assert isinstance(chart, Chart)
    notes = [bar.note for bar in chart.bars if bar.label.endswith("actual")]
    later = ["5 days later than planned", "1 day later than planned"]
    assert notes == [*later, *["as planned"] * 3, "1 day earlier than planned"]
    assert "The 6 furthest behind their plan are drawn" in chart.says
    assert "Without client\u2019s delays" not in [column.label for column in chart.table.columns]
    assert chart.table.rows[0][3].text == "1.0 before"


def test_procedures_stand_in_the_order_in_which_steps_lead_to_them(
    firm: tuple[Library, Plans],
) -> None:
    library = firm[0]
    near, calm, start = (library.sops[id_] for id_ in ("near", "calm", "start"))

    def order(*sops: Sop) -> list[str]:
        return [sop.id for sop in in_order(library.company, sops)]

    assert order(near, calm, start) == ["start", "calm", "near"]
    (phase,) = start.phases
    runs = (replace(phase.steps[0], run="near"), replace(phase.steps[1], run="calm"))
    leads = replace(start, phases=(replace(phase, steps=runs),))
    assert order(near, calm, leads) == ["start", "near", "calm"]


# What it is counted from -------------------------------------------------------------------------


def test_each_number_leads_to_what_it_was_counted_from(
    firm: tuple[Library, Plans], report: Report
) -> None:
    made = pages(*firm)
    html = made["review/2026-Q4/report.html"]
    for of in report.progress:
        for id_, found in (("done", of.done), ("late", of.late)):
            listed = html.partition(f'<ul id="from-{id_}-{of.sop.id}">')[2].partition("</ul>")[0]
            assert listed.count("<li>") == len(found)
            assert f'href="#from-{id_}-{of.sop.id}">{len(found)}</a>' in html or not found
    steps = list(csv.DictReader(made["review/2026-Q4/steps.csv"].splitlines()))
    tables = csv.DictReader(made["review/2026-Q4/procedures.csv"].splitlines())
    for row in tables:
        mine = [step for step in steps if step["sop"] == row["sop"]]
        assert int(row["done"]) == sum(step["state"] == "done" for step in mine)
        assert int(row["on_time"]) == sum(step["on_time"] == "yes" for step in mine)
        assert int(row["overdue"]) == sum(step["state"] == "overdue" for step in mine)


def test_a_number_leads_there_in_text_and_on_paper_an_item_to_its_section(
    firm: tuple[Library, Plans], tmp_path: Path
) -> None:
    made = pages(*firm)
    text = made["review/2026-Q4/report.md"]
    heads = re.findall(r"^### (.*)$", text, re.M)
    slugs = [re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads]
    links = set(re.findall(r"]\(#([^)]*)\)", text))
    assert "start-well-done" in links
    assert [link for link in links if slugs.count(link) != 1] == []
    file = tmp_path / "report.pdf"
    file.write_bytes(made["review/2026-Q4/report.pdf"].encode("latin-1"))
    read = PdfReader(file)
    inside = [a for page in read.pages for a in page.annotations or () if "/Dest" in a.get_object()]
    asked = text.partition("### What there is to decide")[2].partition("###")[0]
    assert len(inside) >= asked.count("\n- **") > 0
    assert "is in report.html" in " ".join(page.extract_text() for page in read.pages)


def test_the_data_says_what_the_files_say(firm: tuple[Library, Plans]) -> None:
    data = json.loads(pages(*firm)["review/2026-Q4/data.json"])
    inside = [id_ for id_ in OBSERVATIONS if "2026-10-01" <= id_[:10] <= "2026-12-31"]
    assert sorted(seen["id"] for seen in data["observations"]) == sorted(inside)
    assert data["procedures"][0]["on_time"] == counted_again()["start"]["on time"]
    assert {of["sop"] for of in data["reviews"]} == {*SOPS, *OTHERS}
    assert data["essential"] == {"Beginning": "start", "Ideas": None, "Money": None}


def test_each_chart_says_in_words_what_it_shows(firm: tuple[Library, Plans]) -> None:
    made = pages(*firm)
    html = made["review/2026-Q4/report.html"]
    drawn = {path: text for path, text in made.items() if path.endswith(".svg")}
    assert drawn
    for path, text in drawn.items():
        picture = ElementTree.fromstring(text)  # noqa: S314  # our own
        name = {part.get("id"): part.text for part in picture if part.get("id")}
        labels = picture.attrib["aria-labelledby"].split()
        assert picture.attrib["role"] == "img"
        assert all(name[label] for label in labels), path
        bars = [part for part in picture if part.tag.endswith("rect")]
        assert all(0 < float(bar.attrib["width"]) <= 400 for bar in bars)
        assert all(float(b.attrib["x"]) + float(b.attrib["width"]) <= 400 for b in bars)
        assert text.strip() in html
        assert "<table" in html.partition(text.strip())[2].partition("<svg")[0]


def test_the_handbook_shows_the_charts_too(firm: tuple[Library, Plans]) -> None:
    told = shared(*firm, context("confidential"))
    page = told.illustrated(told.text)
    assert {"On time, by procedure", "Friction by step"} <= told.charts.keys()
    for title, svg in told.charts.items():
        picture = page.partition(f"### {title}\n")[2].partition("</figure>")[0]
        assert svg.strip() in picture
        assert "\n\n" not in svg.strip()  # a blank line would end it
        assert not PRIVATE.findall(svg)


def test_a_bar_is_as_long_as_what_it_stands_for() -> None:
    rows = [Row("A", (3, 1), ""), Row("B", (0, 2), ""), Row("C", (-1, 0), "")]
    drawn = chart("id", "T", "S.", ("x", "y"), rows, SheetTable("", (), ()))
    assert [[(p.x, p.width, p.look) for p in bar.parts] for bar in drawn.bars] == [
        [(0, 300, 0), (300, 100, 1)],
        [(0, 200, 1)],
        [],
    ]


def test_it_can_be_printed(firm: tuple[Library, Plans], tmp_path: Path) -> None:
    library, plans = firm
    for made in (pages(library, plans), pages(hostile(library), plans)):
        file = tmp_path / "report.pdf"
        file.write_bytes(made["review/2026-Q4/report.pdf"].encode("latin-1"))
        read = PdfReader(file)
        first = read.pages[0].extract_text()
        assert "To decide" in first
        assert "What became of" not in first
        assert read.metadata
        assert read.metadata.title == "Quarterly review, Q4 2026"


def test_page_one_is_one_page_where_there_is_much_to_decide(
    firm: tuple[Library, Plans], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    much = [Point("Settle a red flag", "Nobody knows what to do about it, and it hurts. " * 4)] * 17
    page_one = import_module("sopwith.outputs.review.words.front")
    monkeypatch.setattr(page_one, "asks", lambda *_: tuple(much))
    file = tmp_path / "report.pdf"
    file.write_bytes(pages(*firm)["review/2026-Q4/report.pdf"].encode("latin-1"))
    first, second = (page.extract_text() for page in PdfReader(file).pages[:2])
    assert "What needs a process" in first
    assert "What became of" in second


# What is kept -------------------------------------------------------------------------------------

PRIVATE = re.compile(r"secret|priya|alpha|bravo|charlie|whitfield|ortiz|lindqvist|clients/", re.I)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_edition_holds_a_client_or_a_person(
    firm: tuple[Library, Plans], audience: Audience
) -> None:
    text = published(*firm, context(audience))
    assert not PRIVATE.findall(text)
    # When a client's project closed could be told from the review that it calls for.
    assert not re.search("(?<!Week of )November 30, 2026", text)
    assert "November 16, 2026" not in text
    full = pages(*firm)["review/2026-Q4/report.md"]
    assert "November 30, 2026" in full
    assert "Secret ALPHA" in full
    assert "Kim Lindqvist" in full


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_is_private_is_out_of_reach_before_a_word_is_written(
    firm: tuple[Library, Plans], audience: Audience
) -> None:
    shown = shareable(firm[0], audience)
    assert not shown.clients
    assert not [seen for seen in shown.observations.values() if seen.client or seen.reported_by]
    assert not [review for review in shown.reviews.values() if review.present or review.signed]


@pytest.mark.parametrize(
    ("audience", "there", "gone"),
    [
        (
            "confidential",
            ["Finish well", "Summary of 2026 10 22 flag", "First thing", "Calm"],
            [],
        ),
        (
            "internal",
            ["Summary of 2026 10 20 portal", "First thing", "Fresh", "Start well", "Calm"],
            ["Finish well", "Summary of 2026 10 22 flag"],
        ),
        (
            "public",
            ["Calm", "Near"],
            ["Start well", "Fresh", "Summary", "thing", "promise", "observation", "client’s"],
        ),
    ],
)
def test_an_edition_holds_what_its_readers_may_see(
    firm: tuple[Library, Plans], audience: Audience, there: list[str], gone: list[str]
) -> None:
    text = published(*firm, context(audience))
    assert [words for words in there if words not in text] == []
    assert [words for words in gone if words in text] == []


def test_people_are_roles_in_an_edition(firm: tuple[Library, Plans]) -> None:
    text = published(*firm, context("confidential"))
    # Sam wrote it and is a maker; Dana holds the role that owns the other procedure.
    assert re.search(r"\| \[Start well 2.0\].*\| Maker \|", text)
    assert re.search(r"\| \[Fresh 1.0\].*\| Project lead \|", text)
    assert "Everyone" not in text


def test_this_firms_own_edition_names_no_client() -> None:
    reading, _, plans = look(ROOT)
    assert reading.library
    assert plans
    text = published(reading.library, plans, context("confidential"))
    plain = to_plain(parse(text))
    clients = reading.library.clients.values()
    names = [c.name for c in clients] + [p.name for c in clients for p in c.contacts]
    names += [person.name for person in reading.library.company.people.values()]
    assert names
    assert [name for name in names if name in plain] == []


# Form ---------------------------------------------------------------------------------------------


def hostile(library: Library) -> Library:
    """The same with a text that tries to break the page, wherever a text can stand."""
    seen = {
        id_: replace(
            o, summary=HOSTILE, action=replace(o.action, what=HOSTILE) if o.action else None
        )
        for id_, o in library.observations.items()
    }
    sops = {
        id_: replace(
            sop,
            title=HOSTILE,
            changes=tuple(replace(c, summary=HOSTILE, why=HOSTILE) for c in sop.changes),
        )
        for id_, sop in library.sops.items()
    }
    return replace(library, observations=seen, sops=sops)


def test_text_prints_as_itself_whatever_it_holds(firm: tuple[Library, Plans]) -> None:
    library, plans = firm
    made = pages(hostile(library), plans)
    html = _Visible(made["review/2026-Q4/report.html"])
    assert HOSTILE in " ".join(html.words.split())
    assert not [tag for tag, _ in html.elements if tag == "b"]
    tokens = MarkdownIt("commonmark").enable("table").parse(made["review/2026-Q4/report.md"])
    plain = MarkdownIt("commonmark").enable("table").parse(pages(*firm)["review/2026-Q4/report.md"])
    assert [t.type for t in tokens] == [t.type for t in plain]
    cells = [t.children or [] for t in tokens if t.type == "inline"]
    assert any(HOSTILE in "".join(c.content for c in children) for children in cells)


def test_an_edition_survives_being_a_page_of_the_handbook(firm: tuple[Library, Plans]) -> None:
    blocks = parse(published(*firm, context("confidential")))
    titles = [
        to_plain((block,)).strip()
        for block in blocks
        if isinstance(block, Heading) and block.level == 2
    ]
    assert [title.split()[0] for title in titles] == [str(number) for number in range(1, 14)]
    assert sum(isinstance(block, Table) for block in blocks) > 13
    assert not [block for block in blocks if isinstance(block, Heading) and block.level == 1]


def test_procedures_are_linked_by_their_files_where_the_handbook_has_them(
    firm: tuple[Library, Plans],
) -> None:
    assert "[Start well 2.0](sops/work/start.yml)" in published(*firm, context())
    assert "](sops/" not in pages(*firm)["review/2026-Q4/report.md"]


def test_the_report_stands_alone_and_asks_no_one_for_anything(firm: tuple[Library, Plans]) -> None:
    html = pages(*firm)["review/2026-Q4/report.html"]
    elements = _Visible(html).elements
    assert not {tag for tag, _ in elements} & {"script", "link", "img", "iframe", "base", "form"}
    assert "url(" not in html
    assert "<!--" not in html
    assert "@import" not in html
    ids = [given["id"] for _, given in elements if "id" in given]
    links = [given["href"] for _, given in elements if "href" in given]
    assert len(ids) == len(set(ids))
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_the_same_files_give_the_same_bytes(firm: tuple[Library, Plans]) -> None:
    first = pages(*firm)
    assert first == pages(*firm)
    drawn = ["on-time", "friction", "feedback", "freshness", "changes"]  # days are too few
    tables = ["procedures", "steps", "observations", "actions"]
    made = ["report.md", "report.html", *(f"charts/{id_}.svg" for id_ in drawn)]
    made += ["data.json", *(f"{name}.csv" for name in tables), "report.pdf"]
    assert list(first) == [f"review/2026-Q4/{name}" for name in made]


class _Visible(HTMLParser):
    """The words of a page and its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data
