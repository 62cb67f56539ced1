"""A comparison as strings: what every form of it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sopwith.comparing import Names, Opinion, Pair, Weight, opinion, roles, say, weigh
from sopwith.model import Library
from sopwith.outputs.diff.effects import Effect, Reach, reach, roles_moving
from sopwith.words import listing

_HEADINGS = {"added": "Added", "removed": "Removed", "moved": "Moved", "changed": "Changed"}
_KINDS = {"sop": "SOP", "email": "Email", "document": "Document", "company": "The firm"}


@dataclass(frozen=True, slots=True)
class Line:
    """One difference in words, what it weighs, and why we think so."""

    what: str
    part: str
    id: str
    field: str
    says: str
    weight: Weight
    why: str


@dataclass(frozen=True, slots=True)
class FileView:
    """What a file differs in. `groups` are the differences under headings."""

    kind: str
    id: str
    path: str
    title: str
    status: str
    was: str
    now: str
    opinion: Opinion
    verdict: str
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    roles: tuple[str, ...]
    works: str
    moving: tuple[str, ...]
    confirm: tuple[str, ...]
    confirms: str
    reach: Reach | None
    touches: str

    @property
    def heading(self) -> str:
        """Its title, and its versions where it has any."""
        versions = " -> ".join(dict.fromkeys(filter(None, (self.was, self.now))))
        return f"{self.title} {versions}".rstrip()


@dataclass(frozen=True, slots=True)
class Counts:
    """For how many of the active clients dates of open steps move, new steps come, others go.

    Of the first two it counts for how many they are past already; `untold` are those nobody can
    tell of. `steps_gone` counts the steps themselves.
    """

    active: int
    untold: int
    moving: int
    moving_late: int
    new: int
    new_late: int
    losing: int
    steps_gone: int


@dataclass(frozen=True, slots=True)
class View:
    """All files that differ, and what that means for clients in one sentence."""

    since: str
    files: tuple[FileView, ...]
    clients: str
    counts: Counts


def view(
    pairs: Sequence[Pair], libraries: tuple[Library, Library], effects: Sequence[Effect], since: str
) -> View:
    """Put a comparison into words; no client is named."""
    names = Names.of(*libraries)
    active = [e for e in effects if e.subject.about == "client" and not e.subject.ended]
    counts = Counts(
        active=len(active),
        untold=sum(not one.compared for one in active),
        moving=sum(bool(one.moved) for one in active),
        moving_late=sum(one.is_moved_late for one in active),
        new=sum(one.is_new for one in active),
        new_late=sum(one.is_new_late for one in active),
        losing=sum(bool(one.gone) for one in active),
        steps_gone=len({step for one in active for step in one.gone}),
    )
    said = " ".join(_clients(counts)) if pairs else ""
    files = tuple(_file(pair, names, effects) for pair in pairs)
    return View(since, files, said, counts)


def _clients(counts: Counts) -> Iterator[str]:
    """What happens to clients' dates, in sentences."""
    if not counts.active:
        yield "There is no active client's file here, so nobody is counted. Are they in another "
        yield "folder? Name it with --private."
        return
    if counts.untold == counts.active:
        yield f"For whom dates move nobody can tell: before or now, {_UNPLANNED}."
        return
    told = _count(counts.active - counts.untold, "client")
    late = f", and are then past for {counts.moving_late}" if counts.moving_late else ""
    yield f"Dates of open steps move for {counts.moving} of {told}{late}."
    if counts.new:
        late = f", already late for {counts.new_late}" if counts.new_late else ""
        yield f"New steps come for {counts.new} of {told}{late}."
    if counts.losing:
        falls = "A step falls" if counts.steps_gone == 1 else "Steps fall"
        yield f"{falls} away for {counts.losing} of {told}."
    if counts.untold:
        yield f"For {counts.untold} more nobody can tell: {_UNPLANNED}."


def _file(pair: Pair, names: Names, effects: Sequence[Effect]) -> FileView:
    lines = [_line(pair, difference, names) for difference in pair.differences]
    groups = tuple(
        (heading, found)
        for what, heading in _HEADINGS.items()
        if (found := tuple(line for line in lines if line.what == what))
    )
    taken_for, shown = opinion(pair), pair.shown
    status = "new" if pair.was is None else "gone" if pair.now is None else "changed"
    touched = reach(pair, effects) if taken_for.weight != "none" or status == "new" else None
    working = _working(pair, names, taken_for)
    moving = _moving(pair, names, effects, working)
    confirming = _confirming(pair, names, taken_for)
    return FileView(
        kind=pair.kind,
        id=pair.id,
        path=shown.at.path,
        title=getattr(shown, "title", "") or shown.name,
        status=status,
        was=_version(pair.was),
        now=_version(pair.now),
        opinion=taken_for,
        verdict=" ".join(_verdict(pair, taken_for)),
        groups=groups,
        roles=working,
        works=" ".join(_works(working, moving, names)),
        moving=moving,
        confirm=confirming,
        confirms=_confirms(confirming, pair, names),
        reach=touched,
        touches=_touches(touched) if touched and touched.active else "",
    )


def _line(pair: Pair, difference: Any, names: Names) -> Line:
    taken_for = Opinion("none") if pair.kind == "company" else weigh(difference)
    d = difference
    said = say(difference, pair, names)
    return Line(d.what, d.part, d.id, d.field, said, taken_for.weight, taken_for.why)


def _version(item: Any) -> str:
    return str(getattr(item, "version", ""))


# What it means ------------------------------------------------------------------------------------


def _verdict(pair: Pair, taken_for: Opinion) -> Iterator[str]:
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


def _working(pair: Pair, names: Names, taken_for: Opinion) -> tuple[str, ...]:
    """The roles that work differently, by their titles."""
    if pair.kind != "sop" or taken_for.weight != "major" or _minor_because(pair):
        return ()
    heavy = [d for d in pair.differences if weigh(d).weight == "major"]
    ids = [role for difference in heavy for role in roles(difference, pair)]
    return tuple(dict.fromkeys(names.name("role", id_) for id_ in ids))


def _moving(
    pair: Pair, names: Names, effects: Sequence[Effect], working: Sequence[str]
) -> tuple[str, ...]:
    """The other roles whose dates move with the work of these, by their titles."""
    if pair.kind != "sop" or not working:
        return ()
    titles = [names.name("role", id_) for id_ in roles_moving(pair, effects)]
    return tuple(title for title in dict.fromkeys(titles) if title not in working)


def _works(working: Sequence[str], moving: Sequence[str], names: Names) -> Iterator[str]:
    if working:
        s = "s" if len(working) == 1 else ""
        yield f"{listing(working, names.locale)} work{s} differently and need{s} to know."
    if moving:
        yield f"Dates also move for: {listing(moving, names.locale)}."


def _confirming(pair: Pair, names: Names, taken_for: Opinion) -> tuple[str, ...]:
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


def _confirms(confirming: Sequence[str], pair: Pair, names: Names) -> str:
    if not confirming:
        return ""
    has = "has" if len(confirming) == 1 else "have"
    within = pair.now.acknowledge.within
    return f"{listing(confirming, names.locale)} {has} to read it and confirm, within {within}."


_UNPLANNED = "problems in the files keep them from being planned"
_EACH: Mapping[str, tuple[str, str]] = {
    "client": ("active client", "active clients"),
    "person": ("person here", "people here"),
    "firm": ("quarter", "quarters"),
}


def _touches(found: Reach) -> str:
    said = [f"It touches {found.touched or 'none'} of {_count(found.active, found.what)}"]
    said += [
        f"{count} {'stays' if count == 1 else 'stay'} on {version}"
        for version, count in found.stay.items()
    ]
    if found.unplanned:
        said.append(f"for {found.unplanned} nobody can tell, since {_UNPLANNED}")
    return "; ".join(said) + "."


def _count(number: int, what: str) -> str:
    one, many = _EACH[what]
    return f"{number} {one if number == 1 else many}"
