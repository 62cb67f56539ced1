"""The commands that write into the private files: clients, our own, what was noticed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from sopwith.cli.inputs import inputs
from sopwith.cli.kinds import Day, When, pair
from sopwith.cli.running import file
from sopwith.model import OBSERVATION_KINDS
from sopwith.workspace import Inputs


@click.command()
@inputs
@click.argument("client")
@click.argument("step")
@click.option("--on", type=When(), help="When it was done.  [default: today]")
@click.option("--by", default="", metavar="PERSON", help="Who did it, or says so.")
@click.option("--answer", default="", help="The answer, where the step is a decision.")
@click.option("--note", default="", help="Anything worth keeping about how it went.")
@click.option(
    "--not-applicable", "reason", default="", metavar="REASON", help="Say why it is not to be done."
)
@click.option("--undo", is_flag=True, help="Take back what is recorded.")
def done(given: Inputs, client: str, step: str, undo: bool, **said: Any) -> None:
    """Tick a step in a client's file, and say what is to be done next.

    CLIENT may also be one of our people, as people/nell, or a quarter, as quarters/2026-Q4. STEP is
    an address, the end of one, a title, or the number on paper, as in "2.3" or "Client onboarding
    2.3".
    Without --by, it was done by whoever's step it is, or whom git knows; not to be done, says whom
    git knows.

    \b
    Example: sopwith done harbor-lane-dental check-in@3 --note "Moved by a day"
    """
    from sopwith import filing

    if undo and any(said.values()):
        raise click.UsageError("--undo takes back the whole record; say nothing else with it")
    if undo:
        file(given, lambda work: filing.take_back(work, client, step))
    else:
        file(given, lambda work: filing.tick(work, client, step, filing.Tick(**said)))


@click.command()
@inputs
@click.argument("name")
@click.option("--id", "id", default="", metavar="ID", help="Name the file.  [default: from NAME]")
@click.option("--engagement", default="", metavar="TEXT", help="What you do for them.")
@click.option(
    "--fact", "facts", multiple=True, metavar="FACT=VALUE", help="State a fact; several times."
)
@click.option(
    "--date", "dates", multiple=True, metavar="EVENT=DAY", help="Date an event; several times."
)
@click.option(
    "--contact",
    "contacts",
    multiple=True,
    metavar="'NAME (ROLE) <EMAIL>'",
    help="Someone at the client, with what they do there if you like; the first is the main one.",
)
def start(given: Inputs, facts: tuple[str, ...], dates: tuple[str, ...], **said: Any) -> None:
    """Begin a new client's file; at a terminal, ask for what is missing.

    \b
    Example: sopwith start "North Pier Cafe" --date inquiry-received=2026-11-20
    """
    from sopwith import filing

    client = filing.Given(
        **said,
        facts=[pair(fact, "--fact") for fact in facts],
        dates=[pair(day, "--date") for day in dates],
    )
    ask = _ask if sys.stdin.isatty() and sys.stdout.isatty() else None
    file(given, lambda work: filing.begin(work, client, ask))


@click.command()
@inputs
@click.argument("client")
@click.argument("sops", nargs=-1, metavar="[SOP]...")
@click.option("--dry-run", "dry", is_flag=True, help="Only show what would change.")
def upgrade(given: Inputs, client: str, sops: tuple[str, ...], dry: bool) -> None:
    """Bring a client to the current versions of its SOPs, and show what that changes.

    It concerns clients whose file pins versions under "sops:", or only the SOPs named. Steps that
    are added, removed or moved are shown, with new dates; what is done stays done.

    \b
    Example: sopwith upgrade harbor-lane-dental --dry-run
    """
    from sopwith import filing

    file(given, lambda work: filing.upgrade(work, client, sops, dry=dry))


@click.command()
@inputs
@click.option(
    "--from-issue",
    "issue",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Take it from an issue on GitHub: its JSON, as gh issue view --json writes it.",
)
@click.option("--kind", type=click.Choice(OBSERVATION_KINDS), help="What kind of thing it is.")
@click.option("--text", default="", help="What happened, in a sentence or two, naming no client.")
@click.option("--sop", default="", help="The SOP it is about.")
@click.option("--step", default="", help="The step of that SOP it is about.")
@click.option("--on", type=Day(), help="The day it happened.  [default: today]")
@click.option("--client", default="", help="The client with whom it happened; this stays private.")
@click.option("--by", default="", metavar="PERSON", help="Who noticed it; this stays private.")
def observe(given: Inputs, issue: Path | None, **said: Any) -> None:
    """Write down something you noticed, for the quarterly review.

    Say --kind and --text, or give the FILE of an issue that was written with one of our forms. The
    same issue is written down once, however often you give it.

    \b
    Example: sopwith observe --kind worked --sop billing --text "Paid in a day"
    """
    from sopwith import filing

    if issue:
        if any(said.values()):
            raise click.UsageError("an issue says all itself; say nothing else with --from-issue")
        file(given, lambda work: filing.from_issue(work, issue))
        return
    if not (said["kind"] and said["text"].strip()):
        raise click.UsageError("say --kind and --text, or --from-issue")
    file(given, lambda work: filing.notice(work, filing.Noticed(**said)))


def _ask(question: Any) -> Any:
    """Put a question until the answer can be read; Enter alone takes what is proposed."""
    from sopwith import filing

    def read(text: str) -> Any:
        try:
            return question.read(text)
        except filing.Refused as refused:
            raise click.UsageError(str(refused)) from None

    return click.prompt(
        question.text,
        default=question.default,
        show_default=bool(question.default),
        value_proc=read,
    )
