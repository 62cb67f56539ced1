"""How far two texts say the same: a guess by their words, told together with its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import Literal

Likeness = Literal["same", "reworded", "turned", "rewritten"]

_WORD = re.compile(r"[\w%$€£]+(?:['’.,:-]\w+)*")
_SMALL_WORDS = """
a an and are as at be by for from has have her his if in into is it its of on or our so that the
their them they this to up us was we who will with you your
"""
_SMALL = frozenset(_SMALL_WORDS.split())
# One of these more or less, and the sentence asks for something else.
_TURNING_WORDS = """
no not never nobody nothing none neither nor cannot without only unless except instead always
sometimes must may should before after until every each all any both either first last
one two three four five six seven eight nine ten eleven twelve once twice half
hour hours day days week weeks month months quarter quarters year years
daily weekly monthly quarterly yearly today tomorrow
monday tuesday wednesday thursday friday saturday sunday
"""
_TURNING = frozenset(_TURNING_WORDS.split())
_ENOUGH = 0.5
_AROUND = 3
_LONG = 24


def likeness(was: str, now: str) -> tuple[Likeness, str]:
    """Say how alike two texts are; one that is `turned` comes with the word that turns it."""
    before, after = _words(was), _words(now)
    if before == after:
        return "same", ""
    if share(was, now) < _ENOUGH:
        return "rewritten", ""
    for word in _other(before, after):
        if word in _TURNING or word.endswith(("n't", "n’t")) or any(map(str.isdigit, word)):
            return "turned", word
    return "reworded", ""


def says_more(word: str, was: str, now: str) -> bool:
    """Say whether a text has a word, in small letters, more often than it had."""
    return _words(now).count(word) > _words(was).count(word)


def share(was: str, now: str) -> float:
    """How much two texts have in common, from 0 to 1, by the words that carry meaning."""
    before = [word for word in _words(was) if word not in _SMALL]
    after = [word for word in _words(now) if word not in _SMALL]
    return SequenceMatcher(None, before, after, autojunk=False).ratio()


def paired(
    was: Sequence[str], now: Sequence[str]
) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Match the entries of a list: those that are new, those that are gone, those reworded."""
    gone = list((Counter(was) - Counter(now)).elements())
    new: list[str] = []
    reworded: list[tuple[str, str]] = []
    for entry in (Counter(now) - Counter(was)).elements():
        likest = max(gone, key=partial(share, now=entry), default="")
        if likest and share(likest, entry) >= _ENOUGH:
            gone.remove(likest)
            reworded.append((likest, entry))
        else:
            new.append(entry)
    return new, gone, reworded


def excerpts(was: str, now: str) -> tuple[str, str]:
    """Both texts, without what they begin and end with alike but for a few words around."""
    before, after = was.split(), now.split()
    most = min(len(before), len(after))
    head = next((n for n in range(most) if before[n] != after[n]), most)
    rest = most - head
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    return _cut(before, head, tail), _cut(after, head, tail)


def _cut(words: Sequence[str], head: int, tail: int) -> str:
    start, end = max(head - _AROUND, 0), min(len(words) - tail + _AROUND, len(words))
    shown = [*words[start:end]]
    if len(shown) > _LONG:
        shown = [*shown[: _LONG // 2], "...", *shown[-_LONG // 2 :]]
    return " ".join([*(["..."] if start else []), *shown, *(["..."] if end < len(words) else [])])


def _words(text: str) -> list[str]:
    return [found.casefold() for found in _WORD.findall(text)]


def _other(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """The words that only one of two texts has, or has more often."""
    yield from Counter(after) - Counter(before)
    yield from Counter(before) - Counter(after)
