"""A value of a field in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal, get_args, get_origin

from sopwith import conditions
from sopwith.comparing.files import Pair
from sopwith.comparing.names import Names, hints, label, refers
from sopwith.comparing.texts import excerpts
from sopwith.model import Ask, Condition, Every, Go, Note, Sop, Then
from sopwith.words import listing, long_date

NOTHING = "none"
# Texts that are a language of their own, and not prose.
_TERSE = ("due", "after", "id", "within", "stage", "is_", "timezone", "locale", "version")


def is_terse(field: str, hint: Any) -> bool:
    """Say whether a text stands without quotes: a name, a choice, or words of a small language."""
    return field in _TERSE or bool(refers(hint)) or get_origin(hint) is Literal


@dataclass(frozen=True, slots=True)
class Values:
    """Says values of one file, which knows its own steps."""

    pair: Pair
    names: Names

    def say(self, value: Any, hint: Any, field: str = "") -> str:
        """Put a value into words; `hint` is its type, by which it may name something."""
        if value is True or value is False:
            return "yes" if value else "no"
        if value is None or value in ((), "", {}):
            return NOTHING
        if isinstance(value, str):
            return self._text(value, hint, field)
        if isinstance(value, Condition):
            return conditions.words(value, self._asked)
        if isinstance(value, date):
            return long_date(value, self.names.locale)
        if isinstance(value, tuple):
            inner = (get_args(hint) or (None,))[0]
            return listing([self.say(item, inner) for item in value], self.names.locale)
        if isinstance(value, Mapping):
            return "; ".join(self.entries(value, hint))
        return self._thing(value)

    def entries(self, value: Mapping[str, Any], hint: Any) -> Iterator[str]:
        """Each entry of a map."""
        key, inner = get_args(hint) or (None, None)
        for name, item in value.items():
            yield f"{self.say(name, key, 'id')}: {self.say(item, inner)}"

    def step(self, id_: str) -> str:
        """A step by its title and id."""
        for sop in (self.pair.now, self.pair.was):
            step = sop.step(id_) if isinstance(sop, Sop) else None
            if step:
                return f"{step.title} ({id_})"
        return id_

    def leads(self, go: Go | None) -> str:
        """Where an answer leads."""
        if go is None:
            return "goes on"
        if go.sop:
            return f"runs {self.names.name('sop', go.sop)}"
        if go.step:
            often = f", at most {go.at_most}" if go.at_most else ""
            then = f", then {self._then(go.then)}" if go.then else ""
            return f"leads back to {self.step(go.step)}{often}{then}"
        return "ends it"

    def _then(self, then: Then) -> str:
        if then.escalate:
            return f"{self.names.name('role', then.escalate)} decides"
        return "it ends" if then.end == "end" else "it goes on"

    def _text(self, value: str, hint: Any, field: str) -> str:
        kind = refers(hint)
        if kind:
            return self.step(value) if kind == "step" else self.names.name(kind, value)
        return value if is_terse(field, hint) else f'"{excerpts(value, "")[0]}"'

    def _thing(self, value: Any) -> str:
        if isinstance(value, Go):
            return self.leads(value)
        if isinstance(value, Note):
            return f'{value.kind} "{value.says}"'
        if isinstance(value, Every):
            return str(value.count or f"as the client's {self.names.name('fact', value.fact)}")
        if is_dataclass(value) and any(field.name == "at" for field in fields(value)):
            return ", ".join(self._parts(value))
        return str(value)

    def _parts(self, value: Any) -> Iterator[str]:
        kind: Any = type(value)
        for field in fields(kind):
            inner = getattr(value, field.name)
            if field.compare and inner is not False and inner not in (None, (), "", {}):
                said = self.say(inner, hints(kind)[field.name], field.name)
                yield label(field.name) if inner is True else f"{label(field.name)} {said}"

    def _asked(self, ask: Ask, contrary: bool) -> str:
        then, now = self.names.companies
        company = now if ask.key in now.facts else then
        steps = (
            sop.step(ask.key) for sop in (self.pair.now, self.pair.was) if isinstance(sop, Sop)
        )
        decision = next((step.decision for step in steps if step and step.decision), None)
        return conditions.in_words(ask, company, decision.question if decision else "", contrary)
