"""Names and counts in words, for the readers of one edition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median
from typing import TypeVar

from babel.numbers import format_decimal

from sopwith.model import Action, Company, Library, Observation, Sop, Version
from sopwith.outputs.review.figures.progress import Worked
from sopwith.outputs.review.figures.report import ENOUGH
from sopwith.outputs.review.figures.whereabouts import Whereabouts
from sopwith.outputs.review.words.sheet import Cell, Proof
from sopwith.words import long_date, month

TOO_FEW = "too few to say"
LINES, MANY, FEW = 40, 200, 3
"""How many lines a proof shows, after how many proofs, and how many a later one shows.

The rest are in the files beside the report."""

SAID = 5
"""How many lines below a point are shown of those that may be hundreds."""

BRIEF = 80
"""How many characters a quote on page one has, or its first sentence if that is longer."""

T = TypeVar("T")
_SENTENCE = re.compile(r".+?(?:[.!?][\"\u201d]?(?=\s)\s*|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes for one edition: `shared` ones name roles instead of people, and no client.

    Shared ones link an SOP's file, from which the handbook makes the way to its page. `proofs`
    gathers what the numbers written so far were counted from.
    """

    library: Library
    shared: bool
    places: Whereabouts
    proofs: list[Proof] = field(default_factory=list)

    @property
    def company(self) -> Company:
        """The firm."""
        return self.library.company

    def day(self, day: date) -> str:
        """A date as people here write it."""
        return long_date(day, self.company.locale)

    def month(self, day: date) -> str:
        """The month of a date, with its year."""
        return month(day, self.company.locale)

    def role(self, role: str) -> str:
        """A role's title."""
        known = self.company.roles.get(role)
        return known.title if known else role

    def person(self, person: str, owner: str = "") -> str:
        """One of our people by name; where the edition is shared, by role.

        Of several roles it is `owner` if that is one of them, else the one that fewest hold.
        """
        if not self.shared:
            known = self.company.people.get(person)
            return known.name if known else person
        held = [role for role in self.company.roles.values() if person in role.held_by]
        held.sort(key=lambda role: (role.id != owner, len(role.held_by)))
        return held[0].title if held else "a colleague"

    def client(self, client: str) -> str:
        """A client's name, where the edition may say it."""
        known = self.library.clients.get(client)
        return known.name if known and not self.shared else ""

    def sop(self, sop: str) -> str:
        """An SOP's title; one that is not in force says so."""
        known = self.library.sops.get(sop)
        if known is None:
            return sop
        return known.title if known.status == "active" else f"{known.title} ({known.status})"

    def sop_cell(self, sop: str) -> Cell:
        """An SOP's title with the way to its page; for an observation that names none, so."""
        known = self.library.sops.get(sop)
        return Cell(self.sop(sop) or "No procedure", link=self._link(known) if known else "")

    def versioned(self, sop: Sop, version: Version, small: str = "") -> Cell:
        """The same with a version."""
        return Cell(f"{self.sop(sop.id)} {version}", link=self._link(sop), small=small)

    def _link(self, sop: Sop) -> str:
        return sop.at.path if self.shared else ""

    def step(self, sop: str, step: str) -> str:
        """A step's title; for a former step that of its heir, and where that is."""
        heir = self.places.now(sop, step)
        found = self.places.step(heir)
        if found is None:
            return f"{capital(step.replace('-', ' '))} (taken out since)"
        if heir == (sop, step):
            return found.title
        where = f"now in {self.sop(heir[0])}" if heir[0] != sop else "as it is today"
        return f"{found.title} ({where})"

    def place(self, seen: Observation) -> str:
        """What an observation is about: SOP, version and step."""
        if not seen.sop:
            return "No procedure"
        version = f" {seen.version}" if seen.version else ""
        step = f": {self.step(seen.sop, seen.step)}" if seen.step else ""
        return f"{self.sop(seen.sop)}{version}{step}"

    def action(self, action: Action, today: date) -> Cell:
        """What is done about something: what, who, by when, and where it stands."""
        what = action.what.rstrip(". ")
        text = f"{what}. {self.role(action.owner)}, by {self.day(action.due)}."
        if action.status == "done":
            helped = {True: ", and it helped", False: ", and it did not help", None: ""}
            return Cell(f"Done{helped[action.helped]}: {text}", "quiet")
        if action.status == "dropped":
            return Cell(f"Dropped: {text}", "quiet")
        is_late = action.due < today
        return Cell(f"{'Overdue' if is_late else 'Open'}: {text}", "late" if is_late else "soon")

    def decimal(self, value: Fraction) -> str:
        """A number with one place, rounded half up."""
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        rounded = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
        return format_decimal(rounded, "0.0", locale=self.company.locale.replace("-", "_"))

    # What numbers were counted from ---------------------------------------------------------------

    def proof(
        self, id_: str, title: str, of: Sequence[T], line: Callable[[T], str], rest: str
    ) -> str:
        """Keep what a number was counted from, and return the way there; none where it is empty.

        `rest` is the file that has all of it.
        """
        if not of:
            return ""
        room = LINES if len(self.proofs) < MANY else FEW
        lines = tuple(dict.fromkeys(map(line, of[:room])))
        more = f"And {len(of) - room} more, in {rest}." if len(of) > room else ""
        self.proofs.append(Proof(f"from-{id_}", title, lines, more, rest))
        return f"from-{id_}"

    def worked(self, id_: str, title: str, steps: Iterable[Worked]) -> str:
        """The same for steps. A shared edition has none of these: each is one client's."""
        if self.shared:
            return ""
        return self.proof(id_, title, tuple(steps), self._worked, "steps.csv")

    def noted(self, id_: str, title: str, observations: Sequence[Observation]) -> str:
        """The same for observations."""
        return self.proof(id_, title, observations, self._noted, "observations.csv")

    def _worked(self, of: Worked) -> str:
        due = f", due {self.day(of.due)}" if of.due else ", without a date"
        done = f", done {self.day(of.done)}{_judged(of)}" if of.done else ""
        where = f"{of.address} in {of.path}" if of.path else of.address
        return f"{of.client}: {of.title}{due}{done} ({where})"

    def _noted(self, seen: Observation) -> str:
        return f"{self.day(seen.date)}: {self.place(seen)} ({seen.at.path})"


def _judged(of: Worked) -> str:
    if of.due is None:
        return ""
    if of.early:
        return ", before there was a procedure"
    return ", on time" if of.on_time else ", late"


def many(count: int, one: str, more: str = "") -> str:
    """`no steps`, `1 step`, `2 steps`."""
    return f"{count or 'no'} {one if count == 1 else more or f'{one}s'}"


def share(part: int, of: int) -> str:
    """`18 of 20 (90%)`, or that there are too few to say."""
    if not of:
        return "none yet"
    if of < ENOUGH:
        return f"{TOO_FEW} ({of})"
    return f"{part} of {of} ({percent(part, of)}%)"


def percent(part: int, of: int) -> int:
    """A share in whole percent, rounded half up."""
    return int(Fraction(100 * part, of) + Fraction(1, 2))


def middle(days: Iterable[int]) -> Fraction | None:
    """The median, or None where there are too few to say."""
    found = list(days)
    return Fraction(median(found)) if len(found) >= ENOUGH else None


def some(names: Sequence[str], most: int, between: str = ", ") -> str:
    """The first few of them, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{between.join(names[:most])}{more}"


def few(lines: Sequence[Cell], where: str) -> tuple[Cell, ...]:
    """The first few of the lines below a point, and where the others are."""
    more = len(lines) - SAID
    cut = Cell(f"And {more} more, {where}.", "quiet")
    return (*lines[:SAID], cut) if more > 1 else tuple(lines)


def opening(text: str) -> str:
    """The first sentences of what somebody said, as many as a narrow column takes."""
    said = ""
    for sentence in _SENTENCE.findall(text):
        if said and len(said) + len(sentence) > BRIEF:
            return said.rstrip()
        said += sentence
    return text


def capital(text: str) -> str:
    """The same with its first letter large."""
    return text[:1].upper() + text[1:]
