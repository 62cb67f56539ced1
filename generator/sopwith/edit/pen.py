"""Data -> YAML as our own files are written: braces where a line holds it, quotes where needed."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sopwith.source import Data

Layout = Literal["", "flow", "block"]

WIDTH = 100
# YAML 1.1 (yaml.org/type) or 1.2 (its core schema) takes these for something else than text. What
# looks like a number is taken in widely: quotes too many do no harm.
_OTHER = re.compile(
    r"[yn~=]|<<|yes|no|on|off|true|false|null"
    r"|[-+]?[0-9._][0-9_.,:]*(e[-+]?[0-9]+)?|[-+]?\.(inf|nan)|0[xob][0-9a-f_]+"
    r"|\d{4}-\d\d?-\d\d?([t\s].*)?",
    re.IGNORECASE | re.ASCII,
)
_SIGNS = tuple("-?:,[]{}#&*!|>'\"%@`")
_BREAKS_OFF = re.compile(r":\s|:\Z|\s#")
# Between brackets YAML 1.1 ends a text at any question mark.
_BREAKS_OFF_INSIDE = re.compile(r"[?:,\[\]{}]|\s#")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# A block of text shows its lines as they are, if none begins or ends with blanks.
_LITERAL = re.compile(r"\S(?:[^\r\t\n]*[^\s])?(?:\n+\S(?:[^\r\t\n]*[^\s])?)+\n?")


class Quoted(str):
    """A text that is written in quotes even where it needs none."""

    __slots__ = ()


def scalar(value: str | bool, *, flow: bool, quote: str = "") -> str:
    """Write true, false or a text on one line, so that YAML 1.1 and 1.2 both read it back.

    `flow` is between brackets; `quote` are the quotes it had so far.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if quote or isinstance(value, Quoted) or not _is_plain(value, flow=flow):
        return _quoted(value, quote)
    return value


def _is_plain(text: str, *, flow: bool) -> bool:
    """Whether a text is read as itself without quotes. A day is, as in all our files."""
    if not text or text != text.strip() or text.startswith((*_SIGNS, "...")):
        return False
    if _CONTROL.search(text) or (_BREAKS_OFF_INSIDE if flow else _BREAKS_OFF).search(text):
        return False
    return not _OTHER.fullmatch(text) or _is_day(text)


def _is_day(text: str) -> bool:
    try:
        return len(text) == len("2026-11-20") and str(date.fromisoformat(text)) == text
    except ValueError:
        return False


def _quoted(text: str, quote: str) -> str:
    if _CONTROL.search(text):
        return json.dumps(text, ensure_ascii=False)
    if quote != "'" and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def flow(value: Data) -> str:
    """Write a value on one line, to stand between brackets or to be a map or list in them."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(k, flow=True)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value, flow=True)


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes values in block style; `step` and `list_step` are the file's own indentation."""

    line_break: str = "\n"
    step: int = 2
    list_step: int = 2

    def entry(
        self, key: str | None, value: Data, column: int, layout: Layout = "", in_block: int = 0
    ) -> str:
        """Write an entry of a map, or with no key an item of a list, that begins in a column.

        `layout` is how the entries beside it are written; so many levels as `in_block` says get a
        line for each of their entries, whatever they hold.
        """
        head = "-" if key is None else f"{scalar(key, flow=False)}:"
        return head + self.value(value, head, column, layout, in_block)

    def value(
        self,
        value: Data,
        head: str,
        column: int,
        layout: Layout = "",
        in_block: int = 0,
        quote: str = "",
    ) -> str:
        """Write what follows a head such as `title:` or `-` that begins in a column."""
        room = WIDTH - column - len(head) - 1
        if isinstance(value, str):
            return self._text(value, column + self.step, room, quote)
        if isinstance(value, bool) or not value:
            return f" {flow(value)}"
        if not in_block and layout != "block" and (layout == "flow" or _is_leaf(value)):
            line = flow(value)
            if len(line) <= room and not _holds_lines(value):
                return f" {line}"
        return self._entries(value, head, column, in_block)

    def _entries(
        self, value: dict[str, Data] | list[Data], head: str, column: int, deep: int
    ) -> str:
        pairs: Sequence[tuple[str | None, Data]]
        pairs = [*value.items()] if isinstance(value, dict) else [(None, item) for item in value]
        # What an item holds begins behind its dash, on the same line.
        inner = column + (
            2 if head == "-" else self.list_step if pairs[0][0] is None else self.step
        )
        deep = max(deep - 1, 0)
        lines = [self.entry(key, part, inner, in_block=deep) for key, part in pairs]
        between = self.line_break + " " * inner
        return (" " if head == "-" else between) + between.join(lines)

    def _text(self, text: str, indent: int, room: int, quote: str) -> str:
        """Write a text on one line if it fits; else fold it, or show its lines as they are."""
        if _LITERAL.fullmatch(text):
            sign = " |" if text.endswith("\n") else " |-"
            return self._block(sign, text.removesuffix("\n").split("\n"), indent)
        line = scalar(text, flow=False, quote=quote)
        if len(line) > room and not quote:
            folded = textwrap.wrap(
                text, WIDTH - indent, break_long_words=False, break_on_hyphens=False
            )
            if len(folded) > 1 and " ".join(folded) == text:
                return self._block(" >-", folded, indent)
        return f" {line}"

    def _block(self, sign: str, lines: Sequence[str], indent: int) -> str:
        indented = ["" if not line else " " * indent + line for line in lines]
        return self.line_break.join((sign, *indented))


def _is_leaf(value: dict[str, Data] | list[Data]) -> bool:
    """Whether a map or list holds nothing but texts and lists of texts."""
    parts = value.values() if isinstance(value, dict) else value
    return not any(
        isinstance(part, dict) or (isinstance(part, list) and not _is_flat(part)) for part in parts
    )


def _is_flat(items: Sequence[Data]) -> bool:
    return not any(isinstance(item, dict | list) for item in items)


def _holds_lines(value: Data) -> bool:
    if isinstance(value, dict | list):
        return any(map(_holds_lines, value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and "\n" in value
