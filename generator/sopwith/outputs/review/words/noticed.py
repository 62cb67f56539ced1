"""In words: the observations of the quarter, with what is done about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sopwith.model import Observation
from sopwith.outputs.review.figures.report import Feedback, Report
from sopwith.outputs.review.words.pen import TOO_FEW, Pen, capital, many
from sopwith.outputs.review.words.sheet import Cell, Column, Point, Points, Section, Table

_KINDS = {
    "worked": "Worked well",
    "feedback": "Feedback",
    "friction": "Friction",
    "new-situation": "New situations",
    "red-flag": "Red flags",
    "audit": "Audits",
}


def noticed(report: Report, pen: Pen) -> Section:
    """The observations of the quarter by kind, with what is done about them."""
    kinds: Counter[str] = Counter(seen.kind for seen in report.observations)
    none = [title.lower() for kind, title in _KINDS.items() if not kinds[kind]]
    says = f"{capital(many(len(report.observations), 'observation'))} in the quarter."
    if none and report.observations:
        says += f" None of these: {', '.join(none)}."
    blocks: list[Table | Points] = []
    if report.frictions:
        blocks.append(_friction(report, pen))
    if report.feedback:
        blocks.append(_feedback(report, pen))
    for kind, title in _KINDS.items():
        seen = report.of(kind)
        if seen:
            blocks.append(Points(title, tuple(_seen(s, report, pen) for s in seen)))
    if report.earlier:
        earlier = tuple(_seen(seen, report, pen) for seen in report.earlier)
        blocks.append(Points("Still open from earlier quarters", earlier))
    return Section(0, "noticed", "What we noticed", says, tuple(blocks))


def _friction(report: Report, pen: Pen) -> Table:
    rows = tuple(
        (
            pen.sop_cell(f.sop),
            Cell(pen.step(f.sop, f.step) if f.step else "as a whole"),
            Cell(str(len(f.observations))),
        )
        for f in report.frictions
    )
    columns = (Column("Procedure"), Column("Step"), Column("Times noted", "number"))
    counted = "Counted from the observations of kind friction, by step."
    return Table("Where it was hard", columns, rows, counted=counted)


def _feedback(report: Report, pen: Pen) -> Table:
    rows = tuple(
        (
            Cell(capital(of.category) or "No category"),
            Cell(str(of.count)),
            Cell(_mean(of, pen)),
        )
        for of in report.feedback
    )
    columns = (Column("Feedback"), Column("Count", "number"), Column("Mean score", "number"))
    counted = "Counted from the observations of kind feedback. A mean needs five scores or more."
    return Table("What clients told us", columns, rows, counted=counted)


def _mean(of: Feedback, pen: Pen) -> str:
    if of.mean is None:
        return f"{TOO_FEW} ({many(of.scores, 'score')})" if of.scores else "no scores"
    points = pen.decimal(of.mean * of.out_of)
    return f"{of.scores} scores: {points} of {of.out_of}"


def _seen(seen: Observation, report: Report, pen: Pen) -> Point:
    return Point(pen.place(seen), seen.summary, tuple(_lines(seen, report, pen)))


def _lines(seen: Observation, report: Report, pen: Pen) -> Iterator[Cell]:
    said = [pen.day(seen.date)]
    if seen.category:
        said.append(seen.category)
    if seen.score:
        said.append(f"score {seen.score}")
    if seen.hurt:
        said.append("it hurt")
    if client := pen.client(seen.client):
        said.append(client)
    if seen.reported_by and not pen.shared:
        said.append(f"noted by {pen.person(seen.reported_by)}")
    if seen.at.path and not pen.shared:
        said.append(seen.at.path)
    yield Cell(" · ".join(said), "quiet")
    if seen.action:
        yield pen.action(seen.action, report.today)
    elif seen.kind != "worked" and seen.category != "positive":
        yield Cell("No action yet", "soon")
