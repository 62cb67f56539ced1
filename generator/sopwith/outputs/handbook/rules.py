"""The pages of the problem codes: what each means, and how it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.markup import Md, line
from sopwith.outputs.handbook.pen import Pen
from sopwith.outputs.handbook.sheet import Section, Sheet, draw
from sopwith.places import page


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A code in the list: linked, and what it means in one line."""

    code: Md
    says: Md


def rules(edition: Edition) -> Section:
    """The list of codes and a page for each."""
    pages = edition.context.problem_pages
    path = page("rules")
    pen = Pen(edition, path)
    lines = tuple(
        RuleLine(pen.page(line(code), page("rules", code)), line(_headline(code, pages[code])))
        for code in sorted(pages)
    )
    index = draw(
        edition,
        "rules",
        path,
        title="Problems in files",
        description="Everything that is checked before the handbook is made.",
        view=lines,
        boost=0.3,
    )
    sheets = (_rule(edition, code, pages[code]) for code in sorted(pages))
    return Section("Problems in files", (index, *sheets))


def _rule(edition: Edition, code: str, text: str) -> Sheet:
    # The pages are our own and come with the program: they are Markdown as they stand.
    body = Md(text.strip() if text.startswith("# ") else f"# {code}\n\n{text.strip()}")
    return draw(
        edition,
        "rule",
        page("rules", code),
        title=code,
        description=_headline(code, text),
        view=body,
        boost=0.2,
    )


def _headline(code: str, text: str) -> str:
    """The one line that says what a code means."""
    first = text.strip().partition("\n")[0].removeprefix("# ")
    return first.removeprefix(f"{code}:").strip()
