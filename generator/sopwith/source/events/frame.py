"""What a file can hold, and what is open while it is read."""

from __future__ import annotations

from typing import Any

Data = dict[str, "Data"] | list["Data"] | str | bool
"""All that a file can hold: maps with text keys, lists, text, and true or false."""


class Frame:
    """A list or map that is still open; `keys` says where each key of a map stands."""

    __slots__ = (
        "begins_another",
        "data",
        "flow",
        "is_map",
        "key",
        "key_at",
        "key_end",
        "keys",
        "start",
    )

    def __init__(self, data: Any, start: int, flow: bool) -> None:
        self.data = data
        self.is_map = isinstance(data, dict)
        self.start = start
        self.flow = flow
        self.keys: dict[str, int] = {}
        self.key: str | None = None
        self.key_at = self.key_end = 0
        self.begins_another = False

    @property
    def step(self) -> str | int:
        """The step of the route that leads to the part which is read next."""
        return len(self.data) if self.key is None else self.key
