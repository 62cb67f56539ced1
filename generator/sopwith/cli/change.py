"""The commands around a change to a procedure: what it means, its new version, its review."""

from __future__ import annotations

import os
from typing import Any

import click

from sopwith.cli.inputs import inputs
from sopwith.cli.running import file, run
from sopwith.workspace import Inputs, Workspace

_FORMS = ("text", "markdown", "html", "json")


@click.command()
@inputs
@click.argument("revision", metavar="[REV]", default="HEAD")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    default="text",
    show_default=True,
    help="How to show it: to you, in a comment, as a page, to a program. Only text names clients.",
)
def diff(given: Inputs, revision: str, form: str) -> None:
    """Tell what changed, who works differently now, and which clients it touches.

    REV is the commit or branch to compare with: HEAD, if you say none, for what is not committed
    yet. Of a branch, what counts is where you parted from it.

    \b
    Example: sopwith diff HEAD --format markdown
    """
    from sopwith import making

    run(given, lambda work: making.diff(work, revision, form))


@click.command()
@inputs
@click.argument("sop")
@click.argument("level", type=click.Choice(("minor", "major")), required=False)
@click.option("-m", "summary", required=True, metavar="TEXT", help="What is new, in a sentence.")
@click.option("--why", default="", metavar="TEXT", help="What made us change it.")
@click.option("--because", default="", metavar="TEXT", help="Why it is only minor, if we doubt it.")
@click.option(
    "--by", default="", metavar="PERSON", help="Who changed it.  [default: whom git says]"
)
def bump(given: Inputs, sop: str, level: str | None, **said: Any) -> None:
    """Give an SOP its next version, with a line in its revision history.

    Minor is for when nobody works differently, major for when someone does. If you say neither, we
    look at what changed since the last commit.

    \b
    Example: sopwith bump client-onboarding minor -m "Clearer wording" --by dana
    """
    from sopwith import filing

    revision = filing.Revision(level or "", **said)
    file(given, lambda work: filing.bump(work, sop, revision))


@click.command()
@inputs
def codeowners(given: Inputs) -> None:
    """Write .github/CODEOWNERS: whom GitHub asks to read a change, by who owns what.

    \b
    Example: sopwith codeowners
    """
    from sopwith import filing

    file(given, filing.write_owners)


@click.command()
@inputs
@click.argument("sop")
@click.option("--by", default="", metavar="PERSON", help="Who read it.  [default: whom git says]")
@click.option("--no-change", is_flag=True, help="It is right as it stands.")
def reviewed(given: Inputs, sop: str, by: str, no_change: bool) -> None:
    """Note that an SOP was read as a whole today, and by whom.

    \b
    Example: sopwith reviewed client-onboarding --by dana --no-change
    """
    from sopwith import filing

    file(given, lambda work: filing.reviewed(work, sop, by, no_change=no_change))


@click.command()
@inputs
@click.option("--dry-run", "dry", is_flag=True, help="Tell what would be done, and do nothing.")
@click.option(
    "--most",
    type=click.IntRange(1, 100),
    default=10,
    show_default=True,
    help="Have at most so many reminders open at a time.",
)
def remind(given: Inputs, dry: bool, most: int) -> None:
    """Keep an issue on GitHub for each SOP whose review is due.

    It is opened once, assigned to the owner, updated when the date moves, and closed when the SOP
    was reviewed. The repository is that of company.yml, or GITHUB_REPOSITORY; the token stands in
    GITHUB_TOKEN.

    \b
    Example: sopwith remind --dry-run
    """
    from sopwith import making

    def keep(work: Workspace) -> str:
        making.plans_of(work)
        issues = making.issues_of(work, os.environ)
        return making.remind(work, issues, click.echo, most=most, dry=dry)

    run(given, keep)
