"""One file: its data, and where each part of it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from sopwith.problem import Place, Problem, Spot
from sopwith.source.events import Data, build
from sopwith.source.fault import Fault
from sopwith.source.lines import Lines
from sopwith.source.marks import Mark, marks
from sopwith.source.text import decode

# How some characters of the data are written in the file, by the way their text is quoted.
_WRITTEN = {"'": {"'": "''"}, '"': {'"': r"\"", "\\": r"\\"}}
# What may stand for a space: in double quotes also an escape, or a backslash that ends the line.
_GAP = {'"': r"(?:\s|\\[nt]|\\(?=\s))+"}


@dataclass(frozen=True)
class Source:
    """One file that could be read: its path, its data, and where each part of it stands."""

    path: str
    data: dict[str, Data]
    text: str = field(repr=False)

    @cached_property
    def marks(self) -> Mark:
        """Where each part stands: worked out for the few files that somebody asks about."""
        return marks(self.text)

    def place(self, spot: Spot) -> Place:
        """The line and column of a part, or of its nearest parent where there is no such part."""
        mark = self.marks
        for step in spot.route:
            inner = mark.parts.get(step)
            if inner is None:
                return self._lines.place(self.path, mark.key)
            mark = inner
        at = mark.key if spot.key else self._find(spot.part, mark)
        return self._lines.place(self.path, at)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def _find(self, part: str, mark: Mark) -> int:
        """Where this wording first stands inside a piece of text, however it is quoted."""
        written = _WRITTEN.get(mark.style, {})
        words = ["".join(re.escape(written.get(c, c)) for c in word) for word in part.split()]
        if not words:
            return mark.start
        pattern = re.compile(_GAP.get(mark.style, r"\s+").join(words))
        # The line that opens a block of text holds marks of YAML's own and none of its wording.
        opening = re.compile(r"[|>][^\r\n]*|").match(self.text, mark.start)
        start = opening.end() if opening and mark.style in ("|", ">") else mark.start
        found = pattern.search(self.text, start, mark.end)
        return found.start() if found else mark.start


def parse(path: str, raw: bytes) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read the bytes of one file; with any problem there is no source, so nothing follows from it.

    Never raises. Each problem has its place, since without a source nobody else could find it.
    """
    text, fault = decode(raw)
    if fault:
        return None, _problems(path, text, [fault])
    data, faults = build(text)
    if faults or not isinstance(data, dict):
        return None, _problems(path, text, faults)
    return Source(path, data, text), ()


def _problems(path: str, text: str, faults: list[Fault]) -> tuple[Problem, ...]:
    lines = Lines(text)
    return tuple(
        Problem(Spot(path, f.route), f.code, f.message, f.hint, place=lines.place(path, f.at))
        for f in faults
    )
