"""Where in a text a change goes, and what it takes the place of."""

from __future__ import annotations

import re
from typing import NamedTuple

from sopwith.edit.pen import Layout, Pen, flow, scalar
from sopwith.edit.sheet import BY_HAND, Sheet, Unwritable
from sopwith.problem import Route
from sopwith.source import Data

Entry = tuple[str | None, Data]
"""A key and its value, or an item of a list, which has no key."""

_COMMA = re.compile(r"\s*,[ \t]*|")


class Splice(NamedTuple):
    """What stands from `start` to `end` becomes `text`."""

    start: int
    end: int
    text: str


def added(sheet: Sheet, route: Route, index: int, entry: Entry, in_block: int = 0) -> Splice:
    """Add an entry to the map or list at a route, as its `index`th from 0."""
    key, value = entry
    mark, heads = sheet.mark(route), sheet.heads(route)
    if sheet.is_flow(route):
        written = flow(value) if key is None else flow({key: value})[1:-1]
        if not heads:
            return _at(mark.start + 1, written)
        if index:
            return _at(list(mark.parts.values())[index - 1].end, f", {written}")
        return _at(heads[0], f"{written}, ")
    column = sheet.column(heads[0])
    indent = sheet.line_break + " " * column
    layout = _layout(sheet, route, index) if route else ""
    written = _pen(sheet).entry(key, value, column, layout, in_block)
    if index:
        before = list(mark.parts.values())[index - 1]
        return _at(sheet.line_end(sheet.end(before)), indent + written)
    sheet.is_compact(heads[0])
    return _at(heads[0], written + indent)


def changed(sheet: Sheet, route: Route, value: Data) -> Splice:
    """Write another value at a route that is there."""
    mark = sheet.mark(route)
    old = sheet.data_at(route)
    quote = mark.style if mark.style in ("'", '"') else ""
    in_flow = any(sheet.is_flow(route[:depth]) for depth in range(len(route)))
    one_line = (
        scalar(value, flow=in_flow, quote=quote) if isinstance(value, str | bool) else flow(value)
    )
    if in_flow:
        return Splice(mark.start, mark.end, one_line)
    (begin, start), end = sheet.head(route), sheet.end(mark)
    layout: Layout = (
        "" if isinstance(old, str | bool) else "flow" if sheet.is_flow(route) else "block"
    )
    head, column = sheet.text[begin:start], sheet.column(begin)
    written = _pen(sheet).value(value, head, column, layout, quote=quote)
    is_inline = isinstance(old, str | bool) or sheet.is_flow(route)
    if sheet.text[end : sheet.line_end(end)].strip():
        # A comment behind it stays behind it, so the value must end on this line.
        written = f" {one_line}"
    if is_inline and mark.style not in ("|", ">") and sheet.line_break not in written:
        return Splice(mark.start, mark.end, written[1:])
    return Splice(start, end, written)


def renamed(sheet: Sheet, route: Route, key: str) -> Splice:
    """Write another name for a key, in the quotes it has."""
    start, old = sheet.mark(route).key, str(route[-1])
    quote = sheet.text[start] if sheet.text[start] in "'\"" else ""
    if not sheet.text.startswith(f"{quote}{old}{quote}", start):
        raise Unwritable(BY_HAND)
    end = start + len(old) + 2 * len(quote)
    return Splice(start, end, scalar(key, flow=True, quote=quote))


def taken_out(sheet: Sheet, route: Route) -> Splice:
    """Take an entry out of a map or list that has others."""
    parts, heads = list(sheet.mark(route[:-1]).parts), sheet.heads(route[:-1])
    index = parts.index(route[-1])
    head, end = heads[index], sheet.end(sheet.mark(route))
    if sheet.is_flow(route[:-1]):
        return _out_of_flow(sheet, route, index, heads)
    if sheet.is_compact(head):
        following = heads[index + 1]
        is_noted = "#" in sheet.text[end:following]
        return Splice(head, sheet.line_end(end) if is_noted else following, "")
    start, stop = sheet.line_start(head), sheet.next_line(end)
    if stop == sheet.line_end(end):
        # The last line of a file that ends without a line break takes the one before it along.
        start = sheet.line_break_before(start) if start else start
    return Splice(start, stop, "")


def _out_of_flow(sheet: Sheet, route: Route, index: int, heads: tuple[int, ...]) -> Splice:
    parts = list(sheet.mark(route[:-1]).parts.values())
    head, end = heads[index], parts[index].end
    if index:
        start, stop = parts[index - 1].end, end
        gap = sheet.text[start:head]
    else:
        start, stop = head, heads[1]
        gap = sheet.text[end:stop]
    if "#" not in gap:
        return Splice(start, stop, "")
    comma = _COMMA.match(sheet.text, end)
    return Splice(head, comma.end() if comma else end, "")


def _layout(sheet: Sheet, route: Route, index: int) -> Layout:
    """How most maps and lists beside a new entry are written; of two ways, as the nearest is."""
    items = list(sheet.mark(route).parts)
    near = sorted(range(len(items)), key=lambda number: abs(number + 0.5 - index))
    beside = [(*route, items[number]) for number in near]
    layouts: list[Layout] = [
        "flow" if sheet.is_flow(part) else "block" for part in beside if sheet.mark(part).parts
    ]
    return max(layouts, key=layouts.count, default="")


def _at(position: int, text: str) -> Splice:
    return Splice(position, position, text)


def _pen(sheet: Sheet) -> Pen:
    return Pen(sheet.line_break, sheet.step, sheet.list_step)
