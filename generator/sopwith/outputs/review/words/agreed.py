"""In words: what became of what was agreed, and what this meeting decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from sopwith.model import Action, Quarter
from sopwith.outputs.review.figures.actions import belongs
from sopwith.outputs.review.figures.groups import Agreed
from sopwith.outputs.review.figures.report import Report
from sopwith.outputs.review.words.pen import Pen, many
from sopwith.outputs.review.words.sheet import (
    Block,
    Cell,
    Column,
    Point,
    Points,
    Section,
    Table,
)

SETTLES = timedelta(days=30)
"""How long after its date an action may take to show whether it helped."""
_COLUMNS = (
    Column("What was agreed"),
    Column("Who"),
    Column("By", "day"),
    Column("What became of it"),
)


def agreed(report: Report, pen: Pen) -> Section:
    """What was agreed for the quarter before, what became of it, and what is still open."""
    now = report.quarter
    current = [of for of in report.open_actions if belongs(of, now)]
    before = [
        of for of in report.open_actions if not belongs(of, now) and not belongs(of, now.previous)
    ]
    blocks: list[Block] = [
        _table("", report.last_agreed, report, pen, "Nothing was agreed that quarter.")
    ]
    if before:
        blocks.append(_table("Still open from earlier", before, report, pen))
    if current:
        blocks.append(_table("Agreed this quarter, and open", current, report, pen))
    if asked := unjudged(report):
        lines = tuple(Point("", of.action.what, (_who(of, pen),)) for of in asked)
        counted = "Enter the answer where the action was written down."
        title = "Done, and nobody has said whether it helped"
        blocks.append(Points(title, lines, "", counted, "actions.csv"))
    blocks.append(_trend(report, pen))
    return Section(
        0, "agreed", "What became of last quarter\u2019s actions", _says(report, pen), tuple(blocks)
    )


def unjudged(report: Report) -> tuple[Agreed, ...]:
    """What was done a while ago, and of which nobody has said whether it helped."""
    return tuple(of for of in report.agreed if _is_unjudged(of.action, report))


def _is_unjudged(action: Action, report: Report) -> bool:
    """The one rule: an action has 30 days from its date on to show whether it helped."""
    is_open = action.status == "done" and action.helped is None
    return is_open and action.due <= report.until - SETTLES


def _who(of: Agreed, pen: Pen) -> Cell:
    return Cell(f"{pen.role(of.action.owner)}, by {pen.day(of.action.due)}", "quiet")


def _says(report: Report, pen: Pen) -> str:
    before, last = report.quarter.previous, report.last
    met = (
        f"The meeting for {before.label} was held on {pen.day(last.held)}."
        if last
        else f"No meeting is on file for {before.label}."
    )
    if not report.last_agreed:
        return met
    actions = [of.action for of in report.last_agreed]
    states = Counter(action.status for action in actions)
    parts = [f"{states[state]} {state}" for state in ("done", "open", "dropped") if states[state]]
    said = f"{met} Of {many(len(actions), 'action')} agreed: {', '.join(parts)}."
    return f"{said} {_helped(actions, report)}" if states["done"] else said


def _helped(actions: Iterable[Action], report: Report) -> str:
    done = [action for action in actions if action.status == "done"]
    helped = Counter(action.helped for action in done)
    asked = sum(_is_unjudged(action, report) for action in done)
    young = helped[None] - asked
    parts = [f"{helped[True]} helped, {helped[False]} did not"]
    parts += [f"of {asked} nobody has said yet"] * bool(asked)
    parts += [f"{young} had less than {SETTLES.days} days to show it"] * bool(young)
    return f"Of the {len(done)} done, {'; '.join(parts)}."


def _table(title: str, all_: Sequence[Agreed], report: Report, pen: Pen, empty: str = "") -> Table:
    rows = tuple(row(of, report, pen) for of in all_)
    return Table(title, _COLUMNS, rows, empty, rest="actions.csv")


_HELPED: dict[bool | None, Cell] = {
    True: Cell("Done, and it helped", "good"),
    False: Cell("Done, and it did not help", "late"),
    None: Cell("Done", "good"),
}


def row(of: Agreed, report: Report, pen: Pen) -> tuple[Cell, ...]:
    """A row: what, who, by when, and what became of it."""
    action = of.action
    if action.status == "done":
        state = _HELPED[action.helped]
    elif action.status == "dropped":
        state = Cell("Dropped", "quiet")
    else:
        state = Cell("Overdue", "late") if of.overdue else Cell("Open, still in time", "soon")
    review = f"Decided by the meeting for {Quarter.parse(of.review.id).label}" if of.review else ""
    noted = ", ".join(pen.day(seen.date) for seen in of.observations)
    source = ". ".join(filter(None, (review, f"Noted {noted}" if noted else "")))
    who = Cell(pen.role(action.owner))
    return Cell(action.what, small=source), who, Cell(pen.day(action.due)), state


def _trend(report: Report, pen: Pen) -> Table:
    columns = (
        Column("Quarter"),
        *(Column(label, "number") for label in ("Agreed", "Done", "Helped", "Did not help")),
    )
    rows = tuple(
        (
            Cell(of.quarter.label),
            *(Cell(str(n)) for n in (of.agreed, of.done, of.helped, of.not_helped)),
        )
        for of in report.trend
    )
    counted = (
        "Counted from the decisions of each meeting and the actions of what was noted in the "
        f"quarter, as they stand on {pen.day(report.today)}. A decision that takes up the action "
        "of an observation counts once."
    )
    return Table("Over four quarters", columns, rows, counted=counted)
