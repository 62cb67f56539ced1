"""What a change to a file means, in sentences: who has to know, and how many it touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sopwith.comparing import Names, Opinion, Pair, roles, weigh
from sopwith.outputs.diff.effects import Effect, Reach, roles_moving
from sopwith.words import listing

UNPLANNED = "problems in the files keep them from being planned"
"""Why nobody can tell what becomes of somebody's plan."""

_EACH: Mapping[str, tuple[str, str]] = {
    "client": ("active client", "active clients"),
    "person": ("person here", "people here"),
    "firm": ("quarter", "quarters"),
}
_KINDS = {"sop": "SOP", "email": "Email", "document": "Document", "company": "The firm"}


def verdict(pair: Pair, taken_for: Opinion) -> Iterator[str]:
    """What we take the change for, and what its version says, in sentences."""
    if pair.was is None:
        yield f"{_KINDS[pair.kind]} that was not there before."
        return
    if pair.kind == "company":
        return
    if taken_for.weight == "none":
        yield f"It needs no new version: {taken_for.why or 'what it says is as it was'}."
        return
    because = _minor_because(pair)
    if taken_for.weight == "major" and because:
        yield f"The owner calls it minor, though {taken_for.why}: {because.rstrip('.')}."
        return
    differs = "somebody works" if taken_for.weight == "major" else "nobody works"
    yield f"We think this is {taken_for.weight}, {differs} differently: {taken_for.why}."
    if not taken_for.sure:
        yield "By its words this is a guess."
    if pair.now is not None:
        yield _stated(pair, taken_for)


def _minor_because(pair: Pair) -> str:
    """Why somebody who knows better calls a change minor; empty where nobody does."""
    if pair.kind != "sop" or pair.was is None or pair.now is None:
        return ""
    if pair.now.version.is_major_after(pair.was.version):
        return ""
    new = [change for change in pair.now.changes if change.version > pair.was.version]
    return next((change.minor_because for change in new if change.minor_because), "")


def _stated(pair: Pair, taken_for: Opinion) -> str:
    was, now = pair.was.version, pair.now.version
    if now <= was:
        return f"Its version is still {now}."
    says = "major" if now.is_major_after(was) else "minor"
    return f"Its version says {says}{' too' if says == taken_for.weight else ''}."


def working(pair: Pair, names: Names, taken_for: Opinion) -> tuple[str, ...]:
    """The roles that work differently, by their titles."""
    if pair.kind != "sop" or taken_for.weight != "major" or _minor_because(pair):
        return ()
    heavy = [d for d in pair.differences if weigh(d).weight == "major"]
    ids = [role for difference in heavy for role in roles(difference, pair)]
    return tuple(dict.fromkeys(names.name("role", id_) for id_ in ids))


def moving(
    pair: Pair, names: Names, effects: Sequence[Effect], working: Sequence[str]
) -> tuple[str, ...]:
    """The other roles whose dates move with the work of these, by their titles."""
    if pair.kind != "sop" or not working:
        return ()
    titles = [names.name("role", id_) for id_ in roles_moving(pair, effects)]
    return tuple(title for title in dict.fromkeys(titles) if title not in working)


def works(working: Sequence[str], moving: Sequence[str], names: Names) -> Iterator[str]:
    """Who has to know, in sentences."""
    if working:
        s = "s" if len(working) == 1 else ""
        yield f"{listing(working, names.locale)} work{s} differently and need{s} to know."
    if moving:
        yield f"Dates also move for: {listing(moving, names.locale)}."


def confirming(pair: Pair, names: Names, taken_for: Opinion) -> tuple[str, ...]:
    """The roles that have to read an SOP anew and confirm it, by their titles.

    All that it asks where its first number has risen, or should rise; else those it did not ask.
    """
    was, now = pair.was, pair.now
    if pair.kind != "sop" or now is None or not now.acknowledge or now.status != "active":
        return ()
    if was is None or now.version.is_major_after(was.version):
        asked_before: tuple[str, ...] = ()
    elif now.version == was.version and taken_for.weight == "major":
        asked_before = ()
    else:
        asked_before = was.acknowledge.by if was.acknowledge else ()
    return tuple(names.name("role", r) for r in now.acknowledge.by if r not in asked_before)


def confirms(confirming: Sequence[str], pair: Pair, names: Names) -> str:
    """Who has to confirm, and by when, in a sentence."""
    if not confirming:
        return ""
    has = "has" if len(confirming) == 1 else "have"
    within = pair.now.acknowledge.within
    return f"{listing(confirming, names.locale)} {has} to read it and confirm, within {within}."


def touches(found: Reach) -> str:
    """Say how many a file touches, in a sentence."""
    said = [f"It touches {found.touched or 'none'} of {count(found.active, found.what)}"]
    said += [
        f"{many} {'stays' if many == 1 else 'stay'} on {version}"
        for version, many in found.stay.items()
    ]
    if found.unplanned:
        said.append(f"for {found.unplanned} nobody can tell, since {UNPLANNED}")
    return "; ".join(said) + "."


def count(number: int, what: str) -> str:
    """Count active clients, people or quarters in words."""
    one, many = _EACH[what]
    return f"{number} {one if number == 1 else many}"
