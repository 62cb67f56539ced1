"""What was noticed in a quarter, grouped and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from sopwith.model import Observation, Sop
from sopwith.outputs.review.figures.report import ENOUGH, Feedback, Friction, Situation
from sopwith.outputs.review.quarter import Quarter

_CATEGORIES = ("positive", "constructive", "urgent", "suggestion", "")


def frictions(ours: Sequence[Observation], sops: Sequence[Sop]) -> tuple[Friction, ...]:
    """Friction by step: the most noted first, else in the order in which steps are worked."""
    by_step: dict[tuple[str, str], list[Observation]] = {}
    for seen in ours:
        if seen.kind == "friction":
            by_step.setdefault((seen.sop, seen.step), []).append(seen)
    order = {
        place: number
        for number, place in enumerate(
            (sop.id, step) for sop in sops for step in ("", *(s.id for s in sop.steps))
        )
    }
    found = [Friction(sop, step, tuple(seen)) for (sop, step), seen in by_step.items()]
    found.sort(key=lambda f: (-len(f.observations), order.get((f.sop, f.step), len(order)), f.step))
    return tuple(found)


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
            yield Feedback(category, len(given), len(scores), mean, scale)  # type: ignore[arg-type]  # the categories above are the model's


def _out_of(score: str) -> int:
    return int(score.split()[-1])


def situations(
    observations: Sequence[Observation],
    ours: Sequence[Observation],
    earlier: Sequence[Observation],
    quarter: Quarter,
) -> Iterator[Situation]:
    """New situations of the quarter, and older ones whose action is still open."""
    year_before = quarter.last - relativedelta(years=1)
    alike = [
        seen
        for seen in observations
        if seen.kind == "new-situation" and year_before < seen.date <= quarter.last
    ]
    for seen in (*ours, *earlier):
        if seen.kind == "new-situation":
            others = [a for a in alike if a.id != seen.id and set(a.tags) & set(seen.tags)]
            yield Situation(seen, 1 + len(others))
