"""The tree as text for an email: readable as it is, no line longer than need be."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from sopwith.text.escape import spell
from sopwith.text.tree import (
    Block,
    Break,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Prompt,
    Row,
    Table,
    Text,
)

WIDTH = 76  # what quoting in a reply leaves within the 80 columns of old mail readers


def to_plain(blocks: Iterable[Block], width: int = WIDTH) -> str:
    """Write blocks as text in lines of at most 76 characters, or so many, where words allow it.

    Headings are underlined, links followed by their target, prompts set between `>>>` and `<<<`.
    Blocks are parted by an empty line and end with one line end; no blocks give no text.
    """
    text = "\n\n".join(_block(block, width) for block in blocks)
    return f"{text}\n" if text else ""


def _block(block: Block, width: int) -> str:
    if isinstance(block, Paragraph):
        return _wrapped(words(block.inlines), width)
    if isinstance(block, Heading):
        title = _wrapped(words(block.inlines), width)
        longest = max(map(len, title.split("\n")))
        return f"{title}\n{('=' if block.level == 1 else '-') * longest}"
    if isinstance(block, ListBlock):
        return _list(block, width)
    return _table(block, width)


def words(inlines: Iterable[Inline]) -> str:
    """The words alone, line ends kept."""
    return "".join(map(_inline, inlines))


def _inline(inline: Inline) -> str:
    if isinstance(inline, Text):
        return inline.text
    if isinstance(inline, Break):
        return "\n"
    if isinstance(inline, Prompt):
        return spell(inline)
    inner = words(inline.inlines)
    if not isinstance(inline, Link):
        return inner
    target = inline.target.removeprefix("mailto:")
    return inner if inner == target else f"{inner} ({target})"


def _wrapped(text: str, width: int) -> str:
    return "\n".join(
        line.rstrip()  # to look for places to break takes its time
        if len(line) <= width
        else textwrap.fill(line, max(width, 20), break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )


def _list(block: ListBlock, width: int) -> str:
    bullets = [f"{n}. " if block.ordered else "- " for n in range(1, len(block.items) + 1)]
    indent = max(map(len, bullets))
    tight = all(isinstance(part, ListBlock) for item in block.items for part in item[1:])
    items = [
        bullet.ljust(indent) + _indented(item, width - indent, indent, "\n" if tight else "\n\n")
        for bullet, item in zip(bullets, block.items, strict=True)
    ]
    return ("\n" if tight else "\n\n").join(items)


def _indented(item: tuple[Block, ...], width: int, indent: int, gap: str) -> str:
    text = gap.join(_block(block, width) for block in item)
    return textwrap.indent(text, " " * indent)[indent:]


def _table(table: Table, width: int) -> str:
    """Columns side by side; where they do not fit, each row as lines of heading and cell."""
    rows = [_cells(row) for row in (table.head, *table.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + 2 * (len(widths) - 1) > width:
        return _told(rows, width)
    lines = [
        "  ".join(
            cell.rjust(size) if align == "right" else cell.ljust(size)
            for cell, size, align in zip(row, widths, table.aligns, strict=True)
        ).rstrip()
        for row in [rows[0], ["-" * size for size in widths], *rows[1:]]
    ]
    return "\n".join(lines)


def _told(rows: list[list[str]], width: int) -> str:
    head, *body = rows
    return "\n\n".join(
        "\n".join(
            _wrapped(f"{name}: {cell}" if name else cell, width)
            for name, cell in zip(head, row, strict=True)
            if cell
        )
        for row in body
    )


def _cells(row: Row) -> list[str]:
    return [" ".join(words(cell).split()) for cell in row]
