"""Tables of tasks: which tool's they are, told by their headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sopwith.exports.record import (
    ANSWER,
    DUE,
    ID,
    NOT_APPLICABLE,
    Export,
    NotAnExport,
    Record,
    from_text,
    planned_for_in,
    planned_in,
    problem,
)
from sopwith.problem import Place
from sopwith.tables import Line, Table


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of table: the headings that tell it, and where it has what; "" where it has not.

    `text` is the description of a task, whose lines may say what has no column. Due dates of an
    `american` form have the month first, whatever the company's locale.
    """

    what: str
    form: str
    told_by: frozenset[str]
    name: str
    due: str
    id: str = ID
    done: str = ""
    by: tuple[str, ...] = ()
    assigned: tuple[str, ...] = ()
    planned_for: str = ""
    answer: str = ANSWER
    note: str = ""
    text: str = ""
    status: str = ""
    american: bool = False


FORMS = (
    Form(
        "an export from Asana",
        "asana",
        frozenset({"Name", "Completed At"}),
        name="Name",
        due="Due Date",
        done="Completed At",
        by=("Assignee Email", "Assignee"),
        assigned=("Assignee Email", "Assignee"),
        text="Notes",
    ),
    Form(
        "our own list of tasks",
        "csv",
        frozenset({"ID", "Task", "Done"}),
        name="Task",
        due="Due",
        id="ID",
        done="Done",
        by=("By",),
        planned_for="Who",
        note="Note",
        status="Status",
    ),
    Form(
        "what goes into Asana",
        "asana",
        frozenset({"Name", "Description", "Section", "Dependencies"}),
        name="Name",
        due="Due Date",
        assigned=("Assignee",),
        text="Description",
        american=True,
    ),
    Form(
        "what goes into Trello",
        "trello",
        frozenset({"name", "description", "due", "completed"}),
        name="name",
        due="due",
        text="description",
        status="completed",
    ),
)

# What a column of states says of tasks that nobody has to do any more.
DONE = frozenset({"done", "true"})
SETTLED = DONE | {NOT_APPLICABLE, "excepted", "ended"}

_AMERICAN = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})")


def read_table(path: str, table: Table) -> Export:
    """Read a table whose headings we know; raises NotAnExport."""
    form = next((form for form in FORMS if form.told_by <= {*table.headings}), None)
    if form is None:
        shown = ", ".join(filter(None, table.headings[:6]))[:80]
        message = f"these are no headings of a list of tasks: {shown}"
        hint = "export the project from Asana as CSV, or use a file that `sopwith tasks` wrote"
        raise NotAnExport([problem(path, message, hint)])
    records = tuple(_record(path, line, form) for line in table.lines)
    return Export(form.what, records, form.form, bool(form.done))


def _record(path: str, line: Line, form: Form) -> Record:
    def cell(heading: str) -> str:
        return line.cells.get(heading, "")

    def named(headings: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for heading in headings if (name := cell(heading)))

    text = cell(form.text)
    done, status = cell(form.done), cell(form.status).casefold()
    not_applicable = status == NOT_APPLICABLE and not done
    note = cell(form.note)
    return Record(
        place=Place(path, line.number),
        id=cell(form.id) or from_text(text, ID),
        name=cell(form.name),
        due=_due(line.cells.get(form.due), form),
        planned=planned_in(text, cell(DUE)),
        assigned=named(form.assigned),
        planned_for=line.cells.get(form.planned_for, planned_for_in(text)),
        done=done,
        by=named(form.by),
        answer=cell(form.answer) or from_text(text, ANSWER),
        note="" if not_applicable else note,
        reason=note if not_applicable else "",
        not_applicable=not_applicable,
        ticked=bool(done) or status in DONE or not_applicable,
        settled=bool(done) or status in SETTLED,
    )


def _due(text: str | None, form: Form) -> str | None:
    """A due date; one of Asana's import, month first, as every other file has it."""
    found = _AMERICAN.fullmatch(text) if text and form.american else None
    return f"{found[3]}-{int(found[1]):02}-{int(found[2]):02}" if found else text
