"""Email drafts for the open steps of a plan that call for one."""

from __future__ import annotations

from collections.abc import Iterator

from sopwith import letters
from sopwith.data import Templates, jinja
from sopwith.model import Email, Library
from sopwith.outputs.page import Page
from sopwith.plan import Plan, Row

NOT_YET = "not-yet.txt"
"""Beside the drafts: those that cannot be written yet, and what each waits for."""


def render(plan: Plan, library: Library, templates: Templates) -> Iterator[Page]:
    """Write `clients/<id>/emails/<address>.eml` and `.txt` for each step to come.

    A draft that says something nobody knows yet is not written, but listed in NOT_YET.
    """
    html = jinja(templates, autoescape=True).get_template("email/email.html.j2")
    folder = f"clients/{plan.client.id}/emails"
    waiting: list[str] = []
    for row, email in _calls(plan, library):
        try:
            message = letters.write(email, plan, row)
        except letters.Unresolved as unresolved:
            waiting.append(f"{email.title} ({row.address}): {unresolved.name}")
            continue
        key = f"{plan.client.id}/{row.address}"
        yield Page(f"{folder}/{row.address}.txt", letters.to_text(message).encode())
        yield Page(
            f"{folder}/{row.address}.eml", letters.to_eml(message, html_template=html, key=key)
        )
    if waiting:
        text = "These emails wait for something the client's file does not say yet:\n\n"
        listed = "".join(f"- {line}\n" for line in waiting)
        yield Page(f"{folder}/{NOT_YET}", (text + listed).encode())


def _calls(plan: Plan, library: Library) -> Iterator[tuple[Row, Email]]:
    """The open rows that call for an email; of a step that repeats, only the next.

    Drafts of later occurrences would be out of date before they are sent.
    """
    seen: set[str] = set()
    for row in plan.rows():
        email = library.emails.get(row.step.email)
        step = row.address.rpartition("@")[0]
        if email is None or not row.is_open or (row.step.repeat and step in seen):
            continue
        seen.add(step)
        yield row, email
