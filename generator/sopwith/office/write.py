"""The whole file: its styles, its pages, and how it is packed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

from sopwith.office import Letterhead
from sopwith.office.body import Body
from sopwith.office.element import element
from sopwith.text import Block, Paragraph, Prompt, Strong

# Word has it; elsewhere one of the same widths, Carlito, takes its place.
_FONT = "Calibri"
_SIZES = {1: 20, 2: 14, 3: 12, 4: 11, 5: 11, 6: 11}
_QUIET = RGBColor(0x4D, 0x4D, 0x4D)
_PAPERS = {"letter": (Mm(215.9), Mm(279.4)), "a4": (Mm(210), Mm(297))}
_SIDE, _TOP = Mm(22), Mm(21)
_UNUSED = ("/thumbnail", "/stylesWithEffects")
# What Word takes of a title, or of an author, in what it tells of a file.
_ROOM = 255
# The oldest day that a zip file can say: no clock gets into the file.
_ALWAYS = (1980, 1, 1, 0, 0, 0)


def write(blocks: Sequence[Block], head: Letterhead) -> bytes:
    """Write a text as a .docx file."""
    made = docx.Document()
    _stripped(made)
    width = _page(made, head)
    _styles(made, head.locale)
    _around(made, head, width)
    body = Body(made, width)
    if head.draft:
        body.write([Paragraph((Strong((Prompt(head.draft),)),))])
    body.write(blocks)
    told, day = made.core_properties, datetime.combine(head.today, time())
    company = head.company[:_ROOM]
    told.title, told.author, told.last_modified_by = head.title[:_ROOM], company, company
    told.created = told.modified = day
    told.comments, told.language, told.revision = "", head.locale, 1
    packed = BytesIO()
    made.save(packed)
    return _timeless(packed)


def _stripped(made: Document) -> None:
    """Take out what the library's own template brings along: a picture, styles for Word 2010."""
    for rels in (made.part.package.rels, made.part.rels):
        for name in [name for name, rel in rels.items() if rel.reltype.endswith(_UNUSED)]:
            del rels[name]


def _page(made: Document, head: Letterhead) -> Length:
    """Set the page, and return how wide the text is."""
    section = made.sections[0]
    section.page_width, section.page_height = _PAPERS[head.paper]
    section.left_margin = section.right_margin = _SIDE
    section.top_margin = section.bottom_margin = _TOP
    section.header_distance = section.footer_distance = Mm(12)
    return Length(_PAPERS[head.paper][0] - 2 * _SIDE)


def _styles(made: Document, locale: str) -> None:
    normal = cast(ParagraphStyle, made.styles["Normal"])
    _lettered(normal, 11)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.1
    for level, size in _SIZES.items():
        style = cast(ParagraphStyle, made.styles[f"Heading {level}"])
        _lettered(style, size)
        style.font.bold, style.font.italic = True, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_before = Pt(0 if level == 1 else 12)
        style.paragraph_format.space_after = Pt(4)
    language = made.styles.element.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), locale.replace("_", "-"))


def _lettered(style: ParagraphStyle, size: int) -> None:
    """One font for every script; the theme's would come before it."""
    style.font.name, style.font.size = _FONT, Pt(size)
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), _FONT)


def _around(made: Document, head: Letterhead, width: Length) -> None:
    """Whose it is and what, above each page; below it, which version and which page."""
    section = made.sections[0]
    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    _run(above, f"{head.company}\t{head.title}")
    _run(below, f"{head.foot}\tPage ")
    _field(below, "PAGE")
    _run(below, " of ")
    _field(below, "NUMPAGES")
    for paragraph in (above, below):
        paragraph.style = made.styles["Normal"]  # that of a header stops in the middle of the line
        paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)


def _run(paragraph: WordParagraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), _QUIET


def _field(paragraph: WordParagraph, name: str) -> None:
    """A number that Word works out: of this page, or of all of them."""
    field = element("w:fldSimple", {"w:instr": name})
    _run(paragraph, "1")
    field.append(paragraph.runs[-1]._r)
    paragraph._p.append(field)


def _timeless(packed: BytesIO) -> bytes:
    """Pack the same parts without the time at which they were packed."""
    again = BytesIO()
    with ZipFile(packed) as old, ZipFile(again, "w") as new:
        for name in old.namelist():
            part = ZipInfo(name, _ALWAYS)
            part.compress_type = ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return again.getvalue()
