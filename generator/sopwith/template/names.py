"""What a template may name, and how each kind of thing can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "date", "amount", "words", "number", "flag"]
"""What a name stands for: text, a day, money, several words, a count, or yes or no."""


@dataclass(frozen=True, slots=True)
class Each:
    """A list that `for` may go through, and what each of its items is."""

    item: Names


Names = Mapping[str, "Kind | Each | Names"]
"""What a template may name: `contact.first_name` is `{"contact": {"first_name": "text"}}`."""

Part = Kind | Each | Names


@dataclass(frozen=True, slots=True)
class Filter:
    """What a filter can be put behind, what comes out, and whether it needs a text in brackets."""

    takes: Kind
    gives: Kind
    argument: bool = False


FILTERS: Mapping[str, Filter] = {
    "date": Filter("date", "text"),
    "day": Filter("date", "text"),
    "money": Filter("amount", "text"),
    "lower": Filter("text", "text"),
    "upper": Filter("text", "text"),
    "join": Filter("words", "text", argument=True),
    "default": Filter("text", "text", argument=True),
}
SHOWN_BY: Mapping[Kind, str] = {"date": "date", "amount": "money", "words": 'join(", ")'}
"""The filter without which a kind cannot be printed."""

LOOP: Names = {"first": "flag", "last": "flag", "index": "number"}
"""What `loop` tells inside a `for`."""
