"""Which rows may never have to be done, since a decision that they hang on is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sopwith.plan.draft import Draft
from sopwith.plan.record import Record

Branch = frozenset[str]
"""The open decisions that a row hangs on, by address; none for one that comes in any case."""
_CERTAIN: Branch = frozenset()


def open_decisions(drafts: Sequence[Draft], record: Record) -> Mapping[str, tuple[str, ...]]:
    """The open decisions that say whether a row is to be done, or the step that runs its SOP."""
    settled = record.progress.keys() | record.waivers.keys()
    found: dict[str, tuple[str, ...]] = {}
    for draft in drafts:
        asked = draft.decided_by if draft.verdict.truth == "unknown" else ()
        found[draft.address] = (
            *found.get(draft.caller, ()),
            *(address for address in asked if address not in settled),
        )
    return found


def branches(direct: Mapping[str, tuple[str, ...]]) -> Mapping[str, Branch]:
    """The same with the decisions that those decisions hang on in turn: a branch of the plan.

    `direct` comes in the order in which the plan is worked, so each decision before what it leads
    to.
    """
    found: dict[str, Branch] = {}
    for address, asked in direct.items():
        more = (found[decision] for decision in asked)
        found[address] = frozenset(asked).union(*more) if asked else _CERTAIN
    return found


def not_counted(rows: Sequence[Draft]) -> str:
    """Say it in `why`: `not counted: 5 steps that come only if Is it urgent? Yes`."""
    steps = "1 step that comes" if len(rows) == 1 else f"{len(rows)} steps that come"
    conditions = {row.verdict.because for row in rows}
    such = "only if" if len(conditions) == 1 else "only by answers still open, such as"
    return f"not counted: {steps} {such} {rows[0].verdict.because}"
