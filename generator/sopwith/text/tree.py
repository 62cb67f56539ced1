"""The tree that all rich text is parsed into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """Words, printed as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question that a person answers before the text goes out."""

    question: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that matter most."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words said with stress."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: http, https, mailto, or a relative address or anchor."""

    target: str
    inlines: tuple[Inline, ...]


Inline = Text | Break | Prompt | Strong | Emphasis | Link


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6; it never stands inside a list."""

    level: int
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, numbered from 1 if ordered; no item is empty."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]


Align = Literal["", "left", "center", "right"]
Row = tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with at least one row below its head; it never stands in a list.

    Every row has as many cells as there are alignments.
    """

    head: Row
    rows: tuple[Row, ...]
    aligns: tuple[Align, ...]


Block = Paragraph | Heading | ListBlock | Table
