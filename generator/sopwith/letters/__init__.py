"""An email or a document template x a plan -> what it says, ready for a person to look over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sopwith import template, words
from sopwith.letters.hubspot import Token, with_tokens
from sopwith.letters.invoice import number
from sopwith.letters.message import Message, TooLong, UnsafeHeader, to_eml, to_mailto, to_text
from sopwith.letters.names import holders, names, values
from sopwith.model import MAIN_CONTACT, Company, Document, Email, Moment
from sopwith.plan import Plan, Row
from sopwith.template import Unresolved
from sopwith.text import Block, Prompt, escape_markdown, mark, parse, spell

__all__ = [
    "Message",
    "TooLong",
    "Unresolved",
    "UnsafeHeader",
    "fill",
    "for_us",
    "names",
    "number",
    "to_eml",
    "to_mailto",
    "to_text",
    "write",
]


def write(
    email: Email,
    plan: Plan,
    row: Row | None = None,
    answers: Mapping[str, str] | None = None,
    *,
    hubspot: bool = False,
    fact: Callable[[str], str] = str,
) -> Message:
    """Fill in an email for a plan's client.

    `row` is the step that calls for it. Prompts without an answer stay visible. With `hubspot`,
    what HubSpot knows of the recipient stands as its tokens. `fact` says how what is filled in is
    written. Raises Unresolved where the template prints something that the client's file does not
    say.
    """
    known = values(email, plan, row, answers or {})
    if hubspot:
        known = with_tokens(known)
    filters = _filters(plan.company, plan.client.fees.currency)
    subject = template.render(email.subject, known, filters, _said(_in_a_line, fact))
    body = template.render(email.body, known, filters, _said(_in_markdown, fact))
    sender = next(iter(holders(email.from_, plan)), None)
    if sender is None:
        raise Unresolved("sender")
    to = _recipients(email.to, plan)
    copies = dict.fromkeys(person for role in email.cc for person in _recipients(role, plan))
    return Message(
        subject=" ".join(subject.split()),
        from_name=sender.name,
        from_email=sender.email,
        to=to,
        cc=tuple(person for person in copies if person not in to),
        body=parse(body),
    )


def fill(
    document: Document,
    plan: Plan,
    row: Row | None = None,
    answers: Mapping[str, str] | None = None,
    *,
    fact: Callable[[str], str] = str,
) -> tuple[Block, ...]:
    """Fill in a document for a plan's client, as `write` does an email; raises Unresolved."""
    known = values(document, plan, row, answers or {})
    filters = _filters(plan.company, plan.client.fees.currency)
    return parse(template.render(document.body, known, filters, _said(_in_markdown, fact)))


def for_us(document: Document) -> Document | None:
    """The sheet beside a document that is not for the client, as a document of its own."""
    if not document.for_us:
        return None
    title = f"{document.title} (for us)"
    return replace(document, title=title, body=document.for_us, for_us="")


def _recipients(to: str, plan: Plan) -> tuple[tuple[str, str], ...]:
    if to == MAIN_CONTACT:
        contact = plan.client.main_contact
        if contact is None:
            raise Unresolved("contact")
        return ((contact.name, contact.email),)
    return tuple((person.name, person.email) for person in holders(to, plan))


def _said(write: Callable[[Any], str], fact: Callable[[str], str]) -> Callable[[Any], str]:
    """Write each value as asked; a prompt is no fact."""
    return lambda value: write(value if isinstance(value, Prompt) else fact(str(value)))


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
        "lower": _lettered(str.lower),
        "upper": _lettered(str.upper),
    }


def _lettered(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: text if isinstance(text, Token) else change(text)


def _day(value: date | Moment) -> date:
    return value.day if isinstance(value, Moment) else value
