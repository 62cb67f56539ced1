"""A review as strings in the order in which they are read: templates only arrange them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["", "good", "soon", "late", "quiet"]
"""How a piece of text looks; it never says anything that the words do not."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, or a line below a point.

    `link` leads to a page of the handbook, `to` to what the number was counted from; `small` is a
    remark in small type.
    """

    text: str
    tone: Tone = ""
    link: str = ""
    small: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; numbers stand to the right, and days on one line."""

    label: str
    holds: Literal["text", "number", "day"] = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `counted` says from what, and `empty` what to say when there are no rows.

    With `total`, the last row is the sum of the others. `rest` names the file that holds all of it,
    where the table may be cut short.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""
    counted: str = ""
    total: bool = False
    rest: str = ""
    kind: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar, in the units of the drawing; `look` is the number of its style."""

    x: int
    width: int
    look: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, what it comes to in words, and its stretches from left to right."""

    label: str
    note: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars below each other, a sentence that says what they show, and the table of the same data.

    `legend` names the styles that occur, each with its number. Without bars only the table shows.
    """

    id: str
    title: str
    says: str
    legend: tuple[tuple[int, str], ...]
    bars: tuple[Bar, ...]
    table: Table
    svg: str = ""
    kind: str = field(default="chart", init=False)

    @property
    def path(self) -> str:
        """Where the picture lies beside the report."""
        return f"charts/{self.id}.svg"


@dataclass(frozen=True, slots=True)
class Point:
    """An entry of a list: its few first words, its text, and small lines below.

    `section` is the section that says more.
    """

    lead: str
    text: str = ""
    lines: tuple[Cell, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list; `empty` is what to say when there is nothing in it. `rest` is as in a table."""

    title: str
    points: tuple[Point, ...]
    empty: str = ""
    counted: str = ""
    rest: str = ""
    kind: str = field(default="points", init=False)


Block = Table | Points | Chart


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is seen first: what it counts, from what, and the section that says more."""

    value: str
    label: str
    of: str
    tone: Tone
    section: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report with one sentence that says what it shows."""

    number: int
    id: str
    title: str
    says: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """The one page: the figures, the three questions, and what there is to decide."""

    title: str
    figures: tuple[Figure, ...]
    questions: tuple[Points, ...]
    asks: Points


@dataclass(frozen=True, slots=True)
class Signature:
    """Whose line it is, and when it was signed; empty where that is to be filled in."""

    by: str = ""
    day: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """What a number was counted from, a line each; `more` says where the rest is.

    `rest` names the file that has all of it.
    """

    id: str
    title: str
    lines: tuple[str, ...]
    more: str = ""
    rest: str = ""

    @property
    def anchor(self) -> str:
        """The address that a Markdown viewer gives the heading; each title is there once."""
        return re.sub(r"[^\w -]", "", self.title.lower()).replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a review says. `notes` say what the reader must know before the first number."""

    title: str
    company: str
    span: str
    notes: tuple[str, ...]
    front: Front | None
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...]
    proofs: tuple[Proof, ...]
    made: str
    language: str
