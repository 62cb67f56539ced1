"""Lines for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

_WIDTH = 79


def flow(text: str, first: str = "") -> Iterator[str]:
    """Break a text into lines, the first with `first` before it; addresses stay in one piece."""
    yield from textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_on_hyphens=False,
        break_long_words=False,
    )


def block(heading: str, points: Iterable[str]) -> Iterator[str]:
    """A heading and a list below it, or nothing where there is nothing to list."""
    found = list(points)
    if found:
        yield from ("", f"  {heading}")
        for point in found:
            yield from flow(point, "    - ")
