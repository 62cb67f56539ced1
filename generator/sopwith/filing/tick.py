"""A step done, or not applicable, and that taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sopwith.filing import entries
from sopwith.filing.keep import Refused, change
from sopwith.filing.steps import find, pick
from sopwith.filing.telling import sentence, what_follows
from sopwith.filing.whom import gone, known_to_git
from sopwith.making import Blocked, named, plan_of
from sopwith.model import Company, Moment, Progress
from sopwith.plan import Plan, Row
from sopwith.problem import did_you_mean
from sopwith.source import Data
from sopwith.words import listing, moment
from sopwith.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Tick:
    """What was said of a step; what was not is empty. A `reason` says that it does not apply."""

    on: Moment | None = None
    by: str = ""
    answer: str = ""
    note: str = ""
    reason: str = ""


def tick(work: Workspace, client: str, step: str, said: Tick) -> str:
    """Record a step as done, or as not applicable, and tell what follows from it.

    Raises NotHere and Unclear for names that nothing has, Refused for what cannot be so, and
    Blocked where a problem stands in the way.
    """
    plan = plan_of(work, client)
    row = find(plan, step)
    if row.progress:
        return _again(plan, row, row.progress, said)
    _stop_at(plan, row, said)
    entry = _entry(work, plan, row, said)
    after = _written(work, plan, lambda text: entries.put(text, plan, row.address, entry))
    new = next(r for r in after.rows() if r.address == row.address)
    told = [
        sentence(_recorded(plan.company, new)),
        *_critical(plan, row, said),
        *_held_up(plan, row),
        *what_follows(plan, after),
    ]
    return "\n".join(told)


def take_back(work: Workspace, client: str, step: str) -> str:
    """Take out what is recorded of a step, and tell that it is open again; raises as `tick`."""
    plan = plan_of(work, client)
    own = plan.client.progress
    rows = {row.address: row for row in plan.rows()}
    address = pick(step, [*rows, *(a for a in own if a not in rows)], plan)
    if address not in own:
        shared = rows[address].progress
        where = f"; it is recorded in {shared.at.path}" if shared else ""
        raise Refused(f"Nothing is recorded of {address} for {plan.client.name}{where}.")
    after = _written(work, plan, lambda text: entries.take_out(text, plan, address))
    row = next((row for row in after.rows() if row.address == address), None)
    now = _recorded(plan.company, row) if row else f"{address} is in the plan no more."
    return "\n".join([sentence(f"Taken back: {now}"), *what_follows(plan, after)])


def _written(work: Workspace, plan: Plan, how: Callable[[str], str]) -> Plan:
    after = change(work, plan.client.at.path, how)
    found = after.plans.of(plan.client.id) if after.plans else None
    if found is None:
        raise Blocked(after.errors)
    return found


# What cannot be ticked ------------------------------------------------------------------------


def _again(plan: Plan, row: Row, progress: Progress, said: Tick) -> str:
    """Tell what is recorded already; Refused where something else was to be recorded."""
    known = _recorded(plan.company, row)
    asked = (
        (said.on, progress.done),
        (said.by and named(said.by, plan.company.people), progress.by),
        (said.answer.casefold(), progress.answer.casefold()),
        (said.note, progress.note),
        (said.reason, progress.reason),
    )
    if all(not new or new == old for new, old in asked):
        return sentence(f"Nothing to change: {known}")
    undo = f"sopwith done {plan.client.id} {row.address} --undo"
    raise Refused(f"{known} To say otherwise, take that back first:", undo)


def _stop_at(plan: Plan, row: Row, said: Tick) -> None:
    if row.state == "out":
        raise Refused(f'"{row.title}" is not to be done for {plan.client.name}: {row.out}.')
    if row.calls and not said.reason:
        inner = f"sopwith done {plan.client.id} {row.address}/STEP"
        raise Refused(f'"{row.title}" is done when the steps of {row.calls} are:', inner)


# What is recorded -----------------------------------------------------------------------------


def _entry(work: Workspace, plan: Plan, row: Row, said: Tick) -> dict[str, Data]:
    """The entry for a step, in the order in which we write its fields."""
    if said.reason:
        if said.on or said.answer:
            raise Refused("A step that does not apply has no day and no answer.")
        return entries.not_applicable(_by(work, plan, row, said), said.reason, said.note)
    day, answer = _day(plan, said.on), _answer(row, said.answer)
    return entries.done(day, _by(work, plan, row, said, day), answer, said.note)


def _by(work: Workspace, plan: Plan, row: Row, said: Tick, on: Moment | None = None) -> str:
    """Who it was on that day, or says so today; Refused for somebody who had left by then."""
    by = _whoever(work, plan, row, said)
    if left := gone(by, on.day if on else plan.today, plan.company):
        here = [id_ for id_, person in plan.company.people.items() if not person.left]
        raise Refused(f"{left}: say --by with one of {', '.join(here)}.")
    return by


def _whoever(work: Workspace, plan: Plan, row: Row, said: Tick) -> str:
    """Who is named, else the only one whose step it is, where that is done, else git's user."""
    if said.by:
        return named(said.by, plan.company.people)
    # Whose step it is has not said by that that it does not apply.
    mine = [] if said.reason else [person.id for person in row.who if person.id]
    if len(mine) == 1:
        return mine[0]
    if known := known_to_git(work.root, plan.company):
        return known
    what = "says so" if said.reason else "did it"
    people = ", ".join(mine or plan.company.people)
    raise Refused(f"Nobody can tell who {what}: say --by with one of {people}.")


def _day(plan: Plan, on: Moment | None) -> Moment:
    if on and on.day > plan.today:
        raise Refused(f"{on} is still to come: today is {plan.today}.")
    return on or Moment(plan.today)


def _answer(row: Row, given: str) -> str:
    decision = row.step.decision
    if decision is None:
        if given:
            raise Refused(f'"{row.title}" asks nothing, so it takes no answer.')
        return ""
    answers = [answer.answer for answer in decision.answers]
    if not given:
        choices = " or ".join(f'--answer "{answer}"' for answer in answers)
        raise Refused(f"{decision.question} Say {choices}.")
    found = decision.meant(given)
    if not found:
        raise Refused(
            f'"{given}" is no answer to "{decision.question}"; {did_you_mean(given, answers)}'
        )
    return found


# What is told ---------------------------------------------------------------------------------


def _recorded(company: Company, row: Row) -> str:
    """A step's record in a sentence."""
    progress = row.progress
    if progress is None:
        return f'"{row.title}" is open.'
    by = company.people[progress.by].name
    if progress.not_applicable or progress.done is None:
        reason = progress.reason
        end = "" if reason.endswith((".", "!", "?")) else "."
        return f'"{row.title}" does not apply, says {by}: {reason}{end}'
    answer = f': "{progress.answer}"' if progress.answer else "."
    return f'"{row.title}" was done on {moment(progress.done, company.locale)} by {by}{answer}'


def _critical(plan: Plan, row: Row, said: Tick) -> Iterator[str]:
    """What to do about a critical step that nobody is to do."""
    if said.reason and row.step.critical:
        role = plan.company.roles.get(row.sop.approver)
        who = role.title if role else row.sop.approver
        yield sentence(f"It is critical: the work must not go on without it. Let {who} know.")


def _held_up(plan: Plan, row: Row) -> Iterator[str]:
    titles = [r.title for r in plan.rows() if r.address in row.waits_for]
    if titles:
        what = listing(titles, plan.company.locale)
        yield sentence(f"It was to wait for what is still open: {what}")
