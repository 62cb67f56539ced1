"""The files that were read, by their paths."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from functools import lru_cache

from sopwith.source.parse import Source, parse

# So many that all problems of one file are told with one more look at it.
_AT_HAND = 32


class Sources(MutableMapping[str, Source]):
    """Sources by path. Only their texts are kept; data and places are read out of them again.

    Ten thousand clients' files are thirty megabytes of text and ten times as much of data and
    places, which are asked for where something is wrong.
    """

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def __getitem__(self, path: str) -> Source:
        return _read(path, self._texts[path])

    def __setitem__(self, path: str, source: Source) -> None:
        self._texts[path] = source.text

    def __delitem__(self, path: str) -> None:
        del self._texts[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, path: str) -> str:
        """The text of a file."""
        return self._texts[path]

    def take(self, path: str, other: Sources) -> None:
        """Take over a file as others have it."""
        self._texts[path] = other._texts[path]

    def copy(self) -> Sources:
        """The same sources, to change on their own."""
        other = Sources()
        other._texts.update(self._texts)
        return other


@lru_cache(maxsize=_AT_HAND)
def _read(path: str, text: str) -> Source:
    source, faults = parse(path, text.encode())
    if source is None:
        raise ValueError(f"{path} could be read before: {faults}")
    return source
