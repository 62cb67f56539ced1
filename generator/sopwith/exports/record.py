"""What any export says of one task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sopwith.model import Moment
from sopwith.problem import Place, Problem, Spot

ID = "Sopwith ID"
"""The name of the field, and of the line in a task's description, that holds its id."""

ANSWER = "Answer"
"""Likewise for the answer to a decision."""

DUE = "Sopwith due"
"""Likewise for the day that the plan had for a task when it went into the tool."""

UNDATED = "none"
"""What stands there of a task without a day."""

FOR = "For"
NOBODY = "nobody named yet"
"""The words of the line that says whose a task is."""

NOT_APPLICABLE = "not applicable"
"""What our lists say of a task that does not apply; the reason is then its note."""

CODE = "not-an-export"


@dataclass(frozen=True, slots=True)
class Record:
    """One task. `id` is `<client>/<address>`, empty where the file gives none.

    `due` and `done` are days, or moments, as the file writes them (see `read_moment`); `planned` is
    the day that the plan had when the task went into the tool. Where the file has no place for a
    day it is None, and empty where that place is. A task that is `ticked` is done, whether or not
    the file says when; one that is `settled` is done or not to be done; where it is
    `not_applicable`, `reason` says why. `by` are the ways in which the file names whoever did it,
    the surest first. `assigned` are those to whom the file gives a task now, `planned_for` the
    names, joined by commas, for whom the plan had it when it went into the tool.
    """

    place: Place
    id: str = ""
    name: str = ""
    due: str | None = None
    planned: str | None = None
    assigned: tuple[str, ...] = ()
    planned_for: str | None = None
    done: str = ""
    by: tuple[str, ...] = ()
    answer: str = ""
    note: str = ""
    reason: str = ""
    not_applicable: bool = False
    ticked: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """What a file is, in words, and its tasks. `has_done` where it can say what is done.

    `form` is the form in which tasks go where the file comes from; empty where they do not.
    """

    what: str
    records: tuple[Record, ...]
    form: str = ""
    has_done: bool = True


class NotAnExport(ValueError):
    """A file is none that we can read tasks from."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].message)
        self.problems = tuple(problems)


def problem(path: str, message: str, hint: str = "", line: int = 1) -> Problem:
    """A file that is no export."""
    return Problem(Spot(path), CODE, message, hint, place=Place(path, line))


def read_moment(written: str, timezone: str) -> Moment | None:
    """Read a day, or a moment, as a tool writes it; None where it is neither.

    Of a moment with a time zone only the day counts that it was in the company's, `timezone`: the
    minute is the tool's affair.
    """
    try:
        return Moment.parse(written)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return Moment(moment.astimezone(ZoneInfo(timezone)).date()) if moment.tzinfo else None


def same_name(name: str) -> str:
    """A name as far as every tool keeps it: without its case, double spaces and commas."""
    return " ".join(name.replace(",", ";").split()).casefold()


def from_text(text: str, field: str) -> str:
    """What a line of a description says behind the name of a field, or else the line below it.

    People add a line of their own rather than fill in the one that is there, in any case.
    """
    lines = [line.strip() for line in text.splitlines()]
    named = [i for i, line in enumerate(lines) if _names(line, field)]
    behind = [lines[i][len(field) + 1 :].strip() for i in named]
    below = [lines[i + 1] for i in named if i + 1 < len(lines)]
    said = (
        *behind,
        *(line for line in below if not any(_names(line, f) for f in (ID, ANSWER, DUE))),
    )
    return next(filter(None, said), "")


def planned_in(text: str, said: str = "") -> str | None:
    """The day the plan had for a task, as a cell says or else its description; None: neither."""
    said = said or from_text(text, DUE)
    return None if not said else "" if said.casefold() == UNDATED else said


def for_whom(names: str, role: str, stand_ins: Sequence[str] = ()) -> str:
    """The line of a description that says whose a task is; some tools have no other room for it."""
    return f"{FOR} {', '.join((names or NOBODY, *stand_ins))} ({role})"


def planned_for_in(text: str) -> str | None:
    """The names in the line that `for_whom` wrote; None where no line is one."""
    lines = (line.strip() for line in text.splitlines())
    said = next((line for line in lines if line.startswith(f"{FOR} ") and line.endswith(")")), "")
    if not said:
        return None
    names = said.removeprefix(FOR).partition(" (")[0].strip()
    return ", ".join(n for n in names.split(", ") if n != NOBODY and not n.startswith("for "))


def _names(line: str, field: str) -> bool:
    return line.casefold().startswith(f"{field.casefold()}:")
