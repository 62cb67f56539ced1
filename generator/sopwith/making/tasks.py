"""A client's tasks for the team's tool, and what has changed since it had them last."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from sopwith import exports
from sopwith.making.asking import Blocked, at, plan_of
from sopwith.outputs import tasks as output
from sopwith.outputs.page import Page
from sopwith.plan import Plan
from sopwith.problem import Place, Problem, Spot
from sopwith.terminal import WIDTH, flow
from sopwith.workspace import Workspace
from sopwith.write import staging

NEW = ".new"
_MOST = 10


Refused = Callable[[Workspace, Plan, Sequence[exports.Record]], Mapping[str, str]]
"""Says of tasks that are ticked in a file, by id, why they cannot be recorded."""


def tasks(
    work: Workspace, client: str, form: str, since: Path | None, refused: Refused = lambda *_: {}
) -> str:
    """Write a client's tasks in a form, and say where they are.

    `since` is a file of what the tool has: then only new tasks are written, and what else is to
    be changed there is told, and by `refused` which ticks cannot be recorded. Raises NotHere, and
    Blocked where a problem stands in the way.
    """
    plan = plan_of(work, client)
    whole = list(output.render(plan, form))
    if since is None:
        _write(work, whole, list(output.render(plan, form, (), NEW)))
        empty = [] if plan.open_rows() else [f"Nothing is open for {plan.client.name}."]
        return "\n".join([*(at(work, page.path) for page in whole), *empty])
    had = _had(work, plan, since)
    news = output.news(plan, had.records, refused(work, plan, had.records) if had.has_done else {})
    new = list(output.render(plan, form, [task.id for task in news.new], NEW))
    names = [Path(page.path).name for page in new if news.new]
    moved = output.moved(plan, news, names)
    wanted = [*(new if news.new else ()), *([moved] if news.changes else ())]
    # Beside what is new, all of it would sooner or later be imported once more.
    _write(work, wanted, [page for page in (*whole, *new, moved) if page not in wanted], since)
    return "\n".join(
        [*(at(work, page.path) for page in wanted), *_told(plan, had, news, names, since)]
    )


def _write(
    work: Workspace, pages: Sequence[Page], outdated: Sequence[Page], given: Path | None = None
) -> None:
    """Write files, each by itself: those of other forms and clients stay, and what is `given`."""
    with staging(work.root) as stage:
        for page in pages:
            stage.add(page.path, [page])
        for page in outdated:
            if given is None or given.resolve() != Path(at(work, page.path)).resolve():
                stage.add(page.path, [])


def _had(work: Workspace, plan: Plan, since: Path) -> exports.Export:
    """What a tool was given; Blocked where it is nothing of this client."""
    path = since.as_posix()
    try:
        export = exports.read(path, since.read_bytes())
    except exports.NotAnExport as wrong:
        raise Blocked(wrong.problems) from None
    if not any(record.id.startswith(f"{plan.client.id}/") for record in export.records):
        message = f"no task in this file is of {plan.client.name}"
        theirs = {record.id.partition("/")[0] for record in export.records} & {
            *work.library.clients
        }
        hint = f"its tasks are of {', '.join(sorted(theirs)) or 'nobody we know'}"
        raise Blocked([Problem(Spot(path), exports.CODE, message, hint, place=Place(path))])
    return export


def _told(
    plan: Plan, had: exports.Export, news: output.News, names: Sequence[str], since: Path
) -> Iterator[str]:
    if not news.new and not news.changes:
        yield f"Nothing has changed for {plan.client.name} since {since.name}."
    changed, handed, later = map(news.of, ("Changed there", "Handed over", "Later"))
    others = [c for c in news.changes if c not in (*changed, *handed, *later)]
    yield from _first([f"New: {task.address}" for task in news.new])
    yield from _first([_line(change) for change in (*changed, *others)])
    if handed:
        are = "task is" if len(handed) == 1 else "tasks are"
        yield f"{len(handed)} {are} for somebody else now:"
        yield from _first([_in_one_piece(f"  {c.name}:", c.says) for c in handed])
    if later:
        yield f"Leave as they are: {len(later)}, which the plan does not reach yet."
    if names:
        yield from flow(output.to_import(names))
    if changed and had.has_done:
        yield "Is a day that was changed there agreed with the client? How to keep it:"
        file = shlex.quote(since.as_posix())
        yield f"  sopwith progress {plan.client.id} --from {file} --dry-run"


def _line(change: output.Change) -> str:
    """What is to be done with a task, its days in one piece."""
    return _in_one_piece(f"{change.kind}: {change.address}:", change.says)


def _in_one_piece(what: str, says: str) -> str:
    indent = " " * (len(what) - len(what.lstrip()) + 2)
    if len(what) + len(says) < WIDTH:
        return f"{what} {says}"
    return "\n".join([what, *flow(says, indent)])


def _first(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield f"and {len(lines) - _MOST} more, all in the files above"
