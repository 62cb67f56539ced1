"""A comparison as strings: what every form of it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sopwith.comparing import Names, Opinion, Pair, Weight, opinion, say, weigh
from sopwith.model import Library
from sopwith.outputs.diff import meaning
from sopwith.outputs.diff.effects import Effect, Reach, reach

_HEADINGS = {"added": "Added", "removed": "Removed", "moved": "Moved", "changed": "Changed"}


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
        yield f"For whom dates move nobody can tell: before or now, {meaning.UNPLANNED}."
        return
    told = meaning.count(counts.active - counts.untold, "client")
    late = f", and are then past for {counts.moving_late}" if counts.moving_late else ""
    yield f"Dates of open steps move for {counts.moving} of {told}{late}."
    if counts.new:
        late = f", already late for {counts.new_late}" if counts.new_late else ""
        yield f"New steps come for {counts.new} of {told}{late}."
    if counts.losing:
        falls = "A step falls" if counts.steps_gone == 1 else "Steps fall"
        yield f"{falls} away for {counts.losing} of {told}."
    if counts.untold:
        yield f"For {counts.untold} more nobody can tell: {meaning.UNPLANNED}."


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
    working = meaning.working(pair, names, taken_for)
    moving = meaning.moving(pair, names, effects, working)
    confirming = meaning.confirming(pair, names, taken_for)
    return FileView(
        kind=pair.kind,
        id=pair.id,
        path=shown.at.path,
        title=getattr(shown, "title", "") or shown.name,
        status=status,
        was=_version(pair.was),
        now=_version(pair.now),
        opinion=taken_for,
        verdict=" ".join(meaning.verdict(pair, taken_for)),
        groups=groups,
        roles=working,
        works=" ".join(meaning.works(working, moving, names)),
        moving=moving,
        confirm=confirming,
        confirms=meaning.confirms(confirming, pair, names),
        reach=touched,
        touches=meaning.touches(touched) if touched and touched.active else "",
    )


def _line(pair: Pair, difference: Any, names: Names) -> Line:
    taken_for = Opinion("none") if pair.kind == "company" else weigh(difference)
    d = difference
    said = say(difference, pair, names)
    return Line(d.what, d.part, d.id, d.field, said, taken_for.weight, taken_for.why)


def _version(item: Any) -> str:
    return str(getattr(item, "version", ""))
