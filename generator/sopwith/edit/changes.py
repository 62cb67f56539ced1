"""One change at a time: a value said, an item added, a part taken out, a key renamed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sopwith.edit.place import Splice, added, changed, renamed, taken_out
from sopwith.edit.sheet import BY_HAND, HALF, Sheet, Unwritable
from sopwith.problem import Route
from sopwith.source import Data, parse


def put(text: str, route: Route, value: Data, order: Sequence[str] = ()) -> str:
    """Say what stands at a route: a value that is there is replaced, one that is not is added.

    A new key goes right behind the nearest key that comes before it in `order`, or before the
    nearest that comes after it, or last. Maps that are missing on the way are made. Raises
    Unwritable.
    """
    sheet = Sheet.read(text)
    known = sheet.known(route)
    if known == len(route):
        if _same(sheet.data_at(route), value):
            return text
        return _read_back(sheet, changed(sheet, route, value), _with(sheet.data, route, value))
    parent, key, missing = route[:known], route[known], route[known + 1 :]
    keys = sheet.data_at(parent)
    if not isinstance(keys, dict) or not all(isinstance(step, str) for step in route[known:]):
        raise Unwritable(f"there is no place for {_shown(route)}")
    for step in reversed(missing):
        value = {str(step): value}
    index = _place(list(keys), str(key), order)
    splice = added(sheet, parent, index, (str(key), value), in_block=len(missing))
    pairs = [*keys.items()]
    pairs.insert(index, (str(key), value))
    return _read_back(sheet, splice, _with(sheet.data, parent, dict(pairs)))


def insert(text: str, route: Route, value: Data, at: int | None = 0) -> str:
    """Add an item to the list at a route: at its head, at its end (None), or before another.

    A list that is missing is made, and so are the maps on the way. Raises Unwritable.
    """
    sheet = Sheet.read(text)
    if sheet.known(route) < len(route):
        return put(text, route, [value])
    items = sheet.data_at(route)
    if not isinstance(items, list):
        raise Unwritable(f"{_shown(route)} is no list")
    index = len(items) if at is None else min(at, len(items))
    splice = added(sheet, route, index, (None, value))
    whole = [*items[:index], value, *items[index:]]
    return _read_back(sheet, splice, _with(sheet.data, route, whole))


def remove(text: str, route: Route) -> str:
    """Take out a key with its value, or an item; a parent that would be empty goes with it.

    Comments on lines of their own stay, but for those inside of what goes. Raises Unwritable where
    nothing stands at the route, or where nothing would be left.
    """
    sheet = Sheet.read(text)
    if not route or sheet.known(route) < len(route):
        raise Unwritable(f"there is no {_shown(route)} to take out")
    while len(sheet.mark(route[:-1]).parts) == 1:
        route = route[:-1]
        if not route:
            raise Unwritable("nothing would be left of the file")
    return _read_back(sheet, taken_out(sheet, route), _without(sheet, route))


def rename(text: str, route: Route, key: str) -> str:
    """Give the key at a route another name; it stays in its place. Raises Unwritable."""
    sheet = Sheet.read(text)
    if not route or sheet.known(route) < len(route):
        raise Unwritable(f"there is no {_shown(route)} to rename")
    keys = sheet.data_at(route[:-1])
    if not isinstance(keys, dict) or key in keys:
        raise Unwritable(f"{_shown(route)} cannot be called {_shown((key,))}")
    pairs = {key if name == route[-1] else name: value for name, value in keys.items()}
    return _read_back(sheet, renamed(sheet, route, key), _with(sheet.data, route[:-1], pairs))


def _place(keys: Sequence[str], key: str, order: Sequence[str]) -> int:
    """Where a key goes among others, so that they stand in an order as far as they do."""
    rank = {name: number for number, name in enumerate(order)}
    ranked = [name for name in keys if name in rank and key in rank]
    before = [name for name in ranked if rank[name] < rank[key]]
    if before:
        return keys.index(max(before, key=rank.__getitem__)) + 1
    return keys.index(min(ranked, key=rank.__getitem__)) if ranked else len(keys)


def _read_back(sheet: Sheet, splice: Splice, meant: Data) -> str:
    """The text with the change in it, if it says what was meant."""
    text = sheet.text[: splice.start] + splice.text + sheet.text[splice.end :]
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        raise Unwritable(HALF) from None
    read, problems = parse("", raw)
    if problems:
        raise Unwritable(problems[0].message)
    if read is None or not _same(read.data, meant):
        raise Unwritable(BY_HAND)
    return sheet.before + text


def _same(one: Data, other: Data) -> bool:
    """Whether two values say the same in the same order."""
    return repr(one) == repr(other)


def _with(data: Data, route: Route, value: Data) -> Data:
    """The data with another value at a route that is there."""
    if not route:
        return value
    copy: Any = data.copy() if isinstance(data, dict | list) else data
    copy[route[0]] = _with(copy[route[0]], route[1:], value)
    changed: Data = copy
    return changed


def _without(sheet: Sheet, route: Route) -> Data:
    """The data without the part at a route."""
    outer = sheet.data_at(route[:-1])
    left: Any = outer.copy() if isinstance(outer, dict | list) else outer
    del left[route[-1]]
    return _with(sheet.data, route[:-1], left)


def _shown(route: Route) -> str:
    return '"' + ", ".join(map(str, route)) + '"'
