"""The glossary: every word that we explain, and what it means where."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.markup import Md, flat, line
from sopwith.outputs.handbook.pen import Pen
from sopwith.outputs.handbook.sheet import Section, Sheet, draw
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
            line(words[0].term),
            tuple((flat(word.means), pen.sop(word.sop) if word.sop else Md("")) for word in words),
        )
        for anchor, found in groupby(edition.words, key=lambda word: word.anchor)
        if (words := tuple(found))
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
        boost=1.5,
    )
