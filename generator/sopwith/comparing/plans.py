"""In what one plan of somebody differs from another: steps, dates, people, ticks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sopwith.plan import Plan, Row
from sopwith.words import moment, near_day

_SETTLED = {"done": "done", "not-applicable": "not applicable", "excepted": "excepted"}
TICKED = "Ticked since"
VERSIONS = "Versions of procedures"
NUMBERED = "Steps with another number"
_Told = Callable[[Plan, Row, Plan, Row], str]


def changes(then: Plan, now: Plan) -> Iterator[tuple[str, list[str]]]:
    """Tell what changed step by step, under headings; both plans are of one day."""
    new = _rows(now)
    went = [row for row in _rows(then).values() if row.state != "out" and _was_out(new, row)]
    titles = {**_titles(then), **_titles(now)}

    def name(row: Row) -> str:
        return f"  {titles[row.address]} {_label(row)}"

    yield "Key dates", list(_key_dates(then, now))
    yield "Pauses", list(_pauses(then, now))
    yield VERSIONS, list(_versions(then, now))
    arrived = came(then, now)
    yield "New steps", [f"{name(row)}: {_who(row)}, {_when(now, row)}" for row in arrived]
    yield "Steps that are gone", [name(row) + _reason(now, new, row) for row in went]
    for title, told in _CHANGES.items():
        said = ((row, told(then, was, now, row)) for was, row in _stayed(then, now))
        yield title, [f"{name(row)}: {what}" for row, what in said if what]


def _titles(plan: Plan) -> dict[str, str]:
    """Under which title each step stands on paper: that of the SOP that runs its own."""
    found: dict[str, str] = {}
    for planned in plan.sops:
        case = planned.case
        about = f" ({case.title or case.id})" if case else ""
        found |= {row.address: f"{planned.sop.title}{about}" for row in planned.rows}
    return found


def came(then: Plan, now: Plan) -> tuple[Row, ...]:
    """The steps that are to be done by the later plan, or were, and not by the earlier one."""
    old = _rows(then)
    return tuple(r for r in _rows(now).values() if r.state != "out" and _was_out(old, r))


def fell_away(then: Plan, now: Plan) -> tuple[Row, ...]:
    """The steps that were open by the earlier plan, and by the later one are not to be done.

    Not those of a rhythm that goes on: which of its days are planned by now is no loss.
    """
    new = _rows(now)
    still = {_base(row.address) for row in new.values() if row.state != "out"}
    return tuple(
        row
        for row in _rows(then).values()
        if row.is_open
        and _was_out(new, row)
        and not (row.step.repeat and _base(row.address) in still)
    )


def moved(then: Plan, now: Plan) -> tuple[Row, ...]:
    """The open steps that are due at another time by the later plan, or by another rule."""
    return tuple(row for was, row in _stayed(then, now) if _date(then, was, now, row))


def differing(then: Plan, now: Plan) -> tuple[Row, ...]:
    """The open steps that come, go, are due at another time, or wait for something else."""
    stayed = (row for was, row in _stayed(then, now) if row.is_open and _plans(was) != _plans(row))
    return (*(row for row in came(then, now) if row.is_open), *fell_away(then, now), *stayed)


def _plans(row: Row) -> tuple[object, ...]:
    return (row.due, row.due_words, row.waits_for, row.only_if)


def turned_late(then: Plan, now: Plan) -> tuple[Row, ...]:
    """The steps that are overdue by the later plan, and were not by the earlier one."""
    old = _rows(then)
    late = (row for row in _rows(now).values() if row.state == _LATE)
    return tuple(r for r in late if r.address not in old or old[r.address].state != _LATE)


_LATE = "overdue"


def _rows(plan: Plan) -> dict[str, Row]:
    return {row.address: row for row in plan.rows() if not row.calls}


def _stayed(then: Plan, now: Plan) -> Iterator[tuple[Row, Row]]:
    """What stands in both plans to be done, or done, as it was and as it is."""
    old = _rows(then)
    for address, row in _rows(now).items():
        if address in old and "out" not in (old[address].state, row.state):
            yield old[address], row


def _was_out(rows: dict[str, Row], row: Row) -> bool:
    other = rows.get(row.address)
    return other is None or other.state == "out"


def _key_dates(then: Plan, now: Plan) -> Iterator[str]:
    before, after = then.client.dates, now.client.dates
    for event in dict.fromkeys([*before, *after]):
        was = moment(before[event].moment, then.company.locale) if event in before else "no date"
        is_ = moment(after[event].moment, now.company.locale) if event in after else "no date"
        known = now.company.event(event) or then.company.event(event)
        if was != is_:
            yield f"  {known.title if known else event}: {was} -> {is_}"


def _pauses(then: Plan, now: Plan) -> Iterator[str]:
    before, after = _spans(then), _spans(now)
    yield from (f"  {told}" for told in after if told not in before)
    yield from (f"  no more: {told}" for told in before if told not in after)


def _spans(plan: Plan) -> list[str]:
    locale = plan.company.locale
    return [
        f"{near_day(pause.from_, plan.today, locale)} to {near_day(pause.to, plan.today, locale)}"
        + (f": {pause.why}" if pause.why else "")
        for pause in plan.client.paused
    ]


def _versions(then: Plan, now: Plan) -> Iterator[str]:
    before = {row.sop.id: row.sop.version for row in then.rows()}
    for sop in {row.sop.id: row.sop for row in now.rows()}.values():
        if before.get(sop.id, sop.version) != sop.version:
            yield f"  {sop.title}: {before[sop.id]} -> {sop.version}"


# What may have changed in a step that was on the paper, each in words or empty -------------------


def _title(_then: Plan, was: Row, _now: Plan, row: Row) -> str:
    return f"was {_label(was)}" if was.title != row.title else ""


def _number(_then: Plan, was: Row, _now: Plan, row: Row) -> str:
    return f"was {was.number}" if was.title == row.title and was.number != row.number else ""


def _date(then: Plan, was: Row, now: Plan, row: Row) -> str:
    if not row.is_open or (was.due, was.due_words) == (row.due, row.due_words):
        return ""
    before, after = _when(then, was), _when(now, row)
    # Without a day the rule is told, in which another step's title may stand.
    same_rule = was.due is row.due is None and was.step.due == row.step.due
    return f"{before} -> {after}" if before != after and not same_rule else ""


def _person(_then: Plan, was: Row, _now: Plan, row: Row) -> str:
    return f"{_who(was)} -> {_who(row)}" if row.is_open and _who(was) != _who(row) else ""


def _ticked(_then: Plan, was: Row, now: Plan, row: Row) -> str:
    if not was.is_open or row.state not in _SETTLED:
        return ""
    done = row.progress.done if row.progress else None
    day = f" {near_day(done, now.today, now.company.locale)}" if done else ""
    return f"{_SETTLED[row.state]}{day}{_by(now, row)}"


def _reopened(_then: Plan, was: Row, now: Plan, row: Row) -> str:
    return _when(now, row) if was.state in _SETTLED and row.is_open else ""


_CHANGES: dict[str, _Told] = {
    "Steps with another title": _title,
    NUMBERED: _number,
    "Dates that moved": _date,
    "Steps for another person": _person,
    TICKED: _ticked,
    "Open again": _reopened,
}


def _label(row: Row) -> str:
    return f"{row.number} {row.title}"


def _reason(now: Plan, rows: dict[str, Row], row: Row) -> str:
    other, repeat = rows.get(row.address), row.step.repeat
    if other:
        return f": {other.out}" if other.out else ""
    if repeat is None or not any(_base(address) == _base(row.address) for address in rows):
        return ""
    has_end = now.client.ended or repeat.until in now.events
    return ": it would fall after the end" if has_end else ": too far ahead to be planned by now"


def _base(address: str) -> str:
    """The address of a step that comes again, without which time it is."""
    return address.rpartition("@")[0]


def _who(row: Row) -> str:
    return ", ".join(who.name for who in row.who) or "nobody named"


def _by(plan: Plan, row: Row) -> str:
    person = plan.company.people.get(row.progress.by) if row.progress else None
    return f", {person.name}" if person else ""


def _when(plan: Plan, row: Row) -> str:
    return (
        near_day(row.due, plan.today, plan.company.locale)
        if row.due
        else row.due_words or "no date"
    )
