"""The commands: parse what was typed, call, print, exit.

Exit codes: 0 clean (warnings too), 1 problems, 2 wrong usage.
"""

from __future__ import annotations

import functools
import io
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from sopwith import __version__, report
from sopwith.engine import EngineFailed
from sopwith.history import UnknownRevision
from sopwith.model import AUDIENCES
from sopwith.problem import did_you_mean
from sopwith.workspace import Inputs, Workspace, open_workspace
from sopwith.write import Busy, Unsafe, recover

F = TypeVar("F", bound=Callable[..., Any])

PROBLEMS = 1


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else "")
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
        except (Busy, Unsafe, EngineFailed) as error:
            raise click.ClickException(str(error)) from None
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
    sopwith build                          the handbook, checklists, emails and the review
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
    work = open_workspace(inputs)
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
    Example: sopwith email weekly-status harbor-lane-dental --ask headline="We are on track."
    """
    from sopwith import build as making

    answers = dict(_pair(ask) for ask in asks)
    _run(inputs, lambda work: making.email(work, template, client, answers))


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
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
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


def _run(inputs: Inputs, make: Callable[[Workspace], str]) -> None:
    """Make something, print what came of it, and exit; problems go to standard error."""
    from sopwith import build as making

    work = open_workspace(inputs)
    try:
        said = make(work)
    except making.Blocked as blocked:
        _stop(work, blocked)
    except making.NotHere as missing:
        raise click.UsageError(str(missing)) from None
    click.echo(said)


def _stop(work: Workspace, blocked: Any) -> NoReturn:
    shown = report.text(blocked.problems, work.reading.files)
    click.echo(shown, err=True, nl=False)
    click.echo("Nothing was written.", err=True)
    sys.exit(PROBLEMS)


def _progress(what: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"  {what}", err=True)


def _pair(text: str) -> tuple[str, str]:
    name, sign, answer = text.partition("=")
    if not sign:
        raise click.UsageError(f'--ask takes NAME=TEXT, and "{text}" has no "="')
    return name, answer
