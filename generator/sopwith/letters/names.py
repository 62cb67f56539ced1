"""What a letter may name, and what those names stand for in one client's case.

`names` and `values` tell the same story, once for the rule that reads templates and once for the
letter itself; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sopwith.letters import steps
from sopwith.letters.invoice import NAMES as INVOICE
from sopwith.letters.invoice import day_of, invoice, item_of
from sopwith.model import (
    MAIN_CONTACT,
    OWN_EVENTS,
    Case,
    Client,
    Company,
    Document,
    Email,
    Fact,
    FeeLine,
    Item,
    Moment,
)
from sopwith.plan import Assignee, Plan, Row
from sopwith.plan import assignees as who_does
from sopwith.template import Each, Kind, Names
from sopwith.text import Prompt

Letter = Email | Document

_PERSON: Names = {"name": "text", "first_name": "text", "email": "text"}
_LINES = Each({"what": "text", "amount": "amount"})


def names(company: Company, letter: Letter) -> Names:
    """Everything a letter of this company may name."""
    return {
        "company": {"name": "text", "handbook": "text"},
        "client": {"name": "text", "engagement": "text"},
        "contact": {**_PERSON, "title": "text"},
        "sender": {**_PERSON, "title": "text"},
        "people": {_name(role.id): _PERSON for role in company.roles.values()},
        "dates": {_name(event): "date" for event in _events(company)},
        "facts": {_name(fact.id): _kind(fact) for fact in company.facts.values()},
        "asks": {_name(ask): "text" for ask in letter.asks},
        "today": "date",
        "day": "date",
        "step": {"title": "text", "due": "date"},
        "item": {"title": "text", "due": "date", "fee": "amount"},
        "case": {"title": "text", "opened": "date"},
        "plan": {"next_steps": Each(steps.NAMES), "done_steps": Each(steps.NAMES)},
        "deliverables": Each({"title": "text", "due": "date"}),
        "milestones": Each({"title": "text", "due": "date", "fee": "amount"}),
        "fees": {
            "lines": _LINES,
            "total": "amount",
            "terms": "text",
            "currency": "text",
            "monthly": _LINES,
        },
        "invoice": INVOICE,
    }


def values(
    letter: Letter, plan: Plan, row: Row | None, answers: Mapping[str, str]
) -> Mapping[str, Any]:
    """What the names stand for; what nobody knows yet is left out.

    `row` is the step that calls for the letter, `answers` what a person said to its prompts.
    """
    client, company = plan.client, plan.company
    is_outside = _goes_outside(letter, company)
    known: Mapping[str, Any] = _known(
        {
            "company": {"name": company.name, "handbook": company.handbook},
            "client": {"name": client.name, "engagement": client.engagement},
            "contact": _contact(client),
            "sender": _sender(letter, plan),
            "people": {
                _name(role): _person(found[0])
                for role in company.roles
                if (found := holders(role, plan))
            },
            "dates": _dates(plan),
            "facts": _facts(client, company),
            "asks": {
                _name(ask): answers.get(ask, Prompt(question))
                for ask, question in letter.asks.items()
            },
            "today": plan.today,
            "day": day_of(plan, row),
            "step": {"title": row.step.title, "due": row.due} if row else {},
            "item": _item(item) if (item := row and item_of(row, client)) else {},
            "case": _case(case) if (case := row and _case_of(row, plan)) else {},
            "plan": {
                "next_steps": steps.coming(plan, row, is_outside),
                "done_steps": steps.done(plan, is_outside),
            },
            "deliverables": [_item(item) for item in client.items("deliverables")],
            "milestones": [_item(item) for item in client.items("milestones")],
            "fees": {
                "lines": _lines(client.fees.lines),
                "monthly": _lines(client.fees.monthly),
                "total": client.fees.total if client.fees.lines else None,
                "terms": client.fees.terms,
                "currency": client.fees.currency,
            },
            "invoice": invoice(plan, _sender_of_invoice(row, plan)),
        }
    )
    return known


def holders(role: str, plan: Plan) -> tuple[Assignee, ...]:
    """Who acts in a role for the plan's client today."""
    return who_does(plan.company.roles[role], plan.client, plan.company, plan.today)


def _events(company: Company) -> Iterator[str]:
    """The events that the firm lists, and those of our own plans."""
    yield from (event.id for event in company.events)
    for events in OWN_EVENTS.values():
        yield from events


def _name(identifier: str) -> str:
    """An id as templates write it: hyphens would be minus signs there."""
    return identifier.replace("-", "_")


def _kind(fact: Fact) -> Kind:
    return "amount" if fact.amount else "words" if fact.some_of else "text"


def _known(value: Any) -> Any:
    """Leave out what is empty, so that naming it counts as not known."""
    if isinstance(value, Mapping):
        kept = {key: _known(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner not in (None, "")}
    if isinstance(value, list):
        return [_known(inner) for inner in value]
    return value


def _goes_outside(letter: Letter, company: Company) -> bool:
    if isinstance(letter, Document) or letter.to == MAIN_CONTACT:
        return True
    return company.roles[letter.to].outside


def _contact(client: Client) -> dict[str, str]:
    contact = client.main_contact
    if contact is None:
        return {}
    return {
        "name": contact.name,
        "first_name": contact.first_name or contact.name.split()[0],
        "title": contact.title,
        "email": contact.email,
    }


def _person(person: Assignee) -> dict[str, str]:
    return {
        "name": person.name,
        "first_name": person.name.split()[0],
        "email": person.email,
    }


def _sender(letter: Letter, plan: Plan) -> dict[str, str]:
    role = letter.from_ if isinstance(letter, Email) else letter.owner
    found = holders(role, plan)
    return {**_person(found[0]), "title": plan.company.roles[role].title} if found else {}


def _dates(plan: Plan) -> dict[str, Moment | None]:
    return {_name(event): moment for event, moment in plan.events.items()}


def _facts(client: Client, company: Company) -> dict[str, Any]:
    stated: dict[str, Any] = {}
    for fact in company.facts.values():
        found = client.facts.get(fact.id) or ((fact.default,) if fact.default else ())
        if found:
            stated[_name(fact.id)] = list(found) if fact.some_of else found[0]
    return stated


def _item(item: Item) -> dict[str, Any]:
    return {"title": item.title, "due": item.due, "fee": item.fee}


def _lines(lines: Iterable[FeeLine]) -> list[dict[str, Any]]:
    return [{"what": line.what, "amount": line.amount} for line in lines]


def _case_of(row: Row, plan: Plan) -> Case | None:
    of = row.address.partition("/")[0]
    return next((planned.case for planned in plan.sops if planned.address == of), None)


def _sender_of_invoice(row: Row | None, plan: Plan) -> Row | None:
    """The step whose invoice a letter means: its own, or in a case the one the case is about."""
    case = row and _case_of(row, plan)
    if not case or (row and row.step.document):
        return row
    return next((other for other in plan.rows() if other.address == case.about), None)


def _case(case: Case) -> dict[str, Any]:
    title = case.title or case.id.replace("-", " ").capitalize()
    return {"title": title, "opened": case.opened}
