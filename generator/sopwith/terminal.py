"""Text for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

WIDTH = 79


def flow(
    text: str, first: str = "", then: str | None = None, *, whole: bool = True
) -> Iterator[str]:
    """Break a text into lines, the first with `first` before it, the others with `then`.

    None stands for as much room as `first` takes. Words, addresses above all, stay in one piece;
    where they need not be `whole`, the longest are broken too.
    """
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first) if then is None else then,
        break_on_hyphens=False,
        break_long_words=not whole,
    )
