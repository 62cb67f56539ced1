"""What somebody has read and confirmed, each in a file of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from posixpath import join, normpath

from sopwith import acknowledging, tables
from sopwith.exports import CODE as NOT_AN_EXPORT
from sopwith.filing.keep import Refused, create_all
from sopwith.filing.progress import BroughtIn
from sopwith.filing.telling import sentence
from sopwith.filing.whom import person_of
from sopwith.finding import called
from sopwith.making import Blocked, plans_of, sop_of
from sopwith.model import Library, Sop
from sopwith.outputs.signsheet import DAY, PERSON, SOP, VERSION
from sopwith.problem import Place, Problem, Spot, did_you_mean
from sopwith.rules.version_never_was import never_was
from sopwith.words import long_date, typed_day
from sopwith.workspace import Workspace

CODE = "confirmation-not-recorded"
_FIRST_YEAR = 2000  # an earlier one is a slip of the keys, or what a spreadsheet made of a number


@dataclass(frozen=True, slots=True)
class _Confirmed:
    """Who has confirmed which version, and when."""

    sop: Sop
    version: str
    by: str
    day: date


def acknowledge(work: Workspace, name: str, by: str, on: date | None) -> str:
    """Record that somebody has read the current version of an SOP and confirms it.

    Raises NotHere for names that nothing has, Refused for what cannot be so, and Blocked where a
    problem stands in the way.
    """
    sop = sop_of(work, name)
    person, day = person_of(work, by), on or work.today
    if day > work.today:
        raise Refused(f"{day} is still to come: today is {work.today}.")
    said = _Confirmed(sop, str(sop.version), person, day)
    who, locale = work.library.company.people[person].name, work.library.company.locale
    known = _known(work.library, said)
    if known:
        told = f"{who} has confirmed {sop.title} {sop.version} on {long_date(known, locale)}."
        if on and on != known:
            raise Refused(f"{told} To say otherwise, change that file.")
        return sentence(f"Nothing to change: {told}")
    files = _write(work, [said])
    told = f"{who} has read and confirmed {sop.title} {sop.version} on {long_date(day, locale)}."
    return "\n".join([sentence(told), *(f"{file} is written." for file in files)])


def bring_in(work: Workspace, file: Path) -> BroughtIn:
    """Record all that a filled-in sign sheet says, unless it is recorded already.

    What cannot be recorded is told with its line and keeps nothing else back. Raises Refused and
    Blocked where none of it can be.
    """
    plans_of(work)
    new: dict[tuple[str, str, str], _Confirmed] = {}
    problems, known = list[Problem](), 0
    for line in _table(file).lines:
        if not line.cells.get(DAY):
            continue
        place = Place(file.as_posix(), line.number)
        found = _judged(work, line.cells)
        if isinstance(found, tuple):
            problems.append(Problem(Spot(place.path), CODE, *found, place=place))
        elif _known(work.library, found) or (key := (found.sop.id, found.version, found.by)) in new:
            known += 1
        else:
            new[key] = found
    files = _write(work, [*new.values()]) if new else []
    return BroughtIn("\n".join(_told([*new.values()], files, known)), tuple(problems))


def _told(new: list[_Confirmed], files: list[str], known: int) -> Iterator[str]:
    yield f"{_many(len(new))} recorded{':' if new else '.'}"
    yield from (f"  {one.day}  {file}" for one, file in zip(new, files, strict=True))
    if known:
        yield f"{_many(known)} recorded already."


def _many(count: int) -> str:
    return f"{count or 'No'} confirmation{'' if count == 1 else 's'}"


def _known(library: Library, said: _Confirmed) -> date | None:
    """The day on which this very version was confirmed, if it was."""
    days = (
        one.confirmed
        for one in library.confirmations.values()
        if (one.sop, str(one.version), one.by) == (said.sop.id, said.version, said.by)
    )
    return min(days, default=None)


def _write(work: Workspace, confirmed: list[_Confirmed]) -> list[str]:
    """Write a file for each; return their paths."""
    texts = {}
    for one in confirmed:
        name = acknowledging.file_name(one.sop.id, one.version, one.by)
        path = normpath(join(work.library.private, acknowledging.FOLDER, name))
        texts[path] = acknowledging.file_text(one.sop.id, one.version, one.by, str(one.day))
    create_all(work, texts)
    return [*texts]


# What a sheet says --------------------------------------------------------------------------------


def _table(file: Path) -> tables.Table:
    path = file.as_posix()
    try:
        table = tables.read(file.read_bytes())
    except OSError as error:
        raise Refused(f"{path} cannot be opened: {error.strerror or error}.") from None
    except tables.Unreadable as unreadable:
        raise _no_sheet(path, str(unreadable), unreadable.hint, unreadable.line) from None
    missing = [name for name in (SOP, VERSION, PERSON, DAY) if name not in table.headings]
    if missing:
        message = f'this is no sign sheet: it has no column "{missing[0]}"'
        raise _no_sheet(path, message, "fill in the table that `sopwith signsheet` wrote")
    return table


def _no_sheet(path: str, message: str, hint: str, line: int = 1) -> Blocked:
    return Blocked([Problem(Spot(path), NOT_AN_EXPORT, message, hint, place=Place(path, line))])


def _judged(work: Workspace, cells: Mapping[str, str]) -> _Confirmed | tuple[str, str]:
    """What a line confirms, or why it cannot, and how to mend it."""
    library, who = work.library, cells.get(PERSON, "")
    people, sop = library.company.people, library.sops.get(cells.get(SOP, ""))
    if sop is None:
        return f'no SOP is called "{cells.get(SOP)}"', did_you_mean(
            cells.get(SOP, ""), library.sops
        )
    if wrong := never_was(sop, cells.get(VERSION, "")):
        return wrong
    meant = called(who, people)
    if len(meant) != 1:
        return f'nobody can tell who "{who}" is', did_you_mean(who, people)
    said = _Confirmed(sop, cells[VERSION], meant[0], work.today)
    if known := _known(library, said):
        return replace(said, day=known)
    day = typed_day(cells[DAY], library.company.locale)
    if day is None or day.year < _FIRST_YEAR:
        return f'"{cells[DAY]}" is no day', f"write the day as in {work.today}"
    if day > work.today:
        return f"{day} is still to come", f"today is {work.today}"
    return replace(said, day=day)
