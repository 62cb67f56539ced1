"""In words: what creates friction, and what no procedure covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sopwith.model import Observation
from sopwith.outputs.review.figures.groups import Friction, Situation
from sopwith.outputs.review.figures.report import ENOUGH, Report
from sopwith.outputs.review.words.charts import Row, chart
from sopwith.outputs.review.words.pen import Pen, capital, many, percent
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
from sopwith.outputs.review.words.works import quotes

# Friction ----------------------------------------------------------------------------------------


def friction(report: Report, pen: Pen) -> Section:
    """Where it was hard, how often before, and what is proposed."""
    found = report.frictions
    total = sum(len(of.observations) for of in found)
    count = capital(many(total, "observation"))
    says = f"{count} of friction, at {many(len(found), 'step')}."
    again = [of for of in found if len(of.ever) > len(of.observations)]
    if again:
        says += f" {len(again)} of these {'was' if len(again) == 1 else 'were'} noted before."
    blocks: list[Block] = [_pareto(report, pen)]
    if report.stuck:
        blocks.append(_stuck(report, pen))
    if found:
        points = tuple(_quotes(of, report, pen) for of in found)
        blocks.append(
            Points("In the words of those who were there", points, rest="observations.csv")
        )
    if report.themes:
        blocks.append(_themes(report, pen))
    return Section(0, "friction", "What creates friction", says, tuple(blocks))


def friction_name(of: Friction, pen: Pen) -> str:
    """Procedure and step, where the step is today."""
    step = f": {pen.step(of.sop, of.step)}" if of.step else ""
    return f"{pen.sop(of.sop) or 'No procedure'}{step}"


def _pareto(report: Report, pen: Pen) -> Chart:
    found = report.frictions
    total = sum(len(of.observations) for of in found)
    rows: list[Row] = []
    cells: list[tuple[Cell, ...]] = []
    reached = 0
    for number, of in enumerate(found, 1):
        count, before = len(of.observations), len(of.ever) - len(of.observations)
        reached += count
        so_far = f"{percent(reached, total)}%" if total >= ENOUGH else ""
        then = f", {before} before" if before else ""
        rows.append(Row(friction_name(of, pen), (count, before), f"{count}{then}"))
        ours = pen.noted(f"friction-{number}", friction_name(of, pen), of.ever)
        cells.append(
            (
                pen.sop_cell(of.sop),
                Cell(pen.step(of.sop, of.step) if of.step else "as a whole"),
                Cell(str(count), to=ours),
                Cell(so_far),
                Cell(str(len(of.ever)), small=f"since {pen.month(of.ever[0].date)}", to=ours),
                _proposed(of, report, pen),
            )
        )
    columns = (
        Column("Procedure"),
        Column("Step"),
        Column("This quarter", "number"),
        Column("Share so far", "number"),
        Column("In all", "number"),
        Column("What is proposed"),
    )
    counted = (
        "Counted from the observations of kind friction, by the step as it is today. Share so far: "
        "of the quarter\u2019s friction, this step and those above it."
    )
    table = Table(
        "", columns, tuple(cells), "No friction was noted.", counted, rest="observations.csv"
    )
    says = "No friction was noted."
    if found:
        top = found[0]
        often = f"{many(len(top.observations), 'time')} this quarter and {len(top.ever)} in all"
        says = f"Most noted: {friction_name(top, pen)}, {often}."
    looks = ("this quarter", "before")
    return chart("friction", "Friction by step", says, looks, rows, table)


def _proposed(of: Friction, report: Report, pen: Pen) -> Cell:
    last = max(of.answers, key=lambda action: (action.status == "open", action.due), default=None)
    if last is None or (last.status != "open" and of.asks):
        tried = many(sum(a.status == "done" for a in of.answers), "change")
        return Cell(
            "Nothing yet", "late", small=f"{tried} before did not end it" if of.answers else ""
        )
    cell = pen.action(last, report.today)
    state, _, rest = cell.text.partition(": ")
    return replace(cell, text=state, small=rest)


def _quotes(of: Friction, report: Report, pen: Pen) -> Point:
    return Point(friction_name(of, pen), lines=quotes(of.observations, pen))


def _stuck(report: Report, pen: Pen) -> Table:
    columns = (Column("Step"), Column("Procedure"), Column("Clients stuck", "number"))
    rows = tuple(
        (
            Cell(of.title),
            pen.sop_cell(of.sop.id),
            Cell(
                str(len({late.number for late in of.late})),
                "late",
                to=pen.worked(f"stuck-{of.sop.id}-{of.step}", f"{of.title}: overdue", of.late),
            ),
        )
        for of in report.stuck
    )
    counted = (
        "Counted from overdue steps: where two clients or more wait at one step, it is the step."
    )
    return Table("Bottlenecks", columns, rows, counted=counted, rest="data.json")


def _themes(report: Report, pen: Pen) -> Table:
    columns = (
        Column("Theme"),
        Column("This quarter", "number"),
        Column("In all", "number"),
        Column("Where"),
    )
    rows = tuple(
        (
            Cell(of.tag),
            Cell(str(len(of.observations))),
            Cell(
                str(len(of.ever)),
                small=f"since {pen.month(of.ever[0].date)}",
                to=pen.noted(f"theme-{number}", f"Theme: {of.tag}", of.ever),
            ),
            Cell(_where(of.ever, pen)),
        )
        for number, of in enumerate(report.themes, 1)
    )
    counted = "Counted from the tags of all observations, whatever their kind."
    return Table("Themes that come again", columns, rows, counted=counted, rest="data.json")


def _where(ever: Sequence[Observation], pen: Pen) -> str:
    sops = dict.fromkeys(pen.sop(pen.places.now(s.sop, s.step)[0]) or "no procedure" for s in ever)
    shown = ", ".join(list(sops)[:3])
    return f"{shown} and {len(sops) - 3} more" if len(sops) > 3 else shown


# New situations ----------------------------------------------------------------------------------


def situations(report: Report, pen: Pen) -> Section:
    """What no procedure covered."""
    found = report.situations
    asks, agreed = (
        sum(of.asks for of in found),
        sum(bool(of.answers) and not of.asks for of in found),
    )
    says = (
        f"{capital(many(len(found), 'situation'))} that no procedure covered. "
        f"{asks or 'None'} of them {'asks' if asks == 1 else 'ask'} for a decision"
        f"{f'; for {agreed} something is agreed already' if agreed else ''}."
    )
    points = tuple(
        Point(
            situation_name(of),
            lines=(
                *quotes(of.observations, pen),
                *(pen.action(action, report.today) for action in dict.fromkeys(of.answers)),
                *((Cell(f"Suggested: draft a procedure. {begin(of, pen)}", "late"),) * of.asks),
            ),
        )
        for of in found
    )
    counted = (
        "What shares a tag within a year is one situation. Two occurrences, or one that hurt, ask "
        "for a procedure, unless something is agreed since."
    )
    empty = "No situation was noted that no procedure covers."
    block = Points("", points, empty, counted, "observations.csv")
    return Section(0, "situations", "New situations", says, (block,))


def begin(of: Situation, pen: Pen) -> str:
    """How its procedure begins: the command that drafts it from what was noted."""
    if pen.shared:
        return "Whoever drafts it begins with what was noted."
    return f"Begin with: sopwith new sop --from {' '.join(seen.id for seen in of.observations)}"


def situation_name(of: Situation) -> str:
    """What it is about, and how often it was there."""
    often = "once" if len(of.observations) == 1 else f"{len(of.observations)} times"
    hurt = ", and it hurt" if of.hurt else ""
    return f"{capital(of.tag) or 'Without a tag'}, seen {often}{hurt}"
