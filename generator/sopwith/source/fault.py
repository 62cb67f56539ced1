"""Something wrong at a position of a text, before lines are counted, and the words for it."""

from __future__ import annotations

from typing import NamedTuple

from sopwith.problem import Route

_LONGEST = 60
_LONGEST_TO_COPY = 400


class Fault(NamedTuple):
    """A problem to be: `at` is an index into the text."""

    at: int
    code: str
    message: str
    hint: str = ""
    route: Route = ()


class Stop(Exception):
    """Nothing after this fault can be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def cut(text: str, longest: int = _LONGEST) -> str:
    """The text on one line and no longer than fits into a message."""
    line = " ".join(text[: 4 * longest].split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def to_copy(text: str) -> str:
    """The text for a hint, whole if it can be: what is cut there is lost where it is copied."""
    return cut(text, _LONGEST_TO_COPY)


def shown(text: str) -> str:
    """The text as messages show it: on one line, cut, in quotes unless it has some itself."""
    short = cut(text)
    return short if '"' in short else f'"{short}"'


def quoted(text: str) -> str:
    """The text as YAML between quotes, by whichever quotes need nothing escaped."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
