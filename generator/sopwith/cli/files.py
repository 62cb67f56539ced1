"""The commands that write a file for somebody to go on with: begun, or put in order."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from sopwith import report
from sopwith.cli.inputs import inputs
from sopwith.cli.running import PROBLEMS, file
from sopwith.unfinished import sweep
from sopwith.workspace import Inputs

_KINDS = ("sop", "email", "document")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@inputs
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("title", default="")
@click.option("--stage", default="", metavar="STAGE", help="The stage that an SOP belongs to.")
@click.option("--id", "id", default="", metavar="ID", help="Name the file.  [default: from TITLE]")
@click.option(
    "--from",
    "observations",
    multiple=True,
    metavar="OBSERVATION",
    help="Begin an SOP with what was noticed; several times.",
)
def new(given: Inputs, **said: Any) -> None:
    """Begin a file, with only what must be in it and a word on what belongs where.

    TITLE is what the SOP, the email or the document is called. An SOP begins as a draft. For a
    client there is "sopwith start", for what was noticed "sopwith observe".

    \b
    Example: sopwith new sop --stage deliver --from 2026-03-05-contact-left
    """
    from sopwith import filing

    if said["kind"] != "sop" and (said["stage"] or said["observations"]):
        raise click.UsageError("--stage and --from are for an SOP")
    file(given, lambda work: filing.new(work, filing.Wanted(**said)))


@click.command()
@inputs
@click.argument("files", nargs=-1, type=_FILE, metavar="[FILE]...")
@click.option("--check", is_flag=True, help="Only tell which files are not in order.")
@click.option(
    "--onto",
    metavar="REV",
    help="Keep only what a form changed in these files since we parted from this revision.",
)
def fmt(given: Inputs, files: tuple[Path, ...], check: bool, onto: str | None) -> None:
    """Put keys into their order and quotes where YAML needs them, and lose no comment.

    Without FILE it looks at all files of the handbook, and at clients' and the like. A file that
    cannot be put in order safely is told and left as it is; the command then ends with 1.

    Forms in a browser drop comments and write all quotes anew. With --onto, what such a form
    changed is put onto the text that it was given, step by step.

    \b
    Example: sopwith fmt sops/onboard/client-onboarding.yml --onto main
    """
    from sopwith import filing
    from sopwith.read import content_files

    if onto is not None and not files:
        raise click.UsageError("--onto takes the files that a form wrote; name them")
    paths = files or (*content_files(given.root, given.private),)
    sweep({path.parent for path in paths})
    try:
        done = filing.tidy(given.root, paths, onto, write=not check)
    except filing.Refused as refused:
        raise click.ClickException(str(refused)) from None
    if done.told:
        click.echo(done.told)
    if done.problems:
        click.echo(report.text(done.problems, len(paths)), err=True, nl=False)
        sys.exit(PROBLEMS)
