"""The words we explain: gathered from the firm and its procedures, found in Markdown of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from sopwith.model import Sop, Term
from sopwith.outputs.handbook.markup import Md, flat, line
from sopwith.places import GLOSSARY, relative


@dataclass(frozen=True, slots=True)
class Word:
    """A word, how it is looked for, its place in the glossary, and what it means."""

    term: str
    low: str
    anchor: str
    means: str


def gather(ours: Iterable[Term], sops: Iterable[Sop]) -> Mapping[str, tuple[Word, ...]]:
    """The words of each SOP that explains any; under no name those that mean the same to us all."""
    found = {"": tuple(ours), **{sop.id: sop.terms for sop in sops if sop.terms}}
    return {sop: tuple(map(_word, terms)) for sop, terms in found.items()}


def _word(term: Term) -> Word:
    return Word(term.term, line(term.term).casefold(), _anchor(term.term), term.means)


def _anchor(term: str) -> str:
    return "-".join(["term-", *re.findall(r"[^\W_]+", term.casefold())])


def explained(text: Md, words: Iterable[Word], met: set[str], here: str) -> Md:
    """Link each word, where it first stands on a page, to the glossary, with its meaning beside.

    `met` holds the anchors of those that were; what is a link, a tag, code or a heading stays.
    """
    low = text.casefold()
    for word in words:
        if word.anchor in met or word.low not in low:
            continue

        def linked(match: re.Match[str], word: Word = word) -> str:
            if match[1] is None or word.anchor in met:
                return match[0]
            met.add(word.anchor)
            means = flat(word.means).replace('"', "&#34;")
            return f'[{match[1]}]({relative(here, GLOSSARY, word.anchor)} "{means}")'

        text = Md(_found(word.term).sub(linked, text))
    return text


_STAYS = r'\[[^\]]*\]\((?:<[^>]*>|"[^"]*"|[^()"])*\)|<[^>]*>|`[^`]*`|^#.*$'


@cache
def _found(term: str) -> re.Pattern[str]:
    """The word by itself or as one of many, and all that must stay as it is."""
    word = re.escape(line(term))
    return re.compile(rf"{_STAYS}|(?<![\w&#])({word}(?:e?s)?)(?!\w)", re.IGNORECASE | re.MULTILINE)
