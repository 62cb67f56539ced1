"""What a form made of a file -> the file as it was, with only what the form changed.

A form gives back data: comments are gone, quotes and the order of keys are its own. Its data is
put onto the text it began with. What has an id is found by it, wherever it went.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from sopwith.edit.changes import insert, put, remove
from sopwith.edit.pieces import apart, copied, ordered
from sopwith.edit.place import Splice
from sopwith.edit.sheet import BY_HAND, Sheet, Unwritable
from sopwith.fields import Fields
from sopwith.problem import Route
from sopwith.source import Data

Names = tuple[str, ...]
"""Where a list stands, with ids in place of numbers: `phases, setup, steps`."""


def onto(text: str, form: str, fields: Fields) -> str:
    """Write what a form's text says into the text that the form was given.

    All else stays byte for byte. Another order of keys is no change, and a field that is empty, or
    says what leaving it out says, is as good as left out. Raises Unwritable, also where the form's
    text has comments of its own: no form wrote those, and they would be lost.
    """
    before, after = Sheet.read(text), Sheet.read(form)
    own = next((note for note in after.notes if note not in before.notes), "")
    if own:
        raise Unwritable(f'a person wrote there, and no form: "{own}"')
    data = _filled(after.data, fields)
    if not isinstance(data, dict) or not data:
        raise Unwritable("nothing would be left of the file")
    text = _told(_gathered(text, data), (), data, fields)
    sheet = Sheet.read(text)
    if _key(_filled(sheet.data, fields)) != _key(data) or Counter(sheet.notes) - Counter(
        before.notes
    ):
        raise Unwritable(BY_HAND)
    return text


def _filled(data: Data, fields: Fields) -> Data:
    """The data without what a form left empty or as it is anyway, with its keys in our order."""
    if isinstance(data, list):
        items = [_filled(item, fields.at(0)) for item in data]
        return [item for item in items if not _is_empty(item)]
    if not isinstance(data, dict):
        return data
    keys = [key for key in fields.order if key in data]
    keys += [key for key in data if key not in fields.order]
    filled = {key: _filled(data[key], fields.at(key)) for key in keys}
    return {
        key: value
        for key, value in filled.items()
        if not _is_empty(value) and value != fields.at(key).default
    }


def _is_empty(value: Data) -> bool:
    return not isinstance(value, bool) and not value


def _key(data: Data) -> str:
    """What some data says, whatever the order of its keys."""
    return json.dumps(data, sort_keys=True)


# What has an id ---------------------------------------------------------------------------------


def _gathered(text: str, data: dict[str, Data]) -> str:
    """Bring all that has an id to where the data has it: what is new in, what is gone out."""
    home = dict(_lists(Sheet.read(text).data))
    goal = dict(_lists(data))
    for names, ids in goal.items():
        for id_ in ids:
            if id_ not in home.get(names, ()):
                text = _added(text, names, id_, home, data)
    for names, ids in goal.items():
        sheet = Sheet.read(text)
        route = _find(sheet.data, names)
        now = _ids(sheet.data_at(route)) if route else []
        if route and now and now != ids:
            order = [now.index(id_) for id_ in ids]
            text = _with(sheet, ordered(sheet, route, order, spread=True))
    return text


def _added(
    text: str, names: Names, id_: str, home: Mapping[Names, Sequence[str]], data: Data
) -> str:
    """Add to a list what it did not have: as it stood elsewhere in the text, or as the data says.

    What came along inside of something new has lost its comments, and is written once more.
    """
    sheet = Sheet.read(text)
    route = _find(sheet.data, names)
    now = _ids(sheet.data_at(route)) if route else []
    if not route or not now:
        return text
    origin = next((other for other in home if id_ in home[other] and _alike(other, names)), ())
    source = _find(sheet.data, (*origin, id_)) if origin else None
    if source:
        text = _with(sheet, copied(sheet, source, route))
        return remove(text, (*route, now.index(id_))) if id_ in now else text
    place = _find(data, (*names, id_))
    if id_ in now or not place:
        return text
    sheet = Sheet.read(insert(text, route, _at(data, place), None))
    return _with(sheet, apart(sheet, route))


def _lists(data: Data, names: Names = ()) -> Iterator[tuple[Names, list[str]]]:
    """Each list whose items have ids, the outer ones first."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _lists(value, (*names, key))
    elif isinstance(data, list) and (ids := _ids(data)):
        yield names, ids
        for id_, item in zip(ids, data, strict=True):
            yield from _lists(item, (*names, id_))


def _ids(data: Data) -> list[str]:
    """The ids of a list's items; none where not each item has one of its own."""
    items = data if isinstance(data, list) else []
    ids = [
        id_ for item in items if isinstance(item, dict) and isinstance(id_ := item.get("id"), str)
    ]
    return ids if len(set(ids)) == len(items) else []


def _find(data: Data, names: Names) -> Route | None:
    """The route that leads to what has these names."""
    route: list[str | int] = []
    for name in names:
        if isinstance(data, list):
            ids = _ids(data)
            if name not in ids:
                return None
            route.append(ids.index(name))
            data = data[ids.index(name)]
        elif isinstance(data, dict) and name in data:
            route.append(name)
            data = data[name]
        else:
            return None
    return tuple(route)


def _alike(one: Names, other: Names) -> bool:
    """Whether two lists hold things of one kind: keys and ids take turns in their names."""
    return one[::2] == other[::2]


# What is said -----------------------------------------------------------------------------------


def _told(text: str, route: Route, data: Data, fields: Fields) -> str:
    """Write data over what stands at a route, changing no more of it than differs."""
    now = Sheet.read(text).data_at(route)
    if _key(now) == _key(data):
        return text
    if isinstance(now, list) and isinstance(data, list):
        return _listed(text, route, now, data, fields.at(0))
    if not isinstance(now, dict) or not isinstance(data, dict):
        return put(text, route, data)
    for key, value in data.items():
        if key in now:
            text = _told(text, (*route, key), value, fields.at(key))
        else:
            text = put(text, (*route, key), value, fields.order)
    for key in [key for key in now if key not in data and now[key] != fields.at(key).default]:
        text = remove(text, (*route, key))
    return text


def _listed(
    text: str, route: Route, now: Sequence[Data], data: Sequence[Data], fields: Fields
) -> str:
    """Write a list over another, item by item, from the last to the first."""
    pairs = SequenceMatcher(None, [*map(_key, now)], [*map(_key, data)], autojunk=False)
    for what, start, end, first, last in reversed(pairs.get_opcodes()):
        if what == "equal":
            continue
        both = min(end - start, last - first)
        for number in reversed(range(first + both, last)):
            text = insert(text, route, data[number], start + both)
        for number in reversed(range(start + both, end)):
            text = remove(text, (*route, number))
        for number in range(both):
            text = _told(text, (*route, start + number), data[first + number], fields)
    return text


def _at(data: Data, route: Route) -> Data:
    for step in route:
        data = data[step]  # type: ignore[index]  # the route was found in it
    return data


def _with(sheet: Sheet, splice: Splice | None) -> str:
    if splice is None:
        return sheet.before + sheet.text
    return sheet.before + sheet.text[: splice.start] + splice.text + sheet.text[splice.end :]
