"""A map or list cut into its entries, each with the comments that belong to it, and put together.

A comment on lines of its own belongs to the entry below it, or to the one above if it stands in
deeper than that; one behind an entry, to that entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sopwith.edit.place import Splice
from sopwith.edit.sheet import BY_HAND, Sheet, Unwritable
from sopwith.problem import Route

_BLANKS = re.compile(r"[ \t]*")
# What tells an editor which schema is meant belongs to the file, whatever its first key is.
_STAYS_ON_TOP = re.compile(r"[ \t]*(?![ \t#])|# *yaml-language-server")

Cut = Callable[[int, int], str]
"""The text between two positions, perhaps with changes of its own in it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An entry of a block: the blank lines above it, the comments below those, and its text."""

    blanks: Sequence[str]
    notes: Sequence[str]
    body: str


@dataclass(frozen=True, slots=True)
class Block:
    """The entries of a map or list in block style, which stand from `start` to `end`.

    `lead` is what stands before the first of them on its line: blanks, or a dash.
    """

    start: int
    end: int
    column: int
    lead: str
    pieces: tuple[Piece, ...]

    @classmethod
    def read(cls, sheet: Sheet, route: Route, cut: Cut | None = None) -> Block:
        """Cut a block into its pieces; raises Unwritable."""
        text = cut or (lambda start, end: sheet.text[start:end])
        heads, parts = sheet.heads(route), list(sheet.mark(route).parts.values())
        column = sheet.column(heads[0])
        is_compact = sheet.is_compact(heads[0])
        stops = [_stop(sheet, sheet.line_end(sheet.end(part)), column) for part in parts]
        line = sheet.line_start(heads[0])
        starts = [line if is_compact else _top(sheet, route, line)]
        starts += map(sheet.next_line, stops[:-1])
        pieces = tuple(
            Piece(*_parted(sheet, start, head), text(head, stop))
            for start, head, stop in zip(starts, heads, stops, strict=True)
        )
        return cls(starts[0], stops[-1], column, sheet.text[line : heads[0]], pieces)

    def written(self, line_break: str) -> str:
        """The text of the pieces as they stand now."""
        lines: list[str] = []
        for number, piece in enumerate(self.pieces):
            lines += piece.blanks if number else ()
            lead = " " * self.column if number else self.lead
            # Nothing can stand between a dash and what begins behind it but above the dash.
            beside = _BLANKS.match(lead)
            indent = beside[0] if beside else ""
            lines += [indent + note.lstrip() if lead.strip() else note for note in piece.notes]
            lines.append(lead + piece.body)
        return line_break.join(lines)


def ordered(
    sheet: Sheet, route: Route, order: Sequence[int], cut: Cut | None = None, *, spread: bool
) -> Splice:
    """Put the entries of a map or list, or only some, into another order; raises Unwritable.

    What is left out goes with its comments. With `spread`, blank lines separate places and stay
    where they are; else each goes with the entry below it.
    """
    if sheet.is_flow(route):
        return _in_brackets(sheet, route, order, cut)
    block = Block.read(sheet, route, cut)
    pieces = tuple(block.pieces[number] for number in order)
    if spread:
        places = zip(pieces, block.pieces, strict=False)
        pieces = tuple(replace(piece, blanks=place.blanks) for piece, place in places)
    text = replace(block, pieces=pieces).written(sheet.line_break)
    return Splice(block.start, block.end, text)


def copied(sheet: Sheet, source: Route, target: Route) -> Splice:
    """Put a copy of an item, with its comments, behind the last one of another list."""
    index = source[-1]
    if sheet.is_flow(source[:-1]) or sheet.is_flow(target) or not isinstance(index, int):
        raise Unwritable(BY_HAND)
    here, there = Block.read(sheet, source[:-1]), Block.read(sheet, target)
    piece = here.pieces[index]
    lines = [*piece.notes, *re.split(r"\r\n|\r|\n", " " * here.column + piece.body)]
    shift = there.column - here.column
    moved = [" " * shift + line if shift > 0 and line else line[max(-shift, 0) :] for line in lines]
    return Splice(there.end, there.end, sheet.line_break.join(["", *moved]))


def apart(sheet: Sheet, route: Route) -> Splice | None:
    """The blank lines before the last item of a list that stand before the one above it."""
    if sheet.is_flow(route):
        return None
    pieces = Block.read(sheet, route).pieces
    if len(pieces) < 3 or pieces[-1].blanks or not pieces[-2].blanks:
        return None
    *_, last = sheet.heads(route)
    start = sheet.line_start(last)
    return Splice(start, start, "".join(f"{line}{sheet.line_break}" for line in pieces[-2].blanks))


def _in_brackets(sheet: Sheet, route: Route, order: Sequence[int], cut: Cut | None) -> Splice:
    heads, parts = sheet.heads(route), list(sheet.mark(route).parts.values())
    slots = [(head, part.end) for head, part in zip(heads, parts, strict=True)]
    gaps = [sheet.text[end:head] for (_, end), head in zip(slots, heads[1:], strict=False)]
    if any("#" in gap for gap in gaps):
        raise Unwritable("nobody can tell what a comment between brackets belongs to")
    text = cut or (lambda start, end: sheet.text[start:end])
    written = [text(*slots[number]) for number in order]
    gaps = [*gaps[: len(order) - 1], ""]
    joined = "".join(part + gap for part, gap in zip(written, gaps, strict=True))
    return Splice(heads[0], slots[-1][1], joined)


def _stop(sheet: Sheet, end: int, column: int) -> int:
    """Where an entry ends whose last line does: behind comments that stand in deeper than it."""
    at = end
    while (following := sheet.next_line(at)) < len(sheet.text):
        line = sheet.text[following : sheet.line_end(following)]
        note = line.lstrip(" \t")
        if note and not (note.startswith("#") and len(line) - len(note) > column):
            break
        at = sheet.line_end(following)
        end = at if note else end
    return end


def _top(sheet: Sheet, route: Route, line: int) -> int:
    """Where the comments begin that stand right above the first entry and are about it."""
    above = sheet.next_line(sheet.head(route)[1]) if route else 0
    while line > above:
        before = sheet.line_start(sheet.line_break_before(line))
        if _STAYS_ON_TOP.match(sheet.text, before):
            break
        line = before
    return line


def _parted(sheet: Sheet, start: int, head: int) -> tuple[Sequence[str], Sequence[str]]:
    """What stands above an entry: the blank lines on top, and the lines from a comment on."""
    *lines, _ = sheet.lines(start, head)
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    return lines[:first], lines[first:]
