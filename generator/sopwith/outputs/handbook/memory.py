"""What is remembered while the handbook is worked on: only what would differ is made again.

What a page is made from is not listed anywhere. Whatever it looks up in the edition is noted as
it is made; while all of that is the same, so is the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from sopwith.outputs.handbook.edition import Edition

T = TypeVar("T")
_ABSENT, _ALL = object(), object()
_Seen = dict[tuple[str, object], object]
"""What was found in a mapping of the edition, by the mapping's name and the key."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A page, or a part of one, and all that was looked up for it."""

    result: Any
    seen: _Seen


class Memory:
    """What one handbook was made of, from one time it is made to the next."""

    def __init__(self) -> None:
        self._common: object = None
        self._before: Mapping[str, _Made] = {}
        self._now: dict[str, _Made] = {}

    def begin(self, edition: Edition) -> None:
        """Forget all pages if anything changed that any page may show without looking it up."""
        context = edition.context
        common = (
            *(edition.company, context.audience, context.today, context.commit),
            context.templates.under("handbook"),
        )
        self._before = self._now if common == self._common else {}
        self._common, self._now = common, {}

    def recall(self, edition: Edition, name: str, make: Callable[[Edition], T]) -> T:
        """What has that name, made anew only if it has to be."""
        known = self._before.get(name)
        if known is None or not all(
            _found(getattr(edition, where), key) == found
            for (where, key), found in known.seen.items()
        ):
            seen: _Seen = {}
            known = _Made(make(_watched(edition, seen)), seen)
        self._now[name] = known
        result: T = known.result
        return result


def remembered(
    memory: Memory | None, edition: Edition, name: str, make: Callable[[Edition], T]
) -> T:
    """What is made of an edition, by way of the memory if there is one."""
    return memory.recall(edition, name, make) if memory else make(edition)


def _found(mapping: Mapping[Any, Any], key: object) -> object:
    return [*mapping.items()] if key is _ALL else mapping.get(key, _ABSENT)


def _watched(edition: Edition, seen: _Seen) -> Edition:
    parts = {part.name: getattr(edition, part.name) for part in fields(edition)}
    watched: dict[str, Any] = {
        name: _Watched(name, part, seen)
        for name, part in parts.items()
        if isinstance(part, Mapping)
    }
    return replace(edition, **watched)


class _Watched(Mapping[Any, Any]):
    """A mapping that notes what is looked up in it; to go through it is to look up everything."""

    def __init__(self, name: str, mapping: Mapping[Any, Any], seen: _Seen) -> None:
        self._name = name
        self._mapping = mapping
        self._seen = seen

    def __getitem__(self, key: object) -> Any:
        found = self._note(key)
        if found is _ABSENT:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[Any]:
        self._note(_ALL)
        return iter(self._mapping)

    def __len__(self) -> int:
        self._note(_ALL)
        return len(self._mapping)

    def _note(self, key: object) -> object:
        found = self._seen[self._name, key] = _found(self._mapping, key)
        return found
