"""Plans: a few SOPs, a client and a day, and the rows that follow by the letter of the rules.

A case file holds, beside `sops` and `clients` (what it leaves out is filled in below), the day
`today`, changes to `company`, and the plan of the first client as `rows`: number, address, state,
due date, people, and what else there is to say. The dates were counted out on a calendar by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from laid import TESTS, TODAY, lay, load, look
from sopwith import due
from sopwith.model import EventDate, Library, Moment, Progress, Span
from sopwith.plan import Plan, Row, Unknown, plan, resolve

CASES = sorted((TESTS / "cases" / "plans").glob("*.yml"))
SOP = {
    "version": "1.0",
    "status": "active",
    "owner": "account-manager",
    "approver": "management",
    "review": {"every": "year"},
    "trigger": {"event": "contract-signed", "says": "It begins."},
    "outcome": "It is done.",
    "changes": [{"version": "1.0", "effective": "2026-09-01", "by": "dana", "summary": "New"}],
}
DUE = "delivery-due"
CLIENT = {"dates": {"contract-signed": "2026-11-16", "kickoff": "2026-11-30"}}


def sop(name: str, stated: Mapping[str, Any]) -> dict[str, Any]:
    """An SOP whose steps are those stated, each done by the account manager unless it says who."""
    made = {**SOP, "title": name.capitalize(), **stated}
    steps = [
        {"title": step["id"].capitalize(), "role": "account-manager", **step}
        for step in made.pop("steps")
    ]
    return {"phases": [{"id": "all", "title": "All", "steps": steps}], **made}


def files(case: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    base = load(TESTS / "base" / "company.yml")
    yield "company.yml", {**base, **case.get("company", {})}
    for name, stated in case["sops"].items():
        folder, _, stem = name.rpartition("/")
        yield f"sops/{folder or 'onboard'}/{stem}.yml", sop(stem, stated)
    for name, stated in case.get("clients", {"birch": {}}).items():
        yield f"clients/{name}.yml", {"name": name.capitalize(), **CLIENT, **(stated or {})}


def planned(root: Path, case: Mapping[str, Any]) -> tuple[Plan, Library]:
    """The plan of the first client of a case, and the library it was made of."""
    texts = {name: yaml.safe_dump(data, sort_keys=False) for name, data in files(case)}
    lay(root, {"base": False, "files": texts})
    reading, problems, plans = look(root, case.get("today", TODAY))
    assert [problem for problem in problems if problem.is_error] == []
    found = plans.of(next(iter(case.get("clients", {"birch": {}})))) if plans else None
    assert found
    assert reading.library
    return found, reading.library


def told(row: Row) -> str:
    who = ",".join(person.id or person.name for person in row.who)
    more = [
        f"because {row.out}" if row.out else "",
        f"only if {row.only_if}" if row.only_if else "",
        f"waits for {', '.join(row.waits_for)}" if row.waits_for else "",
        *row.notes,
        row.progress.note if row.progress else "",
    ]
    plain = f"{row.number} {row.address} {row.state} {row.due or '-'} {who or '-'}"
    return "; ".join([plain, *filter(None, more)])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_plan(path: Path, tmp_path: Path) -> None:
    case = load(path)
    found, library = planned(tmp_path, case)
    assert [told(row) for row in found.rows()] == case["rows"].splitlines()
    left_out = [f"{sop.id}: {reason}" for sop, reason in found.left_out]
    assert left_out == case.get("left_out", [])
    assert [f"{gap.code}: {gap.message}" for gap in found.gaps] == case.get("gaps", [])
    only_if = {sop.address: sop.only_if for sop in found.sops if sop.only_if}
    assert only_if == case.get("only_if", {})
    # What a plan calls a step is what a client's file may call it. Only the single row of a step
    # that would repeat, and does not come at all, has no number or item to be told by.
    for row in found.rows():
        named = resolve(row.address, found.client, library)
        assert named == row.step or (row.state == "out" and isinstance(named, Unknown))
    addresses = [row.address for row in found.rows()]
    assert len(set(addresses)) == len(addresses)


def test_steps_may_hang_on_one_another_for_long(tmp_path: Path) -> None:
    """Each on the one after it, which is worked out last: longer than Python's stack."""
    chain = [{"id": f"s{n}", "due": f"1 day after step s{n + 1}"} for n in range(500)]
    work = {"steps": [*chain, {"id": "s500", "due": "on kickoff"}]}
    found, _ = planned(tmp_path, {"sops": {"work": work}})
    dues = [row.due for row in found.rows() if row.due]
    assert len(dues) == 501
    assert all(later > earlier for later, earlier in pairwise(dues))


def test_an_open_decision_counts_as_if_it_were_answered_with_no(tmp_path: Path) -> None:
    """What comes in any case has the day it has once the answer, in time, leaves the rest out."""
    found, library = planned(tmp_path, load(TESTS / "cases" / "plans" / "decision-open-dates.yml"))
    answers = {
        "open/ask": "Well",
        "nested/ask": "Well",
        "runs/sure": "No",
        "runs/always/one": "No",
    }
    open_ = {row.address: row.due for row in found.rows()}
    told = {
        address: Progress("dana", done=open_[address], answer=answer)
        for address, answer in answers.items()
    }
    client = replace(found.client, progress={**found.client.progress, **told})
    answered = plan(library, client, TODAY, due.Calendar.of(library.company.calendar))
    left = {row.address: row.due for row in answered.rows() if not row.out}
    assert len(left) == 17
    assert left == {address: open_[address] for address in left}


@pytest.fixture(scope="module")
def billing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Library]:
    repeat = {"every": "month", "from": "kickoff", "until": "delivery-due"}
    bill = {"id": "bill", "due": "on the last business day of the month", "repeat": repeat}
    root = tmp_path_factory.mktemp("billing")
    return planned(root, {"sops": {"work": {"steps": [bill]}}})


@given(
    kickoff=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    months=st.integers(1, 30),
    pauses=st.lists(st.tuples(st.integers(-40, 900), st.integers(0, 80)), max_size=4),
)
def test_each_month_has_one_last_business_day(
    billing: tuple[Plan, Library], kickoff: date, months: int, pauses: list[tuple[int, int]]
) -> None:
    """Whatever the pauses: the month after the first one, the one after that, and so on."""
    found, library = billing
    spans = tuple(
        Span(kickoff + timedelta(first), kickoff + timedelta(first + length))
        for first, length in pauses
    )
    last = kickoff.year * 12 + kickoff.month - 1 + months
    until = date((last + 1) // 12, (last + 1) % 12 + 1, 1) - timedelta(1)
    dates = {
        "kickoff": EventDate(Moment(kickoff)),
        "delivery-due": EventDate(Moment(until)),
    }
    client = replace(found.client, dates={**found.client.dates, **dates}, paused=spans)
    made = plan(library, client, TODAY, due.Calendar.of(library.company.calendar))
    billed = [row.due.day for row in made.rows() if row.due]
    assert [day.year * 12 + day.month - 1 for day in billed] == list(
        range(last - months + 1, last + 1)
    )


EVERY = {
    "week": relativedelta(weeks=1),
    "2 weeks": relativedelta(weeks=2),
    "3 days": relativedelta(days=3),
    "month": relativedelta(months=1),
}


def _name(every: str) -> str:
    return f"every{every.replace(' ', '')}"


@pytest.fixture(scope="module")
def rhythm(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Library]:
    names = {every: _name(every) for every in EVERY}
    case = {
        "company": {
            "facts": {
                name: {"title": every, "one_of": [every], "default": every}
                for every, name in names.items()
            }
        },
        "sops": {
            "work": {
                "steps": [
                    {
                        "id": name,
                        "repeat": {"every": {"fact": name}, "from": "kickoff", "until": DUE},
                    }
                    for name in names.values()
                ]
            }
        },
    }
    return planned(tmp_path_factory.mktemp("rhythm"), case)


@given(
    kickoff=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    every=st.sampled_from(list(EVERY)),
    pauses=st.lists(st.tuples(st.integers(-40, 300), st.integers(0, 60)), max_size=3),
)
def test_what_repeats_keeps_its_rhythm_over_pauses(
    rhythm: tuple[Plan, Library], kickoff: date, every: str, pauses: list[tuple[int, int]]
) -> None:
    """A time that falls in a pause is left out; no other is moved, and none comes earlier."""
    found, library = rhythm
    calendar = due.Calendar.of(library.company.calendar)
    until = kickoff + timedelta(270)
    dates = {"kickoff": EventDate(Moment(kickoff)), DUE: EventDate(Moment(until))}
    spans = tuple(
        Span(kickoff + timedelta(first), kickoff + timedelta(first + length))
        for first, length in pauses
    )

    def days(paused: tuple[Span, ...]) -> list[date]:
        client = replace(found.client, dates={**found.client.dates, **dates}, paused=paused)
        made = plan(library, client, TODAY, calendar)
        address = f"work/{_name(every)}@"
        return [r.due.day for r in made.rows() if r.due and r.address.startswith(address)]

    slots = [kickoff + EVERY[every] * k for k in range(1, 100)]
    settled = [(slot, calendar.next_open(slot)) for slot in slots if slot <= until]
    resting = [pair for pair in settled if any(day in span for day in pair for span in spans)]
    assert days(()) == [day for _, day in settled]
    kept = days(spans)
    assert kept == [pair[1] for pair in settled if pair not in resting]
    assert not any(day in span for day in kept for span in spans)
    assert all(now >= then for now, then in zip(kept, days(()), strict=False))


BROKEN: Mapping[str, tuple[str, str, list[str]]] = {
    # what becomes unknown in which file, and whose plans that leaves
    "company": ("company.yml", "held_by: sam", []),
    "own-file": ("clients/birch.yml", "contract-signed", ["cedar"]),
    "planned": ("sops/onboard/work.yml", "management", []),
    "called": ("sops/onboard/inner.yml", "management", []),
    "called-by-a-case": ("sops/onboard/price.yml", "management", ["cedar"]),
    "case": ("sops/onboard/dispute.yml", "management", ["cedar"]),
    "not-planned": ("sops/onboard/idle.yml", "management", ["birch", "cedar"]),
    "cannot-be-read": ("sops/onboard/idle.yml", "status: active", []),
}


@pytest.mark.parametrize(("path", "words", "planned_for"), BROKEN.values(), ids=BROKEN)
def test_an_error_blocks_only_what_reads_it(
    path: str, words: str, planned_for: list[str], tmp_path: Path
) -> None:
    said = {"trigger": {"says": "Called."}}
    step = {"id": "one", "role": "management"}
    case = {
        "sops": {
            "work": {"steps": [{"id": "a", "role": "management"}, {"id": "b", "run": "inner"}]},
            "inner": {**said, "steps": [step]},
            "dispute": {**said, "steps": [step, {"id": "c", "run": "price"}]},
            "price": {**said, "steps": [step]},
            "idle": {**said, "steps": [step]},
        },
        "clients": {
            "birch": {"cases": [{"sop": "dispute", "id": "x", "opened": "2026-11-19"}]},
            "cedar": {},
        },
    }
    texts = {name: yaml.safe_dump(data, sort_keys=False) for name, data in files(case)}
    assert words in texts[path]
    texts[path] = texts[path].replace(words, words + "x")
    _, problems, plans = look(lay(tmp_path, {"base": False, "files": texts}))
    assert {problem.spot.path for problem in problems} == {path}
    assert plans
    assert [made.client.id for made in plans.all()] == planned_for
    for client in {"birch", "cedar"} - {*planned_for}:
        assert plans.blocked_by(client) == (path,)
