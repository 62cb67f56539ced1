"""The issue that asks for an SOP's review: its title, its text, and the mark it is known by.

Whoever reads the repository reads it. So nothing of a client is in it, and of what was noticed
only how often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sopwith.data import Templates, jinja
from sopwith.model import AUDIENCES, Audience, Company, Library, Observation, Sop
from sopwith.places import address, sop_page
from sopwith.reviews import Due, changed_since_review
from sopwith.text import escape_markdown
from sopwith.words import listing, long_date

_KINDS = {
    "friction": ("report of friction", "reports of friction"),
    "new-situation": ("situation it did not cover", "situations it did not cover"),
    "feedback": ("piece of client feedback", "pieces of client feedback"),
    "red-flag": ("red flag", "red flags"),
    "audit": ("finding of an audit", "findings of audits"),
    "worked": ("thing that worked well", "things that worked well"),
}
_STEPS = 3
_END = "<!-- sopwith: what you write below this line stays -->"
_MARK = re.compile(
    r"<!-- sopwith:review sop=(\S+) last=(\S+) due=(\S+) asked=(\S*) -->\n*"
    rf"(?:.*?(?:{re.escape(_END)}|\Z))",
    re.DOTALL,
)
_NEVER = "never"


@dataclass(frozen=True, slots=True)
class Mark:
    """What an issue is about: an SOP, the review before, the day by which it is due.

    `asked` are the accounts that it was to be assigned to, in small letters.
    """

    sop: str
    last: str
    due: str
    asked: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def key(self) -> str:
        """The part of its text that only issues about the same review have."""
        return f"<!-- sopwith:review sop={self.sop} last={self.last} due={self.due} "

    def __str__(self) -> str:
        return f"{self.key}asked={','.join(sorted(self.asked))} -->"

    def is_before(self, last: date | None) -> bool:
        """Say whether the SOP was reviewed after that issue was written."""
        return last is not None and (self.last == _NEVER or self.last < str(last))


@dataclass(frozen=True, slots=True)
class Reminder:
    """An SOP to be reviewed: what the issue says, and the accounts it is to be assigned to."""

    sop: Sop
    due: Due
    title: str
    says: str
    accounts: tuple[str, ...]

    @property
    def mark(self) -> Mark:
        """What it is known by."""
        return mark_of(self.sop, self.due, self.accounts)

    def body(self, before: str = "") -> str:
        """The text of the issue; what others wrote around ours in the text before stays."""
        earlier = read_mark(before)
        asked = (*self.accounts, *(earlier.asked if earlier else ()))
        ours = f"{mark_of(self.sop, self.due, asked)}\n{self.says}\n\n{_END}"
        return _MARK.sub(lambda _: ours, before, count=1) if earlier else ours


@dataclass(frozen=True, slots=True)
class Setting:
    """What all reminders of a day share; `repository` is the web address of the files."""

    library: Library
    today: date
    audience: Audience
    repository: str
    templates: Templates


@dataclass(frozen=True, slots=True)
class _Told:
    id: str
    title: str
    version: str
    places: Sequence[tuple[str, str]]
    when: str
    last: str
    changed: str
    owner: str
    reader: str
    noticed: str
    steps: str


def mark_of(sop: Sop, due: Due, asked: Iterable[str] = ()) -> Mark:
    """The mark of an SOP's next review."""
    accounts = frozenset(account.lower() for account in asked)
    return Mark(sop.id, str(sop.review.last or _NEVER), str(due.by or "now"), accounts)


def read_mark(body: str) -> Mark | None:
    """The mark in an issue's text, if we wrote it."""
    found = _MARK.search(body)
    if found is None:
        return None
    sop, last, due, asked = found.groups()
    return Mark(sop, last, due, frozenset(filter(None, asked.split(","))))


def reminder(sop: Sop, due: Due, setting: Setting) -> Reminder:
    """Write the reminder of an SOP."""
    company = setting.library.company
    made = jinja(setting.templates, autoescape=False)
    made.filters["plain"] = _plain
    template = made.get_template("reminder/issue.md.j2")
    says = template.render(told=_told(sop, due, setting)).strip()
    accounts = tuple(_accounts(sop, company, setting.today))
    return Reminder(sop, due, _title(sop, due, setting), says, accounts)


def reviewed(sop: Sop, due: Due, locale: str) -> str:
    """What to say as an issue is closed, since its SOP was reviewed."""
    last = f" on {long_date(sop.review.last, locale)}" if sop.review.last else ""
    again = f" The next review is due by {long_date(due.by, locale)}." if due.by else ""
    return f"Reviewed{last}. Thank you.{again}"


def _title(sop: Sop, due: Due, setting: Setting) -> str:
    if due.by is None:
        return f"Review for the first time: {sop.title}"
    day = long_date(due.by, setting.library.company.locale)
    return f"Review {'overdue since' if due.is_late(setting.today) else 'by'} {day}: {sop.title}"


def _told(sop: Sop, due: Due, setting: Setting) -> _Told:
    company, last = setting.library.company, sop.review.last
    seen = list(_seen(sop, setting))
    role = company.roles[sop.owner]
    return _Told(
        id=sop.id,
        title=sop.title,
        version=str(sop.version),
        places=list(_places(sop, setting)),
        when=_when(sop, due, company),
        last=long_date(last, company.locale) if last else "",
        changed=_changed(sop, setting),
        owner=role.title,
        reader=next(iter(role.held_by), "PERSON"),
        noticed=listing(list(_counts(seen)), company.locale) if seen else "",
        steps=listing(list(_hurting(sop, seen)), company.locale),
    )


def _places(sop: Sop, setting: Setting) -> Iterable[tuple[str, str]]:
    page = address(setting.library.company.handbook, sop_page(sop.stage, sop.id))
    if page and AUDIENCES.index(sop.classification) <= AUDIENCES.index(setting.audience):
        yield "its page in the handbook", page
    if setting.repository:
        yield "its file", f"{setting.repository}/blob/HEAD/{sop.at.path}"
    else:
        yield f"`{sop.at.path}`", ""


def _when(sop: Sop, due: Due, company: Company) -> str:
    if due.by is None:
        return "now."
    day, rhythm = long_date(due.by, company.locale), f"looked at every {sop.review.every}"
    event = company.event(sop.review.also_after)
    if event is None:
        return f"{day}. It is {rhythm}."
    after = f"two weeks after \u201c{event.title}\u201d"
    if due.after_event:
        return f"{day}, {after}. It is also {rhythm}."
    return f"{day}. It is {rhythm}, and {after}."


def _changed(sop: Sop, setting: Setting) -> str:
    change = changed_since_review(sop, setting.today)
    locale = setting.library.company.locale
    return f"{long_date(change.effective, locale)}: {change.summary}" if change else ""


def _seen(sop: Sop, setting: Setting) -> Iterable[Observation]:
    """What was noticed since the last review; observations are internal (semantics, "Private")."""
    since = sop.review.last or date.min
    for seen in setting.library.observations.values() if setting.audience != "public" else ():
        if seen.sop == sop.id and since < seen.date <= setting.today:
            yield seen


def _counts(seen: Iterable[Observation]) -> Iterable[str]:
    counted = Counter(one.kind for one in seen)
    for kind, (one, several) in _KINDS.items():
        if number := counted.get(kind, 0):  # type: ignore[call-overload]  # the keys are the kinds
            yield f"{number} {one if number == 1 else several}"


def _hurting(sop: Sop, seen: Iterable[Observation]) -> Iterable[str]:
    """The steps at which friction was noticed, most often first."""
    counted = Counter(one.step for one in seen if one.kind == "friction" and one.step)
    for id_, number in counted.most_common(_STEPS):
        step = sop.step(id_)
        if step:
            yield f"\u201c{step.title}\u201d ({number})"


def _accounts(sop: Sop, company: Company, today: date) -> Iterable[str]:
    """The accounts of the owner and of whoever holds the role too or stands in today."""
    holders = company.roles[sop.owner].held_by
    away = (a for a in company.away if a.who in holders and a.from_ <= today <= a.to)
    for person in dict.fromkeys((*holders, *(absence.stand_in for absence in away))):
        if account := company.people[person].github:
            yield account


def _plain(said: str) -> str:
    # GitHub reads "@name" as a call to that person even where the sign is spelled as an entity.
    return escape_markdown(said.replace("@", "@\u2060"))
