"""One thing in which two versions of a file differ, and what stands in lists with an order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from typing import Any, Literal

What = Literal["added", "removed", "moved", "changed"]


@dataclass(frozen=True, slots=True)
class Where:
    """Where a part stands: inside of what, and behind which of its siblings (empty: the first)."""

    inside: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of a part, or of one field of it.

    `part` is its kind: empty for the file itself, `phase`, `step`, or a key of company.yml; `id`
    tells it from others of its kind. A part that was added stands in `now`, one that was removed
    in `was`, and `where` is its place; one that moved has its places in both. `field` is set for
    what is changed; for what moved it is `order`, or `inside` where only the heading above it is
    another.
    """

    what: What
    part: str = ""
    id: str = ""
    field: str = ""
    was: Any = None
    now: Any = None
    where: Where | None = None


def differing(
    was: Any, now: Any, part: str = "", id_: str = "", without: Sequence[str] = ()
) -> Iterator[Difference]:
    """Compare two values of one dataclass field by field; `without` are left to others."""
    for field in fields(was):
        if not field.compare or field.name in ("id", *without):
            continue
        before, after = getattr(was, field.name), getattr(now, field.name)
        if before != after:
            yield Difference("changed", part, id_, field.name, before, after)


def moves(
    part: str,
    was: Mapping[str, Any],
    now: Mapping[str, Any],
    where: tuple[Mapping[str, Where], Mapping[str, Where]],
) -> Iterator[Difference]:
    """Say which of some parts, by id and in order, were removed, added or moved."""
    then, here = where
    for id_, value in was.items():
        if id_ not in now:
            yield Difference("removed", part, id_, was=value, where=then[id_])
    stayed = in_order([id_ for id_ in was if id_ in now], [id_ for id_ in now if id_ in was])
    for id_, value in now.items():
        if id_ not in was:
            yield Difference("added", part, id_, now=value, where=here[id_])
        elif id_ not in stayed or then[id_].inside != here[id_].inside:
            field = "inside" if id_ in stayed else "order"
            yield Difference("moved", part, id_, field, then[id_], here[id_], here[id_])


def places(ids: Sequence[str], inside: str = "") -> dict[str, Where]:
    """Where each of some siblings stands."""
    before = ["", *ids]
    return {id_: Where(inside, after) for id_, after in zip(ids, before, strict=False)}


def in_order(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """What still follows each other as it did: the fewest others have moved."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    blocks = matcher.get_matching_blocks()
    return frozenset(id_ for at, _, size in blocks for id_ in before[at : at + size])
