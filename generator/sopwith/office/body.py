"""The text itself: paragraphs, headings, lists and tables."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from sopwith.office.element import element
from sopwith.office.words import Look, put_words
from sopwith.text import (
    Align,
    Block,
    Heading,
    ListBlock,
    Paragraph,
    Row,
    Table,
    has_head,
    is_form,
    weights,
)

_STEP = 360  # twentieths of a point: how far each level of a list is set in
_BULLETS = "•–"
_ALIGNS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_EDGE = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "A6A6A6"}
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BY_HAND = Mm(9)
_SHORT = 8  # rows: so short a table stays on one page, and with its heading


class Body:
    """Writes blocks to the end of a file whose text is so wide."""

    def __init__(self, made: Document, width: Length) -> None:
        self._made = made
        self._width = width
        self._numbering = made.part.numbering_part.element
        self._kinds = {ordered: self._kind(ordered) for ordered in (False, True)}

    def write(self, blocks: Sequence[Block]) -> None:
        """Write blocks one after the other."""
        for block in blocks:
            if isinstance(block, Paragraph):
                put_words(self._made.add_paragraph(), block.inlines)
            elif isinstance(block, Heading):
                put_words(self._made.add_heading(level=block.level), block.inlines)
            elif isinstance(block, ListBlock):
                self._list(block, 0)
            else:
                # A paragraph has to follow; at the end it must not begin a page of its own.
                self._table(block, Pt(1) if block is blocks[-1] else Pt(8))

    # Lists ------------------------------------------------------------------------------------

    def _kind(self, ordered: bool) -> str:
        """Describe a sort of list, and return the id of the description."""
        known = self._numbering.findall(qn("w:abstractNum"))
        id_ = str(1 + max((int(one.get(qn("w:abstractNumId"))) for one in known), default=0))
        kind = element("w:abstractNum", {"w:abstractNumId": id_})
        kind.append(element("w:multiLevelType", {"w:val": "multilevel"}))
        for level in range(9):
            told = element("w:lvl", {"w:ilvl": str(level)})
            sign = f"%{level + 1}." if ordered else _BULLETS[level % len(_BULLETS)]
            told.append(element("w:start", {"w:val": "1"}))
            told.append(element("w:numFmt", {"w:val": "decimal" if ordered else "bullet"}))
            told.append(element("w:lvlText", {"w:val": sign}))
            told.append(element("w:lvlJc", {"w:val": "left"}))
            place = element("w:pPr")
            indent = {"w:left": str(_STEP * (level + 1)), "w:hanging": str(_STEP)}
            place.append(element("w:ind", indent))
            told.append(place)
            kind.append(told)
        # Word wants all descriptions before the first list.
        self._numbering.insert(len(known), kind)
        return id_

    def _begun(self, ordered: bool) -> str:
        """Begin a list that counts from 1, and return its id."""
        known = self._numbering.findall(qn("w:num"))
        id_ = str(1 + max((int(one.get(qn("w:numId"))) for one in known), default=0))
        made = element("w:num", {"w:numId": id_})
        made.append(element("w:abstractNumId", {"w:val": self._kinds[ordered]}))
        for level in range(9):
            over = element("w:lvlOverride", {"w:ilvl": str(level)})
            over.append(element("w:startOverride", {"w:val": "1"}))
            made.append(over)
        self._numbering.append(made)
        return id_

    def _list(self, block: ListBlock, level: int) -> None:
        number = self._begun(block.ordered)
        for first, *more in block.items:
            self._item(first, number, level)
            for part in more:
                self._item(part, "", level)

    def _item(self, block: Block, number: str, level: int) -> None:
        """A part of an item: its first has the list's sign."""
        if isinstance(block, ListBlock):
            self._list(block, level + 1)
        elif isinstance(block, Paragraph):  # nothing else stands in a list
            self._point(block, number, level)

    def _point(self, block: Paragraph, number: str, level: int) -> None:
        paragraph = self._made.add_paragraph(style="List Paragraph")
        place = paragraph._p.get_or_add_pPr()
        if number:
            signed = element("w:numPr")
            signed.append(element("w:ilvl", {"w:val": str(min(level, 8))}))
            signed.append(element("w:numId", {"w:val": number}))
            place.append(signed)
        else:
            paragraph.paragraph_format.left_indent = Pt(_STEP * (level + 1) / 20)
        paragraph.paragraph_format.space_after = Pt(3)
        put_words(paragraph, block.inlines)

    # Tables -----------------------------------------------------------------------------------

    def _table(self, block: Table, gap: Length) -> None:
        headed = has_head(block)
        rows = [block.head, *block.rows] if headed else list(block.rows)
        made = self._made.add_table(len(rows), len(block.aligns))
        made.autofit = False
        _edged(made)
        shares = weights(block)
        widths = [Length(self._width * share // sum(shares)) for share in shares]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for i, (row, cells) in enumerate(zip(made.rows, rows, strict=True)):
            is_head = headed and i == 0
            _kept_whole(row, is_head=is_head)
            if is_form(cells) and not is_head:
                row.height, row.height_rule = _BY_HAND, WD_ROW_HEIGHT_RULE.AT_LEAST
            self._cells(row, cells, block.aligns, widths, Look(bold=is_head))
            if is_head or (len(rows) <= _SHORT and i < len(rows) - 1):
                for cell in row.cells:
                    cell.paragraphs[0].paragraph_format.keep_with_next = True
        # Two tables without a paragraph between them would be one.
        after = self._made.add_paragraph().paragraph_format
        after.space_after, after.line_spacing = Pt(0), gap

    def _cells(
        self,
        row: _Row,
        cells: Row,
        aligns: tuple[Align, ...],
        widths: list[Length],
        look: Look,
    ) -> None:
        for cell, inlines, align, width in zip(row.cells, cells, aligns, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            if align:
                paragraph.alignment = _ALIGNS[align]
            if look.bold:
                _shaded(cell)
            put_words(paragraph, inlines, look)


def _edged(table: WordTable) -> None:
    """Draw thin lines, and leave room around what stands between; each in its place for Word."""
    told = table._tbl.tblPr
    edges, room = element("w:tblBorders"), element("w:tblCellMar")
    for edge in _EDGES:
        edges.append(element(f"w:{edge}", _EDGE))
    for side in ("top", "bottom"):
        room.append(element(f"w:{side}", {"w:w": "50", "w:type": "dxa"}))
    told.find(qn("w:tblLayout")).addprevious(edges)
    told.find(qn("w:tblLayout")).addnext(room)


def _kept_whole(row: _Row, *, is_head: bool) -> None:
    """Keep a row on one page, and have the head of the table on each."""
    told = row._tr.get_or_add_trPr()
    told.append(element("w:cantSplit"))
    if is_head:
        told.append(element("w:tblHeader"))


def _shaded(cell: _Cell) -> None:
    shade = {"w:val": "clear", "w:color": "auto", "w:fill": "F2F2F2"}
    cell._tc.get_or_add_tcPr().append(element("w:shd", shade))
