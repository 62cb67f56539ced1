"""What an explanation speaks of, by name: rows, people, days, and where each thing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from sopwith.model import OWN_EVENTS, Library, Moment, Progress
from sopwith.outputs.why.lines import STUCK
from sopwith.plan import BUILT_IN, Plan, Row, endings
from sopwith.problem import Place, Spot
from sopwith.words import near_day

Locate = Callable[[Spot], Place]


class Book:
    """A plan, the library it was made of, and the places that were named so far."""

    def __init__(self, plan: Plan, library: Library, locate: Locate) -> None:
        self.plan = plan
        self.library = library
        self.client = plan.client
        self.company = plan.company
        self.rows = {row.address: row for row in plan.rows()}
        self.homes = {row.address: planned for planned in plan.sops for row in planned.rows}
        self.tails = _tails(self.rows, library.sops)
        self._locate = locate
        # Where nothing is recorded yet, there is no file to look at.
        records = {*library.clients, *library.people, *library.quarters}
        self._unwritten = "" if plan.client.id in records else plan.client.at.path
        self._places: dict[str, int] = {}

    @property
    def end(self) -> str:
        """What happened when nothing was due any more."""
        is_client = self.client.about == "client"
        return "the engagement ended" if is_client else f"{self.client.name} left"

    # Places -----------------------------------------------------------------------------------

    def note(self, spot: Spot) -> str:
        """A mark that leads to where something is written, to stand behind a word."""
        if spot.path in ("", self._unwritten):
            return ""
        place = self._locate(spot)
        number = self._places.setdefault(f"{place.path}:{place.line}", len(self._places) + 1)
        return f"{STUCK}[{number}]"

    def notes(self) -> Iterator[str]:
        """The places that the marks lead to."""
        for place, number in self._places.items():
            yield f"  {f'[{number}]':>{len(str(len(self._places))) + 2}} {place}"

    def unstated(self) -> str:
        """The file in which a date that nobody stated would stand."""
        if self.client.about == "client":
            return f"the client's file{self.note((self.client.at / 'dates').name())}"
        return f"company.yml{self.note((self.company.at / 'people').name())}"

    # Days -------------------------------------------------------------------------------------

    def day(self, when: Moment | date) -> str:
        """A weekday, day and month; with the year where it is not this one, and with a time."""
        return near_day(when, self.plan.today, self.company.locale).replace(" ", STUCK)

    def days_late(self, due: Moment, until: date) -> int:
        """How many days something was late; those on which the client's work rested count not."""
        days = range(due.day.toordinal() + 1, until.toordinal() + 1)
        return sum(not self.is_paused(date.fromordinal(day)) for day in days)

    def is_paused(self, day: date) -> bool:
        """Say whether the client's work rests on a day."""
        return any(day in pause for pause in self.client.paused)

    # Names ------------------------------------------------------------------------------------

    def name(self, row: Row) -> str:
        """A row by title and number."""
        return f'"{row.title}" ({row.number})'

    def listed(self, row: Row) -> str:
        """A row by title, with what its case is about: a list holds those of several cases."""
        case = self.homes[row.address].case
        return f"{row.title} ({case.title})" if case and case.title else row.title

    def person(self, person: str) -> str:
        """A person's name."""
        known = self.company.people.get(person)
        return known.name if known else person

    def role(self, role: str) -> str:
        """A role's title."""
        known = self.company.roles.get(role)
        return known.title if known else role

    def event(self, event: str) -> str:
        """An event's title in quotes; of one that every client has, what it is."""
        known = self.company.event(event)
        if known:
            return f'"{known.title}"'
        words = BUILT_IN.get(event, event)
        return words if event in OWN_EVENTS[self.client.about] else f"when {words}"

    def sop(self, sop: str) -> str:
        """An SOP's title."""
        known = self.library.sops.get(sop)
        return known.title if known else sop

    def done(self, progress: Progress) -> str:
        """When and by whom something was done, and what the answer was."""
        answer = f', with the answer "{progress.answer}"' if progress.answer else ""
        return f"{self._on(progress)}by {self.person(progress.by)}{answer}{self.note(progress.at)}"

    def answered(self, progress: Progress) -> str:
        """What the answer was, when and by whom."""
        on = self._on(progress)
        by = self.person(progress.by)
        return f'"{progress.answer}" {on}by {by}{self.note(progress.at)}'

    def _on(self, progress: Progress) -> str:
        return f"on {self.day(progress.done)} " if progress.done else ""


def _tails(addresses: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """The shortest ending of each address that no other has, and that is no SOP's name."""
    all_ends = {address: endings(address) for address in addresses}
    often = Counter(end for ends in all_ends.values() for end in ends)
    often.update(iter(taken))
    return {
        address: next((end for end in ends if often[end] == 1), address)
        for address, ends in all_ends.items()
    }


def count(number: int, what: str) -> str:
    """So many of something: `1 step`, `3 steps`."""
    return f"{number} {what}{'' if number == 1 else 's'}"
