"""What two versions of an SOP differ in, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from sopwith.comparing import in_order, label
from sopwith.model import Sop, Step

_TOLD_IN_FULL = ("title", "role", "due")


@dataclass(frozen=True, slots=True)
class Differences:
    """Steps by what became of them; those in `changed` as they were and as they are."""

    added: tuple[Step, ...]
    removed: tuple[Step, ...]
    moved: tuple[Step, ...]
    changed: tuple[tuple[Step, Step], ...]

    @property
    def is_nothing(self) -> bool:
        """Say whether every step is what and where it was."""
        return not (self.added or self.removed or self.moved or self.changed)

    @staticmethod
    def others(was: Step, now: Step) -> Sequence[str]:
        """What differs besides title, role and due date, in words."""
        return [label(name) for name in _differing(was, now)]


def differences(was: Sop, now: Sop) -> Differences:
    """Compare two versions of one SOP; a step is itself by its id."""
    old, new = {step.id: step for step in was.steps}, {step.id: step for step in now.steps}
    common = [id_ for id_ in new if id_ in old]
    stayed = in_order([id_ for id_ in old if id_ in new], common)
    phase_then, phase_now = _phases(was), _phases(now)
    return Differences(
        added=tuple(step for id_, step in new.items() if id_ not in old),
        removed=tuple(step for id_, step in old.items() if id_ not in new),
        moved=tuple(
            new[id_] for id_ in common if id_ not in stayed or phase_then[id_] != phase_now[id_]
        ),
        changed=tuple((old[id_], new[id_]) for id_ in common if old[id_] != new[id_]),
    )


def _phases(sop: Sop) -> dict[str, str]:
    return {step.id: phase.id for phase in sop.phases for step in phase.steps}


def _differing(was: Step, now: Step) -> Iterator[str]:
    for field in fields(Step):
        is_other = field.compare and field.name not in _TOLD_IN_FULL
        if is_other and getattr(was, field.name) != getattr(now, field.name):
            yield field.name
