"""What a condition asks, and what the client's file, a default or an answer says to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sopwith import conditions
from sopwith.conditions import Known, Truth
from sopwith.model import Ask, Condition, Sop
from sopwith.outputs.why.book import Book
from sopwith.plan import Row
from sopwith.words import listing

_AND_SO: dict[Truth, str] = {
    "yes": "and so it is",
    "no": "and it is not so",
    "unknown": "and nobody knows yet",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of a key, in a sentence who says so, and the title of what it is said of."""

    known: Known
    says: str
    title: str = ""


def values(book: Book, key: str) -> tuple[str, ...]:
    """The values of a fact: the client's own, else the default, else none."""
    known = book.company.facts.get(key)
    default = (known.default,) if known and known.default else ()
    return book.client.facts.get(key) or default


def fact(book: Book, key: str) -> Said:
    """What is said of a fact: by the client's file, else by the default, else by nobody."""
    known = book.company.facts.get(key)
    title = known.title if known else key
    stated = book.client.facts.get(key)
    if stated:
        at = book.note(book.client.at / "facts" / key)
        return Said(
            Known(stated), f"the client's file says {_values(book, key, stated)}{at}", title
        )
    if known and known.default:
        at = book.note(known.at / "default")
        says = f"the client's file does not say, and the default is {known.default}{at}"
        return Said(Known((known.default,)), says, title)
    at = book.note((book.client.at / "facts").name())
    return Said(Known(), f"the client's file does not say{at}", title)


def _values(book: Book, key: str, values: Sequence[str]) -> str:
    known = book.company.facts.get(key)
    if known and known.amount:
        return f"{known.amount} {Decimal(values[0]):,}"
    return listing(values, "en-US")  # the sentence around it is in English


def condition(
    book: Book, stated: Condition, sop: Sop, decided_by: Sequence[str] = ()
) -> tuple[Truth, str]:
    """Say whether a condition holds, in a sentence with all that it asks and what is said to it.

    `decided_by` are the addresses of the decisions among that.
    """
    answers = {book.rows[row].step.id: row for row in decided_by if row in book.rows}

    def describe(ask: Ask, contrary: bool) -> str:
        return conditions.in_words(ask, book.company, _question(sop, ask.key), contrary)

    def said(key: str) -> Said:
        if key in book.company.facts:
            return fact(book, key)
        if key in answers:
            return _answer(book, book.rows[answers[key]])
        return Said(Known(), f'"{_question(sop, key)}" has no answer yet')

    rule = f"{conditions.words(stated, describe)}{book.note(stated.at)}"
    found = {key: said(key) for key in dict.fromkeys(ask.key for ask in stated.asks())}
    truth = conditions.judge(stated, lambda key: found[key].known, describe).truth
    alone = len(found) == 1
    facts = [f"{s.title}: {s.says}" if s.title and not alone else s.says for s in found.values()]
    return truth, f"only if {rule}, {_AND_SO[truth]}: {'; '.join(facts)}."


def _question(sop: Sop, key: str) -> str:
    step = sop.step(key)
    return step.decision.question if step and step.decision else ""


def _answer(book: Book, row: Row) -> Said:
    question = f'"{row.step.decision.question}"' if row.step.decision else book.name(row)
    progress = row.progress
    if row.out or (progress and progress.not_applicable):
        why = row.out or (progress.reason if progress else "")
        return Said(Known(moot=why), f"{question} is not asked: {why}")
    if progress and progress.answer:
        return Said(Known((progress.answer,)), f"{question} was answered {book.answered(progress)}")
    return Said(Known(), f"{question} has no answer yet ({row.number})")
