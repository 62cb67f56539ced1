"""What a change does to the plans: whom it touches, and which open steps and dates are others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sopwith.comparing import (
    NUMBERED,
    VERSIONS,
    Difference,
    Pair,
    came,
    changes_in_plan,
    differing,
    fell_away,
    moved,
    turned_late,
    weigh,
)
from sopwith.model import Client, Sop, Step
from sopwith.plan import OPEN, Plan, Row

_Step = tuple[str, str]
_Part = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Effect:
    """What one client, person or quarter has to do with the files that changed.

    `sops`, `emails` and `documents` are the ids that its plan holds, before or after; of the last
    two only what open steps call for. `steps` are its open steps, each behind its SOP, before or
    after; of those `others` come, go, move or wait for something else, `gone` fall away, and
    `moved` get another date, each behind the SOPs through which its date was reckoned. `parts`
    tells in what the plan differs, under headings. `is_new` says whether open steps came to it, and
    the other two whether those, or dates that moved, are past already. One that has no plan,
    because of a problem in a file, is not `planned`; it is not `compared` either where it has none
    with the files as they were.
    """

    subject: Client
    planned: bool
    compared: bool
    sops: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    steps: frozenset[_Step] = frozenset()
    others: frozenset[_Step] = frozenset()
    gone: frozenset[_Step] = frozenset()
    moved: tuple[tuple[frozenset[str], Step], ...] = ()
    is_new: bool = False
    is_new_late: bool = False
    is_moved_late: bool = False
    parts: tuple[_Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """How many a file touches of those there are; `stay` counts who keeps an older version."""

    what: str
    active: int
    touched: int
    stay: Mapping[str, int]
    unplanned: int


def effect(subject: Client, then: Plan | None, now: Plan | None) -> Effect:
    """See what becomes of one plan."""
    if now is None:
        return Effect(subject, planned=False, compared=False)
    plans = [plan for plan in (then, now) if plan]
    rows = [row for plan in plans for row in plan.rows()]
    is_open = [row for row in rows if row.is_open]
    held = Effect(
        subject,
        planned=True,
        compared=then is not None,
        sops=frozenset(
            (*(row.sop.id for row in rows), *(one.sop.id for plan in plans for one in plan.sops))
        ),
        emails=frozenset(row.step.email for row in is_open),
        documents=frozenset(row.step.document for row in is_open),
        steps=_steps_of(row for row in rows if row.state in OPEN),
    )
    return _compared(held, then, now) if then and not subject.ended else held


def _compared(held: Effect, then: Plan, now: Plan) -> Effect:
    """The same, with what differs in the plan."""
    new = {row.address for row in came(then, now) if row.is_open}
    late = {row.address for row in turned_late(then, now)}
    return replace(
        held,
        others=_steps_of(differing(then, now)),
        gone=_steps_of(fell_away(then, now)),
        moved=tuple(_moved(then, now)),
        is_new=bool(new),
        is_new_late=bool(new & late),
        is_moved_late=bool(late - new),
        parts=_parts(then, now),
    )


def _steps_of(rows: Iterable[Row]) -> frozenset[_Step]:
    return frozenset((row.sop.id, row.step.id) for row in rows)


def _moved(then: Plan, now: Plan) -> Iterator[tuple[frozenset[str], Step]]:
    """The steps whose dates move; where a day is not known yet, whatever counts from such a one."""
    rows = {row.address: row for row in now.rows()}
    found = {row.address for row in moved(then, now)}
    for row in rows.values() if found else ():
        above = [*_hung_on(row, rows)]
        follows = row.due is None and row.is_open and not found.isdisjoint(above)
        if row.address in found or follows:
            yield frozenset(rows[address].sop.id for address in (row.address, *above)), row.step


def _hung_on(row: Row, rows: Mapping[str, Row]) -> Iterator[str]:
    """The addresses of the steps that a date counts from, one after the other."""
    seen = {row.address}
    while row.hangs_on in rows and row.hangs_on not in seen:
        seen.add(row.hangs_on)
        yield row.hangs_on
        row = rows[row.hangs_on]


def _parts(then: Plan, now: Plan) -> tuple[_Part, ...]:
    """In what a plan differs; numbers, which only paper knows steps by, are counted.

    Another version by itself is nothing that anybody would notice.
    """
    found = {heading: tuple(lines) for heading, lines in changes_in_plan(then, now) if lines}
    if found.keys() <= {VERSIONS}:
        return ()
    return tuple(
        (heading, lines) if heading != NUMBERED else (f"{heading}: {len(lines)}", ())
        for heading, lines in found.items()
    )


def reach(pair: Pair, effects: Sequence[Effect]) -> Reach | None:
    """Count for whom something in a file differs; None where it is a file that nobody follows.

    Those who keep another version are counted by it.
    """
    held = _HELD.get(pair.kind)
    if held is None:
        return None
    about = getattr(pair.shown, "about", "client")
    active = [e for e in effects if e.subject.about == about and not e.subject.ended]
    mine = [e for e in active if pair.id in getattr(e, held)]
    kept = [_kept(pair, one) for one in mine]
    return Reach(
        about,
        len(active),
        len(touched(pair, mine)),
        dict(sorted(Counter(filter(None, kept)).items())),
        sum(not e.planned for e in active),
    )


def touched(pair: Pair, effects: Sequence[Effect]) -> list[Effect]:
    """Find for whom something in a file differs that they are still to do."""
    held = _HELD.get(pair.kind)
    if held is None:
        return []
    about = getattr(pair.shown, "about", "client")
    return [
        one
        for one in effects
        if one.subject.about == about
        and not one.subject.ended
        and pair.id in getattr(one, held)
        and not _kept(pair, one)
        and (pair.kind != "sop" or _meets(pair, one))
    ]


def roles_moving(pair: Pair, effects: Sequence[Effect]) -> tuple[str, ...]:
    """Find the roles whose dates an SOP moves for somebody, by id."""
    steps = (step for one in effects for sops, step in one.moved if pair.id in sops)
    return tuple(
        dict.fromkeys(role for step in steps for role in (step.role, *step.with_, *step.sign))
    )


def names(effects: Sequence[Effect]) -> Mapping[str, str]:
    """What to call those whose plans these are, by id: two of one name with their ids."""
    count = Counter(one.subject.name for one in effects)
    return {
        (at := one.subject).id: at.name if count[at.name] == 1 else f"{at.name} ({at.id})"
        for one in effects
    }


_HELD = {"sop": "sops", "email": "emails", "document": "documents"}


def _kept(pair: Pair, one: Effect) -> str:
    """The version that someone keeps who is pinned to another one than the newest."""
    now: Any = pair.now
    pin = one.subject.sops.get(pair.id) if pair.kind == "sop" else None
    return str(pin) if pin and (now is None or pin != now.version) else ""


# What these say, each plan has taken into account: where that is as before, they mean nothing.
_PLANNED = frozenset(("when", "due", "wait_for", "applies_to"))


def _meets(pair: Pair, one: Effect) -> bool:
    """Say whether somebody's open steps have to do with what differs in an SOP."""
    mine = {step for sop, step in one.steps if sop == pair.id}
    others = {step for sop, step in one.others if sop == pair.id}
    if pair.was is None or pair.now is None:
        return bool(mine)
    return any(
        not (others if found.field in _PLANNED and one.compared else mine).isdisjoint(
            _steps(pair, found)
        )
        for found in pair.differences
        if weigh(found).weight != "none"
    )


def _steps(pair: Pair, difference: Difference) -> frozenset[str]:
    """The steps of an SOP that a difference is about."""
    if difference.part == "step":
        return frozenset((difference.id,))
    both: tuple[Sop, ...] = (pair.was, pair.now)
    return frozenset(
        step.id
        for sop in both
        for phase in sop.phases
        if difference.part == "" or phase.id == difference.id
        for step in phase.steps
    )
