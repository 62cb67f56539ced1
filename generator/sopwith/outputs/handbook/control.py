"""Document control: which version this is, who stands behind it, when it is looked at again.

What is shown follows ISO 9001 7.5.2 and 7.5.3, and 21 CFR 820.40 as it stood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sopwith.model import Change, Sop
from sopwith.outputs.handbook.markup import (
    NOTHING,
    Md,
    capital,
    code,
    commas,
    line,
    sentences,
    table,
)
from sopwith.outputs.handbook.pen import Pen
from sopwith.places import version_page
from sopwith.reviews import changed_since_review, is_overdue, next_review


@dataclass(frozen=True, slots=True)
class Banner:
    """What must be seen before anything else: `kind` for the look, `label`, and what it means."""

    kind: str
    label: str
    says: Md


def banner(pen: Pen, sop: Sop) -> Iterator[Banner]:
    """Whatever keeps this page from being how we work today."""
    if sop.status == "retired":
        instead = (
            f"{capital(pen.sop(sop.superseded_by))} took its place." if sop.superseded_by else ""
        )
        yield Banner(
            "retired", "Retired", sentences(["Nobody works by this page any more.", instead])
        )
    elif sop.status == "draft":
        says = "This page is being written and is not in effect. Do not work by it yet."
        yield Banner("draft", "Draft", Md(says))
    else:
        if sop.current and (first := coming(pen, sop, sop.current)):
            yield first
        if is_overdue(sop, pen.edition.context.today):
            yield _overdue(pen, sop)


def coming(pen: Pen, sop: Sop, change: Change) -> Banner | None:
    """Of a version still to take effect: when it does, and which one counts until then."""
    today = pen.edition.context.today
    if change.effective <= today:
        return None
    in_force = next((earlier for earlier in sop.changes if earlier.effective <= today), None)
    begins = f"This version takes effect on {pen.day(change.effective)}."
    until = f"Until then, version {_version(pen, sop, in_force)} counts." if in_force else ""
    return Banner("draft", "Not in effect yet", sentences([begins, until]))


def _overdue(pen: Pen, sop: Sop) -> Banner:
    doubt = Md(
        f"It may have gone out of date; when in doubt, ask its owner, {pen.role(sop.owner)}."
    )
    due = next_review(sop)
    if due is None:
        return Banner(
            "overdue",
            "Never reviewed",
            sentences(["Nobody has looked at this page since it was written.", doubt]),
        )
    return Banner("overdue", "Review overdue", sentences([f"It was due on {pen.day(due)}.", doubt]))


def control(pen: Pen, sop: Sop) -> Md:
    """The document control table."""
    return table(("Item", "This document"), _rows(pen, sop))


def _rows(pen: Pen, sop: Sop) -> Iterator[tuple[Md, Md]]:
    for label, says in controlled(pen, sop):
        if says:
            yield Md(label), says


def controlled(pen: Pen, sop: Sop) -> Iterator[tuple[str, Md]]:
    """What is said of a document, item by item; some say nothing."""
    current = sop.current
    yield "Id", code(sop.id)
    yield "Title", line(sop.title)
    yield "Version", line(str(sop.version))
    yield "Status", Md(sop.status.capitalize())
    yield "Classification", Md(sop.classification.capitalize())
    yield "Owner", _with_people(pen, sop.owner)
    if sop.changes:
        yield "Author", pen.person(sop.changes[0].by)
    yield "Approver", _with_people(pen, sop.approver)
    if current:
        yield "Approved", _approved(pen, current)
        yield "Effective", pen.day(current.effective)
    yield "Last reviewed", _last_review(pen, sop)
    yield "Next review", _next_review(pen, sop)
    yield "Supersedes", commas(_supersedes(pen, sop))
    yield "Superseded by", capital(pen.sop(sop.superseded_by)) if sop.superseded_by else NOTHING
    yield "Source", _source(pen, sop)
    yield "Copies", Md("Uncontrolled when printed: this page is the one that counts.")


def _with_people(pen: Pen, role: str) -> Md:
    holders = pen.holders(role)
    return Md(f"{pen.role(role)} ({holders})" if holders else pen.role(role))


def _approved(pen: Pen, change: Change) -> Md:
    day = Md(f"on {pen.day(change.approved)}") if change.approved else NOTHING
    by = Md(f"by {pen.role(change.approved_by)}") if change.approved_by else NOTHING
    return capital(sentences([day, by])) or Md("Not recorded")


def _last_review(pen: Pen, sop: Sop) -> Md:
    if sop.review.last is None:
        return Md("Never")
    by = pen.person(sop.review.by)
    since = changed_since_review(sop, pen.edition.context.today)
    changed = f"(changed since, on {pen.day(since.effective)})" if since else ""
    return sentences([pen.day(sop.review.last), f"by {by}" if by else "", changed])


def _next_review(pen: Pen, sop: Sop) -> Md:
    if sop.status == "retired":
        return NOTHING
    due = next_review(sop)
    rhythm = f"every {line(str(sop.review.every))}" if sop.review.every else ""
    after = pen.event(sop.review.also_after)
    also = f'within two weeks after "{line(after)}"' if after else ""
    details = " and ".join(part for part in (rhythm, also) if part)
    return sentences([pen.day(due) if due else "Now", f"({details})" if details else ""])


def _supersedes(pen: Pen, sop: Sop) -> Iterator[Md]:
    return map(pen.sop, pen.edition.superseded.get(sop.id, ()))


def _source(pen: Pen, sop: Sop) -> Md:
    changed = pen.edition.context.changed(sop.at.path)
    if changed is None:
        return Md(f"{code(sop.at.path)}, not committed yet")
    commit, day = changed
    return Md(f"{code(sop.at.path)}, last changed in {code(commit)} on {pen.day(day)}")


# Revision history -----------------------------------------------------------------------------


def kinds(sop: Sop) -> tuple[tuple[Change, str], ...]:
    """Every change with how much it changed: read off the version numbers, newest first."""
    older = [*sop.changes[1:], None]
    return tuple(
        (change, _kind(change, before)) for change, before in zip(sop.changes, older, strict=True)
    )


def _kind(change: Change, before: Change | None) -> str:
    if before is None:
        return "first version"
    return "major" if change.version.is_major_after(before.version) else "minor"


def _version(pen: Pen, sop: Sop, change: Change) -> Md:
    return pen.page(line(str(change.version)), version_page(sop.id, str(change.version)))


def history(pen: Pen, sop: Sop) -> Md:
    """The revision history."""
    people = pen.edition.names_people
    head = ("Version", "In effect", "What changed and why", *(["By"] if people else []), "Approved")
    return table(head, (_change(pen, sop, change, kind, people) for change, kind in kinds(sop)))


def _change(pen: Pen, sop: Sop, change: Change, kind: str, people: bool) -> tuple[Md, ...]:
    why = f"Why: {line(change.why)}" if change.why else ""
    minor = f"Minor because: {line(change.minor_because)}" if change.minor_because else ""
    approved = sentences(
        [
            pen.day(change.approved),
            f"by {pen.role(change.approved_by)}" if change.approved_by else "",
        ]
    )
    return (
        Md(f"**{_version(pen, sop, change)}** {kind}"),
        pen.day(change.effective),
        sentences([line(change.summary), why, minor]),
        *([pen.person(change.by)] if people else []),
        approved,
    )


def former(pen: Pen, sop: Sop) -> tuple[tuple[str, Md], ...]:
    """Steps that are no more, each with its id and what does its work today."""
    return tuple(
        (
            step.id,
            sentences(
                [
                    f"{code(step.id)}, until version {line(str(step.until))}.",
                    f"Its work is now in {pen.step(sop, step.now)}." if step.now else "",
                ]
            ),
        )
        for step in sop.former_steps
        if sop.step(step.id) is None
    )
