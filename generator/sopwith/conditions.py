"""The `when` language: a condition against what is known gives yes, no or unknown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from sopwith.model import Ask, Company, Condition, Fact

Truth = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one key: its values (none: nothing is known), or why it is moot.

    A decision that will not be taken any more is `moot`: every question to it gets "no".
    """

    values: tuple[str, ...] = ()
    moot: str = ""


Look = Callable[[str], Known]
Describe = Callable[[Ask, bool], str]
"""Puts a question into words, or its contrary."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, no or unknown, and the questions it hangs on, in words."""

    truth: Truth
    because: str = ""


CERTAIN = Verdict("yes")
"""What goes without a condition."""


def judge(condition: Condition | None, look: Look, describe: Describe) -> Verdict:
    """Decide a condition; no condition is a yes.

    `look` tells what is known of a key, `describe` puts one question into words. The verdict
    names only the questions that decided: those unanswered, or the first that said no.
    """
    if condition is None:
        return CERTAIN
    return _judge(condition, look, describe)


def _judge(
    part: Ask | Condition, look: Look, describe: Describe, contrary: bool = False
) -> Verdict:
    if isinstance(part, Ask):
        truth = _ask(part, look(part.key))
        return Verdict(_OPPOSITE[truth] if contrary else truth, describe(part, contrary))
    if part.how == "not":
        return _judge(part.parts[0], look, describe, not contrary)
    verdicts = [_judge(inner, look, describe, contrary) for inner in part.parts]
    deciding, word = _joined(part, contrary)
    for truth in (deciding, "unknown"):
        found = [verdict.because for verdict in verdicts if verdict.truth == truth]
        if found:
            return Verdict(truth, found[0] if truth == deciding else word.join(found))
    return Verdict(_OPPOSITE[deciding], word.join(v.because for v in verdicts))


def _joined(condition: Condition, contrary: bool) -> tuple[Truth, str]:
    """What decides at once, and the word between the parts; "not all" is "any not" (De Morgan)."""
    return ("no", " and ") if (condition.how == "all") != contrary else ("yes", " or ")


_OPPOSITE: dict[Truth, Truth] = {"yes": "no", "no": "yes", "unknown": "unknown"}


def _ask(ask: Ask, known: Known) -> Truth:
    if known.moot:
        return "no"
    if not known.values:
        return "unknown"
    if ask.values:
        return "yes" if set(ask.values) & set(known.values) else "no"
    try:
        amount = Decimal(known.values[0])
    except InvalidOperation:
        return "unknown"
    above = ask.at_least is None or amount >= ask.at_least
    below = ask.at_most is None or amount <= ask.at_most
    return "yes" if above and below else "no"


def in_words(ask: Ask, company: Company, question: str = "", contrary: bool = False) -> str:
    """Say one question in words: `How we talk: slack`, or a decision's question and answer.

    `question` is the decision's wording where the key is a decision.
    """
    fact = company.facts.get(ask.key)
    subject = f"{fact.title}:" if fact else f"{question.rstrip('?')}?" if question else ask.key
    if ask.values:
        return f"{subject} {_none_of(ask.values) if contrary else _or(ask.values)}"
    return f"{subject} {_range(ask, fact, contrary)}"


def words(condition: Condition, describe: Describe) -> str:
    """Say a whole condition in words, for someone who reads the SOP and not a client's plan."""

    def say(part: Ask | Condition, contrary: bool) -> str:
        if isinstance(part, Ask):
            return describe(part, contrary)
        if part.how == "not":
            return say(part.parts[0], not contrary)
        _, word = _joined(part, contrary)
        return word.join(say(inner, contrary) for inner in part.parts)

    return say(condition, False)


def _or(values: tuple[str, ...]) -> str:
    return values[0] if len(values) == 1 else ", ".join(values[:-1]) + " or " + values[-1]


def _none_of(values: tuple[str, ...]) -> str:
    if len(values) == 1:
        return f"not {values[0]}"
    return f"neither {' nor '.join(values)}" if len(values) == 2 else f"none of {', '.join(values)}"


def _range(ask: Ask, fact: Fact | None, contrary: bool) -> str:
    bounds = {
        word: _amount(value, fact)
        for word, value in (("at least", ask.at_least), ("at most", ask.at_most))
        if value is not None
    }
    if not contrary:
        return " and ".join(f"{word} {amount}" for word, amount in bounds.items())
    if len(bounds) == 2:
        return f"not between {' and '.join(bounds.values())}"
    beyond = {"at least": "less than", "at most": "more than"}
    return " and ".join(f"{beyond[word]} {amount}" for word, amount in bounds.items())


def _amount(value: Decimal, fact: Fact | None) -> str:
    return f"{fact.amount} {value:,}" if fact and fact.amount else f"{value:,}"
