"""A client's tasks for the team's tool, and what has changed since it had them last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sopwith import exports
from sopwith.making.asking import Blocked, at, plan_of
from sopwith.outputs import tasks as output
from sopwith.outputs.page import Page
from sopwith.plan import Plan
from sopwith.problem import Place, Problem, Spot
from sopwith.workspace import Workspace
from sopwith.write import staging

_MOST = 12


def tasks(work: Workspace, client: str, form: str, since: Path | None) -> str:
    """Write a client's tasks in a form, and say where they are.

    `since` is a file of what the tool has: then only new tasks are written, and what else is to
    be changed there is told. Raises NotHere, and Blocked where a problem stands in the way.
    """
    plan = plan_of(work, client)
    if since is None:
        pages = list(output.render(plan, form))
        _write(work, pages)
        return "\n".join(at(work, page.path) for page in pages)
    news = output.news(plan, _had(plan, since))
    new, moved = list(output.render(plan, form, news.new, ".new")), output.moved(plan, news)
    wanted = [*(new if news.new else ()), *([moved] if news.changes else ())]
    _write(work, wanted, [page for page in (*new, moved) if page not in wanted])
    return "\n".join([*(at(work, page.path) for page in wanted), *_told(plan, news, since)])


def _write(work: Workspace, pages: Sequence[Page], outdated: Sequence[Page] = ()) -> None:
    """Write files, each by itself: those of other forms and clients stay."""
    with staging(work.root) as stage:
        for page in pages:
            stage.add(page.path, [page])
        for page in outdated:
            stage.add(page.path, [])


def _had(plan: Plan, since: Path) -> Sequence[exports.Record]:
    """What a tool was given; Blocked where it is nothing of this client."""
    path = since.as_posix()
    try:
        records = exports.read(path, since.read_bytes()).records
    except exports.NotAnExport as wrong:
        raise Blocked(wrong.problems) from None
    if not any(record.id.startswith(f"{plan.client.id}/") for record in records):
        message = f"no task in this file is of {plan.client.name}"
        hint = "each task has its client in its id; is this another client's file?"
        raise Blocked([Problem(Spot(path), exports.CODE, message, hint, place=Place(path))])
    return records


def _told(plan: Plan, news: output.News, since: Path) -> Iterator[str]:
    if not news.new and not news.changes:
        yield f"Nothing has changed for {plan.client.name} since {since.name}."
    if news.new:
        count = len(news.new)
        yield f"New: {count} task{'s' if count > 1 else ''}, to be imported beside the others."
    for change in news.changes[:_MOST]:
        yield f"{change.kind}: {change.address}: {change.says}"
    if len(news.changes) > _MOST:
        yield f"and {len(news.changes) - _MOST} more, all in the list to work off"
