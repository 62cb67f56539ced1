"""Tables as other programs exchange them: CSV and XLSX, out and in."""

from sopwith.tables.reading import Line, Table, Unreadable, read
from sopwith.tables.writing import Cell, Column, neutral, to_csv, to_xlsx

__all__ = [
    "Cell",
    "Column",
    "Line",
    "Table",
    "Unreadable",
    "neutral",
    "read",
    "to_csv",
    "to_xlsx",
]
