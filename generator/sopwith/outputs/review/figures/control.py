"""What changed, and which SOPs are to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from sopwith.acknowledging import Asked, counted
from sopwith.model import Library, Quarter, Sop
from sopwith.outputs.review.figures.report import (
    Changed,
    Confirming,
    ReviewState,
    Size,
    Standing,
)
from sopwith.reviews import due, next_review


def changes(sops: Sequence[Sop]) -> tuple[Changed, ...]:
    """Every version there was, the newest first; on one day, in the order of the SOPs."""
    found: list[Changed] = []
    for sop in sops:
        pairs = pairwise((*sop.changes, None))
        for change, older in pairs:
            if change:
                rose = older and change.version.is_major_after(older.version)
                size: Size = "new" if older is None else "major" if rose else "minor"
                found.append(Changed(sop, change, size))
    return tuple(sorted(found, key=lambda changed: changed.change.effective, reverse=True))


def standings(
    sops: Sequence[Sop],
    events: Mapping[str, Sequence[tuple[date, date]]],
    day: date,
    quarter: Quarter,
) -> Iterator[Standing]:
    """Where every SOP stood with its review on a day, in the order of the SOPs.

    `events` has the dates of each event, with the day on which that client's work ended.
    """
    for sop in sops:
        if sop.status != "active":
            yield Standing(sop, sop.status)
            continue
        next_, last = due(sop, events.get(sop.review.also_after, ())), sop.review.last
        if next_.by is None or last is None:
            yield Standing(sop, "never")
        elif last > day:
            yield Standing(sop, "since")
        else:
            state = _state(next_.by, day, quarter)
            rhythm = next_review(sop)
            yield Standing(sop, state, next_.by, next_.after_event, rhythm, next_.asked)


def _state(next_: date, day: date, quarter: Quarter) -> ReviewState:
    if next_ < day:
        return "overdue"
    return "due" if next_ <= max(day, quarter.last) else "later"


def confirming(sops: Iterable[Sop], found: Sequence[Asked], *, named: bool) -> Iterator[Confirming]:
    """Who has confirmed each SOP that asks for it, of all who were asked by then; in that order.

    What was asked before the first number of its version last rose is not known any more.
    """
    for sop in sops:
        by = sop.acknowledge.by if sop.acknowledge else ()
        mine = [one for one in found if one.sop.id == sop.id] if by else []
        if mine:
            roles = {role: counted(mine, role) for role in by}
            late, waiting = (
                tuple(one.person.name for one in mine if named and one.state == state)
                for state in ("overdue", "pending")
            )
            yield Confirming(sop, counted(mine), roles, late, waiting)


def essential(library: Library, shown: Iterable[Sop]) -> Iterator[tuple[str, Sop | None]]:
    """What work for clients cannot do without, each with the SOP in use that covers it.

    One that is covered by an SOP that readers may not see is left out.
    """
    visible = {sop.id: sop for sop in shown}
    for of in library.company.essentials:
        if of.sop in visible or of.sop not in library.sops:
            sop = visible.get(of.sop)
            yield of.title, sop if sop and sop.status == "active" else None
