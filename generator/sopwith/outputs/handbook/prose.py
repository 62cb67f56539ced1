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


def fitted(
    blocks: Iterable[Block], aim: Aim, *, headings: bool, absent: str = ""
) -> tuple[Block, ...]:
    """Aim the links anew; one that leads nowhere keeps its words, and `absent` may say why.

    With `headings` they stay below the page's own title, else each is a paragraph in bold.
    """
    return tuple(_block(block, aim, headings, absent) for block in blocks)


def _block(block: Block, aim: Aim, headings: bool, absent: str) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(_inlines(block.inlines, aim, absent))
    if isinstance(block, Heading):
        words = _inlines(block.inlines, aim, absent)
        return Heading(max(block.level, 2), words) if headings else Paragraph((Strong(words),))
    if isinstance(block, ListBlock):
        items = (fitted(item, aim, headings=headings, absent=absent) for item in block.items)
        return ListBlock(block.ordered, tuple(items))
    rows = [tuple(_inlines(cell, aim, absent) for cell in row) for row in (block.head, *block.rows)]
    return Table(rows[0], tuple(rows[1:]), block.aligns)


def _inlines(inlines: Iterable[Inline], aim: Aim, absent: str) -> tuple[Inline, ...]:
    return tuple(_aimed(inlines, aim, absent))


def _aimed(inlines: Iterable[Inline], aim: Aim, absent: str) -> Iterator[Inline]:
    for inline in inlines:
        if isinstance(inline, Link):
            target = aim(inline.target)
            words = _inlines(inline.inlines, aim, absent)
            gone = (*words, Text(f" {absent}")) if absent else words
            yield from gone if target is None else (Link(target, words),)
        elif isinstance(inline, Strong | Emphasis):
            yield type(inline)(_inlines(inline.inlines, aim, absent))
        else:
            yield inline
