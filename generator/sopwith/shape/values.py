"""Values of the wrong type or form, and lists with too little or too much in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sopwith.problem import Problem, Route, nearest
from sopwith.shape import guess
from sopwith.shape.fault import Fault
from sopwith.shape.formats import is_date, zones
from sopwith.shape.words import advice, field, given, label, wanted, written
from sopwith.source import quoted, shown
from sopwith.source.wording import SPACES


def wrong_type(fault: Fault) -> Iterator[Problem]:
    """A value of another type than the schema asks for."""
    message = f"{label(fault.route)} must be {wanted(fault.asks)}, not {given(fault.value)}"
    types = [fault.asks] if isinstance(fault.asks, str) else fault.asks
    names = fault.value if isinstance(fault.value, list) else []
    is_for_one = len(names) == 1 or _is_for_ids(fault.field.get("pattern", ""))
    if types == ["string"] and names and is_for_one and all(isinstance(n, str) for n in names):
        yield fault.problem("wrong-type", message, _only_one(fault, names))
        return
    hints = (_retyped(kind, fault.value, fault.route) for kind in types)
    hint = next(filter(None, hints), "") or advice(fault.field, fault.name)
    needed = fault.field.get("required", ())
    if needed and "object" in types and "examples" not in fault.field:
        keys = [*fault.field.get("properties", {})]
        hint += f" It needs the key{'s' if needed[1:] else ''} {_one_of(needed, 'and')}."
        if needed == keys[:1] and isinstance(fault.value, str):
            hint = f"write: {needed[0]}: {written(fault.value)}"
    if fault.asks == "string" and "enum" in fault.field:
        hint = f"write {_one_of(fault.field['enum'])}"
    yield fault.problem("wrong-type", message, hint)


def _retyped(kind: str, value: Any, route: Route) -> str:
    """How to write this value so that it has that type, where it is plain what was meant."""
    name = f"{route[-1]}: " if route and isinstance(route[-1], str) else ""
    if kind == "string" and isinstance(value, bool):
        return f"put quotes around it: {name}{quoted(written(value))}"
    if kind == "string" and isinstance(value, dict) and len(value) == 1:
        ((key, text),) = value.items()
        if isinstance(text, str):
            return f"put quotes around a text that holds a colon: {name}{written(f'{key}: {text}')}"
    if kind == "array" and isinstance(value, str):
        listed = guess.entries(value)
        if listed:
            return f'write "- " before each of them, on a line of its own: - {listed[0].strip()}'
        names = guess.parts(value)
        several = [part for part in names if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", part)]
        entries = several if len(several) == len(names) else [value]
        return f"write it as a list: {name}{written(entries)}" if len(value) <= _SHORT else ""
    if kind == "object" and isinstance(value, str):
        equals = re.fullmatch(r"([\w-]+) ?(?:=|:| is) ?([\w-]+)", value)
        return f"write: {name}{written({equals[1]: equals[2]})}" if equals else ""
    return "write true or false, without quotes" if kind == "boolean" else ""


_SHORT = 40


def unknown_value(fault: Fault) -> Iterator[Problem]:
    """A value that is none of those there are."""
    values = [written(value) for value in fault.asks]
    value = fault.value if isinstance(fault.value, str) else written(fault.value)
    near = nearest(value, values)
    hint = f'did you mean "{near}"?' if near else advice(fault.field, fault.name)
    if not near and isinstance(fault.field.get("type"), str):
        hint = f"write {_one_of(values)}"
    yield fault.problem("unknown-value", f"{label(fault.route)} cannot be {shown(value)}", hint)


def _one_of(words: Sequence[str], join: str = "or") -> str:
    *most, last = words
    return f"{', '.join(most)} {join} {last}" if most else last


def _form(fault: Fault, says: str = "") -> str:
    """How a text is to be written: the words for its form, an example from its field."""
    if fault.of_key:
        return advice(fault.schema, kind=str)
    schema = {
        "description": says or fault.schema.get("description", ""),
        "examples": fault.field.get("examples") or fault.schema.get("examples", ()),
    }
    return advice(schema, fault.name, kind=str)


def wrong_form(fault: Fault) -> Iterator[Problem]:
    """Text that is not written as its pattern asks."""
    what = "the key" if fault.of_key else label(fault.route)
    message = f"{what} cannot be written {shown(fault.value)}"
    if "\n" in fault.value:
        message = f"{what} goes over several lines: {shown(fault.value)}"
    elif "\t" in fault.value:
        message = f"{what} holds a tab: {shown(fault.value)}"
    elif re.search(f"[{SPACES}]", fault.value):
        message = f"{what} holds a space of another kind, as pasted text does: {shown(fault.value)}"
    near = _as_name(fault.value, fault.asks)
    if not near and re.search(fault.asks, "1.0") and not re.search(fault.asks, "1"):
        near = guess.version(fault.value)
    hint = f'did you mean "{near}"?' if near else _form(fault)
    yield fault.problem("wrong-form", message, (_several(fault) if near else "") or hint)


def _is_for_ids(pattern: str) -> bool:
    return bool(pattern) and not re.search(pattern, "two words")


def _several(fault: Fault) -> str:
    """How to write several ids in one text, where one of them is asked for or each by itself."""
    # With a space behind it, an id that is right already becomes one too.
    names = [_as_name(f"{part} ", fault.asks) for part in guess.parts(fault.value)]
    if fault.of_key or fault.name == "id" or len(names) < 2 or not all(names):
        return ""
    if fault.name:
        return _only_one(fault, names)
    return f"write each of them as an entry of its own: {written(names)[1:-1]}"


def _as_name(text: str, pattern: str) -> str:
    """The text as an id, where the pattern is one for ids and would take it."""
    if "@" in text:
        return ""
    names = (re.sub(r"[\W_]+", gap, text.lower()).strip(gap) for gap in "-_")
    fits = (name for name in names if name != text and re.search(pattern, name))
    return next(fits, "") if "\n" not in text and _is_for_ids(pattern) else ""


def _only_one(fault: Fault, names: list[str]) -> str:
    """What to write where one is asked for and several are given."""
    name = f"{fault.name}: " if fault.name else ""
    says = "only one can stand here" if names[1:] else "write it without a list"
    hint = f"{says}: {name}{written(names[0])}"
    beside = field(fault.root, fault.route[:-1]).get("properties", {})
    if fault.name == "role" and "with" in beside and names[1:]:
        hint += f"; for others who take part, write with: {written(names[1:])}"
    return hint


def too_long(fault: Fault) -> Iterator[Problem]:
    """Text longer than fits."""
    size = f"has {len(fault.value)} characters, and at most {fault.asks} fit"
    yield fault.problem("wrong-form", f"{label(fault.route)} {size}", _form(fault))


def too_short(fault: Fault) -> Iterator[Problem]:
    """Text with nothing in it."""
    yield fault.problem("wrong-form", f"{label(fault.route)} is empty", _form(fault))


_NO_FORMAT = {
    "date": "is no date",
    "moment": "is no date",
    "timezone": "is no time zone",
    "email": "is no email address",
    "uri": "is no web address",
}


def wrong_format(fault: Fault) -> Iterator[Problem]:
    """Text that is no date, no address, no time zone."""
    what = _NO_FORMAT.get(fault.asks, "has the wrong form")
    hint = _form(fault)
    if fault.asks in ("date", "moment"):
        meant = (guess.days if fault.asks == "date" else guess.moments)(fault.value)
        hint = _form(fault, "Write the year, the month and the day.")
        if re.match(r"\d{4}-\d{2}-\d{2}\b", fault.value) and not is_date(fault.value[:10]):
            what = "is no day of the calendar"
        elif len(meant) == 1:
            hint = f'did you mean "{meant[0]}"?'
        elif meant:
            hint = f"the year comes first, then the month: {meant[0]}, or {meant[1]}"
    near = nearest(fault.value, zones()) if fault.asks == "timezone" else None
    if near:
        hint = f'did you mean "{near}"?'
    yield fault.problem("wrong-form", f"{shown(fault.value)} {what}", hint)


def too_few(fault: Fault) -> Iterator[Problem]:
    """A list or map with too few entries."""
    count = len(fault.value)
    entries = "1 entry" if count == 1 else f"{count} entries"
    message = f"{label(fault.route)} has {entries} and needs at least {fault.asks}"
    if not count:
        message = f"{label(fault.route)} is empty"
    yield fault.problem("too-few", message, advice(fault.field, fault.name), fault.head)


def repeated(fault: Fault) -> Iterator[Problem]:
    """An entry that stands in its list already."""
    for index, entry in enumerate(fault.value):
        if entry in fault.value[:index]:
            what = shown(entry) if isinstance(entry, str) else "the same"
            message = f"{what} stands in {label(fault.route)} more than once"
            hint = "keep one of them and take the other out"
            yield fault.problem("repeated-entry", message, hint, fault.spot / index)
