"""The glossary: every word that we explain, and what it means where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.markup import NOTHING, Md, flat, line
from sopwith.outputs.handbook.pen import Pen
from sopwith.outputs.handbook.sheet import Section, Sheet, draw
from sopwith.outputs.handbook.terms import Word
from sopwith.places import GLOSSARY


@dataclass(frozen=True, slots=True)
class WordView:
    """A word: its anchor, and each meaning with the SOP that gives it, if not the firm does."""

    anchor: str
    term: Md
    meanings: tuple[tuple[Md, Md], ...]


def glossary(edition: Edition) -> Sheet | Section:
    """The page of all words; an empty section where nothing is explained."""
    pen = Pen(edition, GLOSSARY)
    view = tuple(
        WordView(
            anchor,
            line(found[0][0].term),
            tuple((flat(word.means), pen.sop(sop) if sop else NOTHING) for word, sop in found),
        )
        for anchor, found in _by_anchor(edition)
    )
    if not view:
        return Section("Glossary", ())
    return draw(
        edition,
        "glossary",
        GLOSSARY,
        title="Glossary",
        description="The words we use, and what we mean by them.",
        view=view,
        boost=2,
    )


def _by_anchor(edition: Edition) -> Iterator[tuple[str, list[tuple[Word, str]]]]:
    """Each place in the glossary with its words and their SOPs, by the alphabet.

    A word that an SOP explains as the firm does is told once.
    """
    ours = set(edition.words.get("", ()))
    words = [
        (word, sop)
        for sop, found in edition.words.items()
        for word in found
        if not sop or word not in ours
    ]
    words.sort(key=lambda pair: pair[0].anchor)
    for anchor, found in groupby(words, key=lambda pair: pair[0].anchor):
        yield anchor, list(found)
