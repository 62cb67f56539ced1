"""What may be typed for an option, read into what it means."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import click

from sopwith.model import Moment


class Day(click.ParamType[date]):
    """A day of this century."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value if re.fullmatch(r"20\d\d-\d\d-\d\d", value) else "")
        except ValueError:
            self.fail(f'"{value}" is no day of this century, as 2026-11-20 is one', param, ctx)


class When(click.ParamType[Moment]):
    """A day, or a day and a time."""

    name = "DAY"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Moment:
        """Read a day, or a moment."""
        try:
            return value if isinstance(value, Moment) else Moment.parse(value)
        except ValueError:
            self.fail(f'"{value}" is no day; write it as in 2026-11-20', param, ctx)


def pair(text: str, option: str) -> tuple[str, str]:
    """Read NAME=TEXT."""
    name, sign, answer = text.partition("=")
    if not sign:
        raise click.UsageError(f'{option} takes NAME=TEXT, and "{text}" has no "="')
    return name, answer
