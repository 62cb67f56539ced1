"""Who is asked to read an SOP and confirm it, how many have, and how one does it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sopwith.acknowledging import STATES, State
from sopwith.model import Sop
from sopwith.outputs.handbook.markup import NOTHING, Md, capital, code, line, table, web
from sopwith.outputs.handbook.pen import Pen

ANCHOR = "sop--confirm"


@dataclass(frozen=True, slots=True)
class ConfirmView:
    """What is asked, how it is done, and a table of how many have."""

    asks: Md
    ways: tuple[Md, ...]
    counts: Md


def in_short(pen: Pen, sop: Sop) -> Md:
    """Who is asked, for the first screen; nothing where this edition asks nobody."""
    if sop.acknowledge is None or sop.id not in pen.edition.asking:
        return NOTHING
    who, within = pen.roles(sop.acknowledge.by), line(sop.acknowledge.within)
    return Md(f"{who}, and [confirmed](#{ANCHOR}) within {within}")


def confirm(pen: Pen, sop: Sop) -> ConfirmView | None:
    """The section about it; None where this edition asks nobody."""
    asking = pen.edition.asking.get(sop.id)
    if sop.acknowledge is None or asking is None:
        return None
    next_ = f"{sop.version.parts[0] + 1}.0"
    since, within = pen.day(sop.asks_since), line(sop.acknowledge.within)
    asks = Md(
        f"Whoever holds one of these roles reads this page and confirms it within {within} of "
        f"{since}, or of the first day here. A confirmation counts until version {line(next_)}."
    )
    people = len(asking.roles) > 1 and asking.total
    rows = [_row(pen.role(role), count) for role, count in asking.roles.items()]
    rows += [_row(Md("Each person once"), people)] if people else []
    head = ("Role", *(capital(line(state)) for state in STATES))
    return ConfirmView(asks, tuple(_ways(sop, asking.form)), table(head, rows))


def _ways(sop: Sop, form: str) -> Iterator[Md]:
    if form:
        page = web(Md("Confirm it on GitHub"), form)
        yield Md(f"{page}: fill in your id and the day, and propose the change.")
    yield Md(f"At a terminal: {code(f'sopwith acknowledge {sop.id} --by your-id')}")
    yield Md("On paper: sign the sheet that the owner of this page has.")


def _row(label: Md, count: Mapping[State, int]) -> Sequence[Md]:
    return (label, *(Md(str(count[state])) for state in STATES))
