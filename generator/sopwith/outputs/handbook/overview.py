"""Home and the pages of the stages: the lifecycle, what changed lately, what is due for review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sopwith import due
from sopwith.model import Sop, Stage
from sopwith.outputs.handbook.changes import ChangeView, lately
from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.markup import Md, code, commas, flat, line
from sopwith.outputs.handbook.pen import Pen
from sopwith.outputs.handbook.sheet import Sheet, draw
from sopwith.places import CHANGES, HOME, MATRIX, page, sop_page, stage_page
from sopwith.reviews import is_overdue, next_review

LATELY = 5
"""How many changes the home page shows."""

SOON = timedelta(days=30)
"""How long before its day a review is listed."""

READERS = {
    "public": "for everyone",
    "internal": "for our own people",
    "confidential": "for our own people, confidential procedures included",
}
"""For whom an edition is."""


@dataclass(frozen=True, slots=True)
class SopLine:
    """An SOP in a list: its title, linked; what starts it; what comes out; what to know first."""

    title: Md
    starts: Md
    outcome: Md
    mark: str


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage of the lifecycle and its SOPs."""

    number: int
    title: Md
    sops: tuple[SopLine, ...]


@dataclass(frozen=True, slots=True)
class NeedView:
    """What may have happened in a stage, in the reader's words, linked to the SOP to work by."""

    stage: Md
    cases: tuple[Md, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the template of the home page arranges."""

    company: Md
    stages: tuple[StageView, ...]
    roles: tuple[Md, ...]
    needs: tuple[NeedView, ...]
    pages: Md
    changes: tuple[ChangeView, ...]
    all_changes: Md
    matrix: Md
    reviews: tuple[tuple[Md, Md], ...]
    service_levels: tuple[tuple[Md, Md], ...]
    made: Md


def home(edition: Edition) -> Sheet:
    """The page one arrives at."""
    pen = Pen(edition, HOME)
    company = edition.company
    view = HomeView(
        company=line(company.name),
        stages=tuple(
            StageView(
                number,
                pen.stage(stage.id) if edition.stage(stage.id) else line(stage.title),
                tuple(
                    _line(pen, sop) for sop in edition.stage(stage.id) if sop.status != "retired"
                ),
            )
            for number, stage in enumerate(company.stages, 1)
        ),
        roles=_roles(pen),
        needs=tuple(_needs(pen)),
        pages=commas(
            pen.page(line(own.title), page("pages", own.id)) for own in edition.pages.values()
        ),
        changes=lately(pen, LATELY),
        all_changes=pen.page(Md("Everything that changed"), CHANGES),
        matrix=pen.page(Md("Who does what"), MATRIX),
        reviews=_reviews(pen),
        service_levels=tuple(
            (line(level.title), line(f"within {due.parse_within(level.within)}"))
            for level in company.service_levels.values()
        ),
        made=_made(pen),
    )
    description = f"How {company.name} works: what starts each procedure, who does what, and when."
    title = f"{company.name} handbook"
    sheet = draw(
        edition,
        "home",
        HOME,
        title=title,
        description=description,
        view=view,
        boost=0.5,
        wide=True,
    )
    return replace(sheet, title="Home")


def stage(edition: Edition, stage: Stage) -> Sheet:
    """The page of one stage, with all its SOPs, the retired ones too."""
    path = stage_page(stage.id)
    pen = Pen(edition, path)
    sops = edition.stage(stage.id)
    return draw(
        edition,
        "stage",
        path,
        title=stage.title,
        description=", ".join(sop.title for sop in sops),
        view=StageView(
            edition.company.stage_order(stage.id) + 1,
            line(stage.title),
            tuple(_line(pen, sop) for sop in sops),
        ),
    )


def _roles(pen: Pen) -> tuple[Md, ...]:
    """Our own roles, in the order of the titles that people look for."""
    roles = pen.edition.roles.values()
    inside = sorted((role.title.casefold(), role.id) for role in roles if not role.outside)
    return tuple(pen.role(role) for _, role in inside)


def _needs(pen: Pen) -> Iterator[NeedView]:
    for stage in pen.edition.company.stages:
        sops = (sop for sop in pen.edition.stage(stage.id) if sop.status == "active")
        cases = tuple(
            pen.page(said, sop_page(sop.stage, sop.id), step)
            for sop in sops
            for said, step in _situations(sop)
        )
        if cases:
            yield NeedView(line(stage.title), cases)


def _situations(sop: Sop) -> Iterator[tuple[Md, str]]:
    """What may have happened when to follow an SOP, and the step that says what to do then."""
    told = [(said, "") for said in sop.situations]
    told += [(said, step.id) for step in sop.steps for said in step.situations]
    yield from ((line(said), step) for said, step in told)
    if not told:
        yield flat(sop.trigger.says), ""


def _line(pen: Pen, sop: Sop) -> SopLine:
    return SopLine(pen.sop(sop.id), flat(sop.trigger.says), line(sop.outcome), _mark(pen, sop))


def _mark(pen: Pen, sop: Sop) -> str:
    if not is_overdue(sop, pen.edition.context.today):
        return ""
    return "Review overdue" if next_review(sop) else "Never reviewed"


def _reviews(pen: Pen) -> tuple[tuple[Md, Md], ...]:
    """The SOPs whose review is late or near, the latest first."""
    today = pen.edition.context.today
    found = [(next_review(sop), sop) for sop in pen.edition.sops.values() if sop.status == "active"]
    near = [(day, sop) for day, sop in found if day is None or day <= today + SOON]
    near.sort(key=lambda pair: (pair[0] is not None, pair[0] or today))
    return tuple((pen.sop(sop.id), _when(pen, day)) for day, sop in near)


def _when(pen: Pen, day: date | None) -> Md:
    if day is None:
        return Md("never reviewed")
    return Md(f"{'was due' if day < pen.edition.context.today else 'due'} {pen.day(day)}")


def _made(pen: Pen) -> Md:
    context = pen.edition.context
    return Md(
        f"This edition is {READERS[context.audience]}. It was made on {pen.day(context.today)} "
        f"from commit {code(context.commit)}."
    )
