"""Every place where one thing names another, found by the types the model gives its fields."""

from __future__ import annotations

import dataclasses
import types
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from typing import Annotated, Any, NamedTuple, Union, cast, get_args, get_origin, get_type_hints

from sopwith import due
from sopwith.model import Go, Library, Observation, Sop, Step
from sopwith.problem import Problem, Spot, did_you_mean

_TEXT = "text"


class Reference(NamedTuple):
    """A name of something, and the file it stands in.

    It is at a step below a spot, or there itself without one; `key` says that it is written as a
    key. There are a great many, and few whose own spot is asked for.
    """

    id: str
    holder: object
    at: Spot
    step: str | int | None = None
    key: bool = False

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        spot = self.at if self.step is None else self.at / self.step
        return spot.name() if self.key else spot

    @property
    def field(self) -> str | int | None:
        """The field of the file in which it stands."""
        return self.at.route[0] if self.at.route else self.step

    @property
    def sop(self) -> str:
        """The SOP in which a step is to be looked for."""
        if isinstance(self.holder, Sop):
            return self.holder.id
        return self.holder.sop if isinstance(self.holder, Observation) else ""


def files(library: Library) -> Iterator[Any]:
    """Every file's content: the company first, then kind by kind in the order of ids."""
    yield library.company
    for kind in _FOLDERS:
        by_id: Mapping[str, Any] = getattr(library, kind)
        for name in sorted(by_id):
            yield by_id[name]


_FOLDERS = (
    "sops",
    "emails",
    "documents",
    "clients",
    "people",
    "quarters",
    "confirmations",
    "observations",
    "reviews",
)


def references(library: Library, kind: str) -> Sequence[Reference]:
    """Every reference of a kind, file by file."""
    return _by_kind(library).get(kind, ())


def texts(library: Library) -> Sequence[Reference]:
    """Every piece of text that is no id, as if it referred to what it says."""
    return references(library, _TEXT)


@lru_cache(maxsize=1)
def _by_kind(library: Library) -> Mapping[str, Sequence[Reference]]:
    """All there is to find, since every rule asks for some of it and a walk takes a while."""
    found: Found = defaultdict(list)
    for holder in files(library):
        _own(holder, holder.at, "", holder, found)
    return found


def unknown(
    code: str,
    kind: str,
    what: str,
    known: Collection[str],
    library: Library,
    instead: Mapping[str, str] = types.MappingProxyType({}),
) -> Iterator[Problem]:
    """Report the references of a kind to nothing that is known, nor to an unread file.

    `instead` has the hints for names of something else.
    """
    unread = library.unread.get(kind, frozenset())
    for ref in references(library, kind):
        if ref.id not in known and ref.id not in unread:
            message = f'no {what} is called "{ref.id}"'
            hint = instead.get(ref.id) or did_you_mean(ref.id, known)
            yield Problem(ref.spot, code, message, hint)


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


def due_events(library: Library) -> Iterator[tuple[str, Spot, Sop | None]]:
    """Every event that a due date names, where it does, and the SOP it stands in if any."""
    for rule, spot, sop in due_rules(library):
        if isinstance(rule, due.Halfway):
            yield from ((event, spot.holding(event), sop) for event in (rule.first, rule.second))
        elif isinstance(rule, due.Offset) and rule.event:
            yield rule.event, spot.holding(rule.event), sop


def ways_back(library: Library, sop: Sop | None = None) -> Iterator[tuple[Step, Go]]:
    """Every answer that leads to a step of its SOP, with the step that decides."""
    for one in [sop] if sop else library.sops.values():
        for step in one.steps:
            for answer in step.decision.answers if step.decision else ():
                if answer.go and answer.go.step:
                    yield step, answer.go


Found = defaultdict[str, list[Reference]]
Walker = Callable[[Any, Spot, str | int, object, Found], None]
"""Adds what it finds in a value, which stands at that step below the spot, in that file."""


@cache
def _parts(kind: Any) -> Sequence[tuple[str, str, Walker]]:
    """The fields of a dataclass in which there is something to find, and how they are written."""
    hints = get_type_hints(kind, include_extras=True)
    walkers = ((f.name, _walker(hints[f.name])) for f in dataclasses.fields(kind) if f.name != "id")
    return [(name, name.removesuffix("_"), walker) for name, walker in walkers if walker]


def _own(value: Any, _at: Spot, _step: str | int, holder: object, found: Found) -> None:
    for name, key, walker in _parts(cast(Any, type(value))):
        inner = getattr(value, name)
        if inner:
            walker(inner, value.at, key, holder, found)


def _walker(hint: Any) -> Walker | None:
    origin = get_origin(hint)
    if origin is tuple:
        return _in_list(_walker(get_args(hint)[0]))
    if origin is Mapping:
        key, value = get_args(hint)
        return _in_mapping(_kind(key), _walker(value))
    if origin in (Union, types.UnionType):
        inner = [_walker(arg) for arg in get_args(hint) if arg is not type(None)]
        # Only a condition's parts are of several classes; each value tells its own.
        return _own if len(inner) > 1 else inner[0]
    if dataclasses.is_dataclass(hint):
        # One that does not say where it stands is a piece of text that was read further.
        return _own if any(field.name == "at" for field in dataclasses.fields(hint)) else None
    return _leaf(_kind(hint) or _TEXT) if hint is str or origin is Annotated else None


def _kind(hint: Any) -> str:
    """What a text refers to; empty if to nothing."""
    return str(hint.__metadata__[0].kind) if get_origin(hint) is Annotated else ""


def _leaf(kind: str) -> Walker:
    is_key = kind == "key"

    def walk(value: Any, at: Spot, step: str | int, holder: object, found: Found) -> None:
        if value:
            # What a condition asks for is written as a key; its own spot is that of the question.
            found[kind].append(Reference(value, holder, at, None if is_key else step, is_key))

    return walk


def _in_list(item: Walker | None) -> Walker | None:
    if item is None:
        return None

    def walk(values: Any, at: Spot, step: str | int, holder: object, found: Found) -> None:
        here = at / step
        for i, value in enumerate(values):
            item(value, here, i, holder, found)

    return walk


def _in_mapping(kind: str, item: Walker | None) -> Walker | None:
    if not kind and item is None:
        return None

    def walk(values: Any, at: Spot, step: str | int, holder: object, found: Found) -> None:
        here = at / step
        for name, value in values.items():
            if kind:
                found[kind].append(Reference(name, holder, here, name, key=True))
            if item:
                item(value, here, name, holder, found)

    return walk
