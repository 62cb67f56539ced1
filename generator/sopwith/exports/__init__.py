"""What files from the team's tools say of tasks: Asana's, Trello's, the checklist's, our own."""

from __future__ import annotations

from sopwith import tables
from sopwith.exports.as_json import read_json
from sopwith.exports.record import (
    ANSWER,
    CODE,
    DUE,
    ID,
    NOBODY,
    UNDATED,
    Export,
    NotAnExport,
    Record,
    for_whom,
    problem,
    read_moment,
    same_name,
)
from sopwith.exports.sheets import read_table

__all__ = [
    "ANSWER",
    "CODE",
    "DUE",
    "ID",
    "NOBODY",
    "UNDATED",
    "Export",
    "NotAnExport",
    "Record",
    "for_whom",
    "read",
    "read_moment",
    "same_name",
]


def read(path: str, raw: bytes) -> Export:
    """Read a file of any of these kinds; raises NotAnExport with what is wrong with it."""
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return read_json(path, raw)
    if path.endswith((".md", ".txt")):
        message = "this is text, and only tables, boards and the ticks of a page can be read back"
        hint = (
            "fill in what `sopwith tasks CLIENT --for xlsx` writes, or record it by `sopwith done`"
        )
        raise NotAnExport([problem(path, message, hint)])
    try:
        return read_table(path, tables.read(raw))
    except tables.Unreadable as unreadable:
        wrong = problem(path, str(unreadable), unreadable.hint, unreadable.line)
        raise NotAnExport([wrong]) from None
