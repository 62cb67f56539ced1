"""The handbook, or one procedure, as a book on paper: the same words as its pages, numbered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sopwith import due, paper
from sopwith.model import Sop
from sopwith.outputs.handbook.book.desk import Data, Desk
from sopwith.outputs.handbook.book.flows import PrintedFlow, printed_flow
from sopwith.outputs.handbook.book.pages import letter, procedure, role
from sopwith.outputs.handbook.edition import Context, Edition
from sopwith.outputs.handbook.letters import document_view, email_view
from sopwith.outputs.handbook.overview import READERS
from sopwith.outputs.handbook.pen import Pen, titled
from sopwith.outputs.page import Page
from sopwith.places import page, sop_page, stage_page
from sopwith.words import language_and_region

BOOK = "book/handbook.pdf"


def book(shown: Edition) -> Page:
    """Print an edition: stages as chapters with their SOPs, then roles, emails and documents.

    Raises paper.PaperError.
    """
    return Page(BOOK, _printed(shown, tuple(shown.sops.values()), whole=True))


def leaflet(shown: Edition, sop: Sop) -> Page:
    """Print one SOP of an edition by itself; raises paper.PaperError."""
    return Page(f"book/procedures/{sop.id}.pdf", _printed(shown, (sop,), whole=False))


def _printed(shown: Edition, sops: Sequence[Sop], *, whole: bool) -> bytes:
    """Print the whole, or some SOPs without what goes with them."""
    shown = replace(shown, words={"": ()})  # on paper a link to each word's meaning leads nowhere
    style = shown.context.templates.text("book/flow.css")
    flows = {
        sop.id: printed_flow(Pen(shown, sop_page(sop.stage, sop.id)), sop, style) for sop in sops
    }
    files = {path: text for flow in flows.values() for path, text in flow.files.items()}
    data, context = _data(shown, sops, flows, whole), shown.context
    try:
        return _pdf(data, files, context)
    except paper.MissingGlyph as missing:
        # One rare character is not to keep everybody from having the book.
        return _pdf(paper.spelled(data, missing), files, context)


def _pdf(data: Data, drawings: Mapping[str, str], context: Context) -> bytes:
    templates = context.templates
    return paper.pdf(
        templates.text("book/book.typ"),
        data,
        assets={
            **templates.under("paper"),
            **{path: text.encode() for path, text in drawings.items()},
        },
        title=str(data["title"]),
        today=context.today,
    )


def _data(
    shown: Edition, sops: Sequence[Sop], flows: Mapping[str, PrintedFlow], whole: bool
) -> Data:
    """What the template arranges."""
    company, context = shown.company, shown.context
    labels = frozenset(_labels(shown, sops, whole))
    stages = [stage for stage in company.stages if any(sop.stage == stage.id for sop in sops)]
    language, region = language_and_region(company.locale)

    def one(sop: Sop) -> Data:
        desk = Desk(Pen(shown, sop_page(sop.stage, sop.id)), labels)
        return procedure(desk, sop, flows[sop.id].data)

    return {
        "title": f"The handbook of {company.name}" if whole else titled(sops[0]),
        "company": company.name,
        "whole": whole,
        "readers": READERS[context.audience],
        "language": language,
        "region": region,
        "paper": company.paper,
        "printed": str(context.today),
        "commit": context.commit,
        "handbook": company.handbook,
        "chapters": [
            {
                "label": stage_page(stage.id),
                "title": stage.title,
                "sops": [one(sop) for sop in sops if sop.stage == stage.id],
            }
            for stage in stages
        ],
        **(_appendix(shown, labels) if whole else {"roles": [], "emails": [], "documents": []}),
    }


def _labels(shown: Edition, sops: Iterable[Sop], whole: bool) -> Iterable[str]:
    """Every place that something in the book may point at."""
    for sop in sops:
        here = sop_page(sop.stage, sop.id)
        yield from (here, stage_page(sop.stage), *(f"{here}#{step.id}" for step in sop.steps))
    if whole:
        yield from (page("roles", id_) for id_ in shown.roles)
        yield from (page("emails", id_) for id_ in shown.emails)
        yield from (page("documents", id_) for id_ in shown.documents)


def _appendix(shown: Edition, labels: frozenset[str]) -> Data:
    """What the procedures name, each once."""
    calendar = due.Calendar.of(shown.company.calendar)

    def at(folder: str, id_: str) -> Desk:
        return Desk(Pen(shown, page(folder, id_)), labels)

    def emails() -> Iterable[Data]:
        for id_, email in shown.emails.items():
            desk = at("emails", id_)
            yield letter(desk, email.body, email_view(desk.pen, email, calendar))

    def documents() -> Iterable[Data]:
        for id_, document in shown.documents.items():
            desk = at("documents", id_)
            yield letter(desk, document.body, document_view(desk.pen, document, calendar))

    return {
        "roles": [role(at("roles", id_), one) for id_, one in shown.roles.items()],
        "emails": [*emails()],
        "documents": [*documents()],
    }
