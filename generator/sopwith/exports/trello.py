"""A Trello board, exported as JSON: cards with a due date, and checklists with items.

What is ticked is in the cards, when and by whom in the board's actions (developer.atlassian.com,
"Trello REST API": Card, Checklist and Action).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sopwith.exports.record import ANSWER, ID, Record, from_text, planned_for_in, planned_in
from sopwith.problem import Place

_ITEM = re.compile(r"(?P<name>.*?)\s*\[(?P<id>[a-z0-9][a-z0-9/@-]*)\]\s*", re.DOTALL)

# Importers that are given a day write its beginning in UTC, which elsewhere is the day before.
_MIDNIGHT = "T00:00:00.000Z"

Said = Mapping[str, Any]


def is_board(data: object) -> bool:
    """Say whether this is a board."""
    return isinstance(data, dict) and all(_list(data, key) for key in ("cards", "lists"))


def read_board(path: str, board: Said) -> Iterator[Record]:
    """Every card and every item of a checklist, done or not."""
    ticked = dict(_ticked(board))
    place = Place(path)
    for card in _list(board, "cards"):
        text = _text(card, "desc")
        settled = card.get("dueComplete") is True
        when, by = ticked.get(_text(card, "id"), ("", ()))
        yield Record(
            place,
            id=from_text(text, ID),
            name=_text(card, "name"),
            due=_text(card, "due").removesuffix(_MIDNIGHT),
            planned=planned_in(text),
            planned_for=planned_for_in(text),
            done=when if settled else "",
            by=by,
            answer=from_text(text, ANSWER),
            ticked=settled,
            settled=settled,
        )
    for checklist in _list(board, "checklists"):
        for item in _list(checklist, "checkItems"):
            yield _item(place, item, ticked)


def _item(place: Place, item: Said, ticked: Mapping[str, tuple[str, tuple[str, ...]]]) -> Record:
    found = _ITEM.fullmatch(_text(item, "name"))
    settled = item.get("state") == "complete"
    when, by = ticked.get(_text(item, "id"), ("", ()))
    return Record(
        place,
        id=found["id"] if found else "",
        name=found["name"] if found else _text(item, "name"),
        done=when if settled else "",
        by=by,
        ticked=settled,
        settled=settled,
    )


def _ticked(board: Said) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    """When each card and item was last ticked, and by whom; the board lists the newest first."""
    for action in reversed(_list(board, "actions")):
        data, who = _map(action, "data"), _map(action, "memberCreator")
        by = tuple(filter(None, (_text(who, "fullName"), _text(who, "username"))))
        for thing in (_map(data, "checkItem"), _map(data, "card")):
            if thing.get("state") == "complete" or thing.get("dueComplete") is True:
                yield _text(thing, "id"), (_text(action, "date"), by)


def _list(of: Said, key: str) -> list[Said]:
    found = of.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _map(of: Said, key: str) -> Said:
    found = of.get(key)
    return found if isinstance(found, dict) else {}


def _text(of: Said, key: str) -> str:
    found = of.get(key)
    return found if isinstance(found, str) else ""
