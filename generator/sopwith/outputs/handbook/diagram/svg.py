"""A drawing as SVG: text stays text, every step is a link, and the colors are the page's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from sopwith.outputs.handbook.diagram.boxes import Box, Kind
from sopwith.outputs.handbook.diagram.drawing import (
    APART,
    PAD,
    ROUND,
    SMALL,
    Drawing,
    Text,
    height,
)
from sopwith.outputs.handbook.diagram.layout import Point, Size
from sopwith.outputs.handbook.diagram.ways import lines, tips

_CUT = 8
"""How far the sides of a question stick out."""


def draw(drawing: Drawing, name: str, says: str) -> str:
    """Write a drawing, each part of it on a line of its own and none of them blank.

    `name` and `says` stand for the drawing where it is not seen.
    """
    return "\n".join(
        [
            *_opening(drawing.size, name, says),
            *_lanes(drawing),
            f'<g transform="translate(0 {drawing.down})">',
            *_ways(drawing),
            *map(_box, drawing.chart.boxes, drawing.texts, drawing.sizes, drawing.layout.boxes),
            "</g></svg>",
        ]
    )


def _opening(size: Size, name: str, says: str) -> Iterator[str]:
    wide, high = size.width, size.height
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" role="group" aria-labelledby="sop--flow-name" '
        'aria-describedby="sop--flow-says">'
    )
    yield f'<title id="sop--flow-name">{escape(name)}</title>'
    yield f'<desc id="sop--flow-says">{escape(says)}</desc>'


def _write(text: Text, x: int, top: int) -> str:
    """Lines of text, with a space between them where they are copied."""
    first = top + text.type.size
    spans = (
        f'<tspan x="{x}" y="{first + number * text.type.step}">{escape(line)}</tspan>'
        for number, line in enumerate(text.lines)
    )
    written = f'<text class="{text.kind}">{" ".join(spans)}</text>'
    return f'<a href="{escape(text.href)}">{written}</a>' if text.href else written


# Lanes and ways -------------------------------------------------------------------------------


def _lanes(drawing: Drawing) -> Iterator[str]:
    for number, (lane, head) in enumerate(drawing.heads.items()):
        left, right = drawing.layout.lanes[lane]
        kind = "lane shade" if number % 2 else "lane"
        high = drawing.size.height
        yield f'<rect class="{kind}" x="{left}" width="{right - left}" height="{high}"/>'
        yield _write(head, left + PAD, SMALL.step // 2)


def _ways(drawing: Drawing) -> Iterator[str]:
    chart = drawing.chart
    found = list(zip(chart.arrows, drawing.layout.routes, strict=True))
    for kind, back in (("way", False), ("way back", True)):
        path = lines(route for arrow, route in found if arrow.back == back)
        if path:
            yield f'<path class="{kind}" d="{path}"/>'
    ends = (route for arrow, route in found if chart.boxes[arrow.target].kind != "answer")
    yield f'<path class="tips" d="{tips(ends)}"/>'


# Boxes ----------------------------------------------------------------------------------------


def _box(box: Box, texts: Sequence[Text], size: Size, middle: Point) -> str:
    left, top = middle[0] - size.width // 2, middle[1] - size.height // 2
    x = middle[0] if box.kind in ROUND else left + PAD
    at = top + (size.height - height(texts)) // 2
    inside, beside = _outline(box.kind, size, left, top), ""
    for text in texts:
        written = _write(text, x, at)
        # A link cannot hold another.
        inside, beside = (inside, beside + written) if text.href else (inside + written, beside)
        at += text.height + APART
    kind = f"box {box.kind}{' optional' if box.optional else ''}"
    if box.href:
        return f'<a class="{kind}" href="{escape(box.href)}">{inside}</a>{beside}'
    return f'<g class="{kind}">{inside}</g>{beside}'


def _outline(kind: Kind, size: Size, left: int, top: int) -> str:
    wide, high = size.width, size.height
    if kind == "answer":
        return ""
    if kind == "question":
        half, flat = f"{high / 2:g}", wide - 2 * _CUT
        return (
            f'<path d="M{left + _CUT} {top}h{flat}l{_CUT} {half}l-{_CUT} {half}h-{flat}'
            f'l-{_CUT} -{half}z"/>'
        )
    bend = min(high // 2, 16) if kind in ROUND else 4
    rect = f'<rect x="{left}" y="{top}" width="{wide}" height="{high}" rx="{bend}"/>'
    sides = f'<path d="M{left + 5} {top}v{high}m{wide - 10} 0v-{high}"/>'
    return rect + sides if kind == "run" else rect
