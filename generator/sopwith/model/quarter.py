"""A quarter of a year, written `2026-Q4`."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a calendar year; `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read `2026-Q4`; raise ValueError on anything else."""
        if not cls.is_one(text):
            raise ValueError(f'"{text}" is no quarter: write it as in 2026-Q4')
        return cls(int(text[:4]), int(text[-1]))

    @staticmethod
    def is_one(text: str) -> bool:
        """Say whether a text is a quarter as we write it."""
        return bool(re.fullmatch(r"[1-9][0-9]{3}-Q[1-4]", text))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = 3 * self.number
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def previous(self) -> Quarter:
        """The quarter before it."""
        return Quarter.of(self.first - timedelta(days=1))

    @property
    def next(self) -> Quarter:
        """The quarter after it."""
        return Quarter.of(self.last + timedelta(days=1))

    @property
    def label(self) -> str:
        """How people say it: `Q4 2026`."""
        return f"Q{self.number} {self.year}"

    def __contains__(self, day: date) -> bool:
        return (day.year, (day.month + 2) // 3) == (self.year, self.number)

    def __str__(self) -> str:
        return f"{self.year:04}-Q{self.number}"
