"""The commands that only look: what is wrong, what a problem means, why a plan is as it is."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from sopwith import report
from sopwith.cli.inputs import inputs
from sopwith.cli.running import PROBLEMS, opened, run
from sopwith.outputs import codeowners
from sopwith.problem import Problem, did_you_mean
from sopwith.workspace import Inputs, Workspace


@click.command()
@inputs
@click.option(
    "--format",
    "form",
    type=click.Choice(list(report.FORMATS)),
    default="text",
    show_default=True,
    help="How to show problems: to you, on GitHub's pull requests, to a program.",
)
@click.option(
    "--since",
    default="",
    metavar="REV",
    help="Also ask whether what changed since we parted from this revision has its new version.",
)
def check(given: Inputs, form: str, since: str) -> None:
    """Look for problems in everything; write nothing.

    \b
    Example: sopwith check --root ~/handbook
    """
    work = opened(given)
    problems = report.in_order(_since(work, since, [*work.problems, *_owners(work)]))
    click.echo(report.FORMATS[form](problems, work.reading.files), nl=False)
    if late := report.late_reviews(work.late_reviews):
        # No problem of any file, so it does not stand among them.
        click.echo(f"::notice::{late}" if form == "github" else late, err=True)
    sys.exit(PROBLEMS if any(problem.is_error for problem in problems) else 0)


def _owners(work: Workspace) -> tuple[Problem, ...]:
    """Whether GitHub would ask the right people; not looked at before the rest is right."""
    file = work.root / codeowners.PATH
    if work.errors or not file.is_file():
        return ()
    return codeowners.stale(work.library, work.today, file.read_text("utf-8", "replace"))


def _since(work: Workspace, revision: str, known: Sequence[Problem]) -> Sequence[Problem]:
    if not revision:
        return known
    from sopwith import making

    try:
        return making.since(work, revision, known)
    except making.NotHere as missing:
        raise click.UsageError(str(missing)) from None


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what a problem code means, with a wrong example and a right one.

    \b
    Example: sopwith explain unknown-role
    """
    from sopwith.explain import pages

    known = pages()
    if code not in known:
        raise click.UsageError(f'no problem has the code "{code}"; {did_you_mean(code, known)}')
    click.echo(known[code].rstrip())


@click.command()
@inputs
@click.argument("client")
@click.argument("step", required=False)
def why(given: Inputs, client: str, step: str | None) -> None:
    """Tell why a client's plan is as it is.

    CLIENT may also be one of our people, as people/nell, or a quarter, as quarters/2026-Q4. STEP is
    a step's address or its end, as in "kickoff" or "check-in@3", its title, its number on paper, as
    in "Client onboarding 2.3", or an SOP.
    For a step: why it is in or out, whose it is, and how its date came about, each with its place.
    Without STEP: every SOP, all that is open and when, and all that is out, with the reasons.

    \b
    Example: sopwith why harbor-lane-dental check-in@4
    """
    from sopwith import making

    run(given, lambda work: making.why(work, client, step))
