"""The pages of the roles: what each does, who holds it, and every step it has a part in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sopwith.model import Role, Sop, Step
from sopwith.outputs.handbook.duties import MomentView, StageView, by_due, by_stage
from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.markup import NOTHING, Md, commas, line
from sopwith.outputs.handbook.pen import Pen
from sopwith.outputs.handbook.sheet import Section, Sheet, draw
from sopwith.outputs.handbook.steps import Fact, stated
from sopwith.places import page


@dataclass(frozen=True, slots=True)
class RoleView:
    """What the template of a role's page arranges."""

    title: Md
    does: Md
    facts: tuple[Fact, ...]
    leads: tuple[StageView, ...]
    joins: tuple[StageView, ...]
    moments: tuple[MomentView, ...]


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
        boost=2,
    )


def role_view(pen: Pen, role: Role) -> RoleView:
    """All that a role does."""

    def joins(step: Step) -> bool:
        return step.role != role.id and role.id in (*step.with_, *step.sign)

    leads = pen.edition.uses(lambda step: step.role == role.id)
    return RoleView(
        title=line(role.title),
        does=line(role.does),
        facts=stated(_facts(pen, role)),
        leads=by_stage(pen, leads),
        joins=by_stage(pen, pen.edition.uses(joins)),
        moments=by_due(pen, leads),
    )


def _facts(pen: Pen, role: Role) -> Iterator[Fact]:
    yield "Held by", Md("Outside the company") if role.outside else pen.holders(role.id)
    yield "Does also", _of_all(pen, role)
    yield "Keeps true", _named(pen, lambda sop: sop.owner == role.id)
    yield "Approves", _named(pen, lambda sop: sop.approver == role.id)
    asking = pen.edition.asking
    yield (
        "Confirms",
        _named(pen, lambda sop: sop.id in asking and role.id in asking[sop.id].roles),
    )


def _of_all(pen: Pen, role: Role) -> Md:
    """The roles that every one of our people holds, beside this one."""
    inside = [known for known in pen.edition.roles.values() if not known.outside]
    people = {person for known in inside for person in known.held_by}
    common = [known for known in inside if people and people <= set(known.held_by)]
    if role not in inside or role in common or not common:
        return NOTHING
    return Md(f"What is asked of {commas(pen.role(known.id) for known in common)}")


def _named(pen: Pen, picks: Callable[[Sop], bool]) -> Md:
    found = (sop for sop in pen.edition.sops.values() if sop.status != "retired" and picks(sop))
    return commas(pen.sop(sop.id) for sop in found)
