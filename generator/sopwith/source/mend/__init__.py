"""What the parser complains of -> what is wrong, in words for the person who wrote the file.

The parser (libyaml) says what it was reading and what it met. The tables below know what people
have mostly done when it says so: text that needs quotes, a quote or a bracket that is never
closed, a line that begins in the wrong column.
"""

from __future__ import annotations

from collections.abc import Callable

from sopwith.source.fault import Fault
from sopwith.source.mend.colons import colon, no_colon
from sopwith.source.mend.columns import indent
from sopwith.source.mend.complaint import Complaint
from sopwith.source.mend.spaces import odd_space
from sopwith.source.mend.values import (
    anything,
    began_with_sign,
    directive,
    escape,
    in_brackets,
    met_sign,
    no_beginning,
    no_value,
    quoted_text,
    tabbed,
    tag,
)
from sopwith.source.wording import Last, no_tag


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
    space = odd_space(complaint)
    if space:
        return space
    explain = next((known for words, known in _KNOWN if words in complaint.met), None)
    explain = explain or next(
        (known for words, known in _DOING if words in complaint.doing), anything
    )
    return explain(complaint)


_Explain = Callable[[Complaint], Fault]

# The first words that occur in what the parser met decide; the spelling is libyaml's.
_KNOWN: tuple[tuple[str, _Explain], ...] = (
    ("mapping values are not allowed", colon),
    ("could not find expected ':'", no_colon),
    ("found unknown escape character", escape),
    ("did not find expected hexdecimal number", escape),
    ("found invalid Unicode character escape code", escape),
    ("found a tab character", tabbed),
    ("found character that cannot start any token", no_beginning),
    ("block sequence entries are not allowed", met_sign),
    ("mapping keys are not allowed", met_sign),
    ("did not find expected comment or line break", began_with_sign),
    ("found undefined tag handle", tag),
    ("did not find expected node content", no_value),
    ("did not find expected ',' or", in_brackets),
    ("did not find expected key", indent),
    ("did not find expected '-' indicator", indent),
    ("did not find expected <document start>", indent),
    ("found incompatible YAML document", directive),
)
# Where it does not, what the parser was doing does.
_DOING: tuple[tuple[str, _Explain], ...] = (
    ("quoted scalar", quoted_text),
    ("scanning an alias", began_with_sign),
    ("scanning an anchor", began_with_sign),
    ("block scalar", began_with_sign),
    ("a tag", began_with_sign),
    ("directive", directive),
)
