"""A step is gone, and nothing says that it ever was.

`sopwith check --since main` compares with the commit from which you set out. Clients' files and
observations speak of steps by their ids. A step that was taken out stays under `former_steps`, with
the last version that had it, so that what they say stays history and is no mistake. `now` names the
step that does its work today, where there is one. Where a new step looks like the one that is
gone, only its id was changed: write the old one back. The title may say anything.

Wrong, where the step `fax-form` was taken out:

```yaml
changes:
  - {version: "2.0", effective: 2026-12-01, by: dana, summary: Nobody faxes a form any more}
```

Right:

```yaml
former_steps: [{id: fax-form, until: "1.2", now: intake-form}]
changes:
  - {version: "2.0", effective: 2026-12-01, by: dana, summary: Nobody faxes a form any more}
```

`sopwith bump` adds the entry; only you know whether another step does its work `now`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sopwith.comparing import share
from sopwith.model import Library, Sop, Step
from sopwith.problem import Problem

CODE = "lost-step"


def check(before: Library, library: Library) -> Iterator[Problem]:
    """Report steps that an SOP in force has lost without a word."""
    for was, now, step, until in _lost(before, library):
        new = _renamed(was, now, step)
        entry = f'{{id: {step}, until: "{until}"}}'
        add = f"add to former_steps: {entry}"
        if not now.former_steps:
            add = f"write, above changes, former_steps: [{entry}]"
        if new:
            message = f'this step was called "{step}"'
            hint = f"write id: {step} back; its title may change. Or, if it is another step, {add}"
            yield Problem(new.at / "id", CODE, message, hint)
        else:
            message = f'the step "{step}" is gone, and former_steps does not know it'
            spot = now.at / "former_steps" if now.former_steps else now.at / "phases"
            yield Problem(spot.name(), CODE, message, add)


def lost(before: Library, library: Library) -> Mapping[tuple[str, str], str]:
    """The steps that were lost, by their SOP's id and their own, with the path of that SOP."""
    return {(now.id, step): now.at.path for _, now, step, _ in _lost(before, library)}


def _lost(before: Library, library: Library) -> Iterator[tuple[Sop, Sop, str, str]]:
    """Each SOP as it was and as it is, with a step it lost and the last version that had that."""
    for id_, was in before.sops.items():
        now = library.sops.get(id_)
        if now is None or was.status == "draft":
            continue
        known = {step.id for step in now.steps} | {former.id for former in now.former_steps}
        gone = {step.id: str(was.version) for step in was.steps}
        gone = {former.id: str(former.until) for former in was.former_steps} | gone
        yield from ((was, now, step, until) for step, until in gone.items() if step not in known)


def renamed(before: Library, library: Library) -> Mapping[tuple[str, str], Step]:
    """The steps that only seem to have got another id, by their SOP's id and the id they had."""
    return {
        (id_, step.id): new
        for id_, was in before.sops.items()
        for step in was.steps
        if was.status != "draft" and id_ in library.sops
        if (new := _renamed(was, library.sops[id_], step.id))
    }


def _renamed(was: Sop, now: Sop, step: str) -> Step | None:
    """The new step that is most like the one that is gone, if it is much like it."""
    old = was.step(step)
    if old is None or now.step(step) or any(former.id == step for former in now.former_steps):
        return None
    ids = Counter(one.id for one in now.steps)
    # What has the id of another step now may have been this one.
    new = [one for one in now.steps if was.step(one.id) is None or ids[one.id] > 1]
    likest = max(new, key=lambda one: _alike(old, one), default=None)
    return likest if likest and _alike(old, likest) >= _ENOUGH else None


def _alike(old: Step, new: Step) -> float:
    details = share(old.details, new.details) if old.details else 0
    return max(share(old.title, new.title), details)


_ENOUGH = 0.5
