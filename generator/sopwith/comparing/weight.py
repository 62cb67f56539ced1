"""Does somebody work differently? A difference -> major or minor, and why we think so.

A version's first number rises when someone works differently, the second when nobody does. What
a field means decides; where it is prose, its words are a guess. Whoever owns the SOP knows better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sopwith.comparing.difference import Difference
from sopwith.comparing.files import Pair
from sopwith.comparing.texts import likeness, paired
from sopwith.model import Acknowledge, Decision, Document, Email, Note, Phase, Sop, Step, Trigger

Weight = Literal["major", "minor", "none"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What we take a difference for, and the reason; `none` is bookkeeping that no version needs.

    It is `sure` unless it hangs on how alike two wordings are.
    """

    weight: Weight
    why: str = ""
    sure: bool = True


def weigh(difference: Difference) -> Opinion:
    """Say what one difference in an SOP, an email or a document means."""
    if difference.what == "changed":
        judge = _TABLES[difference.part].get(difference.field, _UNKNOWN)
        return judge(difference.was, difference.now)
    return _PARTS[difference.part, difference.what](difference)


def opinion(pair: Pair) -> Opinion:
    """Say what all differences of a file mean together; the weightiest decides."""
    if pair.kind == "company" or pair.was is None:
        return _NONE
    if getattr(pair.was, "status", "") == "draft":
        return Opinion("none", "it was a draft, and nobody worked by it")
    if pair.now is None:
        return Opinion("major", "it is gone")
    found = [weigh(difference) for difference in pair.differences]
    for weight in ("major", "minor"):
        count = Counter(one.why for one in found if one.weight == weight)
        whys = [why for why, _ in count.most_common()]
        if whys:
            is_sure = any(one.sure for one in found if one.weight == weight)
            more = f"; and {len(whys) - _SHOWN} more" if len(whys) > _SHOWN else ""
            return Opinion(weight, "; ".join(whys[:_SHOWN]) + more, is_sure)
    return _NONE


_SHOWN = 3
Judge = Callable[[Any, Any], Opinion]
_NONE = Opinion("none")


def _always(weight: Weight, why: str) -> Judge:
    return lambda _was, _now: Opinion(weight, why)


def _bookkeeping(_was: Any, _now: Any) -> Opinion:
    return _NONE


_UNKNOWN = _always("major", "it is not as it was")


def _directs(what: str) -> Judge:
    """A text that somebody acts on: it matters whether it still says the same."""

    def judge(was: str, now: str) -> Opinion:
        if not was:
            return Opinion("minor", f"{what} says more", sure=False)
        if not now:
            return Opinion("minor", f"{what} says less", sure=False)
        alike, word = likeness(was, now)
        if alike == "same":
            return Opinion("minor", f"{what} is only spelled or punctuated otherwise")
        if alike == "turned":
            return Opinion("major", f'{what} differs in "{word}"', sure=False)
        if alike == "rewritten":
            return Opinion("major", f"most of {what} is new", sure=False)
        return Opinion("minor", f"{what} is only reworded", sure=False)

    return judge


def _demands(what: str) -> Judge:
    """A text that by being there asks for something."""
    reads = _directs(what)

    def judge(was: str, now: str) -> Opinion:
        if was and now:
            return reads(was, now)
        return Opinion("major", f"{what} is {'asked for now' if now else 'asked for no more'}")

    return judge


def _entries(what: str, each: str) -> Judge:
    """A list of texts that each ask for something."""
    reads = _directs(f"a {each}")

    def judge(was: Sequence[str], now: Sequence[str]) -> Opinion:
        new, gone, reworded = paired(was, now)
        if new and gone:
            return Opinion("major", f"{what} are others")
        if new or gone:
            return Opinion("major", f"there is one {each} {'more' if new else 'less'}")
        found = [reads(*pair) for pair in reworded]
        heavy = next((one for one in found if one.weight == "major"), None)
        return heavy or (found[0] if found else Opinion("minor", f"{what} have another order"))

    return judge


def _notes(was: Sequence[Note], now: Sequence[Note]) -> Opinion:
    """A tip helps; a caution or a warning changes what one does."""

    def says(notes: Sequence[Note]) -> list[str]:
        return [note.says for note in notes if note.kind != "tip"]

    if says(was) == says(now):
        return Opinion("minor", "it comes with another tip")
    return _entries("the cautions", "caution")(says(was), says(now))


def _decision(was: Decision | None, now: Decision | None) -> Opinion:
    if was and now and was.answers == now.answers:
        return _directs("the question")(was.question, now.question)
    return Opinion("major", "the question or where its answers lead is another")


def _trigger(was: Trigger, now: Trigger) -> Opinion:
    if was.event != now.event:
        return Opinion("major", "it starts at another moment")
    return _directs("what starts it")(was.says, now.says)


def _responsibilities(was: Mapping[str, str], now: Mapping[str, str]) -> Opinion:
    if was.keys() != now.keys():
        return Opinion("major", "other roles answer for it")
    found = [_directs("what a role answers for")(was[r], now[r]) for r in was if was[r] != now[r]]
    return next((one for one in found if one.weight == "major"), found[0] if found else _NONE)


def _status(was: str, now: str) -> Opinion:
    if was == "draft":
        return Opinion("none", "it was a draft, and nobody worked by it")
    why = "nobody works by it any more" if now != "active" else "people work by it again"
    return Opinion("major", why)


def _acknowledge(was: Acknowledge | None, now: Acknowledge | None) -> Opinion:
    """Only a new first number asks anybody, so whoever asks somebody new needs one."""
    if {*(now.by if now else ())} <= {*(was.by if was else ())}:
        return Opinion("minor", "it asks nobody new to read it and confirm")
    return Opinion("major", "somebody new is to read it and confirm")


_SOP: Mapping[str, Judge] = {
    "stage": _always("minor", "it stands elsewhere, and says the same"),
    "title": _always("minor", "it is called something else"),
    "version": _bookkeeping,
    "status": _status,
    "owner": _always("minor", "somebody else keeps it true"),
    "approver": _always("minor", "somebody else approves it"),
    "review": _bookkeeping,
    "trigger": _trigger,
    "outcome": _always("minor", "its outcome is worded otherwise"),
    "changes": _bookkeeping,
    "classification": _always("minor", "others may read it"),
    "superseded_by": _always("minor", "its successor is named"),
    "acknowledge": _acknowledge,
    "about": _always("major", "it is done for somebody else"),
    "applies_to": _always("major", "it is done for other clients"),
    "scope": _always("minor", "its scope is worded otherwise"),
    "purpose": _always("minor", "its purpose is worded otherwise"),
    "timeline": _always("minor", "its timeline is worded otherwise"),
    "guidelines": _entries("the guidelines", "guideline"),
    "responsibilities": _responsibilities,
    "prerequisites": _entries("the prerequisites", "prerequisite"),
    "terms": _always("minor", "a word is explained otherwise"),
    "situations": _bookkeeping,  # these two only help to find it
    "tags": _bookkeeping,
    "records": _always("major", "what it leaves behind is kept otherwise"),
    "references": _always("minor", "it refers to something else"),
    "former_steps": _bookkeeping,
}
_PHASE: Mapping[str, Judge] = {
    "title": _always("minor", "the phase is called something else"),
    "objective": _always("minor", "the aim is worded otherwise"),
    "work": _always("major", "the block is worked in another way"),
}
_STEP: Mapping[str, Judge] = {
    "title": _directs("the title"),
    "role": _always("major", "another role does it"),
    "details": _directs("the explanation"),
    "with_": _always("major", "others take part"),
    "sign": _always("major", "others sign"),
    "when": _always("major", "it is done in other cases"),
    "due": _always("major", "it is due at another time"),
    "repeat": _always("major", "it comes in another rhythm"),
    "for_each": _always("major", "it is done for something else"),
    "once_per": _always("major", "it is done more often, or less"),
    "wait_for": _always("major", "it waits for something else"),
    "decision": _decision,
    "run": _always("major", "it runs another procedure"),
    "escalate": _always("major", "it goes to somebody else when late"),
    "email": _always("major", "it sends another email"),
    "document": _always("major", "it makes another document"),
    "tools": _always("major", "it is done with other tools"),
    "tags": _bookkeeping,
    "substeps": _entries("the substeps", "substep"),
    "notes": _notes,
    "expect": _directs("what to expect"),
    "evidence": _demands("evidence"),
    "critical": _always("minor", "it is marked otherwise, and done as before"),
    "client_sees": _always("minor", "emails may name it, or not; it is done as before"),
    "for_client": _bookkeeping,  # what a letter says of it; nobody does it differently
}
# An email or a document is fixed by the one who wrote it; only its sender meets something new.
_LETTER: Mapping[str, Judge] = {
    "title": _always("minor", "it is called something else"),
    "version": _bookkeeping,
    "owner": _always("minor", "somebody else keeps it true"),
    "from_": _always("major", "somebody else sends it"),
    "to": _always("major", "somebody else gets it"),
    "cc": _always("major", "others get a copy"),
    "subject": _always("minor", "the client reads another subject"),
    "body": _always("minor", "the client reads another text"),
    "for_us": _always("minor", "its sender reads another text beside it"),
    "asks": _always("major", "its sender has to answer something else"),
    "formats": _always("minor", "it is made in other formats"),
}
_TABLES: Mapping[str, Mapping[str, Judge]] = {
    "": {**_LETTER, **_SOP},
    "phase": _PHASE,
    "step": _STEP,
}


def _part(weight: Weight, why: str) -> Callable[[Difference], Opinion]:
    return lambda _: Opinion(weight, why)


def _moved(difference: Difference) -> Opinion:
    if difference.field == "order":
        return Opinion("major", "it is done at another point")
    return Opinion("minor", "it stands under another heading")


_PARTS: Mapping[tuple[str, str], Callable[[Difference], Opinion]] = {
    ("phase", "added"): _part("minor", "there is another heading"),
    ("phase", "removed"): _part("minor", "there is a heading less"),
    ("phase", "moved"): _part("major", "its steps are done at another point"),
    ("step", "added"): _part("major", "there is one more thing to do"),
    ("step", "removed"): _part("major", "there is one thing less to do"),
    ("step", "moved"): _moved,
}

FIELDS: Mapping[type, frozenset[str]] = {
    Sop: frozenset(_SOP),
    Phase: frozenset(_PHASE),
    Step: frozenset(_STEP),
    Email: frozenset(_LETTER),
    Document: frozenset(_LETTER),
}
"""The fields that there is an opinion on, by class."""
