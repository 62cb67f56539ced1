"""The tree as Markdown for Python-Markdown, which MkDocs renders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from sopwith.text.escape import escape_inside, escape_opening, spell
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

_INDENT = "    "  # what Python-Markdown asks for below any kind of item
_APART = "<!-- -->"  # else it would make one list of two neighbors
_PLAIN_WORDS = re.compile(r"\w(?:.*\w)?", re.DOTALL)


def to_markdown(blocks: Iterable[Block]) -> str:
    """Write blocks as Markdown that renders as the tree says and holds nothing else.

    Blocks are parted by an empty line and end with one line end; no blocks give no text. Needs only
    the extension `tables`; none of those that Material names changes what comes out.
    """
    text = "\n\n".join(_parted(blocks))
    return f"{text}\n" if text else ""


def _parted(blocks: Iterable[Block]) -> Iterable[str]:
    last: Block | None = None
    for block in blocks:
        if isinstance(block, ListBlock) and isinstance(last, ListBlock):
            yield _APART
        yield _block(block)
        last = block


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return escape_opening(_inlines(block.inlines).rstrip(" "))
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_inlines(block.inlines).strip(' ')}"
    if isinstance(block, ListBlock):
        items = [
            _item(f"{number}. " if block.ordered else "- ", item)
            for number, item in enumerate(block.items, 1)
        ]
        return ("\n\n" if any("\n\n" in item for item in items) else "\n").join(items)
    return _table(block)


def _item(bullet: str, blocks: tuple[Block, ...]) -> str:
    tight = [type(block) for block in blocks] == [Paragraph, ListBlock]
    text = ("\n" if tight else "\n\n").join(_parted(blocks))
    return bullet + re.sub(r"\n(?=[^\n])", f"\n{_INDENT}", text)


def _table(table: Table) -> str:
    rule = "|".join(_RULES[align] for align in table.aligns)
    return "\n".join([_row(table.head), f"|{rule}|", *map(_row, table.rows)])


_RULES: dict[Align, str] = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}


def _row(row: Row) -> str:
    return f"| {' | '.join(_inlines(cell).strip(' ') for cell in row)} |"


def _inlines(inlines: Sequence[Inline]) -> str:
    return "".join(_inline(inline, _beside(inlines, i)) for i, inline in enumerate(inlines))


def _beside(inlines: Sequence[Inline], i: int) -> bool:
    """Say whether stars could run into those of a neighbor."""
    around = (*inlines[max(i - 1, 0) : i], *inlines[i + 1 : i + 2])
    return any(isinstance(inline, Strong | Emphasis | Prompt) for inline in around)


def _inline(inline: Inline, beside: bool) -> str:
    if isinstance(inline, Text):
        return escape_inside(inline.text)
    if isinstance(inline, Break):
        return "<br>"
    if isinstance(inline, Prompt):
        return f"<strong>{escape_inside(spell(inline))}</strong>"
    if isinstance(inline, Link):
        return f"[{_inlines(inline.inlines)}](<{escape(inline.target)}>)"
    star, tag = _MARKS[type(inline)]
    inner = _inlines(inline.inlines)
    words = [part.text for part in inline.inlines if isinstance(part, Text)]
    plain = len(inline.inlines) == len(words) == 1 and _PLAIN_WORDS.fullmatch(words[0])
    return f"{star}{inner}{star}" if plain and not beside else f"<{tag}>{inner}</{tag}>"


# Tags where stars might not do: Python-Markdown goes by other rules than CommonMark.
_MARKS: dict[type[Strong | Emphasis], tuple[str, str]] = {
    Strong: ("**", "strong"),
    Emphasis: ("*", "em"),
}
