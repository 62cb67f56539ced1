"""A person's week across all plans, or everybody's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sopwith.making.asking import Blocked, NotHere, at, named, plan_of, plans_of
from sopwith.making.calendar import sequences
from sopwith.making.single import Warn
from sopwith.making.unsaved import printed_from
from sopwith.outputs import week as output
from sopwith.plan import Plan, Plans
from sopwith.workspace import Workspace
from sopwith.write import staging


def week(work: Workspace, person: str | None, warn: Warn) -> str:
    """Write a week, of everybody where nobody is named, and tell it with where it is.

    A client whose files have errors is left out, and that is said; raises NotHere for an unknown
    person, and Blocked where errors leave no client at all.
    """
    plans = plans_of(work)
    people = work.library.company.people
    person = named(person, people) if person else None
    found, left_out = _found(plans), list(_left_out(work, plans))
    if left_out and not found:
        raise Blocked(work.errors)
    for note in left_out:
        warn(note)
    reader = people[person] if person else None
    context = output.Context(
        templates=work.templates,
        library=work.library,
        today=work.today,
        commit=printed_from(work, [plan.client for plan in found]),
        sequence=sequences(work),
        left_out=left_out,
    )
    pages = list(output.render(found, reader, context))
    with staging(work.root) as stage:
        stage.add(f"week/{person or output.TEAM}", pages)
    paths = "\n".join(at(work, page.path) for page in pages)
    return f"{output.gist(output.sheet(found, reader, context))}\n\n{paths}"


def _found(plans: Plans) -> list[Plan]:
    """What there is to do for clients, for our own people, and for the firm in a quarter."""
    return [*plans.all(), *plans.people(), *plans.quarters()]


def _left_out(work: Workspace, plans: Plans) -> Iterator[str]:
    """Those who have no plan, by the files that are to blame.

    Files are named, and nothing that is in them: whose steps they hold nobody knows.
    """
    library = work.library
    known = [*library.clients, *(f"people/{id_}" for id_ in library.company.people)]
    known += [
        *library.quarters,
        *(id_ for ids in map(library.unread.get, _KINDS) for id_ in ids or ()),
    ]
    blamed: defaultdict[str, list[str]] = defaultdict(list)
    for id_ in sorted(set(known)):
        if plans.of(id_) is None:
            blamed[_files(work, id_)].append(id_)
    for files, ids in blamed.items():
        yield f"Left out: {', '.join(ids)}. There are errors in {files}; see sopwith check."


_KINDS = ("client", "people", "quarters")


def _files(work: Workspace, id_: str) -> str:
    """The files whose errors keep someone from having a plan."""
    try:
        plan_of(work, id_)
    except Blocked as blocked:
        return ", ".join(sorted({problem.spot.path for problem in blocked.problems}))
    except NotHere:
        return "its file"
    return ""
