"""Every place where one thing names another, found by the types the model gives its fields."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints

from sopwith import due
from sopwith.model import Go, Library, Observation, Refers, Sop, Step
from sopwith.problem import Problem, Spot, did_you_mean


@dataclass(frozen=True, slots=True)
class Reference:
    """A name of something of a kind, where it stands, and the file it stands in."""

    kind: str
    id: str
    spot: Spot
    holder: object

    @property
    def sop(self) -> str:
        """The SOP in which a step is to be looked for."""
        if isinstance(self.holder, Sop):
            return self.holder.id
        return self.holder.sop if isinstance(self.holder, Observation) else ""


def files(library: Library) -> Iterator[Any]:
    """Every file's content: the company first, then kind by kind in the order of ids."""
    yield library.company
    for kind in ("sops", "emails", "documents", "clients", "observations", "reviews"):
        by_id: Mapping[str, Any] = getattr(library, kind)
        for name in sorted(by_id):
            yield by_id[name]


def references(library: Library, kind: str) -> Iterator[Reference]:
    """Every reference of a kind, file by file."""
    for holder in files(library):
        yield from references_in(holder, kind)


def references_in(holder: Any, kind: str) -> Iterator[Reference]:
    """Every reference of a kind in one file."""
    for found, name, spot in _walk(cast(Any, type(holder)))(holder, holder.at):
        if found == kind and name:
            yield Reference(kind, name, spot, holder)


def unknown(
    code: str, kind: str, what: str, known: Collection[str], library: Library
) -> Iterator[Problem]:
    """Report the references of a kind to nothing that is known, nor to an unread file."""
    unread = library.unread.get(kind, frozenset())
    for ref in references(library, kind):
        if ref.id not in known and ref.id not in unread:
            message = f'no {what} is called "{ref.id}"'
            yield Problem(ref.spot, code, message, did_you_mean(ref.id, known))


def due_rules(library: Library) -> Iterator[tuple[due.Due, Spot, Sop | None]]:
    """Every due date that can be read, where it stands, and the SOP it stands in if any."""
    for event in library.company.events:
        if event.is_:
            with suppress(due.Unreadable):
                yield due.parse(event.is_), event.at / "is", None
    for sop in library.sops.values():
        for step in sop.steps:
            if step.due:
                with suppress(due.Unreadable):
                    yield due.parse(step.due), step.at / "due", sop


def ways_back(library: Library, sop: Sop | None = None) -> Iterator[tuple[Step, Go]]:
    """Every answer that leads to a step of its SOP, with the step that decides."""
    for one in [sop] if sop else library.sops.values():
        for step in one.steps:
            for answer in step.decision.answers if step.decision else ():
                if answer.go and answer.go.step:
                    yield step, answer.go


def texts(value: Any) -> Iterator[tuple[str, Spot]]:
    """Every piece of text in a model value, ids aside, with its spot."""
    for field in dataclasses.fields(value):
        inner = getattr(value, field.name)
        if field.name != "id" and not isinstance(inner, Spot):
            yield from _texts(inner, value.at / field.name.removesuffix("_"))


def _texts(value: Any, at: Spot) -> Iterator[tuple[str, Spot]]:
    if isinstance(value, str):
        if value:
            yield value, at
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from _texts(item, at / i)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, at / key)
    elif dataclasses.is_dataclass(value) and hasattr(value, "at"):
        yield from texts(value)


Found = Iterator[tuple[str, str, Spot]]
Walker = Callable[[Any, Spot], Found]


@cache
def _walk(kind: Any) -> Walker:
    """A function that finds the references in values of a dataclass, made once a class."""
    hints = get_type_hints(kind, include_extras=True)
    fields: list[tuple[str, str, Walker]] = []
    for field in dataclasses.fields(kind):
        walker = _walker(hints[field.name])
        if walker:
            fields.append((field.name, field.name.removesuffix("_"), walker))

    def walk(value: Any, _: Spot) -> Found:
        for name, key, walker in fields:
            inner = getattr(value, name)
            if inner:
                yield from walker(inner, value.at / key)

    return walk


def _walker(hint: Any) -> Walker | None:
    origin = get_origin(hint)
    if origin is Annotated:
        return _leaf(hint.__metadata__[0].kind)
    if origin in (Union, types.UnionType):
        inner = [_walker(arg) for arg in get_args(hint) if arg is not type(None)]
        # Only a condition's parts are of several classes; each value tells its own.
        return _own if len(inner) > 1 else inner[0]
    if origin is tuple:
        return _in_list(_walker(get_args(hint)[0]))
    if origin is Mapping:
        key, value = get_args(hint)
        return _in_mapping(_walker(key), _walker(value))
    return _own if dataclasses.is_dataclass(hint) and hint not in (Spot, Refers) else None


def _leaf(kind: str) -> Walker:
    def walk(value: Any, at: Spot) -> Found:
        # What a condition asks for is written as a key; its own spot is that of the whole question.
        yield kind, value, Spot(at.path, at.route[:-1], key=True) if kind == "key" else at

    return walk


def _own(value: Any, at: Spot) -> Found:
    return _walk(cast(Any, type(value)))(value, at)


def _in_list(item: Walker | None) -> Walker | None:
    if item is None:
        return None

    def walk(values: Any, at: Spot) -> Found:
        for i, value in enumerate(values):
            yield from item(value, at / i)

    return walk


def _in_mapping(key: Walker | None, item: Walker | None) -> Walker | None:
    if key is None and item is None:
        return None

    def walk(values: Any, at: Spot) -> Found:
        for name, value in values.items():
            if key:
                yield from key(name, (at / name).name())
            if item:
                yield from item(value, at / name)

    return walk
