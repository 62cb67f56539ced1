"""One issue on GitHub for each SOP whose review is due: opened once, kept true, closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from sopwith.github import TITLE, GitHubFailed, Issue, Issues, Label, Line
from sopwith.making.asking import stop_at_errors
from sopwith.model import Sop
from sopwith.outputs.reminders import (
    Mark,
    Reminder,
    Setting,
    mark_of,
    read_mark,
    reminder,
    reviewed,
)
from sopwith.terminal import flow
from sopwith.workspace import Workspace

LABEL = Label("review due", "d4a72c", "A procedure is to be read as a whole.")
_API = "https://api.github.com"
_HOSTS = ("github.com", "www.github.com")
_REVIEWED = "<!-- sopwith:reviewed -->"
_NOBODY = "It is assigned to nobody: no owner of it has github: in company.yml."
_ASSIGNEES = 10  # GitHub takes no more for one issue

Say = Callable[[str], None]
Marked = Sequence[tuple[Mark, Issue]]


@dataclass(frozen=True, slots=True)
class _Task:
    """Something to do about an issue. `do` returns its number, and what did not work."""

    done: str
    would: str
    title: str
    do: Callable[[Issues], tuple[int, str]]


def issues_of(work: Workspace, environment: Mapping[str, str]) -> Issues | None:
    """The issues of the repository in which we run, else of that in company.yml.

    None without a token in GITHUB_TOKEN; raises GitHubFailed where no repository is named.
    """
    token = environment.get("GITHUB_TOKEN", "").strip()
    if not token:
        return None
    stated = work.library.company.repository
    address = urlsplit(stated)
    repository = environment.get("GITHUB_REPOSITORY")
    api = environment.get("GITHUB_API_URL")
    if not (repository or stated):
        message = "Nobody says which repository is meant. Add repository: to company.yml, as in"
        raise GitHubFailed(f"{message} https://github.com/example/handbook")
    if not (repository or api or address.hostname in _HOSTS):
        # One of the same name on GitHub would be somebody else's.
        message = f"{stated} is not on GitHub, and reminders are issues there."
        raise GitHubFailed(f"{message} For a server of your own, say GITHUB_API_URL.")
    path = address.path.strip("/").removesuffix(".git")
    return Issues(Line((api or _API).rstrip("/"), repository or path, token))


def remind(work: Workspace, issues: Issues | None, say: Say, *, most: int, dry: bool) -> str:
    """Open, update and close issues, say of each what was done, and then how many are open.

    At most `most` are open at a time; `dry` only says what would be done. Raises Blocked where an
    error stands in any file, for then nobody knows what is private, and GitHubFailed.
    """
    stop_at_errors(work)
    if issues is None and not dry:
        raise GitHubFailed("There is no token in GITHUB_TOKEN. To see only what is due: --dry-run")
    if issues is None:
        say("Without a token in GITHUB_TOKEN nobody knows what is open. If nothing is:")
    found = issues.all(LABEL.name) if issues else ()
    marked = [(mark, issue) for issue in found if (mark := read_mark(issue.body))]
    tasks, kept = _standing(work, marked)
    due = _due(work, marked, kept)
    begun = due[: max(0, most - len(kept))]
    tasks += (_begin(_reminder(work, sop)) for sop in begun)
    if issues and begun and not dry:
        issues.ensure(LABEL)
    for task in tasks:
        _do(task, None if dry else issues, say)
    told = _summary(len(tasks), len(kept) + len(begun), dry=dry)
    if left := len(due) - len(begun):
        wait = "waits" if left == 1 else "wait"
        told += f" {left} more {wait} until some are closed: --most allows {most} at a time."
    return "\n".join(flow(told))


def _do(task: _Task, issues: Issues | None, say: Say) -> None:
    number, failed = task.do(issues) if issues else (0, "")
    said = f"{task.done} #{number}" if issues else task.would
    # A title may come from GitHub, where anybody may have written anything.
    title = "".join(c for c in task.title if c.isprintable())
    say("\n".join(flow(f"{said}: {title}", then="    ")))
    if failed:
        say("\n".join(flow(failed, "  ")))


def _summary(tasks: int, open_: int, *, dry: bool) -> str:
    reminders = f"{open_ or 'no'} reminder{'' if open_ == 1 else 's'}"
    are = f"{reminders} {'is' if open_ == 1 else 'are'} open."
    if not tasks:
        return f"Nothing to do: {are}"
    return f"Then {reminders} would be open." if dry else f"{are[:1].upper()}{are[1:]}"


# What there is ----------------------------------------------------------------------------------


def _standing(work: Workspace, marked: Marked) -> tuple[list[_Task], set[str]]:
    """What to do about the issues that are open, and the SOPs for which one stays open."""
    tasks: list[_Task] = []
    kept: set[str] = set()
    for mark, issue in marked:
        sop = work.library.sops.get(mark.sop)
        if not issue.is_open:
            continue
        if sop is None or sop.status != "active":
            tasks.append(_close(issue, "Nobody works by this procedure any more.", "not_planned"))
        elif mark.is_before(sop.review.last):
            says = reviewed(sop, work.review(sop), work.library.company.locale)
            tasks.append(_close(issue, says, "completed"))
        else:
            kept.add(sop.id)
            tasks += _mend(_reminder(work, sop), mark, issue)
    return tasks, kept


def _close(issue: Issue, says: str, why: str) -> _Task:
    def do(issues: Issues) -> tuple[int, str]:
        issues.comment(issue.number, f"{says}\n\n{_REVIEWED}", _REVIEWED)
        issues.change(issue.number, state="closed", state_reason=why)
        return issue.number, ""

    return _Task("Closed", f"Would close #{issue.number}", issue.title, do)


def _mend(now: Reminder, mark: Mark, issue: Issue) -> Iterator[_Task]:
    body, title = now.body(issue.body), now.title[:TITLE].strip()
    new = [account for account in now.accounts if account.lower() not in mark.asked]

    def do(issues: Issues) -> tuple[int, str]:
        able = [account for account in new if issues.can_assign(account)]
        if able:
            issues.assign(issue.number, able[:_ASSIGNEES])
        # Last, since it keeps who was asked: a run that is cut short asks again.
        issues.change(issue.number, title=title, body=body)
        return issue.number, _left_out(new, able)

    if (title, body) != (issue.title, issue.body):
        yield _Task("Updated", f"Would update #{issue.number}", title, do)


# What there should be ---------------------------------------------------------------------------


def _due(work: Workspace, marked: Marked, kept: set[str]) -> list[Sop]:
    """The SOPs that want a reminder and have none, the longest due first.

    One that somebody has closed stays so: there is another when the review is due another day.
    """
    closed = {mark for mark, issue in marked if not issue.is_open}
    found = [
        sop
        for sop in work.library.sops.values()
        if sop.status == "active"
        and sop.id not in kept
        and work.review(sop).is_asked(work.today)
        and mark_of(sop, work.review(sop)) not in closed
    ]
    return sorted(found, key=lambda sop: _since(work, sop))


def _since(work: Workspace, sop: Sop) -> tuple[date, str]:
    """By when it was or is due; never reviewed, since it came into force."""
    return work.review(sop).by or sop.changes[-1].effective, sop.id


def _begin(now: Reminder) -> _Task:
    title = now.title[:TITLE].strip()

    def do(issues: Issues) -> tuple[int, str]:
        able = [account for account in now.accounts if issues.can_assign(account)][:_ASSIGNEES]
        made = issues.open(title, now.body(), LABEL.name, able, now.mark.key)
        if LABEL.name not in made.labels:
            message = f'Issue #{made.number} did not get its label "{LABEL.name}", without which it'
            raise GitHubFailed(f"{message} is not found again. The token needs write access.")
        given = {account.lower() for account in made.assignees}
        left_out = _left_out(now.accounts, [a for a in able if a.lower() in given])
        return made.number, left_out if now.accounts else _NOBODY

    return _Task("Opened", "Would open", title, do)


def _left_out(asked: Sequence[str], given: Sequence[str]) -> str:
    """Say who could not be assigned; empty where everybody was."""
    missing = [account for account in asked if account not in given]
    return f"GitHub does not let it be assigned to {', '.join(missing)}." if missing else ""


def _reminder(work: Workspace, sop: Sop) -> Reminder:
    library = work.library
    repository = library.company.repository.rstrip("/").removesuffix(".git")
    setting = Setting(library, work.today, work.audience, repository, work.templates)
    return reminder(sop, work.review(sop), setting)
