"""What goes into each part of build/, as pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sopwith import explain, paper
from sopwith.data import schema, site_settings
from sopwith.hands import spread
from sopwith.making.asking import Blocked, plan_of, plans_of, stop_at_errors_in_files
from sopwith.making.calendar import sequences
from sopwith.making.glyphs import unprintable
from sopwith.making.unsaved import printed_from
from sopwith.model import Client, Library
from sopwith.model import Page as OwnPage
from sopwith.outputs import calendar, checklist, drafts, handbook, review
from sopwith.outputs.page import Page
from sopwith.plan import Plan
from sopwith.problem import Spot
from sopwith.versions import read_former
from sopwith.workspace import Workspace


def handbook_pages(work: Workspace, memory: handbook.Memory | None = None) -> list[Page]:
    """The handbook's Markdown and the settings of its site; a memory spares drawing anew."""
    context, quarter = handbook_context(work), review.Quarter.of(work.today)
    told = _review(work, quarter)
    library = _with_review(_with_history(work), quarter, told)
    if (work.root / "mkdocs.yml").is_file():
        return [
            _illustrated(page, quarter, told) for page in handbook.render(library, context, memory)
        ]
    # A name with a dot: the engine passes over it when it looks for pages.
    ours = Page("handbook/.site.yml", site_settings())
    made = handbook.render(library, replace(context, inherit=ours.path), memory)
    return [*(_illustrated(page, quarter, told) for page in made), ours]


def _with_history(work: Workspace) -> Library:
    """The library with the older versions of its SOPs, which only the handbook shows."""
    sops = work.library.sops.values()
    return replace(work.library, former=read_former(work.root, work.inputs.commit, sops))


def handbook_context(work: Workspace) -> handbook.Context:
    """What the handbook needs beside the library, on the screen and on paper."""
    return handbook.Context(
        templates=work.templates,
        today=work.today,
        audience=work.audience,
        commit=work.history.commit,
        changed=lambda path: _changed(work, path),
        schemas=schema,
        problem_pages=explain.pages(),
    )


def _changed(work: Workspace, path: str) -> tuple[str, date] | None:
    commit = work.history.last_change(path)
    return (commit.name, commit.day) if commit else None


def _review(work: Workspace, quarter: review.Quarter) -> review.Shared | None:
    """The quarter's review without names, where the handbook has one."""
    if work.plans is None or work.audience == "public":
        return None
    return review.shared(work.library, work.plans, _review_context(work, quarter))


def _with_review(library: Library, quarter: review.Quarter, told: review.Shared | None) -> Library:
    """The library with one more page of the firm's own."""
    if told is None:
        return library
    page = OwnPage(_page_of(quarter), f"Review of {quarter.label}", told.text, Spot(""))
    return replace(library, pages={**library.pages, page.id: page})


def _page_of(quarter: review.Quarter) -> str:
    return f"review-{str(quarter).lower()}"


def _illustrated(page: Page, quarter: review.Quarter, told: review.Shared | None) -> Page:
    """A page of the handbook; the review's with its charts, which no text of a page can hold."""
    if told is None or page.path != f"handbook/pages/{_page_of(quarter)}.md":
        return page
    return Page(page.path, told.illustrated(page.content.decode()).encode())


@dataclass(frozen=True, slots=True)
class Print:
    """How a checklist is wanted on paper: the size (empty: the company's), and what else.

    With `forms`, only the checklist in these, and nothing of what else its client's folder holds.
    """

    paper: Literal["", "letter", "a4"] = ""
    large: bool = False
    roles: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


AS_EVER = Print()


def pack(work: Workspace, plan: Plan, wanted: Print = AS_EVER) -> Iterator[Page]:
    """All that one client's project manager needs; Blocked by a fault in a letter it calls for."""
    steps = [row.step for row in plan.rows()]
    called = {f"emails/{step.email}.yml" for step in steps if step.email}
    called |= {f"documents/{step.document}.yml" for step in steps if step.document}
    stop_at_errors_in_files(work, called)
    company = work.library.company
    context = checklist.Context(
        templates=work.templates,
        today=work.today,
        commit=printed_from(work, [plan.client]),
        handbook=company.handbook,
        locale=company.locale,
        paper=wanted.paper or company.paper,
        large=wanted.large,
        roles=wanted.roles,
        forms=wanted.forms or checklist.FORMS,
        titles={sop.id: sop.title for sop in work.library.sops.values()},
    )
    try:
        yield from checklist.render(plan, context)
        if wanted.forms:
            return
        yield from drafts.render(plan, work.library, work.templates)
    except paper.MissingGlyph as missing:
        raise Blocked(unprintable(work, plan, missing.characters)) from None
    yield calendar.render(plan, plan.client.folder, sequences(work))


# From so many packs on, making them takes longer than calling for help.
_MANY = 12


def packs(
    work: Workspace, ids: Sequence[str], wanted: Print = AS_EVER
) -> Iterator[tuple[Client, list[Page]]]:
    """The packs of these clients, people or quarters, in order; raises as `plan_of`, `pack`."""

    def made(id_: str) -> tuple[Client, list[Page]]:
        plan = plan_of(work, id_)
        return plan.client, list(pack(work, plan, wanted))

    if ids:
        sequences(work)  # asks git, once for all
    yield from spread(made, ids, worth_it=len(ids) > _MANY)


def report_pages(work: Workspace, quarter: review.Quarter) -> Iterator[Page]:
    """A quarter's report with all its names; raises Blocked."""
    return review.render(work.library, plans_of(work), _review_context(work, quarter))


def _review_context(work: Workspace, quarter: review.Quarter) -> review.Context:
    """What the report of a quarter needs beside the library and the plans."""
    return review.Context(
        templates=work.templates,
        today=work.today,
        quarter=quarter,
        commit=work.history.commit,
        audience=work.audience,
    )
