"""Who does what: every SOP beside every role, in one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from sopwith.model import Role, Sop
from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.pen import titled
from sopwith.outputs.handbook.sheet import Section, Sheet, draw
from sopwith.places import MATRIX, page, site_way, sop_page, stage_page

PARTS = (
    ("D", "does steps"),
    ("T", "takes part in steps, or signs them"),
    ("K", "keeps the procedure true"),
    ("A", "approves its changes"),
)
"""What a role may have to do with an SOP, and the letter for it."""


@dataclass(frozen=True, slots=True)
class RowView:
    """An SOP: its title and address as HTML, and for each role the letters, each with its words."""

    title: str
    href: str
    cells: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """What the template arranges: roles across and SOPs down, by stage. All of it is HTML."""

    roles: tuple[tuple[str, str], ...]
    stages: tuple[tuple[str, str, tuple[RowView, ...]], ...]
    parts: tuple[tuple[str, str], ...] = PARTS


def matrix(edition: Edition) -> Sheet | Section:
    """The page; an empty section where there is no SOP to show."""
    shown = [sop for sop in edition.sops.values() if sop.status != "retired"]
    if not shown:
        return Section("Who does what", ())
    letters = {sop.id: _letters(sop) for sop in shown}
    busy = {role for found in letters.values() for role in found}
    roles = [role for role in edition.roles.values() if role.id in busy]
    view = MatrixView(
        tuple((escape(role.title), site_way(MATRIX, page("roles", role.id))) for role in roles),
        tuple(_stages(edition, letters, roles)),
    )
    return draw(
        edition,
        "matrix",
        MATRIX,
        title="Who does what",
        description="Every procedure and every role, side by side.",
        view=view,
        boost=0.5,
        wide=True,
    )


def _stages(
    edition: Edition, letters: dict[str, dict[str, str]], roles: list[Role]
) -> Iterator[tuple[str, str, tuple[RowView, ...]]]:
    for stage in edition.company.stages:
        rows = tuple(
            RowView(
                escape(titled(sop)),
                site_way(MATRIX, sop_page(sop.stage, sop.id)),
                tuple(_cell(letters[sop.id].get(role.id, "")) for role in roles),
            )
            for sop in edition.stage(stage.id)
            if sop.id in letters
        )
        if rows:
            yield escape(stage.title), site_way(MATRIX, stage_page(stage.id)), rows


def _letters(sop: Sop) -> dict[str, str]:
    """For each role of an SOP the letters of its parts in it."""
    does = {step.role for step in sop.steps}
    found: dict[str, str] = {}
    for letter, roles in (
        ("D", does),
        ("T", {role for step in sop.steps for role in (*step.with_, *step.sign)} - does),
        ("K", {sop.owner}),
        ("A", {sop.approver}),
    ):
        for role in roles:
            found[role] = found.get(role, "") + letter
    return found


def _cell(letters: str) -> tuple[tuple[str, str], ...]:
    return tuple((letter, says) for letter, says in PARTS if letter in letters)
