"""A template's text, cut into words and tags, each at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError


class Fault(NamedTuple):
    """Something wrong at an index of the template's text."""

    at: int
    message: str
    hint: str = ""


class Stop(ValueError):
    """Nothing after this fault can be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Token(NamedTuple):
    """A word or sign inside a tag."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Tag:
    """`{{ ... }}` or `{% ... %}`: the signs that open and close it, and what is between."""

    opens: Token
    tokens: tuple[Token, ...]
    closes: Token


Piece = Tag | str
"""A tag, or the text between tags."""

_LEXER = Environment(autoescape=False, keep_trailing_newline=True)  # noqa: S701  # never renders
_STRAY = re.compile(r"\}\}|%\}|#\}")
# A line of nothing but tags that print nothing.
_ALONE = re.compile(
    r"^[ \t]*(?:(?:\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\})[ \t]*)+(?:\n|\Z)",
    re.MULTILINE,
)
_OPENS = {"variable_begin": "{{", "block_begin": "{%"}
_CLOSES = {"variable_end": "}}", "block_end": "%}"}
_WORDLESS = ("whitespace", "comment_begin", "comment", "comment_end")
# What each word of a `{% %}` follows in its block; nothing, for those that open one.
_FOLLOW: Mapping[str, tuple[str, ...]] = {
    "if": (),
    "elif": ("if", "elif"),
    "else": ("if", "elif"),
    "endif": ("if", "elif", "else"),
    "for": (),
    "endfor": ("for",),
}
_KNOWN = "there are if, elif, else, endif, for and endfor"
_DEEPEST = 8
_LOOPS = 2


def cut(text: str) -> tuple[Piece, ...]:
    """Cut a template into tags and the text between them; raise Stop where that is not possible.

    In the text, lines of nothing but `{% %}` are gone.
    """
    gone = {at for line in _ALONE.finditer(text) for at in range(*line.span())}
    pieces: list[Piece] = []
    opened: Token | None = None
    inside: list[Token] = []
    for token in _tokens(text):
        if token.kind == "data":
            stray = _STRAY.search(token.text)
            if stray:
                raise Stop(_closes_nothing(stray[0], token.start + stray.start()))
            kept = (c for at, c in enumerate(token.text, token.start) if at not in gone)
            pieces.append("".join(kept))
        elif token.kind in _OPENS:
            opened, inside = Token("opens", _OPENS[token.kind], token.start), []
        elif token.kind in _CLOSES and opened:
            at = token.start + token.text.index(_CLOSES[token.kind])
            closes = Token("closes", _CLOSES[token.kind], at)
            pieces.append(Tag(opened, tuple(inside), closes))
            opened = None
        elif token.kind == "raw_begin":
            raise Stop(Fault(token.start, "templates cannot use raw", _KNOWN))
        elif token.kind not in _WORDLESS:
            inside.append(token)
    if opened:
        raise Stop(_never_closed(opened.text, opened.start))
    _blocks([piece for piece in pieces if isinstance(piece, Tag)])
    return tuple(pieces)


def _tokens(text: str) -> Iterator[Token]:
    """Jinja's words with the places that it does not tell."""
    at = 0
    token = Token("", "", 0)
    try:
        for _, kind, word in _LEXER.lex(text):
            start = text.index(word, at)
            at = start + len(word)
            token = Token(kind, word, start)
            yield token
    except TemplateSyntaxError:
        rest = text[at:]
        at += len(rest) - len(rest.lstrip())
        if token.kind == "comment_begin":
            raise Stop(_never_closed("{#", token.start)) from None
        if text[at : at + 1] in ("'", '"'):
            raise Stop(
                Fault(at, "this quote is never closed", "write the same one after")
            ) from None
        raise Stop(unexpected(Token("sign", text[at : at + 1], at))) from None


def unexpected(word: Token) -> Fault:
    """Say that something stands where it cannot, or is missing where a tag ends."""
    if word.kind == "closes":
        return Fault(word.start, f'something is missing before "{word.text}"', _EXAMPLES)
    return Fault(word.start, f"{shown(word.text)} cannot stand here", _EXAMPLES)


_EXAMPLES = "{{ contact.first_name }} prints, {% if contact.phone %} asks; there is little else"


def shown(words: str) -> str:
    """A piece of a template for a message, in quotes unless it has some."""
    return words if '"' in words else f'"{words}"'


def _never_closed(opens: str, at: int) -> Fault:
    closes = opens[::-1].translate(str.maketrans("{", "}"))
    return Fault(at, f'"{opens}" is never closed', f"write {closes} after it")


def _closes_nothing(closes: str, at: int) -> Fault:
    opens = closes[::-1].translate(str.maketrans("}", "{"))
    return Fault(at, f'"{closes}" closes nothing', f"write {opens} before it, or take it out")


def _blocks(tags: Sequence[Tag]) -> None:
    """Raise Stop unless every tag says something, and all that is opened is closed in order."""
    opened: list[Opened] = []
    for tag in tags:
        if not tag.tokens:
            message = f'there is nothing between "{tag.opens.text}" and "{tag.closes.text}"'
            raise Stop(Fault(tag.opens.start, message, _EXAMPLES))
        if tag.opens.text == "{%":
            _block(tag.tokens[0], opened)
    if opened:
        word = opened[-1].by
        message = f'this "{word.text}" is never closed'
        raise Stop(Fault(word.start, message, f"write {{% end{word.text} %}} where it ends"))


class Opened(NamedTuple):
    """A block that is open: the word that opened it, and its last branch."""

    by: Token
    branch: str


def _block(word: Token, opened: list[Opened]) -> None:
    if word.text not in _FOLLOW:
        raise Stop(Fault(word.start, f"templates cannot use {shown(word.text)}", _KNOWN))
    wanted = _FOLLOW[word.text]
    if not wanted:
        opened.append(Opened(word, word.text))
        _not_too_deep(opened, word)
        return
    if not opened or opened[-1].branch not in wanted:
        raise Stop(_out_of_place(word, opened))
    last = opened.pop()
    if not word.text.startswith("end"):
        opened.append(Opened(last.by, word.text))


def _not_too_deep(opened: Sequence[Opened], word: Token) -> None:
    loops = sum(block.by.text == "for" for block in opened)
    if loops > _LOOPS:
        raise Stop(Fault(word.start, "this loop is nested too deeply", "two deep is the most"))
    if len(opened) > _DEEPEST:
        raise Stop(Fault(word.start, "this is nested too deeply", f"{_DEEPEST} deep is the most"))


def _out_of_place(word: Token, opened: Sequence[Opened]) -> Fault:
    if not opened:
        return Fault(word.start, f'"{word.text}" has nothing before it that it belongs to', _KNOWN)
    last = opened[-1]
    hint = f"{{% end{last.by.text} %}} closes it"
    return Fault(word.start, f'"{word.text}" cannot follow "{last.branch}"', hint)
