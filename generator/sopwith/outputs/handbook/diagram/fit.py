"""Text fitted to a box, without knowing the reader's font: wide enough for any common one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from unicodedata import combining, east_asian_width

_NARROW = frozenset("iljtfrI.,:;'’|!()[]/ ")
_WIDE = frozenset("mwMW@%—…")
_WORD = re.compile(r"\S+?(?:[-/](?=\w)|(?= |$)) ?")
"""Up to where a line may be broken: behind a space, a hyphen or a slash."""


class _Shares(dict[str, float]):
    """The share of the size that a letter takes, found once for each.

    It is that of wide fonts, but for DejaVu Sans, for which a box has room at its sides.
    """

    def __missing__(self, letter: str) -> float:
        if combining(letter):
            share = 0.0
        elif letter in _NARROW:
            share = 0.35
        elif letter in _WIDE or east_asian_width(letter) in "WF":
            share = 0.95
        else:
            share = 0.68 if letter.isupper() else 0.58
        return self.setdefault(letter, share)


_SHARES = _Shares()


def width(text: str, size: float) -> float:
    """How wide a line is, in the unit of the size of its letters."""
    return size * sum(map(_SHARES.__getitem__, text))


def fit(text: str, room: float, size: float) -> tuple[str, ...]:
    """Break text into lines that have room; a word that has none for itself is broken too."""
    lines, line, left = [], "", room
    for word in _WORD.findall(" ".join(text.split())):
        for piece, takes in _pieces(word, room, size):
            if line and takes > left:
                lines.append(line.rstrip())
                line, left = "", room
            line += piece
            left -= width(piece, size)
    return (*lines, line.rstrip())


def _pieces(word: str, room: float, size: float) -> Iterator[tuple[str, float]]:
    """A word, in as many pieces as it takes lines, each with its width."""
    takes = width(word.rstrip(), size)
    while takes > room:
        fits = next(n for n in count(2) if width(word[:n], size) > room) - 1
        yield word[:fits], width(word[:fits], size)
        word = word[fits:]
        takes = width(word.rstrip(), size)
    yield word, takes
