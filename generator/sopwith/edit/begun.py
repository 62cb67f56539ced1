"""Data -> the text of a new file, with a comment above each key that says what belongs there."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping

from sopwith.edit.pen import WIDTH, Pen
from sopwith.edit.sheet import BY_HAND, Sheet, Unwritable
from sopwith.fields import Fields
from sopwith.problem import Route
from sopwith.source import Data

_SENTENCE = re.compile(r".*?[.?!](?=\s|\Z)")


def begun(data: Mapping[str, Data], fields: Fields, spread: str = "") -> str:
    """Write a file that says this; the comments are the first sentences of the descriptions.

    What stands under the key `spread` has a line for each of its entries, however short they are.
    Raises Unwritable.
    """
    entries = (
        Pen().entry(key, value, 0, in_block=WIDTH if key == spread else 0)
        for key, value in data.items()
    )
    sheet = Sheet.read("".join(f"{entry}\n" for entry in entries))
    text, at = "", 0
    for line, sentence in _sentences(sheet, (), fields):
        lead = " " * (len(sheet.text[line:]) - len(sheet.text[line:].lstrip(" "))) + "# "
        note = textwrap.fill(sentence, WIDTH, initial_indent=lead, subsequent_indent=lead)
        text += f"{sheet.text[at:line]}{note}\n"
        at = line
    text += sheet.text[at:]
    if Sheet.read(text).data != data:
        raise Unwritable(BY_HAND)
    return text


def _sentences(sheet: Sheet, route: Route, fields: Fields) -> Iterator[tuple[int, str]]:
    """What is to be said of keys, of a list in its first item, and above which line."""
    if sheet.is_flow(route):
        return
    for step, mark in sheet.mark(route).parts.items():
        inner = fields.at(step)
        said = _SENTENCE.match(inner.description)
        if said and isinstance(step, str):
            yield sheet.line_start(mark.key), said[0]
        if mark.parts and (step == 0 or isinstance(step, str)):
            yield from _sentences(sheet, (*route, step), inner)
