"""A sheet of paper on which those who have read an SOP sign, and the same as a table to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sopwith import paper
from sopwith.acknowledging import Asked
from sopwith.data import Templates
from sopwith.model import Company, Sop
from sopwith.outputs.page import Page
from sopwith.places import version_address
from sopwith.tables import to_csv
from sopwith.words import language_and_region, listing, long_date

SOP, VERSION, PERSON, DAY = "SOP", "Version", "Person", "Confirmed"
"""The columns by which a filled-in sheet is read back."""
HEADINGS = (SOP, VERSION, PERSON, "Name", "Roles", "By when", DAY)


@dataclass(frozen=True, slots=True)
class Context:
    """What a sheet needs beside who is asked."""

    templates: Templates
    company: Company
    today: date
    commit: str


def render(sop: Sop, asked: Sequence[Asked], name: str, context: Context) -> Iterator[Page]:
    """Write `signsheets/<name>.pdf` and `.csv`; raises paper.PaperError.

    Whoever has confirmed already is on it, with the day.
    """
    pdf, table = f"signsheets/{name}.pdf", f"signsheets/{name}.csv"
    yield Page(pdf, _pdf(sop, asked, f"build/{table}", context))
    yield Page(table, to_csv(_lines(sop, asked, context), for_excel=True))


def _lines(sop: Sop, asked: Sequence[Asked], context: Context) -> Iterator[Sequence[str]]:
    yield HEADINGS
    for one in asked:
        yield (
            sop.id,
            str(sop.version),
            one.person.id,
            one.person.name,
            "; ".join(_roles(one, context.company)),
            str(one.due or ""),
            str(one.confirmed or ""),
        )


def _roles(one: Asked, company: Company) -> list[str]:
    return [company.roles[role].title for role in one.roles]


def _pdf(sop: Sop, asked: Sequence[Asked], file: str, context: Context) -> bytes:
    company, locale = context.company, context.company.locale
    language, region = language_and_region(locale)
    change = sop.current
    rows = [
        {
            "name": one.person.name,
            "roles": listing(_roles(one, company), locale),
            "due": long_date(one.due, locale) if one.due else "",
            "overdue": one.state == "overdue",
            "confirmed": long_date(one.confirmed, locale) if one.confirmed else "",
        }
        for one in asked
    ]
    data = {
        "company": company.name,
        "title": sop.title,
        "version": str(sop.version),
        "effective": long_date(change.effective, locale) if change else "",
        "summary": " ".join(change.summary.split()) if change else "",
        "rows": rows,
        "file": file,
        "address": version_address(company.handbook, sop.id, str(sop.version)),
        "printed": str(context.today),
        "commit": context.commit,
        "handbook": company.handbook,
        "paper": company.paper,
        "language": language,
        "region": region,
    }
    try:
        return _print(data, context)
    except paper.MissingGlyph as missing:
        return _print(paper.spelled(data, missing), context)


def _print(data: Mapping[str, object], context: Context) -> bytes:
    shared = context.templates.under("paper")
    template = context.templates.text("signsheet/signsheet.typ")
    title = f"Sign sheet: {data['title']} {data['version']}"
    return paper.pdf(template, data, assets=shared, title=title, today=context.today)
