"""The commands that only look: what is wrong, what a problem means, why a plan is as it is."""

from __future__ import annotations

import sys

import click

from sopwith import report
from sopwith.cli.inputs import inputs
from sopwith.cli.running import PROBLEMS, opened, run
from sopwith.problem import did_you_mean
from sopwith.workspace import Inputs


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
def check(given: Inputs, form: str) -> None:
    """Look for problems in everything; write nothing.

    \b
    Example: sopwith check --root ~/handbook
    """
    work = opened(given)
    click.echo(report.FORMATS[form](work.problems, work.reading.files), nl=False)
    sys.exit(PROBLEMS if work.errors else 0)


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

    STEP is a step's address or its end, as in "kickoff" or "check-in@3", or the id of an SOP. For
    a step: why it is in or out, whose it is, and how its date came about, each with file and line.
    Without STEP: every SOP, all that is open and when, and all that is out, with the reasons.

    \b
    Example: sopwith why harbor-lane-dental check-in@4
    """
    from sopwith import making

    run(given, lambda work: making.why(work, client, step))
