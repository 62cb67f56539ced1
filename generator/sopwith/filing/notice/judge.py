"""What an issue says, judged: each answer as its field wants it, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from sopwith.filing.notice.names import sop_called, step_called
from sopwith.issues import CODE, Filled, Issue
from sopwith.making import NotHere
from sopwith.model import OBSERVATION_KINDS, Company, Library
from sopwith.problem import Place, Problem, Spot
from sopwith.rules.version_never_was import never_was
from sopwith.source import Data

# As the schema has a day, and a version.
_DAY = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
_VERSION = re.compile(r"v?(\d+\.\d+)", re.ASCII)
_FIELDS = ("sop", "version", "step", "text", "day", "category", "score", "hurt")


@dataclass(frozen=True, slots=True)
class Noticed:
    """What was noticed; empty is what nobody said. `others` are fields as they are to stand."""

    kind: str
    text: str
    sop: str = ""
    version: str = ""
    step: str = ""
    on: date | None = None
    client: str = ""
    by: str = ""
    others: Mapping[str, Data] = field(default_factory=dict)


class Judge:
    """Reads the answers of one issue, and collects what is wrong with them."""

    def __init__(self, library: Library, issue: Issue, filled: Filled) -> None:
        self.library, self.issue, self.filled = library, issue, filled
        self.problems: list[Problem] = []

    def all(self) -> Noticed:
        """What was noticed, as far as it fits."""
        labels = self.filled.form.labels
        kind = next((label for label in labels if label in OBSERVATION_KINDS), "")
        if not kind:
            hint = f"let the form give one of these: {', '.join(OBSERVATION_KINDS)}"
            self._wrong("", "no label of this form is a kind of observation", hint)
        sop, step = self._about()
        return Noticed(
            kind,
            self._summary(),
            sop,
            self._version(sop),
            step,
            self._day(),
            by=_account(self.library.company, self.issue.login),
            others={
                "category": self._said("category").partition(":")[0].lower(),
                "score": self._said("score"),
                "tags": [label for label in labels if label != kind],
                "hurt": self._said("hurt").lower() == "yes",
            },
        )

    def _said(self, id_: str) -> str:
        answer = self.filled.answers.get(id_)
        return answer.text if answer else ""

    def _wrong(self, id_: str, message: str, hint: str) -> None:
        """Note a problem at an answer, or at the issue as a whole."""
        answer = self.filled.answers.get(id_)
        place = Place(self.issue.name, answer.line if answer else 1)
        self.problems.append(Problem(Spot(place.path), CODE, message, hint, place=place))

    def _about(self) -> tuple[str, str]:
        """The ids of the SOP and the step."""
        asked = "sop"
        if self._said("step") and not self._said("sop"):
            hint = "say to which SOP it belongs, or name no step"
            self._wrong("step", "a step is named, and no SOP", hint)
            return "", ""
        try:
            sop = sop_called(self.library, self._said("sop"))
            asked = "step"
            step = step_called(sop, self._said("step"))
        except NotHere as missing:
            message, _, hint = str(missing).rpartition("; ")
            self._wrong(asked, message, hint)
            return "", ""
        return (sop.id if sop else ""), step

    def _version(self, sop: str) -> str:
        said = self._said("version")
        found = _VERSION.fullmatch(said)
        if said and not found:
            self._wrong("version", f'"{said}" is no version', "write it as in 2.0, or nothing")
        known = self.library.sops.get(sop)
        if found and known and (wrong := never_was(known, found[1])):
            self._wrong("version", *wrong)
        return found[1] if found else ""

    def _day(self) -> date:
        """The day it happened: as answered, else that of the issue on the firm's own clock."""
        said, zone = self._said("day"), ZoneInfo(self.library.company.timezone)
        opened = self.issue.created.astimezone(zone).date()
        if not said:
            return opened
        try:
            day = date.fromisoformat(said if _DAY.fullmatch(said) else "")
        except ValueError:
            self._wrong("day", f'"{said}" is no day', f"write it as in {opened}, or nothing")
            return opened
        if day > opened:
            hint = "write the day it happened, or nothing"
            self._wrong("day", f"{day} comes after the day of the issue, {opened}", hint)
        return day

    def _summary(self) -> str:
        """What happened, and behind it the answers to questions that no field is for."""
        answers = self.filled.answers
        if "text" not in answers:
            hint = "say in a sentence what happened"
            self._wrong("text", "this issue does not say what happened", hint)
        more = [f"{a.question} {a.text}" for id_, a in answers.items() if id_ not in _FIELDS]
        return "\n\n".join((self._said("text"), *more))


def _account(company: Company, login: str) -> str:
    """The id of the one of our people whose account it is."""
    people = (p for p in company.people.values() if p.github)
    return next((p.id for p in people if p.github.casefold() == login.casefold()), "")
