"""The quarterly review: the full, private report, and the edition that the handbook carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sopwith.data import Templates, jinja
from sopwith.model import Audience, Library
from sopwith.outputs.page import Page
from sopwith.outputs.review.figures.edition import shareable
from sopwith.outputs.review.figures.gather import gather
from sopwith.outputs.review.figures.report import Report
from sopwith.outputs.review.quarter import Quarter
from sopwith.outputs.review.words import sheet
from sopwith.outputs.review.words.pen import Pen
from sopwith.outputs.review.words.sheet import Sheet
from sopwith.plan import Plans
from sopwith.text import escape_markdown

__all__ = ["Context", "Quarter", "Report", "gather", "published", "render"]


_GAP = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Context:
    """What a review needs beside the library.

    `commit` is a short hash, or "uncommitted". `audience` is that of the published edition.
    """

    templates: Templates
    today: date
    quarter: Quarter
    commit: str
    audience: Audience


def render(library: Library, plans: Plans, context: Context) -> Iterator[Page]:
    """Write the full report as Markdown and HTML; it names clients and people, so it is private.

    Paths are below build/.
    """
    report = gather(library, plans, context.quarter)
    content = sheet(report, Pen(library, shared=False), context.commit)
    folder = f"review/{context.quarter}"
    yield Page(f"{folder}/report.md", _text(content, context, "review.md", autoescape=False))
    yield Page(f"{folder}/report.html", _text(content, context, "review.html", autoescape=True))


def published(library: Library, plans: Plans, context: Context) -> str:
    """The edition for the handbook in Markdown: no client, nobody by name, only what is allowed.

    Everything in it comes from the part of the library that the audience may see; of clients it
    knows nothing but counts. It has no title of its own, and links SOPs by their files, relative
    to the root.
    """
    report = gather(library, plans, context.quarter, context.audience)
    pen = Pen(shareable(library, context.audience), shared=True)
    content = sheet(report, pen, context.commit, context.audience)
    return _text(content, context, "handbook.md", autoescape=False).decode()


def _text(content: Sheet, context: Context, name: str, *, autoescape: bool) -> bytes:
    environment = jinja(context.templates, autoescape=autoescape)
    environment.filters["plain"] = lambda text: escape_markdown(" ".join(text.split()))
    text = environment.get_template(f"review/{name}.j2").render(sheet=content)
    return _GAP.sub("\n\n", text).strip("\n").encode() + b"\n"
