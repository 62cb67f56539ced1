"""What changed, and which SOPs are to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from sopwith.acknowledging import Asked, counted
from sopwith.model import Quarter, Sop
from sopwith.outputs.review.figures.report import (
    Changed,
    Confirming,
    ReviewState,
    Size,
    Standing,
)
from sopwith.reviews import due

ESSENTIAL: Mapping[str, tuple[str, ...]] = {
    "Lead qualification and intake": ("lead qualification", "qualify", "qualification", "leads"),
    "Proposal": ("proposal", "quote"),
    "Contract": ("contract", "service agreement"),
    "Onboarding": ("onboarding", "new client"),
    "Kickoff": ("kickoff", "start of the project"),
    "Progress reporting": ("progress reporting", "status report"),
    "Change management": ("change management", "change request"),
    "Invoicing and payment": ("invoicing", "billing", "invoice"),
    "Close-out": ("closure", "close-out"),
    "Follow-up": ("follow-up", "after sales"),
}
"""What every firm with clients works by, and the titles or tags that tell an SOP about it.

The ten are those that guides to client procedures name first.
"""


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
            yield Standing(sop, state, next_.by, next_.after_event)


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


def essential(sops: Iterable[Sop]) -> Iterator[tuple[str, Sop | None]]:
    """The processes that client work cannot do without, each with the active SOP about it."""
    active = [sop for sop in sops if sop.status == "active" and sop.about == "client"]
    for name, words in ESSENTIAL.items():
        titled = [sop for word in words for sop in active if word in sop.title.casefold()]
        tagged = [sop for word in words for sop in active if word in sop.tags]
        yield name, next(iter(sorted(titled, key=lambda s: len(s.title)) + tagged), None)
