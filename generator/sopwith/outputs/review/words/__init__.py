"""How it is said: the figures as the strings of a page, the same for every format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sopwith.model import AUDIENCES, Audience
from sopwith.outputs.review.figures.report import Report
from sopwith.outputs.review.words import control, noticed, work
from sopwith.outputs.review.words.front import front
from sopwith.outputs.review.words.pen import Pen, many
from sopwith.outputs.review.words.sheet import Close, Column, Sheet, Table

_SECTIONS = (
    control.decisions,
    control.changes,
    control.reviews,
    work.work,
    noticed.noticed,
    work.missing,
)
# Whoever is outside the firm reads of the procedures, and nothing of the work or the meetings.
_PUBLIC = (control.changes, control.reviews)


def sheet(report: Report, pen: Pen, commit: str, audience: Audience | None = None) -> Sheet:
    """Turn the figures into the strings of a report; with an audience, of its edition."""
    public = audience == "public"
    sections = [make(report, pen) for make in (_PUBLIC if public else _SECTIONS)]
    first = 1 if public else 2
    return Sheet(
        title=f"Quarterly review, {report.quarter.label}",
        company=pen.company.name,
        span=f"{pen.day(report.quarter.first)} to {pen.day(report.quarter.last)}",
        notes=tuple(_notes(report, pen, audience)),
        front=None if public else front(report, pen),
        sections=tuple(replace(s, number=i) for i, s in enumerate(sections, first)),
        close=None if public else _close(report, pen, first + len(sections)),
        made=f"As of {report.today} · commit {commit}",
        language=pen.company.locale.replace("_", "-"),
    )


def _notes(report: Report, pen: Pen, audience: Audience | None) -> Iterator[str]:
    today = pen.day(report.today)
    if report.today < report.quarter.first:
        yield f"The quarter has not begun. This is how things stand on {today}."
    elif report.today <= report.quarter.last:
        yield f"The quarter is still running. This is how it stands on {today}."
    else:
        yield (
            "The quarter is over. What was done, changed and noticed is that of the quarter; what "
            f"is open, due or overdue is so on {today}."
        )
    if audience:
        yield "This edition names no client and none of our people."
    if audience not in (None, AUDIENCES[-1]):
        yield (
            f"Procedures above {audience} are not in it, nor what was counted or noticed in them."
        )


def _close(report: Report, pen: Pen, number: int) -> Close:
    this, quarter = report.this, report.quarter
    if this is None:
        return Close(
            number,
            f"The meeting for {quarter.label} has not been held yet, or is not on file. Its "
            f"decisions go to reviews/{quarter}.yml.",
            None,
            (),
        )
    columns = (Column("Decision"), Column("Who"), Column("By", "day"), Column("State"))
    rows = tuple(control.decision(action, report, pen) for action in this.decisions)
    present = "" if pen.shared or not this.present else ", ".join(map(pen.person, this.present))
    who = f" Present: {present}." if present else ""
    says = f"The meeting was held on {pen.day(this.held)} and made {many(len(rows), 'decision')}."
    signed = tuple(f"{pen.person(s.by)}, {pen.day(s.date)}" for s in this.signed)
    counted = f"Counted from {this.at.path}." if this.at.path else ""
    return Close(number, says + who, Table("", columns, rows, counted=counted), signed)
