"""Run the site engine on a folder of Markdown that is ready for it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path


class EngineFailed(RuntimeError):
    """The engine did not build the site; the message is what it said."""


def build_site(config: Path, today: date) -> None:
    """Build the site that a mkdocs.yml describes, strictly: a warning fails the build.

    `today` is the date of the sitemap, so that the same inputs give the same bytes.
    """
    epoch = int(datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp())
    command = [sys.executable, "-m", "sopwith.engine.process", str(config)]
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(epoch),
        # Material's notice of its own end is for us, not for whoever builds a handbook.
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
    }
    done = subprocess.run(  # our own interpreter, no shell
        command, capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        raise EngineFailed(_said((done.stderr or done.stdout).strip()))


def _said(text: str) -> str:
    """What the engine has to say; where it broke, the reason alone."""
    if "Traceback (most recent call last)" in text:
        reason = text.rpartition("\n")[2]
        return f"the site engine cannot work with mkdocs.yml and what it names: {reason}"
    return text
