"""What no schema can say: one rule a module, its docstring the page that explains it.

Every rule module holds a `CODE` and a function `check(library, plans)` that yields problems.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import ModuleType

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.rules import (
    ambiguous_key,
    backwards_span,
    bad_calendar,
    bad_due,
    bad_rhythm,
    changes_out_of_order,
    client_name_published,
    client_without_date,
    client_without_fact,
    date_out_of_reach,
    due_before_wait,
    duplicate_id,
    duplicate_step,
    endless_loop,
    event_circle,
    forward_jump,
    no_review_rhythm,
    not_yet_happened,
    pinned_version,
    progress_not_planned,
    repeated_decision,
    retired_without_successor,
    run_circle,
    run_too_far,
    stand_in_away,
    unknown_client,
    unknown_document,
    unknown_email,
    unknown_event,
    unknown_fact,
    unknown_fact_value,
    unknown_locale,
    unknown_name,
    unknown_person,
    unknown_recipient,
    unknown_role,
    unknown_sop,
    unknown_stage,
    unknown_step,
    unknown_tool,
    unused_email,
    version_without_change,
    wait_circle,
)

_ABOUT_FILES: tuple[ModuleType, ...] = (
    ambiguous_key,
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
    no_review_rhythm,
    not_yet_happened,
    pinned_version,
    repeated_decision,
    retired_without_successor,
    run_circle,
    run_too_far,
    stand_in_away,
    unknown_client,
    unknown_document,
    unknown_email,
    unknown_event,
    unknown_fact,
    unknown_fact_value,
    unknown_locale,
    unknown_name,
    unknown_person,
    unknown_recipient,
    unknown_role,
    unknown_sop,
    unknown_stage,
    unknown_step,
    unknown_tool,
    unused_email,
    version_without_change,
    wait_circle,
)
# These look at plans, which are only made of files that the rules above found nothing wrong with.
_ABOUT_PLANS: tuple[ModuleType, ...] = (
    client_without_date,
    client_without_fact,
    progress_not_planned,
)

RULES: dict[str, ModuleType] = {rule.CODE: rule for rule in (*_ABOUT_FILES, *_ABOUT_PLANS)}


def check(
    library: Library, today: date, found: Iterable[Problem] = ()
) -> tuple[tuple[Problem, ...], Plans]:
    """Put a library to every rule; return what they say, and the plans that can be made.

    `found` are the problems that reading turned up: a client whose files have errors has no plan.
    """
    known = list(found)
    none_yet = Plans(library, today)
    problems = [problem for rule in _ABOUT_FILES for problem in rule.check(library, none_yet)]
    broken = {p.spot.path for p in (*known, *problems) if p.is_error}
    plans = Plans(library, today, broken)
    problems += [problem for rule in _ABOUT_PLANS for problem in rule.check(library, plans)]
    return tuple(problems), plans
