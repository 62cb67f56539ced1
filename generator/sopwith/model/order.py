"""The order in which procedures are shown: that of the work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sopwith.model.company import Company
from sopwith.model.sop import Sop


def in_order(company: Company, sops: Iterable[Sop]) -> tuple[Sop, ...]:
    """Sort by stage, then by the event that begins each.

    Those that no event begins come after the others of their stage, as steps lead to them; last
    come those that no step leads to, by id.
    """

    def by_event(sop: Sop) -> tuple[int, int, str]:
        return company.stage_order(sop.stage), company.event_order(sop.trigger.event), sop.id

    first = sorted(sops, key=by_event)
    led_to = list(dict.fromkeys(id_ for sop in first for id_ in _leads_to(sop)))

    def place(sop: Sop) -> tuple[int, int, int, str]:
        stage, event, id_ = by_event(sop)
        return stage, event, led_to.index(id_) if id_ in led_to else len(led_to), id_

    return tuple(sorted(first, key=place))


def _leads_to(sop: Sop) -> Iterator[str]:
    """The SOPs that its steps run, or that an answer in them leads to."""
    for step in sop.steps:
        if step.run:
            yield step.run
        for answer in step.decision.answers if step.decision else ():
            if answer.go and answer.go.sop:
                yield answer.go.sop
