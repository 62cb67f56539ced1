"""Bars from numbers: where each stretch begins, and how wide it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sopwith.outputs.review.words.sheet import Bar, Chart, Part, Table

WIDTH = 400
"""The width of a drawing in its own units; the template knows it too."""
SHOWN = 12
"""How many bars a chart has; the table has the rest."""


@dataclass(frozen=True, slots=True)
class Row:
    """A bar to be drawn: the value of each style, and what they come to in words."""

    label: str
    values: tuple[int | Fraction, ...]
    note: str


def chart(
    id_: str, title: str, says: str, legend: Sequence[str], rows: Sequence[Row], table: Table
) -> Chart:
    """Lay out the bars; all share one scale, and a value below nothing draws nothing."""
    drawn = rows[:SHOWN]
    longest = max((sum(max(v, 0) for v in row.values) for row in drawn), default=0)
    used = [n for n in range(len(legend)) if any(row.values[n] > 0 for row in drawn)]
    if len(rows) > SHOWN:
        says = f"{says} The first {SHOWN} of {len(rows)} are drawn; the table has all."
    return Chart(
        id_,
        title,
        says,
        tuple((number, legend[number]) for number in used) if len(legend) > 1 else (),
        tuple(_bar(row, Fraction(longest)) for row in drawn) if longest else (),
        table,
    )


def _bar(row: Row, longest: Fraction) -> Bar:
    parts: list[Part] = []
    reached = Fraction(0)
    for look, value in enumerate(row.values):
        if value <= 0:
            continue
        x = int(reached * WIDTH / longest)
        reached += value
        parts.append(Part(x, max(int(reached * WIDTH / longest) - x, 1), look))
    return Bar(row.label, row.note, tuple(parts))
