"""Due dates: the language they are written in, the calendar, and the reckoning."""

from sopwith.due.calendar import BeyondHorizon, Calendar, NeverOpen, countries, regions
from sopwith.due.forms import Due, Halfway, LastBusinessDay, Offset, Unit, words
from sopwith.due.language import parse, parse_within
from sopwith.due.meant import Unreadable
from sopwith.due.reckon import halfway, last_business_day, occurrence, reckon
from sopwith.due.walk import Reckoned

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
