"""In words: what changed around us."""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Client
from sopwith.outputs.review.figures.report import Around, Report
from sopwith.outputs.review.words.pen import Pen, capital, many
from sopwith.outputs.review.words.sheet import Block, Cell, Column, Point, Points, Section, Table


def around(report: Report, pen: Pen) -> Section:
    """Engagements that began and ended, what they hold, staff, and dates that moved."""
    around_ = report.around
    cover = report.coverage
    moves = "; ".join(
        many(len(these), words, _MORE.get(words, ""))
        for words, these in _movements(around_)
        if these
    )
    says = (
        f"{capital(many(cover.engagements, 'engagement'))}, {many(cover.clients, 'client')}"
        f"{f'; {moves}' if moves else ', and none came or left'}. "
        f"{capital(many(len(around_.joined), 'colleague'))} joined and "
        f"{len(around_.left) or 'none'} left."
    )
    blocks: list[Block] = [Points("", tuple(_points(report, pen)), "Nothing else moved.")]
    if around_.services:
        before, now = report.quarter.previous.label, report.quarter.label
        columns = (
            Column("What we do for clients, by engagement"),
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


_MORE = {"offer lost": "offers lost", "engagement ended": "engagements ended"}


def _movements(around_: Around) -> Iterator[tuple[str, tuple[Client, ...]]]:
    """Engagements that began and ended, by what that is for us."""
    lost = tuple(client for client in around_.ended if _is_lost(client))
    yield "new client", tuple(c for c in around_.began if c not in around_.again)
    yield "new engagement", around_.again
    yield "offer lost", lost
    yield "engagement ended", tuple(client for client in around_.ended if client not in lost)


def _is_lost(client: Client) -> bool:
    return client.ended is not None and client.ended.how == "lost"


def _points(report: Report, pen: Pen) -> Iterator[Point]:
    around_ = report.around
    if not pen.shared:
        for words, clients in _movements(around_):
            lines = tuple(
                Cell(", ".join(filter(None, (client.name, client.engagement))))
                for client in clients
            )
            if lines:
                yield Point(capital(many(len(lines), words, _MORE.get(words, ""))), lines=lines)
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
            f"{capital(many(moved, 'date'))} in clients\u2019 plans moved, out of this quarter, "
            "into it or within it",
            f"{capital(parts)}.",
        )
    if around_.pauses:
        yield Point(f"{capital(many(around_.pauses, 'pause'))} in clients\u2019 work")
    tools = len(pen.company.tools)
    if tools:
        yield Point(
            f"{capital(many(tools, 'tool'))} in use",
            "The list of tools does not say since when; ask which came and which can go.",
        )
