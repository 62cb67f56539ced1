"""An SOP for one client, unfolded: which steps are in, how often, under which address.

Steps are walked in order. A step is repeated, done for each item, or done once; a decision whose
answer goes back adds a round of the steps between; one that runs another SOP is followed by that
SOP's steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sopwith.conditions import Known
from sopwith.model import Case, Client, Decision, Library, Sop, Step
from sopwith.plan.addresses import suffixed
from sopwith.plan.applying import is_in_force
from sopwith.plan.draft import Draft
from sopwith.plan.facts import Facts
from sopwith.plan.moments import Moments
from sopwith.plan.record import Record
from sopwith.plan.repeats import occurrences
from sopwith.plan.rows import unlisted
from sopwith.plan.scope import Scope


class Unfolder:
    """Unfolds a client's SOPs; `moments` knows when its events are, `record` what is done."""

    def __init__(
        self, library: Library, client: Client, facts: Facts, moments: Moments, record: Record
    ) -> None:
        self._library = library
        self._sops = library.sops_of(client)
        self._client = client
        self._facts = facts
        self._moments = moments
        self._record = record
        self._numbers: dict[str, Mapping[str, tuple[int, int]]] = {}

    def sop(self, sop: Sop, address: str, case: Case | None = None) -> Iterator[Draft]:
        """Every row of one run of an SOP, in the order in which it is worked."""
        on = self._moments.in_words(case.closed) if case and case.closed else ""
        closed = f"the case was closed on {on}" if on else ""
        yield from self._walk(Scope(sop, address, case, depth=0, closed=closed), 0, len(sop.steps))

    def _walk(self, scope: Scope, first: int, last: int) -> Iterator[Draft]:
        for index, step in enumerate(scope.sop.steps[first:last], first):
            for unfolded in self._step(scope, step):
                draft = self._closed(scope, unfolded)
                if _never_came(draft):
                    continue
                yield draft
                if draft.calls:
                    yield from self._called(scope, draft, draft.calls)
                if step.decision:
                    yield from self._decision(scope, draft, step.decision, index)

    # One step ---------------------------------------------------------------------------------

    def _step(self, scope: Scope, step: Step) -> Iterator[Draft]:
        scope.rounds[step.id] = scope.rounds.get(step.id, 0) + 1
        base = self._base(scope, step)
        if base.out or not (step.repeat or step.for_each):
            yield base
        elif step.for_each:
            yield from self._items(base, step)
        elif step.repeat:
            every = self._facts.interval(step.repeat.every)
            more = self._moments, self._record, self._client.ended
            yield from occurrences(base, step.repeat, every, *more)

    def _closed(self, scope: Scope, draft: Draft) -> Draft:
        """A row of a closed case: out, unless it or a step that it runs is recorded."""
        if not scope.closed or draft.out or self._record.tells_of(draft.address):
            return draft
        return draft._replace(out=scope.closed)

    def _base(self, scope: Scope, step: Step) -> Draft:
        round_ = scope.rounds[step.id]
        suffix = str(round_) if round_ > 1 else ""
        verdict = self._facts.judge(scope.sop, step, scope.answers)
        phase, number = self._place(scope, step)
        return Draft(
            address=suffixed(f"{scope.address}/{step.id}", suffix),
            scope=scope.address,
            sop=scope.sop,
            step=step,
            phase=phase,
            number=number,
            depth=scope.depth,
            suffix=suffix,
            which=f"round {round_}" if suffix else "",
            calls=step.run if self._active(step.run) else "",
            caller=scope.caller,
            reopened=scope.reopened,
            led_back=scope.led_back,
            decided_by=_deciders(scope, step),
            verdict=verdict,
            out=scope.ended or (f"only if {verdict.because}" if verdict.truth == "no" else ""),
            case=scope.case,
            notes=self._limit_reached(scope, step, suffix),
        )

    def _limit_reached(self, scope: Scope, step: Step, suffix: str) -> tuple[str, ...]:
        """Say to whom a decision goes once its way back has been taken as often as allowed."""
        if step.decision is None:
            return ()
        progress = self._record.progress.get(suffixed(f"{scope.address}/{step.id}", suffix))
        answer = step.decision.answer(progress.answer) if progress else None
        go = answer.go if answer else None
        if go is None or not (go.then and go.then.escalate):
            return ()
        if scope.backs.get(step.id, 0) < (go.at_most.number if go.at_most else 1):
            return ()
        role = self._library.company.roles[go.then.escalate].title
        return (f"answered so as often as allowed: goes to {role}",)

    def _items(self, base: Draft, step: Step) -> Iterator[Draft]:
        items = self._client.items(step.for_each)
        if not items:
            yield base._replace(out=self._no_items(step.for_each))
        for item in items:
            yield base._replace(
                address=suffixed(base.address, item.id),
                suffix=item.id,
                which=item.title,
                item=item,
            )

    def _no_items(self, kind: str) -> str:
        client = self._client
        if client.lists(kind) or client.ended or client.about != "client":
            return f"the client's file lists no {kind}"
        return f"{unlisted(kind)} in {client.at.path}: list them, and each gets its steps"

    # Decisions, and the SOPs they lead to -----------------------------------------------------

    def _decision(
        self, scope: Scope, row: Draft, decision: Decision, index: int
    ) -> Iterator[Draft]:
        progress = self._record.progress.get(row.address)
        scope.deciders[row.step.id] = row.address
        if row.out and row.out == scope.closed:
            # Nobody will answer it; but that is no answer, and what hangs on it is out by itself.
            scope.answers[row.step.id] = Known()
            return
        if row.out or (progress and progress.not_applicable):
            scope.answers[row.step.id] = Known(moot="that decision is not taken")
            return
        given = progress.answer if progress else ""
        scope.answers[row.step.id] = Known((given,) if given else ())
        answer = decision.answer(given)
        go = answer.go if answer else None
        if go is None:
            return
        if go.end:
            scope.ended = f'"{decision.question}" was answered "{given}", which ends the procedure'
        elif go.sop:
            yield from self._called(scope, row, go.sop)
        elif scope.backs.get(row.step.id, 0) < (go.at_most.number if go.at_most else 1):
            scope.backs[row.step.id] = scope.backs.get(row.step.id, 0) + 1
            target = next(i for i, step in enumerate(scope.sop.steps) if step.id == go.step)
            before = scope.reopened, scope.led_back
            scope.reopened, scope.led_back = progress.done if progress else None, row.address
            yield from self._walk(scope, target, index + 1)
            scope.reopened, scope.led_back = before
        elif go.then and go.then.end == "end":
            scope.ended = f'"{decision.question}" was answered "{given}" as often as allowed'

    def _called(self, scope: Scope, caller: Draft, called: str) -> Iterator[Draft]:
        sop = self._active(called)
        if sop is None:
            return
        reason = self._record.passed_over(caller.address)
        inner = Scope(
            sop,
            caller.address,
            scope.case,
            scope.depth + 1,
            caller.phase,
            caller.number,
            ended=caller.out or (f'"{caller.step.title}" is not done: {reason}' if reason else ""),
            closed=scope.closed,
            caller=caller.address,
        )
        yield from self._walk(inner, 0, len(sop.steps))

    def _active(self, sop: str) -> Sop | None:
        """The SOP of that id, if it is one that is planned at all."""
        found = self._sops.get(sop)
        return found if found and is_in_force(found, self._client) else None

    def _place(self, scope: Scope, step: Step) -> tuple[int, str]:
        """The index of the top SOP's phase, and the number printed beside the box."""
        numbers = self._numbers.get(scope.sop.id)
        if numbers is None:
            numbers = {
                inner.id: (p, s)
                for p, phase in enumerate(scope.sop.phases)
                for s, inner in enumerate(phase.steps, start=1)
            }
            self._numbers[scope.sop.id] = numbers
        phase, place = numbers[step.id]
        if scope.depth == 0:
            return phase, f"{phase + 1}.{place}"
        return scope.phase, f"{scope.number}.{list(numbers).index(step.id) + 1}"


def _never_came(draft: Draft) -> bool:
    """Say whether an occurrence would fall after its case was closed; the first tells that."""
    closed = draft.case.closed if draft.case else None
    falls = draft.falls.moment.day if draft.falls and draft.out else None
    return bool(closed and falls and falls > closed and draft.suffix != "1")


def _deciders(scope: Scope, step: Step) -> tuple[str, ...]:
    """The rows of the decisions that a step's condition asks about, as far as they have come."""
    if step.when is None or not scope.deciders:
        return ()
    asked = (ask.key for ask in step.when.asks())
    return tuple(scope.deciders[key] for key in asked if key in scope.deciders)
