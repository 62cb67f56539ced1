"""What the parser says when it cannot go on."""

from __future__ import annotations

from typing import NamedTuple

from sopwith.source.wording import Last


class Complaint(NamedTuple):
    """What the parser says: what it was doing since `began`, and what it met at `at`.

    `inside` is where the innermost bracket opened that is still open.
    """

    text: str
    doing: str
    met: str
    began: int
    at: int
    last: Last
    inside: int | None

    @property
    def char(self) -> str:
        """The character that was met; empty at the end of the file."""
        return self.text[self.at : self.at + 1]
