"""The forms of text that no pattern can describe: a real day, a time zone, an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from sopwith.model import Moment

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# A dot-atom (RFC 5322, 3.2.3) and a domain with a dot (RFC 1035, 2.3.1): what every mail program
# takes without quotes.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")


@cache
def zones() -> frozenset[str]:
    """Every name of a time zone in the IANA database, as the tzdata package carries it."""
    text = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return frozenset(text.split())


def is_date(text: str) -> bool:
    """Whether it is a day of the calendar, written 2026-11-20."""
    return bool(_DATE.fullmatch(text)) and _reads(date.fromisoformat, text)


def is_moment(text: str) -> bool:
    """Whether it is a day, or a day and a time of it."""
    return _reads(Moment.parse, text)


def is_timezone(text: str) -> bool:
    """Whether it is the name of a time zone."""
    return text in zones()


def is_email(text: str) -> bool:
    """Whether it is an email address that can stand in a header as it is."""
    return bool(_EMAIL.fullmatch(text))


def is_uri(text: str) -> bool:
    """Whether it is the address of a web page."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "date": is_date,
    "moment": is_moment,
    "timezone": is_timezone,
    "email": is_email,
    "uri": is_uri,
}
"""Every format that our schemas name. Both validators judge by these same functions."""
