"""What an invoice says by itself: its number, its days, what it is for, and what that comes to.

A step that is done for each milestone invoices the fee of its milestone, and one that comes every
month what is paid each month. The first of the others invoices what the milestones leave of the
price, and the last the price less all that came before. Whatever the client's file does not say
stands there as a question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sopwith import due, words
from sopwith.model import Client, FeeLine, Fees, Item, Moment, WorkCalendar
from sopwith.plan import Plan, Row, State
from sopwith.template import Each, Names
from sopwith.text import Prompt

NAMES: Names = {
    "number": "text",
    "date": "date",
    "due": "date",
    "lines": Each({"what": "text", "amount": "amount"}),
    "total": "amount",
}
"""What a letter may name of an invoice."""

# No vowel, so that no word comes about, and nothing that is read as something else on the phone.
_SIGNS = "23456789CFGHJMPQRVWX"
_LENGTH = 6
_NEVER: frozenset[State] = frozenset({"out", "not-applicable", "excepted"})

_WHICH = Prompt("Which number does it have?")
_WHAT = Prompt("What is this invoice for? The client's file does not say.")
_AMOUNT = Prompt("Which amount?")
_TOTAL = Prompt("What does it come to?")
_DUE = Prompt("By when is it payable? The client's file states no terms.")
_WHEN = Prompt("By when is it payable?")
_DAY = Prompt("On which day does it go out?")


def invoice(plan: Plan, row: Row | None) -> Mapping[str, Any]:
    """What the names stand for; `row` is the step that sends the invoice, where it is known."""
    is_dated = not row or row.due or not row.step.due or row.progress
    day = day_of(plan, row) if is_dated else _DAY
    lines = _lines(plan, row) if row else ()
    return {
        "number": number(plan.client.id, row.address) if row else _WHICH,
        "date": day,
        "due": (_payable(plan, day) or _DUE) if row and isinstance(day, date) else _WHEN,
        "lines": [{"what": line.what, "amount": line.amount} for line in lines]
        or [{"what": _WHAT, "amount": _AMOUNT}],
        "total": Fees("", lines=tuple(lines)).total if lines else _TOTAL,
    }


def number(client: str, address: str) -> str:
    """The number of the invoice that a step sends: `HLD-7GC4QX`.

    It hangs on the client's id and the address of the step, both of which are for ever, and on
    nothing else: so it stays what it was when other clients, milestones or months come. Two may
    get the same by chance, once in 64 million times; the rule `same-invoice-number` finds them.
    """
    parts = client.split("-")
    letters = "".join(part[0] for part in parts[:4]) if len(parts) > 1 else client[:3]
    rest = int.from_bytes(sha256(f"{client}/{address}".encode()).digest()[:8], "big")
    signs = []
    for _ in range(_LENGTH):
        rest, sign = divmod(rest, len(_SIGNS))
        signs.append(_SIGNS[sign])
    return f"{letters.upper()}-{''.join(signs)}"


def item_of(row: Row, client: Client) -> Item | None:
    """The deliverable or the milestone that a row is about."""
    if not row.step.for_each:
        return None
    suffix = row.address.rpartition("@")[2]
    return next((item for item in client.items(row.step.for_each) if item.id == suffix), None)


def day_of(plan: Plan, row: Row | None) -> date:
    """The day a letter goes out, so that what lies ready early is true then.

    When its step was done, so that it can be made again; else when that is due, or today where
    it was due before or nobody knows.
    """
    if row and row.progress and row.progress.done:
        return row.progress.done.day
    return max(plan.today, row.due.day) if row and row.due else plan.today


def _payable(plan: Plan, day: date) -> date | None:
    terms = plan.client.fees.terms
    if not terms:
        return None
    calendar = _calendar(plan.company.calendar)
    return due.reckon(due.parse_within(terms), Moment(day), calendar).moment.day


@lru_cache(maxsize=4)
def _calendar(work: WorkCalendar) -> due.Calendar:
    return due.Calendar.of(work)


def _lines(plan: Plan, row: Row) -> Sequence[FeeLine]:
    client = plan.client
    item = item_of(row, client)
    if item:
        return [FeeLine(item.title, item.fee)] if item.fee is not None else []
    if row.step.repeat:
        return _of_month(plan, row)
    if client.fees.monthly:  # then the whole price is paid by the month
        return []
    sent = _sent(plan, row)
    if len(sent) > 1 and row is sent[-1]:
        return _rest(plan, sent[:-1])
    once = next((other for other in sent if not other.step.for_each), None)
    return _apart(client) if row is once else []


def _of_month(plan: Plan, row: Row) -> Sequence[FeeLine]:
    every = row.step.repeat.every.count if row.step.repeat else None
    if row.due is None or every is None or every.text != "month":
        return []
    month = words.month(row.due.day, plan.company.locale)
    return [replace(line, what=f"{line.what}, {month}") for line in plan.client.fees.monthly]


def _sent(plan: Plan, row: Row) -> Sequence[Row]:
    """Every invoice of the price, in order; cases have theirs beside it."""
    return [
        other
        for sop in plan.sops
        for other in sop.rows
        if other.step.document == row.step.document != ""
        and other.state not in _NEVER
        and not (other.step.repeat or sop.case)
    ]


def _rest(plan: Plan, sent: Sequence[Row]) -> Sequence[FeeLine]:
    """The price line by line, and from it all that was invoiced before, if that is known."""
    before = [(row, invoice(plan, row)) for row in sent]
    if any(row.only_if or isinstance(told["total"], Prompt) for row, told in before):
        return []
    invoiced = [FeeLine(_named(told, plan), -told["total"]) for _, told in before]
    lines = [*plan.client.fees.lines, *invoiced]
    return lines if sum(line.amount for line in lines) >= 0 else []


def _named(told: Mapping[str, Any], plan: Plan) -> str:
    day, name = told["date"], f"Less invoice {told['number']}"
    return (
        f"{name} of {words.long_date(day, plan.company.locale)}" if isinstance(day, date) else name
    )


def _apart(client: Client) -> Sequence[FeeLine]:
    """What the milestones leave of the price."""
    fees = client.fees
    at_milestones = sum((item.fee for item in client.items("milestones") if item.fee), Decimal(0))
    if not at_milestones:
        return fees.lines
    rest = fees.total - at_milestones
    what = f"{client.engagement or client.name}, apart from the milestones"
    return [FeeLine(what, rest)] if rest > 0 else []
