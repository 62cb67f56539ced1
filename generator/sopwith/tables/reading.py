"""The bytes of a CSV or XLSX file -> rows by heading, each with its line."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

LARGEST = 20_000_000
"""Bytes that a file, and what is packed in it, may have."""
_COLUMNS = 200

_ZIP = b"PK\x03\x04"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


class Unreadable(ValueError):
    """A file is no table that we can read; `hint` says what to do about it, `line` where."""

    def __init__(self, message: str, hint: str = "", line: int = 1) -> None:
        super().__init__(message)
        self.hint, self.line = hint, line


@dataclass(frozen=True, slots=True)
class Line:
    """A row: the line it begins on, counted from 1, and its cells as text by heading."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The headings of a file, in order, and the rows that are not empty."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]


def read(raw: bytes) -> Table:
    """Read a CSV or XLSX file, whichever it is; raises Unreadable.

    A day in a spreadsheet becomes `2026-11-20`, a time of a day `2026-11-20 16:50`. A formula whose
    result is not saved stays one: nobody is to take its cell for empty. The apostrophe that makes a
    cell neutral is gone again.
    """
    if len(raw) > LARGEST:
        raise Unreadable("this file is larger than 20 MB", "export one project, or one client")
    rows = list(_xlsx(raw) if raw.startswith(_ZIP) else _csv(raw))
    if not rows:
        raise Unreadable("this file is empty")
    (_, first), *others = rows
    headings = tuple(cell.strip() for cell in first)
    lines = tuple(Line(number, _by_heading(headings, cells)) for number, cells in others)
    return Table(headings, tuple(line for line in lines if any(line.cells.values())))


def _by_heading(headings: Iterable[str], cells: Iterable[str]) -> dict[str, str]:
    """The cells by heading; of two columns that are called the same, the first."""
    found: dict[str, str] = {}
    for heading, cell in zip(headings, cells, strict=False):
        found.setdefault(heading, _as_typed(cell.strip()))
    return found


def _as_typed(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _csv(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = 'save it again as "CSV UTF-8", or as XLSX'
        raise Unreadable("this file is not UTF-8", hint) from None
    heading = text.partition("\n")[0]
    # Spreadsheets part cells by a semicolon wherever the comma stands in numbers.
    delimiter = max((",", ";", "\t"), key=heading.count)
    # Strict: else a quote that nobody closes silently swallows the lines that follow.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        hint = "see that each quote which opens there is closed, or save it as a table again"
        raise Unreadable(f"this is no line of a table: {error}", hint, number) from None


def _xlsx(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # takes a while, and most commands read no spreadsheet

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST * 5:
                raise Unreadable("this file unpacks to more than 100 MB")
            sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/")]
            calculates = any(b"<f" in packed.read(name) for name in sheets)
        results, *formulas = (
            load_workbook(io.BytesIO(raw), read_only=True, data_only=data_only)
            .worksheets[0]
            # A stray cell far out makes the sheet as large as that; the rest of it is empty.
            .iter_rows(max_col=_COLUMNS, values_only=True)
            for data_only in ((True, False) if calculates else (True,))
        )
        rows = map(_filled, results, *formulas)
        found = [(n, [*map(_text, cells)]) for n, cells in enumerate(rows, 1) if _is_said(cells)]
    except Unreadable:
        raise
    except _BROKEN:
        hint = "save it again as XLSX, or as CSV UTF-8"
        raise Unreadable("this is no spreadsheet that can be read", hint) from None
    yield from found


def _filled(results: Sequence[object], formulas: Sequence[object] = ()) -> Sequence[object]:
    """A row of results, with the formula where there is none."""
    if not formulas:
        return results
    both = zip(results, formulas, strict=True)
    return [getattr(formula, "text", formula) if of is None else of for of, formula in both]


def _is_said(cells: Iterable[object]) -> bool:
    return any(cell is not None for cell in cells)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        day = value.date().isoformat()
        return day if value.time() == time() else f"{day} {value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)
