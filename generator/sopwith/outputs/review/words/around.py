"""In words: what changed around us."""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.outputs.review.figures.report import Report
from sopwith.outputs.review.words.pen import Pen, capital, many
from sopwith.outputs.review.words.sheet import Block, Cell, Column, Point, Points, Section, Table


def around(report: Report, pen: Pen) -> Section:
    """Clients that came and went, what they have from us, staff, and dates that moved."""
    around_ = report.around
    says = (
        f"{capital(many(len(around_.began), 'client'))} came and {len(around_.ended) or 'none'} "
        f"left, of {report.coverage.clients} with us in the quarter; "
        f"{many(len(around_.joined), 'colleague')} joined and {len(around_.left) or 'none'} left."
    )
    blocks: list[Block] = [Points("", tuple(_points(report, pen)), "Nothing else moved.")]
    if around_.services:
        before, now = report.quarter.previous.label, report.quarter.label
        columns = (
            Column("What clients have from us"),
            Column(before, "number"),
            Column(now, "number"),
        )
        rows = tuple(
            (Cell(f"{fact}: {value}"), Cell(str(was)), Cell(str(is_)))
            for fact, value, was, is_ in around_.services
        )
        counted = (
            "Counted from the facts in each client\u2019s file; a fact not stated is its default."
        )
        blocks.append(Table("", columns, rows, counted=counted))
    return Section(0, "around", "What changed around us", says, tuple(blocks))


def _points(report: Report, pen: Pen) -> Iterator[Point]:
    around_ = report.around
    if not pen.shared:
        for title, clients in (("Came", around_.began), ("Left", around_.ended)):
            lines = tuple(
                Cell(
                    f"{client.name}{f', {client.engagement}' if client.engagement else ''}"
                    + (f": {client.ended.how}" if client.ended and title == "Left" else ""),
                    small=client.at.path,
                )
                for client in clients
            )
            if lines:
                yield Point(f"{title}: {many(len(lines), 'client')}", lines=lines)
        for title, people in (("Joined", around_.joined), ("Left", around_.left)):
            if people:
                yield Point(f"{title}: {', '.join(person.name for person in people)}")
    moved = sum(around_.moves.values())
    if moved:
        by = {"client": "by the client", "us": "by us", "other": "by something else"}
        parts = ", ".join(
            f"{around_.moves[cause]} {words}"
            for cause, words in by.items()
            if around_.moves.get(cause)
        )
        yield Point(
            f"{capital(many(moved, 'date'))} in clients\u2019 plans moved", f"{capital(parts)}."
        )
    if around_.pauses:
        yield Point(f"{capital(many(around_.pauses, 'pause'))} in clients\u2019 work")
    tools = len(pen.company.tools)
    if tools:
        yield Point(
            f"{capital(many(tools, 'tool'))} in use",
            "The list of tools does not say since when; ask which came and which can go.",
        )
