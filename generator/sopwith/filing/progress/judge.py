"""What a file says of a task, held against the plan: to be recorded, known, or why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sopwith.exports import ANSWER, ID, Record, read_moment, same_name
from sopwith.filing import entries
from sopwith.filing.whom import gone
from sopwith.finding import called
from sopwith.history import user_email
from sopwith.model import Moment
from sopwith.outputs.tasks import tasks
from sopwith.plan import Plan, Row
from sopwith.problem import Problem, Spot, did_you_mean
from sopwith.source import Data
from sopwith.workspace import Workspace

CODE = "tick-not-recorded"


class _Not(ValueError):
    """Why a step is not recorded as done, and how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Other:
    """A step that is recorded already, and the other day that the file gives."""

    row: Row
    says: Moment


@dataclass(slots=True)
class Found:
    """What came of the records of a file: entries by address in the order of the plan.

    `refused` says of tasks, by id, why they cannot be recorded. `known` is how many are recorded
    already, `differing` those of them for which the file has another day; `others` are the ids of
    tasks of other clients; `strangers` are the names of those that were not made here; `twice` is
    how many are in the file more than once.
    """

    ticks: dict[str, dict[str, Data]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    known: int = 0
    differing: list[Other] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    twice: int = 0
    problems: tuple[Problem, ...] = ()


class Judge:
    """A client's plan, and whom to name where a file names nobody."""

    def __init__(self, work: Workspace, plan: Plan, by: str) -> None:
        self._work = work
        self._plan = plan
        self._by = by
        self._rows: Mapping[str, Row] = {row.address: row for row in plan.rows()}
        self._names = {same_name(task.name): task.address for task in tasks(plan)}

    def all(self, records: Sequence[Record]) -> Found:
        """Judge every record of something done."""
        found, entries_, problems = Found(), dict[str, dict[str, Data]](), list[Problem]()
        # Clients have steps of one name: beside another's tasks, a name does not tell whose it is.
        mixed = any(map(self._is_anothers, records))
        for record in records:
            if not record.ticked or self._is_passed_over(record, found):
                continue
            try:
                row = self._row(record, mixed=mixed)
                if row.progress or row.address in entries_:
                    found.known += 1
                    found.differing += self._differing(record, row)
                else:
                    entries_[row.address] = self._entry(record, row)
            except _Not as reason:
                place = record.place
                problem = Problem(Spot(place.path), CODE, str(reason), reason.hint, place=place)
                problems.append(problem)
                found.refused[record.id] = f"{reason}{f' ({reason.hint})' if reason.hint else ''}"
        found.ticks = {address: entries_[address] for address in self._rows if address in entries_}
        found.problems = tuple(problems)
        ids = Counter(record.id for record in records if self._is_ours(record))
        found.twice = sum(count > 1 for count in ids.values())
        return found

    def _differing(self, record: Record, row: Row) -> Iterator[Other]:
        """The step, where its day was changed in the file after it was recorded."""
        says = read_moment(record.done, self._plan.company.timezone)
        recorded = row.progress.done if row.progress else None
        if row.progress and says and says.day != (recorded and recorded.day):
            yield Other(row, says)

    def _is_passed_over(self, record: Record, found: Found) -> bool:
        """Count what is none of ours: a project in the tool may hold whatever people put there."""
        if self._is_anothers(record):
            found.others.append(record.id)
            return True
        if not record.id and same_name(record.name) not in self._names:
            found.strangers.append(record.name)
            return True
        return False

    def _is_anothers(self, record: Record) -> bool:
        known = {*self._work.library.clients, "people", "quarters"}
        return record.id.partition("/")[0] in known and not self._is_ours(record)

    def _is_ours(self, record: Record) -> bool:
        return record.id.startswith(f"{self._plan.client.id}/")

    def _row(self, record: Record, *, mixed: bool) -> Row:
        client = self._plan.client
        if not record.id:
            address = self._names[same_name(record.name)]
            if mixed:
                message = f'nobody can tell whose task "{record.name}" is, beside those of others'
                hint = (
                    f'if it is of {client.name}, write "{ID}: {client.id}/{address}" into its notes'
                )
                raise _Not(message, hint)
            return self._rows[address]
        address = record.id.removeprefix(f"{client.id}/")
        row = self._rows.get(address) if self._is_ours(record) else None
        if row:
            return row
        if not self._is_ours(record):
            hint = f"ids of this client begin with {client.id}/"
            raise _Not(f'nobody knows whose task "{record.id}" is', hint)
        meant = did_you_mean(address, self._rows)
        raise _Not(f'{client.name} has no step "{address}"', meant)

    def _entry(self, record: Record, row: Row) -> dict[str, Data]:
        if row.state == "out":
            raise _Not(f'"{row.title}" is not to be done: {row.out}')
        note = _line(record.note)
        if record.not_applicable and not record.reason:
            hint = "write the reason into its note"
            raise _Not(f'"{row.title}" is not applicable, and nothing says why', hint)
        if record.not_applicable:
            return entries.not_applicable(self._who(record, row), _line(record.reason), note)
        if row.calls:
            raise _Not(f'"{row.title}" is done when the steps of {row.calls} are')
        day, who = self._day(record, row), self._who(record, row)
        if left := gone(who, day.day, self._plan.company):
            hint = "say with --by who did it, and leave the name out in the file"
            raise _Not(f'"{row.title}" was not done on {day} by {who}: {left}', hint)
        return entries.done(day, who, _answer(record, row), note)

    def _day(self, record: Record, row: Row) -> Moment:
        if not record.done:
            raise _Not(f'"{row.title}" is done, and nothing says when', "fill in the day")
        on = read_moment(record.done, self._plan.company.timezone)
        if on is None:
            raise _Not(
                f'"{row.title}" cannot be done on "{record.done}"',
                f"write the day as in {self._plan.today}",
            )
        if on.day > self._plan.today:
            hint = f"today is {self._plan.today}"
            raise _Not(f'"{row.title}" cannot be done on {on}: that is still to come', hint)
        return on

    def _who(self, record: Record, row: Row) -> str:
        """Whom the file names, else whom `--by` names, the only one whose it is, or git's user."""
        people = self._plan.company.people
        for name in record.by:
            meant = called(name, people)
            if len(meant) == 1:
                return meant[0]
        mine = [person.id for person in row.who if person.id]
        if record.by and not self._is_outside(record):
            hint = f"known: {', '.join(person.name for person in people.values())}"
            raise _Not(f'"{row.title}" was done by {record.by[0]}, whom nobody knows', hint)
        if self._by or len(mine) == 1:
            return self._by or mine[0]
        me = called(user_email(self._work.root), people)
        if not me:
            hint = f"say --by with one of {', '.join(mine or people)}"
            raise _Not(f'nobody can tell who did "{row.title}"', hint)
        return me[0]

    def _is_outside(self, record: Record) -> bool:
        """Say whether the file names the client's own people, who hold no record here."""
        contacts = self._plan.client.contacts
        known = {name.casefold() for c in contacts for name in (c.name, c.email) if name}
        return any(name.casefold() in known for name in record.by)


def _line(text: str) -> str:
    """Text in one line, as a client's file has it: a cell may hold several."""
    return " ".join(text.split())


def _answer(record: Record, row: Row) -> str:
    decision, given = row.step.decision, record.answer
    if decision is None:
        if given:
            raise _Not(f'"{row.title}" asks nothing, so "{given}" is no answer to it')
        return ""
    answers = [answer.answer for answer in decision.answers]
    if not given:
        choices = " or ".join(f'"{answer}"' for answer in answers)
        hint = f'write {choices} behind "{ANSWER}:" in its description, or in a column of that name'
        raise _Not(f'"{row.title}" has no answer: {decision.question}', hint)
    found = decision.meant(given)
    if not found:
        hint = did_you_mean(given, answers)
        raise _Not(f'"{given}" is no answer to "{decision.question}"', hint)
    return found
