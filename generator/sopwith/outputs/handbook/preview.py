"""A letter with the facts of the example client in it, each of them marked as such."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from sopwith import due, letters
from sopwith.letters import TooLong, Unresolved
from sopwith.model import Company, Document, Email, Step
from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.example import example
from sopwith.plan import Plan, Row
from sopwith.text import Block, to_html, to_plain

# Signs that Unicode leaves to whoever uses them: they pass through Markdown and text unharmed.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PROMPT = re.compile("&gt;&gt;&gt; .*? &lt;&lt;&lt;", re.DOTALL)
_UNWRAPPED = 10**6


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as HTML, and a link that opens it in a mail program; each may be empty.

    `subject` and `body` say the same for print, with what is an example in square brackets.
    """

    html: str = ""
    mailto: str = ""
    subject: str = ""
    body: tuple[Block, ...] = ()


NONE = Preview()

APART = "On a sheet of its own, for us and not for the client"
"""What stands between a document and what goes with it."""


def calls(kind: str, id_: str) -> Callable[[Step], bool]:
    """Ask of a step whether it calls for this email or document."""
    return lambda step: getattr(step, kind) == id_


def preview_email(edition: Edition, email: Email, calendar: due.Calendar) -> Preview:
    """An email to the example client as text; nothing where no such client could get it."""
    plan, row = _planned(edition, calendar, "email", email.id)
    try:
        marked = letters.write(email, plan, row, fact=_marking(edition.company))
        plain = letters.write(email, plan, row, fact=_bracketing(edition.company))
    except Unresolved:
        return NONE
    text = f"Subject: {marked.subject}\n\n{to_plain(marked.body, _UNWRAPPED)}"
    try:
        # To nobody: whoever sends it knows to whom.
        mailto = letters.to_mailto(replace(plain, to=(), cc=()))
    except TooLong:
        mailto = ""
    html = _PROMPT.sub(lambda found: f"<strong>{found[0]}</strong>", escape(text.strip("\n")))
    html = _shown(f"<pre><code>{html}</code></pre>")
    return Preview(html, escape(mailto), plain.subject, plain.body)


def preview_document(edition: Edition, document: Document, calendar: due.Calendar) -> Preview:
    """A document for the example client, as it is laid out."""
    plan, row = _planned(edition, calendar, "document", document.id)
    try:
        marked = [
            to_html(letters.fill(part, plan, row, fact=_marking(edition.company)))
            for part in (document, letters.for_us(document))
            if part
        ]
        plain = letters.fill(document, plan, row, fact=_bracketing(edition.company))
    except Unresolved:
        return NONE
    told = f"<h2>{APART}</h2>\n".join(marked)
    return Preview(_shown(_without_headings(told)), body=plain)


def _planned(
    edition: Edition, calendar: due.Calendar, kind: str, id_: str
) -> tuple[Plan, Row | None]:
    return example(edition, calendar, next(iter(edition.uses(calls(kind, id_))), None))


def _marking(company: Company, before: str = _OPEN, after: str = _CLOSE) -> Callable[[str], str]:
    """Mark what is filled in; what the firm is called is no example."""
    ours = {company.name, company.handbook}
    return lambda fact: fact if fact in ours else f"{before}{fact}{after}"


def _bracketing(company: Company) -> Callable[[str], str]:
    return _marking(company, "[", "]")


def _shown(html: str) -> str:
    """Brackets for whoever copies it, a mark for whoever looks; no blank line ends the HTML."""
    html = re.sub("<[^>]*>", lambda tag: tag[0].replace(_OPEN, "").replace(_CLOSE, ""), html)
    return html.replace(_OPEN, "<mark>[").replace(_CLOSE, "]</mark>")


def _without_headings(html: str) -> str:
    """The headings of a document are none of the page it is shown on."""
    return re.sub(
        r"<(/?)h([1-6])>",
        lambda tag: "</strong></p>" if tag[1] else f'<p class="head head-{tag[2]}"><strong>',
        html,
    )
