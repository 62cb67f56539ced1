"""How a field is judged that is not as it was: by what it means, or by its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sopwith.comparing.texts import likeness, paired, says_more
from sopwith.model import Acknowledge, Decision, Note, Trigger

Weight = Literal["major", "minor", "none"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What we take a difference for, and the reason; `none` is bookkeeping that no version needs.

    It is `sure` unless it hangs on how alike two wordings are.
    """

    weight: Weight
    why: str = ""
    sure: bool = True


Judge = Callable[[Any, Any], Opinion]
NONE = Opinion("none")


def always(weight: Weight, why: str) -> Judge:
    """A field whose meaning decides, whatever it says."""
    return lambda _was, _now: Opinion(weight, why)


def bookkeeping(_was: Any, _now: Any) -> Opinion:
    """A field that nobody works by."""
    return NONE


def directs(what: str) -> Judge:
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
            turn = "has a new" if says_more(word, was, now) else "has lost a"
            return Opinion("major", f'{what} {turn} "{word}"', sure=False)
        if alike == "rewritten":
            return Opinion("major", f"most of {what} is new", sure=False)
        return Opinion("minor", f"{what} is only reworded", sure=False)

    return judge


def demands(what: str) -> Judge:
    """A text that by being there asks for something."""
    reads = directs(what)

    def judge(was: str, now: str) -> Opinion:
        if was and now:
            return reads(was, now)
        return Opinion("major", f"{what} is {'asked for now' if now else 'asked for no more'}")

    return judge


def entries(what: str, each: str) -> Judge:
    """A list of texts that each ask for something."""
    reads = directs(f"a {each}")

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


def other_notes(was: Sequence[Note], now: Sequence[Note]) -> Opinion:
    """A tip helps; a caution or a warning changes what one does."""

    def says(notes: Sequence[Note]) -> list[str]:
        return [note.says for note in notes if note.kind != "tip"]

    if says(was) == says(now):
        return Opinion("minor", "it comes with another tip")
    return entries("the cautions", "caution")(says(was), says(now))


def other_decision(was: Decision | None, now: Decision | None) -> Opinion:
    """Other answers lead elsewhere; only the question may be reworded."""
    if was and now and was.answers == now.answers:
        return directs("the question")(was.question, now.question)
    return Opinion("major", "the question or where its answers lead is another")


def other_trigger(was: Trigger, now: Trigger) -> Opinion:
    """Another event is another moment; in words it is a guess."""
    if was.event != now.event:
        return Opinion("major", "it starts at another moment")
    return directs("what starts it")(was.says, now.says)


def other_responsibilities(was: Mapping[str, str], now: Mapping[str, str]) -> Opinion:
    """Who answers for it, and for what."""
    if was.keys() != now.keys():
        return Opinion("major", "other roles answer for it")
    found = [directs("what a role answers for")(was[r], now[r]) for r in was if was[r] != now[r]]
    return next((one for one in found if one.weight == "major"), found[0] if found else NONE)


def other_status(was: str, now: str) -> Opinion:
    """Whether people work by it."""
    if was == "draft":
        return Opinion("none", "it was a draft, and nobody worked by it")
    why = "nobody works by it any more" if now != "active" else "people work by it again"
    return Opinion("major", why)


def other_acknowledge(was: Acknowledge | None, now: Acknowledge | None) -> Opinion:
    """Only a new first number asks anybody, so whoever asks somebody new needs one."""
    if {*(now.by if now else ())} <= {*(was.by if was else ())}:
        return Opinion("minor", "it asks nobody new to read it and confirm")
    return Opinion("major", "somebody new is to read it and confirm")
