"""Lines for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sopwith.terminal import flow


def block(heading: str, points: Iterable[str]) -> Iterator[str]:
    """A heading and a list below it, or nothing where there is nothing to list."""
    found = list(points)
    if found:
        yield from ("", f"  {heading}")
        for point in found:
            yield from flow(point, "    - ")
