"""An SOP and a step by what people call them: the id, or the title in capitals or not."""

from __future__ import annotations

from sopwith.making import NotHere
from sopwith.model import Library, Sop


def sop_called(library: Library, name: str) -> Sop | None:
    """The SOP of a name; None where nobody named one. Raises NotHere."""
    sops = library.sops
    by_title = {sop.title.casefold(): sop for sop in sops.values()}
    found = sops.get(name) or by_title.get(name.casefold())
    if name and found is None:
        raise NotHere("SOP", name, sops)
    return found


def step_called(sop: Sop | None, name: str) -> str:
    """The id of a step, also of one that was there once; raises NotHere. No SOP has no steps."""
    steps = sop.steps if sop else ()
    ids = {step.id for step in steps} | {step.id for step in (sop.former_steps if sop else ())}
    by_title = {step.title.casefold(): step.id for step in steps}
    found = name if name in ids else by_title.get(name.casefold(), "")
    if name and not found:
        raise NotHere("step", name, [step.id for step in steps])
    return found
