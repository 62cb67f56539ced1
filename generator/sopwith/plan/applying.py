"""Which SOPs come to a client by the calendar, and which of them apply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sopwith.model import About, Client, Library, Sop, Version, in_order
from sopwith.plan.facts import Facts

Pins = frozenset[tuple[str, Version]]
Stated = frozenset[tuple[str, tuple[str, ...]]]
_Reasons = Sequence[tuple[Sop, str]]
_FIRST_OF: Mapping[About, str] = {"client": "c", "person": "people/p", "firm": "quarters/q"}


def is_in_force(sop: Sop, client: Client) -> bool:
    """Say whether a client follows an SOP: it is active, or the client's file pins it."""
    return sop.status == "active" or sop.id in client.sops


def is_planned(sop: Sop, client: Client) -> bool:
    """Say whether an SOP comes by the calendar: in force, about this, started by an event."""
    return is_in_force(sop, client) and sop.about == client.about and bool(sop.trigger.event)


@lru_cache(maxsize=64)
def sorted_out(
    library: Library, about: About, pins: Pins, stated: Stated
) -> tuple[_Reasons, _Reasons]:
    """The SOPs that apply, or may, with what that hangs on; and those left out, each with why.

    Found once for all clients with the same pins and facts.
    """
    facts = Facts(library.company, dict(stated))
    judged = [(sop, facts.applies(sop)) for sop in _planned(library, about, pins)]
    applying = [
        (sop, verdict.because if verdict.truth == "unknown" else "")
        for sop, verdict in judged
        if verdict.truth != "no"
    ]
    others = [
        (sop, f"only if {verdict.because}") for sop, verdict in judged if verdict.truth == "no"
    ]
    return applying, others


@lru_cache(maxsize=64)
def _planned(library: Library, about: About, pins: Pins) -> Sequence[Sop]:
    """What may come to a client with these pins, in order; found once for all who have the same."""
    like = Client(_FIRST_OF[about], "", "", sops=dict(pins))
    sops = library.sops_of(like).values()
    return in_order(library.company, (sop for sop in sops if is_planned(sop, like)))
