"""What each command makes: outputs put together, staged, and swapped in whole."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from jinja2 import TemplateError

from sopwith import engine, explain, letters, paper
from sopwith.data import TEMPLATES, schema, site_settings
from sopwith.model import Library
from sopwith.model import Page as OwnPage
from sopwith.outputs import checklist, drafts, handbook, review
from sopwith.outputs.page import Page
from sopwith.outputs.why import render as explained
from sopwith.plan import Plan
from sopwith.problem import Problem, Spot, did_you_mean
from sopwith.workspace import Workspace
from sopwith.write import BUILD, Busy, Staging, Unsafe, staging

Say = Callable[[str], None]
PARTS = ("handbook", "clients", "review")


FAILURES = (Busy, Unsafe, engine.EngineFailed, paper.PaperError, TemplateError)
"""What may go wrong where no file of the library is to blame; each says what it was."""


def reason(failure: Exception) -> str:
    """What a failure was, and where, if it was in a template."""
    frames = traceback.extract_tb(failure.__traceback__)
    places = [f for f in frames if f.filename.startswith(f"{TEMPLATES}/")]
    return "".join(f"{f.filename}:{f.lineno}: " for f in places[-1:]) + str(failure)


class Blocked(Exception):
    """Problems stand in the way; nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


class NotHere(LookupError):
    """Something was asked for by a name that nothing has."""

    def __init__(self, what: str, name: str, known: Collection[str]) -> None:
        super().__init__(f'no {what} is called "{name}"; {did_you_mean(name, known)}')


def handbook_alone(work: Workspace) -> None:
    """Write the handbook's Markdown and settings, without the site; raises Blocked."""
    _stop_at_errors(work)
    with staging(work.root) as stage:
        _stage(stage, _handbook(work))


def everything(work: Workspace, only: Collection[str], say: Say) -> str:
    """Build all parts, or only some, and tell in a sentence what there is now.

    Raises Blocked where a problem stands in the way of anything asked for.
    """
    parts = set(only or PARTS)
    _stop_at_errors(work)
    told: list[str] = []
    with staging(work.root) as stage:
        if "handbook" in parts:
            say("handbook")
            _stage(stage, _handbook(work))
            say("site")
            engine.build_site(stage.folder / "mkdocs.yml", work.today)
            stage.adopt("site")
            told.append(f"the handbook is in {_at(work, 'site')}")
        if "clients" in parts:
            plans = _plans(work)
            for plan in plans:
                say(f"checklist and emails: {plan.client.name}")
                stage.add(f"clients/{plan.client.id}", _pack(work, plan))
            stage.drop_others("clients")
            one = len(plans) == 1
            whose = "checklist of 1 client is" if one else f"checklists of {len(plans)} clients are"
            told.append(f"the {whose} in {_at(work, 'clients')}")
        if "review" in parts:
            quarter = review.Quarter.of(work.today)
            say(f"review: {quarter}")
            stage.add(f"review/{quarter}", _report(work, quarter))
            told.append(f"the review is in {_at(work, f'review/{quarter}')}")
    return _sentence(told)


def checklists(work: Workspace, clients: Sequence[str]) -> str:
    """Make the checklists of some clients, and say where they are.

    Raises NotHere, and Blocked where a problem stands in the way of one of these clients.
    """
    plans = [plan_of(work, client) for client in dict.fromkeys(clients)]
    with staging(work.root) as stage:
        for plan in plans:
            stage.add(f"clients/{plan.client.id}", _pack(work, plan))
    paths = [_at(work, f"clients/{plan.client.id}/checklist.pdf") for plan in plans]
    return "\n".join(paths)


def email(work: Workspace, template: str, client: str, answers: Mapping[str, str]) -> str:
    """Write an email for a client as text.

    Raises NotHere, and Blocked where a problem or an unknown name stands in the way.
    """
    plan = plan_of(work, client)
    found = work.library.emails.get(template)
    _stop_at_errors(work, {f"emails/{template}.yml"})
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
    _stop_at_errors(work)
    try:
        now = review.Quarter.of(work.today)
        asked = now if quarter is None else review.Quarter.parse(quarter)
    except ValueError:
        raise NotHere("quarter", quarter or "", ["2026-Q4"]) from None
    with staging(work.root) as stage:
        stage.add(f"review/{asked}", _report(work, asked))
    return _at(work, f"review/{asked}/report.html")


def _stop_at_errors(work: Workspace, within: Collection[str] | None = None) -> None:
    """Raise Blocked by an error in any file, or in one of these.

    The handbook too hangs on every file: only of clients it can read may it keep the names out.
    """
    found = [p for p in work.errors if within is None or p.spot.path in within]
    if found or work.reading.library is None:
        raise Blocked(found or work.errors)


def plan_of(work: Workspace, client: str) -> Plan:
    """The plan of a client; raises NotHere, and Blocked where an error stands in its way."""
    if work.reading.library is None or work.plans is None:
        raise Blocked(work.errors)
    known = {*work.library.clients, *work.library.unread.get("client", ())}
    if client not in known:
        raise NotHere("client", client, known)
    plan = work.plans.of(client)
    if plan is None:
        in_the_way = {*work.plans.blocked_by(client), *_paths_of(work, client)}
        raise Blocked([p for p in work.errors if p.spot.path in in_the_way] or work.errors)
    return plan


def _paths_of(work: Workspace, client: str) -> Iterator[str]:
    """A client's own file, also where it could not be read."""
    yield from (p.spot.path for p in work.errors if p.spot.path.endswith(f"clients/{client}.yml"))


def _plans(work: Workspace) -> list[Plan]:
    return [plan_of(work, client) for client in sorted(work.library.clients)]


def _at(work: Workspace, path: str) -> str:
    """Where something built is, as seen from where the command was typed."""
    return (work.root / BUILD / path).as_posix()


# What goes into each part ---------------------------------------------------------------------


def _handbook(work: Workspace) -> list[Page]:
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


def _stage(stage: Staging, pages: Sequence[Page]) -> None:
    """Stage pages by the folder, or the file, that they belong to."""
    for target in dict.fromkeys(page.path.partition("/")[0] for page in pages):
        stage.add(target, [page for page in pages if page.path.partition("/")[0] == target])


def _pack(work: Workspace, plan: Plan) -> Iterator[Page]:
    """All that one client's project manager needs; Blocked by a fault in an email it calls for."""
    emails = {f"emails/{row.step.email}.yml" for row in plan.rows() if row.step.email}
    _stop_at_errors(work, emails)
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


def _report(work: Workspace, quarter: review.Quarter) -> Iterator[Page]:
    if work.plans is None:
        raise Blocked(work.errors)
    return review.render(work.library, work.plans, _review_context(work, quarter))


def _review_context(work: Workspace, quarter: review.Quarter) -> review.Context:
    return review.Context(
        templates=work.templates,
        today=work.today,
        quarter=quarter,
        commit=work.history.commit,
        audience=work.audience,
    )


def _unresolved(plan: Plan, title: str, name: str) -> Problem:
    message = f'"{title}" cannot be written yet: nothing is known of {name}'
    hint = "add it to the client's file"
    return Problem(plan.client.at, "email-waits", message, hint)


def _sentence(told: Sequence[str]) -> str:
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}."
