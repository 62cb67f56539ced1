"""A year of the example firm, lived again: every figure of its reports counted anew by hand.

What is expected is read from the raw files and counted in plain Python; nothing of it goes through
our model, our calendar or our plans.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import holidays
import pytest
import yaml
from dateutil.relativedelta import relativedelta

from replayed import HOME, Files, content, live_until
from sopwith.model import Quarter
from sopwith.outputs.review import Report, gather
from sopwith.outputs.review.figures.whereabouts import Whereabouts
from sopwith.outputs.review.plain import files as plain_files
from sopwith.outputs.review.words import sheet
from sopwith.outputs.review.words.pen import Pen
from sopwith.workspace import Inputs, open_workspace

DAY = date.fromisoformat
# Each report is made some days after its quarter, but the last, which is made within it.
LIVED = {
    "2026-Q1": ("2025-12-31", "2026-02-28", "2026-04-06"),
    "2026-Q2": ("2026-05-31", "2026-07-06"),
    "2026-Q3": ("2026-08-31", "2026-10-05"),
    "2026-Q4": ("2026-11-20",),
}
QUARTERS = pytest.mark.parametrize("quarter", LIVED)


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says, and the files it was made of, as they stood on that day."""

    quarter: str
    today: date
    raw: Files
    report: Report
    data: Mapping[str, Any]
    tables: Mapping[str, list[dict[str, str]]]
    opens_with: str

    @property
    def first(self) -> date:
        return DAY(f"{self.quarter[:4]}-{3 * int(self.quarter[-1]) - 2:02}-01")

    @property
    def last(self) -> date:
        return self.first + relativedelta(months=3, days=-1)

    @property
    def until(self) -> date:
        return min(self.today, self.last)

    def within(self, text: str) -> bool:
        return self.first <= DAY(text[:10]) <= self.last

    def of(self, folder: str) -> dict[str, Any]:
        """The files of a folder by their names."""
        return {Path(p).stem: data for p, data in self.raw.items() if p.startswith(f"{folder}/")}

    def noted(self, kind: str = "") -> dict[str, Any]:
        """The observations of the quarter."""
        found = self.of("observations").items()
        return {i: o for i, o in found if self.within(o["date"]) and kind in ("", o["kind"])}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Told]:
    root = tmp_path_factory.mktemp("year")
    for name in ("company.yml", "mkdocs.yml"):
        shutil.copy(HOME / name, root)
    for name in ("emails", "documents", "pages"):
        shutil.copytree(HOME / name, root / name)
    files = content()
    there: Files = {}
    told = {}
    for quarter, days in LIVED.items():
        there = live_until(root, files, map(DAY, days), there)
        told[quarter] = _report(root, quarter, DAY(days[-1]))
    return told


def _report(root: Path, quarter: str, today: date) -> Told:
    work = open_workspace(Inputs(root, today=today))
    assert not [problem for problem in work.in_files if problem.is_error]
    assert work.plans
    report = gather(work.library, work.plans, Quarter.parse(quarter))
    made = {name: text.decode() for name, text in plain_files(report)}
    pen = Pen(work.library, shared=False, places=Whereabouts(work.library.sops.values()))
    raw = {
        path.relative_to(root).as_posix(): yaml.safe_load(path.read_text("utf-8"))
        for path in sorted(root.rglob("*.yml"))
    }
    return Told(
        quarter,
        today,
        raw,
        report,
        json.loads(made["data.json"]),
        {n: list(csv.DictReader(t.splitlines())) for n, t in made.items() if n.endswith(".csv")},
        sheet(report, pen, "uncommitted").sections[0].says,
    )


# What was noticed ---------------------------------------------------------------------------------


@QUARTERS
def test_what_was_noticed(year: Mapping[str, Told], quarter: str) -> None:
    told = year[quarter]
    assert [of["id"] for of in told.data["observations"]] == sorted(
        told.noted(), key=lambda id_: (told.noted()[id_]["date"], id_)
    )
    assert told.data["quarters"][-1]["noticed"] == Counter(
        of["kind"] for of in told.noted().values()
    )
    assert told.data["coverage"]["loose"] == sum("sop" not in of for of in told.noted().values())


@QUARTERS
def test_feedback(year: Mapping[str, Told], quarter: str) -> None:
    told = year[quarter]
    by: defaultdict[str, list[Any]] = defaultdict(list)
    for of in told.noted("feedback").values():
        by[of.get("category", "")].append(of)
    assert {of["category"]: of["count"] for of in told.data["feedback"]} == {
        category: len(found) for category, found in by.items()
    }
    for of in told.data["feedback"]:
        found = by[of["category"]]
        scores = [tuple(map(int, o["score"].split(" of "))) for o in found if "score" in o]
        answered = sum(o.get("action", {}).get("status", "open") != "open" for o in found)
        assert (of["answered"], of["scores"]) == (answered, len(scores))
        mean = sum(Fraction(*score) for score in scores) / len(scores) if scores else Fraction(0)
        expected = round(float(mean * of["out_of"]), 4) if len(scores) >= 5 else None
        assert of["mean"] == expected
        if scores:
            assert {of["out_of"]} == {scale for _, scale in scores}  # this firm has one scale


def _place(told: Told, of: Any) -> tuple[str, str]:
    """Where a step is today: under its new id, or in the SOP that took it over."""
    sop, step = of.get("sop", ""), of.get("step", "")
    sops = told.of("sops")
    ids = {id_: [s["id"] for s in _steps(data)] for id_, data in sops.items()}
    former = {f["id"]: f for f in sops[sop].get("former_steps", ())} if sop else {}
    if not step or step in ids[sop] or step not in former:
        return sop, step
    if "now" in former[step]:
        return sop, former[step]["now"]
    heirs = [i for i, steps in ids.items() if step in steps and sops[i]["status"] == "active"]
    return (heirs[0], step) if heirs else (sop, step)


def _steps(sop: Any) -> list[Any]:
    return [step for phase in sop["phases"] for step in phase["steps"]]


@QUARTERS
def test_friction(year: Mapping[str, Told], quarter: str) -> None:
    told = year[quarter]
    ever: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for id_, of in told.of("observations").items():
        if of["kind"] == "friction" and DAY(of["date"]) <= told.last:
            ever[_place(told, of)].append(id_)
    now = set(told.noted("friction"))
    expected = {at: (now & set(ids), set(ids)) for at, ids in ever.items() if now & set(ids)}
    found = {
        (of["sop"], of["step"]): (set(of["observations"]), set(of["ever"]))
        for of in told.data["frictions"]
    }
    assert found == expected
    counts = [len(of["observations"]) for of in told.data["frictions"]]
    assert counts == sorted(counts, reverse=True)


@QUARTERS
def test_themes(year: Mapping[str, Told], quarter: str) -> None:
    told = year[quarter]
    ever: defaultdict[str, set[str]] = defaultdict(set)
    for id_, of in told.of("observations").items():
        for tag in of.get("tags", ()) if DAY(of["date"]) <= told.last else ():
            ever[tag].add(id_)
    now = set(told.noted())
    assert {of["tag"]: set(of["ever"]) for of in told.data["themes"]} == {
        tag: ids for tag, ids in ever.items() if len(ids) > 1 and ids & now
    }


def _answers(told: Told) -> dict[str, list[Any]]:
    """What was agreed about each observation: by a meeting that took it up, else by itself."""
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for review in told.of("reviews").values():
        for decision in review["decisions"]:
            for id_ in decision.get("takes_up", ()):
                found[id_].append(decision)
    for id_, of in told.of("observations").items():
        if "action" in of and id_ not in found:
            found[id_].append(of["action"])
    return found


@QUARTERS
def test_new_situations(year: Mapping[str, Told], quarter: str) -> None:
    told = year[quarter]
    since = told.last - relativedelta(years=1)
    seen = {
        id_: of
        for id_, of in told.of("observations").items()
        if of["kind"] == "new-situation" and since < DAY(of["date"]) <= told.last
    }
    groups: defaultdict[str, list[str]] = defaultdict(list)
    often = Counter(tag for of in seen.values() for tag in of.get("tags", ()))
    for id_, of in sorted(seen.items()):
        groups[min(of.get("tags", [id_]), key=lambda tag: (-often[tag], tag))].append(id_)
    expected = {}
    for ids in groups.values():
        agreed = [action for id_ in ids for action in _answers(told).get(id_, ())]
        is_open = any(action.get("status", "open") == "open" for action in agreed)
        if told.within(ids[-1]) or is_open:
            hurt = any(seen[id_].get("hurt", False) for id_ in ids)
            last = max(seen[id_]["date"] for id_ in ids)
            is_done = any(a.get("status") == "done" and a["due"] >= last for a in agreed)
            asks = (hurt or len(ids) > 1) and not (is_open or is_done)
            expected[tuple(ids)] = (hurt, asks)
    assert {
        tuple(of["observations"]): (of["hurt"], of["asks"]) for of in told.data["situations"]
    } == expected


# What was agreed ----------------------------------------------------------------------------------


def _agreed(told: Told) -> Iterator[tuple[str, Any]]:
    """Every action with the quarter it belongs to, each once."""
    taken = set()
    for quarter, review in told.of("reviews").items():
        for decision in review["decisions"]:
            taken |= set(decision.get("takes_up", ()))
            if quarter <= told.quarter:
                yield quarter, decision
    for id_, of in told.of("observations").items():
        if "action" in of and id_ not in taken and DAY(of["date"]) <= told.last:
            yield _quarter(DAY(of["date"])), of["action"]


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


@QUARTERS
def test_what_was_agreed_and_what_became_of_it(year: Mapping[str, Told], quarter: str) -> None:
    told = year[quarter]
    agreed = list(_agreed(told))
    assert Counter((row["what"], row["status"]) for row in told.tables["actions.csv"]) == Counter(
        (action["what"], action.get("status", "open")) for _, action in agreed
    )
    late = sum(a.get("status", "open") == "open" and DAY(a["due"]) < told.today for _, a in agreed)
    assert sum(row["overdue"] == "yes" for row in told.tables["actions.csv"]) == late
    for of in told.data["quarters"]:
        ours = [action for quarter, action in agreed if quarter == of["quarter"]]
        done = [action for action in ours if action.get("status") == "done"]
        expected = (
            len(ours),
            len(done),
            sum(action.get("helped") is True for action in done),
            sum(action.get("helped") is False for action in done),
        )
        assert (of["agreed"], of["done"], of["helped"], of["did_not_help"]) == expected


@QUARTERS
def test_it_opens_with_what_became_of_the_last_meeting(
    year: Mapping[str, Told], quarter: str
) -> None:
    told = year[quarter]
    before = _quarter(told.first - timedelta(days=1))
    ours = [action for of, action in _agreed(told) if of == before]
    states = Counter(action.get("status", "open") for action in ours)
    parts = ", ".join(f"{states[s]} {s}" for s in ("done", "open", "dropped") if states[s])
    assert f"Of {len(ours)} actions agreed: {parts}." in told.opens_with
    held = DAY(told.of("reviews")[before]["held"])
    assert f"was held on {held:%B} {held.day}, {held.year}." in told.opens_with


# The library --------------------------------------------------------------------------------------


@QUARTERS
def test_versions_that_took_effect(year: Mapping[str, Told], quarter: str) -> None:
    told = year[quarter]
    expected = set()
    for id_, sop in told.of("sops").items():
        versions = [change["version"] for change in sop["changes"]]
        for change, before in zip(sop["changes"], [*versions[1:], ""], strict=True):
            if told.within(change["effective"]):
                major = before and change["version"].split(".")[0] != before.split(".")[0]
                size = "new" if not before else "major" if major else "minor"
                expected.add((id_, change["version"], change["effective"], size))
    assert expected == {
        (of["sop"], of["version"], of["effective"], of["size"]) for of in told.data["changes"]
    }


_UNITS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}


@QUARTERS
def test_reviews_due(year: Mapping[str, Told], quarter: str) -> None:
    told = year[quarter]
    expected: dict[str, tuple[str, str | None]] = {}
    for id_, sop in told.of("sops").items():
        if told.until < told.today and DAY(sop["changes"][-1]["effective"]) > told.until:
            continue  # there was no such procedure yet
        rhythm = sop["review"]
        if sop["status"] != "active":
            expected[id_] = (sop["status"], None)
        elif "last" not in rhythm:
            expected[id_] = ("never", None)
        elif DAY(rhythm["last"]) > told.until:
            expected[id_] = ("since", None)
        else:
            last = DAY(rhythm["last"])
            number, _, unit = rhythm["every"].rpartition(" ")
            step = _UNITS[unit.removesuffix("s")]
            days = [last + step * int(number or 1)]
            for client in told.of("clients").values():
                when = _events(client).get(rhythm.get("also_after", ""))
                over = DAY(client["ended"]["date"]) if "ended" in client else date.max
                if when and last < when <= over:
                    days.append(when + timedelta(weeks=2))
            due = min(days)
            due_by = max(told.until, told.last)
            state = "overdue" if due < told.until else "due" if due <= due_by else "later"
            expected[id_] = (state, str(due))
    assert {of["sop"]: (of["state"], of["next"]) for of in told.data["reviews"]} == expected


# Clients ------------------------------------------------------------------------------------------


def _events(client: Any) -> dict[str, date]:
    """The days that a client's file states; where one moved, the new one."""
    stated = client.get("dates", {}).items()
    days = {e: d.get("now") or d["planned"] if isinstance(d, dict) else d for e, d in stated}
    return {event: DAY(str(day)[:10]) for event, day in days.items()}


def _marks(client: Any) -> dict[str, date]:
    marks = client.get("progress", {}).items()
    return {address: DAY(mark["done"][:10]) for address, mark in marks if "done" in mark}


def _begun(client: Any) -> date:
    return min([*_events(client).values(), *_marks(client).values()])


def _with_us(told: Told) -> dict[str, Any]:
    return {
        id_: client
        for id_, client in told.of("clients").items()
        if _begun(client) <= told.last
        and ("ended" not in client or DAY(client["ended"]["date"]) >= told.first)
    }


@QUARTERS
def test_clients_that_came_and_went(year: Mapping[str, Told], quarter: str) -> None:
    told = year[quarter]
    here = _with_us(told)
    around = told.data["around"]
    assert told.data["coverage"]["engagements"] == len(here)
    accounts = {client.get("account", id_) for id_, client in here.items()}
    assert told.data["coverage"]["clients"] == len(accounts)
    assert set(around["began_again"]) == {
        id_
        for id_ in around["began"]
        for other in told.of("clients").values()
        if _begun(other) < told.first and other.get("account") == here[id_].get("account", id_)
    }
    assert set(around["began"]) == {
        id_ for id_, client in here.items() if told.first <= _begun(client) <= told.last
    }
    assert set(around["ended"]) == {
        id_ for id_, c in here.items() if "ended" in c and told.within(c["ended"]["date"])
    }
    moves = Counter(
        of.get("caused_by", "other")
        for client in here.values()
        for of in client.get("dates", {}).values()
        if isinstance(of, dict)
        and of.get("now", of["planned"]) != of["planned"]
        and (told.within(of["planned"]) or told.within(of["now"]))
    )
    assert around["moved"] == moves
    assert around["pauses"] == sum(
        DAY(pause["from"]) <= told.last and DAY(pause["to"]) >= told.first
        for client in here.values()
        for pause in client.get("paused", ())
    )


# Work ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Found:
    """The step behind an address: whose it is, and the case it is in."""

    sop: str
    step: Any
    case: str
    nested: bool


def _step_at(told: Told, address: str) -> Found | None:
    """Follow an address from SOP to SOP; None where no plan of that day holds it."""
    sops = told.of("sops")
    first, *between, last = address.split("/")
    sop, _, case = first.partition("@")
    for part in between:
        if sops.get(sop, {}).get("status") != "active":
            return None
        caller = next((s for s in _steps(sops[sop]) if s["id"] == part.partition("@")[0]), None)
        if caller is None:
            return None
        answers = caller.get("decision", {}).get("answers", ())
        led = [a["go"]["sop"] for a in answers if isinstance(a, dict) and "sop" in a.get("go", {})]
        sop = caller.get("run") or next(iter(led), "")
    if sop not in sops or sops[sop]["status"] != "active":
        return None
    found = next((s for s in _steps(sops[sop]) if s["id"] == last.partition("@")[0]), None)
    if found is None or sops.get(found.get("run", ""), {}).get("status") == "active":
        return None  # a step that runs another SOP is a heading
    return Found(sop, found, case, bool(between))


def _done(told: Told) -> Iterator[tuple[str, str, Found, date]]:
    """Client, address, step and day of each step done in the quarter, up to the day told of."""
    for id_, client in _with_us(told).items():
        for address, day in _marks(client).items():
            found = _step_at(told, address)
            if found and told.first <= day <= told.until:
                yield id_, address, found, day


@QUARTERS
def test_steps_done(year: Mapping[str, Told], quarter: str) -> None:
    told = year[quarter]
    rows = [row for row in told.tables["steps.csv"] if row["state"] == "done"]
    assert {(_id(row), row["step"], row["sop"], row["done"]) for row in rows} == {
        (id_, address, of.sop, str(day)) for id_, address, of, day in _done(told)
    }
    assert rows
    expected = Counter(of.sop for _, _, of, _ in _done(told))
    assert {of["sop"]: of["done"] for of in told.data["procedures"] if of["done"]} == expected
    silent = len(_with_us(told)) - len({id_ for id_, *_ in _done(told)})
    assert told.data["coverage"]["silent"] == silent


def _id(row: Mapping[str, str]) -> str:
    return Path(row["file"]).stem


@QUARTERS
def test_steps_done_on_time(year: Mapping[str, Told], quarter: str) -> None:
    told = year[quarter]
    days = _Days(told)
    told_by = {
        (_id(row), row["step"]): row for row in told.tables["steps.csv"] if row["state"] == "done"
    }
    kept: Counter[str] = Counter()
    timed: Counter[str] = Counter()
    by_hand = early = 0
    for id_, address, found, day in _done(told):
        row = told_by[id_, address]
        due = days.due(told.of("clients")[id_], address, found)
        if due:
            by_hand += 1
            assert row["due"] == str(due), (id_, address, found.step["due"])
        elif row["due"]:
            due = DAY(row["due"])
        if due and due < _in_force(told, found.sop):
            early += 1
            assert row["on_time"] == ""
        elif due:
            timed[found.sop] += 1
            kept[found.sop] += day <= due
            assert row["on_time"] == ("yes" if day <= due else "no")
    assert by_hand >= 0.6 * (sum(timed.values()) + early)
    assert told.data["coverage"]["early"] >= early
    found_ = {of["sop"]: (of["on_time"], of["timed"]) for of in told.data["procedures"]}
    assert found_ == {sop: (kept[sop], timed[sop]) for sop in found_}
    trend = told.data["quarters"][-1]
    assert (trend["on_time"], trend["timed"]) == (sum(kept.values()), sum(timed.values()))


def _in_force(told: Told, sop: str) -> date:
    """Since when there has been such a procedure."""
    return min(DAY(change["effective"]) for change in told.of("sops")[sop]["changes"])


@QUARTERS
def test_overdue_steps(year: Mapping[str, Told], quarter: str) -> None:
    told = year[quarter]
    days = _Days(told)
    overdue = [row for row in told.tables["steps.csv"] if row["state"] == "overdue"]
    rows = [row for row in overdue if row["file"].startswith("clients/")]
    assert len(overdue) - len(rows) == len(told.data["overdue_of_our_own"])
    for row in rows:
        assert DAY(row["due"]) >= _in_force(told, row["sop"])
        client = told.of("clients")[_id(row)]
        mark = _marks(client).get(row["step"])
        assert mark is None or mark > told.until
        assert DAY(row["due"]) < told.until
        found = _step_at(told, row["step"])
        assert found
        due = days.due(client, row["step"], found)
        assert due is None or row["due"] == str(due)
    late = Counter(row["sop"] for row in rows)
    assert {of["sop"]: of["overdue"] for of in told.data["procedures"] if of["overdue"]} == late
    waiting: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        step = row["step"].rpartition("/")[2].partition("@")[0]
        waiting[row["sop"], step].add(told.of("clients")[_id(row)].get("account", _id(row)))
    assert {(of["sop"], of["step"]): of["clients"] for of in told.data["bottlenecks"]} == {
        at: len(clients) for at, clients in waiting.items() if len(clients) > 1
    }


@dataclass(slots=True)
class _Days:
    """Due dates by hand, of the rules that take a few lines to follow; of others, None."""

    told: Told
    closed: set[date] = field(default_factory=set)

    def __post_init__(self) -> None:
        calendar = self.told.raw["company.yml"]["calendar"]
        names = set(calendar["holidays"]["observed"])
        for day, name in holidays.country_holidays("US", years=range(2025, 2028)).items():
            if names & {part.removesuffix(" (observed)") for part in name.split("; ")}:
                self.closed.add(day)
        for closure in calendar["closures"]:
            first, last = closure["from"], closure["to"]
            self.closed |= {first + timedelta(days=n) for n in range((last - first).days + 1)}

    def is_open(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.closed

    def near(self, day: date, step: int) -> date:
        while not self.is_open(day):
            day += timedelta(days=step)
        return day

    def due(self, client: Any, address: str, found: Found) -> date | None:
        rule = re.fullmatch(
            r"(?:(\d+) (business day|day|week|month)s? (before|after)|on) (.+)",
            found.step.get("due", ""),
        )
        if "repeat" in found.step:
            return self.again(client, address, found.step)
        if rule is None:
            return None
        anchor = self.anchor(client, address, found, rule[4])
        if anchor is None:
            return None
        due = self.reckoned(rule, anchor)
        return due if self.goes_on(client, max(due, anchor)) else None

    def goes_on(self, client: Any, day: date) -> bool:
        """No pause by then: what one moves takes more than a line."""
        return all(day < DAY(pause["from"]) for pause in client.get("paused", ()))

    def again(self, client: Any, address: str, step: Any) -> date | None:
        """The n-th time: so many intervals after the first day, or the month's last open day."""
        every, first = step["repeat"]["every"], _events(client).get(step["repeat"]["from"])
        if isinstance(every, dict):
            fact = self.told.raw["company.yml"]["facts"][every["fact"]]
            every = client["facts"].get(every["fact"], fact.get("default"))
        number, _, unit = every.rpartition(" ")
        if first is None:
            return None
        by = _UNITS[unit.removesuffix("s")] * int(number or 1)
        day = first + by * int(address.rpartition("@")[2])
        return self.near(day, 1) if "due" not in step and self.goes_on(client, day) else None

    def anchor(self, client: Any, address: str, found: Found, name: str) -> date | None:
        suffix = address.rpartition("/")[2].partition("@")[2]
        if suffix and "for_each" not in found.step:
            return None  # a round: what it counts from takes more than a line
        if name == "opened":
            cases = {f"{of['sop']}@{of['id']}": of for of in client.get("cases", ())}
            case = None if found.nested else cases.get(address.partition("/")[0])
            return DAY(case["opened"][:10]) if case else None
        if name == "item-due":
            items = {of["id"]: of for of in client[found.step["for_each"]]}
            return DAY(items[suffix]["due"])
        if name.startswith("step "):
            before = f"{address.rpartition('/')[0]}/{name.removeprefix('step ')}"
            marks = {a: d for a, d in _marks(client).items() if a.partition("@")[0] == before}
            plain = "@" not in address and set(marks) == {before}
            return marks[before] if plain and _step_at(self.told, before) else None
        return _events(client).get(name)

    def reckoned(self, rule: re.Match[str], anchor: date) -> date:
        number, unit, side = int(rule[1] or 0), rule[2], rule[3] or "after"
        step = 1 if side == "after" else -1
        if unit == "business day":
            day = self.near(anchor, -step)
            for _ in range(number):
                day = self.near(day + timedelta(days=step), step)
            return day
        by = _UNITS[unit or "day"] * number
        return self.near(anchor + by * step, step)


def test_it_is_a_year(year: Mapping[str, Told]) -> None:
    """The quarters hang together: what one counts of the past is what the past had counted."""
    for before, now in _pairs(year.values()):
        known = {of["quarter"]: of for of in now.data["quarters"]}
        assert known[before.quarter]["noticed"] == before.data["quarters"][-1]["noticed"]
        assert known[before.quarter]["feedback"] == before.data["quarters"][-1]["feedback"]
        assert known[before.quarter]["changes"] == before.data["quarters"][-1]["changes"]


def _pairs(told: Iterable[Told]) -> Iterator[tuple[Told, Told]]:
    return pairwise(told)
