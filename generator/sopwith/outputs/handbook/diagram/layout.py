"""Where each box and each way goes: found by graphlay, in strict lanes from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import graphlay

Point = tuple[int, int]
Route = tuple[Point, ...]
"""The corners of a way, from its source to its target."""

_MARGIN = 10
_PRESET = "process_map"
_OPTIONS = {
    "order": {"group_lanes": "strict"},
    "spacing": {"layer_gap": 24, "node_gap": 12, "dummy_gap": 12},
    "compaction": {"mode": "priority"},
}


@dataclass(frozen=True, slots=True)
class Size:
    """What something takes up, in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Link:
    """A way between two boxes, by their numbers; one that leads `back` is drawn upwards."""

    source: int
    target: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The middle of each box, the corners of each way, and both sides of each lane."""

    size: Size
    boxes: tuple[Point, ...]
    routes: tuple[Route, ...]
    lanes: Mapping[int, tuple[int, int]]


# The same shape comes again: in procedures that are alike, and in each round of `sopwith serve`.
@lru_cache(maxsize=2048)
def lay_out(boxes: tuple[tuple[Size, int], ...], links: tuple[Link, ...]) -> Layout:
    """Place boxes, each in the lane of that number counted from the left, and the ways between."""
    graph = graphlay.Graph()
    for size, lane in boxes:
        graph.node(width=size.width, height=size.height, group=lane)
    for link in links:
        # A way back is laid like one down, so that the engine never turns another one instead.
        graph.edge(*((link.target, link.source) if link.back else (link.source, link.target)))
    found = graphlay.layout(graph, preset=_PRESET, options=_OPTIONS).to_dict()
    lanes = {lane["group"]: _sides(lane["rect"]) for lane in found["lanes"]}
    if sorted(lanes, key=lanes.__getitem__) != sorted(lanes):
        # The engine orders lanes as it suits the ways; readers look for who comes next.
        shifts = _shifts(lanes)
        for node, place in zip(graph.nodes, found["nodes"], strict=True):
            x, y = place["center"]["x"] + shifts[node["group"]], place["center"]["y"]
            node["position"] = {"x": x, "y": y}
        found = graphlay.reroute(graph, preset=_PRESET, options=_OPTIONS).to_dict()
        lanes = {lane: (lanes[lane][0] + by, lanes[lane][1] + by) for lane, by in shifts.items()}
    return _placed(found, lanes, links)


def _sides(rect: Mapping[str, Mapping[str, float]]) -> tuple[float, float]:
    return rect["min"]["x"], rect["max"]["x"]


def _shifts(lanes: Mapping[int, tuple[float, float]]) -> dict[int, float]:
    """How far each lane has to move for them to stand in their order."""
    shifts, end = {}, 0.0
    for lane, (left, right) in sorted(lanes.items()):
        shifts[lane] = end - left
        end += right - left
    return shifts


def _placed(
    found: Mapping[str, Any], lanes: Mapping[int, tuple[float, float]], links: Iterable[Link]
) -> Layout:
    """Everything counted in whole pixels from the left and the top."""
    first, last = min(lanes.values())[0], max(lanes.values())[1]
    # A way may go around the outermost lane: it is as wide as that.
    least, most = found["bounds"]["min"], found["bounds"]["max"]
    left, right = min(first, least["x"] - _MARGIN), max(last, most["x"] + _MARGIN)

    def point(at: Mapping[str, float]) -> Point:
        return round(at["x"] - left), round(at["y"] - least["y"]) + _MARGIN

    def route(edge: Mapping[str, Any], link: Link) -> Route:
        corners = tuple(map(point, edge["points"]))
        return corners[::-1] if link.back else corners

    outer = {first: left, last: right}
    return Layout(
        Size(round(right - left), round(most["y"] - least["y"]) + 2 * _MARGIN),
        tuple(point(node["center"]) for node in found["nodes"]),
        tuple(map(route, found["edges"], links)),
        {
            lane: (round(outer.get(one, one) - left), round(outer.get(other, other) - left))
            for lane, (one, other) in lanes.items()
        },
    )
