"""What `git log` prints -> its commits, each with what it says of files."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Our mark before each commit; in the name of a file it would mean nothing.
_ENTRY = re.compile(r"(?:\A|\0)\x01(?=[0-9a-f]{40})")
Entry = tuple[str, list[str]]


def entries_of(log: str) -> Iterator[Entry]:
    """What a log says, with -z and our mark before each commit: its line, and what follows."""
    for entry in _ENTRY.split(log)[1:]:
        head, _, rest = entry.partition("\n")
        yield head.rstrip("\0"), [part.lstrip("\n") for part in rest.split("\0") if part]
