"""What the parser complains of -> what is wrong, in words for the person who wrote the file.

The parser (libyaml) says what it was reading and what it met. The tables below know what people
have mostly done when it says so: text that needs quotes, a quote or a bracket that is never
closed, a line that begins in the wrong column.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from sopwith.source.fault import Fault, cut, quoted, shown
from sopwith.source.wording import (
    CLOSERS,
    CUT,
    QUOTES,
    Last,
    indented,
    leading,
    line_of,
    line_start,
    no_key,
    no_tag,
    quote,
    rest,
    stray_tab,
    tab,
    unclosed_bracket,
    unclosed_quote,
)


class Complaint(NamedTuple):
    """What the parser says: what it was doing since `began`, and what it met at `at`.

    `inside` is where the innermost bracket opened that is still open.
    """

    text: str
    doing: str
    met: str
    began: int
    at: int
    last: Last
    inside: int | None

    @property
    def char(self) -> str:
        """The character that was met; empty at the end of the file."""
        return self.text[self.at : self.at + 1]


def mend(text: str, error: Exception, last: Last, inside: int | None) -> Fault:
    """The fault behind a complaint of the parser."""
    if isinstance(error, UnicodeError):
        # Only a tag can hold bytes that are no text, written as %ed%a0.
        return no_tag(text, max(text.find("!", last.end), 0))
    met_at = getattr(error, "problem_mark", None)
    began_at = getattr(error, "context_mark", None)
    at = met_at.index if met_at else last.end
    complaint = Complaint(
        text,
        getattr(error, "context", None) or "",
        getattr(error, "problem", None) or "",
        began_at.index if began_at else at,
        at,
        last,
        inside,
    )
    explain = next((known for words, known in _KNOWN if words in complaint.met), None)
    explain = explain or next(
        (known for words, known in _DOING if words in complaint.doing), _anything
    )
    return explain(complaint)


def _after_end(c: Complaint) -> Fault | None:
    """The fault, if text goes on behind a closing quote or bracket."""
    style, start, end = c.last
    if style not in ("'", '"', "flow") or c.text[end : c.at].strip(" \t"):
        return None
    inner = c.text[start:end]
    if style in QUOTES and ("\n" in inner or "\r" in inner):
        return unclosed_quote(c.text, start)
    whole = c.text[start : c.at] + rest(c.text, c.at, flow=c.inside is not None)
    what = f"{QUOTES[style]} quote" if style in QUOTES else "bracket"
    return quote(c.text, start, start, whole, f"text goes on after the closing {what}")


def _quoted_text(c: Complaint) -> Fault:
    return unclosed_quote(c.text, c.began)


def _escape(c: Complaint) -> Fault:
    at = max(c.text.rfind("\\", c.began, c.at + 1), c.began)
    inner = rest(c.text, c.began + 1).rstrip("\"'")
    message = f"a backslash between double quotes has a meaning of its own: {shown(inner)}"
    hint = f"use single quotes, which leave it as it is: '{cut(inner)}'"
    return Fault(at, "bad-yaml", message, hint)


def _colon(c: Complaint) -> Fault:
    """A colon and a space inside plain text, or a key in the wrong column."""
    ended = _after_end(c)
    if ended or c.last.style != "plain":
        return ended or _indent(c)
    start = c.last.start
    line = line_start(c.text, c.at)
    if start >= line:
        return _inner_colon(c, start)
    if indented(c.text, start):
        return _keyless(c, start)
    words = c.text[line : c.at].strip()
    if re.fullmatch(r"(- +)?[\w-]+", words):
        return tab(c.text, c.at) or _misplaced(c, c.at - len(c.text[line : c.at].lstrip()))
    return _inner_colon(c, start)


# What stands behind these is never a text.
_CONDITIONS = ("when:", "applies_to:", "not:")


def _inner_colon(c: Complaint, start: int) -> Fault:
    whole = c.text[start : c.at] + rest(c.text, c.at, flow=c.inside is not None)
    key = c.text[line_start(c.text, start) : start].strip(" \t-")
    if key in _CONDITIONS and c.inside is None:
        message = f"a second key stands on this line: {shown(whole)}"
        return Fault(c.at, "bad-yaml", message, f"put braces around it: {key} {{{cut(whole)}}}")
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
        hint = f"put quotes around the text: {quoted(cut(line))}"
        start = at + comment.start(1) - (at - line_start(c.text, at))
        return Fault(start, "comment-in-text", message, hint)
    if tight:
        message = f"no space stands behind the colon: {shown(line)}"
        return Fault(at, "bad-yaml", message, f"write: {tight[1]}: {cut(tight[2])}")
    tabbed = tab(c.text, at)
    if tabbed:
        return tabbed
    message = f"this line has no key and colon: {shown(line)}"
    hint = (
        "write it as key: value, or, if it carries on the text above, indent it deeper than its key"
    )
    return Fault(at, "bad-yaml", message, hint)


def _no_colon(c: Complaint) -> Fault:
    if c.inside is not None:
        return unclosed_bracket(c.text, c.inside)
    return _keyless(c, c.began)


def _sign(c: Complaint) -> Fault:
    """A sign that no value can begin with."""
    at = c.at
    if c.char == "\t":
        return tab(c.text, at) or stray_tab(c.text, at)
    if c.char == "%" and c.text.startswith("{%", at - 1):
        at -= 1
    return leading(c.text, at, flow=c.inside is not None)


def _tabbed(c: Complaint) -> Fault:
    return tab(c.text, c.at) or stray_tab(c.text, c.at)


def _met_sign(c: Complaint) -> Fault:
    return tab(c.text, c.at) or leading(c.text, c.at, flow=c.inside is not None)


def _began_with_sign(c: Complaint) -> Fault:
    return leading(c.text, c.began, flow=c.inside is not None)


def _tag(c: Complaint) -> Fault:
    return no_tag(c.text, c.began)


def _no_value(c: Complaint) -> Fault:
    """A sign where a value belongs, or the end of the file inside brackets."""
    if c.inside is not None and (c.char in ("", "-") or c.at >= len(c.text.rstrip())):
        return unclosed_bracket(c.text, c.inside)
    if c.inside is not None and c.char == ",":
        hint = "take the comma out, or write the entry that belongs before it"
        return Fault(c.at, "bad-yaml", "nothing stands before this comma", hint)
    if c.text.startswith("...", c.at):
        return _ended(c)
    if not c.char:
        return _anything(c)
    return tab(c.text, c.at) or leading(c.text, c.at, flow=c.inside is not None)


def _in_brackets(c: Complaint) -> Fault:
    """A list or map between brackets that goes on where it should end."""
    ended = _after_end(c)
    if ended:
        return ended
    same_line = line_start(c.text, c.at) == line_start(c.text, c.last.start)
    if c.char == ":" and c.last.style == "plain" and same_line:
        return _inner_colon(c, c.last.start)
    if c.char and c.char in "]}":
        sign = c.text[c.began]
        message = f'"{sign}" opens here and "{c.char}" closes it: {shown(rest(c.text, c.began))}'
        return Fault(c.began, "unclosed-bracket", message, f"close it with {CLOSERS[sign]}")
    return unclosed_bracket(c.text, c.began)


def _indent(c: Complaint) -> Fault:
    """A line that does not belong to those above it."""
    ended = _after_end(c) or tab(c.text, c.at)
    if ended:
        return ended
    if re.search(r"^\.\.\.", c.text[c.last.end : c.at], re.MULTILINE):
        return _ended(c)
    if c.char == ":":
        return no_key(c.at)
    if c.char and c.char in "]}":
        message = f'"{c.char}" closes what was never opened: {shown(line_of(c.text, c.at))}'
        return Fault(c.at, "unclosed-bracket", message, "take it out, or open it where it begins")
    return _misplaced(c, c.at)


def _ended(c: Complaint) -> Fault:
    message = 'the line "..." marks the end of a file, and nothing may follow it'
    return Fault(c.at, "several-documents", message, 'take the line "..." out')


def _misplaced(c: Complaint, at: int) -> Fault:
    line = shown(line_of(c.text, at))
    own, above = at - line_start(c.text, at) + 1, _column_above(c.text, at)
    if above and above != own:
        message = f"this entry begins in column {own}, and the one above in column {above}: {line}"
        hint = f"begin it in column {above}, and move its other lines as far"
        return Fault(at, "bad-indent", message, hint)
    same = at - line_start(c.text, at) == c.began - line_start(c.text, c.began)
    message = f"this line begins in a column that fits none above it: {line}"
    hint = "begin it in the same column as the lines that it belongs with"
    if same and c.char == "-":
        message = f"an entry of a list stands where a key belongs: {line}"
        hint = "write the key of the list on a line above it, as in: tools:"
    elif same and "block collection" in c.doing:
        message = f"a line without a dash stands in a list: {line}"
        hint = "begin it with a dash, or in the same column as the text behind the dash above"
    behind = _behind_dash(c.text, at)
    if behind and c.char != "-":
        hint = f"begin it in column {behind}, as the text behind the dash above, or move that line"
    return Fault(at, "bad-indent", message, hint)


def _behind_dash(text: str, at: int) -> int:
    """The column, from 1, of the text behind the dash on the line above; 0 if there is none."""
    lines = text[: line_start(text, at)].splitlines()
    found = re.match(r" *- +(?=\S)", lines[-1]) if lines else None
    return found.end() + 1 if found else 0


def _column_above(text: str, at: int) -> int:
    """The column, from 1, nearest to this one of an entry above that begins alike; 0 for none."""
    begin = re.match(r"- +[\w-]+:", line_of(text, at))
    if begin is None:
        return 0
    start = line_start(text, at)
    above = [(one, one.lstrip(" ")) for one in reversed(text[:start].splitlines())]
    indents = [len(one) - len(bare) for one, bare in above if bare.startswith(begin[0])]
    return min(indents, key=lambda indent: abs(indent - (at - start)), default=-1) + 1


def _directive(c: Complaint) -> Fault:
    message = f"a line that begins with % is no field: {shown(line_of(c.text, c.began))}"
    return Fault(c.began, "bad-yaml", message, "take the line out; the first line can be a field")


def _anything(c: Complaint) -> Fault:
    message = f"this cannot be read: {shown(rest(c.text, c.at) or line_of(c.text, c.began))}"
    hint = "if it is text, put quotes around the whole of it"
    return Fault(c.at, "bad-yaml", message, hint)


_Explain = Callable[[Complaint], Fault]

# The first words that occur in what the parser met decide; the spelling is libyaml's.
_KNOWN: tuple[tuple[str, _Explain], ...] = (
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _no_colon),
    ("found unknown escape character", _escape),
    ("did not find expected hexdecimal number", _escape),
    ("found invalid Unicode character escape code", _escape),
    ("found a tab character", _tabbed),
    ("found character that cannot start any token", _sign),
    ("block sequence entries are not allowed", _met_sign),
    ("mapping keys are not allowed", _met_sign),
    ("did not find expected comment or line break", _began_with_sign),
    ("found undefined tag handle", _tag),
    ("did not find expected node content", _no_value),
    ("did not find expected ',' or", _in_brackets),
    ("did not find expected key", _indent),
    ("did not find expected '-' indicator", _indent),
    ("did not find expected <document start>", _indent),
    ("found incompatible YAML document", _directive),
)
# Where it does not, what the parser was doing does.
_DOING: tuple[tuple[str, _Explain], ...] = (
    ("quoted scalar", _quoted_text),
    ("scanning an alias", _began_with_sign),
    ("scanning an anchor", _began_with_sign),
    ("block scalar", _began_with_sign),
    ("a tag", _began_with_sign),
    ("directive", _directive),
)
