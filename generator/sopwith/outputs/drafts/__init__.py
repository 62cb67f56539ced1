"""Email drafts and documents for the open steps of a plan that call for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from sopwith import letters
from sopwith.data import Templates, ready
from sopwith.model import Library, Step
from sopwith.outputs.drafts.document import Form, pages
from sopwith.outputs.page import Page
from sopwith.plan import Plan, Row

__all__ = ["NOT_YET", "Form", "pages", "render"]

T = TypeVar("T")

NOT_YET = "not-yet.txt"
"""In the client's folder: what cannot be written yet, and what each waits for."""


def render(plan: Plan, library: Library, templates: Templates) -> Iterator[Page]:
    """Write `emails/<address>.eml` and `.txt`, and `documents/<address>.*`, for steps to come.

    They stand in the folder of whom the plan is for. One that says something nobody knows yet is
    not written, but listed in NOT_YET. Raises paper.MissingGlyph and paper.PaperError.
    """
    waiting: list[str] = []
    html = ready(templates, "email/email.html.j2", autoescape=True)
    for row, email in _calls(plan, library.emails, lambda step: step.email):
        try:
            message = letters.write(email, plan, row)
        except letters.Unresolved as unresolved:
            waiting.append(_waits("email", email.title, row, unresolved))
            continue
        path, key = f"{plan.client.folder}/emails/{row.address}", f"{plan.client.id}/{row.address}"
        yield Page(f"{path}.txt", letters.to_text(message).encode())
        yield Page(f"{path}.eml", letters.to_eml(message, html_template=html, key=key))
    for row, document in _calls(plan, library.documents, lambda step: step.document):
        path = f"{plan.client.folder}/documents/{row.address}"
        forms: tuple[Form, ...] = ("html", *document.formats)
        try:
            yield from list(pages(document, plan, row, {}, templates, path, forms))
        except letters.Unresolved as unresolved:
            waiting.append(_waits("document", document.title, row, unresolved))
    if waiting:
        text = "These wait for something that nobody has written down yet:\n\n"
        yield Page(f"{plan.client.folder}/{NOT_YET}", (text + "".join(waiting)).encode())


def _waits(kind: str, title: str, row: Row, unresolved: letters.Unresolved) -> str:
    return f"- {kind} {title} ({row.address}): {unresolved.name}\n"


def _calls(
    plan: Plan, known: Mapping[str, T], which: Callable[[Step], str]
) -> Iterator[tuple[Row, T]]:
    """The open rows that call for one of these; of a step that repeats, only the next.

    What is made for later occurrences would be out of date before it is sent.
    """
    seen: set[str] = set()
    for row in plan.rows():
        found = known.get(which(row.step))
        step = row.address.rpartition("@")[0]
        if found is None or not row.is_open or (row.step.repeat and step in seen):
            continue
        seen.add(step)
        yield row, found
