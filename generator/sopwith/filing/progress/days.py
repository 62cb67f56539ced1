"""What is told of tasks that are on another day in a file than in the plan; nothing is written."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from sopwith.exports import Export
from sopwith.filing.telling import WIDTH, sentence
from sopwith.outputs.tasks import Origin, OtherDay, other_days
from sopwith.plan import Plan

_MOST = 5


def days_told(plan: Plan, export: Export, file: Path) -> Iterator[str]:
    """Tell each such task with both days, then what to do about it, whoever is right.

    A file cannot tell whether somebody moved a task in the tool or the plan moved since.
    """
    found = other_days(plan, export.records)
    there = sum(map(len, found.there.values()))
    if there:
        have = "task has" if there == 1 else "tasks have"
        yield sentence(f"{there} open {have} another day in {file.name}. The plan counts:")
        yield from _listed(found.there)
        yield from map(sentence, _advice(plan, {origin.has_happened for origin in found.there}))
    if found.here:
        more = "more " if there else ""
        have, went = ("task has", "it") if found.here == 1 else ("tasks have", "they")
        moved = f"{found.here} {more}open {have} moved in the plan since {went} went there"
        yield sentence(f"{moved}. What to move:")
    elif there:
        yield sentence("If the plan has moved since they went there instead, what to move:")
    if there or found.here:
        since = shlex.quote(file.as_posix())
        yield f"  sopwith tasks {plan.client.id} --for {export.form} --since {since}"


def _listed(found: Mapping[Origin, Sequence[OtherDay]]) -> Iterator[str]:
    width = max(len(other.says) for others in found.values() for other in others[:_MOST])
    planned = max(len(other.planned) for others in found.values() for other in others[:_MOST])
    for origin, others in found.items():
        yield sentence(f"  counted from {origin.says}:")
        for other in others[:_MOST]:
            days = f"{other.says:{width}}  (plan: {other.planned})"
            line = f"    {days:{width + planned + 10}}  {other.row.address}"
            yield from (
                [line] if len(line) <= WIDTH else [f"    {days}", f"      {other.row.address}"]
            )
        if len(others) > _MOST:
            yield f"    and {len(others) - _MOST} more"


def _advice(plan: Plan, happened: Collection[bool]) -> Iterator[str]:
    """Where a day that was agreed belongs; of ourselves, the files hold no days."""
    if plan.client.about != "client":
        yield "These days follow from the calendar: no file can state another."
        return
    if False in happened:
        yield _AGREED.format(plan.client.at.path)
    if True in happened:
        yield _STAYS


_AGREED = (
    "If the other day is agreed with the client: no step has a day of its own, so move what it "
    "is counted from, in {}. For an event write {{planned: DAY, now: DAY, why: TEXT, "
    "caused_by: client}}, for a deliverable or milestone its new due."
)
_STAYS = (
    "What has happened stays on its day: for what is counted from it take the plan's day in the "
    "tool, or ask the owner of the procedure for another rule."
)
