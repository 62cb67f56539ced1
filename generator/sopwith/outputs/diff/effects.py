"""What a change does to the plans: whom it touches, and which open steps and dates are others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sopwith.comparing import MOVED, Pair, changes_in_plan
from sopwith.model import Client
from sopwith.plan import Plan


@dataclass(frozen=True, slots=True)
class Effect:
    """What one client, person or quarter has to do with the files that changed.

    `sops`, `emails` and `documents` are the ids that its plan holds, before or after; of the last
    two only what open steps call for. `parts` tells in what the plan differs, under headings. One
    that has no plan, because of a problem in a file, is not `planned`; it is not `compared` either
    where it has none with the files as they were.
    """

    subject: Client
    planned: bool
    compared: bool
    sops: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
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
    changes = changes_in_plan(then, now) if then and not subject.ended else ()
    return Effect(
        subject,
        planned=True,
        compared=then is not None,
        sops=frozenset(
            (*(row.sop.id for row in rows), *(one.sop.id for plan in plans for one in plan.sops))
        ),
        emails=frozenset(row.step.email for row in is_open),
        documents=frozenset(row.step.document for row in is_open),
        parts=tuple((heading, tuple(lines)) for heading, lines in changes if lines),
    )


def reach(pair: Pair, effects: Sequence[Effect]) -> Reach | None:
    """Count whom a file touches; None for what nobody follows."""
    held = _HELD.get(pair.kind)
    if held is None:
        return None
    about = getattr(pair.shown, "about", "client")
    active = [e for e in effects if e.subject.about == about and not e.subject.ended]
    mine = [e for e in active if pair.id in getattr(e, held)]
    stay = [*_staying(pair, mine)]
    return Reach(
        about,
        len(active),
        len(mine) - len(stay),
        dict(sorted(Counter(stay).items())),
        sum(not e.planned for e in active),
    )


_HELD = {"sop": "sops", "email": "emails", "document": "documents"}


def _staying(pair: Pair, effects: Sequence[Effect]) -> Iterator[str]:
    """The versions that those keep who are pinned to another one than the newest."""
    now: Any = pair.now
    for one in effects if pair.kind == "sop" else ():
        pin = one.subject.sops.get(pair.id)
        if pin and (now is None or pin != now.version):
            yield str(pin)
