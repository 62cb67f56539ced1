"""Paragraphs and lists for a terminal of 80 columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sopwith import terminal

STUCK = "\N{NO-BREAK SPACE}"
"""Between two words that stay on one line; a plain space takes its place in the end."""


def sentence(text: str) -> str:
    """What somebody wrote, ended as a sentence is."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def capital(text: str) -> str:
    """A text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def flow(text: str, first: str = "", then: str | None = None) -> Iterator[str]:
    """Break a text into lines, the first with `first` before it, the others with `then`."""
    plain = re.sub(r"[ \t\r\n]+", " ", text)  # and no other space: STUCK is one too
    yield from terminal.flow(plain, first, then, whole=False)


def section(heading: str, body: Iterable[str]) -> Iterator[str]:
    """A heading and what is under it, or nothing where that is empty."""
    lines = list(body)
    if lines:
        yield from ("", *flow(heading), *lines)


def points(texts: Iterable[str]) -> Iterator[str]:
    """A list of things that stand beside each other."""
    for text in texts:
        yield from flow(text, "  - ")


def steps(texts: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """A numbered list of things that follow from each other, each with lines below it."""
    margin = len(str(len(texts)))
    for number, (text, below) in enumerate(texts, start=1):
        yield from flow(text, f"  {number:{margin}}. ")
        for line in below:
            yield from flow(line, " " * (margin + 4))


def table(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Two columns, the first as wide as it must be."""
    found = list(rows)
    width = max((len(left) for left, _ in found), default=0)
    for left, right in found:
        yield from flow(right, f"  {left:{width}}  ")
