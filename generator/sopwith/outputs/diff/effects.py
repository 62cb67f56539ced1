"""What a change does to the plans: whom it touches, and which open steps and dates are others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sopwith.comparing import MOVED, Pair, came, changes_in_plan, turned_late, weigh
from sopwith.model import Client
from sopwith.plan import OPEN, Plan


@dataclass(frozen=True, slots=True)
class Effect:
    """What one client, person or quarter has to do with the files that changed.

    `sops`, `emails` and `documents` are the ids that its plan holds, before or after; of the last
    two only what open steps call for. `steps` are its open steps, each behind its SOP. `parts`
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
    steps: frozenset[tuple[str, str]] = frozenset()
    is_new: bool = False
    is_new_late: bool = False
    is_moved_late: bool = False
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def moves_dates(self) -> bool:
        """Say whether a date of an open step is another."""
        return any(heading == MOVED for heading, _ in self.parts)


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
    plans = [plan for plan in (then, now) if plan]
    if now is None:
        return Effect(subject, planned=False, compared=False)
    rows = [row for plan in plans for row in plan.rows()]
    is_open = [row for row in rows if row.is_open]
    compared = then if not subject.ended else None
    changes = changes_in_plan(compared, now) if compared else ()
    new = [row for row in (came(compared, now) if compared else ()) if row.is_open]
    late = {row.address for row in (turned_late(compared, now) if compared else ())}
    late_and_new = {row.address for row in new} & late
    return Effect(
        subject,
        planned=True,
        compared=then is not None,
        sops=frozenset(
            (*(row.sop.id for row in rows), *(one.sop.id for plan in plans for one in plan.sops))
        ),
        emails=frozenset(row.step.email for row in is_open),
        documents=frozenset(row.step.document for row in is_open),
        steps=frozenset((row.sop.id, row.step.id) for row in rows if row.state in OPEN),
        is_new=bool(new),
        is_new_late=bool(late_and_new),
        is_moved_late=bool(late - late_and_new),
        parts=tuple((heading, tuple(lines)) for heading, lines in changes if lines),
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
    steps, about = _steps(pair), getattr(pair.shown, "about", "client")
    return [
        one
        for one in effects
        if one.subject.about == about
        and not one.subject.ended
        and pair.id in getattr(one, held)
        and not _kept(pair, one)
        and (steps is None or not steps.isdisjoint(one.steps))
    ]


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


def _steps(pair: Pair) -> frozenset[tuple[str, str]] | None:
    """The steps that differ, where nothing but steps does; None where more does."""
    if pair.was is None or pair.now is None:
        return None
    weighty = [one for one in pair.differences if weigh(one).weight != "none"]
    if any(one.part != "step" for one in weighty):
        return None
    return frozenset((pair.id, one.id) for one in weighty)
