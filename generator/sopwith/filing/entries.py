"""What is written of a step that is done, and where in the client's file."""

from __future__ import annotations

from dataclasses import fields

from sopwith import edit
from sopwith.model import Client, Moment
from sopwith.plan import Plan
from sopwith.source import Data

_FIELDS = tuple(field.name for field in fields(Client))


def done(on: Moment, by: str, answer: str, note: str) -> dict[str, Data]:
    """The entry of a step that is done, in the order in which we write its fields."""
    entry: dict[str, Data] = {"done": str(on), "by": by}
    if answer:
        entry["answer"] = edit.Quoted(answer)
    return {**entry, "note": note} if note else entry


def not_applicable(by: str, reason: str, note: str) -> dict[str, Data]:
    """The entry of a step that does not apply to this client."""
    entry: dict[str, Data] = {"not_applicable": True, "by": by, "reason": reason}
    return {**entry, "note": note} if note else entry


def put(text: str, plan: Plan, address: str, entry: Data) -> str:
    """Add an entry to the text of a client's file, in the order of the plan.

    An empty text is that of a file in people/ or quarters/ that is only begun by this.
    """
    if not text:
        return edit.remove(put("begun: here\n", plan, address, entry), ("begun",))
    return edit.put(
        text, ("progress", address), entry, [*_FIELDS, *(row.address for row in plan.rows())]
    )


def take_out(text: str, plan: Plan, address: str) -> str:
    """Take an entry out of the text of a client's file.

    Of a file in people/ or quarters/ that holds nothing else, nothing is left.
    """
    subject = plan.client
    others = (*(a for a in subject.progress if a != address), *subject.cases, *subject.exceptions)
    if subject.about != "client" and not others and "\n#" not in f"\n{text}":
        return ""
    return edit.remove(text, ("progress", address))
