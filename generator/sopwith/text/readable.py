"""Plain text in a Markdown file that is read as text as often as it is rendered."""

from __future__ import annotations

import re

# Escaped only where it would act, and by a backslash, not an entity (as in `escape`, which writes
# for more dialects): whoever opens the file in an editor reads "$10,000" and "O'Brien & Co".
_ACTIVE = re.compile(
    r"""
      [\\`*~\[]
    | (?<![^\W_])_ | _(?![^\W_])        # not inside snake_case
    | <(?=[\w/!?])
    | &(?=\#?\w+;)
    | (?<!\S)\#                         # a heading, and what may close one
    | \A[-+=>] | (?<=\A\d)[.)] | \A\d{2,9}[.)]
    """,
    re.VERBOSE,
)


def plain(text: str) -> str:
    """Write text so that CommonMark and GitHub show it as itself, on one line.

    A line break would end the list item that the text is in, so any white space becomes a space.
    """
    return _ACTIVE.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", " ".join(text.split()))
