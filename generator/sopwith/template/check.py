"""Whether a template keeps to what templates may do, and names only what there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from sopwith.problem import Problem, Spot, did_you_mean
from sopwith.template.names import FILTERS, LOOP, SHOWN_BY, Each, Kind, Names, Part
from sopwith.template.pieces import Fault, Stop
from sopwith.template.tree import ABOUT_LOOP, ITEM, Filtered, Role, Use, read

_HELP = "see sopwith explain bad-template"
_REACH = 50  # words; whoever repeats more than that finds the fault at its first repetition


def check(text: str, spot: Spot, names: Names) -> tuple[Problem, ...]:
    """Tell what is wrong with a template: what it may not do, and names that there are not.

    Looks at every branch. Codes are `bad-template` and `unknown-name`, one problem a fault.
    """
    try:
        tree = read(text)
    except Stop as stop:
        return (_problem(text, spot, "bad-template", stop.fault),)
    refused = ((fault.at, "bad-template", fault) for fault in tree.faults)
    misnamed = ((fault.at, code, fault) for use in tree.uses for code, fault in _wrong(use, names))
    found = sorted((*refused, *misnamed))
    return tuple(dict.fromkeys(_problem(text, spot, code, fault) for _, code, fault in found))


def _problem(text: str, spot: Spot, code: str, fault: Fault) -> Problem:
    hint = fault.hint or _HELP
    return Problem(spot.holding(_part(text, fault.at)), code, fault.message, hint)


def _part(text: str, at: int) -> str:
    """The fewest words from here on that stand nowhere before: a spot is found by its wording.

    Where the text ends too soon for that, the words before are taken along.
    """
    words = list(re.finditer(r"\w+|[^\w\s]", text))
    ends = [word.end() for word in words if word.end() > at][:_REACH]
    starts = [word.start() for word in reversed(words) if word.start() < at][:_REACH]
    for start, end in (*((at, end) for end in ends), *((start, ends[0]) for start in starts)):
        part = text[start:end]
        found = re.search(r"\s+".join(map(re.escape, part.split())), text)
        if found and found.start() == start:
            return part
    return text[at : ends[0]]


def _wrong(use: Use, names: Names) -> Iterator[tuple[str, Fault]]:
    """What is wrong with one use of a name: nothing, or one thing."""
    part: Part | None = names
    prefix = len(use.path) - len(use.words)
    for i, step in enumerate(use.path):
        inner = _inside(part, step)
        if inner is None:
            if i >= prefix:  # else the loop that made the name has been reported already
                yield "unknown-name", _unknown(use, i - prefix, part)
            return
        part = inner
    fault = None if part is None else _misused(use, part)
    if fault:
        yield "bad-template", fault


def _inside(part: Part | None, step: str) -> Part | None:
    if step == ABOUT_LOOP:
        return LOOP
    if isinstance(part, Each):
        return part.item if step == ITEM else None
    return part.get(step) if isinstance(part, Mapping) else None


def _unknown(use: Use, wrong: int, around: Part | None) -> Fault:
    at, words = use.words[wrong].start, [word.text for word in use.words]
    if isinstance(around, Mapping):
        message = f'there is no "{use.written}" to fill in'
        return Fault(at, message, did_you_mean(words[wrong], around))
    before = ".".join(words[:wrong])
    if isinstance(around, Each):
        return Fault(at, f'"{before}" is a list', f"go through it: {{% for item in {before} %}}")
    return Fault(at, f'"{before}" has no parts', f"write {{{{ {before} }}}}")


def _misused(use: Use, part: Part) -> Fault | None:
    """Why a known name cannot stand where it does, if it cannot."""
    if use.role == "print":
        return _unprintable(use, part)
    fits, message, hint = _FITS[use.role]
    return None if fits(part) else Fault(use.words[0].start, f'"{use.written}" {message}', hint)


_FITS: Mapping[Role, tuple[Callable[[Part], bool], str, str]] = {
    "test": (lambda part: True, "", ""),
    "loop": (lambda part: isinstance(part, Each), "is no list", "a for goes through lists only"),
    "compare": (
        lambda part: part == "text",
        "cannot be compared",
        "only text can; {% if ... %} alone asks whether there is any",
    ),
    "member": (
        lambda part: part == "words",
        "is not several words",
        "in looks for one word among several",
    ),
}


def _unprintable(use: Use, part: Part) -> Fault | None:
    at = use.words[0].start
    if isinstance(part, Each):
        return Fault(
            at, f'"{use.written}" is a list', f"go through it: {{% for item in {use.written} %}}"
        )
    if not isinstance(part, str):
        return Fault(at, f'"{use.written}" is several things', f"say which: {', '.join(part)}")
    kind = part
    for used_filter in use.filters:
        fault = _misfit(used_filter, kind)
        if fault:
            return fault
        kind = FILTERS[used_filter.name].gives
    if kind == "flag":
        return Fault(at, f'"{use.written}" is yes or no', f"ask it: {{% if {use.written} %}}")
    if kind in SHOWN_BY:
        hint = f"say how to show it: {{{{ {use.written} | {SHOWN_BY[kind]} }}}}"
        return Fault(at, f'"{use.written}" is not text yet', hint)
    return None


def _misfit(used_filter: Filtered, kind: Kind) -> Fault | None:
    name, at = used_filter.name, used_filter.word.start
    known = FILTERS.get(name)
    if known is None:
        return Fault(at, f'there is no filter "{name}"', did_you_mean(name, FILTERS))
    if known.argument != used_filter.argument:
        example = f'{name}("...")' if known.argument else name
        return Fault(at, f'the filter "{name}" is written otherwise', f"write | {example}")
    if kind != known.takes:
        ways = [other for other, filter_ in FILTERS.items() if filter_.takes == kind]
        hint = f"here go {', '.join(ways)}" if ways else "write it without one"
        return Fault(at, f'the filter "{name}" does not go with {_KINDS[kind]}', hint)
    return None


_KINDS: Mapping[Kind, str] = {
    "text": "text",
    "date": "a day",
    "amount": "an amount of money",
    "words": "several words",
    "number": "a number",
    "flag": "yes or no",
}
