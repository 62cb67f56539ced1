"""What the files here mean beside what they were: for the handbook, and for each client."""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.comparing import libraries
from sopwith.making.asking import Blocked
from sopwith.making.earlier import content_errors, workspace_before
from sopwith.outputs import diff as outputs
from sopwith.plan import Plan, Plans
from sopwith.rules import lost_step
from sopwith.workspace import Workspace


def diff(work: Workspace, revision: str, form: str) -> str:
    """Tell what changed since we parted from a revision, and whom it touches.

    Both are planned as of the same day and with the clients as they are now. Raises Blocked where
    an error stands in what is to be compared, or a step was lost: whoever speaks of it cannot be
    planned, so half of what is told would be untrue. Raises NotThen where there is nothing to
    compare with.
    """
    faults = content_errors(work.problems)
    if faults or work.reading.library is None:
        raise Blocked(faults or work.errors)
    then = workspace_before(work, revision)
    _stop_at_lost_steps(then, work)
    pairs = tuple(libraries(then.library, work.library))
    effects = tuple(_effects(then, work)) if pairs else ()
    since = f"{revision} ({then.inputs.commit[:10]})"
    both = (then.library, work.library)
    return outputs.render(pairs, both, effects, since, form, work.templates)


def _stop_at_lost_steps(then: Workspace, work: Workspace) -> None:
    faults = lost_step.check(then.library, work.library)
    errors = [work.reading.located(problem) for problem in faults if problem.is_error]
    if errors:
        raise Blocked(errors)


def _effects(then: Workspace, now: Workspace) -> Iterator[outputs.Effect]:
    ids = [*sorted(now.library.clients)]
    for plans in (then.plans, now.plans):
        ids += [plan.client.id for plan in (*plans.people(), *plans.quarters())] if plans else []
    for id_ in dict.fromkeys(ids):
        subject = now.library.subject(id_)
        if subject:
            yield outputs.effect(subject, _plan(then.plans, id_), _plan(now.plans, id_))


def _plan(plans: Plans | None, id_: str) -> Plan | None:
    return plans.of(id_) if plans else None
