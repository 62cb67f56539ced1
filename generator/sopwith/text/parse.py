"""Markdown -> the tree; whatever is not in the tree's language stays the text it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from sopwith.text.escape import find_prompts
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
    Strong,
    Table,
    Text,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_NOT_OURS = (
    "code",
    "fence",
    "blockquote",
    "hr",
    "reference",
    "html_block",
    "lheading",
    "backticks",
    "autolink",
    "html_inline",
)
# Most texts are these and nothing else, and Markdown would have nothing to say about them.
_SENTENCES = re.compile(r"[^\W\d_](?:[^\\`*_\[\]<>&]*[^\\`*_\[\]<>& ])?")
_DEEPEST = 8  # marks inside marks; deeper ones are dropped, their words are not

_SCHEME = re.compile(r"(?:https?://[^/]|mailto:[^/])", re.IGNORECASE)
_RELATIVE = re.compile(r"(?!/)(?:[^:/?#]|/(?!/))*(?:[?#].*)?\Z", re.DOTALL)
_LOST_PROMPT = "%EF%B7%90"  # a mark in an address: nobody would see the question there


def parse(markdown: str) -> tuple[Block, ...]:
    """Read a plain part of Markdown; any text will do.

    Known are paragraphs, lists, headings, tables, `**strong**`, `*emphasis*`, `[words](target)` and
    a backslash at the end of a line to break it. A link whose target is not http, https, mailto,
    relative or an anchor is printed as written; so are images, HTML and code.
    """
    if markdown.isprintable() and _SENTENCES.fullmatch(markdown):
        return (Paragraph((Text(markdown),)),)
    return tuple(_blocks(iter(_markdown().parse(markdown)), end=""))


def read_back(markdown: str) -> tuple[Block, ...]:
    """Read Markdown that this program wrote, where all that was text before is escaped.

    The few tags and backticks in it are ours, so they mean what they say; other tags are dropped.
    """
    return tuple(_blocks(iter(_markdown(ours=True).parse(markdown)), end=""))


def is_link(target: str) -> bool:
    """Say whether a link may lead there."""
    if _LOST_PROMPT in target or not target:
        return False
    return bool(_SCHEME.match(target) or _RELATIVE.match(target))


def _no_image(state: StateInline, silent: bool) -> bool:
    """Step over what opens an image, so that its address is not taken for a link's."""
    if not state.src.startswith("![", state.pos):
        return False
    if not silent:
        state.pending += "!["
    state.pos += 2
    return True


@cache
def _markdown(*, ours: bool = False) -> MarkdownIt:
    # Loading it takes longer than checking a dozen files, which needs no rich text parsed.
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": ours, "maxNesting": 100})
    made.enable("table").disable(_NOT_OURS)
    made.inline.ruler.at("image", _no_image)
    made.validateLink = is_link  # type: ignore[assignment,method-assign]  # how the library asks it
    if ours:
        made.enable(["html_inline", "backticks"])
        made.core.ruler.push("our tags", _tags_as_marks)
    return made


_OUR_TAGS = {
    "<strong>": ("strong_open", 1),
    "</strong>": ("strong_close", -1),
    "<em>": ("em_open", 1),
    "</em>": ("em_close", -1),
    "<br>": ("hardbreak", 0),
}


def _tags_as_marks(state: StateCore) -> None:
    for token in (child for block in state.tokens for child in block.children or ()):
        if token.type == "html_inline":
            token.type, nesting = _OUR_TAGS.get(token.content, ("text", 0))
            token.nesting, token.content = cast("Literal[-1, 0, 1]", nesting), ""


def _blocks(tokens: Iterator[Token], end: str, *, nested: bool = False) -> Iterator[Block]:
    """The blocks up to the token that ends them, which is taken too."""
    for token in tokens:
        if token.type == end:
            return
        reader = _READERS.get(token.type)
        if reader:
            yield from reader(token, tokens, nested)


def _paragraph(_: Token, tokens: Iterator[Token], nested: bool) -> Iterator[Block]:
    inlines = _line(next(tokens))
    if inlines:
        yield Paragraph(inlines)


def _heading(token: Token, tokens: Iterator[Token], nested: bool) -> Iterator[Block]:
    inlines = _line(next(tokens))
    if inlines:
        yield Paragraph((Strong(inlines),)) if nested else Heading(int(token.tag[1:]), inlines)


def _list(token: Token, tokens: Iterator[Token], nested: bool) -> Iterator[Block]:
    items = tuple(_items(tokens, token.type.replace("open", "close")))
    if items:
        yield ListBlock(token.tag == "ol", items)


def _items(tokens: Iterator[Token], end: str) -> Iterator[tuple[Block, ...]]:
    for token in tokens:
        if token.type == end:
            return
        item = tuple(_blocks(tokens, "list_item_close", nested=True))
        if item:
            yield item


def _table(_: Token, tokens: Iterator[Token], nested: bool) -> Iterator[Block]:
    rows: list[list[tuple[Inline, ...]]] = []
    aligns: list[Align] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_line(token))
        elif token.type == "th_open":
            aligns.append(_ALIGNS.get(str(token.attrGet("style")), ""))
    if nested or len(rows) == 1:
        yield from (Paragraph(_joined(row)) for row in rows if any(row))
    else:
        head, *body = map(tuple, rows)
        yield Table(head, tuple(body), tuple(aligns))


_ALIGNS: dict[str, Align] = {f"text-align:{side}": side for side in ("left", "center", "right")}


_READERS: dict[str, Callable[[Token, Iterator[Token], bool], Iterator[Block]]] = {
    "paragraph_open": _paragraph,
    "heading_open": _heading,
    "bullet_list_open": _list,
    "ordered_list_open": _list,
    "table_open": _table,
}


def _joined(row: Iterable[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """A row of what cannot be a table, in a list or for want of rows: a line of its cells."""
    cells = [cell for cell in row if cell]
    return tuple(
        part for i, cell in enumerate(cells) for part in ((Text("; "),) if i else ()) + cell
    )


def _line(token: Token) -> tuple[Inline, ...]:
    """The words of one block, from the flat tokens that open and close marks."""
    open_marks: list[Token] = []
    levels: list[list[Inline]] = [[]]
    for child in token.children or ():
        if child.nesting == 1:
            open_marks.append(child)
            if len(open_marks) <= _DEEPEST:
                levels.append([])
        elif child.nesting == -1:
            opened = open_marks.pop()
            if len(open_marks) < _DEEPEST:
                inner = _merged(levels.pop())
                levels[-1].extend(_marked(opened, inner) if inner else ())
        else:
            levels[-1].extend(_words(child))
    return _merged(levels[0])


def _words(token: Token) -> Iterator[Inline]:
    if token.type == "hardbreak":
        yield Break()
    elif token.type == "softbreak":
        yield Text(" ")
    else:
        for i, line in enumerate(token.content.split("\n")):
            if i:
                yield Break()
            yield from find_prompts(line)


def _marked(opened: Token, inner: tuple[Inline, ...]) -> tuple[Inline, ...]:
    if opened.type == "strong_open":
        return (Strong(inner),)
    if opened.type == "em_open":
        return (Emphasis(inner),)
    target = str(opened.attrGet("href"))
    return (Link(target, inner),) if target else inner


def _merged(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """The same with neighboring texts made one."""
    merged: list[Inline] = []
    for inline in inlines:
        last = merged[-1] if merged else None
        if isinstance(inline, Text) and isinstance(last, Text):
            merged[-1] = Text(last.text + inline.text)
        elif inline != Text(""):
            merged.append(inline)
    return tuple(merged)
