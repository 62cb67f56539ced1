"""What no schema can say: one rule a module, its docstring the page that explains it.

Every rule module holds a `CODE` and a function `check` that yields problems. It is given the
library, and all plans; or, where it judges plans one by one, a plan; or, where it judges a change,
the library as it was before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from types import ModuleType

from sopwith.hands import spread
from sopwith.model import Library, Sop
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.rules import (
    already_held,
    ambiguous_key,
    asked_outside,
    backwards_span,
    bad_calendar,
    bad_due,
    bad_rhythm,
    changes_out_of_order,
    client_name_published,
    client_without_date,
    client_without_fact,
    date_out_of_reach,
    dates_out_of_order,
    day_in_pause,
    due_before_wait,
    duplicate_id,
    duplicate_step,
    endless_loop,
    event_circle,
    forward_jump,
    has_left,
    lost_step,
    misplaced_case,
    misplaced_event,
    no_review_rhythm,
    not_gone,
    not_yet_happened,
    on_closed_day,
    other_approver,
    overlapping_pauses,
    progress_not_planned,
    repeated_decision,
    retired_without_successor,
    reused_id,
    run_circle,
    run_too_far,
    same_invoice_number,
    same_title,
    stand_in_away,
    unknown_client,
    unknown_document,
    unknown_email,
    unknown_event,
    unknown_fact,
    unknown_fact_value,
    unknown_locale,
    unknown_name,
    unknown_observation,
    unknown_person,
    unknown_recipient,
    unknown_role,
    unknown_sop,
    unknown_stage,
    unknown_step,
    unknown_tool,
    unused_email,
    version_never_was,
    version_not_raised,
    version_too_low,
    version_without_change,
    wait_circle,
)
from sopwith.versions import unfit

_ABOUT_FILES: tuple[ModuleType, ...] = (
    ambiguous_key,
    asked_outside,
    backwards_span,
    bad_calendar,
    bad_due,
    bad_rhythm,
    changes_out_of_order,
    client_name_published,
    date_out_of_reach,
    due_before_wait,
    duplicate_id,
    duplicate_step,
    endless_loop,
    event_circle,
    forward_jump,
    misplaced_case,
    misplaced_event,
    no_review_rhythm,
    not_gone,
    not_yet_happened,
    other_approver,
    overlapping_pauses,
    repeated_decision,
    retired_without_successor,
    run_circle,
    run_too_far,
    same_title,
    stand_in_away,
    unknown_client,
    unknown_document,
    unknown_email,
    unknown_event,
    unknown_fact,
    unknown_fact_value,
    unknown_locale,
    unknown_name,
    unknown_observation,
    unknown_person,
    unknown_recipient,
    unknown_role,
    unknown_sop,
    unknown_stage,
    unknown_step,
    unknown_tool,
    unused_email,
    version_never_was,
    version_without_change,
    wait_circle,
)
# These look at plans, which are only made of files that the rules above found nothing wrong with:
# at each by itself, or at all of them together.
_ABOUT_A_PLAN: tuple[ModuleType, ...] = (
    already_held,
    client_without_date,
    client_without_fact,
    dates_out_of_order,
    day_in_pause,
    has_left,
    on_closed_day,
    progress_not_planned,
)
_ABOUT_PLANS: tuple[ModuleType, ...] = (same_invoice_number,)
# These are given two readings, and asked only where somebody says since when.
ABOUT_VERSIONS: tuple[ModuleType, ...] = (version_not_raised, version_too_low)
_ABOUT_CHANGES: tuple[ModuleType, ...] = (lost_step, reused_id, *ABOUT_VERSIONS)
# These ask for one of two to be mended, and a change tells which.
ABOUT_TWINS = (duplicate_step, same_title)

RULES: dict[str, ModuleType] = {
    rule.CODE: rule for rule in (*_ABOUT_FILES, *_ABOUT_A_PLAN, *_ABOUT_PLANS, *_ABOUT_CHANGES)
}


def check(
    library: Library, today: date, found: Iterable[Problem] = ()
) -> tuple[tuple[Problem, ...], Plans]:
    """Put a library to every rule; return what they say, and the plans that can be made.

    `found` are the problems that reading turned up: a client whose files have errors has no plan.
    """
    problems, plans = check_files(library, today, found)
    return (*problems, *check_plans(library, plans)), plans


def check_files(
    library: Library, today: date, found: Iterable[Problem] = ()
) -> tuple[tuple[Problem, ...], Plans]:
    """The same without the rules about plans, which take a plan of every client there is."""
    known = list(found)
    none_yet = Plans(library, today)
    problems = [problem for rule in _ABOUT_FILES for problem in rule.check(library, none_yet)]
    problems += _about_pinned(library, none_yet, {*problems})
    broken = {p.spot.path for p in (*known, *problems) if p.is_error}
    return tuple(problems), Plans(library, today, broken)


def check_plans(library: Library, plans: Plans) -> tuple[Problem, ...]:
    """Put the plans to the rules about them."""

    def judged(id_: str) -> list[Problem]:
        plan = plans.of(id_)
        return [p for rule in _ABOUT_A_PLAN for p in rule.check(library, plan)] if plan else []

    problems: list[Problem] = []
    ids = [subject.id for subject in library.subjects()]
    for said in spread(judged, ids, worth_it=len(ids) > plans.KEPT):
        problems += said
    problems += [problem for rule in _ABOUT_PLANS for problem in rule.check(library, plans)]
    return tuple(problems)


def check_change(before: Library, library: Library) -> tuple[Problem, ...]:
    """Put what changed between two readings to the rules about changes.

    Where a step only got another id, that is said, and not that the version should rise for it.
    """
    steps = lost_step.renamed(before, library).values()
    renamed, spots = {step.at.path for step in steps}, {step.at / "id" for step in steps}
    found = [
        problem
        for rule in _ABOUT_CHANGES
        for problem in rule.check(before, library)
        if rule not in ABOUT_VERSIONS or problem.spot.path not in renamed
    ]
    twice = [problem for rule in ABOUT_TWINS for problem in rule.since(before, library)]
    return (*found, *(problem for problem in twice if problem.spot not in spots))


# What several SOPs can only be guilty of together.
_ABOUT_SOPS_TOGETHER = (run_circle, run_too_far)


def _about_pinned(
    library: Library, none_yet: Plans, known: Collection[Problem]
) -> Iterator[Problem]:
    """What is wrong with the old versions that clients follow, told where they are pinned."""
    alone: dict[object, list[str]] = {}
    together: dict[object, list[str]] = {}
    for client in library.clients.values():
        pins = [pin for pin in client.sops.items() if pin in library.pinned]
        sops = library.sops_of(client)
        ids = frozenset(sops if pins else ())
        for pin in pins:
            # Each is looked at once for all clients who follow it among the same others.
            if (pin, ids) not in alone:
                alone[pin, ids] = _faults_alone(library, library.pinned[pin], ids, none_yet)
            if alone[pin, ids]:
                yield unfit(client.at / "sops" / pin[0], *pin, alone[pin, ids])
        combined = frozenset(pins)
        if pins and combined not in together:
            view = replace(library, sops=sops)
            found = (p for rule in _ABOUT_SOPS_TOGETHER for p in rule.check(view, none_yet))
            together[combined] = [_told(p) for p in found if p.is_error and p not in known]
        if pins and together[combined]:
            yield unfit(client.at / "sops" / pins[0][0], *pins[0], together[combined])


def _faults_alone(library: Library, sop: Sop, others: frozenset[str], none_yet: Plans) -> list[str]:
    """What the rules say of an SOP. Of all it names it matters only whether it is there."""
    unread = {
        "sop": others,
        "email": library.unread.get("email", frozenset()) | library.emails.keys(),
        "document": library.unread.get("document", frozenset()) | library.documents.keys(),
    }
    view = Library(library.company, sops={sop.id: sop}, unread=unread)
    found = (problem for rule in _ABOUT_FILES for problem in rule.check(view, none_yet))
    return [_told(p) for p in found if p.is_error and p.spot.path == sop.at.path]


def _told(problem: Problem) -> str:
    return f"{problem.message} ({problem.spot.path})"
