"""What was agreed: the decisions of meetings, and the actions of what was noted, each once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sopwith.model import Action, Library, Observation, Quarter, Review
from sopwith.outputs.review.figures.groups import Agreed


def agreed(shown: Library, quarter: Quarter, today: date) -> tuple[Agreed, ...]:
    """Everything agreed up to a quarter: the one due first before the others."""
    found: list[Agreed] = []
    noted: defaultdict[tuple[str, date], list[Observation]] = defaultdict(list)
    for seen in sorted(shown.observations.values(), key=lambda seen: (seen.date, seen.id)):
        if seen.action and seen.date <= quarter.last:
            noted[seen.action.owner, seen.action.due].append(seen)
    taken: set[str] = set()
    for id_, review in sorted(shown.reviews.items()):
        for decision in review.decisions if id_ <= str(quarter) else ():
            same = [s for s in noted[decision.owner, decision.due] if _takes_up(decision, s)]
            taken |= {seen.id for seen in same}
            found.append(_agreed(decision, review, same, today))
    rest = (seen for alike in noted.values() for seen in alike if seen.id not in taken)
    found += [_agreed(seen.action, None, [seen], today) for seen in rest if seen.action]
    return tuple(sorted(found, key=_order))


def _agreed(
    action: Action, review: Review | None, observations: Iterable[Observation], today: date
) -> Agreed:
    late = action.status == "open" and action.due < today
    return Agreed(action, review, tuple(observations), late)


def _order(of: Agreed) -> tuple[date, str, str]:
    source = of.review.id if of.review else of.observations[0].id
    return of.action.due, source, of.action.id


def _takes_up(decision: Action, seen: Observation) -> bool:
    """Say whether a decision takes up an action that has its owner and its date.

    No field says so; it is taken for one where half of the shorter one's words are in the other.
    """
    ours, theirs = _words(decision), _words(seen.action) if seen.action else frozenset()
    return 2 * len(ours & theirs) >= min(len(ours), len(theirs))


def _words(action: Action) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", action.what.casefold()))


def of_quarter(all_: Sequence[Agreed], quarter: Quarter) -> tuple[Agreed, ...]:
    """What the meeting about a quarter decided, and what was agreed within it without a meeting."""
    return tuple(
        of
        for of in all_
        if (of.review.id == str(quarter) if of.review else of.observations[0].date in quarter)
    )
