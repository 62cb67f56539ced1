"""The commands that make something: the whole, or one part of it."""

from __future__ import annotations

import click

from sopwith.cli.inputs import inputs
from sopwith.cli.kinds import pair
from sopwith.cli.running import progress, run
from sopwith.workspace import Inputs, Workspace


@click.command()
@inputs
@click.option(
    "--only",
    type=click.Choice(["handbook", "clients", "review"]),
    multiple=True,
    help="Build only this part; may be given twice.  [default: all]",
)
def build(given: Inputs, only: tuple[str, ...]) -> None:
    """Build everything into build/: handbook, checklists, emails, the quarter's review.

    It is all or nothing: with a problem anywhere, what was built before stays as it is.

    \b
    Example: sopwith build --only handbook --audience public
    """
    from sopwith import making

    run(given, lambda work: making.everything(work, only, progress))


@click.command()
@inputs
@click.argument("clients", nargs=-1, required=True, metavar="CLIENT...")
def checklist(given: Inputs, clients: tuple[str, ...]) -> None:
    """Make one client's checklist: PDF to print, HTML for the screen, Markdown.

    CLIENT is the name of a file in clients/, without .yml. A mistake in another client's file does
    not stand in the way.

    \b
    Example: sopwith checklist harbor-lane-dental
    """
    from sopwith import making

    run(given, lambda work: making.checklists(work, clients))


@click.command()
@inputs
@click.argument("template")
@click.argument("client")
@click.option(
    "--ask",
    "asks",
    multiple=True,
    metavar="NAME=TEXT",
    help="Answer a prompt of the template; may be given several times.",
)
def email(given: Inputs, template: str, client: str, asks: tuple[str, ...]) -> None:
    """Print an email for a client, ready to copy.

    \b
    Example: sopwith email weekly-status moss-odell --ask headline="On track."
    """
    from sopwith import making

    answers = dict(pair(ask, "--ask") for ask in asks)
    run(given, lambda work: making.email(work, template, client, answers))


@click.command()
@inputs
@click.argument("quarter", required=False)
def review(given: Inputs, quarter: str | None) -> None:
    """Write the quarterly review report, as Markdown and HTML.

    \b
    Example: sopwith review 2026-Q4
    """
    from sopwith import making

    run(given, lambda work: making.reviews(work, quarter))


@click.command()
@inputs
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port on this machine; 0 takes one that is free.",
)
def serve(given: Inputs, port: int) -> None:
    """Show the handbook in a browser, made anew whenever a file is saved.

    \b
    Example: sopwith serve --port 8080
    """
    from sopwith import making
    from sopwith import serve as serving

    def until_stopped(work: Workspace) -> str:
        if work.reading.library is None:
            raise making.Blocked(work.errors)  # what to show, and when to show it, is not known
        serving.serve(given, port, click.echo)
        return "Stopped."

    run(given, until_stopped)
