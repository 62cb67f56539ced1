"""A root folder, opened: what was read, what is wrong with it, and what can be made of it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from sopwith import report, rules
from sopwith.data import Templates, template_folder
from sopwith.history import (
    UNCOMMITTED,
    History,
    UnknownRevision,
    commit_name,
    read_history,
    uncommitted,
)
from sopwith.model import Audience, Library, Sop
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.read import KINDS, Reading, read
from sopwith.reviews import Due, due


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
    """One reading of a root.

    `in_files` is what is wrong with its files, each by itself and among the others; `problems` is
    that, and what is wrong with the plans. Both are located and in order.
    """

    inputs: Inputs
    reading: Reading
    today: date
    in_files: tuple[Problem, ...]
    plans: Plans | None

    @property
    def root(self) -> Path:
        """The folder that holds company.yml."""
        return self.inputs.root

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All problems: asked for, every plan is made."""
        if self.plans is None:
            return self.in_files
        return _located(
            self.reading, [*self.in_files, *rules.check_plans(self.library, self.plans)]
        )

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep something from being built."""
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def folders(self) -> Iterator[Path]:
        """The folders that hold what commands write beside `build`, each that is there."""
        yield self.root
        yield self.root / ".github"
        private = self.root / (self.reading.library.private if self.reading.library else "")
        for kind in KINDS:
            top = (private if kind.private else self.root) / kind.folder
            below = top.glob("*/") if kind.makes is Sop else ()
            yield from (place for place in (top, *below) if not place.is_symlink())

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

    def review(self, sop: Sop) -> Due:
        """When the review of an SOP is due, by its rhythm and by what happened at clients."""
        return due(sop, self.plans.held(sop.review.also_after) if self.plans else ())

    @property
    def late_reviews(self) -> int:
        """How many SOPs in use should have been reviewed before today."""
        sops = self.reading.library.sops.values() if self.reading.library else ()
        return sum(s.status == "active" and self.review(s).is_late(self.today) for s in sops)

    @cached_property
    def history(self) -> History:
        """What git knows of the root; asked only by what shows it."""
        return read_history(self.root, self.inputs.commit)

    @cached_property
    def touched(self) -> Mapping[str, Set[str]]:
        """Which commits touched each file and top folder of the root and of the private folder.

        What is not committed counts as one commit more. In a shallow clone the commits before it
        begins are not counted.
        """
        found: defaultdict[str, set[str]] = defaultdict(set)
        private = self.inputs.private or self.root / self.library.company.private
        for folder, revision in {private: "", self.root: self.inputs.commit}.items():
            between = "" if folder == self.root else f"{os.path.relpath(folder, self.root)}/"
            history = self.history if folder == self.root else read_history(folder)
            for path, commits in history.touched.items():
                found[between + path] |= commits
            for path in uncommitted(folder, revision):
                for name in (path, path.partition("/")[0]):
                    found[between + name].add(UNCOMMITTED)
        return found

    @cached_property
    def unsaved(self) -> Set[str]:
        """The files, and the top folders of files, that git does not have as they are here."""
        return {path for path, commits in self.touched.items() if UNCOMMITTED in commits}

    @cached_property
    def templates(self) -> Templates:
        """The templates in force."""
        return template_folder(self.root)


def open_workspace(inputs: Inputs, before: Reading | None = None) -> Workspace:
    """Read a root and put it to the rules; UnknownRevision where its history lacks the commit.

    With the reading `before`, only files that changed since are worked through.
    """
    if inputs.commit and commit_name(inputs.root, inputs.commit) is None:
        raise UnknownRevision(inputs.commit)
    reading = read(inputs.root, inputs.private, inputs.commit, before)
    library = reading.library
    if library is None:
        today = inputs.today or clock("UTC")
        return Workspace(inputs, reading, today, _located(reading, reading.problems), None)
    company = library.company
    today = inputs.today or company.today or clock(company.timezone)
    said, plans = rules.check_files(library, today, reading.problems)
    problems = _located(reading, [*reading.problems, *said])
    return Workspace(inputs, reading, today, problems, plans)


def clock(timezone: str) -> date:
    """The day it is in a time zone (IANA name); ValueError or OSError for what is none."""
    return datetime.now(ZoneInfo(timezone)).date()


def _located(reading: Reading, problems: list[Problem]) -> tuple[Problem, ...]:
    return report.in_order(reading.located(problem) for problem in problems)
