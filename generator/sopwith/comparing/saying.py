"""A difference in words that a process owner would use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_args

from sopwith.comparing.difference import Difference, Where, differing
from sopwith.comparing.files import PARTS, Pair
from sopwith.comparing.names import Names, hints, label, refers
from sopwith.comparing.texts import excerpts, paired
from sopwith.comparing.values import NOTHING, Values, is_terse
from sopwith.model import (
    Change,
    Decision,
    FormerStep,
    Phase,
    Record,
    Sop,
    Step,
    Term,
    Trigger,
)


def say(difference: Difference, pair: Pair, names: Names) -> str:
    """Put one difference into words; what it is of comes first."""
    head = _head(difference, Values(pair, names))
    between = "; " if difference.what == "removed" else ": "
    return between.join(filter(None, (head, told(difference, pair, names))))


def told(difference: Difference, pair: Pair, names: Names) -> str:
    """Put one difference into words for whoever sees already what it is of."""
    values = Values(pair, names)
    if difference.what == "changed":
        return "; ".join(_changed(difference, values))
    if difference.what == "removed":
        return _instead(difference, values)
    new = _new(difference.now, values) if difference.what == "added" else ""
    return "; ".join(filter(None, (new, _where(difference, values))))


def roles(difference: Difference, pair: Pair) -> tuple[str, ...]:
    """The roles whose work a difference in an SOP is about, by id."""
    found: list[str] = []
    for sop in (pair.was, pair.now):
        if isinstance(sop, Sop) and difference.field != "acknowledge":  # who reads it works as ever
            for step in _steps(sop, difference):
                found += (step.role, *step.with_, *step.sign)
    return tuple(dict.fromkeys(found))


def _steps(sop: Sop, difference: Difference) -> Sequence[Step]:
    if difference.part == "step":
        return [step for step in sop.steps if step.id == difference.id]
    if difference.part == "phase":
        return [step for phase in sop.phases if phase.id == difference.id for step in phase.steps]
    return sop.steps


def _head(difference: Difference, values: Values) -> str:
    if difference.part == "step":
        return values.step(difference.id)
    if difference.part == "phase":
        return f'phase "{_phase(difference.id, values)}" ({difference.id})'
    return f"{difference.part} {difference.id}".strip()


def _phase(id_: str, values: Values) -> str:
    for sop in (values.pair.now, values.pair.was):
        for phase in sop.phases if isinstance(sop, Sop) else ():
            if phase.id == id_:
                return phase.title
    return id_


# What came, went and moved ------------------------------------------------------------------------


def _instead(difference: Difference, values: Values) -> str:
    """What does the work of a step that is gone."""
    former = values.pair.now.former_steps if difference.part == "step" else ()
    by = next((one.now for one in former if one.id == difference.id and one.now), "")
    return f"its work is now in {values.step(by)}" if by else ""


def _new(now: Any, values: Values) -> str:
    if isinstance(now, Step):
        when = now.due or ("" if now.repeat or now.run else "no date")
        more = (
            f"{'' if field == 'decision' else label(field)} "
            f"{values.say(value, hints(Step)[field], field)}".lstrip()
            for field in ("repeat", "when", "run", "email", "document", "decision")
            if (value := getattr(now, field))
        )
        return ", ".join(filter(None, (values.names.name("role", now.role), when, *more)))
    if isinstance(now, Phase):
        return now.objective
    return str(getattr(now, "title", getattr(now, "name", "")))


def _where(difference: Difference, values: Values) -> str:
    where: Where = difference.where or Where("", "")
    inside = f'in "{_phase(where.inside, values)}"' if where.inside else ""
    if not where.after:
        return ", ".join(filter(None, (inside, "the first")))
    behind = _head(Difference("moved", difference.part, where.after), values)
    return ", ".join(filter(None, (inside, f"after {behind}")))


# What is not as it was ----------------------------------------------------------------------------


def _changed(difference: Difference, values: Values, holder: Any = None) -> Iterator[str]:
    was, now, field = difference.was, difference.now, difference.field
    kind = type(holder or values.pair.shown)
    hint = hints(PARTS.get(difference.part, kind)).get(field)
    tell = next((tell for kind, tell in _IN_DETAIL if isinstance(now, kind)), None)
    if tell and (isinstance(now, tuple | Mapping) or (was and now)):
        yield from tell(was, now, field, hint, values)
    elif isinstance(was, str) and isinstance(now, str) and not refers(hint):
        said = _whole(was, now) if is_terse(field, hint) else _texts(was, now)
        yield f"{label(field)} {said}"
    else:
        before, after = (values.say(value, hint, field) for value in (was, now))
        yield f"{label(field)} {before} -> {after}"


def _whole(was: str, now: str) -> str:
    """Two texts of a small language, which say nothing without their end."""
    return f"{was or NOTHING} -> {now or NOTHING}"


def _texts(was: str, now: str, *, terse: bool = False) -> str:
    """Two texts; of long ones only where they differ."""
    both = [was, now]
    if was and now:
        short = excerpts(was, now)
        # Only blanks differ: whatever is shown looks alike.
        both = [*short] if short[0] != short[1] else ["the same words", "with other spacing"]
    elif not terse:
        both = [excerpts(text, "")[0] for text in both]
    quote = "" if terse else '"'
    if terse:  # an excerpt may have cut off the quotation mark at the end
        both = [text + '"' * (text.count('"') % 2) for text in both]
    return " -> ".join(f"{quote}{text}{quote}" if text else NOTHING for text in both)


def _list(
    was: Sequence[Any], now: Sequence[Any], field: str, hint: Any, values: Values
) -> Iterator[str]:
    inner = (get_args(hint) or (None,))[0]
    old, new = _by_name(was), _by_name(now)
    if not old or not new:
        before, after = ([values.say(item, inner) for item in items] for items in (was, now))
        yield _items(before, after, field)
        return
    said = [f"new {values.say(item, inner)}" for name, item in new.items() if name not in old]
    said += [f"without {_name(values, item)}" for name, item in old.items() if name not in new]
    for name, item in new.items():
        if name in old and old[name] != item:
            told = (text for d in differing(old[name], item) for text in _changed(d, values, item))
            said.append(f"{_name(values, item)}: {'; '.join(told)}")
    yield f"{label(field)}: {', '.join(said) or 'in another order'}"


def _by_name(items: Sequence[Any]) -> Mapping[Any, Any]:
    """Things by what tells them apart; none where nothing does."""
    key = _TOLD_BY.get(type(items[0]), "") if items else ""
    named = {getattr(item, key): item for item in items} if key else {}
    return named if len(named) == len(items) else {}


def _name(values: Values, item: Any) -> str:
    kind: Any = type(item)
    key = _TOLD_BY[kind]
    return values.say(getattr(item, key), hints(kind)[key], "id")


def _map(
    was: Mapping[str, Any], now: Mapping[str, Any], field: str, hint: Any, values: Values
) -> Iterator[str]:
    before, after = ([*values.entries(items, hint)] for items in (was, now))
    yield _items(before, after, field)


def _items(before: Sequence[str], after: Sequence[str], field: str) -> str:
    new, gone, reworded = paired(before, after)
    said = [*(f"new {item}" for item in new), *(f"without {item}" for item in gone)]
    for both in reworded:
        is_quoted = all(text.startswith('"') for text in both)
        bare = [text.strip('"') if is_quoted else text for text in both]
        said.append(_texts(*bare, terse=not is_quoted))
    return f"{label(field)}: {', '.join(said) or 'in another order'}"


def _decision(
    was: Decision, now: Decision, _field: str, _hint: Any, values: Values
) -> Iterator[str]:
    if was.question != now.question:
        yield f"question {_texts(was.question, now.question)}"
    then = {answer.answer: answer for answer in was.answers}
    here = {answer.answer: answer for answer in now.answers}
    for text in then:
        if text not in here:
            yield f'answer "{text}" is gone'
    for text, answer in here.items():
        leads = values.leads(answer.go)
        if text not in then:
            yield f'new answer "{text}", which {leads}'
        elif then[text].go != answer.go:
            yield f'answer "{text}": {values.leads(then[text].go)} -> {leads}'
    if then.keys() == here.keys() and [*then] != [*here]:
        yield "the answers stand in another order"


def _trigger(was: Trigger, now: Trigger, _field: str, hint: Any, values: Values) -> Iterator[str]:
    del hint
    if was.event != now.event:
        events = (values.say(one.event, hints(Trigger)["event"]) for one in (was, now))
        yield f"starts with {' -> '.join(events)}"
    if was.says != now.says:
        yield f"trigger {_texts(was.says, now.says)}"


_TOLD_BY: Mapping[type, str] = {
    Change: "version",
    FormerStep: "id",
    Record: "name",
    Term: "term",
}
_Tell = Callable[[Any, Any, str, Any, Values], Iterator[str]]
_IN_DETAIL: Sequence[tuple[Any, _Tell]] = (
    (tuple, _list),
    (Mapping, _map),
    (Decision, _decision),
    (Trigger, _trigger),
)
