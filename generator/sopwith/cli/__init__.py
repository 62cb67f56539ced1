"""The commands: parse what was typed, call, print, exit.

Exit codes: 0 clean (warnings too), 1 problems, 2 wrong usage.
"""

from __future__ import annotations

import gc
import io
import sys

import click

from sopwith import __version__
from sopwith.cli import acknowledge, change, files, letters, look, make, record, tasks, week


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sopwith")
def main() -> None:
    """Standard operating procedures as code: read, followed and kept true.

    \b
    sopwith check                          is everything right?
    sopwith build                          handbook, checklists, emails, review
    sopwith checklist harbor-lane-dental   one client's checklist
    """
    # What is read and made is kept to the end: to look for garbage in it so often finds none.
    gc.set_threshold(200_000)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal, or a file name, may not have the letters: print them as \\u0141 and go on.
            stream.reconfigure(errors="backslashreplace")


for command in (
    look.check,
    look.explain,
    look.why,
    make.build,
    make.serve,
    make.checklist,
    letters.email,
    letters.document,
    make.book,
    make.review,
    acknowledge.signsheet,
    week.week,
    week.calendar,
    record.start,
    record.done,
    record.upgrade,
    record.observe,
    acknowledge.acknowledge,
    change.diff,
    change.bump,
    change.reviewed,
    change.remind,
    files.new,
    files.fmt,
    change.codeowners,
    tasks.tasks,
    tasks.progress,
):
    main.add_command(command)
