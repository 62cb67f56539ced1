"""The commands that make something: the whole, or one part of it."""

from __future__ import annotations

from typing import Any

import click

from sopwith.cli.inputs import inputs
from sopwith.cli.running import progress, run
from sopwith.model import AUDIENCES
from sopwith.workspace import Inputs, Workspace


@click.command()
@inputs
@click.option(
    "--only",
    type=click.Choice(["handbook", "book", "clients", "people", "firm", "review"]),
    multiple=True,
    help="Build only this part; may be given several times.  [default: all]",
)
@click.option(
    "--to-publish",
    is_flag=True,
    help="Refuse an edition that company.yml does not let onto the published site.",
)
def build(given: Inputs, only: tuple[str, ...], to_publish: bool) -> None:
    """Build everything into build/: handbook, book, checklists, emails, documents, review.

    It is all or nothing: with a problem anywhere, what was built before stays as it is. Where
    nothing has changed since, there is nothing to do.

    \b
    Example: sopwith build --only handbook --audience public
    """
    from sopwith import making

    again = making.Again.of(given, only)

    def make(work: Workspace) -> str:
        if to_publish:
            making.stop_at_secrets(work)
        return again.remember(making.everything(work, only, progress))

    if not to_publish and (said := again.said()):
        click.echo(said)
    else:
        run(given, make)


@click.command()
@inputs
@click.argument("clients", nargs=-1, metavar="[CLIENT]...")
@click.option("--person", "people", multiple=True, metavar="PERSON", help="One of our people.")
@click.option("--firm", "quarters", multiple=True, metavar="QUARTER", help="The firm in a quarter.")
@click.option(
    "--paper",
    type=click.Choice(["letter", "a4"]),
    help="The size of the paper.  [default: the company's]",
)
@click.option("--large", is_flag=True, help="In large print too, as checklist-large.pdf.")
@click.option(
    "--format",
    "forms",
    type=click.Choice(["pdf", "html", "md"]),
    multiple=True,
    help="The checklist in this form only; may be given several times.  [default: all, and drafts]",
)
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE",
    help="An extract too, with the steps of this role; may be given several times.",
)
@click.option(
    "--stale",
    metavar="COMMIT",
    help="Print nothing; tell what changed since the paper with this commit in its footer.",
)
def checklist(
    given: Inputs,
    clients: tuple[str, ...],
    people: tuple[str, ...],
    quarters: tuple[str, ...],
    paper: Any,
    large: bool,
    forms: tuple[str, ...],
    roles: tuple[str, ...],
    stale: str | None,
) -> None:
    """Make one client's checklist: PDF to print, HTML for the screen, Markdown.

    CLIENT is the name of a file in clients/, without .yml. A mistake in another client's file does
    not stand in the way. With --person nell it is what Nell does for herself, such as signing the
    confidentiality agreement; with --firm 2026-Q4, what the firm does in a quarter.

    \b
    Example: sopwith checklist harbor-lane-dental
    """
    from sopwith import making

    own = [*(f"people/{name}" for name in people), *(f"quarters/{name}" for name in quarters)]
    if not (clients or own):
        raise click.UsageError("say whose checklist: name a client, or use --person or --firm")
    asked = [*clients, *own]
    if stale is None:
        wanted = making.Print(paper or "", large, tuple(dict.fromkeys(roles)), forms)
        run(
            given,
            lambda work: making.checklists(
                work, asked, wanted, lambda note: click.echo(note, err=True)
            ),
        )
    elif paper or large or roles:
        raise click.UsageError("--stale prints nothing, so leave out --paper, --large and --role")
    else:
        run(given, lambda work: making.stale(work, asked, stale))


@click.command()
@inputs
@click.argument("quarter", required=False)
def review(given: Inputs, quarter: str | None) -> None:
    """Write the quarterly review report: HTML, PDF, Markdown, and its data as JSON and CSV.

    It names clients and people, so it is for nobody outside and there is no other edition of it.
    The one without names is a page of the handbook.

    \b
    Example: sopwith review 2026-Q4
    """
    from sopwith import making

    if given.audience not in (None, AUDIENCES[-1]):
        raise click.UsageError(
            f"the report names clients and people, so there is none for the {given.audience} "
            "edition; one without names is in the internal handbook: "
            "sopwith build --only handbook --audience internal"
        )
    run(given, lambda work: making.reviews(work, quarter))


@click.command()
@inputs
@click.option(
    "--sop",
    "sops",
    metavar="SOP",
    multiple=True,
    help="This procedure alone; may be given several times.",
)
def book(given: Inputs, sops: tuple[str, ...]) -> None:
    """Print the handbook as a book: contents, the stages as chapters, the roles.

    \b
    Example: sopwith book --sop billing
    """
    from sopwith import making

    run(given, lambda work: making.books(work, sops))


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
        making.plans_of(work)  # without a company nobody knows what to show, and when
        serving.serve(given, port, click.echo)
        return "Stopped."

    run(given, until_stopped)
