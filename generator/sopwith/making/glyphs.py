"""Characters that cannot be printed: where each comes from, and what helps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sopwith.plan import Plan
from sopwith.problem import Problem, Spot
from sopwith.source import Data
from sopwith.words import letters_of_dates
from sopwith.workspace import Workspace

_FONTS = 'install more fonts with pip install "sopwith[fonts]"'


def unprintable(
    work: Workspace, plan: Plan, characters: Iterable[str], what: str = "checklist"
) -> Sequence[Problem]:
    """A problem for each place that these characters of a plan come from."""
    spots: dict[Spot, list[str]] = {}
    for character in characters:
        spots.setdefault(_origin(work, plan, character), []).append(character)
    return [
        work.reading.located(_problem(work, spot, found, what)) for spot, found in spots.items()
    ]


def _origin(work: Workspace, plan: Plan, character: str) -> Spot:
    """The first file of the plan that holds a character; else the locale, if dates need it."""
    company = work.library.company
    for path in _files(plan):
        source = work.reading.sources.get(path)
        spot = _holding(source.data, character, Spot(path)) if source else None
        if spot:
            return spot
    if character in letters_of_dates(company.locale):
        return company.at / "locale"
    return plan.client.at


def _holding(data: Data, character: str, at: Spot) -> Spot | None:
    """The first text in the data of a file that holds a character."""
    if isinstance(data, str):
        return at if character in data else None
    parts: Iterable[tuple[str | int, Data]] = ()
    if isinstance(data, dict):
        parts = data.items()
    elif isinstance(data, list):
        parts = enumerate(data)
    found = (_holding(part, character, at / key) for key, part in parts)
    return next(filter(None, found), None)


def _files(plan: Plan) -> Iterator[str]:
    yield plan.client.at.path
    yield from dict.fromkeys(row.sop.at.path for row in plan.rows())
    yield plan.company.at.path
    yield from (f"documents/{row.step.document}.yml" for row in plan.rows() if row.step.document)


def _problem(work: Workspace, spot: Spot, characters: Sequence[str], what: str) -> Problem:
    shown = " ".join(characters)
    company = work.library.company
    if spot == company.at / "locale":
        message = f"dates in {company.locale} are written with {shown}, and no font here has it"
        return Problem(spot, "missing-glyph", message, f"choose another locale, or {_FONTS}")
    what = "document" if spot.path.startswith("documents/") else what
    message = f"the {what} cannot print {shown}: no font here has it"
    hint = f"write it in other letters as well, or {_FONTS}"
    return Problem(spot.holding(characters[0]), "missing-glyph", message, hint)
