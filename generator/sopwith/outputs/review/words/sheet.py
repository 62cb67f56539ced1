"""A review as strings in the order in which they are read: templates only arrange them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

Tone = Literal["", "good", "soon", "late", "quiet"]
"""How a piece of text looks; it never says anything that the words do not."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, or a line below a point.

    `link` leads to a page of the handbook; `small` is a remark in small type.
    """

    text: str
    tone: Tone = ""
    link: str = ""
    small: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; numbers stand to the right, and days on one line."""

    label: str
    holds: Literal["text", "number", "day"] = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `counted` says from what, and `empty` what to say when there are no rows.

    With `total`, the last row is the sum of the others.
    """

    kind: ClassVar[str] = "table"

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""
    counted: str = ""
    total: bool = False


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
    """A list; `empty` is what to say when there is nothing in it."""

    kind: ClassVar[str] = "points"

    title: str
    points: tuple[Point, ...]
    empty: str = ""
    counted: str = ""


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
    blocks: tuple[Table | Points, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """The one page: the figures, the three questions, and what there is to decide."""

    figures: tuple[Figure, ...]
    questions: tuple[Points, ...]
    asks: Points

    @property
    def blocks(self) -> tuple[Points, ...]:
        """The questions, and after them what to decide."""
        return (*self.questions, self.asks)


@dataclass(frozen=True, slots=True)
class Close:
    """What the meeting decided; before it has met, room to write it down."""

    number: int
    says: str
    decided: Table | None
    signed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a review says. `notes` say what the reader must know before the first number."""

    title: str
    company: str
    span: str
    notes: tuple[str, ...]
    front: Front | None
    sections: tuple[Section, ...]
    close: Close | None
    made: str
    language: str
