"""A colon too many, or one too few."""

from __future__ import annotations

import re

from sopwith.source.fault import Fault, quoted, shown, to_copy
from sopwith.source.mend.columns import indent, misplaced
from sopwith.source.mend.complaint import Complaint
from sopwith.source.mend.ends import after_end
from sopwith.source.wording import (
    CUT,
    QUOTES,
    indented,
    line_of,
    line_start,
    quote,
    rest,
    tab,
    unclosed_bracket,
    unclosed_quote,
)


def colon(c: Complaint) -> Fault:
    """A colon and a space inside plain text, or a key in the wrong column."""
    ended = after_end(c)
    if ended or c.last.style != "plain":
        return ended or indent(c)
    start = c.last.start
    line = line_start(c.text, c.at)
    if start >= line:
        return inner_colon(c, start)
    if indented(c.text, start):
        return _keyless(c, start)
    words = c.text[line : c.at].strip()
    if re.fullmatch(r"(- +)?[\w-]+", words):
        return tab(c.text, c.at) or misplaced(c, c.at - len(c.text[line : c.at].lstrip()))
    return inner_colon(c, start)


# What stands behind these is never a text.
_CONDITIONS = ("when:", "applies_to:", "not:")


def inner_colon(c: Complaint, start: int) -> Fault:
    """A colon and a space inside plain text that begins at `start`."""
    whole = c.text[start : c.at] + rest(c.text, c.at, flow=c.inside is not None)
    key = c.text[line_start(c.text, start) : start].strip(" \t-")
    if key in _CONDITIONS and c.inside is None:
        message = f"a second key stands on this line: {shown(whole)}"
        return Fault(c.at, "bad-yaml", message, f"put braces around it: {key} {{{to_copy(whole)}}}")
    message = "a colon and a space inside a text need quotes"
    return quote(c.text, c.at, start, whole, message)


def _keyless(c: Complaint, at: int) -> Fault:
    """A line that is no key with a value."""
    if c.text[at : at + 1] in QUOTES:
        return unclosed_quote(c.text, at)
    comment = CUT.search(line_of(c.text, at))
    line = line_of(c.text, at)
    tight = re.match(r"([\w-]+):(\S.*)", line)
    if comment:
        message = f"a # after a space begins a comment: {shown(line)}"
        hint = f"put quotes around the text: {quoted(to_copy(line))}"
        start = at + comment.start(1) - (at - line_start(c.text, at))
        return Fault(start, "comment-in-text", message, hint)
    if tight:
        message = f"no space stands behind the colon: {shown(line)}"
        return Fault(at, "bad-yaml", message, f"write: {tight[1]}: {to_copy(tight[2])}")
    tabbed = tab(c.text, at)
    if tabbed:
        return tabbed
    equals = re.fullmatch(r"([a-z_]+) *= *(.+)", line)
    if equals:
        message = f"a colon and a space belong behind a key: {shown(line)}"
        return Fault(at, "bad-yaml", message, f"write: {equals[1]}: {to_copy(equals[2])}")
    message = f"this line has no key and colon: {shown(line)}"
    hint = (
        "write it as key: value, or, if it carries on the text above, indent it deeper than its key"
    )
    return Fault(at, "bad-yaml", message, hint)


def no_colon(c: Complaint) -> Fault:
    """A line without a key and a colon, or one inside a bracket that nobody closed."""
    if c.inside is not None:
        return unclosed_bracket(c.text, c.inside)
    return _keyless(c, c.began)
