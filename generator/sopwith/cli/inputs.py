"""The options that every command has which reads a root."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from sopwith.cli.kinds import Day
from sopwith.history import GitFailed, UnknownRevision
from sopwith.model import AUDIENCES
from sopwith.workspace import Inputs
from sopwith.write import recover

F = TypeVar("F", bound=Callable[..., Any])


def inputs(command: F) -> F:
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
    @click.option("--today", type=Day(), help="Plan as of this day.")
    @click.option("--commit", metavar="COMMIT", help="Take the history up to this commit.")
    @click.option("--audience", type=click.Choice(AUDIENCES), help="For whom the handbook is made.")
    @functools.wraps(command)
    def withinputs(
        root: Path,
        private: Path | None,
        today: date | None,
        commit: str | None,
        audience: Any,
        **others: Any,
    ) -> Any:
        try:
            recover(root)
            if commit == "":
                raise UnknownRevision(commit)
            return command(Inputs(root, private, today, commit or "", audience), **others)
        except UnknownRevision as unknown:
            message = f'"{unknown}" is no commit in the history of this folder'
            raise click.BadParameter(message, param_hint="--commit") from None
        except GitFailed as failed:
            raise click.ClickException(str(failed)) from None
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise  # whoever read our output has seen enough
            what = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{what}{error.strerror or error}") from None

    return withinputs  # type: ignore[return-value]  # click's options replace the parameters
