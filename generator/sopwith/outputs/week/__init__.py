"""A person's week across all clients, or the whole firm's: on paper, as text, as a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from sopwith import ical, paper
from sopwith.data import Templates, jinja
from sopwith.model import Company, Library, Person
from sopwith.outputs.page import Page
from sopwith.outputs.week.forms import Sheet
from sopwith.outputs.week.gist import gist
from sopwith.outputs.week.lots import Days, tasks
from sopwith.outputs.week.sheet import Pen
from sopwith.plan import Plan
from sopwith.text.readable import plain
from sopwith.words import language_and_region

__all__ = ["TEAM", "Context", "Sheet", "gist", "render", "sheet"]

TEAM = "team"


@dataclass(frozen=True, slots=True)
class Context:
    """What a week needs beside the plans; `left_out` says what could not be planned."""

    templates: Templates
    library: Library
    today: date
    commit: str
    sequence: ical.Sequences
    left_out: Sequence[str] = ()

    @property
    def company(self) -> Company:
        """The firm."""
        return self.library.company


def sheet(plans: Sequence[Plan], person: Person | None, context: Context) -> Sheet:
    """Turn plans into the strings of one person's week, or, without a person, of everybody's."""
    company, days = context.company, Days.around(context.today, context.company)
    pen, found = Pen(context.library, context.today, days), list(tasks(plans, days))
    each = [pen.person(one, found) for one in ([person] if person else company.people.values())]
    if person:  # for a meeting each client would stand there once for each who manages it
        each = [replace(part, clients=tuple(pen.clients(person, found))) for part in each]
    nobody = [] if person else [pen.nobody(found)]
    idle = [part.name for part in each if not (part.sections or part.reads)]
    language, region = language_and_region(company.locale)
    return Sheet(
        title=pen.title(person.name if person else company.name),
        as_of=pen.as_of(),
        company=company.name,
        for_all=person is None,
        parts=tuple(
            each if person else (part for part in (*each, *nobody) if part.sections or part.reads)
        ),
        idle="" if person or not idle else f"Nothing these two weeks: {', '.join(idle)}.",
        left_out=tuple(context.left_out),
        printed=context.today.isoformat(),
        commit=context.commit,
        handbook=company.handbook,
        paper=company.paper,
        language=language,
        region=region,
    )


def render(plans: Sequence[Plan], person: Person | None, context: Context) -> Iterator[Page]:
    """Write `week/<person>/week.pdf`, `.md` and `.ics`, for everybody below TEAM.

    Raises paper.PaperError.
    """
    content = sheet(plans, person, context)
    folder = f"week/{person.id if person else TEAM}"
    environment = jinja(context.templates, autoescape=False)
    environment.filters["plain"] = plain
    markdown = environment.get_template("week/week.md.j2").render(sheet=content)
    yield Page(f"{folder}/week.pdf", _pdf(content, context))
    yield Page(f"{folder}/week.md", markdown.encode())
    yield Page(f"{folder}/week.ics", _calendar(plans, person, content.title, context))


def _pdf(content: Sheet, context: Context) -> bytes:
    """Print the page, whatever letters there are: one client's name is not to spoil the week."""
    try:
        return _print(asdict(content), context)
    except paper.MissingGlyph as missing:
        return _print(paper.spelled(asdict(content), missing), context)


def _print(data: dict[str, object], context: Context) -> bytes:
    shared = context.templates.under("paper")
    template = context.templates.text("week/week.typ")
    title = str(data["title"])
    return paper.pdf(template, data, assets=shared, title=title, today=context.today)


def _calendar(plans: Sequence[Plan], person: Person | None, name: str, context: Context) -> bytes:
    """What is on the page, and what is settled of these two weeks, so that no calendar keeps it."""
    days = Days.around(context.today, context.company)
    near = [
        task.entry
        for task in tasks(plans, days)
        if task.near and (not person or person.id in task.people)
    ]
    settled = [
        entry
        for entry in ical.entries(plans)
        if entry.row.due
        and not entry.row.is_open
        and days.first <= entry.row.due.day <= days.until
        and (not person or any(who.id == person.id for who in entry.row.who))
    ]
    return ical.calendar(
        [*near, *settled],
        context.company,
        name=name,
        today=context.today,
        sequence=context.sequence,
    )
