"""A YAML text -> the same text with keys in their order and quotes where they are needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sopwith.edit.pen import Quoted, scalar
from sopwith.edit.pieces import ordered
from sopwith.edit.place import Splice
from sopwith.edit.sheet import BY_HAND, Sheet, Unwritable
from sopwith.fields import Fields
from sopwith.problem import Route


def tidy(text: str, fields: Fields) -> str:
    """Put keys into the order of the schema, and quotes around what YAML 1.1 or 1.2 misreads.

    Quotes are double where nothing in them needs escaping; quotes too many stay, and so does the
    order of what the firm names itself, such as roles. The data stays what it is, and every
    comment stays with what it is about. Raises Unwritable where that cannot be.
    """
    sheet = Sheet.read(text)
    new = sheet.before + _with(sheet.text, 0, len(sheet.text), _changes(sheet, (), fields))
    after = Sheet.read(new)
    if after.data != sheet.data or Counter(after.notes) != Counter(sheet.notes):
        raise Unwritable(BY_HAND)
    return new


def _changes(
    sheet: Sheet, route: Route, fields: Fields, *, in_brackets: bool = False
) -> list[Splice]:
    """What changes in the map or list at a route; no two of them overlap."""
    in_brackets = in_brackets or sheet.is_flow(route)
    parts = sheet.mark(route).parts
    found: list[Splice] = []
    for step, mark in parts.items():
        value = sheet.data_at((*route, step))
        if isinstance(step, str):
            found += _rewritten(sheet, mark.key, step, in_brackets=in_brackets)
        if mark.parts:
            found += _changes(sheet, (*route, step), fields.at(step), in_brackets=in_brackets)
        elif isinstance(value, str | bool) and mark.style in ("", "'"):
            found += _rewritten(sheet, mark.start, value, mark.end, in_brackets=in_brackets)
    order = _order([*parts], fields.order)
    if order == sorted(order):
        return found

    def cut(start: int, end: int) -> str:
        return _with(sheet.text, start, end, found)

    return [ordered(sheet, route, order, cut, spread=False)]


def _rewritten(
    sheet: Sheet, start: int, value: str | bool, end: int | None = None, *, in_brackets: bool
) -> Iterator[Splice]:
    """Write a key or value anew that stands on one line, plain or between single quotes."""
    sign = sheet.text[start : start + 1]
    if end is None:
        end = start + len("'" + str(value).replace("'", "''") + "'" if sign == "'" else str(value))
    new = scalar(Quoted(value) if sign == "'" else value, flow=in_brackets)
    if sign != '"' and sheet.text[start:end] != new and len(sheet.lines(start, end)) == 1:
        yield Splice(start, end, new)


def _order(keys: Sequence[str | int], order: Sequence[str]) -> list[int]:
    """The keys' numbers in their order; one that the schema does not name follows the last."""
    rank = {name: number for number, name in enumerate(order)}
    ranks: list[int] = []
    for key in keys:
        ranks.append(rank.get(str(key), ranks[-1] if ranks else -1))
    return sorted(range(len(ranks)), key=ranks.__getitem__)


def _with(text: str, start: int, end: int, changes: Iterable[Splice]) -> str:
    """The text between two positions with the changes that lie there."""
    written, at = "", start
    for change in sorted(changes):
        if start <= change.start and change.end <= end:
            written += text[at : change.start] + change.text
            at = change.end
    return written + text[at:end]
