"""The commands for the team's tool: tasks go out to it, and ticks come back."""

from __future__ import annotations

from pathlib import Path

import click

from sopwith.cli.inputs import inputs
from sopwith.cli.running import file, run, tell_problems
from sopwith.problem import Problem
from sopwith.workspace import Inputs, Workspace

_FORMS = ("asana", "trello", "csv", "xlsx", "json", "markdown")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@inputs
@click.argument("client")
@click.option("--for", "form", type=click.Choice(_FORMS), required=True, help="Who takes them.")
@click.option(
    "--since",
    type=_FILE,
    metavar="FILE",
    help="Write only what is new since this file, and tell what has moved.",
)
def tasks(given: Inputs, client: str, form: str, since: Path | None) -> None:
    """Write a client's steps as tasks for the team's tool.

    FILE is what the tool exports now, or what was written here when it was given its tasks last.

    \b
    Example: sopwith tasks harbor-lane-dental --for asana
    """
    from sopwith import filing, making

    run(given, lambda work: making.tasks(work, client, form, since, filing.refused))


@click.command()
@inputs
@click.argument("client")
@click.option(
    "--from",
    "source",
    type=_FILE,
    required=True,
    metavar="FILE",
    help="What the tool exports, a list of tasks filled in, or the ticks of a checklist page.",
)
@click.option("--by", default="", metavar="PERSON", help="Who did what the file names nobody for.")
@click.option("--dry-run", is_flag=True, help="Tell what would be recorded, and write nothing.")
def progress(given: Inputs, client: str, source: Path, by: str, dry_run: bool) -> None:
    """Record what is done according to a file from the team's tool.

    What is recorded already stays as it is. What cannot be recorded is told with its line, and the
    rest is recorded all the same; the command then ends with 1.

    \b
    Example: sopwith progress harbor-lane-dental --from asana.csv
    """
    from sopwith import filing

    problems: list[Problem] = []

    def record(work: Workspace) -> str:
        came = filing.bring_in(work, client, source, by, write=not dry_run)
        problems.extend(came.problems)
        return came.told

    file(given, record)
    tell_problems(problems)
