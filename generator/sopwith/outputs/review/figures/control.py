"""What was agreed, what changed, and which SOPs are to be looked at again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from sopwith import due
from sopwith.model import Client, Library, Sop
from sopwith.outputs.review.figures.report import Changed, OpenAction, ReviewState, Size, Standing
from sopwith.outputs.review.quarter import Quarter
from sopwith.plan import Plans
from sopwith.plan.moments import Moments
from sopwith.reviews import next_review

AFTER_EVENT = timedelta(weeks=2)
"""How long after the event in `also_after` the review is due (semantics, "Reviews")."""


def actions(shown: Library, quarter: Quarter, today: date) -> tuple[OpenAction, ...]:
    """Every action still open, whoever asked for it: the one due first before the others."""
    found = [
        OpenAction(seen.action, seen, seen.action.due < today)
        for seen in shown.observations.values()
        if seen.date <= quarter.last and seen.action and seen.action.status == "open"
    ]
    found += [
        OpenAction(decision, review, decision.due < today)
        for review in shown.reviews.values()
        if review.id <= str(quarter)
        for decision in review.decisions
        if decision.status == "open"
    ]
    return tuple(sorted(found, key=lambda a: (a.action.due, a.source.id, a.action.id)))


def changes(sops: Sequence[Sop], quarter: Quarter) -> tuple[Changed, ...]:
    """The newest first; on one day, in the order of the SOPs."""
    found: list[Changed] = []
    for sop in sops:
        pairs = pairwise((*sop.changes, None))
        for change, older in pairs:
            if change and change.effective in quarter:
                rose = older and change.version.is_major_after(older.version)
                size: Size = "new" if older is None else "major" if rose else "minor"
                found.append(Changed(sop, change, size))
    return tuple(sorted(found, key=lambda changed: changed.change.effective, reverse=True))


def standings(
    sops: Sequence[Sop], shown: Library, plans: Plans, quarter: Quarter
) -> Iterator[Standing]:
    """Where every SOP stands with its review, in the order of the SOPs."""
    company = shown.company
    calendar = due.Calendar.of(company.calendar)
    clients = [plan.client for plan in plans.all() if plan.client.id in shown.clients]
    moments = [(c, Moments(company, c, plans.today, calendar)) for c in clients]
    for sop in sops:
        if sop.status != "active":
            yield Standing(sop, sop.status)
            continue
        rhythm = next_review(sop)
        if rhythm is None:
            yield Standing(sop, "never")
            continue
        asked = min(_after_events(sop, moments), default=date.max)
        next_ = min(rhythm, asked)
        yield Standing(sop, _state(next_, plans.today, quarter), next_, asked < rhythm)


def _after_events(sop: Sop, moments: Sequence[tuple[Client, Moments]]) -> Iterator[date]:
    """Two weeks after each event since the last review, of clients it can still come for."""
    event, last = sop.review.also_after, sop.review.last
    for client, known in moments if event else ():
        moment = known.event(event)
        over = client.ended.date if client.ended else date.max
        if moment and last and last < moment.day <= over:
            yield moment.day + AFTER_EVENT


def _state(next_: date, today: date, quarter: Quarter) -> ReviewState:
    if next_ < today:
        return "overdue"
    return "due" if next_ <= max(today, quarter.last) else "later"
