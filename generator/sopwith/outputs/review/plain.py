"""The figures as plain data: one JSON file for programs, and tables for spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain

from sopwith.model import Observation
from sopwith.outputs.review.figures.groups import Agreed
from sopwith.outputs.review.figures.progress import Progress, Worked
from sopwith.outputs.review.figures.report import Report
from sopwith.outputs.review.words.pen import middle
from sopwith.tables import to_csv


def files(report: Report) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each. The tables hold what the figures were counted from."""
    text = json.dumps(_data(report), ensure_ascii=False, indent=1)
    yield "data.json", text.encode() + b"\n"
    yield "procedures.csv", to_csv(_lines(map(_procedure, report.progress)))
    steps = (
        _step(of, state)
        for progress in report.progress
        for state, found in (("done", progress.done), ("overdue", progress.late))
        for of in found
    )
    own = (_step(of, "overdue") for of in report.own_late)
    if report.confirming:
        yield "confirmations.csv", to_csv(_lines(_confirming(report)))
    yield "steps.csv", to_csv(_lines(chain(steps, own)))
    yield "observations.csv", to_csv(_lines(map(_noted, _all_noted(report))))
    yield "actions.csv", to_csv(_lines(map(_agreed, report.agreed)))


def _lines(rows: Iterable[dict[str, object]]) -> Iterator[Sequence[str]]:
    for number, row in enumerate(rows):
        if number == 0:
            yield list(row)
        yield ["" if value is None else str(value) for value in row.values()]


def _data(report: Report) -> dict[str, object]:
    return {
        "quarter": str(report.quarter),
        "today": str(report.today),
        "until": str(report.until),
        "procedures": [_procedure(of) for of in report.progress],
        "overdue": [_step(of, "overdue") for of in report.late],
        "overdue_of_our_own": [_step(of, "overdue") for of in report.own_late],
        "bottlenecks": [
            {"sop": of.sop.id, "step": of.step, "clients": len({s.number for s in of.late})}
            for of in report.stuck
        ],
        "frictions": [
            {
                "sop": of.sop,
                "step": of.step,
                "observations": [seen.id for seen in of.observations],
                "ever": [seen.id for seen in of.ever],
                "asks": of.asks,
            }
            for of in report.frictions
        ],
        "themes": [{"tag": of.tag, "ever": [seen.id for seen in of.ever]} for of in report.themes],
        "situations": [
            {
                "tag": of.tag,
                "observations": [seen.id for seen in of.observations],
                "hurt": of.hurt,
                "asks": of.asks,
            }
            for of in report.situations
        ],
        "feedback": [
            {
                "category": of.category,
                "count": of.count,
                "answered": of.answered,
                "scores": of.scores,
                "mean": None if of.mean is None else _number(of.mean * of.out_of),
                "out_of": of.out_of,
            }
            for of in report.feedback
        ],
        "observations": [_noted(seen) for seen in report.observations],
        "actions": [_agreed(of) for of in report.agreed],
        "reviews": [
            {
                "sop": of.sop.id,
                "version": str(of.sop.version),
                "state": of.state,
                "last": _text(of.sop.review.last),
                "next": _text(of.next),
            }
            for of in report.reviews
        ],
        "confirmations": [*_confirming(report)],
        "changes": [
            {
                "sop": of.sop.id,
                "version": str(of.change.version),
                "effective": str(of.change.effective),
                "size": of.size,
            }
            for of in report.changes
        ],
        "unused": [sop.id for sop in report.unused],
        "essential": {name: sop.id if sop else None for name, sop in report.essential},
        "around": {
            "began": [client.id for client in report.around.began],
            "began_again": [client.id for client in report.around.again],
            "ended": [client.id for client in report.around.ended],
            "joined": [person.id for person in report.around.joined],
            "left": [person.id for person in report.around.left],
            "moved": dict(report.around.moves),
            "pauses": report.around.pauses,
        },
        "quarters": [
            {
                "quarter": str(of.quarter),
                "timed": of.timed,
                "on_time": of.on_time,
                "noticed": dict(of.kinds),
                "feedback": dict(of.feedback),
                "changes": dict(of.changes),
                "agreed": of.agreed,
                "done": of.done,
                "helped": of.helped,
                "did_not_help": of.not_helped,
            }
            for of in report.trend
        ],
        "coverage": {
            "engagements": report.coverage.engagements,
            "clients": report.coverage.clients,
            "blocked": report.coverage.blocked,
            "lacking": report.coverage.lacking,
            "silent": report.coverage.silent,
            "unread": report.coverage.unread,
            "unplaced": report.coverage.unplaced,
            "undated": report.coverage.undated,
            "early": report.coverage.early,
            "loose": report.coverage.loose,
        },
    }


def _procedure(of: Progress) -> dict[str, object]:
    planned = middle(s.planned for s in of.measured if s.planned is not None)
    actual = middle(s.actual for s in of.measured if s.actual is not None)
    return {
        "sop": of.sop.id,
        "engagements": of.clients,
        "done": len(of.done),
        "timed": len(of.timed),
        "on_time": of.on_time,
        "to_do": of.to_do,
        "overdue": len(of.late),
        "settled": of.settled,
        "overtaken": of.passed,
        "not_applicable": of.not_applicable,
        "excepted": of.excepted,
        "measured": len(of.measured),
        "planned_days": None if planned is None else _number(planned),
        "actual_days": None if actual is None else _number(actual),
    }


def _confirming(report: Report) -> Iterator[dict[str, object]]:
    """Each SOP by role, and without a role each person once, with those who have not."""
    for of in report.confirming:
        for role, count in (*of.roles.items(), (None, of.total)):
            yield {
                "sop": of.sop.id,
                "version": str(of.sop.version),
                "role": role,
                "done": count["done"],
                "pending": count["pending"],
                "overdue": count["overdue"],
                "names_overdue": None if role else ", ".join(of.late),
                "names_pending": None if role else ", ".join(of.waiting),
            }


def _step(of: Worked, state: str) -> dict[str, object]:
    return {
        "client": of.client,
        "sop": of.sop,
        "step": of.address,
        "title": of.title,
        "state": state,
        "first_due": _text(of.first),
        "due": _text(of.due),
        "done": _text(of.done),
        "on_time": ("yes" if of.on_time else "no") if of.done and of.due and not of.early else None,
        "days_moved_by_client": of.by_client,
        "days_moved_by_us": of.by_us,
        "days_moved_by_pauses": of.paused,
        "days_planned": of.planned,
        "days_taken": of.actual,
        "file": of.path,
    }


def _all_noted(report: Report) -> Sequence[Observation]:
    """Everything that a number of the report was counted from, oldest first."""
    groups = [report.observations]
    groups += [of.ever for of in report.frictions] + [of.ever for of in report.themes]
    groups += [of.observations for of in report.situations]
    found = {seen.id: seen for group in groups for seen in group}
    return sorted(found.values(), key=lambda seen: (seen.date, seen.id))


def _noted(seen: Observation) -> dict[str, object]:
    return {
        "id": seen.id,
        "date": str(seen.date),
        "kind": seen.kind,
        "category": seen.category,
        "sop": seen.sop,
        "step": seen.step,
        "client": seen.client,
        "tags": ", ".join(seen.tags),
        "score": _text(seen.score),
        "hurt": "yes" if seen.hurt else "no",
        "summary": seen.summary,
        "file": seen.at.path,
    }


def _agreed(of: Agreed) -> dict[str, object]:
    action = of.action
    return {
        "what": action.what,
        "owner": action.owner,
        "due": str(action.due),
        "status": action.status,
        "helped": {True: "yes", False: "no", None: None}[action.helped],
        "review": of.review.id if of.review else None,
        "observations": ", ".join(seen.id for seen in of.observations),
        "overdue": "yes" if of.overdue else "no",
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else round(float(value), 4)
