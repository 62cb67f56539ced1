"""When each row is due, and how that date came about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sopwith import due
from sopwith.model import Moment
from sopwith.plan.draft import Draft
from sopwith.plan.moments import Moments
from sopwith.plan.record import Record
from sopwith.plan.undecided import Branch, branches, not_counted, open_decisions


class Dated(NamedTuple):
    """A row's date, if it has one, and what stood in its way, in order.

    `hangs_on` is the address of the row it counts from, where that is no event; `lacks` names the
    event for want of which there is no date.
    """

    moment: Moment | None = None
    because: tuple[str, ...] = ()
    hangs_on: str = ""
    lacks: str = ""


class Dates:
    """Dates of all rows of a plan, worked out on demand since steps hang on one another.

    `undecided` are the open decisions that say whether a row is to be done, by its address.
    """

    def __init__(self, drafts: Sequence[Draft], moments: Moments, record: Record) -> None:
        self._moments = moments
        self._record = record
        self._known: dict[str, Dated] = {}
        self._begun: set[str] = set()
        self._missing: list[Draft] = []
        self._ending: dict[tuple[str, Branch], Sequence[Draft]] = {}
        self.undecided = open_decisions(drafts, record)
        self._branches = branches(self.undecided)
        self._all_decided = not any(self._branches.values())
        self._by_address = {draft.address: draft for draft in drafts}
        # The rows of a called SOP stand under the address of the row that calls it.
        self._scopes: defaultdict[str, list[Draft]] = defaultdict(list)
        self._steps: defaultdict[tuple[str, str], list[Draft]] = defaultdict(list)
        self._places: dict[str, int] = {}
        for draft in drafts:
            self._places[draft.address] = len(self._scopes[draft.scope])
            self._scopes[draft.scope].append(draft)
            self._steps[draft.scope, draft.step.id].append(draft)

    def of(self, draft: Draft) -> Dated:
        """The date of a row."""
        found = self._known.get(draft.address)
        if found is None:
            found = self._found(draft)
        return found

    def _found(self, draft: Draft) -> Dated:
        # What it hangs on comes first, without recursion: the chain may be longer than the stack.
        todo = [draft]
        while todo:
            row = todo[-1]
            self._missing = []
            dated = self._work_out(row)
            if self._missing and row.address not in self._begun:
                self._begun.add(row.address)
                todo += self._missing
            else:
                self._known[row.address] = dated
                todo.pop()
        return dated

    def may_pass_by(self, address: str, waiting: str) -> bool:
        """Say whether a row may never come though one that waits for it does."""
        return self._may_not_come(self._by_address[address], self._branches[waiting])

    def words(self, draft: Draft) -> str:
        """The rule that gives a row its date, in words."""
        rule = due.parse(draft.step.due) if draft.step.due else None
        if isinstance(rule, due.Offset | due.LastBusinessDay):
            return due.words(rule, self._title(draft, rule))
        repeat = draft.step.repeat
        return f"every {draft.every} from {self._moments.title(repeat.from_)}" if repeat else ""

    def siblings(self, draft: Draft, step: str) -> Sequence[Draft]:
        """The rows of another step that belong to this one: same item, occurrence or round.

        Where none matches, or this row is the only one of its step, all rows in this run do.
        """
        rows = self._steps[draft.scope, step]
        if draft.suffix or len(self._steps[draft.scope, draft.step.id]) > 1:
            return [row for row in rows if row.suffix == draft.suffix] or rows
        return rows

    def _date(self, draft: Draft) -> Dated:
        """The date of a row worked out before; in a circle, which a rule reports, there is none."""
        found = self._known.get(draft.address)
        if found is None:
            self._missing.append(draft)
            return Dated()
        return found

    def _work_out(self, draft: Draft) -> Dated:
        """The date of a row, as far as those are known that it hangs on; the others are missing."""
        rule = due.parse(draft.step.due) if draft.step.due else None
        if isinstance(rule, due.Offset):
            work_out = self._after_step if rule.step else self._after_event
            return work_out(draft, rule)
        if draft.falls:
            return Dated(draft.falls.moment, draft.falls.because)
        return Dated(lacks=draft.step.repeat.from_ if draft.step.repeat else "")

    def _after_event(self, draft: Draft, rule: due.Offset) -> Dated:
        if draft.reopened and rule.side != "before":
            return self._reckoned(rule, draft.reopened, draft.led_back)
        anchor, hangs_on = self._moments.event(rule.event, draft.case, draft.item), ""
        if rule.event == "opened" and draft.caller:
            # An SOP that a step runs begins when that step is done, or is to be.
            progress = self._record.progress.get(draft.caller)
            done = progress.done if progress else None
            anchor = done or self._date(self._by_address[draft.caller]).moment
            hangs_on = draft.caller
        if anchor is None:
            return Dated(hangs_on=hangs_on, lacks=rule.event)
        return self._reckoned(rule, anchor, hangs_on)

    def _after_step(self, draft: Draft, rule: due.Offset) -> Dated:
        rows = self.siblings(draft, rule.step)
        if not rows:
            return Dated()
        if draft.reopened and all(row.reopened != draft.reopened for row in rows):
            # A new round counts from the answer that led back, not from what came before the loop.
            return self._reckoned(rule, draft.reopened, draft.led_back)
        branch = self._branches[draft.address]
        hangs_on, anchor, lacks = self._finished(rows, branch)
        if anchor is None:
            return Dated(hangs_on=hangs_on, lacks=lacks)
        found = self._reckoned(rule, anchor, hangs_on)
        return found._replace(because=(*self._left_open(rows, branch), *found.because))

    def _finished(self, rows: Sequence[Draft], branch: Branch) -> tuple[str, Moment | None, str]:
        """Which of these rows is the last, and when; nobody knows while one has no date."""
        found = [(row.address, *self._done_or_due(row)) for row in self._ends(rows, branch)]
        lacking = [end for end in found if end[1] is None and end[2]]
        dated = [(moment, address) for address, moment, _ in found if moment]
        if lacking or not dated:
            return next(iter(lacking or found), ("", None, ""))
        moment, address = max(dated, key=lambda end: end[0])
        return address, moment, ""

    def _done_or_due(self, draft: Draft) -> tuple[Moment | None, str]:
        progress = self._record.progress.get(draft.address)
        if progress and progress.done:
            return progress.done, ""
        dated = self._date(draft)
        return dated.moment, dated.lacks

    def _ends(self, rows: Sequence[Draft], branch: Branch) -> Sequence[Draft]:
        """The rows that say when these are finished, for one that hangs on these open decisions.

        One that is out, or may yet be where the other is not, passes on the date of the step before
        it, the first its own; one that runs an SOP is finished when that is.
        """
        if len(rows) == 1:
            return self._ends_of(rows[0], branch)
        return [end for row in rows for end in self._ends_of(row, branch)]

    def _ends_of(self, draft: Draft, branch: Branch) -> Sequence[Draft]:
        passed: list[str] = []
        while (draft.address, branch) not in self._ending:
            is_out = self._is_passed_by(draft, branch)
            before = self._before(draft) if is_out else None
            if before:
                passed.append(draft.address)
                draft = before
            elif self._runs(draft) and not is_out:
                inner = self._ends(self._scopes[draft.address], branch)
                self._ending[draft.address, branch] = inner
            else:
                self._ending[draft.address, branch] = (draft,)
        ends = self._ending[draft.address, branch]
        for address in passed:
            self._ending[address, branch] = ends
        return ends

    def _is_passed_by(self, draft: Draft, branch: Branch) -> bool:
        is_out = draft.out or self._record.passed_over(draft.address)
        return bool(is_out) or self._may_not_come(draft, branch)

    def _may_not_come(self, draft: Draft, branch: Branch) -> bool:
        """Say whether a row hangs on an open decision that is none of those of the branch."""
        open_ = self._branches[draft.address]
        return not (open_ <= branch or draft.address in self._record.progress)

    def _runs(self, draft: Draft) -> bool:
        return bool(draft.calls) and draft.address not in self._record.progress

    def _left_open(self, rows: Sequence[Draft], branch: Branch) -> tuple[str, ...]:
        """Say which of these, and of those before them, add nothing, since they may never come."""
        left: dict[str, Draft] = {}
        seen: set[str] = set()
        todo = [] if self._all_decided else [*rows]
        while todo:
            row = todo.pop()
            if row.address in seen:
                continue
            seen.add(row.address)
            if self._may_not_come(row, branch):
                left[row.address] = row
            if self._is_passed_by(row, branch):
                before = self._before(row)
                todo += [before] if before else []
            elif self._runs(row):
                todo += self._scopes[row.address]
        return (not_counted([*reversed(left.values())]),) if left else ()

    def _before(self, draft: Draft) -> Draft | None:
        """The row of the step before, for the same item, occurrence or round where there is one."""
        rows = self._scopes[draft.scope]
        place = self._places[draft.address]
        while place and rows[place].step.id == draft.step.id:
            place -= 1
        if rows[place].step.id == draft.step.id:
            return None
        return self.siblings(draft, rows[place].step.id)[-1]

    def _reckoned(self, rule: due.Offset, anchor: Moment, hangs_on: str) -> Dated:
        found = self._moments.reckon(rule, anchor)
        if found is None:
            because = "no open day within the ten years we plan for"
            return Dated(None, (because,), hangs_on)
        return Dated(found.moment, found.because, hangs_on)

    def _title(self, draft: Draft, rule: due.Due) -> Callable[[str], str]:
        """How the words of a due date name what it hangs on."""
        if not isinstance(rule, due.Offset):
            return self._moments.title
        if rule.event == "opened" and draft.caller:
            caller = self._by_address[draft.caller].step.title
            return lambda _: f'"{caller}" begins'
        if rule.event:
            return self._moments.title

        def title(step: str) -> str:
            found = draft.sop.step(step)
            return found.title if found else step

        return title
