"""What somebody typed of a new client, as data for its file; Refused where it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sopwith.exports import same_name
from sopwith.filing.keep import Refused
from sopwith.making import NotHere
from sopwith.model import Event, Fact, Moment
from sopwith.problem import did_you_mean, nearest
from sopwith.shape import FORMATS
from sopwith.source import Data

_CONTACT = re.compile(
    r"\s*(?P<name>[^<>()]*[^<>()\s])\s*(?:\((?P<title>[^<>()]+)\)\s*)?<(?P<email>[^<>\s]+)>\s*"
)


def contact(text: str) -> dict[str, Data]:
    """Someone at the client, as `Name <email>` or `Name (role) <email>`."""
    found = _CONTACT.fullmatch(text)
    if found is None:
        raise Refused(
            f'"{text}" is no contact; write "Priya Shah <priya@harborlane.example>", or with what '
            'they do there, "Priya Shah (Practice manager) <priya@harborlane.example>".'
        )
    said = {key: (found[key] or "").strip() for key in ("name", "title")}
    return {key: value for key, value in said.items() if value} | {"email": email(found["email"])}


def email(typed: str) -> str:
    """An email address."""
    if not FORMATS["email"](typed.strip()):
        raise Refused(f'"{typed}" is no email address; write it as in wil@northpier.example.')
    return typed.strip()


def facts(known: Mapping[str, Fact], given: Sequence[tuple[str, str]]) -> dict[str, Data]:
    """Facts and their values, in the order of `company.yml`."""
    read: dict[str, Data] = {}
    for key, value in given:
        if key not in known:
            raise NotHere("fact", key, known)
        read[key] = fact(known[key], value)
    return {key: read[key] for key in known if key in read}


def fact(known: Fact, typed: str) -> Data:
    """One value, or a list where a fact may have several."""
    values = [part.strip() for part in typed.split(",")] if known.some_of else [typed.strip()]
    for value in values:
        if known.choices and value not in known.choices:
            hint = did_you_mean(value, known.choices)
            raise Refused(f'"{value}" is no value of {known.id} ({known.title}); {hint}')
    if known.amount and not re.fullmatch(r"-?\d+(\.\d{1,2})?", values[0], re.ASCII):
        raise Refused(f'"{values[0]}" is no amount; write it as in 12000.00.')
    plain: list[Data] = [*dict.fromkeys(values)]
    return plain if known.some_of else values[0]


def dates(known: Sequence[Event], given: Sequence[tuple[str, str]]) -> dict[str, Data]:
    """Events, by id or title, and their dates, in the order of `company.yml`."""
    stated = [event for event in known if not event.is_]
    ids = [event.id for event in stated]
    called = {same_name(name): event.id for event in stated for name in (event.title, event.id)}
    read: dict[str, Data] = {}
    for key, value in given:
        if same_name(key) not in called:
            titles = [] if nearest(key, ids) else [event.title for event in stated]
            raise NotHere("event", key, titles if nearest(key, titles) else ids)
        read[called[same_name(key)]] = date(value)
    return {key: read[key] for key in ids if key in read}


def date(typed: str) -> Data:
    """A day, or a day and a time of it."""
    try:
        return str(Moment.parse(typed.strip()))
    except ValueError:
        raise Refused(f'"{typed}" is no day; write it as in 2026-11-20.') from None
