"""The firm's own pages."""

from __future__ import annotations

from dataclasses import dataclass

from sopwith.model import Page
from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.markup import Md, line
from sopwith.outputs.handbook.pen import Pen
from sopwith.outputs.handbook.sheet import Section, Sheet, draw
from sopwith.places import page


@dataclass(frozen=True, slots=True)
class OwnView:
    """A page: its title and its text."""

    title: Md
    body: Md


def own_pages(edition: Edition) -> Section:
    """The list of the firm's own pages, and the pages."""
    path = page("pages")
    pen = Pen(edition, path)
    links = tuple(
        pen.page(line(own.title), page("pages", own.id)) for own in edition.pages.values()
    )
    index = draw(
        edition,
        "pages",
        path,
        title="Background",
        description="What stands behind the procedures.",
        view=links,
        boost=0.5,
    )
    return Section("Background", (index, *(_own(edition, own) for own in edition.pages.values())))


def _own(edition: Edition, own: Page) -> Sheet:
    path = page("pages", own.id)
    body = Pen(edition, path).rich(own.body, own.at.path, headings=True)
    return draw(
        edition,
        "page",
        path,
        title=own.title,
        description=own.title,
        view=OwnView(line(own.title), body),
        source=own.at.path,
    )
