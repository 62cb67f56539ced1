"""What was meant by a text of the wrong form, where that is plain: a date, a version, a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sopwith.shape.formats import is_date, is_moment

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"{_MONTH} (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
        rf"(?P<day>\d\d?)(?:st|nd|rd|th|\.)? {_MONTH} (?P<year>\d{{4}})",
        r"(?P<year>\d{4})[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)",
        r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})",
    )
)
_EITHER = re.compile(r"(\d\d?)[/-](\d\d?)[/-](\d{4})")
_TIME = re.compile(r"(.+?)(?: at|,|T)? *(\d\d?)(?::(\d\d))? *([ap])?\.?m?\.?", re.IGNORECASE)
_AND = re.compile(r"\s*[,;/&+]\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+")
_MARK = r"(?:[•‣▪●○◦·–—*]|\d+[.)](?=\s)|-(?=\S))"


def days(text: str) -> list[str]:
    """The days that a text may mean: two where nobody can tell the month from the day."""
    text = " ".join(text.split())
    either = _EITHER.fullmatch(text)
    found = [match.groupdict() for shape in _SHAPES if (match := shape.fullmatch(text))]
    if either:
        one, other, year = either.groups()
        pairs = ((one, other), (other, one))
        found = [{"year": year, "month": month, "day": day} for month, day in pairs]
    written = (f"{day['year']}-{_month(day['month'])}-{int(day['day']):02}" for day in found)
    return [*dict.fromkeys(filter(is_date, written))]


def _month(text: str) -> str:
    number = int(text) if text.isdigit() else _MONTHS.index(text[:3].lower()) + 1
    return f"{number:02}"


def moments(text: str) -> list[str]:
    """The days, or days and times of day, that a text may mean."""
    found = _TIME.fullmatch(" ".join(text.split()))
    if days(text) or found is None or not (found[3] or found[4]):
        return days(text)
    day, hour, minute, half = found.groups()
    at = int(hour) % 12 + 12 * (half.lower() == "p") if half else int(hour)
    return [w for one in days(day) if is_moment(w := f"{one} {at:02}:{minute or '00'}")]


def version(text: str) -> str:
    """The version that a text means, as in v1.0 or 1,0; empty where it may be another."""
    found = re.fullmatch(r"\D{0,10}(\d+)(?:[.,](\d+))?\D?", text)
    return f"{int(found[1])}.{int(found[2] or 0)}" if found else ""


def parts(text: str) -> list[str]:
    """The pieces between commas, slashes and such words as and."""
    return _AND.split(text)


def entries(text: str) -> Sequence[str]:
    """The entries of a list that was typed with bullets or numbers, or with dashes and no space."""
    found = list(_marked(" ".join(text.split())))
    return found if len(found) > 1 else ()


def _marked(text: str) -> Iterator[str]:
    if re.match(_MARK, text):
        yield from filter(None, re.split(rf"(?:^|(?<=\s)){_MARK}\s*", text))
