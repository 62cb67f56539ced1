"""Run the site engine on a folder of Markdown that is ready for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from subprocess import PIPE


class EngineFailed(RuntimeError):
    """The engine did not build the site; the message is what it said."""


# It ends by itself where whoever started it is gone before giving the word.
_LOAD = "import sys, material.plugins.search.plugin, mkdocs.commands.build, mkdocs.__main__ as main"
_WAIT = f"{_LOAD}; sys.stdin.read() == 'build' and main.cli()"


def build_site(config: Path, today: date) -> None:
    """Build the site that a mkdocs.yml describes, strictly: a warning fails the build.

    `today` is the date of the sitemap, so that the same inputs give the same bytes. Raises
    EngineFailed.
    """
    with loaded(config, today) as build:
        build()


@contextmanager
def loaded(config: Path, today: date) -> Iterator[Callable[[], None]]:
    """Start the engine, which takes a while to load, and give what lets it build the site.

    Meanwhile the mkdocs.yml and its folder can be written.
    """
    epoch = int(datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp())
    command = [sys.executable, "-c", _WAIT, "build", "--quiet", "--strict", "-f", str(config)]
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(epoch),
        # Material's notice of its own end is for us, not for whoever builds a handbook.
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
    }
    with subprocess.Popen(  # our own interpreter, no shell
        command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True, env=environment
    ) as process:

        def build() -> None:
            out, errors = process.communicate("build")
            if process.returncode:
                raise EngineFailed((errors or out).strip().removeprefix("Error: "))

        yield build
