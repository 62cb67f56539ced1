"""What the reference validator finds -> problems a person can act on.

One fault is one problem: a misspelled key and the key that is missing for it are one, and of
all that is wrong with one value only the most telling is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from sopwith.problem import Problem, Route
from sopwith.shape import keys, values
from sopwith.shape.fault import Fault
from sopwith.shape.words import Schema, advice, label

if TYPE_CHECKING:
    from jsonschema import ValidationError


def explain(root: Schema, path: str, errors: Iterable[ValidationError]) -> tuple[Problem, ...]:
    """The problems behind the validator's errors, in the order of their routes."""
    faults = [Fault(root, path, error) for error in errors]
    careless = {f.route for f in faults if f.keyword == "additionalProperties" and keys.meant(f)}
    problems = [
        problem
        for fault in _most_telling(faults)
        # A key may only seem out of place because one beside it is misspelled.
        if fault.keyword != "not" or fault.route[:-1] not in careless
        for problem in _EXPLAIN.get(fault.keyword, _other)(fault)
    ]
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.spot.route, p.code)))


# Of several faults of one value, the first of these is said.
_TELLING = ("type", "enum", "minLength", "maxLength", "format", "pattern", "minProperties")


def _most_telling(faults: list[Fault]) -> Iterator[Fault]:
    said: set[tuple[Route, bool]] = set()
    for keyword in _TELLING:
        for fault in faults:
            if fault.keyword == keyword and (fault.route, fault.of_key) not in said:
                said.add((fault.route, fault.of_key))
                yield fault
    yield from (fault for fault in faults if fault.keyword not in _TELLING)


def _other(fault: Fault) -> Iterator[Problem]:
    message = f"{label(fault.route)} is not as it should be"
    yield fault.problem("wrong-form", message, advice(fault.field, fault.name))


_EXPLAIN: Mapping[str, Callable[[Fault], Iterable[Problem]]] = {
    "additionalProperties": keys.unknown_key,
    "required": keys.missing,
    "dependentRequired": keys.missing_with,
    "not": keys.not_together,
    "type": values.wrong_type,
    "enum": values.unknown_value,
    "pattern": values.wrong_form,
    "format": values.wrong_format,
    "maxLength": values.too_long,
    "minLength": values.too_short,
    "minItems": values.too_few,
    "minProperties": values.too_few,
    "uniqueItems": values.repeated,
}
