"""Due dates: the language they are written in, the calendar, and the reckoning."""

from sopwith.due.calendar import BeyondHorizon, Calendar, NeverOpen, countries, regions
from sopwith.due.language import (
    Due,
    Halfway,
    LastBusinessDay,
    Offset,
    Unit,
    Unreadable,
    parse,
    parse_within,
    words,
)
from sopwith.due.reckon import Reckoned, halfway, last_business_day, occurrence, reckon

__all__ = [
    "BeyondHorizon",
    "Calendar",
    "Due",
    "Halfway",
    "LastBusinessDay",
    "NeverOpen",
    "Offset",
    "Reckoned",
    "Unit",
    "Unreadable",
    "countries",
    "halfway",
    "last_business_day",
    "occurrence",
    "parse",
    "parse_within",
    "reckon",
    "regions",
    "words",
]
