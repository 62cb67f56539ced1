"""Dates of clients that a changed step brought out of order: told at the step, not at each client.

Whoever changed a step reads the check of that change. The day that is to be mended then stands in
front of them, and in no client's file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sopwith.plan import Plan, Row
from sopwith.problem import Problem, Spot
from sopwith.rules.dates_out_of_order import CODE
from sopwith.workspace import Workspace

_Cause = tuple[Spot, str, str]


def at_their_cause(
    then: Workspace, now: Workspace, known: Sequence[Problem]
) -> tuple[Problem, ...]:
    """Put what is known of clients' dates where it comes from; no client is named there.

    Only where a client had no such warning with the files as they were, and a step of an SOP is
    dated otherwise since then, or waits for something else.
    """
    causes = dict(_causes(then, now, known))
    found = [
        now.reading.located(_told(cause, clients))
        for cause, clients in Counter(causes.values()).items()
    ]
    return (*(p for p in known if p.code != CODE or p.spot.path not in causes), *found)


def _causes(
    then: Workspace, now: Workspace, known: Sequence[Problem]
) -> Iterator[tuple[str, _Cause]]:
    """The path of each client's file, with what caused its warning."""
    warned = {problem.spot.path for problem in known if problem.code == CODE}
    for client in now.library.clients.values():
        if client.at.path not in warned or then.plans is None or now.plans is None:
            continue
        before, after = then.plans.of(client.id), now.plans.of(client.id)
        if before and after and not any(before.warnings(CODE)):
            cause = _cause(before, after)
            if cause:
                yield client.at.path, cause


def _told(cause: _Cause, clients: int) -> Problem:
    spot, says, other = cause
    count = "1 client" if clients == 1 else f"{clients} clients"
    hint = f'let this or "{other}" be due at another time; sopwith check names the clients'
    return Problem(spot, CODE, f"for {count} {says}", hint, "warning")


def _cause(before: Plan, after: Plan) -> _Cause | None:
    """Where a step was changed, what follows from it, and the title of the other step."""
    if not after.early:
        return None
    old = {row.address: row for row in before.rows()}
    new = {row.address: row for row in after.rows()}
    row, waited = after.early[0]
    first, second = row.step.title, waited.step.title
    was = old.get(row.address)
    if was and waited.step.id not in was.step.wait_for:
        spot = row.step.at / "wait_for"
        return spot, f'this comes before "{second}", which it waits for now', second
    for late, own, says, other in (
        (row, first, f'now comes before "{second}", which it waits for', second),
        (waited, second, f'now comes after "{first}", which waits for it', first),
    ):
        for changed in _with_what_it_hangs_on(late, new):
            if _is_due_otherwise(old, changed):
                this = "this" if changed is late else f'"{own}"'
                return changed.step.at / "due", f"{this} {says}", other
    return None


def _with_what_it_hangs_on(row: Row, rows: Mapping[str, Row]) -> Iterator[Row]:
    """A step, the one that its date counts from, and so on."""
    seen: set[str] = set()
    while row.address not in seen:
        seen.add(row.address)
        yield row
        row = rows.get(row.hangs_on, row)


def _is_due_otherwise(old: Mapping[str, Row], row: Row) -> bool:
    was = old.get(row.address)
    return bool(row.step.due) and (was is None or was.step.due != row.step.due)
