"""A text as a Word file (Office Open XML), for people to go on writing in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sopwith.text import Block

__all__ = ["Letterhead", "docx"]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands around a text, on every page, and what paper it is for.

    `locale` is the language that a spelling checker takes it to be in, as `en-US`; `today` the
    day the file says it was made on. `draft` says what still keeps it from going out, on a line
    that whoever finishes it takes away.
    """

    title: str
    company: str
    foot: str
    paper: Literal["letter", "a4"]
    locale: str
    today: date
    draft: str = ""


def docx(blocks: Sequence[Block], head: Letterhead) -> bytes:
    """Write a text as a .docx file; the same text gives the same bytes.

    Headings are headings to Word, lists lists and the heads of tables repeat on each page. A
    question that is still open is marked in yellow, in square brackets.
    """
    # The library takes a tenth of a second to load, which other commands need not spend.
    from sopwith.office.write import write

    return write(blocks, head)
