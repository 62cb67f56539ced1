"""How it is said: the figures as the strings of a page, the same for every format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sopwith.model import AUDIENCES, Audience
from sopwith.outputs.review.figures.report import Report
from sopwith.outputs.review.words import (
    agreed,
    around,
    control,
    feedback,
    missing,
    noticed,
    work,
    works,
)
from sopwith.outputs.review.words.front import front
from sopwith.outputs.review.words.pen import Pen
from sopwith.outputs.review.words.sheet import Section, Sheet

_SECTIONS: tuple[Callable[[Report, Pen], Section], ...] = (
    agreed.agreed,
    around.around,
    work.work,
    works.works,
    noticed.friction,
    noticed.situations,
    feedback.feedback,
    feedback.flags,
    control.library,
    control.changes,
    agreed.decided,
    missing.missing,
)
# Whoever is outside the firm reads of the procedures, and nothing of the work or the meetings.
_PUBLIC = (control.outside, control.changes)


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
        signatures=agreed.signatures(report, pen),
        proofs=tuple(pen.proofs),
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
            f"The quarter is over. Steps and reviews are as of {pen.day(report.until)}; what was "
            f"agreed stands as it does on {today}."
        )
    if audience:
        yield "This edition names no client and none of our people."
    if audience not in (None, AUDIENCES[-1]):
        yield (
            f"Procedures above {audience} are not in it, nor what was counted or noticed in them."
        )
