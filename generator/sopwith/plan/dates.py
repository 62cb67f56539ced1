"""When each row is due, and how that date came about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sopwith import due
from sopwith.model import Moment
from sopwith.plan.moments import Moments
from sopwith.plan.record import Record
from sopwith.plan.unfold import Draft


@dataclass(frozen=True, slots=True)
class Dated:
    """A row's date, if it has one, the rule in words, and the reasons in order.

    `lacks` names the event for want of which there is no date.
    """

    moment: Moment | None = None
    words: str = ""
    because: tuple[str, ...] = ()
    lacks: str = ""


class Dates:
    """Dates of all rows of a plan, worked out on demand since steps hang on one another."""

    def __init__(self, drafts: Sequence[Draft], moments: Moments, record: Record) -> None:
        self._moments = moments
        self._record = record
        self._known: dict[str, Dated] = {}
        self._by_address = {draft.address: draft for draft in drafts}
        # The rows of a called SOP stand under the address of the row that calls it.
        self._scopes: defaultdict[str, list[Draft]] = defaultdict(list)
        for draft in drafts:
            self._scopes[draft.scope].append(draft)

    def of(self, draft: Draft) -> Dated:
        """The date of a row."""
        if draft.address not in self._known:
            # A circle is a problem that a rule reports; here it must only not hang.
            self._known[draft.address] = Dated()
            self._known[draft.address] = self._work_out(draft)
        return self._known[draft.address]

    def siblings(self, draft: Draft, step: str) -> tuple[Draft, ...]:
        """The rows of another step that belong to this one: same item, occurrence or round.

        Where none matches, or this row is the only one of its step, all rows in this run do.
        """
        scope = self._scopes[draft.scope]
        rows = [d for d in scope if d.step.id == step]
        is_one_of_many = draft.suffix or sum(d.step.id == draft.step.id for d in scope) > 1
        same = [d for d in rows if is_one_of_many and d.suffix == draft.suffix]
        return tuple(same or rows)

    def _work_out(self, draft: Draft) -> Dated:
        repeat = draft.step.repeat
        if draft.step.due:
            rule = due.parse(draft.step.due)
            if isinstance(rule, due.LastBusinessDay):
                return self._month_end(draft, rule)
            if isinstance(rule, due.Offset):
                words = due.words(rule, self._title(draft, rule))
                if rule.step:
                    return self._after_step(draft, rule, words)
                return self._after_event(draft, rule, words)
        if repeat:
            words = f"every {draft.every} from {self._moments.title(repeat.from_)}"
            if draft.falls is None:
                return Dated(words=words, lacks=repeat.from_)
            return Dated(draft.falls.moment, words, draft.falls.because)
        return Dated()

    def _month_end(self, draft: Draft, rule: due.LastBusinessDay) -> Dated:
        words = due.words(rule, self._title(draft, rule))
        if draft.falls is None:
            return Dated(words=words, lacks=draft.step.repeat.from_ if draft.step.repeat else "")
        found = self._moments.last_business_day(draft.falls.moment)
        return Dated(found.moment, words, found.because) if found else Dated(words=words)

    def _after_event(self, draft: Draft, rule: due.Offset, words: str) -> Dated:
        if draft.reopened and rule.side != "before":
            return self._reckoned(rule, draft.reopened, words, f"sent back on {draft.reopened}")
        anchor = self._moments.event(rule.event, draft.case, draft.item)
        if rule.event == "opened" and draft.caller:
            # An SOP that a step runs begins when that step is to be done.
            anchor = self.of(self._by_address[draft.caller]).moment
        if anchor is None:
            return Dated(words=words, lacks=rule.event)
        return self._reckoned(rule, anchor, words, f"{self._moments.title(rule.event)}: {anchor}")

    def _after_step(self, draft: Draft, rule: due.Offset, words: str) -> Dated:
        rows = self.siblings(draft, rule.step)
        if not rows:
            return Dated(words=words)
        if draft.reopened and all(row.reopened != draft.reopened for row in rows):
            # A new round counts from the answer that led back, not from what came before the loop.
            return self._reckoned(rule, draft.reopened, words, f"sent back on {draft.reopened}")
        anchor, lacks = self._last(rows)
        if anchor is None:
            return Dated(words=words, lacks=lacks)
        return self._reckoned(rule, anchor, words, f'"{rows[-1].step.title}": {anchor}')

    def _finished(self, draft: Draft) -> tuple[Moment | None, str]:
        """When a step is finished: done, else due; one that is out passes on the one before."""
        is_out = draft.out or self._record.passed_over(draft.address)
        while is_out and (before := self._before(draft)):
            draft = before
            is_out = draft.out or self._record.passed_over(draft.address)
        progress = self._record.progress.get(draft.address)
        if progress and progress.done:
            return progress.done, ""
        if draft.calls and not is_out:
            return self._last(self._scopes[draft.address])
        # Nothing stands before the first step: the date it would have had is the best there is.
        dated = self.of(draft)
        return dated.moment, dated.lacks

    def _before(self, draft: Draft) -> Draft | None:
        """The row of the step before, for the same item, occurrence or round where there is one."""
        rows = self._scopes[draft.scope]
        earlier = [row for row in rows[: rows.index(draft)] if row.step.id != draft.step.id]
        if not earlier:
            return None
        return self.siblings(draft, earlier[-1].step.id)[-1]

    def _last(self, rows: Sequence[Draft]) -> tuple[Moment | None, str]:
        """When the last of these rows is finished; nobody knows while one has no date."""
        found = [self._finished(row) for row in rows]
        lacks = next((lack for moment, lack in found if moment is None and lack), "")
        if not found or lacks:
            return None, lacks
        dated = [moment for moment, _ in found if moment]
        return (max(dated), "") if dated else (None, "")

    def _reckoned(self, rule: due.Offset, anchor: Moment, words: str, start: str) -> Dated:
        found = self._moments.reckon(rule, anchor)
        if found is None:
            return Dated(words=words, because=(start, "more than ten years away: not planned"))
        return Dated(found.moment, words, (start, *found.because))

    def _title(self, draft: Draft, rule: due.Due) -> Callable[[str], str]:
        """How the words of a due date name what it hangs on."""
        if not (isinstance(rule, due.Offset) and rule.step):
            return self._moments.title

        def title(step: str) -> str:
            found = draft.sop.step(step)
            return found.title if found else step

        return title
