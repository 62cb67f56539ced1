"""A page for each version of each SOP: whoever holds an old paper learns here what it is worth.

The QR code on a printed checklist leads to it, so its address never changes (see `places`).
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

from sopwith.model import Change, Sop
from sopwith.outputs.handbook.changes import ChangeView, changes_of
from sopwith.outputs.handbook.control import Banner, coming
from sopwith.outputs.handbook.edition import Edition, Use, numbered
from sopwith.outputs.handbook.markup import NOTHING, Md, capital, line, sentences
from sopwith.outputs.handbook.memory import Memory, remembered
from sopwith.outputs.handbook.pen import Pen
from sopwith.outputs.handbook.procedures import SopView, sop_view
from sopwith.outputs.handbook.sheet import Sheet, draw
from sopwith.outputs.handbook.since import PartView, became, names
from sopwith.outputs.handbook.steps import PhaseView, StepView
from sopwith.places import version_page

_NOT_KEPT = "Its text is not in the history that this handbook was made from."


@dataclass(frozen=True, slots=True)
class Former:
    """An older version as it was, and what became of it in the version its file holds now."""

    strip: Md
    now: str
    became: tuple[PartView, ...]
    sop: SopView


@dataclass(frozen=True, slots=True)
class VersionView:
    """What a version's page arranges; `since` are the changes made after it, newest first.

    Of an older version there is `former`, or `lacking` says why there is not.
    """

    title: Md
    banner: Banner
    sop: Md
    since: tuple[ChangeView, ...]
    former: Former | None
    lacking: Md


def versions(edition: Edition, memory: Memory | None = None) -> Iterator[Sheet]:
    """The page of every version that the handbook knows of.

    None stands in the navigation or is found by search: who looks for how we work today is not to
    land on how we worked once.
    """
    for sop in edition.sops.values():
        for change in sop.changes:
            draw = partial(_version, sop_id=sop.id, change=change)
            yield remembered(memory, edition, f"{sop.id} {change.version}", draw)


def _version(edition: Edition, sop_id: str, change: Change) -> Sheet:
    sop = edition.sops[sop_id]
    path = version_page(sop.id, str(change.version))
    pen = Pen(edition, path)
    title = f"{sop.title}, version {change.version}"
    banner = _banner(pen, sop, change)
    newer = [view for view in changes_of(pen, sop) if view[0].version > change.version]
    was = edition.former.get((sop.id, change.version), _NOT_KEPT)
    is_older = change.version != sop.version
    view = VersionView(
        title=line(title),
        banner=banner,
        sop=pen.sop(sop.id),
        since=tuple(view for _, view in newer),
        former=_former(pen, was, sop, banner) if isinstance(was, Sop) else None,
        lacking=line(was) if is_older and isinstance(was, str) else NOTHING,
    )
    return draw(
        edition,
        "version",
        path,
        title=title,
        description=f"{title}: {banner.label.lower()}",
        view=view,
        hidden=True,
    )


def _former(pen: Pen, was: Sop, sop: Sop, banner: Banner) -> Former:
    steps = {(was.id, step.id): Use(was, step, number) for step, number in numbered(was)}
    # To be asked only, so that nothing need be copied.
    both = ChainMap(steps, cast("MutableMapping[tuple[str, str], Use]", pen.edition.steps))
    edition = replace(pen.edition, steps=both)
    own = Pen(edition, pen.here, shows=was.id)
    found = became(own, was, sop, names(edition))
    view = sop_view(own, was)
    marks = {part.id: ", ".join(part.marks) for part in found}
    marked = tuple(_marked(phase, marks) for phase in view.phases)
    strip = Md(f"Version {line(str(was.version))}: {banner.label.lower()}")
    return Former(strip, str(sop.version), found, replace(view, phases=marked))


def _marked(phase: PhaseView, marks: dict[str, str]) -> PhaseView:
    """Say at each step what became of it."""

    def told(step: StepView) -> StepView:
        return replace(step, became=Md(marks.get(step.id, "")))

    return replace(phase, steps=tuple(map(told, phase.steps)))


def _banner(pen: Pen, sop: Sop, change: Change) -> Banner:
    """Say plainly whether a version is the one to work by."""
    today = pen.edition.context.today
    if sop.status == "retired":
        by = f"{capital(pen.sop(sop.superseded_by))} took its place." if sop.superseded_by else ""
        nobody = "Nobody works by any version of this procedure any more."
        return Banner("retired", "Retired", sentences([nobody, by]))
    if sop.status == "draft":
        return Banner("draft", "Draft", Md("This version is not in effect. Do not work by it yet."))
    in_force = next((c for c in sop.changes if c.effective <= today), None)
    if banner := coming(pen, sop, change):
        return banner
    if in_force and in_force.version > change.version:
        return Banner("retired", "Superseded", _superseded(pen, in_force))
    return Banner("current", "Current", _current(pen, sop, change))


def _current(pen: Pen, sop: Sop, change: Change) -> Md:
    coming = [c for c in sop.changes if c.version > change.version]
    return sentences(
        [
            f"This is the current version, in effect since {pen.day(change.effective)}.",
            *(
                f"Version {c.version} takes its place on {pen.day(c.effective)}."
                for c in coming[-1:]
            ),
        ]
    )


def _superseded(pen: Pen, by: Change) -> Md:
    return Md(
        f"Version {by.version} has been in effect since {pen.day(by.effective)}. Print the "
        "checklist anew, unless this client stays on the older version on purpose: ask the project "
        "manager."
    )
