"""Text behind what has ended: a closing quote or bracket, or the line that ends a file."""

from __future__ import annotations

from sopwith.source.fault import Fault
from sopwith.source.mend.complaint import Complaint
from sopwith.source.wording import QUOTES, quote, rest, unclosed_quote


def after_end(c: Complaint) -> Fault | None:
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


def end_line(c: Complaint) -> Fault:
    """A line of three dots, and more behind it."""
    message = 'the line "..." marks the end of a file, and nothing may follow it'
    return Fault(c.at, "several-documents", message, 'take the line "..." out')
