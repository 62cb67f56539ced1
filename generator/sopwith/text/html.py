"""The tree as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from sopwith.text.tree import (
    Align,
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
    Table,
    Text,
)


def to_html(blocks: Iterable[Block]) -> str:
    """Write blocks as HTML, each on a line of its own, with no class but `prompt`.

    A prompt is a `mark` in square brackets, which stay when it is copied to where no color is; one
    that is a whole paragraph makes the paragraph a `prompt` too.
    """
    return "".join(f"{_block(block)}\n" for block in blocks)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        alone = len(block.inlines) == 1 and isinstance(block.inlines[0], Prompt)
        start = '<p class="prompt">' if alone else "<p>"
        return f"{start}{_inlines(block.inlines)}</p>"
    if isinstance(block, Heading):
        return f"<h{block.level}>{_inlines(block.inlines)}</h{block.level}>"
    if isinstance(block, ListBlock):
        tag = "ol" if block.ordered else "ul"
        return f"<{tag}>\n{''.join(map(_item, block.items))}</{tag}>"
    return _table(block)


def _item(blocks: tuple[Block, ...]) -> str:
    """An item that is one paragraph, or one and lists below it, needs no space around it."""
    first, *rest = blocks
    if isinstance(first, Paragraph) and all(isinstance(block, ListBlock) for block in rest):
        inner = _inlines(first.inlines) + "".join(f"\n{_block(block)}\n" for block in rest)
    else:
        inner = f"\n{to_html(blocks)}"
    return f"<li>{inner}</li>\n"


def _table(table: Table) -> str:
    head = _row("th", table.head, table.aligns)
    body = "".join(_row("td", row, table.aligns) for row in table.rows)
    return f"<table>\n<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table>"


def _row(tag: str, row: Row, aligns: tuple[Align, ...]) -> str:
    starts = (f'<{tag} style="text-align: {align}">' if align else f"<{tag}>" for align in aligns)
    cells = "".join(
        f"{start}{_inlines(cell)}</{tag}>" for start, cell in zip(starts, row, strict=True)
    )
    return f"<tr>{cells}</tr>\n"


def _inlines(inlines: Iterable[Inline]) -> str:
    return "".join(map(_inline, inlines))


def _inline(inline: Inline) -> str:
    if isinstance(inline, Text):
        return escape(inline.text, quote=False)
    if isinstance(inline, Break):
        return "<br>\n"
    if isinstance(inline, Prompt):
        return f'<mark class="prompt">[{escape(inline.question, quote=False)}]</mark>'
    if isinstance(inline, Link):
        return f'<a href="{escape(inline.target)}">{_inlines(inline.inlines)}</a>'
    tag = _TAGS[type(inline)]
    return f"<{tag}>{_inlines(inline.inlines)}</{tag}>"


_TAGS: dict[type[Strong | Emphasis], str] = {Strong: "strong", Emphasis: "em"}
