"""What changed: every version of every SOP, newest first, by quarter."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from sopwith.model import Change, Sop
from sopwith.outputs.handbook.control import kinds
from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.markup import Md, line
from sopwith.outputs.handbook.pen import Pen
from sopwith.outputs.handbook.sheet import Sheet, draw
from sopwith.places import CHANGES


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change: of what, when, how much, what and why."""

    sop: Md
    version: Md
    kind: str
    day: Md
    coming: bool
    summary: Md
    why: Md


@dataclass(frozen=True, slots=True)
class QuarterView:
    """The changes that took effect in one quarter."""

    anchor: str
    title: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class _Dated:
    """A change, whose it is, and how much it changed."""

    sop: Sop
    change: Change
    kind: str

    @property
    def quarter(self) -> tuple[int, int]:
        day = self.change.effective
        return day.year, (day.month + 2) // 3


def changes(edition: Edition) -> Sheet:
    """The page of all changes."""
    pen = Pen(edition, CHANGES)
    quarters = tuple(
        QuarterView(
            f"quarter--{year}-{number}",
            f"{year}, quarter {number}",
            tuple(_view(pen, dated) for dated in found),
        )
        for (year, number), found in groupby(_newest(edition), key=lambda dated: dated.quarter)
    )
    return draw(
        edition,
        "changes",
        CHANGES,
        title="What changed",
        description="Every change to a procedure, newest first, with the reason for it.",
        view=quarters,
        boost=0.5,
    )


def lately(pen: Pen, count: int) -> tuple[ChangeView, ...]:
    """The newest changes, for another page."""
    return tuple(_view(pen, dated) for dated in _newest(pen.edition)[:count])


def changes_of(pen: Pen, sop: Sop) -> tuple[tuple[Change, ChangeView], ...]:
    """Every change of one SOP, newest first, for another page."""
    return tuple((change, _view(pen, _Dated(sop, change, kind))) for change, kind in kinds(sop))


def _newest(edition: Edition) -> list[_Dated]:
    found = [
        _Dated(sop, change, kind) for sop in edition.sops.values() for change, kind in kinds(sop)
    ]
    return sorted(found, key=lambda dated: dated.change.effective, reverse=True)


def _view(pen: Pen, dated: _Dated) -> ChangeView:
    change = dated.change
    return ChangeView(
        pen.sop(dated.sop.id),
        line(str(change.version)),
        dated.kind,
        pen.day(change.effective),
        change.effective > pen.edition.context.today,
        line(change.summary),
        line(change.why),
    )
