"""Ways as SVG paths: lines with rounded corners, and the heads of arrows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from sopwith.outputs.handbook.diagram.layout import Point, Route

_BEND = 6
_TIP = 4


def lines(routes: Iterable[Route]) -> str:
    """The lines of some ways, as one path."""
    return "".join(map(_line, routes))


def tips(routes: Iterable[Route]) -> str:
    """The heads at the ends of some ways, as one path."""
    return "".join(map(_tip, routes))


def _line(route: Route) -> str:
    return f"M{_at(route[0])}{''.join(_bends(route))}L{_at(route[-1])}"


def _bends(route: Route) -> Iterator[str]:
    for (before, corner), (_, after) in pairwise(pairwise(route)):
        yield f"L{_at(_towards(corner, before))}Q{_at(corner)} {_at(_towards(corner, after))}"


def _towards(corner: Point, other: Point) -> Point:
    """A little way from a corner along one of its sides, at most half of it."""
    far = _far(corner, other)
    part = min(_BEND, far // 2) / far
    x, y = (round(here + (there - here) * part) for here, there in zip(corner, other, strict=True))
    return x, y


def _tip(route: Route) -> str:
    """A triangle: all ways run along or across, so its corners lie on whole pixels."""
    before, (x, y) = route[-2:]
    far = _far(before, (x, y))
    right, down = (x - before[0]) // far * _TIP, (y - before[1]) // far * _TIP
    back = x - 2 * right, y - 2 * down
    sides = (back[0] + down, back[1] + right), (back[0] - down, back[1] - right)
    return f"M{_at((x, y))}L{_at(sides[0])}L{_at(sides[1])}z"


def _far(one: Point, other: Point) -> int:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]), 1)


def _at(point: Point) -> str:
    return f"{point[0]} {point[1]}"
