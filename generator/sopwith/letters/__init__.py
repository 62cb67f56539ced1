"""An email template x a plan -> a message ready to be sent by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sopwith import template, words
from sopwith.letters.message import Message, to_eml, to_text
from sopwith.letters.names import holders, names, values
from sopwith.model import MAIN_CONTACT, Company, Email, Moment
from sopwith.plan import Plan, Row
from sopwith.template import Unresolved
from sopwith.text import Prompt, escape_markdown, mark, parse, spell

__all__ = ["Message", "Unresolved", "names", "to_eml", "to_text", "write"]


def write(
    email: Email, plan: Plan, row: Row | None = None, answers: Mapping[str, str] | None = None
) -> Message:
    """Fill in an email for a plan's client.

    `row` is the step that calls for it. Prompts without an answer stay visible. Raises Unresolved
    where the template prints something that the client's file does not say.
    """
    known = values(email, plan, row, answers or {})
    filters = _filters(plan.company, plan.client.fees.currency)
    subject = template.render(email.subject, known, filters, _in_a_line)
    body = template.render(email.body, known, filters, _in_markdown)
    sender = next(iter(holders(email.from_, plan)), None)
    if sender is None:
        raise Unresolved("sender")
    return Message(
        subject=" ".join(subject.split()),
        from_name=sender.name,
        from_email=sender.email,
        to=_recipients(email.to, plan),
        cc=tuple(person for role in email.cc for person in _recipients(role, plan)),
        body=parse(body),
    )


def _recipients(to: str, plan: Plan) -> tuple[tuple[str, str], ...]:
    if to == MAIN_CONTACT:
        contact = plan.client.main_contact
        if contact is None:
            raise Unresolved("contact")
        return ((contact.name, contact.email),)
    return tuple((person.name, person.email) for person in holders(to, plan))


def _in_markdown(value: Any) -> str:
    return mark(value) if isinstance(value, Prompt) else escape_markdown(str(value))


def _in_a_line(value: Any) -> str:
    return spell(value) if isinstance(value, Prompt) else str(value)


def _filters(company: Company, currency: str) -> Mapping[str, Any]:
    locale = company.locale

    def join(several: Sequence[str], between: str) -> str:
        return between.join(several)

    def money(amount: Decimal | str) -> str:
        return words.money(Decimal(amount), currency or "USD", locale)

    return {
        "date": lambda day: words.long_date(_day(day), locale),
        "day": lambda day: words.short_day(_day(day), locale),
        "money": money,
        "join": join,
        "lower": str.lower,
        "upper": str.upper,
    }


def _day(value: date | Moment) -> date:
    return value.day if isinstance(value, Moment) else value
