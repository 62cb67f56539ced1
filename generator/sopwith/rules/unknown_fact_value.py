"""A fact does not have that value, or a decision not that answer.

The values of a fact are listed in company.yml under `one_of:` or `some_of:`; an amount is a
number. The answers of a decision are listed at its step. Spelling and capitals count.

Wrong:

```yaml
when: {channels: slak}
```

Right:

```yaml
when: {channels: slack}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from sopwith.model import Ask, Client, Fact, Library, Sop, Step
from sopwith.plan import Plans, resolve
from sopwith.problem import Problem, Spot, did_you_mean

CODE = "unknown-fact-value"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report values that a fact cannot have: in conditions, in clients, as a default."""
    for fact in library.company.facts.values():
        if fact.default:
            yield from _values(fact, (fact.default,), fact.at / "default")
    for sop in library.sops.values():
        conditions = [sop.applies_to, *(step.when for step in sop.steps)]
        for ask in (ask for condition in conditions if condition for ask in condition.asks()):
            yield from _asked(library, sop, ask)
    for client in library.subjects():
        for key, values in client.facts.items():
            if key in library.company.facts:
                yield from _stated(library.company.facts[key], values, client.at / "facts" / key)
        yield from _answers(library, client)


def _asked(library: Library, sop: Sop, ask: Ask) -> Iterator[Problem]:
    fact, step = library.company.facts.get(ask.key), sop.step(ask.key)
    if fact and fact.amount and ask.values:
        message = f'"{ask.key}" is an amount: ask for at_least or at_most'
        hint = f'for example {ask.key}: {{at_least: "10000"}}'
        yield Problem(ask.at, CODE, message, hint)
    elif not ask.values and not (fact and fact.amount):
        message = f'"{ask.key}" is no amount, so it is never at least or at most something'
        yield Problem(ask.at, CODE, message, f"ask for a value, as in {ask.key}: ...")
    elif fact:
        yield from _values(fact, ask.values, ask.at)
    elif step and step.decision:
        yield from _among(ask.values, [a.answer for a in step.decision.answers], ask.key, ask.at)


def _stated(fact: Fact, values: tuple[str, ...], at: Spot) -> Iterator[Problem]:
    if len(values) > 1 and not fact.some_of:
        message = f'"{fact.id}" has one value, and these are {len(values)}'
        yield Problem(at, CODE, message, f"keep one of them: {fact.id}: {values[0]}")
    else:
        yield from _values(fact, values, at)


def _values(fact: Fact, values: tuple[str, ...], at: Spot) -> Iterator[Problem]:
    if fact.amount:
        if not all(_is_amount(value) for value in values):
            message = f'"{", ".join(values)}" is no amount'
            yield Problem(at, CODE, message, 'write it in digits, with quotes: "4000.00"')
    else:
        yield from _among(values, fact.choices, fact.id, at)


def _among(values: tuple[str, ...], known: Sequence[str], key: str, at: Spot) -> Iterator[Problem]:
    for value in values:
        if value not in known:
            message = f'"{key}" is never "{value}"'
            several = re.split(r" or | and |, ?| ?/ ?", value)
            hint = did_you_mean(value, known)
            if several[1:] and all(one in known for one in several):
                hint = f"put brackets around several values: {key}: [{', '.join(several)}]"
            yield Problem(at.holding(value), CODE, message, hint)


def _answers(library: Library, client: Client) -> Iterator[Problem]:
    answered = ((a, progress) for a, progress in client.progress.items() if progress.answer)
    for address, progress in answered:
        step = resolve(address, client, library)
        if not isinstance(step, Step):
            continue
        at = progress.at / "answer"
        if step.decision:
            known = [answer.answer for answer in step.decision.answers]
            yield from _among((progress.answer,), known, step.id, at)
        else:
            message = f'step "{step.id}" decides nothing, so it has no answer'
            yield Problem(at.name(), CODE, message, "leave the answer out, or write it as a note")


def _is_amount(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
