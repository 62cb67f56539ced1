"""One thing made by itself: a checklist, an explanation, a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from sopwith.making.asking import (
    NotHere,
    at,
    plan_of,
    plans_of,
    stop_at_errors,
    stop_at_errors_in_files,
)
from sopwith.making.parts import AS_EVER, Print, handbook_context, packs, report_pages
from sopwith.making.unsaved import incomparable
from sopwith.outputs import checklist, handbook, review
from sopwith.outputs.why import render as explained
from sopwith.workspace import Workspace
from sopwith.write import staging

Warn = Callable[[str], None]


def checklists(
    work: Workspace, clients: Sequence[str], wanted: Print = AS_EVER, warn: Warn = lambda _: None
) -> str:
    """Make the checklists of some clients, people or quarters, and say where they are.

    It warns where they hang on what git does not have yet. Raises NotHere, and Blocked where a
    problem stands in the way of one of these.
    """
    plans_of(work)
    for role in wanted.roles:
        if role not in work.library.company.roles:
            raise NotHere("role", role, work.library.company.roles)
    told, subjects = [], []
    with staging(work.root) as stage:
        for subject, pages in packs(work, list(dict.fromkeys(clients)), wanted):
            stage.add(subject.folder, pages)
            subjects.append(subject)
            of_these = f"{subject.folder}/checklist*.{(wanted.forms or checklist.FORMS)[0]}"
            told += [at(work, page.path) for page in pages if fnmatchcase(page.path, of_these)]
    if note := incomparable(work, subjects):
        warn(note)
    return "\n".join(told)


def books(work: Workspace, sops: Sequence[str]) -> str:
    """Print the handbook, or only some of its SOPs, each by itself, and say where they are.

    Raises NotHere for an SOP that the edition does not have, and Blocked.
    """
    stop_at_errors(work)
    shown = handbook.edition(work.library, handbook_context(work))
    for sop in sops:
        if sop not in shown.sops:
            raise NotHere("procedure in this edition", sop, shown.sops)
    alone = [handbook.leaflet(shown, shown.sops[sop]) for sop in dict.fromkeys(sops)]
    pages = alone or [handbook.book(shown)]
    with staging(work.root) as stage:
        for page in pages:
            stage.add(page.path, [page])
    return "\n".join(at(work, page.path) for page in pages)


def why(work: Workspace, client: str, step: str | None) -> str:
    """Explain a client's plan, or one step or SOP of it.

    Raises NotHere, plan.Unclear, and Blocked where a problem stands in the way of this client.
    """
    plan = plan_of(work, client)
    library = replace(work.library, sops=work.library.sops_of(plan.client))
    return explained(plan, library, step or "", work.reading.place)


def reviews(work: Workspace, quarter: str | None) -> str:
    """Write a quarter's report, and say where it is; the default is the quarter of today.

    Raises NotHere for what is no quarter, and Blocked.
    """
    stop_at_errors_in_files(work)
    try:
        now = review.Quarter.of(work.today)
        asked = now if quarter is None else review.Quarter.parse(quarter)
    except ValueError:
        raise NotHere("quarter", quarter or "", ["2026-Q4"]) from None
    with staging(work.root) as stage:
        stage.add(f"review/{asked}", report_pages(work, asked))
    return at(work, f"review/{asked}/report.html")
