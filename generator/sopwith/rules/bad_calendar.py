"""The firm's calendar says something that no calendar knows.

The country is a code of two letters (ISO 3166-1), a region the code of one of its parts
(ISO 3166-2), the holidays are names that the country's
calendar uses in English, and working hours begin before they end.

Wrong:

```yaml
holidays: {country: US, observed: [Thanksgiving]}
```

Right:

```yaml
holidays: {country: US, observed: [Thanksgiving Day]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith import due
from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem, did_you_mean

CODE = "bad-calendar"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report an unknown country, region or holiday, and hours that run backwards."""
    work = library.company.calendar
    calendar = due.Calendar.of(work)
    if calendar.unreadable_hours:
        message = f'"{calendar.unreadable_hours}" are no working hours'
        hint = "write when you open and when you close: 09:00-17:00"
        yield Problem(work.at / "working_hours", CODE, message, hint)
    if work.holidays and calendar.unknown_country:
        message = f'no country has the code "{calendar.unknown_country}"'
        hint = did_you_mean(calendar.unknown_country, due.countries())
        yield Problem(work.holidays.at / "country", CODE, message, hint)
    if work.holidays and calendar.unknown_region:
        message = f'no region of {work.holidays.country} has the code "{calendar.unknown_region}"'
        hint = did_you_mean(calendar.unknown_region, due.regions(work.holidays.country))
        yield Problem(work.holidays.at / "region", CODE, message, hint)
    for name in calendar.unknown_holidays():
        message = f'no holiday of {calendar.country} is called "{name}"'
        spot = (work.at / "holidays" / "observed").holding(name)
        yield Problem(spot, CODE, message, did_you_mean(name, calendar.holiday_names()))
