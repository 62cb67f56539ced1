"""In words: what works, and when something was noted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sopwith.model import Observation
from sopwith.outputs.review.figures.report import ENOUGH, Report
from sopwith.outputs.review.words.pen import Pen, capital, few, many, opening
from sopwith.outputs.review.words.sheet import Block, Cell, Point, Points, Section


@dataclass(frozen=True, slots=True)
class Praise:
    """All the good that was noted of one step."""

    observations: tuple[Observation, ...]

    @property
    def weight(self) -> tuple[int, Fraction, str]:
        """How much it says: how often, how high the best score, how lately."""
        scores = [
            Fraction(s.score.number, int(s.score.text.split()[-1]))
            for s in self.observations
            if s.score
        ]
        last = self.observations[-1]
        return len(self.observations), max(scores, default=Fraction(0)), str(last.date)


def praised(report: Report, pen: Pen) -> tuple[Praise, ...]:
    """What was noted as good, by step, with the most evidence first."""
    by_step: defaultdict[tuple[str, str], list[Observation]] = defaultdict(list)
    for seen in report.of("worked", "feedback"):
        if seen.kind == "worked" or seen.category == "positive":
            by_step[pen.places.now(seen.sop, seen.step)].append(seen)
    found = [Praise(tuple(seen)) for seen in by_step.values()]
    return tuple(sorted(found, key=lambda of: of.weight, reverse=True))


def praise_point(of: Praise, pen: Pen) -> Point:
    """The newest of it, how often, and the scores."""
    newest = of.observations[-1]
    scores = ", ".join(str(seen.score) for seen in of.observations if seen.score)
    scored = f" Scores: {scores}." if scores else ""
    line = Cell(f"{_often(of.observations, pen)}.{scored}", "quiet")
    return Point(pen.place(newest), opening(newest.summary), (line,), "works")


def works(report: Report, pen: Pen) -> Section:
    """What to keep, with the evidence."""
    praise = praised(report, pen)
    points = tuple(
        Point(
            pen.place(of.observations[-1]),
            lines=quotes(of.observations, pen),
        )
        for of in praise
    )
    helped = [
        of for of in report.agreed if of.action.helped is True and of.action.due in report.quarter
    ]
    kept = [of for of in report.progress if len(of.timed) >= ENOUGH and of.on_time == len(of.timed)]
    blocks: list[Block] = [
        Points(
            "Worth keeping",
            points,
            "Nobody noted what works. Ask: what should we keep?",
            rest="observations.csv",
        )
    ]
    if helped:
        lines = tuple(
            Point("", f"{of.action.what} {pen.role(of.action.owner)}, {pen.day(of.action.due)}.")
            for of in helped
        )
        blocks.append(Points("What we changed, and it helped", lines, rest="actions.csv"))
    if kept:
        lines = tuple(
            Point(of.sop.title, f"{len(of.timed)} of {len(of.timed)} steps on time.") for of in kept
        )
        blocks.append(Points("Always on time", lines))
    count = many(sum(len(of.observations) for of in praise), "observation")
    places = many(len(praise), "step or procedure", "steps or procedures")
    says = f"{capital(count)} of what works, about {places}."
    return Section(0, "works", "What works", says, tuple(blocks))


def _often(seen: Sequence[Observation], pen: Pen) -> str:
    last = pen.day(seen[-1].date)
    return f"Noted once, {last}" if len(seen) == 1 else f"Noted {len(seen)} times, last {last}"


def quotes(of: Sequence[Observation], pen: Pen) -> tuple[Cell, ...]:
    """What was said, the newest first; of what was said very often, how often more."""
    said = [Cell(seen.summary, small=about(seen, pen)) for seen in reversed(of)]
    return few(said, "in observations.csv")


def about(seen: Observation, pen: Pen) -> str:
    """When, of what sort and for whom. Not by whom: a review talks of steps, never of people."""
    return " · ".join(_about(seen, pen))


def _about(seen: Observation, pen: Pen) -> Iterator[str]:
    yield pen.day(seen.date)
    if seen.version:
        yield f"version {seen.version}"
    if seen.category:
        yield seen.category
    if seen.score:
        yield f"score {seen.score}"
    if seen.hurt:
        yield "it hurt"
    if client := pen.client(seen.client):
        yield client
