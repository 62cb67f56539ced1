"""The commands: parse what was typed, call, print, exit.

Exit codes: 0 clean (warnings too), 1 problems, 2 wrong usage.
"""

from __future__ import annotations

import functools
import gc
import io
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from sopwith import __version__, report
from sopwith.history import UnknownRevision
from sopwith.model import AUDIENCES, Moment
from sopwith.plan import Unclear
from sopwith.problem import did_you_mean
from sopwith.workspace import Inputs, Workspace, open_workspace
from sopwith.write import recover

F = TypeVar("F", bound=Callable[..., Any])

PROBLEMS = 1


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value if re.fullmatch(r"20\d\d-\d\d-\d\d", value) else "")
        except ValueError:
            self.fail(f'"{value}" is no day of this century, as 2026-11-20 is one', param, ctx)


class _Moment(click.ParamType[Moment]):
    name = "DAY"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Moment:
        try:
            return value if isinstance(value, Moment) else Moment.parse(value)
        except ValueError:
            self.fail(f'"{value}" is no day; write it as in 2026-11-20', param, ctx)


def _inputs(command: F) -> F:
    """Give a command the options that say what the same bytes come from."""

    @click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path(),
        help="The folder that holds company.yml.  [default: this folder]",
    )
    @click.option(
        "--private",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The folder that holds clients/ and observations/, if it is another.",
    )
    @click.option("--today", type=_Day(), help="Plan as of this day.")
    @click.option("--commit", default="", help="Take the history up to this commit.")
    @click.option("--audience", type=click.Choice(AUDIENCES), help="For whom the handbook is made.")
    @functools.wraps(command)
    def with_inputs(
        root: Path,
        private: Path | None,
        today: date | None,
        commit: str,
        audience: Any,
        **others: Any,
    ) -> Any:
        try:
            recover(root)
            return command(Inputs(root, private, today, commit, audience), **others)
        except UnknownRevision as unknown:
            message = f'"{unknown}" is no commit in the history of this folder'
            raise click.BadParameter(message, param_hint="--commit") from None
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise  # whoever read our output has seen enough
            what = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{what}{error.strerror or error}") from None

    return with_inputs  # type: ignore[return-value]  # click's options replace the parameters


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sopwith")
def main() -> None:
    """Standard operating procedures as code: read, followed and kept true.

    \b
    sopwith check                          is everything right?
    sopwith build                          handbook, checklists, emails, review
    sopwith checklist harbor-lane-dental   one client's checklist
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal, or a file name, may not have the letters: print them as \\u0141 and go on.
            stream.reconfigure(errors="backslashreplace")


@main.command()
@_inputs
@click.option(
    "--format",
    "form",
    type=click.Choice(list(report.FORMATS)),
    default="text",
    show_default=True,
    help="How to show problems: to you, on GitHub's pull requests, to a program.",
)
def check(inputs: Inputs, form: str) -> None:
    """Look for problems in everything; write nothing.

    \b
    Example: sopwith check --root ~/handbook
    """
    work = _open(inputs)
    click.echo(report.FORMATS[form](work.problems, work.reading.files), nl=False)
    sys.exit(PROBLEMS if work.errors else 0)


@main.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what a problem code means, with a wrong example and a right one.

    \b
    Example: sopwith explain unknown-role
    """
    from sopwith.explain import pages

    known = pages()
    if code not in known:
        raise click.UsageError(f'no problem has the code "{code}"; {did_you_mean(code, known)}')
    click.echo(known[code].rstrip())


@main.command()
@_inputs
@click.option(
    "--only",
    type=click.Choice(["handbook", "clients", "review"]),
    multiple=True,
    help="Build only this part; may be given twice.  [default: all]",
)
def build(inputs: Inputs, only: tuple[str, ...]) -> None:
    """Build everything into build/: handbook, checklists, emails, the quarter's review.

    It is all or nothing: with a problem anywhere, what was built before stays as it is.

    \b
    Example: sopwith build --only handbook --audience public
    """
    from sopwith import build as making

    _run(inputs, lambda work: making.everything(work, only, _progress))


@main.command()
@_inputs
@click.argument("clients", nargs=-1, required=True, metavar="CLIENT...")
def checklist(inputs: Inputs, clients: tuple[str, ...]) -> None:
    """Make one client's checklist: PDF to print, HTML for the screen, Markdown.

    CLIENT is the name of a file in clients/, without .yml. A mistake in another client's file does
    not stand in the way.

    \b
    Example: sopwith checklist harbor-lane-dental
    """
    from sopwith import build as making

    _run(inputs, lambda work: making.checklists(work, clients))


@main.command()
@_inputs
@click.argument("client")
@click.argument("step", required=False)
def why(inputs: Inputs, client: str, step: str | None) -> None:
    """Tell why a client's plan is as it is.

    STEP is a step's address or its end, as in "kickoff" or "check-in@3", or the id of an SOP. For
    a step: why it is in or out, whose it is, and how its date came about, each with file and line.
    Without STEP: every SOP, all that is open and when, and all that is out, with the reasons.

    \b
    Example: sopwith why harbor-lane-dental check-in@4
    """
    from sopwith import build as making

    _run(inputs, lambda work: making.why(work, client, step))


@main.command()
@_inputs
@click.argument("template")
@click.argument("client")
@click.option(
    "--ask",
    "asks",
    multiple=True,
    metavar="NAME=TEXT",
    help="Answer a prompt of the template; may be given several times.",
)
def email(inputs: Inputs, template: str, client: str, asks: tuple[str, ...]) -> None:
    """Print an email for a client, ready to copy.

    \b
    Example: sopwith email weekly-status moss-odell --ask headline="On track."
    """
    from sopwith import build as making

    answers = dict(_pair(ask, "--ask") for ask in asks)
    _run(inputs, lambda work: making.email(work, template, client, answers))


@main.command()
@_inputs
@click.argument("client")
@click.argument("step")
@click.option("--on", type=_Moment(), help="When it was done.  [default: today]")
@click.option("--by", default="", metavar="PERSON", help="Who did it.  [default: whose step it is]")
@click.option("--answer", default="", help="The answer, where the step is a decision.")
@click.option("--note", default="", help="Anything worth keeping about how it went.")
@click.option(
    "--not-applicable", "reason", default="", metavar="REASON", help="Say why it is not to be done."
)
@click.option("--undo", is_flag=True, help="Take back what is recorded.")
def done(inputs: Inputs, client: str, step: str, undo: bool, **said: Any) -> None:
    """Tick a step in a client's file, and say what is to be done next.

    STEP is an address, as the checklist prints it, or the end of one.

    \b
    Example: sopwith done harbor-lane-dental check-in@3 --note "Moved by a day"
    """
    from sopwith import filing

    if undo and any(said.values()):
        raise click.UsageError("--undo takes back the whole record; say nothing else with it")
    if undo:
        _file(inputs, lambda work: filing.take_back(work, client, step))
    else:
        _file(inputs, lambda work: filing.tick(work, client, step, filing.Tick(**said)))


@main.command()
@_inputs
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
    metavar="'NAME <EMAIL>'",
    help="Someone at the client; the first one is the main contact.",
)
def start(inputs: Inputs, facts: tuple[str, ...], dates: tuple[str, ...], **said: Any) -> None:
    """Begin a new client's file; at a terminal, ask for what is missing.

    \b
    Example: sopwith start "North Pier Cafe" --date inquiry-received=2026-11-20
    """
    from sopwith import filing

    given = filing.Given(
        **said,
        facts=[_pair(fact, "--fact") for fact in facts],
        dates=[_pair(day, "--date") for day in dates],
    )
    ask = _ask if sys.stdin.isatty() and sys.stdout.isatty() else None
    _file(inputs, lambda work: filing.begin(work, given, ask))


@main.command()
@_inputs
@click.argument("quarter", required=False)
def review(inputs: Inputs, quarter: str | None) -> None:
    """Write the quarterly review report, as Markdown and HTML.

    \b
    Example: sopwith review 2026-Q4
    """
    from sopwith import build as making

    _run(inputs, lambda work: making.reviews(work, quarter))


@main.command()
@_inputs
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port on this machine; 0 takes one that is free.",
)
def serve(inputs: Inputs, port: int) -> None:
    """Show the handbook in a browser, made anew whenever a file is saved.

    \b
    Example: sopwith serve --port 8080
    """
    from sopwith import build as making
    from sopwith import serve as serving

    def until_stopped(work: Workspace) -> str:
        if work.reading.library is None:
            raise making.Blocked(work.errors)  # what to show, and when to show it, is not known
        serving.serve(inputs, port, click.echo)
        return "Stopped."

    _run(inputs, until_stopped)


def _open(inputs: Inputs) -> Workspace:
    """Open a root without a look for garbage: all that is read stays until the command is over."""
    gc.disable()
    work = open_workspace(inputs)
    gc.freeze()
    gc.enable()
    return work


def _run(inputs: Inputs, make: Callable[[Workspace], str]) -> None:
    """Make something, print what came of it, and exit; problems go to standard error."""
    from sopwith import build as making

    work = _open(inputs)
    try:
        said = make(work)
    except making.Blocked as blocked:
        _stop(work, blocked)
    except (making.NotHere, Unclear) as missing:
        raise click.UsageError(str(missing)) from None
    except making.FAILURES as error:
        raise click.ClickException(making.reason(error)) from None
    click.echo(said)


def _file(inputs: Inputs, write: Callable[[Workspace], str]) -> None:
    """Write into a client's file, print what follows, and exit; what cannot be is said plainly."""
    from sopwith import filing

    try:
        _run(inputs, write)
    except filing.Refused as refused:
        raise click.ClickException(str(refused)) from None


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


def _stop(work: Workspace, blocked: Any) -> NoReturn:
    shown = report.text(blocked.problems, work.reading.files)
    click.echo(shown, err=True, nl=False)
    click.echo("Nothing was written.", err=True)
    sys.exit(PROBLEMS)


def _progress(what: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"  {what}", err=True)


def _pair(text: str, option: str) -> tuple[str, str]:
    name, sign, answer = text.partition("=")
    if not sign:
        raise click.UsageError(f'{option} takes NAME=TEXT, and "{text}" has no "="')
    return name, answer
