"""In words: the library's health."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sopwith.acknowledging import STATES, State
from sopwith.outputs.review.figures.report import Confirming, Report, Standing
from sopwith.outputs.review.words.charts import Row, chart
from sopwith.outputs.review.words.pen import Pen, capital, many
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

WEEKS = 13
"""How many weeks ahead the list of coming reviews looks: a quarter."""
CROWD = 3
"""From more reviews than this in one week on, some are better held earlier."""


def library(report: Report, pen: Pen) -> Section:
    """Every SOP with its owner and its reviews, and what is missing among them."""
    states = Counter(standing.state for standing in report.reviews)
    late = states["never"] + states["overdue"]
    in_use = late + states["due"] + states["later"] + states["since"]
    says = (
        f"Of {many(in_use, 'procedure')} in use, {late} should have been reviewed by "
        f"{pen.day(report.until)}. Due by {pen.day(report.quarter.last)}: "
        f"{states['due'] or 'none'}."
    )
    blocks: list[Block] = [_freshness(report, pen), _coming(report, pen)]
    blocks += [_confirmed(report, pen)] if report.confirming else []
    return Section(0, "reviews", "The library\u2019s health", says, (*blocks, *_gaps(report, pen)))


def _confirmed(report: Report, pen: Pen) -> Table:
    """Who has read what asks to be read: by procedure and role, in counts."""
    numbers = (Column(capital(state), "number") for state in STATES)
    columns = (Column("Procedure"), Column("Role"), *numbers)
    rows = tuple(row for of in report.confirming for row in _confirming(of, pen))
    counted = (
        f"Counted from the confirmations up to {pen.day(report.until)}, for the version of today "
        "and all with the same first number. Whoever holds several of these roles counts in each."
    )
    return Table("Read and confirmed", columns, rows, counted=counted)


def _confirming(of: Confirming, pen: Pen) -> Iterator[tuple[Cell, ...]]:
    late = f"Overdue: {', '.join(of.late)}" if of.late else ""
    waiting = f"Pending: {', '.join(of.waiting)}" if of.waiting else ""
    names = ". ".join(filter(None, (late, waiting)))
    is_one = len(of.roles) == 1
    for role, count in of.roles.items():
        procedure, who = pen.versioned(of.sop, of.sop.version), pen.role(role)
        yield procedure, Cell(who, small=names if is_one else ""), *_numbers(count)
    if not is_one:
        yield Cell(""), Cell("Each person once", "quiet", small=names), *_numbers(of.total)


def _numbers(count: Mapping[State, int]) -> Iterator[Cell]:
    for state in STATES:
        is_late = state == "overdue" and count[state]
        yield Cell(str(count[state]), "late" if is_late else "")


def outside(report: Report, pen: Pen) -> Section:
    """The same for outsiders: procedures and their reviews alone, and not who is on them."""
    inside = library(report, pen)
    return replace(inside, blocks=inside.blocks[:1])


def _gaps(report: Report, pen: Pen) -> Iterator[Block]:
    missing = [name for name, sop in report.essential if sop is None]
    there = len(report.essential) - len(missing)
    rows = tuple(
        (Cell(name), pen.sop_cell(sop.id) if sop else Cell("Missing", "late"))
        for name, sop in report.essential
    )
    columns = (Column("What client work cannot do without"), Column("Procedure in use"))
    counted = (
        f"{there} of {len(rows)} are there. Counted from our list of what client work needs: each "
        "is to have a procedure in use."
    )
    if rows:
        yield Table("Essential procedures", columns, rows, counted=counted)
    if report.unused:
        points = tuple(Point("", pen.sop(sop.id)) for sop in report.unused)
        yield Points(
            "In use, but no client of this quarter is on it",
            points,
            counted="Counted from the plans. One that waits for a case may be right to wait.",
        )


def _freshness(report: Report, pen: Pen) -> Chart:
    shown = report.standing("never", "overdue", "due", "later")
    rows = [_fresh(standing, report.until, pen) for standing in shown]
    table = Table(
        "",
        (
            Column("Procedure"),
            Column("Owner"),
            Column("Rhythm"),
            Column("Last review", "day"),
            Column("Next review", "day"),
            Column("State"),
        ),
        tuple(_standing(standing, report, pen) for standing in report.reviews),
        "There is no procedure yet.",
        "Counted from the review line of each procedure: the last review and its rhythm, as of "
        f"{pen.day(report.until)}. The next review is the day on the page in the handbook; "
        + (
            "one that a project calls for early is not in here."
            if pen.shared
            else "where a client\u2019s project calls for it early, that day stands below it."
        ),
    )
    overdue = report.standing("never", "overdue")
    says = "No review is overdue."
    if overdue:
        names = ", ".join(standing.sop.title for standing in overdue[:3])
        more = f" and {len(overdue) - 3} more" if len(overdue) > 3 else ""
        says = f"Overdue: {names}{more}."
    looks = ("days since the last review", "days left until the next", "days overdue")
    return chart("freshness", "How fresh the reviews are", says, looks, rows, table)


def _fresh(standing: Standing, day: date, pen: Pen) -> Row:
    last, next_ = standing.sop.review.last, standing.next
    if last is None or next_ is None:
        return Row(standing.sop.title, (0, 0, 0), "never reviewed")
    since = (min(day, next_) - last).days
    left = (next_ - day).days
    note = f"{many(left, 'day')} left" if left >= 0 else f"{many(-left, 'day')} overdue"
    return Row(standing.sop.title, (since, max(left, 0), max(-left, 0)), note)


def _coming(report: Report, pen: Pen) -> Table:
    """The reviews of the weeks ahead by the day we ask for them; a week with too many says so."""
    weeks: defaultdict[date, list[Standing]] = defaultdict(list)
    monday = _monday(report.until)
    for standing in report.standing("overdue", "due", "later"):
        week = max(_monday(standing.asked or report.until), monday)
        if week < monday + timedelta(weeks=WEEKS):
            weeks[week].append(standing)
    rows = tuple(
        (
            Cell("Now" if week == monday else f"Week of {pen.day(week)}"),
            Cell(str(len(of)), "late" if len(of) > CROWD and week > monday else ""),
            Cell(
                ", ".join(
                    f"{standing.sop.title} (by {pen.day(standing.next)})"
                    for standing in of
                    if standing.next
                ),
                small="Too many for one week: hold some earlier"
                if len(of) > CROWD and week > monday
                else "",
            ),
        )
        for week, of in sorted(weeks.items())
    )
    columns = (Column("Begin"), Column("Reviews", "number"), Column("Procedures, and due by when"))
    empty = f"No review is asked for in the {WEEKS} weeks ahead."
    counted = "We ask for each review some weeks before it is due, so that not all come at once."
    return Table(f"Reviews to begin in the next {WEEKS} weeks", columns, rows, empty, counted)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


_STATES: dict[str, Cell] = {
    "never": Cell("Never reviewed", "late"),
    "overdue": Cell("Overdue", "late"),
    "later": Cell("Not due yet", "good"),
    "since": Cell("Reviewed since", "good"),
    "draft": Cell("Draft: not in use yet", "quiet"),
    "retired": Cell("Retired", "quiet"),
}


def _standing(standing: Standing, report: Report, pen: Pen) -> tuple[Cell, ...]:
    sop = standing.sop
    rhythm, last = sop.review, sop.review.last
    event = pen.company.event(rhythm.also_after)
    after = f"after {event.title[:1].lower()}{event.title[1:]}" if event else ""
    due = standing.state in ("never", "overdue", "due", "later")
    state = _STATES.get(standing.state, Cell("Due this quarter", "soon"))
    if standing.state == "due" and standing.next and standing.next not in report.quarter:
        state = Cell("Due today", "soon")
    held = pen.company.roles.get(sop.owner)
    people = "" if pen.shared or not held else ", ".join(map(pen.person, held.held_by))
    versions = (change.version for change in sop.changes if change.effective <= report.until)
    return (
        pen.versioned(sop, next(versions, sop.version)),
        Cell(pen.role(sop.owner), small=people),
        Cell(
            f"every {rhythm.every}" if rhythm.every else "", small=f"also {after}" if after else ""
        ),
        Cell(
            pen.day(last) if last else "never",
            small=pen.person(rhythm.by, sop.owner) if rhythm.by else "",
        ),
        Cell(
            (pen.day(standing.rhythm) if standing.rhythm else "now") if due else "",
            small=f"already by {pen.day(standing.next)}, {after}"
            if standing.after_event and standing.next
            else "",
        ),
        state,
    )
