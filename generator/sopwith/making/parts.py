"""What goes into each part of build/, as pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sopwith import explain, paper
from sopwith.data import schema, site_settings
from sopwith.making.asking import Blocked, stop_at_errors
from sopwith.model import Library
from sopwith.model import Page as OwnPage
from sopwith.outputs import checklist, drafts, handbook, review
from sopwith.outputs.page import Page
from sopwith.plan import Plan
from sopwith.problem import Problem, Spot
from sopwith.workspace import Workspace


def handbook_pages(work: Workspace) -> list[Page]:
    """The handbook's Markdown and the settings of its site."""
    context = handbook.Context(
        templates=work.templates,
        today=work.today,
        audience=work.audience,
        commit=work.history.commit,
        changed=lambda path: _changed(work, path),
        schemas=schema,
        problem_pages=explain.pages(),
    )
    if (work.root / "mkdocs.yml").is_file():
        return list(handbook.render(_with_review(work), context))
    # A name with a dot: the engine passes over it when it looks for pages.
    ours = Page("handbook/.site.yml", site_settings())
    return [*handbook.render(_with_review(work), replace(context, inherit=ours.path)), ours]


def _changed(work: Workspace, path: str) -> tuple[str, date] | None:
    commit = work.history.last_change(path)
    return (commit.name, commit.day) if commit else None


def _with_review(work: Workspace) -> Library:
    """The library with one more page of the firm's own: the quarter's review without names."""
    quarter = review.Quarter.of(work.today)
    if work.plans is None or work.audience == "public":
        return work.library
    body = review.published(work.library, work.plans, _review_context(work, quarter))
    title = f"Review of {quarter.label}"
    page = OwnPage(f"review-{str(quarter).lower()}", title, body, Spot(""))
    return replace(work.library, pages={**work.library.pages, page.id: page})


def pack(work: Workspace, plan: Plan) -> Iterator[Page]:
    """All that one client's project manager needs; Blocked by a fault in an email it calls for."""
    emails = {f"emails/{row.step.email}.yml" for row in plan.rows() if row.step.email}
    stop_at_errors(work, emails)
    company = work.library.company
    context = checklist.Context(
        templates=work.templates,
        today=work.today,
        commit=work.history.commit,
        handbook=company.handbook,
        locale=company.locale,
        paper=company.paper,
    )
    try:
        yield from checklist.render(plan, context)
    except paper.MissingGlyph as missing:
        characters = " ".join(missing.characters)
        message = f"the checklist cannot print {characters}: no font here has it"
        hint = "write the name in other letters as well, or install a font package that has them"
        problem = Problem(plan.client.at, "missing-glyph", message, hint)
        raise Blocked([work.reading.located(problem)]) from None
    yield from drafts.render(plan, work.library, work.templates)


def report_pages(work: Workspace, quarter: review.Quarter) -> Iterator[Page]:
    """A quarter's report with all its names; raises Blocked."""
    if work.plans is None:
        raise Blocked(work.errors)
    return review.render(work.library, work.plans, _review_context(work, quarter))


def _review_context(work: Workspace, quarter: review.Quarter) -> review.Context:
    """What the report of a quarter needs beside the library and the plans."""
    return review.Context(
        templates=work.templates,
        today=work.today,
        quarter=quarter,
        commit=work.history.commit,
        audience=work.audience,
    )
