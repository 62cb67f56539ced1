"""Made-up procedures of ten steps, as many as asked for, and a firm that works by them.

The firm, its roles, tools, events and emails are this repository's own; only the procedures and
the clients are made. What is made is the same each time.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

HOME = Path(__file__).parent.parent
STEPS = 10

_STAGES = ("agree", "onboard", "deliver", "close")
_EVENTS = ("inquiry-received", "contract-signed", "kickoff", "delivery-due")
_ROLES = ("client-relations-manager", "onboarding-specialist", "account-manager", "finance")
_TOOLS = ("hubspot", "asana", "google-drive", "zoom", "slack")
_EMAILS = tuple(sorted(path.stem for path in (HOME / "emails").glob("*.yml")))
_VERBS = ("Prepare", "Collect", "Check", "Agree", "Record", "Send", "Review")
_THINGS = (
    "the brief",
    "the list of deliverables",
    "the access rights",
    "the first draft",
    "the notes of the call",
    "the payment dates",
    "the test results",
    "the handover folder",
    "the open questions",
    "the approval",
    "the closing summary",
)
_DETAILS = (
    "Read what the client wrote first, and repeat it in your own words before you add to it.",
    "Work from the folder of the project, so that a colleague finds the same version you used.",
    "Name each open point, who answers it and by which day; a point without a name stays open.",
    "If two people say different things, ask both together instead of choosing one answer.",
    "Keep it to one page: what was asked, what was decided, and what happens next.",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a made-up procedure, in the words that every peer gets too."""

    id: str
    title: str
    details: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """A made-up procedure; `number` sets it apart from the others."""

    number: int
    id: str
    title: str
    purpose: str
    steps: tuple[Step, ...]


def procedures(count: int) -> Iterator[Procedure]:
    """Make procedures, no two alike."""
    for number in range(count):
        thing = _pick(_THINGS, number)
        yield Procedure(
            number,
            f"procedure-{number:04}",
            f"{_pick(_VERBS, number)} {thing}, part {number + 1}",
            f"Bring {thing} to where the next colleague can go on **without asking**. "
            + " ".join(_pick(_DETAILS, number + i) for i in range(2)),
            tuple(_step(number, index) for index in range(STEPS)),
        )


def _step(number: int, index: int) -> Step:
    at = 3 * number + index
    return Step(
        f"step-{index + 1}",
        f"{_pick(_VERBS, at)} {_pick(_THINGS, at + number)}",
        " ".join(_pick(_DETAILS, at + i) for i in range(3)),
    )


def write(root: Path, sops: int, clients: int = 1, *, each: int = 0, observations: int = 0) -> Path:
    """Lay out a whole library: the firm, the procedures as SOPs, and clients amid them.

    Each began on another day of some weeks, so that no two have the same dates before them. With
    `each`, a client is on so many of the SOPs only, and the next one on the next so many; all began
    on one day then, and four of five steps are done.
    """
    shutil.copytree(HOME / "emails", root / "emails")
    shutil.copyfile(HOME / "mkdocs.yml", root / "mkdocs.yml")
    made = list(procedures(sops))
    lines = [made[first : first + each] for first in range(0, sops, each)] if each else [made]
    names = ", ".join(map(_line, range(len(lines))))
    fact = f"\nfacts:\n  line: {{title: Line of work, one_of: [{names}]}}\n"
    firm = (HOME / "company.yml").read_text("utf-8").replace("\nfacts:\n", fact)
    # What the firm cannot do without are procedures of its own, which are not here.
    firm = re.sub(r"^essentials:\n(?:  .*\n)+", "", firm, flags=re.M)
    (root / "company.yml").write_text(firm, "utf-8")
    (root / "clients").mkdir()
    for line, of_line in enumerate(lines):
        for procedure in of_line:
            folder = root / "sops" / _pick(_STAGES, procedure.number)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{procedure.id}.yml").write_text(_sop(procedure, line), "utf-8")
    for number in range(clients):
        line = number % len(lines)
        text = _client(number, line, _steps_done(lines[line], busy=each > 0))
        text = text if each else _earlier(text, timedelta(days=number % 60))
        (root / "clients" / f"client-{number:04}.yml").write_text(text, "utf-8")
    (root / "observations").mkdir()
    for number in range(observations):
        name, text = _observation(number, made)
        (root / "observations" / f"{name}.yml").write_text(text, "utf-8")
    return root


def _line(number: int) -> str:
    return f"line {number + 1}"


def _sop(procedure: Procedure, line: int) -> str:
    number = procedure.number
    half = STEPS // 2
    event = _pick(_EVENTS, number)
    steps = [_sop_step(number, index, step) for index, step in enumerate(procedure.steps)]
    return f"""\
title: "{procedure.title}"
version: "1.1"
status: active
owner: {_pick(_ROLES, number)}
approver: management
review: {{every: 6 months, last: 2026-09-{number % 28 + 1:02}, by: dana}}
applies_to: {{line: {_line(line)}}}
scope: Every project in which {_pick(_THINGS, number)} matters to someone outside the team.
purpose: >-
  {procedure.purpose}
trigger: {{event: {event}, says: The client is told that it begins.}}
outcome: The next colleague goes on without a question, and the client knows where things stand.
references: [{{sop: procedure-{number // 2:04}}}]
terms:
  - {{term: Folder of the project, means: Where everything about one project is kept.}}
phases:
  - id: prepare
    title: Prepare
    objective: Everything is at hand before the client is asked for anything.
    steps:
{"".join(steps[:half])}\
  - id: finish
    title: Finish
    objective: What was promised is done, written down and handed over.
    steps:
{"".join(steps[half:])}\
changes:
  - version: "1.1"
    effective: 2026-09-01
    by: sam
    approved_by: management
    approved: 2026-08-28
    summary: The steps about {_pick(_THINGS, number + 1)} are clearer.
    why: New colleagues asked about them.
  - {{version: "1.0", effective: 2026-03-01, by: dana, summary: First version.}}
"""


def _sop_step(number: int, index: int, step: Step) -> str:
    more = _pick(
        (
            f"        email: {_pick(_EMAILS, number)}\n        client_sees: true\n",
            f"        tools: [{_pick(_TOOLS, number + index)}]\n",
            "        notes:\n          - {kind: tip, says: Ask when you are not sure.}\n",
            "        when: {channels: [slack, email]}\n",
            "        substeps:\n          - Open the list.\n          - Tick what is done.\n",
        ),
        index,
    )
    due = f"step step-{index}" if index % 3 else _pick(_EVENTS, number)
    wait = f"        wait_for: [step-{index}]\n" if index % 5 == 4 else ""
    return f"""\
      - id: {step.id}
        title: "{step.title}"
        details: >-
          {step.details}
        role: {_pick(_ROLES, number + index)}
        with: [team-members]
        due: {index % 4 + 1} business days after {due}
        evidence: The note in the folder of the project
{wait}{more}"""


def _steps_done(made: list[Procedure], *, busy: bool) -> str:
    return "".join(
        f"  {procedure.id}/{step.id}: {{done: {_BEGUN + timedelta(weeks=week)}, by: sam}}\n"
        for procedure in (made if busy else made[::3])
        for week, step in enumerate(procedure.steps[: 8 if busy else 2])
    )


def _client(number: int, line: int, done: str) -> str:
    return f"""\
name: Bluewater {number + 1}
engagement: Website relaunch
account: bluewater-{number // 2}
facts: {{service_model: service, line: {_line(line)}, channels: [email, slack], calls: week}}
contacts:
  - {{name: Priya Vance, title: Practice manager, email: priya@bluewater.example, main: true}}
dates:
  inquiry-received: 2026-09-14
  consultation-held: 2026-09-18
  proposal-sent: 2026-09-23
  contract-signed: 2026-10-01
  team-kickoff: 2026-10-08
  kickoff: 2026-10-12
  delivery-due: 2027-01-29
paused: [{{from: 2026-11-02, to: 2026-11-06, why: The practice is moving}}]
progress:
{done}"""


def _earlier(text: str, by: timedelta) -> str:
    """The same client with every day so much earlier."""
    return re.sub(r"\d{4}-\d\d-\d\d", lambda day: f"{date.fromisoformat(day[0]) - by}", text)


_KINDS = (
    "kind: friction\n",
    "kind: feedback\ncategory: positive\nscore: 5 of 5\n",
    "kind: worked\n",
    "kind: feedback\ncategory: constructive\nscore: 3 of 5\n",
    "kind: new-situation\n",
    "kind: red-flag\n",
    "kind: audit\n",
)
_FIRST, _BEGUN = date(2026, 1, 1), date(2026, 9, 15)


def _observation(number: int, made: list[Procedure]) -> tuple[str, str]:
    """Noted on one of 320 days up to the middle of the fourth quarter."""
    day = _FIRST + timedelta(days=number * 7 % 320)
    procedure = made[number * 13 % len(made)]
    step = procedure.steps[number % STEPS]
    action = f"""\
action:
  what: Look again at "{step.title}" with those who do it.
  owner: {_pick(_ROLES, number)}
  due: {day + timedelta(days=30)}
"""
    text = f"""\
{_pick(_KINDS, number)}\
date: {day}
sop: {procedure.id}
version: "1.1"
step: {step.id}
reported_by: sam
tags: [tag {number % 97}]
summary: >-
  {_pick(_DETAILS, number)}
"""
    return f"{day}-noted-{number:06}", text + (action if number % 3 == 0 else "")


def _pick(words: tuple[str, ...], number: int) -> str:
    return words[number % len(words)]
