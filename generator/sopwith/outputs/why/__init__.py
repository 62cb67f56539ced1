"""Why a client's plan is as it is: what is in or out, who does it, and how each date came about."""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library, Sop
from sopwith.outputs.why import overview, step
from sopwith.outputs.why.book import Book, Locate
from sopwith.outputs.why.find import find
from sopwith.outputs.why.lines import STUCK, section
from sopwith.plan import Plan

__all__ = ["Locate", "render"]


def render(plan: Plan, library: Library, typed: str, locate: Locate) -> str:
    """Explain the step or SOP that was typed, else the whole plan, in plain words at 80 columns.

    `locate` turns a spot into the place that is shown. Raises plan.Unclear.
    """
    book = Book(plan, library, locate)
    return "\n".join(_lines(book, typed)).replace(STUCK, " ")


def _lines(book: Book, typed: str) -> Iterator[str]:
    if not typed:
        yield from overview.explain(book)
        return
    found = find(book, typed)
    if isinstance(found, Sop):
        yield from overview.explain_sop(book, found)
    else:
        yield from step.explain(book, found)
    yield from section("Where that is written", book.notes())
