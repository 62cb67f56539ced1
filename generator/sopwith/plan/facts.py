"""What is known of a client, and what the conditions in SOPs and steps come to by it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sopwith import conditions
from sopwith.conditions import Known, Verdict
from sopwith.model import Ask, Client, Every, Library, Sop, Step, Version


class Facts:
    """What one client's file says of it, or the company's where the file says nothing."""

    def __init__(self, library: Library, client: Client) -> None:
        self._company = library.company
        self._stated = client.facts
        self._judged = _judged(
            library, frozenset(client.facts.items()), frozenset(client.sops.items())
        )

    def applies(self, sop: Sop) -> Verdict:
        """Say whether an SOP applies to the client at all."""
        if sop.id not in self._judged:
            verdict = conditions.judge(sop.applies_to, self._fact, self._describe(sop))
            self._judged[sop.id] = verdict
        return self._judged[sop.id]

    def judge(self, sop: Sop, step: Step, answers: Mapping[str, Known]) -> Verdict:
        """Say whether a step is to be done, by the facts and what decisions have said so far."""

        def look(key: str) -> Known:
            if key in self._company.facts:
                return self._fact(key)
            return answers.get(key, Known())

        return conditions.judge(step.when, look, self._describe(sop))

    def interval(self, every: Every) -> str:
        """How often a step repeats, as stated or as the client's facts say; empty if neither."""
        if every.count:
            return every.count.text
        return next(iter(self._fact(every.fact).values), "")

    def _fact(self, key: str) -> Known:
        stated = self._stated.get(key)
        if stated:
            return Known(stated)
        fact = self._company.facts.get(key)
        return Known((fact.default,)) if fact and fact.default else Known()

    def _describe(self, sop: Sop) -> conditions.Describe:
        def describe(ask: Ask, contrary: bool) -> str:
            is_fact = ask.key in self._company.facts
            step = None if is_fact else sop.step(ask.key)
            question = step.decision.question if step and step.decision else ""
            return conditions.in_words(ask, self._company, question, contrary)

        return describe


@lru_cache(maxsize=64)
def _judged(
    library: Library,  # a part of the key
    facts: frozenset[tuple[str, tuple[str, ...]]],
    pins: frozenset[tuple[str, Version]],
) -> dict[str, Verdict]:
    """Whether SOPs apply to clients with these facts and pins, as far as it was asked."""
    return {}


def is_in_force(sop: Sop, client: Client) -> bool:
    """Say whether a client follows an SOP: it is active, or the client's file pins it."""
    return sop.status == "active" or sop.id in client.sops
