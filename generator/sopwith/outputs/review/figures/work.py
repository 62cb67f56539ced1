"""How far the clients are, and what the numbers rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sopwith.model import Client, Library, Moment, Observation, Sop
from sopwith.outputs.review.figures.report import Coverage, Lack, Late, Progress
from sopwith.outputs.review.quarter import Quarter
from sopwith.plan import Plan, Plans, Row


def touches(client: Client, quarter: Quarter) -> bool:
    """Say whether a client was with us in the quarter: begun before its end, not over before it."""
    stated = [known.moment.day for known in client.dates.values()]
    worked = [done.done.day for done in client.progress.values() if done.done]
    begun = min((*stated, *worked), default=quarter.first)
    return begun <= quarter.last and (not client.ended or client.ended.date >= quarter.first)


def progress(
    sops: Sequence[Sop], made: Sequence[Plan], quarter: Quarter, today: date
) -> Iterator[Progress]:
    """How far the clients are, SOP by SOP; those that no client is on are left out."""
    until = min(today, quarter.last)
    clients: Counter[str] = Counter()
    count: Counter[tuple[str, str]] = Counter()
    for plan in made:
        rows = [row for row in plan.rows() if _is_work(row)]
        clients.update({row.sop.id for row in rows})
        for row in rows:
            of = row.sop.id
            count[of, "to do"] += row.is_open
            count[of, "overdue"] += row.state == "overdue"
            done = _done(plan, row)
            if done and quarter.first <= done.day <= until:
                count[of, "done"] += 1
                count[of, "timed"] += row.due is not None
                count[of, "on time"] += row.due is not None and _kept(done, row.due)
    for sop in sops:
        if clients[sop.id]:
            figures = ("done", "timed", "on time", "to do", "overdue")
            yield Progress(sop, clients[sop.id], *(count[sop.id, figure] for figure in figures))


def _is_work(row: Row) -> bool:
    """Say whether a row is a step of this client's: headings of called SOPs are not."""
    return not row.calls and row.state != "out"


def _done(plan: Plan, row: Row) -> Moment | None:
    """When the step was done here: what another engagement of the customer did counts there."""
    own: Mapping[str, object] = plan.client.progress
    return row.progress.done if row.progress and row.address in own else None


def _kept(done: Moment, due_: Moment) -> bool:
    """Say whether a step was done by its due date; by the hour only where both state one."""
    if done.at is None or due_.at is None:
        return done.day <= due_.day
    return done <= due_


def late(shown: Library, made: Sequence[Plan]) -> Iterator[Late]:
    """The steps that are overdue, the longest first."""
    rows = [
        (row, plan.client)
        for plan in made
        for row in plan.rows()
        if row.state == "overdue" and not row.calls and row.sop.id in shown.sops
    ]
    rows.sort(key=lambda pair: pair[0].due or Moment(date.max))
    for row, client in rows:
        name = client.name if client.id in shown.clients else ""
        yield Late(row.step, row.sop, row.due.day if row.due else date.max, name)


def coverage(
    library: Library,
    shown: Library,
    plans: Plans,
    made: Sequence[Plan],
    quarter: Quarter,
    ours: Sequence[Observation],
) -> Coverage:
    """What the numbers rest on; details only of clients that may be shown."""
    clients = [client for client in library.clients.values() if touches(client, quarter)]
    blocked = [client for client in clients if plans.of(client.id) is None]
    rows = [(plan, row) for plan in made for row in plan.rows()]
    known = {(plan.client.id, row.address) for plan, row in rows}
    done = [
        (client.id, address)
        for client in clients
        for address, mark in client.progress.items()
        if mark.done and mark.done.day in quarter
    ]
    placed = {client for client, address in done if (client, address) in known}
    return Coverage(
        clients=len(clients),
        blocked=len(blocked),
        lacking=sum(bool(plan.gaps) for plan in made),
        silent=sum(plan.client.id not in placed for plan in made),
        unread=sum(map(len, library.unread.values())),
        unplaced=sum(mark not in known for mark in done if mark[0] not in {c.id for c in blocked}),
        undated=sum(
            row.is_open and row.due is None and row.sop.id in shown.sops for _, row in rows
        ),
        loose=sum(not seen.sop for seen in ours),
        lacks=tuple(
            Lack(plan.client.name, gap.message, gap.hint)
            for plan in made
            if plan.client.id in shown.clients
            for gap in plan.gaps
        ),
        blocked_by=tuple(
            (client.name, plans.blocked_by(client.id))
            for client in blocked
            if client.id in shown.clients
        ),
    )
