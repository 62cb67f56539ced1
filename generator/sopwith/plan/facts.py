"""What is known of a client, and what the conditions in SOPs and steps come to by it."""

from __future__ import annotations

from collections.abc import Mapping

from sopwith import conditions
from sopwith.conditions import CERTAIN, Known, Verdict
from sopwith.model import Ask, Company, Every, Sop, Step


class Facts:
    """What one client's file says of it, or the company's where the file says nothing."""

    def __init__(self, company: Company, stated: Mapping[str, tuple[str, ...]]) -> None:
        self._company = company
        self._stated = stated

    def applies(self, sop: Sop) -> Verdict:
        """Say whether an SOP applies to the client at all."""
        return conditions.judge(sop.applies_to, self._fact, self._describe(sop))

    def judge(self, sop: Sop, step: Step, answers: Mapping[str, Known]) -> Verdict:
        """Say whether a step is to be done, by the facts and what decisions have said so far."""
        if step.when is None:
            return CERTAIN

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
