"""What the client's file does not say and the plan needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sopwith import due
from sopwith.model import Client, Company
from sopwith.plan.dates import Dated
from sopwith.plan.moments import Moments
from sopwith.plan.rows import OPEN, Gap, PlannedSop, Row, unlisted


def find_gaps(
    company: Company,
    client: Client,
    moments: Moments,
    dated: Sequence[tuple[Dated, Row]],
    planned: Sequence[PlannedSop],
) -> tuple[Gap, ...]:
    """List the dates and facts that are missing, each once.

    An undated future event is normal. It is a gap where a later event has a date already, or
    where a step that comes after it is done (semantics, "Dates"). Optional events never are. Plans
    of our own have no gaps: they hang on no fact, and their events come of themselves.
    """
    if client.ended or client.about != "client":
        return ()
    return (
        *_dates(company, client, moments, dated),
        *_facts(company, client, planned),
        *_items(client, moments, planned),
    )


def _dates(
    company: Company,
    client: Client,
    moments: Moments,
    dated: Sequence[tuple[Dated, Row]],
) -> Iterator[Gap]:
    needed: dict[str, str] = {}
    passed = {event for _, row in dated for event in _passed(row)}
    for found, row in dated:
        if found.lacks and row.state in OPEN:
            for event in _roots(company, client, found.lacks):
                needed.setdefault(event, row.step.title)
    for event, step in needed.items():
        known = company.event(event)
        if known is None or known.optional or moments.event(event):
            continue
        later = _later(company, client, event)
        if not later and event not in passed:
            continue
        because = f'"{company.event(later).title}" has one' if later else "it has passed"  # type: ignore[union-attr]  # _later returns ids of events there are
        yield Gap(
            "client-without-date",
            f'no date for "{known.title}", although {because}; "{step}" needs it',
            f"add it under dates: {event}: the day it was or is to be, as in {moments.today}",
            client.at / "dates",
        )


def _roots(company: Company, client: Client, event: str) -> Iterable[str]:
    """The stated events that a halfway point hangs on, or the event itself."""
    known = company.event(event)
    if known is None or not known.is_:
        return (event,)
    rule = due.parse(known.is_)
    if not isinstance(rule, due.Halfway):
        return (event,)
    ends = (rule.first, rule.second)
    return [
        root for end in ends if end not in client.dates for root in _roots(company, client, end)
    ]


def _later(company: Company, client: Client, event: str) -> str:
    after = (e.id for e in company.events[company.event_order(event) + 1 :])
    return next((later for later in after if later in client.dates), "")


def _passed(row: Row) -> Iterator[str]:
    if row.state != "done" or not row.step.due:
        return
    rule = due.parse(row.step.due)
    if isinstance(rule, due.Offset) and rule.event and rule.side != "before":
        yield rule.event


def _facts(company: Company, client: Client, planned: Sequence[PlannedSop]) -> Iterator[Gap]:
    asked: dict[str, str] = {}
    for sop in planned:
        if sop.only_if and sop.sop.applies_to:
            asked |= {ask.key: sop.sop.title for ask in sop.sop.applies_to.asks()}
        for row in sop.rows:
            for key in _open_questions(row):
                asked.setdefault(key, row.step.title)
    for key, step in asked.items():
        fact = company.facts.get(key)
        if fact is None or fact.default or fact.optional or client.facts.get(key):
            continue
        yield Gap(
            "client-without-fact",
            f'nothing is said about "{fact.title}"; "{step}" depends on it',
            f"add it under facts: {key}: {' or '.join(fact.choices) or 'an amount'}",
            client.at / "facts",
        )


def _items(client: Client, moments: Moments, planned: Sequence[PlannedSop]) -> Iterator[Gap]:
    """What nobody has listed although a procedure that needs it has begun."""
    asked: dict[str, str] = {}
    for sop in planned:
        begun = moments.event(sop.sop.trigger.event)
        if sop.case or (begun and begun.day <= moments.today):
            for row in sop.rows:
                if row.is_unlisted:
                    asked.setdefault(row.step.for_each, row.step.title)
    for kind, step in asked.items():
        yield Gap(
            "client-without-fact",
            f'{unlisted(kind)}; "{step}" is done for each of them',
            f"list them under {kind}:, or write {kind}: [] where there are none",
            client.at / kind,
        )


def _open_questions(row: Row) -> Iterator[str]:
    """The facts and decisions that something about an open row may hang on."""
    if row.state not in OPEN:
        return
    if row.only_if and row.step.when:
        yield from (ask.key for ask in row.step.when.asks())
    if row.step.repeat and row.step.repeat.every.fact:
        yield row.step.repeat.every.fact
