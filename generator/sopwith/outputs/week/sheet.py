"""What somebody has to do in a week, written as strings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sopwith import due
from sopwith.acknowledging import asked, form_address
from sopwith.model import Client, Library, Moment, Person
from sopwith.outputs.week.forms import Part, ReadSheet, Section, TaskSheet
from sopwith.outputs.week.lots import Days, Lot, Task, lot, managed
from sopwith.plan import Row
from sopwith.words import listing, long_date, near_day

NOTHING = "A quiet week: nothing overdue, due this week or next, or waiting for a client."
NOBODY = "Nobody holds these"


class Pen:
    """Writes what lies before people of one company, on one day, as strings."""

    def __init__(self, library: Library, today: date, days: Days) -> None:
        self._library = library
        self._company = library.company
        self._today = today
        self._days = days
        self._calendar = due.Calendar.of(self._company.calendar)
        named = Counter(client.name for client in library.clients.values())
        self._shared = {name for name, times in named.items() if times > 1}
        self._asked = [one for one in asked(library, today) if one.state != "done"]

    def title(self, whose: str) -> str:
        """Which week it is, and whose."""
        return f"Week of {long_date(self._days.first, self._company.locale)}: {whose}"

    def as_of(self) -> str:
        """Which day it is told as of: not always that of the clock."""
        return f"As of {near_day(self._today, self._today, self._company.locale)}."

    def person(self, person: Person, found: Iterable[Task]) -> Part:
        """What one of us has to do."""
        mine = lot((task for task in found if person.id in task.people), self._days)
        return self._part(
            person.name,
            mine,
            self._away(person),
            person.id,
            self._reads(person),
            gone=self._is_gone(person),
        )

    def clients(self, person: Person, found: Iterable[Task]) -> Iterator[str]:
        """How each client stands whose project manager someone is, in a line."""
        for client, rows in managed(found, person.id):
            overdue = sum(row.state == "overdue" for row in rows)
            late = f"{overdue} overdue{self._whose(rows)}" if overdue else "nothing overdue"
            ahead = (row for row in rows if row.due and row.due.day >= self._today)
            first = next((row for row in ahead if row.state == "due"), None)
            next_ = f"; next: {first.title}, {self._day(first.due)}" if first and first.due else ""
            rests = "".join(f"; {_lowered(pause)}" for pause in self._pauses(client))
            yield f"{self._client(client)}: {late}{next_}{rests}"

    def _whose(self, rows: Iterable[Row]) -> str:
        """Who has what is overdue, as ` (Dana Whitfield 3, Sam Ortiz 1)`; nothing if nobody."""
        late = (who.name for row in rows if row.state == "overdue" for who in row.who)
        told = ", ".join(f"{name} {number}" for name, number in Counter(late).most_common())
        return f" ({told})" if told else ""

    def nobody(self, found: Iterable[Task]) -> Part:
        """What falls to a role that nobody holds."""
        return self._part(NOBODY, lot((task for task in found if not task.people), self._days))

    def _part(
        self,
        name: str,
        of: Lot,
        away: Iterable[str] = (),
        reader: str = "",
        reads: Iterable[ReadSheet] = (),
        *,
        gone: bool = False,
    ) -> Part:
        reading = tuple(reads)
        sections = (
            ("Overdue", of.overdue),
            ("Due before, but paused or not decided yet", of.resting),
            ("Due this week", of.this_week),
            ("Due next week", of.next_week),
            ("Waiting for the client", of.waiting),
        )
        return Part(
            name,
            tuple(away),
            tuple(
                Section(title, tuple(self._tasks(tasks, reader)))
                for title, tasks in sections
                if tasks
            ),
            reading,
            (),
            (*([] if of.near or reading or gone else [NOTHING]), *_rest(of)),
        )

    def _reads(self, person: Person) -> Iterator[ReadSheet]:
        """What this person has to read and confirm, the earliest first."""
        mine = [one for one in self._asked if one.person.id == person.id]
        for one in sorted(mine, key=lambda one: one.due or date.max):
            sop, titles = one.sop, [self._company.roles[role].title for role in one.roles]
            yield ReadSheet(
                title=sop.title,
                version=str(sop.version),
                due=self._day(one.due) if one.due else "no date",
                overdue=one.state == "overdue",
                roles=listing(titles, self._company.locale),
                command=f"sopwith acknowledge {sop.id} --by {person.id}",
                form=form_address(self._library, sop, person.id, str(self._today)),
            )

    def _tasks(self, tasks: Iterable[Task], reader: str) -> Iterator[TaskSheet]:
        """Rows in strings; the first of each client says when that client's work rests."""
        told: set[str] = set()
        for task in tasks:
            client = task.entry.client
            yield self._task(task, reader, () if client.id in told else self._pauses(client))
            told.add(client.id)

    def _task(self, task: Task, reader: str, pauses: Iterable[str]) -> TaskSheet:
        row = task.row
        role = self._company.roles[row.step.role]
        others = ", ".join(who.name for who in row.who if who.id != reader)
        return TaskSheet(
            client=self._client(task.entry.client),
            sop=_called(task),
            case=_case(task),
            number=row.number,
            title=row.title,
            critical=row.step.critical,
            overdue=row.state == "overdue",
            due=near_day(row.due, self._today, self._company.locale) if row.due else "no date",
            role=role.title,
            others=f"with {others}" if others and not role.outside else others,
            lines=(*pauses, *self._lines(task, reader)),
        )

    def _client(self, client: Client) -> str:
        """A client's name, and what we do for them where several engagements share it."""
        tells = client.engagement if client.name in self._shared else ""
        return f"{client.name} ({tells})" if tells else client.name

    def _pauses(self, client: Client) -> Iterator[str]:
        """The pauses of a client's work from today to the end of the two weeks."""
        for pause in client.paused:
            if pause.from_ <= self._days.until and pause.to >= self._today:
                why = f": {pause.why.rstrip('.')}" if pause.why else ""
                yield f"Paused {self._day(pause.from_)} to {self._day(pause.to)}{why}"

    def _lines(self, task: Task, reader: str) -> Iterator[str]:
        row = task.row
        for who in row.who:
            if who.absence and who.id == reader:
                yield f"For {self._company.people[who.absence.who].name}, who is away"
        if row.waits_for:
            rows = {other.address: other for other in task.entry.plan.rows()}
            waited = (rows[address] for address in row.waits_for)
            yield "Waits for " + "; ".join(f"{other.number} {other.title}" for other in waited)
        if row.only_if:
            yield f"Only if {row.only_if}"

    def _away(self, person: Person) -> Iterator[str]:
        for absence in self._company.away:
            near = absence.from_ <= self._days.until and absence.to >= self._days.first
            if absence.who == person.id and near:
                stand_in = self._company.people[absence.stand_in].name
                span = f"{self._day(absence.from_)} to {self._day(absence.to)}"
                yield f"Away {span}: {stand_in} stands in."

    def _is_gone(self, person: Person) -> bool:
        """Whether somebody is away on each of the days of this week."""
        week = (self._days.first + timedelta(days=n) for n in range(7))
        away = [absence for absence in self._company.away if absence.who == person.id]
        return bool(away) and all(
            any(a.from_ <= day <= a.to for a in away) for day in week if self._calendar.is_open(day)
        )

    def _day(self, day: date | Moment) -> str:
        return near_day(day, self._today, self._company.locale)


def _called(task: Task) -> str:
    """The SOP that a step belongs to, with what it is about where it runs for a case."""
    case, title = _case(task), task.row.sop.title
    return f"{title}: {case}" if case else title


def _case(task: Task) -> str:
    case = task.entry.planned.case
    return case.title if case else ""


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _rest(of: Lot) -> Iterator[str]:
    """What is too far away for the page, in numbers."""
    counts = [f"{of.later} with a date"] if of.later else []
    counts += [f"{of.undated} without a date"] if of.undated else []
    if counts:
        yield f"After that come {' and '.join(counts)}."
