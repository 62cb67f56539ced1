"""A value that begins with a sign of YAML's own, never ends, or is not there."""

from __future__ import annotations

from sopwith.source.fault import Fault, shown, to_copy
from sopwith.source.mend.colons import inner_colon
from sopwith.source.mend.complaint import Complaint
from sopwith.source.mend.ends import after_end, end_line
from sopwith.source.wording import (
    CLOSERS,
    leading,
    line_of,
    line_start,
    no_tag,
    rest,
    stray_tab,
    tab,
    unclosed_bracket,
    unclosed_quote,
)


def quoted_text(c: Complaint) -> Fault:
    """A quoted text that is never closed."""
    return unclosed_quote(c.text, c.began)


def escape(c: Complaint) -> Fault:
    """A backslash between double quotes, and behind it nothing that YAML knows."""
    at = max(c.text.rfind("\\", c.began, c.at + 1), c.began)
    inner = rest(c.text, c.began + 1).rstrip("\"'")
    message = f"a backslash between double quotes has a meaning of its own: {shown(inner)}"
    hint = f"use single quotes, which leave it as it is: '{to_copy(inner)}'"
    return Fault(at, "bad-yaml", message, hint)


def no_beginning(c: Complaint) -> Fault:
    """A sign that no value can begin with."""
    at = c.at
    if c.char == "\t":
        return tab(c.text, at) or stray_tab(c.text, at)
    if c.char == "%" and c.text.startswith("{%", at - 1):
        at -= 1
    return leading(c.text, at, flow=c.inside is not None)


def tabbed(c: Complaint) -> Fault:
    """A tab where only spaces may stand."""
    return tab(c.text, c.at) or stray_tab(c.text, c.at)


def met_sign(c: Complaint) -> Fault:
    """A dash or a question mark where a text belongs."""
    return tab(c.text, c.at) or leading(c.text, c.at, flow=c.inside is not None)


def began_with_sign(c: Complaint) -> Fault:
    """A text that began with a sign of YAML's own, and went on as no such thing can."""
    return leading(c.text, c.began, flow=c.inside is not None)


def tag(c: Complaint) -> Fault:
    """A tag of a kind that is not known."""
    return no_tag(c.text, c.began)


def no_value(c: Complaint) -> Fault:
    """A sign where a value belongs, or the end of the file inside brackets."""
    if c.inside is not None and (c.char in ("", "-") or c.at >= len(c.text.rstrip())):
        return unclosed_bracket(c.text, c.inside)
    if c.inside is not None and c.char == ",":
        hint = "take the comma out, or write the entry that belongs before it"
        return Fault(c.at, "bad-yaml", "nothing stands before this comma", hint)
    if c.text.startswith("...", c.at):
        return end_line(c)
    if not c.char:
        return anything(c)
    return tab(c.text, c.at) or leading(c.text, c.at, flow=c.inside is not None)


def in_brackets(c: Complaint) -> Fault:
    """A list or map between brackets that goes on where it should end."""
    ended = after_end(c)
    if ended:
        return ended
    same_line = line_start(c.text, c.at) == line_start(c.text, c.last.start)
    if c.char == ":" and c.last.style == "plain" and same_line:
        return inner_colon(c, c.last.start)
    if c.char and c.char in "]}":
        sign = c.text[c.began]
        message = f'"{sign}" opens here and "{c.char}" closes it: {shown(rest(c.text, c.began))}'
        return Fault(c.began, "unclosed-bracket", message, f"close it with {CLOSERS[sign]}")
    return unclosed_bracket(c.text, c.began)


def directive(c: Complaint) -> Fault:
    """A line for the parser, before all fields."""
    message = f"a line that begins with % is no field: {shown(line_of(c.text, c.began))}"
    return Fault(c.began, "bad-yaml", message, "take the line out; the first line can be a field")


def anything(c: Complaint) -> Fault:
    """What nothing here knows."""
    message = f"this cannot be read: {shown(rest(c.text, c.at) or line_of(c.text, c.began))}"
    hint = "if it is text, put quotes around the whole of it"
    return Fault(c.at, "bad-yaml", message, hint)
