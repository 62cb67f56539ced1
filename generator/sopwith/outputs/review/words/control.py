"""In words: what became of decisions, what changed, which SOPs are to be reviewed."""

from __future__ import annotations

from collections import Counter

from sopwith.model import Action, Review
from sopwith.outputs.review.figures.report import Changed, Report, Standing
from sopwith.outputs.review.words.pen import Pen, capital, many
from sopwith.outputs.review.words.sheet import Cell, Column, Section, Table


def decisions(report: Report, pen: Pen) -> Section:
    """What the meeting of the quarter before decided, and what became of it."""
    last = report.last
    older = tuple(
        (Cell(a.action.what), Cell(pen.role(a.action.owner)), *_due(a.action, report, pen))
        for a in report.actions
        if isinstance(a.source, Review) and a.source not in (last, report.this)
    )
    blocks = [
        Table(
            "",
            (Column("Decision"), Column("Who"), Column("By", "day"), Column("What became of it")),
            tuple(decision(action, report, pen) for action in last.decisions) if last else (),
            counted=f"Counted from {last.at.path}." if last and last.at.path else "",
        )
    ]
    if older:
        columns = (Column("Decision"), Column("Who"), Column("By", "day"), Column("State"))
        blocks.append(Table("Still open from earlier meetings", columns, older))
    says = _decided(last, report, pen)
    return Section(0, "decisions", "What became of the last decisions", says, tuple(blocks))


def _decided(last: Review | None, report: Report, pen: Pen) -> str:
    before = report.quarter.previous
    if last is None:
        return f"No meeting is on file for {before.label}: there is no reviews/{before}.yml."
    states = Counter(decision.status for decision in last.decisions)
    parts = [f"{states[state]} {state}" for state in ("done", "open", "dropped") if states[state]]
    helped = sum(decision.helped is True for decision in last.decisions)
    of_done = f" Of the {states['done']} done, {helped} helped." if states["done"] else ""
    held = f"The meeting for {before.label} was held on {pen.day(last.held)}"
    if not last.decisions:
        return f"{held} and decided nothing."
    return f"{held}. Of its {many(len(last.decisions), 'decision')}: {', '.join(parts)}.{of_done}"


_HELPED: dict[bool | None, Cell] = {
    True: Cell("Done, and it helped", "good"),
    False: Cell("Done, and it did not help", "late"),
    None: Cell("Done; nobody has said yet whether it helped", "good"),
}


def decision(action: Action, report: Report, pen: Pen) -> tuple[Cell, ...]:
    """A row for a decision: what, who, by when, and what became of it."""
    by, state = _due(action, report, pen)
    if action.status == "done":
        state = _HELPED[action.helped]
    return Cell(action.what), Cell(pen.role(action.owner)), by, state


def _due(action: Action, report: Report, pen: Pen) -> tuple[Cell, Cell]:
    by = Cell(pen.day(action.due))
    if action.status == "dropped":
        return by, Cell("Dropped", "quiet")
    return by, Cell("Overdue", "late") if action.due < report.today else Cell(
        "Open, still in time", "soon"
    )


# Changes -----------------------------------------------------------------------------------------


def changes(report: Report, pen: Pen) -> Section:
    """Which versions took effect in the quarter."""
    sizes: Counter[str] = Counter(changed.size for changed in report.changes)
    found = (f"{sizes[size]} {size}" for size in ("new", "major", "minor") if sizes[size])
    parts = ", ".join(found)
    count = many(len(report.changes), "version")
    says = f"{capital(count)} took effect{f': {parts}' if parts else ''}."
    table = Table(
        "",
        (
            Column("Procedure"),
            Column("In force from", "day"),
            Column("What changed and why"),
            Column("Who"),
        ),
        tuple(_change(changed, pen) for changed in report.changes),
        counted="Counted from the changes listed in each procedure. Major: someone works "
        "differently. Minor: nobody does. New: a first version.",
    )
    return Section(0, "changes", "What we changed", says, (table,))


def _change(changed: Changed, pen: Pen) -> tuple[Cell, ...]:
    change = changed.change
    approved = f"Approved by {pen.role(change.approved_by)}" if change.approved_by else ""
    return (
        pen.versioned(changed.sop, change.version, changed.size),
        Cell(pen.day(change.effective)),
        Cell(change.summary, small=f"Why: {change.why}" if change.why else ""),
        Cell(pen.person(change.by, changed.sop.owner), small=approved),
    )


# Reviews -----------------------------------------------------------------------------------------


def reviews(report: Report, pen: Pen) -> Section:
    """Every SOP, and when it is to be looked at again."""
    states = Counter(standing.state for standing in report.reviews)
    late = states["never"] + states["overdue"]
    in_use = late + states["due"] + states["later"]
    says = (
        f"Of {many(in_use, 'procedure')} in use, {late} should have been reviewed by now. Due by "
        f"{pen.day(max(report.today, report.quarter.last))}: {states['due'] or 'none'}."
    )
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
        f"{pen.day(report.today)}."
        + (" A review that a client's project calls for early is not in here." * pen.shared),
    )
    return Section(0, "reviews", "Which procedures are to be reviewed", says, (table,))


_STATES: dict[str, Cell] = {
    "never": Cell("Never reviewed", "late"),
    "overdue": Cell("Overdue", "late"),
    "later": Cell("Not due yet", "good"),
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
    return (
        pen.versioned(sop, sop.version),
        Cell(pen.role(sop.owner), small=people),
        Cell(
            f"every {rhythm.every}" if rhythm.every else "", small=f"also {after}" if after else ""
        ),
        Cell(
            pen.day(last) if last else "never",
            small=pen.person(rhythm.by, sop.owner) if rhythm.by else "",
        ),
        Cell(
            (pen.day(standing.next) if standing.next else "now") if due else "",
            small=f"two weeks {after}" if standing.after_event else "",
        ),
        state,
    )
