"""What another version of its SOPs changes for one client, in plain words at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sopwith.model import Company, Progress, Sop, Step
from sopwith.outputs.upgrade.differences import Differences, differences
from sopwith.outputs.upgrade.lines import block
from sopwith.plan import Plan, Row
from sopwith.terminal import flow
from sopwith.words import listing, moment, near_day


def render(
    old: Plan,
    new: Plan,
    moves: Sequence[tuple[Sop, Sop | None]],
    carried: Mapping[str, str],
) -> str:
    """Tell what changes for a client whose plan was `old` and will be `new`.

    `moves` are the SOPs as the client follows them and as they are now, None where the client
    will follow it no more; `carried` are addresses of progress with those they go on under.
    """
    lines = [line for move in moves for line in _sop(old, new, *move, carried)]
    lines += block("New dates, and steps that go in or out:", _dates(old, new))
    return "\n".join(lines).lstrip("\n")


def _sop(
    old: Plan, new: Plan, was: Sop, now: Sop | None, carried: Mapping[str, str]
) -> Iterator[str]:
    """One SOP: what is new in it, and then step by step."""
    if now is None:
        yield from ("", *flow(f"{was.title}: {was.version} -> not in the plan any more"))
        return
    yield from ("", *flow(f"{now.title}: {was.version} -> {now.version}"))
    for change in now.changes:
        if was.version < change.version <= now.version:
            yield from flow(f"{change.summary}", f"  {change.version}  ")
    for sop, reason in new.left_out:
        if sop.id == now.id:
            yield from flow(f"Does not apply to this client: {reason}", "  ")
    found = differences(was, now)
    if found.is_nothing:
        yield from flow("No step changes.", "  ")
    instead = _instead(now, found)
    added = [step for step in found.added if step not in instead.values()]
    yield from block("Added:", (f"{_name(step)}: {_part(new, now, step)}" for step in added))
    yield from block(
        "Replaced:",
        (
            f"{_name(step)} -> {_name(by)}: {_part(new, now, by)}"
            for step in found.removed
            if (by := instead.get(step.id))
        ),
    )
    yield from block(
        "Removed:",
        (
            _name(step) + _recorded(old, was, step, carried)
            for step in found.removed
            if step.id not in instead
        ),
    )
    yield from block("Moved:", (_moved(now, step) for step in found.moved))
    yield from block("Changed:", _changed(old.company, found))


def _instead(now: Sop, found: Differences) -> Mapping[str, Step]:
    """New steps by the ids of those whose place they take."""
    added = {step.id: step for step in found.added}
    gone = {step.id for step in found.removed}
    return {
        former.id: added[former.now]
        for former in now.former_steps
        if former.id in gone and former.now in added
    }


def _part(new: Plan, sop: Sop, step: Step) -> str:
    """What a step is in the client's plan: whose, when, how often."""
    rows = _rows(new, sop, step)
    shown = next((row for row in rows if row.is_open), rows[0] if rows else None)
    who = ", ".join(person.name for person in shown.who) if shown else ""
    more = f", {len(rows)} times in all" if len(rows) > 1 else ""
    when = f"{_when(new, shown)}{more}" if shown else "not in this client's plan"
    return ", ".join(filter(None, (who, when)))


def _recorded(old: Plan, was: Sop, step: Step, carried: Mapping[str, str]) -> str:
    """What becomes of what the client's file says of a step."""
    done = [row.address for row in _rows(old, was, step) if row.progress]
    onto = [carried[address] for address in done if address in carried]
    if onto:
        return f": what is recorded goes on as {', '.join(onto)}"
    return ": what is recorded stays as history" if done else ""


def _moved(now: Sop, step: Step) -> str:
    steps = now.steps
    phase = next(phase for phase in now.phases if step in phase.steps)
    place = steps.index(step)
    after = f"after {_name(steps[place - 1])}" if place else "the first of all"
    return f'{_name(step)}: now in "{phase.title}", {after}'


def _changed(company: Company, found: Differences) -> Iterator[str]:
    """Each step that reads otherwise: title, person and date in full, the rest by name."""
    for was, now in found.changed:
        said = [
            f"{label} {before or 'none'} -> {after or 'none'}"
            for label, before, after in (
                ("title", was.title, now.title),
                ("role", company.roles[was.role].title, company.roles[now.role].title),
                ("due", was.due, now.due),
            )
            if before != after
        ]
        others = listing(found.others(was, now), company.locale)
        yield f"{_name(was)}: {'; '.join([*said, *([f'new: {others}'] if others else [])])}"


def _dates(old: Plan, new: Plan) -> Iterator[str]:
    """Steps in both plans that are open in one of them, and not as they were."""
    before = {row.address: row for row in old.rows()}
    for row in new.rows():
        was = before.get(row.address)
        if was and (was.is_open or row.is_open) and _when(old, was) != _when(new, row):
            yield f"{row.address}: {_when(old, was)} -> {_when(new, row)}"


def _rows(plan: Plan, sop: Sop, step: Step) -> list[Row]:
    return [row for row in plan.rows() if (row.sop.id, row.step.id) == (sop.id, step.id)]


def _when(plan: Plan, row: Row) -> str:
    """When a row is due, or why it is not."""
    if row.out:
        return f"out, {row.out}"
    if row.progress:
        return _done(plan, row.progress)
    if not row.is_open:
        return row.state
    if row.due:
        return near_day(row.due, plan.today, plan.company.locale)
    return row.due_words or "no date yet"


def _done(plan: Plan, progress: Progress) -> str:
    done = progress.done
    return f"done {moment(done, plan.company.locale)}" if done else "not applicable"


def _name(step: Step) -> str:
    return f"{step.title} ({step.id})"
