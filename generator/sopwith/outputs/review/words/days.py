"""In words: how many days the steps took, against those that were planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sopwith.outputs.review.figures.progress import Progress, Worked
from sopwith.outputs.review.figures.report import Report
from sopwith.outputs.review.words.charts import SHOWN, Row, chart
from sopwith.outputs.review.words.pen import TOO_FEW, Pen, many, middle
from sopwith.outputs.review.words.sheet import Cell, Chart, Column, Table


@dataclass(frozen=True, slots=True)
class _Days:
    """The median days of one SOP's steps; None where they are too few."""

    of: Progress
    planned: Fraction | None
    actual: Fraction | None
    without: Fraction | None

    @classmethod
    def taken(cls, of: Progress) -> _Days:
        planned = middle(s.planned for s in of.measured if s.planned is not None)
        actual = middle(s.actual for s in of.measured if s.actual is not None)
        without = middle(s.actual - s.by_client for s in of.measured if s.actual is not None)
        return cls(of, planned, actual, without)

    @property
    def behind(self) -> Fraction | None:
        """How much longer it took than planned; less than nothing where it was quicker."""
        if self.planned is None or self.actual is None:
            return None
        return self.actual - self.planned


def days_taken(report: Report, pen: Pen) -> Chart:
    """The chart of them, procedure by procedure, with a table below it."""
    found = [_Days.taken(of) for of in report.progress if of.measured]
    delayed = any(days.without != days.actual for days in found)
    without = ("Without client\u2019s delays",) * delayed
    labels = ("Steps", "Planned", "Actual", *without, *_CAUSES)
    table = Table(
        "",
        (Column("Procedure"), *(Column(label, "number") for label in labels)),
        tuple(_days_row(days, pen, delayed) for days in found),
        "No step was done that has both a due date and a day that its procedure began on.",
        "Median days from the day the procedure was first planned to begin until each step was "
        "first due, and until it was done; before: ahead of that first day. "
        + "A date that the client moved is the client\u2019s delay; dates that we moved and pauses "
        "are not taken out. "
        * delayed
        + "The last three columns count the steps whose date each of these ever moved: one date "
        "moves many steps, and goes on counting in later quarters.",
    )
    known = [days for days in found if days.behind is not None]
    slowest = sorted(known, key=lambda days: (-(days.behind or 0), days.of.sop.id))[:DRAWN]
    rows = [row for days in slowest for row in _days_bars(days, pen)]
    looks = ("planned", "actual", "of these, the client\u2019s delay")
    says = _days_say(known)
    if len(known) > DRAWN:
        says += f" The {DRAWN} furthest behind their plan are drawn; the table has all."
    return chart("days", "Planned and actual days", says, looks, rows, table)


DRAWN = SHOWN // 2
"""Of how many procedures the days are drawn: each has two bars."""
_CAUSES: Mapping[str, Callable[[Worked], bool]] = {
    "Client moved": lambda of: of.by_client != 0,
    "We moved": lambda of: of.by_us != 0,
    "Paused": lambda of: of.paused != 0,
}


def _days_row(days: _Days, pen: Pen, delayed: bool) -> tuple[Cell, ...]:
    sop, measured = days.of.sop, days.of.measured
    to = pen.worked(f"days-{sop.id}", f"{sop.title}: days", measured)
    medians = (days.planned, days.actual, *(days.without,) * delayed)
    cells = (Cell(TOO_FEW if m is None else _after(m, pen)) for m in medians)
    moved = (Cell(str(sum(map(by, measured)))) for by in _CAUSES.values())
    return (pen.sop_cell(sop.id), Cell(str(len(measured)), to=to), *cells, *moved)


def _after(days: Fraction, pen: Pen) -> str:
    """Days from the planned beginning on; what was there sooner was there before it."""
    return pen.decimal(days) if days >= 0 else f"{pen.decimal(-days)} before"


def _in_days(days: Fraction, pen: Pen) -> str:
    """`1 day`, `2 days`, `2.5 days`."""
    number = str(days) if days.denominator == 1 else pen.decimal(days)
    return f"{number} {'day' if days == 1 else 'days'}"


def _days_bars(days: _Days, pen: Pen) -> Iterator[Row]:
    title, planned, actual, without = days.of.sop.title, days.planned, days.actual, days.without
    if planned is None or actual is None or without is None:
        return
    behind = actual - planned
    note = "as planned"
    if behind:
        note = f"{_in_days(abs(behind), pen)} {'later' if behind > 0 else 'earlier'} than planned"
    if actual > without:
        note = f"{note}, the client\u2019s: {pen.decimal(actual - without)}"
    yield Row(f"{title}, planned", (planned, 0, 0), _in_days(planned, pen))
    yield Row(f"{title}, actual", (0, without, actual - without), note)


def _days_say(known: Sequence[_Days]) -> str:
    if not known:
        return f"Planned against actual days: {TOO_FEW}."
    slower = [days.of.sop.title for days in known if (days.behind or 0) > 0]
    named = f": {', '.join(slower[:3])}{' and more' if len(slower) > 3 else ''}" if slower else ""
    count = many(len(known), "procedure")
    longer = f"{len(slower) or 'none'} took longer than planned{named}"
    return f"Of {count} with enough steps done, {longer}."
