"""The ways through an SOP: which step can follow which, and on what answer.

A step that hangs on a decision stands behind the answers that lead to it. One that hangs on what
the way there does not tell, such as a fact of the client, is a step that may be passed by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sopwith.conditions import Truth
from sopwith.model import Answer, Ask, Condition, Go, Sop, Step

UNASKED = ""
"""In place of an answer, where the question is not put."""

_Known = Mapping[str, frozenset[str]]
"""The answers that each decision can have had on the way here."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way on to the step `to`; nowhere ("") where the SOP ends, or someone decides.

    `answer` is what was answered: "" where the question is not put, None where there is none. With
    it goes another `sop` first, a way `back`, or what comes once that has been `spent`.
    """

    to: str
    answer: str | None = None
    sop: str = ""
    back: Go | None = None
    spent: Go | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A step, whether it may be passed by, and the ways on from it."""

    step: Step
    optional: bool
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """The step an SOP begins with, and all its steps in order. Only ways `back` lead up."""

    first: str
    stops: Mapping[str, Stop]


def flow(sop: Sop) -> Flow:
    """Find every way through an SOP."""
    steps = sop.steps
    asked = {ask.key for step in steps if step.when for ask in step.when.asks()}
    arrivals: dict[str, list[tuple[_Known, Truth]]] = {step.id: [] for step in steps}

    def onward(after: int, known: _Known, is_real: bool = True) -> str:
        for step in steps[after:]:
            truth = _judge(step.when, known)
            if truth != "no":
                arrivals[step.id] += [(known, truth)] if is_real else []
                return step.id
            if step.decision and step.id in asked:
                known = {**known, step.id: frozenset([UNASKED])}
        return ""

    def stop(number: int, step: Step) -> Stop:
        arrived = arrivals[step.id]
        known = _either([known for known, _ in arrived])
        optional = any(truth == "unknown" for _, truth in arrived)
        done = _granted(step.when, known) if optional and step.when else known

        def on(answer: str) -> str:
            # No way leads on from a step that nothing leads to: one may read its answers still.
            if not (step.decision and step.id in asked):
                return onward(number, known, bool(arrived))
            told = {step.id: frozenset([answer])}
            return onward(number, {**(done if answer else known), **told}, bool(arrived))

        return Stop(step, optional, tuple(_ways(step, optional, on)))

    first = onward(0, {})
    return Flow(first, {step.id: stop(number, step) for number, step in enumerate(steps, 1)})


def _ways(step: Step, optional: bool, on: Callable[[str], str]) -> Iterator[Way]:
    if step.decision is None:
        yield Way(on(UNASKED))
        return
    for answer in step.decision.answers:
        yield from _answered(answer, on)
    if optional:
        yield Way(on(UNASKED), UNASKED)


def _answered(answer: Answer, on: Callable[[str], str]) -> Iterator[Way]:
    go, said = answer.go, answer.answer
    if go is None or go.sop:
        yield Way(on(said), said, sop=go.sop if go else "")
    elif go.step:
        yield Way(go.step, said, back=go)
        if go.at_most:
            yield Way("" if go.then and not _goes_on(go) else on(said), said, spent=go)
    else:
        yield Way("", said)


def _goes_on(go: Go) -> bool:
    return go.then is not None and go.then.end == "go on"


# What is known on the way ---------------------------------------------------------------------


def _either(ways: Sequence[_Known]) -> _Known:
    """What holds whichever of these ways one came."""
    if len(ways) < 2:
        return ways[0] if ways else {}
    shared = [key for key in ways[0] if all(key in known for known in ways)]
    return {key: frozenset().union(*(known[key] for known in ways)) for key in shared}


def _granted(condition: Condition, known: _Known) -> _Known:
    """What is known where a condition holds."""
    if condition.how != "all" and len(condition.parts) > 1:
        return known
    for part in condition.parts:
        if isinstance(part, Condition):
            known = known if condition.how == "not" else _granted(part, known)
        elif part.key in known:
            answers, named = known[part.key], frozenset(part.values)
            left = answers - named if condition.how == "not" else answers & named
            known = {**known, part.key: left}
    return known


def _judge(part: Ask | Condition | None, known: _Known) -> Truth:
    """As `conditions.judge`, but of several answers that a decision can have had."""
    if part is None:
        return "yes"
    if isinstance(part, Ask):
        return _ask(part, known)
    truths = [_judge(inner, known) for inner in part.parts]
    if part.how == "not":
        return _OPPOSITE[truths[0]]
    deciding: Truth = "no" if part.how == "all" else "yes"
    if deciding in truths:
        return deciding
    return "unknown" if "unknown" in truths else _OPPOSITE[deciding]


_OPPOSITE: dict[Truth, Truth] = {"yes": "no", "no": "yes", "unknown": "unknown"}


def _ask(ask: Ask, known: _Known) -> Truth:
    answers = known.get(ask.key)
    if answers is None:
        return "unknown"
    if answers.isdisjoint(ask.values):
        return "no"
    return "yes" if answers.issubset(ask.values) else "unknown"
