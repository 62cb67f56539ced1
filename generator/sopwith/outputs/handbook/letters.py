"""The pages of the email and document templates: as a client reads them, and as written."""

from __future__ import annotations

from dataclasses import dataclass

from sopwith import due
from sopwith.model import Document, Email
from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.markup import Md, code, commas, fence, line
from sopwith.outputs.handbook.pen import Pen
from sopwith.outputs.handbook.preview import (
    APART,
    Preview,
    calls,
    preview_document,
    preview_email,
)
from sopwith.outputs.handbook.sheet import Section, Sheet, draw
from sopwith.outputs.handbook.steps import Fact, stated
from sopwith.places import page

_FORMATS = {"pdf": "PDF", "docx": "Word"}


@dataclass(frozen=True, slots=True)
class LetterView:
    """What the template of a letter's page arranges."""

    title: Md
    facts: tuple[Fact, ...]
    uses: tuple[tuple[Md, Md], ...]
    asks: tuple[tuple[Md, Md], ...]
    preview: Preview
    body: Md


@dataclass(frozen=True, slots=True)
class LettersView:
    """What the template of a list of letters arranges."""

    title: str
    description: str
    lines: tuple[LetterLine, ...]


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in the list of letters: its title, linked, and the SOPs whose steps call for it."""

    title: Md
    used_in: Md


def emails(edition: Edition) -> Section:
    """The list of emails and a page for each."""
    calendar = due.Calendar.of(edition.company.calendar)
    sheets = (_email(edition, email, calendar) for email in edition.emails.values())
    lines = tuple(_line(Pen(edition, page("emails")), "email", id_) for id_ in edition.emails)
    return Section("Emails", (_index(edition, "emails", "Emails", lines), *sheets))


def documents(edition: Edition) -> Section:
    """The list of documents and a page for each."""
    calendar = due.Calendar.of(edition.company.calendar)
    sheets = (_document(edition, document, calendar) for document in edition.documents.values())
    lines = tuple(
        _line(Pen(edition, page("documents")), "document", id_) for id_ in edition.documents
    )
    return Section("Documents", (_index(edition, "documents", "Documents", lines), *sheets))


def _index(edition: Edition, folder: str, title: str, lines: tuple[LetterLine, ...]) -> Sheet:
    description = f"The {folder} that our procedures call for, as they are written."
    view = LettersView(title, description, lines)
    return draw(
        edition, "letters", page(folder), title=title, description=description, view=view, boost=0.5
    )


def _line(pen: Pen, kind: str, id_: str) -> LetterLine:
    title = pen.email(id_) if kind == "email" else pen.document(id_)
    sops = dict.fromkeys(use.sop.id for use in pen.edition.uses(calls(kind, id_)))
    return LetterLine(title, commas(pen.sop(sop) for sop in sops))


def email_view(pen: Pen, email: Email, calendar: due.Calendar) -> LetterView:
    """What there is to say of an email, on the page of the pen."""
    facts = (
        ("From", pen.role(email.from_)),
        ("To", pen.recipient(email.to)),
        ("Copy to", commas(pen.recipient(to) for to in email.cc)),
        ("Kept by", pen.role(email.owner)),
        ("Version", line(str(email.version))),
    )
    text = f"Subject: {email.subject}\n\n{email.body}"
    return _view(pen, "email", email, facts, text, preview_email(pen.edition, email, calendar))


def document_view(pen: Pen, document: Document, calendar: due.Calendar) -> LetterView:
    """What there is to say of a document, on the page of the pen."""
    forms = (_FORMATS[form] for form in document.formats)
    facts = (
        ("Made as", commas([Md("web page"), *map(Md, forms)])),
        ("Kept by", pen.role(document.owner)),
        ("Version", line(str(document.version))),
    )
    preview = preview_document(pen.edition, document, calendar)
    parts = (document.body, document.for_us)
    text = f"\n{APART}:\n\n".join(part for part in parts if part)
    return _view(pen, "document", document, facts, text, preview)


def _view(
    pen: Pen,
    kind: str,
    letter: Email | Document,
    facts: tuple[Fact, ...],
    text: str,
    preview: Preview,
) -> LetterView:
    uses = pen.edition.uses(calls(kind, letter.id))
    return LetterView(
        title=line(letter.title),
        facts=stated(iter(facts)),
        uses=tuple((pen.step(use.sop, use.step.id), pen.sop(use.sop.id)) for use in uses),
        asks=tuple((code(name), line(question)) for name, question in letter.asks.items()),
        preview=preview,
        body=fence(text),
    )


def _email(edition: Edition, email: Email, calendar: due.Calendar) -> Sheet:
    pen = Pen(edition, page("emails", email.id))
    return _letter(pen, "email", email, email_view(pen, email, calendar))


def _document(edition: Edition, document: Document, calendar: due.Calendar) -> Sheet:
    pen = Pen(edition, page("documents", document.id))
    return _letter(pen, "document", document, document_view(pen, document, calendar))


def _letter(pen: Pen, kind: str, letter: Email | Document, view: LetterView) -> Sheet:
    return draw(
        pen.edition,
        "letter",
        pen.here,
        title=letter.title,
        description=f'The text of the {kind} "{letter.title}", and when it is used.',
        view=view,
        source=letter.at.path,
        boost=0.4,
        wide=True,
    )
