"""Where a step is today that an observation names as it was."""

from __future__ import annotations

from collections.abc import Iterable

from sopwith.model import Sop, Step

Place = tuple[str, str]


class Whereabouts:
    """Follows steps that were replaced within their SOP, or went into one of their own."""

    def __init__(self, sops: Iterable[Sop]) -> None:
        self._sops = {sop.id: sop for sop in sops}
        self._by_step: dict[str, Sop] = {}
        for sop in self._sops.values():
            for step in sop.steps if sop.status == "active" else ():
                self._by_step.setdefault(step.id, sop)

    def now(self, sop: str, step: str) -> Place:
        """The SOP and the step that it is today; unchanged where nobody knows better."""
        known = self._sops.get(sop)
        if not step or known is None or known.step(step):
            return sop, step
        former = next((former for former in known.former_steps if former.id == step), None)
        if former is None:
            return sop, step
        if former.now:
            return sop, former.now
        heir = self._by_step.get(step)
        return (heir.id, step) if heir else (sop, step)

    def step(self, place: Place) -> Step | None:
        """The step at a place, if it is still there."""
        known = self._sops.get(place[0])
        return known.step(place[1]) if known else None
