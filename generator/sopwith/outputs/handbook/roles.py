"""The pages of the roles: what each does, who holds it, and every step it has a part in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sopwith.model import Role, Sop, Step
from sopwith.outputs.handbook.edition import Edition, Use
from sopwith.outputs.handbook.markup import NOTHING, Md, commas, line
from sopwith.outputs.handbook.pen import Pen
from sopwith.outputs.handbook.sheet import Section, Sheet, draw
from sopwith.outputs.handbook.steps import Fact, stated
from sopwith.places import page


@dataclass(frozen=True, slots=True)
class UseView:
    """A step a role has a part in: linked, and when it is due."""

    step: Md
    due: Md
    critical: bool


@dataclass(frozen=True, slots=True)
class DutyView:
    """The steps of one SOP that a role has a part in."""

    stage: Md
    sop: Md
    steps: tuple[UseView, ...]


@dataclass(frozen=True, slots=True)
class RoleView:
    """What the template of a role's page arranges."""

    title: Md
    does: Md
    facts: tuple[Fact, ...]
    leads: tuple[DutyView, ...]
    joins: tuple[DutyView, ...]


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role in the list of roles."""

    title: Md
    does: Md
    holders: Md
    outside: bool


def roles(edition: Edition) -> Section:
    """The list of roles and a page for each."""
    path = page("roles")
    pen = Pen(edition, path)
    lines = tuple(
        RoleLine(pen.role(role.id), line(role.does), pen.holders(role.id), role.outside)
        for role in edition.roles.values()
    )
    index = draw(
        edition,
        "roles",
        path,
        title="Roles",
        description="Who does what here.",
        view=lines,
        boost=0.5,
    )
    return Section("Roles", (index, *(_role(edition, role) for role in edition.roles.values())))


def _role(edition: Edition, role: Role) -> Sheet:
    path = page("roles", role.id)
    return draw(
        edition,
        "role",
        path,
        title=role.title,
        description=role.does,
        view=role_view(Pen(edition, path), role),
        source="company.yml",
    )


def role_view(pen: Pen, role: Role) -> RoleView:
    """All that a role does."""

    def joins(step: Step) -> bool:
        return step.role != role.id and role.id in (*step.with_, *step.sign)

    return RoleView(
        title=line(role.title),
        does=line(role.does),
        facts=stated(_facts(pen, role)),
        leads=_duties(pen, pen.edition.uses(lambda step: step.role == role.id)),
        joins=_duties(pen, pen.edition.uses(joins)),
    )


def _facts(pen: Pen, role: Role) -> Iterator[Fact]:
    yield "Held by", Md("Outside the company") if role.outside else pen.holders(role.id)
    yield "Keeps true", _named(pen, lambda sop: sop.owner == role.id)
    yield "Approves", _named(pen, lambda sop: sop.approver == role.id)
    asking = pen.edition.asking
    yield (
        "Reads and confirms",
        _named(pen, lambda sop: sop.id in asking and role.id in asking[sop.id].roles),
    )


def _named(pen: Pen, picks: Callable[[Sop], bool]) -> Md:
    found = (sop for sop in pen.edition.sops.values() if sop.status != "retired" and picks(sop))
    return commas(pen.sop(sop.id) for sop in found)


def _duties(pen: Pen, uses: Iterable[Use]) -> tuple[DutyView, ...]:
    by_sop = (tuple(found) for _, found in groupby(uses, key=lambda use: use.sop.id))
    return tuple(
        DutyView(
            pen.stage(found[0].sop.stage),
            pen.sop(found[0].sop.id),
            tuple(_use(pen, use) for use in found),
        )
        for found in by_sop
    )


def _use(pen: Pen, use: Use) -> UseView:
    due = pen.due(use.sop, use.step.due) if use.step.due else NOTHING
    repeat = pen.repeat(use.step.repeat) if use.step.repeat else NOTHING
    return UseView(pen.step(use.sop, use.step.id), due or repeat, use.step.critical)
