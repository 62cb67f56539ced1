"""Rich text fitted to the page it lands on: its links lead to pages, its headings go no higher."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sopwith.text import (
    Block,
    Emphasis,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Strong,
    Table,
    Text,
)

Aim = Callable[[str], str | None]
"""Where a link leads from here; None where there is nothing to lead to."""

ABSENT = "(not in this edition)"


def fitted(blocks: Iterable[Block], aim: Aim, *, headings: bool) -> tuple[Block, ...]:
    """Aim the links anew; one that leads nowhere keeps its words, and says why.

    With `headings` they stay below the page's own title, else each is a paragraph in bold.
    """
    return tuple(_block(block, aim, headings) for block in blocks)


def _block(block: Block, aim: Aim, headings: bool) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(_inlines(block.inlines, aim))
    if isinstance(block, Heading):
        words = _inlines(block.inlines, aim)
        return Heading(max(block.level, 2), words) if headings else Paragraph((Strong(words),))
    if isinstance(block, ListBlock):
        items = (fitted(item, aim, headings=headings) for item in block.items)
        return ListBlock(block.ordered, tuple(items))
    rows = [tuple(_inlines(cell, aim) for cell in row) for row in (block.head, *block.rows)]
    return Table(rows[0], tuple(rows[1:]), block.aligns)


def _inlines(inlines: Iterable[Inline], aim: Aim) -> tuple[Inline, ...]:
    return tuple(_aimed(inlines, aim))


def _aimed(inlines: Iterable[Inline], aim: Aim) -> Iterator[Inline]:
    for inline in inlines:
        if isinstance(inline, Link):
            target = aim(inline.target)
            words = _inlines(inline.inlines, aim)
            yield from (*words, Text(f" {ABSENT}")) if target is None else (Link(target, words),)
        elif isinstance(inline, Strong | Emphasis):
            yield type(inline)(_inlines(inline.inlines, aim))
        else:
            yield inline
