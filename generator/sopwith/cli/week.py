"""The commands that say when: somebody's week, a client's calendar."""

from __future__ import annotations

import click

from sopwith.cli.inputs import inputs
from sopwith.cli.running import run
from sopwith.workspace import Inputs


@click.command()
@inputs
@click.argument("person", required=False)
@click.option("--team", is_flag=True, help="Everybody's, by person, for a meeting.")
def week(given: Inputs, person: str | None, team: bool) -> None:
    """Show a person's week across all clients, and write it as PDF, Markdown and calendar.

    PERSON is an id from company.yml, a name, initials or an email address. You see what is overdue,
    due this week, due next week, waiting for the client. A client whose file has errors is left
    out, and that is said.

    \b
    Example: sopwith week sam
    """
    from sopwith import making

    if team == bool(person):
        raise click.UsageError(
            "say whose week it is: a person's id or name, or --team for everybody's"
        )
    run(given, lambda work: making.week(work, person, lambda note: click.echo(note, err=True)))


@click.command()
@inputs
@click.argument("client")
@click.option("--todos", is_flag=True, help="To-dos instead of events. Outlook ignores them.")
@click.option("--role", default="", metavar="ROLE", help="Only the steps of this role.")
@click.option("--person", default="", metavar="PERSON", help="Only the steps of this person.")
def calendar(given: Inputs, client: str, todos: bool, role: str, person: str) -> None:
    """Write a client's steps as a calendar to import (.ics).

    Each step is an all-day event on the day it is due. Imported again, the file moves what has
    moved. `sopwith build` writes the whole calendar beside the checklist.

    \b
    Example: sopwith calendar harbor-lane-dental --role project-manager
    """
    from sopwith import making
    from sopwith.outputs.calendar import Wish

    run(given, lambda work: making.calendar(work, client, Wish(todos, role, person)))
