"""Library and plans -> the figures of one quarter's review."""

from __future__ import annotations

from collections.abc import Iterable

from sopwith.model import Audience, Company, Library, Sop
from sopwith.outputs.review.figures import control, noticed, work
from sopwith.outputs.review.figures.edition import shareable
from sopwith.outputs.review.figures.report import Report
from sopwith.outputs.review.quarter import Quarter
from sopwith.plan import Plans


def gather(
    library: Library, plans: Plans, quarter: Quarter, audience: Audience | None = None
) -> Report:
    """Work out the review of a quarter as of the day of the plans.

    With an audience, only what it may see: its SOPs and what was noticed about them; of clients
    nothing but counts. Without one, everything.
    """
    shown = shareable(library, audience) if audience else library
    today = plans.today
    observations = sorted(shown.observations.values(), key=lambda seen: (seen.date, seen.id))
    ours = tuple(seen for seen in observations if seen.date in quarter)
    earlier = tuple(
        seen
        for seen in observations
        if seen.date < quarter.first and seen.action and seen.action.status == "open"
    )
    sops = _in_order(shown.company, shown.sops.values())
    made = tuple(plan for plan in plans.all() if work.touches(plan.client, quarter))
    return Report(
        quarter=quarter,
        today=today,
        observations=ours,
        earlier=earlier,
        frictions=noticed.frictions(ours, sops),
        feedback=tuple(noticed.feedback(ours)),
        situations=tuple(noticed.situations(observations, ours, earlier, quarter)),
        last=shown.reviews.get(str(quarter.previous)),
        this=shown.reviews.get(str(quarter)),
        actions=control.actions(shown, quarter, today),
        changes=control.changes(sops, quarter),
        reviews=tuple(control.standings(sops, shown, plans, quarter)),
        progress=tuple(work.progress(sops, made, quarter, today)),
        late=tuple(work.late(shown, made)),
        coverage=work.coverage(library, shown, plans, made, quarter, ours),
    )


def _in_order(company: Company, sops: Iterable[Sop]) -> tuple[Sop, ...]:
    def place(sop: Sop) -> tuple[int, int, str]:
        return company.stage_order(sop.stage), company.event_order(sop.trigger.event), sop.id

    return tuple(sorted(sops, key=place))
