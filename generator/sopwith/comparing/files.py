"""Two readings of a handbook -> what is new, gone or different in each file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from sopwith.comparing.difference import Difference, differing, moves, places
from sopwith.model import (
    Company,
    Document,
    Email,
    Event,
    Fact,
    Library,
    Person,
    Phase,
    Role,
    ServiceLevel,
    Sop,
    Stage,
    Step,
    Tool,
)

KINDS: Mapping[str, str] = {"sop": "sops", "email": "emails", "document": "documents"}
"""The kinds of files that are compared beside company.yml, and where a library has them."""

PARTS: Mapping[str, type] = {
    "phase": Phase,
    "step": Step,
    "person": Person,
    "stage": Stage,
    "event": Event,
    "fact": Fact,
    "role": Role,
    "tool": Tool,
    "service level": ServiceLevel,
}
"""What the parts of files are made of."""

_SINGULAR = {
    "people": "person",
    "stages": "stage",
    "events": "event",
    "facts": "fact",
    "roles": "role",
    "tools": "tool",
    "service_levels": "service level",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A file as it was and as it is; None where it was not there, or is no more."""

    kind: str
    id: str
    was: Any
    now: Any
    differences: tuple[Difference, ...] = ()

    @property
    def shown(self) -> Any:
        """What it is, or else was."""
        return self.now or self.was


def libraries(was: Library, now: Library) -> Iterator[Pair]:
    """Every file that is not as it was: the company first, then kind by kind, by id."""
    found = tuple(company(was.company, now.company))
    if found:
        yield Pair("company", "company", was.company, now.company, found)
    for kind, folder in KINDS.items():
        before, after = getattr(was, folder), getattr(now, folder)
        for id_ in sorted({*before, *after}):
            old, new = before.get(id_), after.get(id_)
            if old is None or new is None:
                yield Pair(kind, id_, old, new)
                continue
            found = tuple(sop(old, new) if kind == "sop" else letter(old, new))
            if found:
                yield Pair(kind, id_, old, new, found)


def sop(was: Sop, now: Sop) -> Iterator[Difference]:
    """Compare two versions of one SOP; phases and steps are themselves by their ids.

    A phase that moves takes its steps along: only a step that leaves its siblings has moved.
    """
    yield from differing(was, now, without=("phases",))
    before = {phase.id: phase for phase in was.phases}
    after = {phase.id: phase for phase in now.phases}
    yield from moves("phase", before, after, (places([*before]), places([*after])))
    for id_, phase in after.items():
        if id_ in before:
            yield from differing(before[id_], phase, "phase", id_, without=("steps",))
    yield from _steps(was, now)


def _steps(was: Sop, now: Sop) -> Iterator[Difference]:
    old, new = {step.id: step for step in was.steps}, {step.id: step for step in now.steps}
    ordered = {step.id: step for phase in _as_before(was, now) for step in phase.steps}
    where = (_places(was), _places(now))
    found = {(d.what, d.id): d for d in moves("step", old, ordered, where)}
    yield from (d for d in found.values() if d.what == "removed")
    for id_, step in new.items():
        for what in ("added", "moved"):
            if (what, id_) in found:
                yield found[what, id_]
        if id_ in old:
            yield from differing(old[id_], step, "step", id_)


def _as_before(was: Sop, now: Sop) -> Sequence[Phase]:
    """The phases of today; where they changed places, in the order in which they stood."""
    old = [phase.id for phase in was.phases]
    common = [phase.id for phase in now.phases if phase.id in old]
    if common == [id_ for id_ in old if id_ in common]:
        return now.phases
    return sorted(now.phases, key=lambda one: old.index(one.id) if one.id in old else len(old))


def _places(sop: Sop) -> dict[str, Any]:
    return {
        id_: where
        for phase in sop.phases
        for id_, where in places([step.id for step in phase.steps], phase.id).items()
    }


def letter(was: Email | Document, now: Email | Document) -> Iterator[Difference]:
    """Compare two versions of an email or a document."""
    return differing(was, now)


def company(was: Company, now: Company) -> Iterator[Difference]:
    """Compare what is said of the firm; what has an id is told one by one."""
    for field in fields(was):
        before, after = getattr(was, field.name), getattr(now, field.name)
        if not field.compare or before == after:
            continue
        part = _SINGULAR.get(field.name)
        if part is None:
            yield Difference("changed", "", "", field.name, before, after)
            continue
        old, new = _by_id(before), _by_id(after)
        spots = (places([*old]), places([*new]))
        # Only what is a list in the file has an order that means something.
        found = moves(part, old, new, spots)
        yield from (d for d in found if d.what != "moved" or isinstance(after, tuple))
        for id_, value in new.items():
            if id_ in old and is_dataclass(value):
                yield from differing(old[id_], value, part, id_)


def _by_id(items: Any) -> Mapping[str, Any]:
    return items if isinstance(items, Mapping) else {item.id: item for item in items}
