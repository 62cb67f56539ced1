"""What a checklist says, as strings: the shape that the templates find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sopwith.outputs.checklist.rows import RowSheet

Told = Literal["in full", "later", "settled"]
"""How paper tells of a block: in short where nothing in it comes up soon, or nothing is open."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the header: a label, what is so, and a remark in small type."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """Someone at the client, and each way to reach them, the main contact first."""

    name: str
    title: str
    main: bool
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pointer:
    """A row named from elsewhere on the checklist.

    `home` is the address of its SOP on the checklist, `sop` that SOP's title, and its case; `waits`
    what it waits for, by number.
    """

    address: str
    home: str
    sop: str
    number: str
    title: str
    critical: bool
    overdue: bool
    role: str
    people: str
    due: str
    waits: str


@dataclass(frozen=True, slots=True)
class Concern:
    """A list in the block "this client now"; the `rest` is too much to be told one by one."""

    title: str
    rows: tuple[Pointer, ...]
    rest: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """What the client's file does not say, and how to mend it."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Steps or SOPs that are out for this client, all for one reason."""

    what: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class PhaseSheet:
    """A block of rows: `work` is how it is worked, in a word, and `how` in a sentence.

    `short` stands there on paper: why the block is told in short, where it is.
    """

    told: Told

    number: int
    title: str
    objective: str
    work: str
    how: str
    short: str
    rows: tuple[RowSheet, ...]


@dataclass(frozen=True, slots=True)
class SopSheet:
    """One SOP on the checklist; `control` is its part of the footer.

    `check` is where its readers see whether this version is current (empty: the handbook has no
    address); `anchors` are the dates that its own hang on.
    """

    address: str
    told: Told
    title: str
    control: str
    check: str
    anchors: tuple[Fact, ...]
    outcome: str
    about: tuple[str, ...]
    tally: str
    phases: tuple[PhaseSheet, ...]
    out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a checklist says. `language` and `region` are those of the company's locale.

    `extract` names the role whose steps alone are here, where it is not the whole; `whom` is "this
    client", or whatever else it is about.
    """

    client: str
    engagement: str
    company: str
    extract: str
    whom: str
    ended: str
    lead: Fact
    facts: tuple[Fact, ...]
    contacts: tuple[Reach, ...]
    now: tuple[Concern, ...]
    lacks: tuple[Lack, ...]
    sops: tuple[SopSheet, ...]
    out: tuple[LeftOut, ...]
    printed: str
    commit: str
    handbook: str
    paper: Literal["letter", "a4"]
    language: str
    region: str
