"""An edition as llms.txt, in the form of https://llmstxt.org: each page, and what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.markup import line
from sopwith.outputs.handbook.overview import READERS
from sopwith.outputs.handbook.pen import titled
from sopwith.places import CHANGES, WRITING, page, sop_page
from sopwith.words import long_date

_HOW_TO_READ = (
    "A procedure counts while its status is active; one that is a draft or retired says so in its "
    "title. The same as data is in handbook.json."
)


def llms(edition: Edition) -> str:
    """The list of an edition's pages."""
    company, context = edition.company, edition.context
    day = long_date(context.today, company.locale)
    name = line(company.name)
    about = (
        f"How {name} works: every procedure with its steps, who does them and by when. This "
        f"edition is {READERS[context.audience]}. It was made on {day} from commit "
        f"{context.commit}."
    )
    lines = [f"# {name}", "", f"> {about}", "", _HOW_TO_READ]
    for title, entries in _sections(edition):
        listed = [_entry(edition, *entry) for entry in entries]
        lines += ["", f"## {line(title)}", "", *listed] if listed else []
    return "\n".join(lines) + "\n"


_Entry = tuple[str, str, str]


def _sections(edition: Edition) -> Iterator[tuple[str, list[_Entry]]]:
    """Under each heading what is there: where, what it is called, and what it is about."""
    for stage in edition.company.stages:
        yield (
            stage.title,
            [
                (sop_page(sop.stage, sop.id), titled(sop), sop.outcome)
                for sop in edition.stage(stage.id)
            ],
        )
    for title, folder, items in (
        ("Roles", "roles", edition.roles),
        ("Background", "pages", edition.pages),
        ("Emails", "emails", edition.emails),
        ("Documents", "documents", edition.documents),
    ):
        yield title, [_titled(folder, id_, item) for id_, item in items.items()]
    yield (
        "Optional",
        [
            (CHANGES, "What changed", "Every change to a procedure, newest first."),
            (WRITING, "Writing an SOP", "Every field of an SOP's file."),
        ],
    )


def _titled(folder: str, id_: str, item: Any) -> _Entry:
    return page(folder, id_), item.title, getattr(item, "does", "")


def _entry(edition: Edition, path: str, title: str, about: str) -> str:
    home = edition.company.handbook.rstrip("/")
    link = f"- [{line(title)}]({f'{home}/' if home else ''}{path})"
    return f"{link}: {line(about)}" if about else link
