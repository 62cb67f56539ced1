"""The flow diagrams of the book: in parts as tall as a page, letters large enough to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from sopwith.model import Sop
from sopwith.outputs.handbook.book.desk import Data
from sopwith.outputs.handbook.diagram import Drawing, Part, diagram, draw_part, parts, texts
from sopwith.outputs.handbook.flow import flow
from sopwith.outputs.handbook.pen import Pen

# The smallest letters of a drawing, 11 pixels, are 6.8 points on paper: 6.5 can still be read.
_POINTS = 0.62
"""How many points a pixel of a drawing takes."""
_TALL = 970
"""Pixels: with the heading above, on a page of either paper."""
_WIDE = 499
_GAP = 17
"""Points: the width of the text on A4, which is the narrower, and from one part to the next."""


@dataclass(frozen=True, slots=True)
class PrintedFlow:
    """A flow diagram as the template arranges it, and the files it shows, by their paths."""

    data: Data
    files: Mapping[str, str]


def printed_flow(pen: Pen, sop: Sop, style: str) -> PrintedFlow:
    """Draw an SOP for print; one that has no room there has no parts.

    The texts stay out of the drawings, since Typst sets them for every script, and an SVG's not.
    """
    found = diagram(pen, sop, flow(sop))
    cut = parts(found.drawing, _TALL)
    if any(part.width * _POINTS > _WIDE for part in cut):
        cut = ()
    paths = [f"flow/{sop.id}-{number}.svg" for number, _ in enumerate(cut, 1)]
    data = {
        "rows": [*_rows(found.drawing, cut, paths)],
        "points": _POINTS,
        "gap": _GAP,
        "described": f"{found.name}. {found.described}",
        "key": found.key,
    }
    drawn = (draw_part(found.drawing, part, style) for part in cut)
    return PrintedFlow(data, dict(zip(paths, drawn, strict=True)))


def _rows(drawing: Drawing, cut: Sequence[Part], paths: Sequence[str]) -> Iterator[list[Data]]:
    """As many parts side by side as there is room for."""
    row: list[Data] = []
    left = float(_WIDE)
    for part, path in zip(cut, paths, strict=True):
        wide = part.width * _POINTS
        if row and wide > left:
            yield row
            row, left = [], float(_WIDE)
        lines = [asdict(line) for line in texts(drawing, part)]
        row.append({"path": path, "width": wide, "lines": lines})
        left -= wide + _GAP
    if row:
        yield row
