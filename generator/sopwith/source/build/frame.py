"""What a file can hold, where each part of it stands, and what is open while it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

Data = dict[str, "Data"] | list["Data"] | str | bool
"""All that a file can hold: maps with text keys, lists, text, and true or false."""


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
NONE: Parts = {}


class Frame:
    """A list or map that is still open."""

    __slots__ = (
        "begins_another",
        "data",
        "flow",
        "is_map",
        "key",
        "key_at",
        "key_end",
        "parts",
        "start",
    )

    def __init__(self, data: Any, start: int, flow: bool) -> None:
        self.data = data
        self.is_map = isinstance(data, dict)
        self.start = start
        self.flow = flow
        self.parts: dict[str | int, Mark] = {}
        self.key: str | None = None
        self.key_at = self.key_end = 0
        self.begins_another = False

    @property
    def step(self) -> str | int:
        """The step of the route that leads to the part which is read next."""
        return len(self.data) if self.key is None else self.key
