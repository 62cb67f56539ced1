"""An older version of an SOP beside the one its file holds: what became of each part, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sopwith.comparing import Difference, Names, Pair, told, weigh
from sopwith.comparing import sop as compared
from sopwith.model import Phase, Sop, Step
from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.markup import Md, line, link
from sopwith.outputs.handbook.pen import Pen
from sopwith.places import sop_page

_WHEN = ("due", "repeat")
_WHO = ("role", "with_", "sign")
_WORDS = ("title", "details", "substeps", "notes", "expect", "evidence", "objective")
_CHANGED: Mapping[str, str] = {
    **dict.fromkeys(_WHEN, "due changed"),
    **dict.fromkeys(_WHO, "role changed"),
    **dict.fromkeys(_WORDS, "reworded"),
}
_OTHERS = {
    "sop": "another procedure",
    "email": "another email",
    "document": "another document",
    "person": "somebody",
}
"""What is called so has no page in this edition, if it is anywhere still."""


@dataclass(frozen=True, slots=True)
class PartView:
    """What became of the SOP itself, a phase or a step: marks for the eye, and lines that say it.

    `id` is that of a step that the older version has, too, if it is one.
    """

    id: str
    title: Md
    marks: tuple[str, ...]
    says: tuple[Md, ...]


def names(edition: Edition) -> Names:
    """What things are called to the readers of this edition."""
    return Names((edition.company, edition.company), edition.titles, _OTHERS)


def became(pen: Pen, was: Sop, now: Sop, known: Names) -> tuple[PartView, ...]:
    """Compare a version with the one in force, part by part, in the order of the latter."""
    pair = Pair("sop", now.id, was, now)
    parts: dict[tuple[str, str], list[Difference]] = {}
    for difference in compared(was, now):
        if weigh(difference).weight != "none":
            parts.setdefault((difference.part, difference.id), []).append(difference)
    order = {key: place for place, key in enumerate(_order(was, now))}
    return tuple(
        PartView(
            id_ if kind == "step" and was.step(id_) else "",
            _title(pen, pair, kind, id_),
            tuple(dict.fromkeys(map(_mark, found))),
            tuple(filter(None, (_says(pen, pair, difference, known) for difference in found))),
        )
        for (kind, id_), found in sorted(parts.items(), key=lambda part: order[part[0]])
    )


def _order(was: Sop, now: Sop) -> Iterator[tuple[str, str]]:
    """The SOP, then its phases with their steps as they stand now; what is gone comes last."""
    yield "", ""
    here = list(_parts(now))
    yield from here
    yield from (part for part in _parts(was) if part not in here)


def _parts(sop: Sop) -> Iterator[tuple[str, str]]:
    for phase in sop.phases:
        yield "phase", phase.id
        yield from (("step", step.id) for step in phase.steps)


def _mark(difference: Difference) -> str:
    if difference.what == "changed":
        return _CHANGED.get(difference.field, "changed")
    return difference.what


def _title(pen: Pen, pair: Pair, kind: str, id_: str) -> Md:
    """A part's title, leading to where it stands today, or else on this page."""
    if not kind:
        return Md("The procedure as a whole")
    here, anchor = _found(pair.now, kind, id_), f"phase--{id_}" if kind == "phase" else id_
    if here:
        return pen.page(line(here.title), sop_page(pair.now.stage, pair.now.id), anchor)
    gone = _found(pair.was, kind, id_)
    return link(line(gone.title if gone else id_), f"#{anchor}")


def _found(sop: Sop, kind: str, id_: str) -> Phase | Step | None:
    parts = sop.phases if kind == "phase" else sop.steps
    return next((part for part in parts if part.id == id_), None)


def _says(pen: Pen, pair: Pair, difference: Difference, known: Names) -> Md:
    if difference.field == "due":
        due = (
            pen.due(sop, text) if text else Md("no date")
            for sop, text in ((pair.was, difference.was), (pair.now, difference.now))
        )
        return Md(f"due {' → '.join(due)}")
    new = difference.now
    if difference.what == "added" and isinstance(new, Step) and new.due:
        new = replace(new, due=pen.due_words(pair.now, new.due))
        difference = replace(difference, now=new)
    return line(told(difference, pair, known).replace(" -> ", " → "))
