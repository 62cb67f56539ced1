"""What a checklist says first: what is late, what comes soon, and what else must not slip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from sopwith.outputs.checklist.book import Book
from sopwith.outputs.checklist.forms import Concern, Lack, Pointer
from sopwith.plan import Plan, PlannedSop, Row, unlisted

SOON = timedelta(days=10)
# The first page is to be one page.
MOST_OTHERS = 6


def concerns(plan: Plan, book: Book) -> Iterator[Concern]:
    """What needs a person now, by date; no step twice.

    Critical steps come first among those overdue, since any of them may be late enough to hurt,
    and among those of one day.
    """
    rows = plan.open_rows()
    soon = plan.today + SOON
    overdue = [row for row in rows if row.state == "overdue"]
    coming = [row for row in rows if row not in overdue and row.due and row.due.day <= soon]
    others = list(_critical(row for row in rows if row not in (*overdue, *coming)))
    homes = {row.address: planned for planned in plan.sops for row in planned.rows}
    for title, found, most in (
        ("Overdue", sorted(overdue, key=lambda row: not row.step.critical), len(overdue)),
        ("Due in the next 10 days", sorted(coming, key=_by_day), len(coming)),
        ("Other critical steps still open", others, MOST_OTHERS),
    ):
        pointers = tuple(_pointer(row, homes, book) for row in found)
        if pointers:
            yield Concern(title, pointers[:most], pointers[most:])


def lacks(plan: Plan) -> Iterator[Lack]:
    """Each gap, and what nobody has listed: on paper also before the procedure begins."""
    for gap in plan.gaps:
        yield Lack(gap.message, gap.hint)
    told = {gap.spot for gap in plan.gaps}
    first: dict[str, Row] = {}
    for row in plan.rows():
        if row.is_unlisted and plan.client.at / row.step.for_each not in told:
            first.setdefault(row.step.for_each, row)
    for kind, row in first.items():
        yield Lack(
            f'{unlisted(kind)}; "{row.step.title}" is done for each of them',
            f"list them under {kind}:, or write {kind}: [] where there are none",
        )


def _critical(rows: Iterable[Row]) -> Iterator[Row]:
    """The critical ones of these, in order; of a step that repeats, only the next."""
    seen: set[str] = set()
    for row in rows:
        step = row.address.rpartition("@")[0] if row.step.repeat else row.address
        if row.step.critical and step not in seen:
            seen.add(step)
            yield row


def _by_day(row: Row) -> tuple[date, bool]:
    return (row.due.day if row.due else date.max), not row.step.critical


def _pointer(row: Row, homes: Mapping[str, PlannedSop], book: Book) -> Pointer:
    home = homes[row.address]
    near = {other.address: other.number for other in home.rows}
    waits = ", ".join(near.get(address) or book.row(address) for address in row.waits_for)
    case = home.case.title if home.case else ""
    return Pointer(
        address=row.address,
        home=home.address,
        sop=f"{home.sop.title}: {case}" if case else home.sop.title,
        number=row.number,
        title=row.title,
        critical=row.step.critical,
        overdue=row.state == "overdue",
        role=book.role(row.step.role),
        people=book.people(row),
        due=book.due(row),
        waits=waits,
    )
