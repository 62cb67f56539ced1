"""A tall drawing cut into parts that fit on paper: between boxes, never through one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from sopwith.outputs.handbook.diagram.drawing import ABOVE, PAD, Drawing, Text, placed

_MARGIN = 8
"""Pixels left and right of what is in a part."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a part shows, in pixels from the corner of the drawing below its heads."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def width(self) -> int:
        """How wide it is."""
        return self.right - self.left


def parts(drawing: Drawing, tall: int) -> tuple[Part, ...]:
    """Cut a drawing into parts of about one height, none taller than `tall` with its heads.

    Empty where it cannot be: boxes stand side by side all the way.
    """
    end, most = drawing.layout.size.height, tall - drawing.down
    gaps, cuts = [*_gaps(drawing)], [0]
    while end - cuts[-1] > most:
        start = cuts[-1]
        best = start + (end - start) / ceil((end - start) / most)
        near = [cut for cut in gaps if start < cut <= start + most]
        if not near:
            return ()
        cuts.append(min(near, key=lambda cut: abs(cut - best)))
    return tuple(_part(drawing, top, bottom) for top, bottom in pairwise((*cuts, end)))


def _part(drawing: Drawing, top: int, bottom: int) -> Part:
    """A part between two heights: across all lanes, else as wide as what is in it."""
    wide = drawing.layout.size.width
    if drawing.heads:
        return Part(top, bottom, 0, wide)
    reached = [*_sides_of_boxes(drawing, top, bottom), *_sides_of_ways(drawing, top, bottom)]
    left, right = min(reached) - _MARGIN, max(reached) + _MARGIN
    return Part(top, bottom, max(left, 0), min(right, wide))


def _sides_of_boxes(drawing: Drawing, top: int, bottom: int) -> Iterator[int]:
    for (x, y), size in zip(drawing.layout.boxes, drawing.sizes, strict=True):
        if top <= y <= bottom:
            yield from (x - size.width // 2, x + size.width // 2)


def _sides_of_ways(drawing: Drawing, top: int, bottom: int) -> Iterator[int]:
    for route in drawing.layout.routes:
        for (x, y), (to_x, to_y) in pairwise(route):
            if min(y, to_y) <= bottom and top <= max(y, to_y):
                yield from (x, to_x)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: the kinds of its box and of itself, and where it stands.

    `x` is where it begins, or its middle; `y` is what its letters stand on. All are in pixels from
    the corner of the part.
    """

    box: str
    kind: str
    says: str
    x: int
    y: int
    size: int


def texts(drawing: Drawing, part: Part) -> Iterator[Line]:
    """Every line of text in a part, with the heads of the lanes."""
    for lane, head in drawing.heads.items():
        yield from _lines("", head, drawing.layout.lanes[lane][0] + PAD, ABOVE)
    for number in boxes_in(drawing, part):
        for text, x, top in placed(drawing, number):
            box = drawing.chart.boxes[number]
            yield from _lines(box.kind, text, x - part.left, top + drawing.down - part.top)


def _lines(box: str, text: Text, x: int, top: int) -> Iterator[Line]:
    for number, line in enumerate(text.lines):
        y = top + text.type.size + number * text.type.step
        yield Line(box, text.kind, line.strip(), x, y, text.type.size)


def boxes_in(drawing: Drawing, part: Part) -> Iterator[int]:
    """The numbers of the boxes that stand in a part."""
    for number, (_, y) in enumerate(drawing.layout.boxes):
        if part.top <= y <= part.bottom:
            yield number


def _gaps(drawing: Drawing) -> Iterator[int]:
    """The middle of every height without a box, but for where answers would lose their question."""
    spans = sorted(
        (y - size.height // 2, y + size.height // 2, box.kind == "answer")
        for (_, y), size, box in zip(
            drawing.layout.boxes, drawing.sizes, drawing.chart.boxes, strict=True
        )
    )
    reached = spans[0][1]
    for top, bottom, answers in spans[1:]:
        if top > reached and not answers:
            yield (reached + top) // 2
        reached = max(reached, bottom)
