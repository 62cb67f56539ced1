"""A drawing as SVG: text stays text, every step is a link, and the colors are the page's own."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from sopwith.outputs.handbook.diagram.boxes import Box
from sopwith.outputs.handbook.diagram.drawing import (
    ABOVE,
    PAD,
    ROUND,
    Drawing,
    Text,
    placed,
)
from sopwith.outputs.handbook.diagram.layout import Size
from sopwith.outputs.handbook.diagram.parts import Part, boxes_in
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
            *_lanes(drawing, drawing.size.height),
            *_heads(drawing),
            f'<g transform="translate(0 {drawing.down})">',
            *_ways(drawing, 0, drawing.layout.size.height),
            *(_box(drawing, number) for number in range(len(drawing.sizes))),
            "</g></svg>",
        ]
    )


def draw_part(drawing: Drawing, part: Part, style: str) -> str:
    """Write a part of a drawing by itself: all but the texts, with its own `style`."""
    wide, high, down = part.width, part.bottom - part.top, drawing.down
    view = f"{part.left} {part.top} {wide} {high}"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high + down}">',
            f"<style>{style}</style>",
            *_lanes(drawing, high + down),
            f'<svg y="{down}" width="{wide}" height="{high}" viewBox="{view}">',
            *_ways(drawing, part.top, part.bottom),
            *(
                f'<g class="{_class(drawing.chart.boxes[number])}">{_outline(drawing, number)}</g>'
                for number in boxes_in(drawing, part)
            ),
            "</svg></svg>",
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


def _lanes(drawing: Drawing, high: int) -> Iterator[str]:
    for number, lane in enumerate(drawing.heads):
        left, right = drawing.layout.lanes[lane]
        kind = "lane shade" if number % 2 else "lane"
        yield f'<rect class="{kind}" x="{left}" width="{right - left}" height="{high}"/>'


def _heads(drawing: Drawing) -> Iterator[str]:
    for lane, head in drawing.heads.items():
        yield _write(head, drawing.layout.lanes[lane][0] + PAD, ABOVE)


def _ways(drawing: Drawing, top: int, bottom: int) -> Iterator[str]:
    chart = drawing.chart
    found = [
        (arrow, route)
        for arrow, route in zip(chart.arrows, drawing.layout.routes, strict=True)
        if min(y for _, y in route) <= bottom and top <= max(y for _, y in route)
    ]
    for kind, back in (("way", False), ("way back", True)):
        path = lines(route for arrow, route in found if arrow.back == back)
        if path:
            yield f'<path class="{kind}" d="{path}"/>'
    ends = (route for arrow, route in found if chart.boxes[arrow.target].kind != "answer")
    yield f'<path class="tips" d="{tips(ends)}"/>'


# Boxes ----------------------------------------------------------------------------------------


def _box(drawing: Drawing, number: int) -> str:
    box = drawing.chart.boxes[number]
    inside, beside = _outline(drawing, number), ""
    for text, x, top in placed(drawing, number):
        written = _write(text, x, top)
        # A link cannot hold another.
        inside, beside = (inside, beside + written) if text.href else (inside + written, beside)
    if box.href:
        return f'<a class="{_class(box)}" href="{escape(box.href)}">{inside}</a>{beside}'
    return f'<g class="{_class(box)}">{inside}</g>{beside}'


def _class(box: Box) -> str:
    return f"box {box.kind}{' optional' if box.optional else ''}"


def _outline(drawing: Drawing, number: int) -> str:
    kind, (x, y) = drawing.chart.boxes[number].kind, drawing.layout.boxes[number]
    wide, high = drawing.sizes[number].width, drawing.sizes[number].height
    left, top = x - wide // 2, y - high // 2
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
