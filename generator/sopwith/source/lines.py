"""From a position in a text to the line and column that an editor shows."""

from __future__ import annotations

import re
from bisect import bisect_right

from sopwith.problem import Place

_ENDS = re.compile(r"\r\n|\r|\n")


class Lines:
    """The lines of a text, ended by LF, CR LF or CR."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(end.end() for end in _ENDS.finditer(text))]

    def place(self, path: str, at: int) -> Place:
        """The place of the character at this index; past the end, of the last one that shows."""
        if at >= len(self.text):
            at = max(len(self.text.rstrip()) - 1, 0)
        line = bisect_right(self._starts, at)
        return Place(path, line, at - self._starts[line - 1] + 1)
