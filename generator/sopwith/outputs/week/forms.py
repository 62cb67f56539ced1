"""A week as strings, sorted and grouped: templates only arrange them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class TaskSheet:
    """A row: `others` are those who do it with the reader, or the one who is asked.

    `case` is what its case is about, which `sop` names too.
    """

    client: str
    sop: str
    case: str
    number: str
    title: str
    critical: bool
    overdue: bool
    due: str
    role: str
    others: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading."""

    title: str
    rows: tuple[TaskSheet, ...]


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """An SOP that the reader is asked to read and confirm; `form` is where that can be done."""

    title: str
    version: str
    due: str
    overdue: bool
    roles: str
    command: str
    form: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one person has to do, by name; `remarks` say what is not in the sections.

    `away` says when they are not there; `clients` how each client stands whose project manager it
    is, in a line of its own.
    """

    name: str
    away: tuple[str, ...]
    sections: tuple[Section, ...]
    reads: tuple[ReadSheet, ...]
    clients: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the page of a week says. `language` and `region` are those of the locale.

    `idle` names those of the whole firm who have no part, `as_of` the day all of it is true of.
    """

    title: str
    as_of: str
    company: str
    for_all: bool
    parts: tuple[Part, ...]
    idle: str
    left_out: tuple[str, ...]
    printed: str
    commit: str
    handbook: str
    paper: Literal["letter", "a4"]
    language: str
    region: str
