"""A page for each version of each SOP: whoever holds an old paper learns here what it is worth.

The QR code on a printed checklist leads to it, so its address never changes (see `places`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sopwith.model import Change, Sop
from sopwith.outputs.handbook.changes import ChangeView, changes_of
from sopwith.outputs.handbook.control import Banner
from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.markup import Md, capital, line, sentences
from sopwith.outputs.handbook.pen import Pen
from sopwith.outputs.handbook.sheet import Sheet, draw
from sopwith.places import version_page


@dataclass(frozen=True, slots=True)
class VersionView:
    """What a version's page arranges; `since` are the changes made after it, newest first."""

    title: Md
    banner: Banner
    sop: Md
    since: tuple[ChangeView, ...]


def versions(edition: Edition) -> Iterator[Sheet]:
    """The page of every version that the handbook knows of; none stands in the navigation."""
    for sop in edition.sops.values():
        for change in sop.changes:
            yield _version(edition, sop, change)


def _version(edition: Edition, sop: Sop, change: Change) -> Sheet:
    path = version_page(sop.id, str(change.version))
    pen = Pen(edition, path)
    title = f"{sop.title}, version {change.version}"
    banner = _banner(pen, sop, change)
    newer = [view for view in changes_of(pen, sop) if view[0].version > change.version]
    return draw(
        edition,
        "version",
        path,
        title=title,
        description=f"{title}: {banner.label.lower()}",
        view=VersionView(line(title), banner, pen.sop(sop.id), tuple(view for _, view in newer)),
        boost=0.1,
    )


def _banner(pen: Pen, sop: Sop, change: Change) -> Banner:
    """Say plainly whether a version is the one to work by."""
    today = pen.edition.context.today
    if sop.status == "retired":
        by = f"{capital(pen.sop(sop.superseded_by))} took its place." if sop.superseded_by else ""
        nobody = "Nobody works by any version of this procedure any more."
        return Banner("retired", "Retired", sentences([nobody, by]))
    if sop.status == "draft":
        return Banner("draft", "Draft", Md("This version is not in force. Do not work by it yet."))
    in_force = next((c for c in sop.changes if c.effective <= today), None)
    if change.effective > today:
        until = f"Until then, version {in_force.version} counts." if in_force else ""
        begins = f"This version takes effect on {pen.day(change.effective)}."
        return Banner("draft", "Not in force yet", sentences([begins, until]))
    if in_force and in_force.version > change.version:
        return Banner("retired", "Superseded", _superseded(pen, in_force))
    return Banner("current", "Current", _current(pen, sop, change))


def _current(pen: Pen, sop: Sop, change: Change) -> Md:
    coming = [c for c in sop.changes if c.version > change.version]
    return sentences(
        [
            f"This is the current version, effective {pen.day(change.effective)}.",
            *(
                f"Version {c.version} takes its place on {pen.day(c.effective)}."
                for c in coming[-1:]
            ),
        ]
    )


def _superseded(pen: Pen, by: Change) -> Md:
    return Md(
        f"Version {by.version} has been in force since {pen.day(by.effective)}. Print the checklist"
        " anew, unless this client stays on the older version on purpose: ask the project manager."
    )
