"""In words: what the numbers miss."""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.outputs.review.figures.report import Report
from sopwith.outputs.review.words.pen import Pen, capital, few, many
from sopwith.outputs.review.words.sheet import Cell, Point, Points, Section
from sopwith.outputs.review.words.work import clients_counted


def missing(report: Report, pen: Pen) -> Section:
    """What the data does not cover."""
    says = f"The numbers above rest on {clients_counted(report)} and on what their files say."
    return Section(
        0,
        "missing",
        "What the data does not cover",
        says,
        (Points("", tuple(_misses(report))),),
    )


def _misses(report: Report) -> Iterator[Point]:
    cover = report.coverage
    if cover.unread:
        yield Point(f"{capital(many(cover.unread, 'file'))} could not be read and count nowhere")
    if cover.blocked:
        lines = [
            Cell(f"{client}: see {', '.join(paths) or 'its file'}")
            for client, paths in cover.blocked_by
        ]
        yield Point(
            f"{capital(many(cover.blocked, 'engagement'))} without a plan",
            lines=few(lines, "told by sopwith check"),
        )
    if cover.lacking:
        lines = [Cell(f"{o.client}: {o.message}", small=o.hint) for o in cover.lacks]
        count = capital(many(cover.lacking, "engagement"))
        yield Point(
            f"{count} with a date or a fact missing, or at odds",
            lines=few(lines, "told by sopwith check"),
        )
    if cover.silent:
        count = many(cover.silent, "engagement")
        yield Point(f"{capital(count)} without any step done in the quarter")
    if cover.undated:
        count = capital(many(cover.undated, "open step"))
        yield Point(
            f"{count} without a date",
            "What their day counts from has no date yet, so they cannot be late.",
        )
    if cover.early:
        count = capital(many(cover.early, "step"))
        yield Point(
            f"{count} due before the procedure was in effect",
            "Nobody could go by it then, so none of them counts as late or on time, nor in the "
            "days taken.",
        )
    if cover.unplaced:
        count = capital(many(cover.unplaced, "done step"))
        yield Point(f"{count} that today\u2019s plans no longer hold", "They count nowhere.")
    if cover.loose:
        yield Point(f"{capital(many(cover.loose, 'observation'))} about no procedure")
    if report.until < report.today:
        yield Point(
            "How things stood on the last day of the quarter",
            "Files say how an action, a date or an exception stands today, and not since when; "
            "steps and reviews have days, and are counted as of the quarter\u2019s end.",
        )
    yield Point(
        "When tools and services came and went",
        "Files say only which there are today.",
    )
