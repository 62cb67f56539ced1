"""In words: how far the clients are, and what the numbers miss."""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.outputs.review.figures.report import Progress, Report
from sopwith.outputs.review.words.pen import Pen, capital, many, share
from sopwith.outputs.review.words.sheet import Cell, Column, Point, Points, Section, Table


def work(report: Report, pen: Pen) -> Section:
    """How far the clients are with each SOP."""
    progress = report.progress
    total = [
        sum(getattr(of, figure) for of in progress)
        for figure in ("done", "timed", "on_time", "to_do", "overdue")
    ]
    done, timed, on_time, to_do, overdue = total
    says = (
        f"Done this quarter: {many(done, 'step')}, for {_clients(report)}. "
        f"Still to do: {many(to_do, 'step')}, {overdue or 'none'} of them overdue."
    )
    rows = [_progress(of, pen) for of in progress]
    if len(progress) > 1:
        numbers = (done, share(on_time, timed), to_do)
        rows.append((Cell("Together"), Cell(""), *(Cell(str(n)) for n in numbers), _count(overdue)))
    table = Table(
        "",
        (
            Column("Procedure"),
            Column("Clients", "number"),
            Column("Done", "number"),
            Column("On time", "number"),
            Column("Still to do", "number"),
            Column("Overdue", "number"),
        ),
        tuple(rows),
        "No client was on any procedure.",
        f"Counted from the plans of {_clients(report)} as of {pen.day(report.today)}. Clients: "
        "those whom the procedure is for. Done: from "
        f"{pen.day(report.quarter.first)} to {pen.day(report.until)}. On time: by the due date, "
        "moved dates and pauses allowed for; of the steps done, those that had one. Fewer than "
        "five are too few to say. Still to do: every step known so far, later ones too.",
        total=len(progress) > 1,
    )
    blocks: tuple[Table | Points, ...] = (table,)
    if report.late and not pen.shared:
        columns = (Column("Step"), Column("Procedure"), Column("Client"), Column("Was due", "day"))
        late = tuple(
            (Cell(s.step.title), pen.sop_cell(s.sop.id), Cell(s.client), Cell(pen.day(s.due)))
            for s in report.late
        )
        blocks = (table, Table("The overdue steps", columns, late))
    return Section(0, "work", "How the work went", says, blocks)


def _clients(report: Report) -> str:
    return many(report.coverage.clients - report.coverage.blocked, "client")


def _progress(of: Progress, pen: Pen) -> tuple[Cell, ...]:
    return (
        pen.sop_cell(of.sop.id),
        Cell(str(of.clients)),
        Cell(str(of.done)),
        Cell(share(of.on_time, of.timed)),
        Cell(str(of.to_do)),
        _count(of.overdue),
    )


def _count(overdue: int) -> Cell:
    return Cell(str(overdue), "late" if overdue else "")


# What the numbers miss ---------------------------------------------------------------------------


def missing(report: Report, pen: Pen) -> Section:
    """What the data does not cover."""
    says = f"The numbers above rest on {_clients(report)} and on what their files say."
    blocks = (
        Points(
            "",
            tuple(_misses(report, pen)),
            "Nothing that we know of: every client has a plan, and no file lacks a date or a fact.",
        ),
    )
    return Section(0, "missing", "What the data does not cover", says, blocks)


def _misses(report: Report, pen: Pen) -> Iterator[Point]:
    cover = report.coverage
    if cover.unread:
        yield Point(f"{capital(many(cover.unread, 'file'))} could not be read and count nowhere")
    if cover.blocked:
        lines = tuple(
            Cell(f"{client}: see {', '.join(paths) or 'its file'}")
            for client, paths in cover.blocked_by
        )
        yield Point(f"{capital(many(cover.blocked, 'client'))} without a plan", lines=lines)
    if cover.lacking:
        lines = tuple(Cell(f"{o.client}: {o.message}", small=o.hint) for o in cover.lacks)
        yield Point(
            f"{capital(many(cover.lacking, 'client'))} with a date or a fact missing", lines=lines
        )
    if cover.silent:
        count = many(cover.silent, "client")
        yield Point(f"{capital(count)} without any step done in the quarter")
    if cover.undated:
        count = capital(many(cover.undated, "open step"))
        yield Point(
            f"{count} without a date",
            "They hang on moments that have no date yet, so they cannot be late.",
        )
    if cover.unplaced:
        count = capital(many(cover.unplaced, "done step"))
        yield Point(f"{count} that today\u2019s plans no longer hold", "They count nowhere.")
    if cover.loose:
        yield Point(f"{capital(many(cover.loose, 'observation'))} about no procedure")
