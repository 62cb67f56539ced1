"""Keys that are unknown, missing, or do not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sopwith.problem import Problem, nearest, some_of
from sopwith.shape.fault import Fault
from sopwith.shape.words import advice, label, written
from sopwith.source import shown

# What people call it who think of the same thing by another word.
_CALLED: Mapping[str, Sequence[str]] = {
    "role": ("who", "responsible", "assignee", "assigned_to", "owner", "person"),
    "owner": ("responsible", "who"),
    "when": ("if", "condition", "only_for", "only_if", "applies_to"),
    "applies_to": ("if", "when", "only_for"),
    "details": ("description", "text", "how", "body", "instructions"),
    "due": ("deadline", "due_date", "by_when"),
    "date": ("on", "day"),
    "title": ("name", "heading"),
    "name": ("title",),
    "wait_for": ("after", "depends_on", "needs"),
    "substeps": ("steps", "checklist", "tasks"),
    "notes": ("note", "tip", "warning", "hint"),
    "summary": ("description", "text", "what"),
    "what": ("text", "summary", "title"),
    "why": ("reason", "because"),
    "reason": ("why", "because"),
    "effective": ("date", "from"),
    "by": ("author", "who"),
}


def _unknown(fault: Fault) -> dict[str, str | None]:
    """Each key that this object may not have, with the absent one that was most likely meant."""
    if fault.field.get("additionalProperties") is not False:
        return {}
    known = fault.field.get("properties", {})
    absent = _absent(fault)
    return {key: _meant_by(key, absent) for key in fault.value if key not in known}


def _absent(fault: Fault) -> list[str]:
    """The keys that this object may still have, those that it must have first."""
    needed = fault.field.get("required", ())
    absent = [name for name in fault.field.get("properties", {}) if name not in fault.value]
    return sorted(absent, key=lambda name: name not in needed)


def _meant_by(key: str, absent: Sequence[str]) -> str | None:
    word = key.lower().replace("-", "_").replace(" ", "_")
    return next((n for n in absent if word in _CALLED.get(n, ())), None) or nearest(key, absent)


def meant(fault: Fault) -> set[str]:
    """Absent keys that a misspelled one was most likely meant to be."""
    return {near for near in _unknown(fault).values() if near}


def unknown_key(fault: Fault) -> Iterator[Problem]:
    """A key that the schema does not know."""
    for key, near in _unknown(fault).items():
        message = f"no key is called {shown(key)} here"
        known = _absent(fault) or list(fault.field.get("properties", ()))
        hint = f'did you mean "{near}"?' if near else some_of(known)
        yield fault.problem("unknown-key", message, hint, (fault.spot / key).name())


def missing(fault: Fault) -> Iterator[Problem]:
    """Keys that an object needs, always or because of what another key says."""
    asker = _asker(fault) if _in_then(fault) else None
    for name in fault.asks:
        if name in fault.value or name in meant(fault):
            continue
        hint = advice(fault.part(name), name)
        if asker:
            key, says = asker
            message = f"{shown(name)} is missing, which {says} asks for"
            yield fault.problem("missing-with", message, hint, (fault.spot / key).name())
        else:
            yield fault.problem(
                "missing-key", f"{shown(name)} is missing{_owner(fault)}", hint, fault.head
            )


def _owner(fault: Fault) -> str:
    for key in ("id", "title", "name"):
        if isinstance(fault.value.get(key), str) and fault.route:
            return f" in {shown(fault.value[key])}"
    return f" in {label(fault.route)}" if fault.route else ""


def _in_then(fault: Fault) -> bool:
    path = list(fault.error.absolute_schema_path)
    return path[-2:-1] == ["then"]


def _asker(fault: Fault) -> tuple[str, str] | None:
    """The key and the words of the condition behind a `then`, where it is a plain one."""
    condition = fault.field.get("if", {})
    for key, part in condition.get("properties", {}).items():
        if isinstance(part, Mapping) and "const" in part:
            return key, f"{key}: {written(part['const'])}"
    for key in condition.get("required", ()):
        return key, str(key)
    return None


def missing_with(fault: Fault) -> Iterator[Problem]:
    """Keys that another key needs beside it."""
    for key, needed in fault.asks.items():
        for name in needed if key in fault.value else ():
            if name not in fault.value and name not in meant(fault):
                message = f"{shown(key)} needs {shown(name)} beside it"
                hint = advice(fault.part(name), name)
                yield fault.problem("missing-with", message, hint, (fault.spot / key).name())


def not_together(fault: Fault) -> Iterator[Problem]:
    """A key that has no place beside another."""
    path = list(fault.error.absolute_schema_path)
    key = str(fault.route[-1])
    message = f"{shown(key)} has no place here"
    if "dependentSchemas" in path:
        other = str(path[len(path) - path[::-1].index("dependentSchemas")])
        message = f"{shown(key)} does not go with {shown(other)}"
    yield fault.problem("not-together", message, advice(fault.schema), fault.spot.name())
