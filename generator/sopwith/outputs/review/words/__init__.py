"""How it is said: the figures as the strings of a page, the same for every format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from sopwith.model import AUDIENCES, Audience
from sopwith.outputs.review.figures.report import Report
from sopwith.outputs.review.words import (
    agreed,
    around,
    changes,
    close,
    control,
    feedback,
    missing,
    noticed,
    work,
    works,
)
from sopwith.outputs.review.words.front import front
from sopwith.outputs.review.words.pen import Pen
from sopwith.outputs.review.words.sheet import Block, Chart, Section, Sheet, Table

SHOWN = 40
"""How many entries a list of what was noticed or agreed has before it is cut short."""

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
    changes.changes,
    missing.missing,
    close.decided,
)
# Whoever is outside the firm reads of the procedures, and nothing of the work or the meetings.
_PUBLIC = (control.outside, changes.changes)


def sheet(report: Report, pen: Pen, commit: str, audience: Audience | None = None) -> Sheet:
    """Turn the figures into the strings of a report; with an audience, of its edition."""
    public = audience == "public"
    page_one = None if public else front(report, pen)
    sections = [make(report, pen) for make in (_PUBLIC if public else _SECTIONS)]
    shown = _shortened(sections, "the full report" if public or pen.shared else "")
    pointed_at = _pointed_at(shown)
    pointed_at |= {figure.section for figure in page_one.figures} if page_one else set()
    first = 1 if public else 2
    return Sheet(
        title=f"Quarterly review, {report.quarter.label}",
        company=pen.company.name,
        span=f"{pen.day(report.quarter.first)} to {pen.day(report.quarter.last)}",
        notes=tuple(_notes(report, pen, audience)),
        front=page_one,
        sections=tuple(replace(s, number=i) for i, s in enumerate(shown, first)),
        signatures=close.signatures(report, pen),
        proofs=tuple(proof for proof in pen.proofs if proof.id in pointed_at),
        made=f"As of {pen.day(report.today)} · state of the files: {commit}",
        language=pen.company.locale.replace("_", "-"),
    )


def printed(content: Sheet) -> Sheet:
    """The same for paper: long tables are cut short, and what they rest on stays on the screen."""
    return replace(content, sections=_shortened(content.sections, "report.html"), proofs=())


def _shortened(sections: Iterable[Section], elsewhere: str = "") -> tuple[Section, ...]:
    return tuple(
        replace(of, blocks=tuple(_short(block, elsewhere) for block in of.blocks))
        for of in sections
    )


def _short(block: Block, elsewhere: str) -> Block:
    """Cut what nobody would read to its end, and say where the rest is."""
    if isinstance(block, Chart):
        return replace(block, table=_short_table(block.table, elsewhere))
    if isinstance(block, Table):
        return _short_table(block, elsewhere)
    counted = _cut(len(block.points), block.rest or elsewhere, block.counted)
    return replace(block, points=block.points[:SHOWN], counted=counted) if counted else block


def _short_table(table: Table, elsewhere: str) -> Table:
    counted = _cut(len(table.rows), table.rest or elsewhere, table.counted)
    if not counted:
        return table
    last = table.rows[-1:] if table.total else ()
    return replace(table, rows=(*table.rows[:SHOWN], *last), counted=counted)


def _cut(count: int, where: str, counted: str) -> str:
    """What stands below a list that is cut short; nothing where it is not."""
    more = count - SHOWN
    return f"{more} more are in {where}. {counted}".rstrip() if where and more > 1 else ""


def _pointed_at(sections: Iterable[Section]) -> set[str]:
    """The proofs that a number of these sections leads to."""
    blocks = (block for section in sections for block in section.blocks)
    tables = (b.table if isinstance(b, Chart) else b for b in blocks)
    rows = (row for table in tables if isinstance(table, Table) for row in table.rows)
    return {cell.to for row in rows for cell in row}


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
