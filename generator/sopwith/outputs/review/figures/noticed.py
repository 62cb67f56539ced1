"""What was noticed in a quarter, grouped and counted, with what is remembered of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from sopwith.model import Action, Observation, Quarter, Sop
from sopwith.outputs.review.figures.groups import Agreed, Feedback, Friction, Situation, Theme
from sopwith.outputs.review.figures.report import ENOUGH
from sopwith.outputs.review.figures.whereabouts import Whereabouts

_CATEGORIES = ("positive", "constructive", "urgent", "suggestion", "")


def frictions(
    ever: Sequence[Observation], quarter: Quarter, sops: Sequence[Sop], all_: Sequence[Agreed]
) -> tuple[Friction, ...]:
    """Friction by step, where that is today: the most noted first, then what was noted before.

    Else in the order in which steps are worked.
    """
    places, answers = Whereabouts(sops), _answers(all_)
    by_step: defaultdict[tuple[str, str], list[Observation]] = defaultdict(list)
    for seen in ever:
        if seen.kind == "friction":
            by_step[places.now(seen.sop, seen.step)].append(seen)
    order = {
        place: number
        for number, place in enumerate(
            (sop.id, step) for sop in sops for step in ("", *(s.id for s in sop.steps))
        )
    }
    found = [
        Friction(
            sop, step, ours, tuple(seen), tuple(a for s in seen for a in answers.get(s.id, ()))
        )
        for (sop, step), seen in by_step.items()
        if (ours := _within(seen, quarter))
    ]

    def place(f: Friction) -> tuple[int, int, int, str]:
        number = order.get((f.sop, f.step), len(order))
        return -len(f.observations), -len(f.ever), number, f.step

    return tuple(sorted(found, key=place))


def themes(ever: Sequence[Observation], quarter: Quarter) -> tuple[Theme, ...]:
    """Tags that come again, the most noted first."""
    by_tag: defaultdict[str, list[Observation]] = defaultdict(list)
    for seen in ever:
        for tag in seen.tags:
            by_tag[tag].append(seen)
    found = [
        Theme(tag, ours, tuple(all_))
        for tag, all_ in by_tag.items()
        if len(all_) > 1 and (ours := _within(all_, quarter))
    ]
    return tuple(sorted(found, key=lambda t: (-len(t.ever), -len(t.observations), t.tag)))


def _within(seen: Iterable[Observation], quarter: Quarter) -> tuple[Observation, ...]:
    return tuple(one for one in seen if one.date in quarter)


def feedback(ours: Sequence[Observation]) -> Iterator[Feedback]:
    """Feedback by category; a mean only where there are enough scores."""
    for category in _CATEGORIES:
        given = [seen for seen in ours if seen.kind == "feedback" and seen.category == category]
        scores = [seen.score for seen in given if seen.score]
        shares = [Fraction(score.number, _out_of(score.text)) for score in scores]
        scales = {_out_of(score.text) for score in scores}
        mean = sum(shares, Fraction(0)) / len(shares) if len(shares) >= ENOUGH else None
        if given:
            scale = next(iter(scales)) if len(scales) == 1 else 100
            answered = sum(
                seen.action is not None and seen.action.status != "open" for seen in given
            )
            yield Feedback(category, tuple(given), answered, len(scores), mean, scale)  # type: ignore[arg-type]  # the categories above are the model's


def _out_of(score: str) -> int:
    return int(score.split()[-1])


def situations(
    ever: Sequence[Observation], quarter: Quarter, all_: Sequence[Agreed]
) -> Iterator[Situation]:
    """New situations of a year, by what they share, of the quarter or with something open.

    One with several tags goes with the tag that most of them have.
    """
    year_before = quarter.last - relativedelta(years=1)
    year = [s for s in ever if s.kind == "new-situation" and s.date > year_before]
    often = Counter(tag for seen in year for tag in seen.tags)
    groups: defaultdict[str, list[Observation]] = defaultdict(list)
    for seen in year:
        tag = min(seen.tags, key=lambda tag: (-often[tag], tag), default="")
        groups[tag or seen.id].append(seen)
    answers = _answers(all_)
    for key, seen_ in groups.items():
        agreed = [action for seen in seen_ for action in answers.get(seen.id, ())]
        if seen_[-1].date in quarter or any(action.status == "open" for action in agreed):
            tag = key if key in often else ""
            yield Situation(tag, tuple(seen_), tuple(agreed))


def _answers(all_: Sequence[Agreed]) -> Mapping[str, list[Action]]:
    """The actions agreed about each observation."""
    found: defaultdict[str, list[Action]] = defaultdict(list)
    for of in all_:
        for seen in of.observations:
            found[seen.id].append(of.action)
    return found
