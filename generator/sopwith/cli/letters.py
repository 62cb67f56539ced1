"""The commands that write to somebody: an email, a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from sopwith.cli.inputs import inputs
from sopwith.cli.kinds import pair
from sopwith.cli.running import run
from sopwith.workspace import Inputs, Workspace

F = TypeVar("F", bound=Callable[..., Any])


def wish(command: F) -> F:
    """Give a command what says which letter is meant, and for whom."""
    asks = click.option(
        "--ask",
        "asks",
        multiple=True,
        metavar="NAME=TEXT",
        help="Answer a prompt of the template; may be given several times.",
    )
    step = click.option(
        "--step",
        default="",
        metavar="STEP",
        help="The step it is for.  [default: the first still open that calls for it]",
    )
    arguments = (click.argument("template"), click.argument("client"))
    for decorate in (asks, step, *reversed(arguments)):
        command = decorate(command)
    return command


@click.command()
@inputs
@wish
@click.option("--hubspot", is_flag=True, help="Write what HubSpot fills in as its tokens.")
@click.option("--mailto", is_flag=True, help="Print a link that opens it in a mail program.")
def email(
    given: Inputs,
    template: str,
    client: str,
    step: str,
    asks: tuple[str, ...],
    hubspot: bool,
    mailto: bool,
) -> None:
    """Print an email for a client, ready to copy.

    CLIENT may be one of our people as well, as people/nell, or a quarter, as quarters/2026-Q4.

    \b
    Example: sopwith email weekly-status moss-odell --ask headline="On track."
    """
    from sopwith import letters, making

    if hubspot and mailto:
        raise click.UsageError("--hubspot is for pasting into HubSpot, so leave out --mailto")
    wanted = making.Wish(template, client, step, _answers(asks))

    def write(work: Workspace) -> str:
        try:
            told = making.email(work, wanted, hubspot=hubspot, mailto=mailto)
        except letters.TooLong as long:
            hint = "copy it from the text that comes without --mailto, or open the .eml draft"
            raise click.ClickException(f"{long}; {hint}") from None
        except letters.UnsafeHeader as unsafe:
            raise click.ClickException(str(unsafe)) from None
        if still := making.unanswered(work, wanted):
            click.echo(still, err=True)
        return told

    run(given, write)


@click.command()
@inputs
@wish
@click.option(
    "--format",
    "forms",
    type=click.Choice(["html", "pdf", "docx"]),
    multiple=True,
    help="Only this form; may be given several times.  [default: all that the template names]",
)
def document(
    given: Inputs,
    template: str,
    client: str,
    step: str,
    asks: tuple[str, ...],
    forms: tuple[Any, ...],
) -> None:
    """Write a document for a client, as HTML, PDF or Word.

    CLIENT may be one of our people as well, as people/nell, or a quarter, as quarters/2026-Q4.

    \b
    Example: sopwith document status-report harbor-lane-dental
    """
    from sopwith import making

    wanted = making.Wish(template, client, step, _answers(asks))
    run(given, lambda work: making.document(work, wanted, forms))


def _answers(asks: tuple[str, ...]) -> dict[str, str]:
    return dict(pair(ask, "--ask") for ask in asks)
