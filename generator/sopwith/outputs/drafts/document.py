"""A document with everything filled in, as a page for the browser, on paper and for Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from markupsafe import Markup

from sopwith import letters, office, paper
from sopwith.data import Templates, ready
from sopwith.model import Document
from sopwith.outputs.page import Page
from sopwith.plan import Plan, Row
from sopwith.text import Block, prompts, to_data, to_html
from sopwith.words import language_and_region

Form = Literal["html", "pdf", "docx"]


def pages(
    document: Document,
    plan: Plan,
    row: Row | None,
    answers: Mapping[str, str],
    templates: Templates,
    path: str,
    forms: Sequence[Form],
) -> Iterator[Page]:
    """Fill in a document and write it in each of these forms, as `<path>.html` and so on.

    What is for us alone is beside it, as `<path>.for-us.html`. Raises letters.Unresolved,
    paper.MissingGlyph and paper.PaperError.
    """
    blocks = letters.fill(document, plan, row, answers)
    yield from _forms(document, blocks, plan, templates, path, forms)
    sheet = letters.for_us(document)
    if sheet:
        yield from pages(sheet, plan, row, answers, templates, f"{path}.for-us", forms)


def _forms(
    document: Document,
    blocks: Sequence[Block],
    plan: Plan,
    templates: Templates,
    path: str,
    forms: Iterable[Form],
) -> Iterator[Page]:
    head = _head(document, blocks, plan)
    writers = {"html": _html, "pdf": _pdf, "docx": _docx}
    for form in dict.fromkeys(forms):
        yield Page(f"{path}.{form}", writers[form](blocks, head, plan, templates))


def _head(document: Document, blocks: Iterable[Block], plan: Plan) -> dict[str, str]:
    """What stands around the text, in words."""
    company = plan.company
    language, region = language_and_region(company.locale)
    number = len(list(prompts(blocks)))
    still = f"{number} question{'s are' if number > 1 else ' is'} still open"
    return {
        "company": company.name,
        "title": document.title,
        "name": f"{document.title}: {plan.client.name}",
        "foot": f"{document.title}, version {document.version}",
        "draft": f"Draft: {still}" if number else "",
        "paper": company.paper,
        "language": language,
        "region": region,
    }


def _html(blocks: Sequence[Block], head: dict[str, str], plan: Plan, templates: Templates) -> bytes:
    template = ready(templates, "document/document.html.j2", autoescape=True)
    body = Markup(to_html(blocks))  # noqa: S704  # to_html escapes
    return template.render(page=head, body=body).encode()


def _pdf(blocks: Sequence[Block], head: dict[str, str], plan: Plan, templates: Templates) -> bytes:
    return paper.pdf(
        templates.text("document/document.typ"),
        {**head, "blocks": to_data(blocks)},
        assets=templates.under("paper"),
        title=head["name"],
        today=plan.today,
    )


def _docx(blocks: Sequence[Block], head: dict[str, str], plan: Plan, templates: Templates) -> bytes:
    company = plan.company
    around = office.Letterhead(
        head["title"],
        company.name,
        head["foot"],
        company.paper,
        company.locale,
        plan.today,
        head["draft"],
    )
    return office.docx(blocks, around)
