"""What the count of all plans comes to, procedure by procedure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sopwith.model import Client, Library, Observation, Sop
from sopwith.outputs.review.figures.progress import Firm, Progress, Stuck, Worked
from sopwith.outputs.review.figures.report import Coverage
from sopwith.outputs.review.figures.tally import Span, Tally
from sopwith.plan import Plans, Row


def progress(sops: Sequence[Sop], found: Tally) -> Iterator[Progress]:
    """How far the clients are, SOP by SOP; those that no client is on are left out."""
    for sop in sops:
        count = {figure: found.count[sop.id, figure] for figure in _FIGURES}
        if count["clients"]:
            aside = count["passed"] + count["not applicable"] + count["excepted"]
            yield Progress(
                sop,
                count["clients"],
                tuple(found.done[sop.id]),
                tuple(found.late[sop.id]),
                count["to do"],
                count["passed"],
                count["not applicable"],
                count["excepted"],
                aside + count["done ever"],
            )


_FIGURES = ("clients", "to do", "passed", "not applicable", "excepted", "done ever")


def stuck(of_sops: Sequence[Progress]) -> tuple[Stuck, ...]:
    """The steps that are overdue for two clients or more, most clients first."""
    by_step: defaultdict[tuple[str, str], list[Worked]] = defaultdict(list)
    for of in of_sops:
        for late in of.late:
            by_step[of.sop.id, late.step].append(late)
    sops = {of.sop.id: of.sop for of in of_sops}
    found = [
        Stuck(sops[sop], step, late[0].title, tuple(late))
        for (sop, step), late in by_step.items()
        if len({of.number for of in late}) > 1
    ]
    return tuple(sorted(found, key=lambda s: (-len(s.late), s.sop.id, s.step)))


def firm(plans: Plans, span: Span) -> Iterator[Firm]:
    """How far the firm is with what it does for itself in the quarter, SOP by SOP."""
    made = plans.of(f"quarters/{span.quarter}")
    if made is None:
        return
    rows = [row for row in made.rows() if not row.calls and row.state != "out"]
    for id_ in dict.fromkeys(row.sop.id for row in rows if row.sop.id in span.shown.sops):
        of = [row for row in rows if row.sop.id == id_]
        dates = [row.due.day for row in of if row.is_open and row.due]
        yield Firm(
            of[0].sop,
            sum(row.state == "done" for row in of),
            sum(row.is_open for row in of),
            tuple(_own(row, made.client, span.shown) for row in of if row.state == "overdue"),
            min(dates, default=None),
        )


def _own(row: Row, own: Client, shown: Library) -> Worked:
    """An overdue step of the firm's own: the client it is for is the firm."""
    day = row.due.day if row.due else None
    what = row.sop.id, row.step.id, row.step.title, row.address
    return Worked(*what, -1, shown.company.name, own.at.path, day)


def coverage(library: Library, found: Tally, ours: Sequence[Observation]) -> Coverage:
    """What the numbers rest on; details only of clients that may be shown."""
    return Coverage(
        engagements=found.cover["engagements"],
        clients=len(found.customers),
        blocked=found.cover["blocked"],
        lacking=found.cover["lacking"],
        silent=found.cover["silent"],
        unread=sum(map(len, library.unread.values())),
        unplaced=found.cover["unplaced"],
        undated=found.cover["undated"],
        early=found.cover["early"],
        loose=sum(not seen.sop for seen in ours),
        lacks=tuple(found.lacks),
        blocked_by=tuple(found.blocked_by),
    )
