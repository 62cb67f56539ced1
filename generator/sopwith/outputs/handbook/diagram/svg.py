"""A chart as SVG: text stays text, every step is a link, and the colors are the page's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from sopwith.outputs.handbook.diagram.boxes import Box, Chart, Kind
from sopwith.outputs.handbook.diagram.fit import fit, width
from sopwith.outputs.handbook.diagram.layout import Layout, Link, Point, Route, Size, lay_out
from sopwith.outputs.handbook.diagram.ways import lines, tips

_WIDE, _PAD = 160, 12
_ROOM = _WIDE - 2 * _PAD
_APART = 3
_CUT = 8
"""How far the sides of a question stick out."""


@dataclass(frozen=True, slots=True)
class _Type:
    """The size of letters, which handbook.css knows too, and from one line to the next."""

    size: int
    step: int


_LARGE, _SMALL = _Type(13, 17), _Type(11, 14)


@dataclass(frozen=True, slots=True)
class _Text:
    """Lines that belong together; `href` where they lead somewhere else than their box."""

    lines: tuple[str, ...]
    type: _Type
    href: str = ""

    @property
    def height(self) -> int:
        return len(self.lines) * self.type.step

    @property
    def width(self) -> int:
        return round(max(width(line, self.type.size) for line in self.lines))


def draw(chart: Chart, lanes: Mapping[str, str], name: str, says: str) -> str:
    """Draw a chart, each part of the drawing on a line of its own and none of them blank.

    `lanes` are the titles of the roles by id; `name` and `says` stand for the drawing where it is
    not seen.
    """
    numbers = {role: number for number, role in enumerate(lanes)}
    texts = [tuple(_texts(box)) for box in chart.boxes]
    sizes = list(map(_size, chart.boxes, texts))
    found = lay_out(
        tuple((size, numbers[box.role]) for box, size in zip(chart.boxes, sizes, strict=True)),
        tuple(Link(arrow.source, arrow.target, arrow.back) for arrow in chart.arrows),
    )
    heads = _heads(found, list(lanes.values()))
    down = max(head.height for head in heads.values()) + _SMALL.step
    return "\n".join(
        [
            *_opening(Size(found.size.width, found.size.height + down), name, says),
            *_lanes(found, heads, found.size.height + down),
            f'<g transform="translate(0 {down})">',
            *_ways(chart, found.routes),
            *map(_box, chart.boxes, texts, sizes, found.boxes),
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


# Text -----------------------------------------------------------------------------------------


def _texts(box: Box) -> Iterator[_Text]:
    letters = _SMALL if box.kind == "answer" else _LARGE
    yield _Text(fit(box.title, _ROOM, letters.size), letters)
    for note in box.notes:
        yield _Text(fit(note.says, _ROOM, _SMALL.size), _SMALL, note.href)


def _write(text: _Text, x: int, top: int, kind: str) -> str:
    """Lines of text, with a space between them where they are copied."""
    first = top + text.type.size
    spans = (
        f'<tspan x="{x}" y="{first + number * text.type.step}">{escape(line)}</tspan>'
        for number, line in enumerate(text.lines)
    )
    written = f'<text class="{kind}">{" ".join(spans)}</text>'
    return f'<a href="{escape(text.href)}">{written}</a>' if text.href else written


# Lanes and ways -------------------------------------------------------------------------------


def _heads(found: Layout, titles: Sequence[str]) -> dict[int, _Text]:
    """The title above each lane, from left to right."""
    return {
        lane: _Text(fit(titles[lane], right - left - 2 * _PAD, _SMALL.size), _SMALL)
        for lane, (left, right) in sorted(found.lanes.items(), key=lambda pair: pair[1])
    }


def _lanes(found: Layout, heads: Mapping[int, _Text], high: int) -> Iterator[str]:
    for number, (lane, head) in enumerate(heads.items()):
        left, right = found.lanes[lane]
        kind = "lane shade" if number % 2 else "lane"
        yield f'<rect class="{kind}" x="{left}" width="{right - left}" height="{high}"/>'
        yield _write(head, left + _PAD, _SMALL.step // 2, "head")


def _ways(chart: Chart, routes: Sequence[Route]) -> Iterator[str]:
    found = list(zip(chart.arrows, routes, strict=True))
    for kind, back in (("way", False), ("way back", True)):
        path = lines(route for arrow, route in found if arrow.back == back)
        if path:
            yield f'<path class="{kind}" d="{path}"/>'
    ends = (route for arrow, route in found if chart.boxes[arrow.target].kind != "answer")
    yield f'<path class="tips" d="{tips(ends)}"/>'


# Boxes ----------------------------------------------------------------------------------------

_AROUND: Mapping[Kind, Size] = {
    "start": Size(2 * _PAD, 10),
    "answer": Size(8, 4),
    "end": Size(2 * _PAD, 10),
}
"""The room around the text of a box that is as wide as its text; the others are all of a width."""


def _size(box: Box, texts: Sequence[_Text]) -> Size:
    high, around = _height(texts), _AROUND.get(box.kind)
    if around is None:
        return Size(_WIDE, high + 18)
    return Size(texts[0].width + around.width, high + around.height)


def _box(box: Box, texts: Sequence[_Text], size: Size, middle: Point) -> str:
    left, top = middle[0] - size.width // 2, middle[1] - size.height // 2
    x = middle[0] if box.kind in _AROUND else left + _PAD
    at = top + (size.height - _height(texts)) // 2
    inside, beside = _outline(box.kind, size, left, top), ""
    for text in texts:
        written = _write(text, x, at, "title" if text is texts[0] else "fine")
        # A link cannot hold another.
        inside, beside = (inside, beside + written) if text.href else (inside + written, beside)
        at += text.height + _APART
    kind = f"box {box.kind}{' optional' if box.optional else ''}"
    if box.href:
        return f'<a class="{kind}" href="{escape(box.href)}">{inside}</a>{beside}'
    return f'<g class="{kind}">{inside}</g>{beside}'


def _height(texts: Sequence[_Text]) -> int:
    return sum(text.height + _APART for text in texts) - _APART


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
    bend = min(high // 2, 16) if kind in _AROUND else 4
    rect = f'<rect x="{left}" y="{top}" width="{wide}" height="{high}" rx="{bend}"/>'
    sides = f'<path d="M{left + 5} {top}v{high}m{wide - 10} 0v-{high}"/>'
    return rect + sides if kind == "run" else rect
