"""One thing made by itself: a checklist, an email, an explanation, a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sopwith import letters
from sopwith.making.asking import Blocked, NotHere, at, plan_of, stop_at_errors
from sopwith.making.parts import pack, report_pages
from sopwith.outputs import review
from sopwith.outputs.why import render as explained
from sopwith.plan import Plan
from sopwith.problem import Problem
from sopwith.workspace import Workspace
from sopwith.write import staging


def checklists(work: Workspace, clients: Sequence[str]) -> str:
    """Make the checklists of some clients, and say where they are.

    Raises NotHere, and Blocked where a problem stands in the way of one of these clients.
    """
    plans = [plan_of(work, client) for client in dict.fromkeys(clients)]
    with staging(work.root) as stage:
        for plan in plans:
            stage.add(f"clients/{plan.client.id}", pack(work, plan))
    paths = [at(work, f"clients/{plan.client.id}/checklist.pdf") for plan in plans]
    return "\n".join(paths)


def email(work: Workspace, template: str, client: str, answers: Mapping[str, str]) -> str:
    """Write an email for a client as text.

    Raises NotHere, and Blocked where a problem or an unknown name stands in the way.
    """
    plan = plan_of(work, client)
    found = work.library.emails.get(template)
    stop_at_errors(work, {f"emails/{template}.yml"})
    if found is None:
        raise NotHere("email", template, work.library.emails)
    for ask in answers:
        if ask not in found.asks:
            raise NotHere("prompt of this email", ask, found.asks)
    calls = (row for row in plan.rows() if row.step.email == template and row.is_open)
    try:
        message = letters.write(found, plan, next(calls, None), answers)
    except letters.Unresolved as unresolved:
        raise Blocked([_unresolved(plan, found.title, unresolved.name)]) from None
    return letters.to_text(message)


def why(work: Workspace, client: str, step: str | None) -> str:
    """Explain a client's plan, or one step or SOP of it.

    Raises NotHere, plan.Unclear, and Blocked where a problem stands in the way of this client.
    """
    plan = plan_of(work, client)
    return explained(plan, work.library, step or "", work.reading.place)


def reviews(work: Workspace, quarter: str | None) -> str:
    """Write a quarter's report, and say where it is; the default is the quarter of today.

    Raises NotHere for what is no quarter, and Blocked.
    """
    stop_at_errors(work)
    try:
        now = review.Quarter.of(work.today)
        asked = now if quarter is None else review.Quarter.parse(quarter)
    except ValueError:
        raise NotHere("quarter", quarter or "", ["2026-Q4"]) from None
    with staging(work.root) as stage:
        stage.add(f"review/{asked}", report_pages(work, asked))
    return at(work, f"review/{asked}/report.html")


def _unresolved(plan: Plan, title: str, name: str) -> Problem:
    message = f'"{title}" cannot be written yet: nothing is known of {name}'
    hint = "add it to the client's file"
    return Problem(plan.client.at, "email-waits", message, hint)
