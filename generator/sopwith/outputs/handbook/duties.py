"""Steps in lists, for the pages of those who do them and of what they are done with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sopwith import due
from sopwith.model import Sop
from sopwith.outputs.handbook.edition import Edition, Use
from sopwith.outputs.handbook.markup import NOTHING, Md, capital, line
from sopwith.outputs.handbook.pen import Pen
from sopwith.plan import BUILT_IN

_HOURS = {"business hours": 1, "business days": 24, "days": 24, "weeks": 168, "months": 730}


@dataclass(frozen=True, slots=True)
class UseView:
    """A step in a list: linked, who does it, and when it is due."""

    step: Md
    role: Md
    due: Md
    critical: bool


@dataclass(frozen=True, slots=True)
class DutyView:
    """The steps of one SOP."""

    sop: Md
    steps: tuple[UseView, ...]


@dataclass(frozen=True, slots=True)
class StageView:
    """The steps of one stage, by SOP."""

    stage: Md
    duties: tuple[DutyView, ...]


@dataclass(frozen=True, slots=True)
class MomentView:
    """The steps that count from one event, the soonest first, each with its SOP."""

    title: Md
    steps: tuple[tuple[UseView, Md], ...]


def by_stage(pen: Pen, uses: Iterable[Use]) -> tuple[StageView, ...]:
    """Steps by stage and SOP, in the order of the handbook."""
    return tuple(
        StageView(
            pen.stage(stage),
            tuple(
                DutyView(pen.sop(sop), tuple(_use(pen, use) for use in steps))
                for sop, steps in groupby(found, key=lambda use: use.sop.id)
            ),
        )
        for stage, found in groupby(uses, key=lambda use: use.sop.stage)
    )


def _use(pen: Pen, use: Use) -> UseView:
    when = pen.short_due(use.sop, use.step.due) if use.step.due else NOTHING
    repeat = pen.repeat(use.step.repeat) if use.step.repeat else NOTHING
    return UseView(
        pen.step(use.sop, use.step.id),
        pen.role(use.step.role),
        capital(when or repeat),
        use.step.critical,
    )


def by_due(pen: Pen, uses: Iterable[Use]) -> tuple[MomentView, ...]:
    """Steps by the event that they count from, be it by way of other steps; then by how long."""
    placed = [(*_moment(pen.edition, use), use) for use in uses]
    placed.sort(key=lambda one: one[:2])
    return tuple(
        MomentView(
            capital(line(_title(pen, event))),
            tuple((_use(pen, use), pen.sop(use.sop.id)) for *_, use in found),
        )
        for (_, event), found in groupby(placed, key=lambda one: one[0])
    )


_REPEATED, _NO_DATE = "again", "none"
_TITLES = {
    _REPEATED: "Again and again",
    _NO_DATE: "When its turn comes",
    "opened": "When something has come up",
}


def _title(pen: Pen, event: str) -> str:
    return _TITLES.get(event) or pen.event(event)


def _moment(edition: Edition, use: Use) -> tuple[tuple[int, str], int]:
    """The event a step counts from, behind its place among all events; and the hours from there."""
    if use.step.repeat:
        event, hours = _REPEATED, 0
    else:
        event, hours = _reckoned(use.sop, use.step.due)
    events = (*(event.id for event in edition.company.events), *BUILT_IN, *_TITLES)
    order = {name: number for number, name in enumerate(dict.fromkeys(events))}
    return (order.get(event, len(order)), event), hours


def _reckoned(sop: Sop, text: str) -> tuple[str, int]:
    """Follow a due date over the steps it counts from, none of them twice, to the event."""
    hours = 0
    for _ in sop.steps:
        rule = due.parse(text) if text else None
        if isinstance(rule, due.LastBusinessDay):
            return _REPEATED, 0
        if not isinstance(rule, due.Offset):
            break
        hours += _HOURS[rule.unit] * (-rule.count if rule.side == "before" else rule.count)
        if rule.event:
            return rule.event, hours
        step = sop.step(rule.step)
        text = step.due if step else ""
    return _NO_DATE, 0
