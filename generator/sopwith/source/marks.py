"""A text that could be read -> where each part of it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import yaml


class Mark(NamedTuple):
    """Where a part stands, as indexes into the text; `key` is `start` where it has no key.

    `style` is how a text is quoted: "'", '"', "|", ">", or empty.
    """

    key: int
    start: int
    end: int
    style: str
    parts: Parts


Parts = Mapping[str | int, Mark]
_NONE: Parts = {}


def marks(text: str) -> Mark:
    """The mark of the whole file, and below it those of its parts.

    The text is one that nothing is wrong with: it was judged before it is composed here.
    """
    return Mark(0, 0, 0, "", _parts(yaml.CBaseLoader(text).get_single_node()))


def _parts(node: yaml.Node | None) -> Parts:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _mark(value, key) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return {number: _mark(item, item) for number, item in enumerate(node.value)}
    return _NONE


def _mark(node: yaml.Node, key: yaml.Node) -> Mark:
    style = (node.style or "") if isinstance(node, yaml.ScalarNode) else ""
    begins, start, end = key.start_mark, node.start_mark, node.end_mark
    return Mark(begins.index, start.index, end.index, style, _parts(node))
