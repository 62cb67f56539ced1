"""Letters with HubSpot's tokens where HubSpot knows the recipient better than we do.

A token fills in what HubSpot has of whoever gets the email, else the default in it. In an email it
is written as a function of HubL, HubSpot's template language: filters such as `default` are not
applied there (HubSpot, HubL functions, "personalization_token").
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


class Token(str):
    """A token; no filter may touch its letters."""

    __slots__ = ()


def with_tokens(known: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put tokens in the place of what is known of the contact and the client's name.

    What we know becomes the default. What we do not know has no token either: a letter that needs
    it cannot be written.
    """
    contact, client = dict(known.get("contact", {})), dict(known.get("client", {}))
    first, _, last = contact.get("name", "").partition(" ")
    both = " ".join(_token(*each) for each in zip(_NAMES, (first, last), strict=True) if each[1])
    told = {"name": Token(both)} if contact.get("name") else {}
    for name, property_ in _PROPERTIES.items():
        if contact.get(name):
            told[name] = _token(property_, contact[name])
    if client.get("name"):
        client["name"] = _token("company.name", client["name"])
    return {**known, "contact": {**contact, **told}, "client": client}


_NAMES = ("contact.firstname", "contact.lastname")
_PROPERTIES = {
    "first_name": "contact.firstname",
    "title": "contact.jobtitle",
    "email": "contact.email",
}


def _token(property_: str, default: str) -> Token:
    told = json.dumps(default, ensure_ascii=False)
    return Token(f'{{{{ personalization_token("{property_}", {told}) }}}}')
