"""In words: what clients told us, red flags and audits."""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Observation
from sopwith.outputs.review.figures.groups import Feedback
from sopwith.outputs.review.figures.report import Report
from sopwith.outputs.review.words.charts import Row, chart
from sopwith.outputs.review.words.pen import TOO_FEW, Pen, capital, many
from sopwith.outputs.review.words.sheet import (
    Block,
    Cell,
    Chart,
    Column,
    Point,
    Points,
    Section,
    Table,
)
from sopwith.outputs.review.words.works import about

_CATEGORIES = {
    "positive": "Positive",
    "constructive": "Constructive",
    "urgent": "Urgent",
    "suggestion": "Suggestion",
    "": "No category",
}


def feedback(report: Report, pen: Pen) -> Section:
    """What clients told us, by category, over four quarters."""
    total = sum(of.count for of in report.feedback)
    wanting = [s for of in report.feedback for s in of.observations if needs_answer(s)]
    answered = sum(bool(seen.action and seen.action.status != "open") for seen in wanting)
    says = f"{capital(many(total, 'piece'))} of feedback this quarter."
    if wanting:
        says += f" Of {len(wanting)} that want an answer, {answered or 'none'} have one."
    blocks: list[Block] = [_by_category(report, pen)]
    if wanting:
        points = tuple(observation(seen, report, pen) for seen in reversed(wanting))
        blocks.append(Points("What they would like otherwise", points, rest="observations.csv"))
    return Section(0, "feedback", "What clients told us", says, tuple(blocks))


def needs_answer(seen: Observation) -> bool:
    """Say whether a piece of feedback asks for more than thanks."""
    return seen.kind == "feedback" and seen.category != "positive"


def _by_category(report: Report, pen: Pen) -> Chart:
    trend = report.trend
    known = [c for c in _CATEGORIES if any(of.feedback.get(c) for of in trend)]
    rows = [
        Row(
            of.quarter.label,
            tuple(of.feedback.get(category, 0) for category in known),
            many(sum(of.feedback.values()), "piece"),
        )
        for of in trend
    ]
    ours = {of.category: of for of in report.feedback}
    cells = tuple(
        (
            Cell(_CATEGORIES[category]),
            *(Cell(str(of.feedback.get(category, 0))) for of in trend[:-1]),
            *_this_quarter(ours.get(category), pen),  # type: ignore[call-overload]  # the categories above are the model's
        )
        for category in known
    )
    columns = (
        Column("Feedback"),
        *(Column(of.quarter.label, "number") for of in trend),
        Column("Answered", "number"),
        Column("Mean score", "number"),
    )
    counted = (
        "Counted from the observations of kind feedback. Answered: its action is done or dropped. "
        "A mean needs five scores or more; answers and means are this quarter\u2019s."
    )
    now = sum(trend[-1].feedback.values())
    before = sum(sum(of.feedback.values()) for of in trend[:-1])
    count = capital(many(now, "piece"))
    says = f"{count} of feedback this quarter, after {before} in the three before."
    table = Table("", columns, cells, "Nobody told us anything in four quarters.", counted)
    looks = [_CATEGORIES[category] for category in known]
    return chart("feedback", "Feedback by category", says, looks, rows, table)


def _this_quarter(of: Feedback | None, pen: Pen) -> tuple[Cell, ...]:
    if of is None:
        return Cell("0"), Cell(""), Cell("")
    title = f"Feedback: {_CATEGORIES[of.category].lower()}"
    to = pen.noted(f"feedback-{of.category or 'other'}", title, of.observations)
    answered = "" if of.category == "positive" else f"{of.answered} of {of.count}"
    return Cell(str(of.count), to=to), Cell(answered), Cell(_mean(of, pen))


def _mean(of: Feedback, pen: Pen) -> str:
    if of.mean is None:
        return f"{TOO_FEW} ({many(of.scores, 'score')})" if of.scores else "no scores"
    points = pen.decimal(of.mean * of.out_of)
    return f"{of.scores} scores: {points} of {of.out_of}"


# Red flags and audits ----------------------------------------------------------------------------


def flags(report: Report, pen: Pen) -> Section:
    """Red flags with what was decided, audits with what was found, and what is due of them."""
    red, audits = report.of("red-flag"), report.of("audit")
    says = f"{capital(many(len(red), 'red flag'))}, {many(len(audits), 'audit finding')}."
    blocks: list[Block] = [
        Points(
            "Red flags",
            tuple(observation(seen, report, pen) for seen in red),
            "No red flag was noted.",
            rest="observations.csv",
        ),
        Points(
            "Audit findings",
            tuple(observation(seen, report, pen) for seen in audits),
            "No audit finding was noted.",
            rest="observations.csv",
        ),
    ]
    if report.firm:
        blocks.append(_firm(report, pen))
    return Section(0, "flags", "Red flags and audits", says, tuple(blocks))


def _firm(report: Report, pen: Pen) -> Table:
    labels = ("Done", "Still to do", "Overdue")
    columns = (
        Column("Procedure"),
        *(Column(label, "number") for label in labels),
        Column("Next step due", "day"),
    )
    rows = tuple(
        (
            pen.sop_cell(of.sop.id),
            Cell(str(of.done)),
            Cell(str(of.to_do)),
            Cell(str(len(of.late)), "late" if of.late else ""),
            Cell(pen.day(of.next) if of.next else ""),
        )
        for of in report.firm
    )
    counted = (
        f"Counted from the firm\u2019s own plan for {report.quarter.label} and what is recorded of "
        f"it, as of {pen.day(report.today)}."
    )
    return Table("What the firm does for itself this quarter", columns, rows, counted=counted)


def observation(seen: Observation, report: Report, pen: Pen) -> Point:
    """One observation with what is done about it."""
    return Point(pen.place(seen), seen.summary, tuple(_lines(seen, report, pen)))


def _lines(seen: Observation, report: Report, pen: Pen) -> Iterator[Cell]:
    yield Cell(about(seen, pen), "quiet")
    if seen.action:
        yield pen.action(seen.action, report.today)
    elif seen.kind == "audit":
        yield Cell("No gap to close", "quiet")
    else:
        yield Cell("No action yet", "soon")
