"""A client's plan: the SOPs that apply, unfolded, with people, dates and states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sopwith import due
from sopwith.model import OWN_EVENTS, Case, Client, Library, Moment, Sop
from sopwith.plan.applying import is_in_force, sorted_out
from sopwith.plan.dates import Dated, Dates
from sopwith.plan.draft import Draft
from sopwith.plan.facts import Facts
from sopwith.plan.gaps import find_gaps
from sopwith.plan.moments import Moments
from sopwith.plan.people import assignees
from sopwith.plan.record import Record
from sopwith.plan.rows import OPEN, Plan, PlannedPhase, PlannedSop, Row, State
from sopwith.plan.strains import find_strains, too_early
from sopwith.plan.unfold import Unfolder


def plan(library: Library, client: Client, today: date, calendar: due.Calendar) -> Plan:
    """Resolve every SOP that applies to a client as of a day.

    Expects a library without errors in the company, this client and its SOPs.
    """
    moments = Moments(library.company, client, today, calendar)
    record = Record.of(client, library, today)
    runs, left_out, unfolded = _unfolded(library, client, moments, record)
    drafts = [draft for rows in unfolded for draft in rows]
    dates = Dates(drafts, moments, record)
    rows = _rows(library, client, moments, dates, drafts, record)
    planned = [
        PlannedSop(sop, address, _phases(sop, run, rows), case, only_if)
        for (sop, address, case, only_if), run in zip(runs, unfolded, strict=True)
    ]
    dated = [(dates.of(draft), rows[draft.address]) for draft in drafts]
    early = too_early(calendar, [*rows.values()], dates)
    gaps = (
        *find_gaps(library.company, client, moments, dated, planned),
        *find_strains(library, client, today, calendar, [*rows.values()], early),
    )
    events = _events(library, client, moments)
    return Plan(
        client,
        library.company,
        today,
        tuple(planned),
        tuple(left_out),
        gaps,
        events,
        early,
        tuple(drafts),
    )


def dues(
    library: Library, made: Plan, client: Client, calendar: due.Calendar
) -> tuple[Mapping[str, Moment], Mapping[str, Moment]]:
    """When each row of a plan would be due, by address, and when each event would be.

    `client` is that of the plan with other dates, or without its pauses.
    """
    moments = Moments(library.company, client, made.today, calendar)
    record = Record.of(client, library, made.today)
    drafts: Sequence[Draft] = made.drafts
    if any(draft.step.repeat for draft in drafts):  # how often one comes hangs on the dates
        _, _, unfolded = _unfolded(library, client, moments, record)
        drafts = [draft for rows in unfolded for draft in rows]
    dates = Dates(drafts, moments, record)
    found = {draft.address: moment for draft in drafts if (moment := dates.of(draft).moment)}
    return found, _events(library, client, moments)


def _events(library: Library, client: Client, moments: Moments) -> Mapping[str, Moment]:
    named = (*(event.id for event in library.company.events), *OWN_EVENTS[client.about])
    return {event: moment for event in named if (moment := moments.event(event))}


_Run = tuple[Sop, str, Case | None, str]


def _unfolded(
    library: Library, client: Client, moments: Moments, record: Record
) -> tuple[list[_Run], list[tuple[Sop, str]], list[list[Draft]]]:
    """The SOPs that are run, with address, case and condition; those left out; the runs' rows."""
    facts = Facts(library.company, client.facts)
    unfolder = Unfolder(library, client, facts, moments, record)
    pins, stated = frozenset(client.sops.items()), frozenset(client.facts.items())
    applying, others = sorted_out(library, client.about, pins, stated)
    runs: list[_Run] = [(sop, sop.id, None, only_if) for sop, only_if in applying]
    left_out = list(others)
    sops = library.sops_of(client)
    for case in client.cases:
        of_case = sops[case.sop]
        if is_in_force(of_case, client):
            runs.append((of_case, f"{case.sop}@{case.id}", case, ""))
        else:
            left_out.append((of_case, f"{_NOT_ACTIVE[of_case.status]}: its cases are not planned"))
    unfolded = [list(unfolder.sop(sop, address, case)) for sop, address, case, _ in runs]
    return runs, left_out, unfolded


_NOT_ACTIVE = {"draft": "a draft", "retired": "retired"}


def _rows(
    library: Library,
    client: Client,
    moments: Moments,
    dates: Dates,
    drafts: Sequence[Draft],
    record: Record,
) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for draft in drafts:
        dated = dates.of(draft)
        # Whoever is late today does it today: a leave that is over sends nobody to the stand-in.
        day = max(dated.moment.day, moments.today) if dated.moment else moments.today
        rows[draft.address] = Row(
            address=draft.address,
            sop=draft.sop,
            step=draft.step,
            number=draft.number,
            state=_state(draft, dated, client, moments, record, dates.undecided[draft.address]),
            which=draft.which,
            calls=draft.calls,
            depth=draft.depth,
            who=assignees(
                library.company.roles[draft.step.role], client, library.company, day, draft.case
            ),
            due=dated.moment,
            due_words=dates.words(draft),
            hangs_on=dated.hangs_on,
            because=dated.because,
            only_if=draft.verdict.because if draft.verdict.truth == "unknown" else "",
            out=draft.out,
            waits_for=dates.undecided[draft.address],
            decided_by=draft.decided_by,
            led_back=draft.led_back,
            notes=draft.notes,
            progress=record.progress.get(draft.address),
            waiver=record.waivers.get(draft.address),
        )
    children: dict[str, list[Row]] = {}
    for draft in drafts:
        children.setdefault(draft.scope, []).append(rows[draft.address])
    for draft in reversed(drafts):
        if draft.calls:
            state = _state_of_called(rows[draft.address], children.get(draft.address, ()))
            rows[draft.address] = replace(rows[draft.address], state=state)
            children[draft.scope] = [rows[r.address] for r in children[draft.scope]]
    return {draft.address: _waiting(rows[draft.address], draft, dates, rows) for draft in drafts}


def _state(
    draft: Draft,
    dated: Dated,
    client: Client,
    moments: Moments,
    record: Record,
    undecided: Sequence[str],
) -> State:
    progress = record.progress.get(draft.address)
    if progress and progress.not_applicable:
        return "not-applicable"
    if progress and progress.done:
        return "done"
    if draft.out:
        return "out"
    if draft.address in record.waivers:
        return "excepted"
    if client.ended:
        return "ended"
    if dated.moment is None:
        return "undated"
    # Nobody can be late with what nobody has decided is to be done.
    rests = moments.pause(moments.today) or undecided
    return "overdue" if dated.moment.day < moments.today and not rests else "due"


def _state_of_called(caller: Row, rows: Sequence[Row]) -> State:
    """A step that runs another SOP is as far as that SOP's steps are."""
    if caller.state in ("out", "not-applicable", "excepted", "ended") or not rows:
        return caller.state
    states = {row.state for row in rows}
    return next(state for state in _MOST_OPEN_FIRST if state in states)


_MOST_OPEN_FIRST: tuple[State, ...] = (
    "overdue",
    "due",
    "waiting",
    "undated",
    "ended",
    "done",
    "excepted",
    "not-applicable",
    "out",
)


def _waiting(row: Row, draft: Draft, dates: Dates, rows: Mapping[str, Row]) -> Row:
    if row.state not in OPEN:
        return replace(row, waits_for=()) if row.waits_for else row
    siblings = (
        sibling.address
        for step in row.step.wait_for
        for sibling in dates.siblings(draft, step)
        if rows[sibling.address].state in OPEN
    )
    waits_for = tuple(dict.fromkeys([*row.waits_for, *siblings]))
    if not waits_for:
        return row
    # A late step stays late: whoever reads the plan must see it, and what holds it up.
    state: State = row.state if row.state == "overdue" else "waiting"
    return replace(row, waits_for=waits_for, state=state)


def _phases(sop: Sop, drafts: Sequence[Draft], rows: Mapping[str, Row]) -> tuple[PlannedPhase, ...]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for draft in drafts:
        found[draft.phase].append(rows[draft.address])
    return tuple(
        PlannedPhase(sop.phases[phase], phase + 1, tuple(found[phase])) for phase in sorted(found)
    )
