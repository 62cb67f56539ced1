"""A client's checklist: on paper, as a page that works offline, and as plain Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Literal

from sopwith import paper
from sopwith.data import Templates, ready
from sopwith.outputs.checklist.codes import codes
from sopwith.outputs.checklist.forms import Sheet
from sopwith.outputs.checklist.page import page
from sopwith.outputs.checklist.sheet import sheet
from sopwith.outputs.page import Page
from sopwith.plan import Plan
from sopwith.text.readable import plain

__all__ = ["FORMS", "Context", "Sheet", "name", "render", "sheet"]

FORMS = ("pdf", "html", "md")
"""What a checklist is written as, unless only some of these are asked for."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a checklist needs beside the plan.

    `commit` is a short hash, or "uncommitted"; `handbook` the address at which readers check
    whether their copy is current. `large` asks for large print too, `roles` for an extract of the
    steps of each, `forms` for only some of FORMS. `titles` say what SOPs are called, by id.
    """

    templates: Templates
    today: date
    commit: str
    handbook: str
    locale: str
    paper: Literal["letter", "a4"]
    large: bool = False
    roles: tuple[str, ...] = ()
    forms: tuple[str, ...] = FORMS
    titles: Mapping[str, str] = field(default_factory=dict)


def render(plan: Plan, context: Context) -> Iterator[Page]:
    """Write one checklist as PDF, HTML and Markdown, and as PDF what is asked for beside it.

    Paths are below build/. Raises paper.MissingGlyph and paper.PaperError.
    """
    folder = plan.client.folder
    whole = _sheet(plan, context, "")
    for role in ("", *context.roles) if "pdf" in context.forms else ():
        content = _sheet(plan, context, role) if role else whole
        for large in (False, True) if context.large else (False,):
            yield Page(f"{folder}/{name(role, large=large)}", _pdf(content, context, large=large))
    if "html" in context.forms:
        yield Page(f"{folder}/checklist.html", page(plan, whole, context.templates))
    if "md" in context.forms:
        yield Page(f"{folder}/checklist.md", _markdown(whole, context))


def name(role: str, *, large: bool) -> str:
    """The file of a printed checklist: of all its steps, or of a role's."""
    parts = ("checklist", role, "large" if large else "")
    return f"{'-'.join(part for part in parts if part)}.pdf"


def _sheet(plan: Plan, context: Context, role: str) -> Sheet:
    return sheet(
        plan,
        today=context.today,
        commit=context.commit,
        handbook=context.handbook,
        locale=context.locale,
        paper=context.paper,
        role=role,
        titles=context.titles,
    )


def _pdf(content: Sheet, context: Context, *, large: bool) -> bytes:
    shared = context.templates.under("paper")
    extract = f", only {content.extract}" if content.extract else ""
    return paper.pdf(
        context.templates.text("checklist/checklist.typ"),
        {**asdict(content), "codes": codes(sop.check for sop in content.sops), "large": large},
        assets=shared,
        title=f"Checklist: {content.client}{extract}",
        today=context.today,
    )


def _markdown(content: Sheet, context: Context) -> bytes:
    name = "checklist/checklist.md.j2"
    template = ready(context.templates, name, autoescape=False, plain=plain)
    return template.render(sheet=content).encode()
