"""The words due dates are written in: `3 business days after kickoff`."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import cast

from sopwith.due.forms import LAST, Due, Halfway, LastBusinessDay, Offset, Side, Unit
from sopwith.due.meant import no_due, no_length

_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_LENGTH = "(?P<count>[1-9][0-9]{0,2}) (?P<unit>business day|day|week|month|business hour)s?"
_EVENT = f"(?!step$)(?P<event>{_SLUG})"
_WITHIN = re.compile(_LENGTH)
_OFFSETS = (
    re.compile(f"{_LENGTH} (?P<side>before|after) {_EVENT}"),
    re.compile(f"{_LENGTH} (?P<side>after) step (?P<step>{_SLUG})"),
    re.compile(f"(?P<side>on) {_EVENT}"),
)
_HALFWAY = re.compile(f"halfway between ({_SLUG}) and ({_SLUG})")


def parse(text: str, events: Collection[str] = ()) -> Due:
    """Read a due date; raise Unreadable on anything else.

    Whether an event is known is not asked here: `events` only helps to guess what a text that
    cannot be read was meant to say.
    """
    due = _read(text)
    if due is None:
        raise no_due(text, events, _read)
    return due


def parse_within(text: str) -> Offset:
    """Read a bare length of time, as in `24 business hours`; raise Unreadable on anything else.

    The result counts "after" whatever it is reckoned from.
    """
    within = _read_within(" ".join(text.split()))
    if within is None:
        raise no_length(text, _read_within)
    return within


@lru_cache(maxsize=4096)
def _read(text: str) -> Due | None:
    text = " ".join(text.split())
    if text == LAST:
        return LastBusinessDay()
    if found := _HALFWAY.fullmatch(text):
        return Halfway(*found.groups())
    for form in _OFFSETS:
        if found := form.fullmatch(text):
            return _offset(found.groupdict(""))
    return None


@lru_cache(maxsize=256)
def _read_within(text: str) -> Offset | None:
    found = _WITHIN.fullmatch(text)
    return _offset(found.groupdict("")) if found else None


def _offset(parts: dict[str, str]) -> Offset:
    return Offset(
        int(parts.get("count", "0")),
        cast(Unit, parts.get("unit", "day") + "s"),
        cast(Side, parts.get("side", "after")),
        parts.get("event", ""),
        parts.get("step", ""),
    )
