"""A text that is to be changed, and where everything in it begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sopwith.problem import Route
from sopwith.source import Data, parse
from sopwith.source.marks import Mark

BY_HAND = "the file is written in a way that only a person can change"
HALF = "it holds half a character"
_BYTE_ORDER = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n|\Z")
_BLANKS_AFTER = re.compile(r"(?:\r\n|\r|\n)+\Z")
_KEEPS_BLANKS = re.compile(r"[|>][0-9]*\+")
_BLOCK_LEAD = re.compile(r" *(?:- +)*\Z")
_NOTE = re.compile(r"#[^\r\n]*")
_BLOCK_SIGN = re.compile(r"[|>][0-9+-]*")
_KEY = re.compile(r""""(?:[^"\\\r\n]|\\.)*"[ \t]*:|'(?:[^'\r\n]|'')*'[ \t]*:|[^\r\n]+?:(?=\s)""")


class Unwritable(ValueError):
    """A change that cannot be made to this text so that it says what is meant."""


@dataclass(frozen=True)
class Sheet:
    """The text without its byte order mark, which is `before`; its data and its marks."""

    before: str
    text: str
    data: dict[str, Data]
    marks: Mark

    @classmethod
    def read(cls, text: str) -> Sheet:
        """Read a text that has no problems; raise Unwritable on any other."""
        try:
            source, problems = parse("", text.encode())
        except UnicodeEncodeError:
            raise Unwritable(HALF) from None
        if source is None:
            raise Unwritable(problems[0].message)
        before = text[:1] if text.startswith(_BYTE_ORDER) else ""
        # The mark of the whole file says nothing of braces around it.
        first = next(iter(source.marks.parts.values()), None)
        lead = source.text[: first.key if first else source.text.find("{") + 1].rstrip()
        start = len(lead) - 1 if lead.endswith("{") else 0
        return cls(before, source.text, source.data, source.marks._replace(start=start))

    # What is where ----------------------------------------------------------------------------

    def known(self, route: Route) -> int:
        """How many steps of a route lead to something that is there."""
        mark = self.marks
        for number, step in enumerate(route):
            if step not in mark.parts:
                return number
            mark = mark.parts[step]
        return len(route)

    def mark(self, route: Route) -> Mark:
        """The mark at a route that is there."""
        mark = self.marks
        for step in route:
            mark = mark.parts[step]
        return mark

    def data_at(self, route: Route) -> Data:
        """What a route that is there leads to."""
        data: Any = self.data
        for step in route:
            data = data[step]
        found: Data = data
        return found

    def is_flow(self, route: Route) -> bool:
        """Whether the map or list at a route stands between brackets."""
        return self.text.startswith(("{", "["), self.mark(route).start)

    def heads(self, route: Route) -> tuple[int, ...]:
        """Where each entry of a map or list begins: at its key, at its dash, at its text."""
        mark = self.mark(route)
        if isinstance(self.data_at(route), dict) or self.is_flow(route):
            return tuple(part.key for part in mark.parts.values())
        return tuple(
            self._dash(part.start, self.column(mark.start)) for part in mark.parts.values()
        )

    def _dash(self, at: int, column: int) -> int:
        """The dash before an item: on its own line, or above it where only the dash stands."""
        line = self.line_start(at)
        while not self._is_dash(line, line + column) or line + column >= at:
            if line == 0:
                raise Unwritable(BY_HAND)
            line = self.line_start(self.line_break_before(line))
        return line + column

    def _is_dash(self, line: int, at: int) -> bool:
        return self.text.startswith("-", at) and bool(_BLOCK_LEAD.match(self.text[line:at]))

    def end(self, mark: Mark) -> int:
        """Where the last thing of a part ends, without what only separates it from the next."""
        while mark.parts and not self.text.startswith(("{", "["), mark.start):
            mark = list(mark.parts.values())[-1]
        if mark.style not in ("|", ">"):
            return mark.end
        block = self.text[mark.start : mark.end]
        pattern = _LINE_END if _KEEPS_BLANKS.match(block) else _BLANKS_AFTER
        ends = [found.start() for found in pattern.finditer(block) if found.end() == len(block)]
        return mark.start + min(ends, default=len(block))

    def head(self, route: Route) -> tuple[int, int]:
        """From where to where the key and its colon, or the dash, of an entry in block style go."""
        index = list(self.mark(route[:-1]).parts).index(route[-1])
        start = self.heads(route[:-1])[index]
        if isinstance(route[-1], int):
            return start, start + 1
        return start, self.key_end(self.mark(route))

    def key_end(self, mark: Mark) -> int:
        """Where the colon behind a key ends."""
        key = _KEY.match(self.text, mark.key)
        if key is None:
            raise Unwritable(BY_HAND)
        return key.end()

    # Comments ---------------------------------------------------------------------------------

    @cached_property
    def notes(self) -> list[str]:
        """Every comment, from its sign to the end of its line, in the order of the file."""
        found, at = list[str](), 0
        for start, end in [*sorted(self._wordings(self.marks)), (len(self.text), 0)]:
            found += (note.rstrip() for note in _NOTE.findall(self.text, at, start))
            at = end
        return found

    def _wordings(self, mark: Mark) -> Iterator[tuple[int, int]]:
        """From where to where each key and each text goes; the line that opens a block is none."""
        for part in mark.parts.values():
            if part.key != part.start:
                yield part.key, self.key_end(part)
            if part.style in ("|", ">"):
                sign = _BLOCK_SIGN.match(self.text, part.start)
                yield part.start, sign.end() if sign else part.start
                yield self.line_end(part.start), self.end(part)
            elif not part.parts and not self.text.startswith(("{", "["), part.start):
                yield part.start, part.end
            yield from self._wordings(part)

    # Lines ------------------------------------------------------------------------------------

    @cached_property
    def line_break(self) -> str:
        """How the lines of this text end."""
        found = _LINE_END.search(self.text)
        return (found[0] if found else "") or "\n"

    def line_start(self, at: int) -> int:
        """Where the line begins that a position is on."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_end(self, at: int) -> int:
        """Where the line ends that a position is on, before its line break."""
        found = _LINE_END.search(self.text, at)
        return found.start() if found else len(self.text)

    def line_break_before(self, line: int) -> int:
        """Where the line break begins that a line, which is not the first, comes after."""
        return line - (2 if self.text.startswith("\r\n", max(line - 2, 0)) else 1)

    def next_line(self, at: int) -> int:
        """Where the line after a position begins."""
        found = _LINE_END.search(self.text, at)
        return found.end() if found else len(self.text)

    def lines(self, start: int, end: int) -> list[str]:
        """The lines between two positions, the last of them also where it holds nothing."""
        return re.split(r"\r\n|\r|\n", self.text[start:end])

    def column(self, at: int) -> int:
        """How many characters stand before a position on its line."""
        return at - self.line_start(at)

    def is_compact(self, head: int) -> bool:
        """Whether an entry begins behind a dash; Unwritable where its lead is of another kind."""
        lead = self.text[self.line_start(head) : head]
        if not _BLOCK_LEAD.match(lead):
            raise Unwritable(BY_HAND)
        return bool(lead.strip())

    # Habits of the file -----------------------------------------------------------------------

    @cached_property
    def step(self) -> int:
        """By how many columns this file indents; 2 where it does not show."""
        return next((c for c in self._columns(dict) if c), 0) or next(
            (c for c in self._columns(list) if c), 2
        )

    @cached_property
    def list_step(self) -> int:
        """By how many columns the dashes of a list stand in from its key."""
        return next(self._columns(list), self.step)

    def _columns(self, kind: type) -> Iterator[int]:
        """The columns of the maps, or lists, that stand right below a key of the file."""
        for key, value in self.data.items():
            if isinstance(value, kind) and value and not self.is_flow((key,)):
                yield self.column(self.marks.parts[key].start)
