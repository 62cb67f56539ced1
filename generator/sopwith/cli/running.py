"""A root opened, something made of it, and what came of that printed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import click

from sopwith import report
from sopwith.plan import Unclear
from sopwith.problem import Problem
from sopwith.unfinished import sweep
from sopwith.workspace import Inputs, Workspace, open_workspace

PROBLEMS = 1
"""The exit code where problems stand in the way."""


def opened(inputs: Inputs) -> Workspace:
    """Open a root, and take away what commands that were killed left half-written there.

    It does so without a look for garbage: all that is read stays until the command is over.
    """
    gc.disable()
    work = open_workspace(inputs)
    gc.freeze()
    gc.enable()
    sweep(work.folders)
    return work


def run(inputs: Inputs, make: Callable[[Workspace], str]) -> None:
    """Make something, print what came of it, and exit; problems go to standard error."""
    from sopwith import making

    work = opened(inputs)
    try:
        said = make(work)
    except making.Blocked as blocked:
        _stop(work, blocked)
    except (making.NotHere, Unclear) as missing:
        raise click.UsageError(str(missing)) from None
    except making.FAILURES as error:
        raise click.ClickException(making.reason(error)) from None
    click.echo(said)


def file(inputs: Inputs, write: Callable[[Workspace], str]) -> None:
    """Write into a client's file, print what follows, and exit; what cannot be is said plainly."""
    from sopwith import filing

    try:
        run(inputs, write)
    except filing.Refused as refused:
        raise click.ClickException(str(refused)) from None


def _stop(work: Workspace, blocked: Any) -> NoReturn:
    problems = tuple(map(work.reading.located, blocked.problems))
    shown = report.text(problems, work.reading.files)
    click.echo(shown, err=True, nl=False)
    click.echo("Nothing was written.", err=True)
    sys.exit(PROBLEMS)


def tell_problems(problems: Sequence[Problem]) -> None:
    """Tell what of a file could not be recorded, if anything, and exit."""
    if problems:
        click.echo(report.text(problems, files=1), err=True, nl=False)
        sys.exit(PROBLEMS)


def progress(what: str) -> None:
    """Say at a terminal what is being made now."""
    if sys.stderr.isatty():
        click.echo(f"  {what}", err=True)
