"""Data against its schema: the words of each problem, and two validators of one mind."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sopwith import data, shape
from sopwith.problem import Route
from sopwith.shape.formats import FORMATS
from sopwith.source import parse

SHAPES = {kind: shape.load(data.schema(kind)) for kind in data.KINDS}

SOP = """\
title: Onboarding
version: "1.0"
status: active
owner: management
approver: management
review: {every: quarter}
trigger: {says: A contract is signed.}
outcome: The project runs.
phases:
  - id: start
    title: Start
    steps:
      - id: welcome
        title: Send the welcome email
        role: account-manager
changes:
  - version: "1.0"
    effective: 2026-01-05
    by: dana
    summary: First version.
"""
COMPANY = """\
name: Alder & Finch
timezone: America/Chicago
people: {dana: {name: Dana Whitfield, email: dana@alderfinch.example}}
stages: [{id: onboard, title: Bring the client on board}]
roles: {management: {title: Management, held_by: [dana]}}
facts: {calls: {title: How often we talk, one_of: [week, 2 weeks]}}
"""
CLIENT = """\
name: Harbor Lane Dental
dates:
  kickoff: {planned: 2026-10-12, now: 2026-10-19 14:00}
progress:
  onboarding/welcome: {done: 2026-10-02, by: sam}
"""
REVIEW = """\
held: 2026-10-06
present: [dana]
decisions:
  - {id: split, what: Split the form, owner: management, due: 2026-11-15, status: done}
"""
CONFIRMATION = """\
sop: confidentiality
version: "3.0"
by: nell
confirmed: 2026-11-20
"""
OBSERVATION = """\
kind: feedback
date: 2026-10-14
summary: The form came back half empty.
tags: [billing]
score: 4 of 5
"""
EMAIL = """\
title: Welcome
version: "1.0"
owner: management
from: management
to: main_contact
subject: "Welcome, {{ contact.first_name }}"
body: |
  Hi.

  See you soon.
"""
DOCUMENT = 'title: Invoice\nversion: "1.0"\nowner: finance\nformats: [pdf]\nbody: Pay.\n'
RECORD = """\
cases: [{sop: quality-audit, id: after-the-move, opened: 2026-11-16, closed: 2026-11-27}]
exceptions: [{step: confidentiality/renew, reason: On leave, approved_by: management}]
progress:
  confidentiality/read-rules: {done: 2026-11-16, by: nell, note: Two questions}
  confidentiality/secure-devices: {not_applicable: true, by: nell, reason: Works on paper}
"""
FILES = {
    "sop": SOP,
    "company": COMPANY,
    "client": CLIENT,
    "record": RECORD,
    "review": REVIEW,
    "confirmation": CONFIRMATION,
    "observation": OBSERVATION,
    "email": EMAIL,
    "document": DOCUMENT,
}


def told(kind: str, text: str) -> list[tuple[str, str]]:
    """Each problem as `line:column code: message`, with its hint."""
    source, problems = parse("a.yml", text.encode())
    assert source is not None, problems
    found = shape.check(SHAPES[kind], source.data, "a.yml")
    places = [source.place(problem.spot) for problem in found]
    return [
        (f"{at.line}:{at.column} {p.code}: {p.message}", p.hint)
        for at, p in zip(places, found, strict=True)
    ]


@pytest.mark.parametrize("kind", data.KINDS)
def test_the_files_of_these_tests_are_valid(kind: str) -> None:
    assert told(kind, FILES[kind]) == []


def test_a_version_without_quotes_stays_as_it_is() -> None:
    assert told("sop", SOP.replace('version: "1.0"\nstatus', "version: 1.20\nstatus")) == []


STEPS = "    steps:\n      - id: welcome\n        title: Send the welcome email\n"
ROLE = "        role: account-manager\n"


@pytest.mark.parametrize(
    ("kind", "old", "new", "problem", "hint"),
    [
        # keys
        (
            "sop",
            "    steps:",
            "    stesp:",
            '12:5 unknown-key: no key is called "stesp" here',
            'did you mean "steps"?',
        ),
        (
            "sop",
            "owner: m",
            "Owner: m",
            '4:1 unknown-key: no key is called "Owner" here',
            'did you mean "owner"?',
        ),
        (
            "review",
            "status: done",
            "statsu: done, helped: true",
            '4:75 unknown-key: no key is called "statsu" here',
            'did you mean "status"?',
        ),
        (
            "client",
            "done:",
            "doen:",
            '5:24 unknown-key: no key is called "doen" here',
            'did you mean "done"?',
        ),
        (
            "review",
            "held: 2026-10-06",
            "held: 2026-10-06\nminutes: long",
            '2:1 unknown-key: no key is called "minutes" here',
            "known: signed",
        ),
        (
            "sop",
            "title: Onboarding\n",
            "",
            '1:1 missing-key: "title" is missing',
            "For example: title: Client onboarding",
        ),
        (
            "sop",
            ROLE,
            "",
            '13:9 missing-key: "role" is missing in "welcome"',
            "For example: role: client-relations-manager",
        ),
        (
            "sop",
            "{says: A contract is signed.}",
            "{event: signed}",
            '7:1 missing-key: "says" is missing in "trigger"',
            "For example: says: Someone asks about working with us.",
        ),
        (
            "observation",
            "tags",
            "sop: onboarding\ntags",
            '4:1 missing-with: "sop" needs "version" beside it',
            'The version of that SOP at the time, in quotes. For example: version: "1.1"',
        ),
        (
            "client",
            "done: 2026-10-02",
            "not_applicable: true",
            '5:24 missing-with: "reason" is missing, which not_applicable asks for',
            "Why the step does not apply. For example: reason: They chose Teams",
        ),
        (
            "sop",
            ROLE,
            ROLE + "        repeat: {every: week, from: kickoff}\n        for_each: milestones\n",
            '17:9 not-together: "for_each" does not go with "repeat"',
            "take one of them out",
        ),
        (
            "review",
            "status: done",
            "helped: true",
            '4:75 not-together: "helped" has no place here',
            "set the status to done, or take this out",
        ),
        # types
        (
            "sop",
            STEPS + ROLE,
            "    steps: none yet\n",
            '12:12 wrong-type: "steps" must be a list, not the text "none yet"',
            "write it as a list: steps: [none yet]",
        ),
        (
            "sop",
            "title: Onboarding",
            "title: true",
            '1:8 wrong-type: "title" must be text, not true',
            'put quotes around it: title: "true"',
        ),
        (
            "sop",
            "status: active",
            "status: false",
            '3:9 wrong-type: "status" must be text, not false',
            "write draft, active or retired",
        ),
        (
            "sop",
            ROLE,
            ROLE + "        substeps:\n          - Note: ask for the logo\n",
            '17:13 wrong-type: entry 1 of "substeps" must be text, not a map of keys to values',
            'put quotes around a text that holds a colon: "Note: ask for the logo"',
        ),
        (
            "sop",
            ROLE,
            ROLE + "        critical: yes\n",
            '16:19 wrong-type: "critical" must be true or false, not the text "yes"',
            "write true or false, without quotes",
        ),
        (
            "sop",
            "{says: A contract is signed.}",
            "[A contract is signed.]",
            '7:10 wrong-type: "trigger" must be a map of keys to values, not a list',
            "For example: trigger: {event: inquiry-received, says: Someone asks",
        ),
        # values
        (
            "sop",
            "status: active",
            "status: no",
            '3:9 unknown-value: "status" cannot be "no"',
            "write draft, active or retired",
        ),
        (
            "sop",
            "status: active",
            "status: Active",
            '3:9 unknown-value: "status" cannot be "Active"',
            'did you mean "active"?',
        ),
        # forms
        (
            "sop",
            "2026-01-05",
            "2026-02-30",
            '18:16 wrong-form: "2026-02-30" is no day of the calendar',
            "Write the year, the month and the day. For example: effective: 2026-10-05",
        ),
        (
            "sop",
            "2026-01-05",
            "5 January",
            '18:16 wrong-form: "5 January" is no date',
            "Write the year, the month and the day. For example: effective: 2026-10-05",
        ),
        (
            "client",
            "2026-10-19 14:00",
            "2026-10-19 25:00",
            '3:39 wrong-form: "2026-10-19 25:00" is no date',
            "Write the year, the month and the day. For example: now: 2026-10-19",
        ),
        (
            "sop",
            "role: account-manager",
            "role: Account Manager",
            '15:15 wrong-form: "role" cannot be written "Account Manager"',
            'did you mean "account-manager"?',
        ),
        (
            "company",
            "{dana: {name: Dana Whitfield,",
            "{Dana: {name: Dana Whitfield,",
            '3:10 wrong-form: the key cannot be written "Dana"',
            'did you mean "dana"?',
        ),
        (
            "company",
            "America/Chicago",
            "America/Chigago",
            '2:11 wrong-form: "America/Chigago" is no time zone',
            'did you mean "America/Chicago"?',
        ),
        (
            "company",
            "dana@alderfinch.example",
            "dana",
            '3:46 wrong-form: "dana" is no email address',
            "For example: email: dana@alderfinch.example",
        ),
        (
            "sop",
            "The project runs.",
            '""',
            '8:10 wrong-form: "outcome" is empty',
            "For example: outcome: The client knows whom to call and kickoff has happened.",
        ),
        (
            "sop",
            "title: Onboarding",
            "title: " + "x" * 301,
            '1:8 wrong-form: "title" has 301 characters, and at most 300 fit',
            "For example: title: Client onboarding",
        ),
        (
            "sop",
            "title: Onboarding",
            "title: |\n  On\n  boarding",
            '1:8 wrong-form: "title" goes over several lines: "On boarding"',
            "For example: title: Client onboarding",
        ),
        # lists
        (
            "review",
            "[dana]",
            "[]",
            '2:1 too-few: "present" is empty',
            "For example: present: [dana, sam]",
        ),
        (
            "sop",
            ROLE,
            ROLE + "        decision: {question: Agreed?, answers: [{answer: a}]}\n",
            '16:39 too-few: "answers" has 1 entry and needs at least 2',
            'For example: answers: [{answer: "Yes"}, {answer: "No", go: end}]',
        ),
        (
            "observation",
            "[billing]",
            "[billing, form, billing]",
            '4:23 repeated-entry: "billing" stands in "tags" more than once',
            "keep one of them and take the other out",
        ),
    ],
)
def test_one_fault_is_one_problem(kind: str, old: str, new: str, problem: str, hint: str) -> None:
    assert old in FILES[kind]
    ((told_problem, told_hint),) = told(kind, FILES[kind].replace(old, new, 1))
    assert told_problem == problem
    assert hint in told_hint


def test_every_fault_is_told_in_the_order_of_routes() -> None:
    text = SOP.replace("owner: m", "owner: M").replace("    by: dana\n", "").replace(ROLE, "")
    assert [problem.partition(": ")[0] for problem, _ in told("sop", text)] == [
        "16:5 missing-key",
        "4:8 wrong-form",
        "13:9 missing-key",
    ]


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "date",
            ["2026-02-28", "2028-02-29"],
            ["2026-02-29", "20260228", "2026-W01-1", "2026-2-1"],
        ),
        ("moment", ["2026-02-28", "2026-02-28 16:50"], ["2026-02-28T16:50", "2026-02-28 24:10"]),
        ("timezone", ["America/Chicago", "Europe/Vienna", "UTC"], ["America", "CST6", "", "../x"]),
        (
            "email",
            ["a@b.example", "e+x@b-c.example", "o'brien@b.example"],
            ["a", "a@b", "a@@b.example", "a b@c.example", "é@b.example", "a..b@c.example", "a@-.b"],
        ),
        (
            "uri",
            ["https://a.example/b?c#d"],
            ["a.example", "ftp://a.example", "https://", "http://[a"],
        ),
    ],
)
def test_formats(name: str, good: list[str], bad: list[str]) -> None:
    assert [text for text in good if not FORMATS[name](text)] == []
    assert [text for text in bad if FORMATS[name](text)] == []


def spots(value: Any, route: Route = ()) -> Iterator[Route]:
    """The routes of all parts below a value."""
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, part in steps:
        yield (*route, step)
        if isinstance(part, dict | list):
            yield from spots(part, (*route, step))


LOADED = {kind: parse(kind, text.encode())[0] for kind, text in FILES.items()}
KEYS = sorted(
    {str(step) for source in LOADED.values() if source for *_, step in spots(source.data)}
)
TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "true", "x\n", "2026-02-30", "2026-02-28", "a-b", "A b", "1.0", "end"]
    ),
    st.text(st.sampled_from("aZ09-_ .:/@\n\té٣\u00a0\u2003𝄞"), max_size=8),
    st.integers(299, 301).map(lambda size: "x" * size),
)
VALUES = st.recursive(
    st.one_of(st.booleans(), TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(KEYS), TEXTS), inner, max_size=3),
    ),
    max_leaves=6,
)
FOREIGN = ("is not of type", "required property", "does not match", "is not one of", "unexpected")


def change(target: Any, route: Route, how: str, value: Any) -> None:
    for step in route[:-1]:
        target = target[step]
    last = route[-1]
    if how == "drop":
        del target[last]
    elif how == "rename" and isinstance(target, dict):
        target[f"{last}x"] = target.pop(last)
    elif how == "add" and isinstance(target, dict):
        target[str(value)[:10] or "x"] = value
    else:
        target[last] = value


@given(st.data())
def test_two_validators_agree_and_every_problem_can_be_shown(draws: st.DataObject) -> None:
    kind = draws.draw(st.sampled_from(sorted(FILES)))
    source = LOADED[kind]
    assert source is not None
    mutated: Any = copy.deepcopy(source.data)
    for _ in range(draws.draw(st.integers(1, 3))):
        routes = sorted(spots(mutated), key=repr)
        how = draws.draw(st.sampled_from(["put", "drop", "rename", "add"]))
        if routes:
            change(mutated, draws.draw(st.sampled_from(routes)), how, draws.draw(VALUES))

    problems = shape.check(SHAPES[kind], mutated, "a.yml")
    assert SHAPES[kind].fast.is_valid(mutated) == (not shape.errors(SHAPES[kind], mutated))
    assert bool(problems) != SHAPES[kind].fast.is_valid(mutated)

    dumped = yaml.safe_dump(copy.deepcopy(mutated), allow_unicode=True)
    written, _ = parse("a.yml", dumped.encode())
    for problem in problems:
        assert problem.hint
        assert not any(words in problem.message + problem.hint for words in FOREIGN)
        assert "\n" not in problem.message + problem.hint
        if written:
            assert written.place(problem.spot).line <= dumped.count("\n")
