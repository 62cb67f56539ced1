"""A client's calendar: read back by two other programs, and mended when it is imported again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from click.testing import CliRunner

from gitted import commit
from laid import TODAY, lay
from planned import COMPANY, client, plan
from sopwith import ical, making
from sopwith.cli import main
from sopwith.outputs.calendar import Wish
from sopwith.workspace import Inputs, open_workspace

HOSTILE = [
    "Line\nbreak\r\nand\ttab",
    "x" * 300,
    "ø" * 300,
    "שלום, مرحبا; \\n \u202eright to left",
    "BEGIN:VEVENT",
    'Semi; colon: comma, "quote" \\ back\\nslash',
    "Zo\u0308e \U0001f600",
]
SOP = """\
title: Deliver
version: "1.0"
status: active
owner: project-manager
approver: management
review: {every: quarter, last: 2026-09-30, by: dana}
trigger: {event: contract-signed, says: The contract is signed.}
outcome: Delivered.
phases:
  - id: work
    title: Work
    steps:
      - {id: answer, title: Answer the first question, role: project-manager,
         due: 24 business hours after contract-signed}
      - {id: slack, title: Open the channel, role: project-manager, when: {channels: slack},
         due: 1 day after contract-signed}
      - id: ask
        title: Ask what they want
        role: account-manager
        due: 2 business days after contract-signed
        decision: {question: Do they want it?, answers: [{answer: "Yes"}, {answer: "No"}]}
      - {id: build, title: Build it, role: project-manager, critical: true,
         when: {ask: "Yes"}, due: 5 business days after contract-signed}
      - {id: fax, title: Send the fax, role: account-manager,
         due: 3 business days after contract-signed}
      - {id: show, title: Show it, role: project-manager, due: 1 business day after kickoff}
      - {id: close, title: Close, role: account-manager, due: 1 business day after delivery-due}
changes:
  - {version: "1.0", effective: 2026-09-01, by: dana, summary: First version}
"""
CASE = {
    "files": {"sops/deliver/deliver.yml": SOP},
    "changes": {
        "company.yml": {
            "audience: internal": "handbook: https://handbook.fern.example/\naudience: internal"
        },
        "clients/birch.yml": {
            "  contract-signed: 2026-11-16": "  contract-signed: 2026-11-16 16:50",
            "  welcome/greet: {done: 2026-11-17, by: dana}": """\
  welcome/greet: {done: 2026-11-17, by: dana}
  deliver/ask: {done: 2026-11-18, by: dana, answer: "No"}
  deliver/fax: {not_applicable: true, by: dana, reason: They have none}
""",
        },
    },
}


EVERYTHING = Wish()


def made(root: Path, wish: Wish = EVERYTHING, **given: Any) -> bytes:
    work = open_workspace(Inputs(root, today=TODAY, **given))
    making.calendar(work, "birch", wish)
    return (root / "build/calendar/birch/calendar.ics").read_bytes()


def parts(content: bytes) -> Mapping[str, icalendar.Component]:
    """Each event or to-do by its UID, as `icalendar` reads it."""
    read = icalendar.Calendar.from_ical(content)
    return {str(p["uid"]): p for p in read.walk() if p.name in ("VEVENT", "VTODO")}


def uid(address: str) -> str:
    return f"{address}.birch@handbook.fern.example"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path, CASE)


def test_two_programs_read_the_same(root: Path) -> None:
    content = made(root)
    events = parts(content)
    other = vobject.readOne(content.decode())
    assert {e.uid.value: e.dtstart.value for e in other.vevent_list} == {
        name: event.decoded("dtstart") for name, event in events.items()
    }
    assert {e.uid.value: e.summary.value for e in other.vevent_list} == {
        name: str(event["summary"]) for name, event in events.items()
    }
    greet = events[uid("welcome/greet")]
    assert greet.decoded("dtstart") == date(2026, 11, 17)
    assert greet.decoded("dtend") == date(2026, 11, 18)
    assert greet["summary"] == "✓ Birch Bakery: Send the welcome email"
    show = events[uid("deliver/show")]
    assert show["summary"] == "Birch Bakery: Show it"
    assert show["url"] == "https://handbook.fern.example/deliver/deliver/#show"
    assert str(show["description"]).splitlines() == [
        "Deliver, 1.6",
        "Project manager: Sam Ortiz",
        "https://handbook.fern.example/deliver/deliver/#show",
    ]


def test_a_time_stands_in_its_zone(root: Path) -> None:
    """A quarter to five in Chicago is 22:50 in Greenwich, whoever reads it."""
    content = made(root)
    assert b"BEGIN:VTIMEZONE" in content
    event = parts(content)[uid("deliver/answer")]
    assert event.decoded("dtstart").astimezone(UTC) == datetime(2026, 11, 17, 22, 50, tzinfo=UTC)
    read = next(e for e in vobject.readOne(content.decode()).vevent_list if "answer" in e.uid.value)
    assert read.dtstart.value.astimezone(UTC) == datetime(2026, 11, 17, 22, 50, tzinfo=UTC)


def test_what_is_settled(root: Path) -> None:
    """What an answer or a person put out is called off; what the facts leave out never came."""
    events = parts(made(root))
    status = {name.partition(".")[0]: str(event["status"]) for name, event in events.items()}
    assert status == {
        "welcome/greet": "CONFIRMED",
        "welcome/call": "CONFIRMED",
        "deliver/answer": "CONFIRMED",
        "deliver/ask": "CONFIRMED",
        "deliver/build": "CANCELLED",
        "deliver/fax": "CANCELLED",
        "deliver/show": "CONFIRMED",
    }


def test_todos(root: Path) -> None:
    todos = parts(made(root, Wish(todos=True)))
    status = {name.partition(".")[0]: str(todo["status"]) for name, todo in todos.items()}
    assert status["deliver/show"] == "NEEDS-ACTION"
    assert status["deliver/close"] == "NEEDS-ACTION"  # it has no date yet
    assert status["deliver/ask"] == "COMPLETED"
    assert todos[uid("deliver/show")].decoded("due") == date(2026, 12, 1)
    assert "due" not in todos[uid("deliver/close")]
    assert todos[uid("deliver/ask")].decoded("completed") == datetime(2026, 11, 18, 6, tzinfo=UTC)


def test_only_some_steps(root: Path) -> None:
    by_role = parts(made(root, Wish(role="account-manager")))
    assert {name.partition(".")[0] for name in by_role} == {
        "welcome/greet",
        "deliver/ask",
        "deliver/fax",
    }
    assert parts(made(root, Wish(person="dana"))).keys() == by_role.keys()
    assert b"X-WR-CALNAME:Birch Bakery (Sam Ortiz)" in made(root, Wish(person="sam"))
    for wrong in (["--role", "project-manger"], ["--person", "sma"]):
        said = CliRunner().invoke(main, ["calendar", "birch", "--root", str(root), *wrong])
        assert said.exit_code == 2
        assert "did you mean" in said.output


def sequence(content: bytes) -> int:
    (number,) = {event.decoded("sequence") for event in parts(content).values()}
    assert isinstance(number, int)
    return number


def move(root: Path, old: str, new: str) -> None:
    file = root / "clients/birch.yml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def test_sequence_rises_when_a_date_moves(root: Path) -> None:
    first = commit(root)
    before = made(root)
    assert sequence(before) == 1
    move(root, "kickoff: 2026-11-30", "kickoff: 2026-12-07")
    after = made(root)
    assert sequence(after) == 2
    event = parts(after)[uid("deliver/show")]
    assert event.decoded("dtstart") == date(2026, 12, 8)
    assert parts(after).keys() == parts(before).keys()
    commit(root)
    assert made(root) == after  # committing changes nothing
    assert sequence(made(root, commit=first)) == 2  # the files are not as that commit left them
    (root / "emails/hello.yml").touch()
    (root / "pages").mkdir()
    (root / "pages/new.md").write_text("# New\n", "utf-8")
    commit(root)
    assert made(root) == after  # no date hangs on a page


def test_sequence_where_clients_have_a_repository_of_their_own(tmp_path: Path) -> None:
    root, private = lay(tmp_path / "firm", CASE), tmp_path / "private"
    private.mkdir()
    (root / "clients").rename(private / "clients")
    (root / "observations").rename(private / "observations")
    commit(root)
    commit(private)
    assert sequence(made(root, private=private)) == 2
    file = private / "clients/birch.yml"
    file.write_text(file.read_text("utf-8").replace("2026-11-30", "2026-12-07"), "utf-8")
    assert sequence(made(root, private=private)) == 3
    commit(private)
    assert sequence(made(root, private=private)) == 3


def test_without_git(root: Path) -> None:
    assert sequence(made(root)) == 0


def test_the_pack_has_the_same(root: Path) -> None:
    work = open_workspace(Inputs(root, today=TODAY))
    making.everything(work, ("clients",), lambda _: None)
    assert (root / "build/clients/birch/calendar.ics").read_bytes() == made(root)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("todos", [False, True])
def test_hostile_names(name: str, todos: bool) -> None:
    of = plan(client=client(name=name))
    content = ical.calendar(
        ical.entries([of]),
        replace(COMPANY, name=name),
        name=name,
        today=TODAY,
        sequence=lambda _: 1,
        todos=todos,
    )
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    shown = " ".join(name.split())
    read = icalendar.Calendar.from_ical(content)
    assert read["x-wr-calname"] == shown
    found = parts(content)
    assert len(found) > 5
    assert all(f"{shown}: " in str(part["summary"]) for part in found.values())
    other = vobject.readOne(content.decode())
    listed = other.vtodo_list if todos else other.vevent_list
    assert sorted(part.uid.value for part in listed) == sorted(found)
    assert all(f"{shown}: " in part.summary.value for part in listed)
