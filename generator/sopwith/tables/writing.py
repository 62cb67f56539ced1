"""Rows -> the bytes of a CSV or XLSX file, the same for the same rows."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cell = str | date | datetime

_FORMULA = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
_DATES = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd"}
_SHADE = "FFF2CC"
# A spreadsheet is a zip archive, and those hold no date before this one.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a spreadsheet: its heading, and its width in characters.

    What people are to fill in is `shaded`.
    """

    title: str
    width: int
    shaded: bool = False


def neutral(text: str) -> str:
    """Write text so that no spreadsheet takes it for a formula: an apostrophe goes before it.

    OWASP, "CSV Injection": such a cell runs as soon as somebody opens the file. A number below
    nothing is a number, and stays one.
    """
    is_formula = text[:1] in _FORMULA and not _NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text


def to_csv(rows: Iterable[Sequence[str]], *, for_excel: bool = False) -> bytes:
    """Write rows as RFC 4180 has it, in UTF-8, each cell neutral.

    Excel reads UTF-8 only behind a byte order mark; importers take that for part of a heading.
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerows(
        # Most are plain at a glance.
        [neutral(cell) if cell[:1] in _FORMULA else cell for cell in row]
        for row in rows
    )
    return text.getvalue().encode("utf-8-sig" if for_excel else "utf-8")


def to_xlsx(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], today: date
) -> bytes:
    """Write one sheet with a heading that stays and filters; text is text, and dates are dates.

    `today` is the day that the file says it was made on.
    """
    from openpyxl import Workbook  # takes a while, and most commands write no spreadsheet
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.properties.created = datetime.combine(today, datetime.min.time())
    sheet = book.worksheets[0]
    sheet.title = title
    _put(sheet, 1, [column.title for column in columns])
    for number, row in enumerate(rows, 2):
        _put(sheet, number, row)
    for cell in (cell for line in sheet.iter_rows() for cell in line):
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    for number, column in enumerate(columns, 1):
        for (cell,) in sheet.iter_rows(min_col=number, max_col=number) if column.shaded else ():
            cell.fill = PatternFill("solid", fgColor=_SHADE)
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    made = io.BytesIO()
    book.save(made)
    return _timeless(made, today)


def _put(sheet: Worksheet, number: int, row: Sequence[Cell]) -> None:
    for column, value in enumerate(row, 1):
        if value == "":
            continue
        cell = sheet.cell(number, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # whatever it begins with
            cell.quotePrefix = neutral(value) != value  # and it stays so when somebody edits it
        else:
            cell.number_format = _DATES[type(value)]


def _timeless(made: io.BytesIO, today: date) -> bytes:
    """The same archive without the clock, which the library writes into it twice."""
    out = io.BytesIO()
    stamp = rf"\g<1>{today}T00:00:00Z".encode()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = _MODIFIED.sub(stamp, old.read(name))
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
