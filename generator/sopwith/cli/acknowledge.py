"""The commands for who has read what: confirm it, and the sheet to sign."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sopwith.cli.inputs import inputs
from sopwith.cli.kinds import Day
from sopwith.cli.running import file, run, tell_problems
from sopwith.problem import Problem
from sopwith.workspace import Inputs, Workspace


@click.command()
@inputs
@click.argument("sop", required=False)
@click.option("--by", default="", metavar="PERSON", help="Who read it.  [default: whom git says]")
@click.option("--on", type=Day(), help="The day of it.  [default: today]")
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A sign sheet filled in (CSV or XLSX): record everybody on it.",
)
def acknowledge(
    given: Inputs, sop: str | None, by: str, on: date | None, source: Path | None
) -> None:
    """Record that somebody has read an SOP and confirms it, or all who signed a sheet.

    It counts until the first number of the SOP's version rises. What is recorded already stays as
    it is. Of a sheet, what cannot be recorded is told with its line; the command then ends with 1.

    \b
    Example: sopwith acknowledge confidentiality --by nell
    """
    from sopwith import filing

    if source is None and sop:
        file(given, lambda work: filing.acknowledge(work, sop, by, on))
        return
    if source is None or sop or by or on:
        raise click.UsageError("name the SOP that was read, or give a sheet with --from, alone")
    problems: list[Problem] = []

    def record(work: Workspace) -> str:
        came = filing.bring_in_sheet(work, source)
        problems.extend(came.problems)
        return came.told

    file(given, record)
    tell_problems(problems)


@click.command()
@inputs
@click.argument("sop")
@click.option("--role", default="", metavar="ROLE", help="Only those who hold this role.")
def signsheet(given: Inputs, sop: str, role: str) -> None:
    """Write a sheet to sign for those who have to read an SOP, and a table to fill in from it.

    The table comes back with `sopwith acknowledge --from`.

    \b
    Example: sopwith signsheet confidentiality
    """
    from sopwith import making

    run(given, lambda work: making.signsheet(work, sop, role))
