"""Spaces that look like those of YAML, and are none: word processors and web pages write them."""

from __future__ import annotations

import re
import unicodedata

from sopwith.source.fault import Fault, shown
from sopwith.source.mend.complaint import Complaint
from sopwith.source.wording import SPACES, line_of, line_start

_STANDS = re.compile(rf"^[ \t]*(?:- +)*(?:[\w-]+:)? *([{SPACES}])", re.MULTILINE)


def odd_space(c: Complaint) -> Fault | None:
    """The first such space where one of YAML's belongs, on the lines that were read last."""
    end = c.text.find("\n", c.at)
    lines = c.text[: end if end >= 0 else len(c.text)]
    found = _STANDS.search(lines, line_start(c.text, min(c.last.start, c.at)))
    if found is None:
        return None
    at = found.start(1)
    name = unicodedata.name(found[1], "space").lower()
    message = f"this is no common space (U+{ord(found[1]):04X}, {name}): "
    hint = "delete it and type the spaces again; such characters come with pasted text"
    return Fault(at, "odd-character", message + shown(line_of(c.text, at)), hint)
