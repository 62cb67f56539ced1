"""What came of reading a root, and where each part of it stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from sopwith.model import Library
from sopwith.problem import Place, Problem, Spot
from sopwith.source import Sources
from sopwith.source.lines import Lines


@dataclass(slots=True)
class Reading:
    """What came of reading a root. Without a company that can be read there is no library.

    `clean` is what each file became that nothing is wrong with.
    """

    library: Library | None = None
    problems: list[Problem] = field(default_factory=list)
    sources: Sources = field(default_factory=Sources)
    pages: dict[str, str] = field(default_factory=dict)
    files: int = 0
    clean: dict[str, Any] = field(default_factory=dict)

    def located(self, problem: Problem) -> Problem:
        """The problem with its line and column."""
        return problem if problem.place else replace(problem, place=self.place(problem.spot))

    def place(self, spot: Spot) -> Place:
        """The line and column of a spot."""
        source = self.sources.get(spot.path)
        return source.place(spot) if source else self._in_page(spot)

    def has(self, path: str, raw: bytes) -> bool:
        """Say whether a file was read with these bytes, and nothing was wrong with it."""
        return path in self.clean and self.sources.text(path).encode() == raw

    def take(self, path: str, before: Reading) -> Any:
        """What became of a file in the reading before, which is what it becomes in this one."""
        self.sources.take(path, before.sources)
        self.clean[path] = before.clean[path]
        return self.clean[path]

    def _in_page(self, spot: Spot) -> Place:
        text = self.pages.get(spot.path, "")
        return Lines(text).place(spot.path, max(text.find(spot.part), 0))
