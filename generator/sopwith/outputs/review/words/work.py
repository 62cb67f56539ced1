"""In words: how far the clients are, procedure by procedure, and what the numbers miss."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sopwith.outputs.review.figures.progress import Progress, Worked
from sopwith.outputs.review.figures.report import ENOUGH, Report
from sopwith.outputs.review.words.charts import Row, chart
from sopwith.outputs.review.words.days import days_taken
from sopwith.outputs.review.words.pen import TOO_FEW, Pen, many, percent, share
from sopwith.outputs.review.words.sheet import (
    Block,
    Cell,
    Chart,
    Column,
    Section,
    Table,
)


def work(report: Report, pen: Pen) -> Section:
    """How far the clients are with each SOP."""
    progress = report.progress
    done = sum(len(of.done) for of in progress)
    to_do, overdue = sum(of.to_do for of in progress), len(report.late)
    says = (
        f"Done this quarter: {many(done, 'step')}, for {clients_counted(report)}. "
        f"Still to do: {many(to_do, 'step')}, {overdue or 'none'} of them overdue."
    )
    if report.own_late:
        says += f" Of our own: {many(len(report.own_late), 'overdue step')}."
    blocks: list[Block] = [_on_time(report, pen), days_taken(report, pen), _aside(report, pen)]
    if (report.late or report.own_late) and not pen.shared:
        columns = (Column("Step"), Column("Procedure"), Column("Client"), Column("Was due", "day"))
        blocks.append(
            Table("The overdue steps", columns, tuple(_late(report, pen)), rest="steps.csv")
        )
    blocks.append(_trend(report))
    return Section(0, "work", "How the work went", says, tuple(blocks))


def clients_counted(report: Report) -> str:
    """How many engagements the numbers rest on, and of how many clients."""
    cover = report.coverage
    counted = many(cover.engagements - cover.blocked, "engagement")
    return counted if cover.blocked else f"{counted} of {many(cover.clients, 'client')}"


def _late(report: Report, pen: Pen) -> Iterator[tuple[Cell, ...]]:
    for of in (*report.late, *report.own_late):
        due = Cell(pen.day(of.due) if of.due else "", small=_delay(of))
        yield Cell(of.title), pen.sop_cell(of.sop), Cell(of.client), due


def _delay(of: Worked) -> str:
    causes = (
        (of.by_client, "by the client"),
        (of.by_us, "by us or others"),
        (of.paused, "by a pause"),
    )
    return ", ".join(
        f"moved {many(abs(days), 'day')} {'back' if days > 0 else 'forward'} {words}"
        for days, words in causes
        if days
    )


# On time -----------------------------------------------------------------------------------------


def _on_time(report: Report, pen: Pen) -> Chart:
    progress = report.progress
    timed, on_time = sum(len(of.timed) for of in progress), sum(of.on_time for of in progress)
    enough = [of for of in progress if len(of.timed) >= ENOUGH]
    enough.sort(key=lambda of: (Fraction(of.on_time, len(of.timed)), of.sop.id))
    rows = [
        Row(
            of.sop.title,
            (
                Fraction(100 * of.on_time, len(of.timed)),
                Fraction(100 * (len(of.timed) - of.on_time), len(of.timed)),
            ),
            share(of.on_time, len(of.timed)),
        )
        for of in enough
    ]
    says = f"On time, of the steps done with a due date: {share(on_time, timed)}."
    if enough and enough[0].on_time < len(enough[0].timed):
        low = enough[0]
        says += f" The lowest share is in {low.sop.title}: {share(low.on_time, len(low.timed))}."
    return chart(
        "on-time",
        "On time, by procedure",
        says,
        ("on time, in percent", "late"),
        rows,
        _progress_table(report, pen),
    )


def _progress_table(report: Report, pen: Pen) -> Table:
    progress = report.progress
    rows = [_progress(of, pen) for of in progress]
    if len(progress) > 1:
        done = sum(len(of.done) for of in progress)
        kept = share(sum(of.on_time for of in progress), sum(len(of.timed) for of in progress))
        to_do = sum(of.to_do for of in progress)
        numbers = (Cell(str(n)) for n in (done, kept, to_do))
        rows.append((Cell("Together"), Cell(""), *numbers, _count(len(report.late), "")))
    labels = ("For", "Done", "On time", "Still to do", "Overdue")
    return Table(
        "",
        (Column("Procedure"), *(Column(label, "number") for label in labels)),
        tuple(rows),
        "No client was on any procedure.",
        f"Counted from the plans of {clients_counted(report)} as of {pen.day(report.until)}. "
        "For: how many engagements it is for. Done: from "
        f"{pen.day(report.quarter.first)} to {pen.day(report.until)}. On time: by the due date, "
        "moved dates and pauses allowed for; of the steps done, those that had one. Fewer than "
        "five are too few to say. Still to do: every step known so far, later ones too.",
        total=len(progress) > 1,
    )


def _progress(of: Progress, pen: Pen) -> tuple[Cell, ...]:
    id_, title = of.sop.id, of.sop.title
    done = pen.worked(f"done-{id_}", f"{title}: done", of.done)
    late = pen.worked(f"late-{id_}", f"{title}: overdue", of.late)
    return (
        pen.sop_cell(id_),
        Cell(str(of.clients)),
        Cell(str(len(of.done)), to=done),
        Cell(share(of.on_time, len(of.timed)), to=done),
        Cell(str(of.to_do)),
        _count(len(of.late), late),
    )


def _count(overdue: int, to: str) -> Cell:
    return Cell(str(overdue), "late" if overdue else "", to=to)


def _trend(report: Report) -> Table:
    columns = (Column("Quarter"), Column("Done on time", "number"))
    rows = tuple((Cell(of.quarter.label), Cell(share(of.on_time, of.timed))) for of in report.trend)
    counted = (
        "Counted from today\u2019s plans by the day each step was done. Of the current quarter, "
        "only what is done so far."
    )
    return Table("On time over four quarters", columns, rows, counted=counted)


# Set aside ---------------------------------------------------------------------------------------


def _aside(report: Report, pen: Pen) -> Table:
    labels = ("Settled", "Overtaken", "Not applicable", "Exceptions")
    rows = tuple(
        (
            pen.sop_cell(of.sop.id),
            Cell(str(of.settled)),
            *(Cell(_part(n, of.settled)) for n in (of.passed, of.not_applicable, of.excepted)),
        )
        for of in report.progress
        if of.passed or of.not_applicable or of.excepted
    )
    return Table(
        "Steps overtaken or set aside",
        (Column("Procedure"), *(Column(label, "number") for label in labels)),
        rows,
        "No step was overtaken or set aside.",
        "Settled: done, overtaken or set aside, at any time, for the clients of this quarter. "
        "Overtaken: still open although a later step of the same procedure is done.",
    )


def _part(part: int, of: int) -> str:
    if not part:
        return "0"
    return f"{part} ({percent(part, of)}%)" if of >= ENOUGH else f"{part} ({TOO_FEW})"
