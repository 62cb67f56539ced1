"""Library and plans -> the figures of one quarter's review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sopwith.acknowledging import asked
from sopwith.model import Audience, Library, Observation, Quarter, Sop, in_order
from sopwith.outputs.review.figures import actions, control, noticed, tallied, work
from sopwith.outputs.review.figures.around import around
from sopwith.outputs.review.figures.edition import shareable
from sopwith.outputs.review.figures.groups import Agreed
from sopwith.outputs.review.figures.report import Changed, Period, Report
from sopwith.outputs.review.figures.tally import Span, Tally
from sopwith.plan import Plans

PERIODS = 4
"""How many quarters a trend has, this one included."""


def gather(
    library: Library, plans: Plans, quarter: Quarter, audience: Audience | None = None
) -> Report:
    """Work out the review of a quarter as of the day of the plans.

    With an audience, only what it may see: its SOPs and what was noticed about them; of clients
    nothing but counts. Without one, everything.
    """
    shown = shareable(library, audience) if audience else library
    today = plans.today
    every = sorted(shown.observations.values(), key=lambda seen: (seen.date, seen.id))
    ever = tuple(seen for seen in every if seen.date <= quarter.last)
    ours = tuple(seen for seen in ever if seen.date in quarter)
    sops = in_order(shown.company, shown.sops.values())
    quarters = _up_to(quarter)
    until = min(today, quarter.last)
    span = Span(quarter, until, today, quarters, shown)
    over = until < today
    known = [s for s in sops if not over or s.changes[-1].effective <= until]  # others came later
    asked_by_then = [one for one in asked(library, until) if one.since <= until]
    found = work.tally(library, plans, span)
    agreed = actions.agreed(shown, quarter, today)
    changed = control.changes(sops)
    progress = tuple(tallied.progress(sops, found))
    used = {of.sop.id for of in progress}
    return Report(
        quarter=quarter,
        today=today,
        observations=ours,
        frictions=noticed.frictions(ever, quarter, sops, agreed),
        themes=noticed.themes(ever, quarter),
        feedback=tuple(noticed.feedback(ours)),
        situations=tuple(noticed.situations(ever, quarter, agreed)),
        last=shown.reviews.get(str(quarter.previous)),
        this=shown.reviews.get(str(quarter)),
        agreed=agreed,
        last_agreed=actions.of_quarter(agreed, quarter.previous),
        changes=tuple(of for of in changed if of.change.effective in quarter),
        reviews=tuple(control.standings(known, found.events, span.until, quarter)),
        confirming=tuple(control.confirming(sops, asked_by_then, named=audience is None)),
        progress=progress,
        stuck=tallied.stuck(progress),
        around=around(library, quarter),
        firm=tuple(tallied.firm(plans, span)),
        unused=tuple(s for s in known if _is_for_clients(s) and s.id not in used),
        essential=tuple(control.essential(library, known)),
        trend=tuple(_trend(quarters, found, ever, changed, agreed)),
        coverage=tallied.coverage(library, found, ours),
    )


def _is_for_clients(sop: Sop) -> bool:
    return sop.status == "active" and sop.about == "client"


def _up_to(quarter: Quarter) -> tuple[Quarter, ...]:
    quarters = [quarter]
    while len(quarters) < PERIODS:
        quarters.append(quarters[-1].previous)
    return tuple(reversed(quarters))


def _trend(
    quarters: Iterable[Quarter],
    found: Tally,
    ever: Sequence[Observation],
    changed: Sequence[Changed],
    agreed: Sequence[Agreed],
) -> Iterator[Period]:
    """What can be counted the same way in each quarter."""
    for quarter in quarters:
        seen = [of for of in ever if of.date in quarter]
        of_it = [of.action for of in actions.of_quarter(agreed, quarter)]
        done = [action for action in of_it if action.status == "done"]
        kept, late = found.timed[quarter, True], found.timed[quarter, False]
        yield Period(
            quarter,
            timed=kept + late,
            on_time=kept,
            feedback=Counter(of.category for of in seen if of.kind == "feedback"),
            kinds=Counter(of.kind for of in seen),
            changes=Counter(of.size for of in changed if of.change.effective in quarter),
            agreed=len(of_it),
            done=len(done),
            helped=sum(action.helped is True for action in done),
            not_helped=sum(action.helped is False for action in done),
        )
