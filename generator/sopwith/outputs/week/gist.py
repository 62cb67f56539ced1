"""A week in a few lines, for whoever typed the command."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from sopwith.outputs.week.forms import Part, ReadSheet, Sheet, TaskSheet

WIDTH = 80
SHOWN = 12
"""Of a longer section the other rows are only counted: the page has them all."""


def gist(sheet: Sheet) -> str:
    """One person's rows, or of the whole firm how many each person has, in 80 columns."""
    told = map(_counted, sheet.parts) if sheet.for_all else _rows(sheet.parts[0])
    return "\n".join(
        [_flow(sheet.title), sheet.as_of, *told, *([_flow(sheet.idle)] if sheet.idle else [])]
    )


def _counted(part: Part) -> str:
    counts = [f"{len(section.rows)} {section.title.lower()}" for section in part.sections]
    counts += [f"{len(part.reads)} to read and confirm"] if part.reads else []
    return _flow(f"{part.name}: {', '.join(counts)}")


def _rows(part: Part) -> Iterator[str]:
    yield from map(_flow, part.away)
    for section in part.sections:
        yield f"{section.title} ({len(section.rows)})"
        width = max(len(row.due) for row in section.rows)
        yield from (_row(row, width) for row in section.rows[:SHOWN])
        if len(section.rows) > SHOWN:
            yield f"  and {len(section.rows) - SHOWN} more"
    yield from _reads(part.reads)
    if part.clients:
        yield f"Your clients ({len(part.clients)})"
        yield from (_flow(client, "  ", "    ") for client in part.clients)
    yield from map(_flow, part.remarks)


def _reads(reads: Sequence[ReadSheet]) -> Iterator[str]:
    if reads:
        yield f"To read and confirm ({len(reads)})"
    width = max((len(read.due) for read in reads), default=0)
    for read in reads:
        late = " (overdue)" if read.overdue else ""
        indent = " " * (width + 4)
        yield _flow(f"{read.title} {read.version}{late}", f"  {read.due:{width}}  ", indent)
        yield f"{indent}{read.command}"


def _row(row: TaskSheet, width: int) -> str:
    critical = "◆ " if row.critical else ""
    about = f" ({row.case})" if row.case else ""
    text = f"{critical}{row.client}: {row.title}{about}"
    indent = " " * (width + 4)
    lines = (line for line in row.lines if line.startswith(("Paused ", "Waits for ")))
    told = (_flow(line, indent, indent + "  ") for line in lines)
    return "\n".join([_flow(text, first=f"  {row.due:{width}}  ", others=indent), *told])


def _flow(text: str, first: str = "", others: str = "  ") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=others)
