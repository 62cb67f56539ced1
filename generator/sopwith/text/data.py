"""The tree as plain data, for templates that take JSON (Typst)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sopwith.text.tree import (
    Block,
    Break,
    Emphasis,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Prompt,
    Row,
    Strong,
    Text,
)
from sopwith.text.walk import has_head, weights

Data = Mapping[str, object]


def to_data(blocks: Iterable[Block]) -> list[Data]:
    """Write blocks as dictionaries with a `kind`, which JSON can hold.

    Blocks: paragraph (inlines), heading (level, inlines), list (ordered, items: lists of blocks),
    table (head: cells, or nothing; rows: rows of cells; aligns; weights: how wide each column is
    beside the others). Inlines: text, prompt (text), break, strong, emphasis (inlines), link
    (target, inlines).
    """
    return [_block(block) for block in blocks]


def _block(block: Block) -> Data:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "inlines": _inlines(block.inlines)}
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "inlines": _inlines(block.inlines)}
    if isinstance(block, ListBlock):
        items = [to_data(item) for item in block.items]
        return {"kind": "list", "ordered": block.ordered, "items": items}
    rows = [_cells(row) for row in block.rows]
    return {
        "kind": "table",
        "head": _cells(block.head) if has_head(block) else [],
        "rows": rows,
        "aligns": list(block.aligns),
        "weights": list(weights(block)),
    }


def _cells(row: Row) -> list[list[Data]]:
    return [_inlines(cell) for cell in row]


def _inlines(inlines: Iterable[Inline]) -> list[Data]:
    return [_inline(inline) for inline in inlines]


def _inline(inline: Inline) -> Data:
    if isinstance(inline, Text):
        return {"kind": "text", "text": inline.text}
    if isinstance(inline, Prompt):
        return {"kind": "prompt", "text": inline.question}
    if isinstance(inline, Break):
        return {"kind": "break"}
    if isinstance(inline, Link):
        return {"kind": "link", "target": inline.target, "inlines": _inlines(inline.inlines)}
    return {"kind": _MARKS[type(inline)], "inlines": _inlines(inline.inlines)}


_MARKS: dict[type[Strong | Emphasis], str] = {Strong: "strong", Emphasis: "emphasis"}
