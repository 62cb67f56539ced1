"""A root folder, opened: what was read, what is wrong with it, and what can be made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from sopwith import report, rules
from sopwith.data import Templates, template_folder
from sopwith.history import History, UnknownRevision, commit_name, read_history
from sopwith.model import Audience, Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.read import Reading, read


@dataclass(frozen=True)
class Inputs:
    """What the same bytes come from: the files, the history up to a commit, and the day."""

    root: Path
    private: Path | None = None
    today: date | None = None
    commit: str = ""
    audience: Audience | None = None


@dataclass(frozen=True)
class Workspace:
    """One reading of a root. `problems` are located and in order."""

    inputs: Inputs
    reading: Reading
    today: date
    problems: tuple[Problem, ...]
    plans: Plans | None

    @property
    def root(self) -> Path:
        """The folder that holds company.yml."""
        return self.inputs.root

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep something from being built."""
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def library(self) -> Library:
        """What was read; only to be asked for where no error stands in company.yml."""
        if self.reading.library is None:
            raise LookupError("there is no company.yml that can be read")
        return self.reading.library

    @property
    def audience(self) -> Audience:
        """For whom the handbook is built."""
        return self.inputs.audience or self.library.company.audience

    @cached_property
    def history(self) -> History:
        """What git knows of the root; asked only by what shows it."""
        return read_history(self.root, self.inputs.commit)

    @cached_property
    def templates(self) -> Templates:
        """The templates in force."""
        return template_folder(self.root)


def open_workspace(inputs: Inputs) -> Workspace:
    """Read a root and put it to the rules; UnknownRevision where its history lacks the commit."""
    if inputs.commit and commit_name(inputs.root, inputs.commit) is None:
        raise UnknownRevision(inputs.commit)
    reading = read(inputs.root, inputs.private)
    library = reading.library
    if library is None:
        today = inputs.today or datetime.now(UTC).date()
        return Workspace(inputs, reading, today, _located(reading, reading.problems), None)
    company = library.company
    today = inputs.today or company.today or datetime.now(ZoneInfo(company.timezone)).date()
    said, plans = rules.check(library, today, reading.problems)
    problems = _located(reading, [*reading.problems, *said])
    return Workspace(inputs, reading, today, problems, plans)


def _located(reading: Reading, problems: list[Problem]) -> tuple[Problem, ...]:
    return report.in_order(reading.located(problem) for problem in problems)
