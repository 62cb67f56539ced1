"""A client's checklist: on paper, as a page that works offline, and as plain Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from sopwith import paper
from sopwith.data import Templates, jinja
from sopwith.outputs.checklist.plain import plain
from sopwith.outputs.checklist.sheet import Sheet, sheet
from sopwith.outputs.page import Page
from sopwith.plan import Plan

__all__ = ["Context", "Sheet", "render", "sheet"]


@dataclass(frozen=True, slots=True)
class Context:
    """What a checklist needs beside the plan.

    `commit` is a short hash, or "uncommitted"; `handbook` the address at which readers check
    whether their copy is current.
    """

    templates: Templates
    today: date
    commit: str
    handbook: str
    locale: str
    paper: Literal["letter", "a4"]


def render(plan: Plan, context: Context) -> Iterator[Page]:
    """Write one client's checklist as PDF, HTML and Markdown; paths are below build/.

    Raises paper.MissingGlyph and paper.PaperError.
    """
    content = sheet(
        plan,
        today=context.today,
        commit=context.commit,
        handbook=context.handbook,
        locale=context.locale,
        paper=context.paper,
    )
    folder = f"clients/{plan.client.id}"
    yield Page(f"{folder}/checklist.pdf", _pdf(content, context))
    yield Page(f"{folder}/checklist.html", _text(content, context, "html", autoescape=True))
    yield Page(f"{folder}/checklist.md", _text(content, context, "md", autoescape=False))


def _pdf(content: Sheet, context: Context) -> bytes:
    shared = {name: context.templates.bytes(name) for name in context.templates.names("paper")}
    return paper.pdf(
        context.templates.text("checklist/checklist.typ"),
        asdict(content),
        assets=shared,
        title=f"Checklist: {content.client}",
        today=context.today,
    )


def _text(content: Sheet, context: Context, form: str, *, autoescape: bool) -> bytes:
    environment = jinja(context.templates, autoescape=autoescape)
    environment.filters["plain"] = plain
    template = environment.get_template(f"checklist/checklist.{form}.j2")
    return template.render(sheet=content).encode()
