"""What is wrong, where it stands, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Route = tuple[str | int, ...]
Severity = Literal["error", "warning"]


class Spot(NamedTuple):
    """Speak of a part of a file by its route through the data; lines come last.

    `path` is relative to the root, with forward slashes. `route` holds keys and list indexes, as
    in `("phases", 2, "steps", 0, "due")`; with `key` the name of that part is meant, not its
    value. `part` narrows a piece of text to the first place where it holds that wording.
    """

    path: str
    route: Route = ()
    part: str = ""
    key: bool = False

    def __truediv__(self, step: str | int) -> Spot:
        return Spot(self.path, (*self.route, step))

    def holding(self, part: str) -> Spot:
        """Point at `part` inside this piece of text."""
        return Spot(self.path, self.route, part)

    def name(self) -> Spot:
        """Point at the key of this part instead of its value."""
        return Spot(self.path, self.route, key=True)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position a person can go to: path, line and column, both counted from 1 in characters."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a code with a page of its own, a sentence, and a way to mend it.

    Two problems are the same when code, message and spot are; `place` is filled in when the
    problem is about to be shown.
    """

    spot: Spot
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    place: Place | None = field(default=None, compare=False)

    @property
    def is_error(self) -> bool:
        """Say whether this keeps the files that read it from being built."""
        return self.severity == "error"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` was most likely meant to be, or None."""
    words = sorted(set(known))
    by_lower = {name.lower(): name for name in words}
    if word.lower() in by_lower:
        return by_lower[word.lower()]
    found = difflib.get_close_matches(word.lower(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, or a few of the words there are."""
    words = sorted(set(known))
    best = nearest(word, words)
    return f'did you mean "{best}"?' if best else some_of(words)


def some_of(words: Sequence[str]) -> str:
    """Return a hint that names the first of the words there are."""
    if not words:
        return "there are none yet"
    # To hide one or two takes as long as to show them.
    first = words[:8] if len(words) > 10 else words
    more = f", and {len(words) - len(first)} more" if len(words) > len(first) else ""
    return f"known: {', '.join(first)}{more}"
