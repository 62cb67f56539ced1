"""A chart with a place for everything: in lanes of roles, or with the role in each box."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sopwith.outputs.handbook.diagram.boxes import Box, Chart, Kind
from sopwith.outputs.handbook.diagram.fit import fit, width
from sopwith.outputs.handbook.diagram.layout import Layout, Link, Size, lay_out

PAD = 12
ABOVE = 7
"""From the top to the heads of the lanes, and below them."""

_APART = 3
"""Between one text of a box and the next."""
_WIDE = 148
_ROOM = _WIDE - 2 * PAD
_COLUMN = 686
"""What the text of a page leaves to a drawing on a screen 1280 pixels wide."""


@dataclass(frozen=True, slots=True)
class Type:
    """The size of letters, which the style sheets know too, and from one line to the next."""

    size: int
    step: int


_LARGE, _SMALL = Type(13, 17), Type(11, 14)


@dataclass(frozen=True, slots=True)
class Text:
    """Lines that belong together, of a class that the style sheets know.

    `href` is where they lead if that is somewhere else than their box.
    """

    kind: str
    lines: tuple[str, ...]
    type: Type
    href: str = ""

    @property
    def height(self) -> int:
        """How tall its lines are together."""
        return len(self.lines) * self.type.step

    @property
    def width(self) -> int:
        """How wide its widest line is."""
        return round(max(width(line, self.type.size) for line in self.lines))


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a chart looks like.

    `texts` and `sizes` are those of its boxes; `heads` stand above the lanes, from left to right,
    `down` pixels above all else. Without lanes there are none.
    """

    chart: Chart
    texts: tuple[tuple[Text, ...], ...]
    sizes: tuple[Size, ...]
    layout: Layout
    heads: Mapping[int, Text]
    down: int

    @property
    def size(self) -> Size:
        """How large it is, with the heads of its lanes."""
        return replace(self.layout.size, height=self.layout.size.height + self.down)


def arrange(chart: Chart, lanes: Mapping[str, str]) -> Drawing:
    """Lay out a chart; `lanes` are the titles of the roles by id.

    Lanes that would not fit on a page side by side are left out. Then a box names its role.
    """
    numbers = {role: number for number, role in enumerate(lanes)}
    drawn = _arranged(chart, {}, numbers)
    if drawn.layout.size.width > _COLUMN:
        return _arranged(chart, lanes, dict.fromkeys(lanes, 0))
    heads = _heads(drawn.layout, list(lanes.values()))
    down = max(head.height for head in heads.values()) + 2 * ABOVE
    return replace(drawn, heads=heads, down=down)


def _arranged(chart: Chart, named: Mapping[str, str], lanes: Mapping[str, int]) -> Drawing:
    texts = tuple(tuple(_texts(box, named.get(box.role, ""))) for box in chart.boxes)
    sizes = tuple(map(_size, chart.boxes, texts))
    found = lay_out(
        tuple((size, lanes[box.role]) for box, size in zip(chart.boxes, sizes, strict=True)),
        tuple(Link(arrow.source, arrow.target, arrow.back) for arrow in chart.arrows),
    )
    return Drawing(chart, texts, sizes, found, {}, 0)


def _heads(found: Layout, titles: Sequence[str]) -> dict[int, Text]:
    return {
        lane: Text("head", fit(titles[lane], right - left - 2 * PAD, _SMALL.size), _SMALL)
        for lane, (left, right) in sorted(found.lanes.items(), key=lambda pair: pair[1])
    }


# Boxes ----------------------------------------------------------------------------------------

ROUND: Mapping[Kind, Size] = {
    "start": Size(2 * PAD, 10),
    "answer": Size(8, 4),
    "end": Size(2 * PAD, 10),
}
"""The room around the text of a box that is as wide as its text; the others are all of a width."""


def _texts(box: Box, role: str) -> Iterator[Text]:
    if role and box.href.startswith("#"):
        yield Text("head", fit(role, _ROOM, _SMALL.size), _SMALL)
    letters = _SMALL if box.kind == "answer" else _LARGE
    yield Text("title", fit(box.title, _ROOM, letters.size), letters)
    for note in box.notes:
        yield Text("fine", fit(note.says, _ROOM, _SMALL.size), _SMALL, note.href)


def _size(box: Box, texts: Sequence[Text]) -> Size:
    high, around = _height(texts), ROUND.get(box.kind)
    if around is None:
        return Size(_WIDE, high + 18)
    return Size(texts[0].width + around.width, high + around.height)


def placed(drawing: Drawing, number: int) -> Iterator[tuple[Text, int, int]]:
    """The texts of a box, each with where it begins (or has its middle) and its top."""
    box, texts, size = drawing.chart.boxes[number], drawing.texts[number], drawing.sizes[number]
    middle, y = drawing.layout.boxes[number]
    x = middle if box.kind in ROUND else middle - size.width // 2 + PAD
    at = y - size.height // 2 + (size.height - _height(texts)) // 2
    for text in texts:
        yield text, x, at
        at += text.height + _APART


def _height(texts: Sequence[Text]) -> int:
    return sum(text.height + _APART for text in texts) - _APART
