"""What is told of a plan, to the letter, and that it holds for every step of every plan there is.

A case file holds what one of `cases/plans` does, and under `say` what is told of what is typed,
without the list of places at its end; under `unclear` what is answered to what names no one thing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from laid import TESTS, TODAY, lay, load
from sopwith.outputs.why import render
from sopwith.plan import Plan, Row, Unclear, numbered, on_paper
from sopwith.workspace import Inputs, Workspace, open_workspace
from test_plan import files

CASES = sorted((TESTS / "cases" / "why").glob("*.yml"))
PLANS = sorted((TESTS / "cases" / "plans").glob("*.yml"))
PLACES = "\n\nWhere that is written\n"


def opened(root: Path, case: Mapping[str, Any]) -> tuple[Workspace, Plan]:
    """A case laid out and read, and the plan of its first client."""
    texts = {name: yaml.safe_dump(data, sort_keys=False) for name, data in files(case)}
    lay(root, {"base": False, "files": texts})
    work = open_workspace(Inputs(root, today=case.get("today", TODAY)))
    plan = work.plans.of(next(iter(case.get("clients", {"birch": {}})))) if work.plans else None
    assert plan
    return work, plan


def told(work: Workspace, plan: Plan, typed: str) -> str:
    return render(plan, work.library, typed, work.reading.place)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_why(path: Path, tmp_path: Path) -> None:
    case = load(path)
    work, plan = opened(tmp_path, case)
    for typed, text in case["say"].items():
        assert told(work, plan, typed).split(PLACES)[0] == text.rstrip("\n"), typed
    for typed, text in case.get("unclear", {}).items():
        with pytest.raises(Unclear) as unclear:
            told(work, plan, typed)
        assert str(unclear.value) == text.rstrip("\n"), typed


def test_places_are_those_spoken_of(tmp_path: Path) -> None:
    """Each mark leads to the line on which that fact is written."""
    work, plan = opened(tmp_path, load(TESTS / "cases" / "why" / "dates.yml"))
    _, _, places = told(work, plan, "check").partition(PLACES)
    lines = []
    for place in places.splitlines():
        _, where = place.split()
        path, number = where.rsplit(":", 1)
        lines.append(
            f"{path}: {(tmp_path / path).read_text().splitlines()[int(number) - 1].strip()}"
        )
    assert lines == [
        "sops/onboard/work.yml: - title: Check",
        "clients/birch.yml: contract-signed: 2026-10-01",
        "company.yml: held_by: dana",
        "clients/birch.yml: planned: 2026-10-12",
        "sops/onboard/work.yml: due: 10 business days after kickoff",
        "clients/birch.yml: - from: 2026-11-02",
        "sops/onboard/work.yml: due: 3 business days after step build",
        "company.yml: - Thanksgiving Day",
    ]


def check(text: str) -> None:
    """Hold what must be so of anything that is told: its width, its marks and their order."""
    said, _, places = text.partition(PLACES)
    said = re.sub(r"\n\nWhat the client's file does not say\n.*", "", said, flags=re.DOTALL)
    assert all(len(line) <= 80 for line in text.splitlines()), text
    assert not re.search(r"\d{4}-\d\d-\d\d|\.\.|\(\)|''|None|  \n| $", said), text
    marks = list(dict.fromkeys(re.findall(r"\[(\d+)\]", said)))
    listed = re.findall(r"^ +\[(\d+)\] \S+:\d+$", places, re.MULTILINE)
    assert sorted(marks) == sorted(listed), text
    assert listed == [str(number) for number in range(1, len(listed) + 1)]


def check_all(work: Workspace, plan: Plan) -> None:
    check(told(work, plan, ""))
    for sop in work.library.sops:
        check(told(work, plan, sop))
    for row in plan.rows():
        text = told(work, plan, row.address)
        check(text)
        assert_date(text, row)


def assert_date(text: str, row: Row) -> None:
    """The last link of a date is the date; one without has a reason."""
    _, _, after = text.partition("\nHow its date came about\n")
    if not after:
        return
    links = after.split("\n\n")[0]
    if row.due and row.due.day.year == TODAY.year:
        assert re.search(rf"\b{row.due.day.day}\b", links.rpartition("This step")[2]), text


@pytest.mark.parametrize("path", [*PLANS, *CASES], ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_step_of_every_plan(path: Path, tmp_path: Path) -> None:
    check_all(*opened(tmp_path, load(path)))


@pytest.mark.parametrize("client", ["harbor-lane-dental", "moss-odell", "quarry-street-bakery"])
def test_every_step_of_the_example(client: str) -> None:
    work = open_workspace(Inputs(TESTS.parent))
    plan = work.plans.of(client) if work.plans else None
    assert plan
    check_all(work, plan)


@pytest.mark.parametrize("client", ["harbor-lane-dental", "quarry-street-bakery"])
def test_what_is_shown_of_a_step_can_be_typed(client: str) -> None:
    work = open_workspace(Inputs(TESTS.parent))
    plan = work.plans.of(client) if work.plans else None
    assert plan
    overview = told(work, plan, "")
    shown = re.findall(r"^ {15,}(\S+): ", overview, re.MULTILINE)
    assert len(shown) > 10
    for tail in shown:
        assert re.search(rf"^(\S+/)?{re.escape(tail)} \[1\]$", told(work, plan, tail), re.MULTILINE)


def test_a_step_is_known_by_its_title_and_by_its_number_on_paper() -> None:
    """As for `done`; a number with its procedure names one step, however often it is done."""
    work = open_workspace(Inputs(TESTS.parent))
    plan = work.plans.of("harbor-lane-dental") if work.plans else None
    assert plan
    said = told(work, plan, "client-onboarding/kickoff")
    for typed in (
        "Begin preparing the kickoff with the client",
        "Client onboarding 3.7",
        "client-onboarding/3.7",
    ):
        assert told(work, plan, typed) == said
    for row in plan.rows():
        found = numbered(on_paper(row.address, plan), plan)
        assert row.state == "out" or row.address in found
        assert len(found) < 2 or row.which  # what comes again has one number on paper
