"""What a tree holds: the questions still open in it, and how its tables want to be laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sopwith.text.plain import words
from sopwith.text.tree import (
    Block,
    Emphasis,
    Inline,
    Link,
    ListBlock,
    Prompt,
    Row,
    Strong,
    Table,
)

# In letters. A column is as wide as its longest cell asks for, within reason; one to be filled in
# by hand has room for some words, unless its head is a number to be ticked.
_NARROWEST, _WIDEST, _BY_HAND = 6, 40, 30
_AROUND, _ROOM = 3, 80  # what a cell's edges take, and what fits beside each other on a page


def prompts(blocks: Iterable[Block]) -> Iterator[Prompt]:
    """Every question that is still open, as often as it stands there."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from prompts(item)
        elif isinstance(block, Table):
            for row in (block.head, *block.rows):
                yield from (found for cell in row for found in _asked(cell))
        else:
            yield from _asked(block.inlines)


def _asked(inlines: Iterable[Inline]) -> Iterator[Prompt]:
    for inline in inlines:
        if isinstance(inline, Prompt):
            yield inline
        elif isinstance(inline, Strong | Emphasis | Link):
            yield from _asked(inline.inlines)


def weights(table: Table) -> tuple[int, ...]:
    """How wide each column of a table is, beside the others.

    Where there is not room for what all of them want, none gets less than its longest word.
    """
    columns = list(zip(table.head, *table.rows, strict=True))
    wanted = [_wanted(column) for column in columns]
    least = [min(_longest(column), wish) for column, wish in zip(columns, wanted, strict=True)]
    over, room = sum(wanted) - sum(least), max(_ROOM - sum(least), 0)
    share = min(room / over, 1) if over else 1
    return tuple(
        round(10 * (few + share * (wish - few))) for few, wish in zip(least, wanted, strict=True)
    )


def _wanted(column: Sequence[Sequence[Inline]]) -> int:
    head, *body = column
    to_tick = _seen(head).strip().isdecimal()
    least = _NARROWEST if to_tick or all(body) else _BY_HAND
    longest = max(least, *(len(_seen(cell)) + _AROUND for cell in column))
    return min(longest, max(_WIDEST, _longest(column)))


def _longest(column: Iterable[Sequence[Inline]]) -> int:
    """The longest word of a column, with what stands around it in a cell."""
    said = [len(word) for cell in column for word in _seen(cell).split()]
    return min(max(said, default=0) + _AROUND, _WIDEST)


def _seen(inlines: Iterable[Inline]) -> str:
    """What a cell shows: of a link only its words."""
    return "".join(
        _seen(inline.inlines) if isinstance(inline, Strong | Emphasis | Link) else words((inline,))
        for inline in inlines
    )


def has_head(table: Table) -> bool:
    """Say whether anything stands in the head of a table: Markdown has no table without one."""
    return any(table.head)


def is_form(row: Row) -> bool:
    """Say whether a row has a cell to be filled in by hand."""
    return not all(row)
