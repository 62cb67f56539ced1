"""A step of a plan as a task: every string that the forms show, made once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sopwith.exports import ANSWER, DUE, ID, UNDATED, for_whom, same_name
from sopwith.model import Moment
from sopwith.places import step_address
from sopwith.plan import OPEN, Assignee, Plan, PlannedSop, Row, State
from sopwith.words import brief_day, listing, near_day

STATUS: Mapping[State, str] = {
    "due": "to do",
    "undated": "to do",
    "waiting": "waiting",
    "overdue": "late",
    "done": "done",
    "not-applicable": "not applicable",
    "excepted": "excepted",
    "ended": "ended",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One task. `id` is `<client>/<address>`, and `name` is no other task's of this client.

    `after` are the ids of the open tasks that come before it, `before_it` their names. `ours` are
    our people who do it, the first of them the one to assign it to; `others` are named, but are
    nobody to invite into a tool of ours. `whose` says who does it in which role, and for whom.
    `hints` are the lines that go with it.
    """

    id: str
    address: str
    name: str
    section: str
    sop: str
    phase: str
    status: str
    is_open: bool
    role: str
    ours: tuple[Assignee, ...]
    others: tuple[Assignee, ...]
    whose: str
    due: Moment | None
    when: str
    after: tuple[str, ...]
    before_it: tuple[str, ...]
    critical: bool
    question: str
    answers: tuple[str, ...]
    done: Moment | None
    by: str
    answer: str
    note: str
    link: str
    hints: tuple[str, ...]

    @property
    def people(self) -> str:
        """Everyone who does it, by name."""
        return _people((*self.ours, *self.others))

    @property
    def text(self) -> str:
        """What stands in the description; its last lines are read when the task comes back."""
        waits = [f"After: {'; '.join(self.before_it)}"] if self.before_it else []
        asks = [f"{self.question} {' / '.join(self.answers)}"] if self.question else []
        answer = [f"{ANSWER}: {self.answer}".rstrip()] if self.question else []
        links = [self.link] if self.link else []
        known = [self.whose, *self.hints, *waits, *links]
        due = f"{DUE}: {self.due.day if self.due else UNDATED}"
        return "\n".join([*known, *asks, *answer, f"{ID}: {self.id}", due])


def tasks(plan: Plan) -> tuple[Task, ...]:
    """Every step that is or was to be done, in the order of the plan; headings are no tasks."""
    found = [
        (planned, planned_phase.phase.title, row)
        for planned in plan.sops
        for planned_phase in planned.phases
        for row in planned_phase.rows
        if row.state != "out" and not row.calls
    ]
    names = dict(_names([(planned, row) for planned, _, row in found]))
    return tuple(_task(plan, planned, phase, row, names) for planned, phase, row in found)


def _task(plan: Plan, planned: PlannedSop, phase: str, row: Row, names: Mapping[str, str]) -> Task:
    title = _title(planned)
    decision, progress = row.step.decision, row.progress
    after = tuple(_after(row, plan, names))
    return Task(
        id=f"{plan.client.id}/{row.address}",
        address=row.address,
        name=names[row.address],
        section=f"{title}: {_line(phase)}",
        sop=title,
        phase=_line(phase),
        status=STATUS[row.state],
        is_open=row.is_open,
        role=_role(row.step.role, plan),
        ours=tuple(person for person in row.who if person.id),
        others=tuple(person for person in row.who if not person.id),
        whose=_line(_whose(row, plan)),
        due=row.due,
        when=near_day(row.due, plan.today, plan.company.locale) if row.due else row.due_words,
        after=tuple(f"{plan.client.id}/{address}" for address in after),
        before_it=tuple(names[address] for address in after),
        critical=row.step.critical,
        question=decision.question if decision else "",
        answers=tuple(answer.answer for answer in decision.answers) if decision else (),
        done=progress.done if progress else None,
        by=progress.by if progress else "",
        answer=progress.answer if progress else "",
        note=" ".join(filter(None, (progress.reason, progress.note))) if progress else "",
        link=step_address(plan.company.handbook, row.sop.stage, row.sop.id, row.step.id),
        hints=tuple(map(_line, _hints(row, plan))),
    )


def _people(who: Iterable[Assignee]) -> str:
    return ", ".join(person.name for person in who)


def _whose(row: Row, plan: Plan) -> str:
    """Who does it in which role, and until when for a colleague who is away."""
    stand_ins = [
        f"for {plan.company.people[away.who].name} until {until}"
        for person in row.who
        if (away := person.absence)
        for until in [brief_day(away.to, plan.today, plan.company.locale)]
    ]
    return for_whom(_people(row.who), _role(row.step.role, plan), stand_ins)


def _line(text: str) -> str:
    """Text in one line: a line of its own is what parts one thing from the next."""
    return " ".join(text.split())


def _title(planned: PlannedSop) -> str:
    case = planned.case
    return _line(f"{planned.sop.title} ({case.title or case.id})" if case else planned.sop.title)


def _role(role: str, plan: Plan) -> str:
    known = plan.company.roles.get(role)
    return known.title if known else role


def _names(rows: list[tuple[PlannedSop, Row]]) -> Iterator[tuple[str, str]]:
    """A name for each row: its title; with its SOP where others have that; with its address."""
    ways = [
        (_line(row.title), f"{_line(row.title)} · {_title(planned)}", row.address)
        for planned, row in rows
    ]
    counts = [Counter(map(same_name, column)) for column in zip(*ways, strict=True)]
    for (_, row), (title, longer, address) in zip(rows, ways, strict=True):
        if counts[0][same_name(title)] == 1:
            yield row.address, title
        elif counts[1][same_name(longer)] == 1:
            yield row.address, longer
        else:
            yield row.address, f"{title} · {address}"


def _after(row: Row, plan: Plan, names: Mapping[str, str]) -> Iterator[str]:
    """The open steps that a step waits for or counts from; for a heading, those below it."""
    if row.state not in OPEN:
        return
    inside = [a for a in (*row.waits_for, row.hangs_on) if a and not _is_in(row.address, a)]
    for other in plan.rows() if inside else ():
        before = any(other.address == a or _is_in(other.address, a) for a in inside)
        if before and other.is_open and other.address != row.address and other.address in names:
            yield other.address


def _is_in(address: str, heading: str) -> bool:
    return address.startswith(f"{heading}/")


def _hints(row: Row, plan: Plan) -> Iterator[str]:
    """What whoever does it has to know, and has no column of its own anywhere."""
    step, locale = row.step, plan.company.locale
    if step.critical:
        yield "Critical: the work must not go on without it."
    if row.only_if:
        yield f"Only if {row.only_if}"
    if row.due and row.due.at:
        yield f"Due {near_day(row.due, plan.today, locale)}"
    elif not row.due and row.due_words:
        yield f"Due {row.due_words}"
    for note in step.notes:
        if note.kind != "tip":  # only what can do harm, as on paper
            yield f"{note.kind.capitalize()}: {note.says}"
    if step.with_:
        yield f"With {listing([_role(role, plan) for role in step.with_], locale)}"
    if step.evidence:
        yield f"Evidence: {step.evidence}"
    for text in row.notes:
        yield f"Note: {text}"
