"""The faults that libyaml and our own reading of its events both find, and the text around them."""

from __future__ import annotations

import re
from typing import NamedTuple

from sopwith.source.fault import Fault, quoted, shown, to_copy

_REST = re.compile(r"[^\r\n]*")
_REST_INSIDE = re.compile(r"[^\r\n,\]}]*")
_INDENT = re.compile(r"[ \t]*")
# Ours are written with two spaces before and one behind the sign; all else cuts a text short.
CUT = re.compile(r"(?:[ \t]|[ \t]+(?=#\w))(#)")
SPACES = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000"
"""Spaces that YAML takes for letters, to stand in a class of a pattern."""
BULLETS = "•‣▪●○◦·–—"  # what word processors make of a dash
CURLY = ("\u201c\u201d", "\u201e\u201c", "\u201d\u201d", "\u2018\u2019")
"""Pairs of quotes of word processors, which are letters to YAML."""
QUOTES = {"'": "single", '"': "double"}
CLOSERS = {"[": "]", "{": "}"}
_SPACES = "use spaces, two for each level; most editors can turn tabs into spaces"


class Last(NamedTuple):
    """What was read last: plain, quoted (by that quote), a block (| or >), or flow (brackets)."""

    style: str
    start: int
    end: int


def cut_off(text: str, last: Last) -> int | None:
    """Where a # cuts plain text short, if it was read last and one does."""
    found = CUT.match(text, last.end) if last.style == "plain" else None
    return found.start(1) if found else None


def rest(text: str, at: int, *, flow: bool = False) -> str:
    """What stands from here to the end of the line, or between brackets to the next comma."""
    found = (_REST_INSIDE if flow else _REST).match(text, at)
    return found[0].strip() if found else ""


def leading(text: str, at: int, *, flow: bool = False) -> Fault:
    """A text that begins with a sign which YAML takes for one of its own."""
    braces = text.startswith(("{{", "{%"), at)
    sign = text[at : at + 2] if braces else text[at]
    # The parser looks ahead, so a bracket may have opened on this line that it has not told of.
    lead = text[line_start(text, at) : at]
    flow = flow or len(re.findall(r"[\[{]", lead)) > len(re.findall(r"[\]}]", lead))
    if sign == "*" and text[at + 1 : at + 2] == " " and indented(text, at):
        return bullet(text, at)
    key = text[line_start(text, at) : at].strip()
    below = re.compile(r"[^\n]*\n( *)\S").match(text, at)
    goes_on = below and len(below[1]) > len(indent_of(text, at))
    if sign in "|>" and key.endswith(":") and goes_on and not flow:
        message = f"text stands behind {sign} on its line: {shown(rest(text, at))}"
        hint = f"let {key} {sign} stand alone, and the text on the lines below it"
        return Fault(at, "bad-yaml", message, hint)
    # What templates write between braces holds braces and commas itself.
    whole = rest(text, at, flow=flow and not braces)
    return quote(text, at, at, whole, f"a text cannot begin with {sign} without quotes")


def indent_of(text: str, at: int) -> str:
    """The blanks that the line begins with that this position is on."""
    found = _INDENT.match(text, line_start(text, at))
    return found[0] if found else ""


def bullet(text: str, at: int) -> Fault:
    """A sign that begins the entries of a list in other programs."""
    message = f"a list here has dashes, and this begins with {text[at]}: {shown(rest(text, at))}"
    right = to_copy(rest(text, at + 1))
    return Fault(at, "bad-yaml", message, f"write: - {right}")


def no_alias(at: int, name: str) -> Fault:
    """A name given to a part, or used in its place."""
    message = f"{shown(name)} repeats a part by a name, and files here say everything in full"
    example = quoted(to_copy(name))
    hint = f"write the part itself, or, if it is text, put quotes around it: {example}"
    return Fault(at, "no-aliases", message, hint)


def no_key(at: int) -> Fault:
    """A colon with nothing before it."""
    hint = "write the key before the colon, as in: title: Client onboarding"
    return Fault(at, "bad-yaml", "a colon stands here with no key before it", hint)


def no_tag(text: str, at: int) -> Fault:
    """A tag before a value."""
    word = rest(text, at).partition(" ")[0]
    message = f"the tag {shown(word)} before a value means nothing here"
    hint = f"take it out, or, if it is text, put quotes around it: {quoted(to_copy(word))}"
    return Fault(at, "no-tags", message, hint)


def quote(text: str, at: int, start: int, whole: str, message: str) -> Fault:
    """Text that begins at `start` and needs quotes because of what stands at `at`."""
    lead = text[line_start(text, start) : start].strip(" \t")
    # Only a key is worth repeating before the text; what else stands there may be long.
    key = lead.rpartition(" ")[2].lstrip("{[") if lead.endswith(":") else ""
    has_quotes = len(whole) > 1 and whole[0] + whole[-1] in ('""', "''", *CURLY)
    # Its own quotes end at the first of their kind inside it.
    inner = whole[1:-1] if has_quotes else whole
    example = f"{key} {quoted(to_copy(inner))}".strip()
    return Fault(
        at, "needs-quotes", f"{message}: {shown(whole)}", f"put quotes around it: {example}"
    )


def line_start(text: str, at: int) -> int:
    """Where the line begins that this position is on."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_of(text: str, at: int) -> str:
    """The line that this position is on, without its indentation."""
    return rest(text, line_start(text, at))


def tab(text: str, at: int) -> Fault | None:
    """The fault, if the line is indented with a tab."""
    start = line_start(text, at)
    indent = _INDENT.match(text, start)
    found = indent[0].find("\t") if indent else -1
    if found < 0:
        return None
    message = f"a tab indents this line: {shown(line_of(text, at))}"
    return Fault(start + found, "tabs", message, _SPACES)


def unclosed_quote(text: str, at: int) -> Fault:
    """A quote that opens and is never closed."""
    message = f"the {QUOTES[text[at]]} quote that opens here is never closed: "
    hint = f"close it where the text ends: {quoted(to_copy(rest(text, at + 1)))}"
    return Fault(at, "unclosed-quote", message + shown(rest(text, at)), hint)


def unclosed_bracket(text: str, at: int) -> Fault:
    """A bracket that opens and is never closed."""
    sign = text[at]
    message = f'"{sign}" opens here and no "{CLOSERS[sign]}" closes it: '
    hint = f"close it with {CLOSERS[sign]}, or, if it is text, put quotes around the whole text"
    return Fault(at, "unclosed-bracket", message + shown(rest(text, at)), hint)


def indented(text: str, at: int) -> bool:
    """Whether nothing but blanks stands before this on its line."""
    return not text[line_start(text, at) : at].strip()


def stray_tab(text: str, at: int) -> Fault:
    """A tab behind a dash or a key, where only spaces may stand."""
    message = f"a tab stands where a space belongs: {shown(line_of(text, at))}"
    return Fault(at, "tabs", message, _SPACES)
