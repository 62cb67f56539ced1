"""What is still to be said of a change once the rules about changes have spoken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sopwith import rules
from sopwith.model import Library
from sopwith.plan import no_step
from sopwith.problem import Problem
from sopwith.rules import (
    lost_step,
    not_yet_happened,
    unknown_fact,
    unknown_step,
    version_without_change,
)


def without_following(
    problems: Iterable[Problem], found: Iterable[Problem], before: Library, library: Library
) -> tuple[Problem, ...]:
    """Leave out what the problems `found` in a change tell already, and what they mend.

    That is whoever still speaks of a step that was lost: anybody, if it had better keep the id it
    had before, else other files than its SOP. It is a version whose number is to be another, and
    which of two things of one name is to be mended: the change tells which is new.
    """
    lost, renamed = lost_step.lost(before, library), lost_step.renamed(before, library)
    wrong = {p.spot for p in found if p.code in {rule.CODE for rule in rules.ABOUT_VERSIONS}}
    twice = {rule.CODE for rule in rules.ABOUT_TWINS}
    kept = []
    for p in problems:
        old = next((old for old, path in lost.items() if _names(p, *old, path)), None)
        if old and old not in renamed and p.spot.path == lost[old]:
            instead = unknown_step.without(library.sops[old[0]], p.spot)
            kept.append(replace(p, hint=f'"{old[1]}" was taken out in this change: {instead}'))
        elif (
            not old
            and p.code not in twice
            and not (p.code == version_without_change.CODE and p.spot in wrong)
        ):
            kept.append(p)
    return tuple(kept)


def _names(problem: Problem, sop: str, step: str, path: str) -> bool:
    """Whether this says that something names that step of the SOP at that path."""
    asks = problem.code == unknown_fact.CODE and problem.spot.path == path
    return (problem.code == unknown_step.CODE and problem.message == no_step(sop, step)) or (
        asks and problem.message == unknown_fact.neither(step)
    )


def in_a_change(problems: Iterable[Problem], library: Library) -> tuple[Problem, ...]:
    """Make it an error that an SOP was approved or reviewed on a day still to come.

    Whoever judges a change does so today; else a plan may look back, and then it is no fault.
    """
    sops = {sop.at.path for sop in library.sops.values()}
    return tuple(
        replace(p, severity="error")
        if p.code == not_yet_happened.CODE and p.spot.path in sops
        else p
        for p in problems
    )
