"""Ticks that come back from the team's tool, recorded in the client's file all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sopwith import exports
from sopwith.filing import entries
from sopwith.filing.keep import Refused, change, with_client
from sopwith.filing.progress.days import days_told
from sopwith.filing.progress.judge import Found, Judge, Other
from sopwith.filing.telling import sentence, what_follows
from sopwith.making import Blocked, named, plan_of
from sopwith.model import Moment
from sopwith.plan import Plan
from sopwith.problem import Place, Problem, Spot
from sopwith.source import Data
from sopwith.words import brief_day
from sopwith.workspace import Workspace

_MOST = 5


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What was recorded, to be told, and what could not be, each with its place."""

    told: str
    problems: tuple[Problem, ...]


def bring_in(work: Workspace, client: str, file: Path, by: str, *, write: bool) -> BroughtIn:
    """Record every step of a client that a file says is done, unless it is recorded already.

    `by` is who did what the file names nobody for. Without `write` all is looked at and nothing
    is written. Raises NotHere for a client or person there is not, Refused where the client's file
    cannot be written, and Blocked where a problem stands in the way of all of it.
    """
    plan = plan_of(work, client)
    person = by and named(by, plan.company.people)
    export = _read(file)
    found = Judge(work, plan, person).all(export.records)
    after = _recorded(work, plan, found, write=write) if found.ticks else plan
    told = (*_told(plan, after, found, write=write), *days_told(after, export, file))
    return BroughtIn("\n".join(told), found.problems)


def refused(work: Workspace, plan: Plan, records: Sequence[exports.Record]) -> Mapping[str, str]:
    """Say of each task that is ticked in a file, by id, why its step cannot be recorded as done."""
    return Judge(work, plan, "").all(records).refused


def _read(file: Path) -> exports.Export:
    path = file.as_posix()
    try:
        export = exports.read(path, file.read_bytes())
    except OSError as error:
        raise Refused(f"{path} cannot be opened: {error.strerror or error}.") from None
    except exports.NotAnExport as wrong:
        raise Blocked(wrong.problems) from None
    if not export.has_done:
        message = f"this file is {export.what}, and cannot say what is done"
        hint = "export the project from there (in Asana: Export, CSV), and give that file"
        raise Blocked([Problem(Spot(path), exports.CODE, message, hint, place=Place(path))])
    return export


def _recorded(work: Workspace, plan: Plan, found: Found, *, write: bool) -> Plan:
    """The plan with all of it recorded; nothing is written where any of it would be an error."""

    def ticked(text: str) -> str:
        for address, entry in found.ticks.items():
            text = entries.put(text, plan, address, entry)
        return text

    path = plan.client.at.path
    if write:
        after = change(work, path, ticked)
    else:
        source = work.reading.sources.get(path)
        after = with_client(work, path, ticked(source.text if source else ""))
    made = after.plans.of(plan.client.id) if after.plans else None
    if made is None:
        raise Blocked(after.errors)
    return made


# What is told ---------------------------------------------------------------------------------


def _told(before: Plan, after: Plan, found: Found, *, write: bool) -> Iterator[str]:
    count, name = len(found.ticks), before.client.name
    if count:
        yield sentence(
            f"{_steps(count)} {'recorded' if write else 'would be recorded'} for {name}:"
        )
        told = {address: _when(entry, after) for address, entry in found.ticks.items()}
        width = max(map(len, told.values()))
        yield from (f"  {when:{width}}  {address}" for address, when in told.items())
    else:
        yield sentence(f"Nothing new to record for {name}.")
    if found.known:
        yield f"{_steps(found.known)} recorded already."
    yield from _differing(found.differing, after)
    if found.others:
        yield f"{_tasks(len(found.others))} of other clients passed over."
        if not count and not found.known and not found.problems:
            theirs = ", ".join(sorted(set(map(_whose, found.others))))
            yield sentence(f"Nothing in it is ticked for {name}; is it the file of {theirs}?")
    if found.twice:
        what = f"{_tasks(found.twice)} of {name} {'is' if found.twice == 1 else 'are'} there twice"
        yield sentence(f"{what}, imported once too often? Delete one of each there.")
    if found.strangers:
        shown = ", ".join(f'"{name}"' for name in found.strangers[:_MOST])
        more = len(found.strangers) - _MOST
        tail = f" and {more} more" if more > 0 else ""
        what = f"{_tasks(len(found.strangers))} not from here passed over: {shown}{tail}."
        yield sentence(what)
    if count and write:
        yield from what_follows(before, after)


def _differing(differing: Sequence[Other], plan: Plan) -> Iterator[str]:
    """What the file says of steps that stays unheard, and how to have it heard."""

    def day(moment: Moment) -> str:
        return brief_day(moment, plan.today, plan.company.locale)

    for other in differing[:_MOST]:
        done = other.row.progress.done if other.row.progress else None
        known = f"is recorded as done on {day(done)}" if done else "is recorded as not applicable"
        yield sentence(
            f'"{other.row.title}" {known}, the file says {day(other.says)}. If the file is right:'
        )
        yield f"  sopwith done {plan.client.id} {other.row.address} --undo"
    if len(differing) > _MOST:
        yield f"  and {len(differing) - _MOST} more"


def _when(entry: Mapping[str, Data], plan: Plan) -> str:
    done = entry.get("done")
    if not isinstance(done, str):
        return "not applicable"
    return brief_day(Moment.parse(done), plan.today, plan.company.locale)


def _whose(id_: str) -> str:
    """The client in a task's id, which for a person or a quarter has two parts."""
    parts = id_.split("/")
    return "/".join(parts[: 2 if parts[0] in ("people", "quarters") else 1])


def _steps(count: int) -> str:
    return f"{count} step{'' if count == 1 else 's'}"


def _tasks(count: int) -> str:
    return f"{count} task{'' if count == 1 else 's'}"
