"""The words of a paragraph or a cell: runs, each set as it is to be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from sopwith.office.element import element
from sopwith.text import Break, Emphasis, Inline, Link, Prompt, Strong, Text


@dataclass(frozen=True, slots=True)
class Look:
    """How words are set."""

    bold: bool = False
    italic: bool = False


def put_words(
    paragraph: WordParagraph, inlines: Iterable[Inline], look: Look | None = None
) -> None:
    """Write inlines to the end of a paragraph."""
    for inline in inlines:
        for run in _inline(paragraph, inline, look or Look()):
            paragraph._p.append(run)


def _inline(paragraph: WordParagraph, inline: Inline, look: Look) -> list[Any]:
    """The runs of an inline, not yet in their place."""
    if isinstance(inline, Text):
        return [_run(paragraph, inline.text, look)]
    if isinstance(inline, Prompt):
        return [_run(paragraph, f"[{inline.question}]", look, is_open=True)]
    if isinstance(inline, Break):
        run = Run(element("w:r"), paragraph)
        run.add_break()
        return [run._r]
    inner = Look(
        look.bold or isinstance(inline, Strong), look.italic or isinstance(inline, Emphasis)
    )
    runs = [run for part in inline.inlines for run in _inline(paragraph, part, inner)]
    return [_linked(paragraph, inline, runs)] if isinstance(inline, Link) else runs


def _run(paragraph: WordParagraph, text: str, look: Look, *, is_open: bool = False) -> Any:
    run = Run(element("w:r"), paragraph)
    run.text = text
    run.bold, run.italic = look.bold or None, look.italic or None
    if is_open:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return run._r


def _linked(paragraph: WordParagraph, link: Link, runs: list[Any]) -> Any:
    """Runs that lead somewhere; an address within the handbook leads nowhere from here."""
    made = element("w:hyperlink")
    if link.target.startswith(("http://", "https://", "mailto:")):
        part = paragraph.part
        id_ = part.relate_to(link.target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        made.set(qn("r:id"), id_)
        for run in runs:
            font = Run(run, paragraph).font
            font.underline, font.color.rgb = True, RGBColor(0x05, 0x63, 0xC1)
    for run in runs:
        made.append(run)
    return made
