"""What was agreed: the decisions of meetings, and the actions of what was noted, each once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sopwith.model import Action, Library, Observation, Quarter, Review
from sopwith.outputs.review.figures.groups import Agreed


def agreed(shown: Library, quarter: Quarter, today: date) -> tuple[Agreed, ...]:
    """Everything agreed up to a quarter: the one due first before the others."""
    found: list[Agreed] = []
    noted = {id_: s for id_, s in sorted(shown.observations.items()) if s.date <= quarter.last}
    taken: set[str] = set()
    for id_, review in sorted(shown.reviews.items()):
        for decision in review.decisions if id_ <= str(quarter) else ():
            same = [noted[seen] for seen in sorted(decision.takes_up) if seen in noted]
            taken |= {seen.id for seen in same}
            found.append(_agreed(decision.action, review, same, today))
    rest = (seen for seen in noted.values() if seen.id not in taken)
    found += [_agreed(seen.action, None, [seen], today) for seen in rest if seen.action]
    return tuple(sorted(found, key=_order))


def _agreed(
    action: Action, review: Review | None, observations: Iterable[Observation], today: date
) -> Agreed:
    late = action.status == "open" and action.due < today
    return Agreed(action, review, tuple(observations), late)


def _order(of: Agreed) -> tuple[date, str, str]:
    source = of.review.id if of.review else of.observations[0].id
    return of.action.due, source, of.action.what


def of_quarter(all_: Sequence[Agreed], quarter: Quarter) -> tuple[Agreed, ...]:
    """What the meeting about a quarter decided, and what was agreed within it without a meeting."""
    return tuple(of for of in all_ if belongs(of, quarter))


def belongs(of: Agreed, quarter: Quarter) -> bool:
    """Say whether the meeting about a quarter decided it, or it came up then without a meeting."""
    return of.review.id == str(quarter) if of.review else of.observations[0].date in quarter
