"""In words: what this meeting decides, and who signs it."""

from __future__ import annotations

from sopwith.model import Library
from sopwith.outputs.review.figures.report import Report
from sopwith.outputs.review.words import agreed
from sopwith.outputs.review.words.asks import asks
from sopwith.outputs.review.words.pen import Pen, many
from sopwith.outputs.review.words.sheet import Cell, Column, Section, Signature, Table

ROWS = 7
"""How many decisions a meeting may make; more are seldom carried out."""


def decided(report: Report, pen: Pen) -> Section:
    """What the meeting about this quarter decided; before it has met, room to write it down."""
    this, quarter = report.this, report.quarter
    if this is None:
        says = (
            f"The meeting for {quarter.label} has not been held yet, or is not on file. At most "
            f"{ROWS} decisions: each one sentence with a verb, one role and one date."
        )
        return Section(0, "close", _CLOSE, says, () if pen.shared else _blank(report, pen))
    ours = [of for of in report.agreed if of.review is this]
    present = "" if pen.shared or not this.present else ", ".join(map(pen.person, this.present))
    who = f" Present: {present}." if present else ""
    says = f"The meeting was held on {pen.day(this.held)} and made {many(len(ours), 'decision')}."
    columns = (Column("Decision"), Column("Who"), Column("By", "day"), Column("State"))
    rows = tuple(agreed.row(of, report, pen) for of in ours)
    return Section(0, "close", _CLOSE, says + who, (Table("", columns, rows),))


def _blank(report: Report, pen: Pen) -> tuple[Table, Table]:
    """Who met and when, and what page one asks for, a row each, to be filled in by hand."""
    met = Table("The meeting", (Column("Held on", "day"), Column("Present")), ((Cell(""),) * 2,))
    columns = tuple(map(Column, ("What there is to decide", "What we decide", "Who")))
    columns += (Column("By", "day"),)
    leads = [ask.lead for ask in asks(report, pen)][:ROWS]
    leads += [""] * (ROWS - len(leads))
    rows = tuple((Cell(lead), Cell(""), Cell(""), Cell("")) for lead in leads)
    return met, Table("The decisions", columns, rows)


_CLOSE = "What this meeting decides"


def signatures(report: Report, pen: Pen) -> tuple[Signature, ...]:
    """Who has signed; before anybody has, a line for management and each process owner."""
    if pen.shared:
        return ()
    signed = report.this.signed if report.this else ()
    names = (pen.person(id_) for id_ in _owners(pen.library))
    return tuple(Signature(pen.person(s.by), pen.day(s.date), True) for s in signed) or (
        *(Signature(name) for name in names),
        Signature(),
    )


def _owners(library: Library) -> tuple[str, ...]:
    """Who holds a role that owns a procedure in use, each once, in the order of the roles."""
    owners = {sop.owner for sop in library.sops.values() if sop.status == "active"}
    roles = library.company.roles.values()
    return tuple(dict.fromkeys(id_ for of in roles if of.id in owners for id_ in of.held_by))
