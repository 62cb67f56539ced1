"""Does somebody work differently? A difference -> major or minor, and why we think so.

A version's first number rises when someone works differently, the second when nobody does. What
a field means decides; where it is prose, its words are a guess. Whoever owns the SOP knows better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from sopwith.comparing.difference import Difference
from sopwith.comparing.files import Pair
from sopwith.comparing.judging import (
    NONE,
    Judge,
    Opinion,
    Weight,
    always,
    bookkeeping,
    demands,
    directs,
    entries,
    other_acknowledge,
    other_decision,
    other_notes,
    other_responsibilities,
    other_status,
    other_trigger,
)
from sopwith.model import Document, Email, Phase, Sop, Step


def weigh(difference: Difference) -> Opinion:
    """Say what one difference in an SOP, an email or a document means."""
    if difference.what == "changed":
        judge = _TABLES[difference.part].get(difference.field, _UNKNOWN)
        return judge(difference.was, difference.now)
    return _PARTS[difference.part, difference.what](difference)


def opinion(pair: Pair) -> Opinion:
    """Say what all differences of a file mean together; the weightiest decides."""
    if pair.kind == "company" or pair.was is None:
        return NONE
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
    return NONE


_SHOWN = 3


_UNKNOWN = always("major", "it is not as it was")


_SOP: Mapping[str, Judge] = {
    "stage": always("minor", "it stands elsewhere, and says the same"),
    "title": always("minor", "it is called something else"),
    "version": bookkeeping,
    "status": other_status,
    "owner": always("minor", "somebody else keeps it true"),
    "approver": always("minor", "somebody else approves it"),
    "review": bookkeeping,
    "trigger": other_trigger,
    "outcome": always("minor", "its outcome is worded otherwise"),
    "changes": bookkeeping,
    "classification": always("minor", "others may read it"),
    "superseded_by": always("minor", "its successor is named"),
    "acknowledge": other_acknowledge,
    "about": always("major", "it is done for somebody else"),
    "applies_to": always("major", "it is done for other clients"),
    "scope": always("minor", "its scope is worded otherwise"),
    "purpose": always("minor", "its purpose is worded otherwise"),
    "timeline": always("minor", "its timeline is worded otherwise"),
    "guidelines": entries("the guidelines", "guideline"),
    "responsibilities": other_responsibilities,
    "prerequisites": entries("the prerequisites", "prerequisite"),
    "terms": always("minor", "a word is explained otherwise"),
    "situations": bookkeeping,  # these two only help to find it
    "tags": bookkeeping,
    "records": always("major", "what it leaves behind is kept otherwise"),
    "references": always("minor", "it refers to something else"),
    "former_steps": bookkeeping,
}
_PHASE: Mapping[str, Judge] = {
    "title": always("minor", "the phase is called something else"),
    "objective": always("minor", "the aim is worded otherwise"),
    "work": always("major", "the block is worked in another way"),
}
_STEP: Mapping[str, Judge] = {
    "title": directs("the title"),
    "role": always("major", "another role does it"),
    "details": directs("the explanation"),
    "with_": always("major", "others take part"),
    "sign": always("major", "others sign"),
    "when": always("major", "it is done in other cases"),
    "due": always("major", "it is due at another time"),
    "repeat": always("major", "it comes in another rhythm"),
    "for_each": always("major", "it is done for something else"),
    "once_per": always("major", "it is done more often, or less"),
    "wait_for": always("major", "it waits for something else"),
    "decision": other_decision,
    "run": always("major", "it runs another procedure"),
    "escalate": always("major", "it goes to somebody else when late"),
    "email": always("major", "it sends another email"),
    "document": always("major", "it makes another document"),
    "tools": always("major", "it is done with other tools"),
    "situations": bookkeeping,
    "tags": bookkeeping,
    "substeps": entries("the substeps", "substep"),
    "notes": other_notes,
    "expect": directs("what to expect"),
    "evidence": demands("evidence"),
    "critical": always("minor", "it is marked otherwise, and done as before"),
    "client_sees": always("minor", "emails may name it, or not; it is done as before"),
    "for_client": bookkeeping,  # what a letter says of it; nobody does it differently
}
# An email or a document is fixed by the one who wrote it; only its sender meets something new.
_LETTER: Mapping[str, Judge] = {
    "title": always("minor", "it is called something else"),
    "version": bookkeeping,
    "owner": always("minor", "somebody else keeps it true"),
    "from_": always("major", "somebody else sends it"),
    "to": always("major", "somebody else gets it"),
    "cc": always("major", "others get a copy"),
    "subject": always("minor", "the client reads another subject"),
    "body": always("minor", "the client reads another text"),
    "for_us": always("minor", "its sender reads another text beside it"),
    "asks": always("major", "its sender has to answer something else"),
    "formats": always("minor", "it is made in other formats"),
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
