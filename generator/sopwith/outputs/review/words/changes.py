"""In words: which versions took effect, in the quarter and over a year."""

from __future__ import annotations

from collections import Counter

from sopwith.outputs.review.figures.report import Changed, Report
from sopwith.outputs.review.words.charts import Row, chart
from sopwith.outputs.review.words.pen import Pen, capital, many
from sopwith.outputs.review.words.sheet import Cell, Chart, Column, Section, Table


def changes(report: Report, pen: Pen) -> Section:
    """Which versions took effect in the quarter."""
    sizes: Counter[str] = Counter(changed.size for changed in report.changes)
    found = (f"{sizes[size]} {size}" for size in ("new", "major", "minor") if sizes[size])
    parts = ", ".join(found)
    count = many(len(report.changes), "version")
    says = f"{capital(count)} took effect{f': {parts}' if parts else ''}."
    table = Table(
        "By procedure and version",
        (
            Column("Procedure"),
            Column("In effect from", "day"),
            Column("What changed and why"),
            Column("Who"),
        ),
        tuple(_change(changed, pen) for changed in report.changes),
    )
    blocks = (_over_time(report), table) if report.changes else (_over_time(report),)
    return Section(0, "changes", "What we changed", says, blocks)


_SIZES = ("new", "major", "minor")


def _over_time(report: Report) -> Chart:
    trend = report.trend
    rows = [
        Row(
            of.quarter.label,
            tuple(of.changes.get(size, 0) for size in _SIZES),
            many(sum(of.changes.values()), "version"),
        )
        for of in trend
    ]
    cells = tuple(
        (Cell(of.quarter.label), *(Cell(str(of.changes.get(size, 0))) for size in _SIZES))
        for of in trend
    )
    columns = (Column("Quarter"), *(Column(capital(size), "number") for size in _SIZES))
    counted = (
        "Counted from the changes listed in each procedure, by the day they took effect. Major: "
        "someone works differently. Minor: nobody does. New: a first version."
    )
    before = sum(sum(of.changes.values()) for of in trend[:-1])
    count = capital(many(len(report.changes), "version"))
    says = f"{count} took effect this quarter, after {before} in the three before."
    table = Table("", columns, cells, counted=counted)
    return chart("changes", "Changes over time", says, _SIZES, rows, table)


def _change(changed: Changed, pen: Pen) -> tuple[Cell, ...]:
    change = changed.change
    approved = f"Approved by {pen.role(change.approved_by)}" if change.approved_by else ""
    return (
        pen.versioned(changed.sop, change.version, changed.size),
        Cell(pen.day(change.effective)),
        Cell(change.summary, small=f"Why: {change.why}" if change.why else ""),
        Cell(pen.person(change.by, changed.sop.owner), small=approved),
    )
