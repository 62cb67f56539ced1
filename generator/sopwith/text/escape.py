"""Plain text as Markdown that prints as itself, and the marks that stand for prompts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopwith.text.tree import Prompt, Text

# Two noncharacters, which Unicode keeps for a program's own use: nobody's text holds them, and
# `escape_markdown` takes them out where it does. Between them stands the question in hexadecimal,
# which no syntax of Markdown can touch.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK = re.compile(f"{_OPEN}((?:[0-9a-f]{{2}})+){_CLOSE}")

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")

# Whatever Python-Markdown or one of its usual extensions acts on, wherever it stands.
_ACTIVE = re.compile(
    r"""
      [\n\\`*_\[\]{}<>|~^$#@]
    | &(?!\s|\Z)           # an entity
    | !\Z                  # an image, if a link comes next
    | ==+ | \+\++ | --+    # marked text, keys, a rule
    | :(?=//|[\w+-]+:)     # an address, a smiley
    | (?<=www)\.           # an address
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Without one of these signs, or the letters before that dot, there is none: most text has none.
_SIGNS = frozenset("\n\\`*_[]{}<>|~^$#@&!=+-:")
# Whatever one of them acts on at the start of a line: code, a list, a definition, a block.
_OPENING = re.compile(r"\A(?:\ +|[!%+,./:;=?)-]|(?P<count>[0-9]+|[ivxlcdm]+|[a-z])[.)])", re.I)
_CLOSING = re.compile(r"\ +\Z")


def escape_markdown(text: str) -> str:
    """Write plain text so that it prints as itself wherever Markdown puts it.

    It holds in a paragraph, a heading, a link's words and a table's cell, both for `parse` and for
    Python-Markdown with the extensions that Material names (but smartsymbols and smarty, whose very
    job is to change text). Special characters become numeric entities: a backslash means nothing to
    half of those extensions. The result is one line; an end of line in it is a `Break` to `parse`
    and a space to a browser. Characters that nobody can see are left out.
    """
    line = escape_opening(escape_inside(text))
    return _CLOSING.sub(_entities, line) if line.endswith(" ") else line


def escape_inside(text: str) -> str:
    """Write plain text that does not begin a line."""
    seen = visible(text)
    if _SIGNS.isdisjoint(seen) and "www" not in seen.lower():
        return seen
    return _ACTIVE.sub(_entities, seen)


def visible(text: str) -> str:
    """Leave out what nobody can see; every end of line is a line feed, every tab a space."""
    if text.isprintable():
        return text
    return _UNSEEN.sub("", _LINE_END.sub("\n", text).replace("\t", " "))


def escape_opening(line: str) -> str:
    """Keep a line of finished Markdown from being taken for the start of a block."""
    return _OPENING.sub(_opening, line)


def _opening(match: re.Match[str]) -> str:
    count = match["count"] or ""
    return count + "".join(f"&#{ord(c)};" for c in match[0][len(count) :])


def _entities(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(c)};" for c in match[0])


def mark(prompt: Prompt) -> str:
    """Write a prompt so that it passes through Markdown unharmed and `parse` finds it again."""
    return f"{_OPEN}{prompt.question.encode().hex()}{_CLOSE}"


def spell(prompt: Prompt) -> str:
    """Write a prompt in plain text so that nobody sends it by mistake."""
    return f">>> {prompt.question} <<<"


def find_prompts(text: str) -> Iterator[Text | Prompt]:
    """Split text at the marks in it; what looks like a mark and is none stays text."""
    last = 0
    for found in _MARK.finditer(text):
        try:
            prompt = Prompt(bytes.fromhex(found[1]).decode())
        except UnicodeDecodeError:
            continue
        if found.start() > last:
            yield Text(visible(text[last : found.start()]))
        yield prompt
        last = found.end()
    if last < len(text):
        yield Text(visible(text[last:]))
