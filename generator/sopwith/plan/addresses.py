"""Addresses of steps: what names a step of a client's plan for ever (semantics, "Addresses")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sopwith.model import Client, Library, Sop, Step
from sopwith.problem import did_you_mean, nearest, some_of

_SUFFIX = re.compile(r"@[^/]*\Z")


@dataclass(frozen=True, slots=True)
class Unknown:
    """The part of an address that nothing answers to, and what was perhaps meant."""

    part: str
    message: str
    hint: str = ""


class Unclear(LookupError):
    """What somebody typed names no step, or more than one; the message lists what it may mean."""


def endings(address: str) -> tuple[str, ...]:
    """What may be typed for an address: each of its endings, the shortest first.

    Last come those without what follows an @: an occurrence that is not named may be any.
    """
    pieces = address.split("/")
    ends = ["/".join(pieces[start:]) for start in reversed(range(len(pieces)))]
    return tuple(dict.fromkeys([*ends, *(_SUFFIX.sub("", end) for end in ends)]))


def fitting(typed: str, addresses: Iterable[str]) -> list[str]:
    """The address that was typed, if it is one of these, else all that end so."""
    known = list(addresses)
    return [typed] if typed in known else [a for a in known if typed in endings(a)]


def suffixed(base: str, suffix: str) -> str:
    """Add an occurrence, a round, an item or a case to an id."""
    return f"{base}@{suffix}" if suffix else base


def resolve(address: str, client: Client, library: Library) -> Step | Unknown | None:
    """Find the step an address names.

    None stands for a step we may not judge: one that was removed (`former_steps` knows it), or
    one of an SOP whose file could not be read.
    """
    head, *rest = address.split("/")
    sop_id, _, case = head.partition("@")
    sop = library.sops_of(client).get(sop_id)
    if sop is None:
        if _is_unread(sop_id, client, library):
            return None
        return Unknown(sop_id, f'no SOP is called "{sop_id}"', did_you_mean(sop_id, library.sops))
    cases = {c.id for c in client.cases if c.sop == sop_id} if case else set()
    if case and case not in cases:
        hint = did_you_mean(case, cases)
        return Unknown(case, f'{client.name} has no case "{case}" of {sop_id}', hint)
    return _walk(sop, rest, client, library)


def _walk(sop: Sop, parts: list[str], client: Client, library: Library) -> Step | Unknown | None:
    step_id, _, suffix = parts[0].partition("@")
    step = sop.step(step_id)
    if step is None:
        if any(former.id == step_id for former in sop.former_steps):
            return None
        return Unknown(step_id, no_step(sop.id, step_id), which_step(sop, step_id, recorded=True))
    wrong = _wrong_suffix(sop, step, suffix, client)
    if wrong:
        return wrong
    if len(parts) == 1:
        return step
    called = called_sops(step)
    sops = library.sops_of(client)
    if any(_is_unread(inner, client, library) for inner in called if inner not in sops):
        return None
    inner = [sops[sop] for sop in called if sop in sops]
    found = [_walk(sop, parts[1:], client, library) for sop in inner]
    unknown = Unknown(parts[1], f'step "{step_id}" of {sop.id} runs no other SOP')
    reached = (end for end in found if not isinstance(end, Unknown))
    return next(reached, found[0] if found else unknown)


def _is_unread(sop: str, client: Client, library: Library) -> bool:
    """Say whether an SOP is missing because its file, or the version pinned, cannot be read."""
    return sop in library.unread.get("sop", frozenset()) or sop in client.sops


def no_step(sop: str, step: str) -> str:
    """What is said where something names a step that its SOP does not have."""
    return f'{sop} has no step "{step}"'


def which_step(
    sop: Sop, step: str, *, recorded: bool, inside: Step | None = None, out: str = "take it out"
) -> str:
    """A hint for whoever named a step that is not there, perhaps by its title.

    What is recorded of a step may be true of one that is gone, and must not move to another. Where
    the name stands `inside` a step, that one is not meant; `out` says how to do without any.
    """
    titles = {one.title: one.id for one in sop.steps if one is not inside}
    title = nearest(step.replace("-", " "), titles)
    near = nearest(step, titles.values()) or (titles[title] if title else None)
    gone = next((former for former in sop.former_steps if former.id == step), None)
    if gone and gone.now and gone.now in titles.values():
        return f'it is gone, and "{gone.now}" has taken its place: write that'
    if gone:
        return f"it is gone, as former_steps says: {out}"
    was = f"if {sop.id} once had it, add it to former_steps there"
    if near:
        return f'did you mean "{near}"?' + (f" Or, {was}" if recorded else "")
    instead = was if recorded else f"name one of them, or {out}"
    return f"{some_of([*titles.values()])}; {instead}"


def carried(address: str, client: Client, library: Library, sops: Collection[str]) -> str:
    """The address as some SOPs have it since they replaced a step (`now` in `former_steps`).

    A step that has begun to repeat, or ceased to, was done the first time.
    """
    head, *rest = address.split("/")
    known = library.sops_of(client)
    sop = known.get(head.partition("@")[0])
    moved = "/".join([head, *_carried(sop, rest, known, sops)]) if sop else address
    for name in (moved, f"{moved}@1", moved.removesuffix("@1")):
        if isinstance(resolve(name, client, library), Step):
            return name
    return address


def _carried(
    sop: Sop, parts: list[str], known: Mapping[str, Sop], sops: Collection[str]
) -> list[str]:
    step_id, at, suffix = parts[0].partition("@")
    replaced = {former.id: former.now for former in sop.former_steps if former.now}
    # Each turn takes one away, so a circle among them comes to its end.
    while sop.id in sops and step_id in replaced and sop.step(step_id) is None:
        step_id = replaced.pop(step_id)
    step = sop.step(step_id)
    called = [known[id_] for id_ in (called_sops(step) if step else ()) if id_ in known]
    inner = [_carried(one, parts[1:], known, sops) for one in called if parts[1:]]
    rest = next((moved for moved in inner if moved != parts[1:]), parts[1:])
    return [f"{step_id}{at}{suffix}", *rest]


def called_sops(step: Step) -> tuple[str, ...]:
    """The SOPs whose steps may come in place of, or after, this one."""
    answers = step.decision.answers if step.decision else ()
    led_to = [answer.go.sop for answer in answers if answer.go and answer.go.sop]
    return tuple(filter(None, [step.run, *led_to]))


def _wrong_suffix(sop: Sop, step: Step, suffix: str, client: Client) -> Unknown | None:
    if step.for_each:
        items = [item.id for item in client.items(step.for_each)]
        if suffix in items:
            return None
        listed = f"for example {suffixed(step.id, items[0])}" if items else ""
        hint = listed or f"{client.at.path} lists none so far"
        return Unknown(
            suffix or step.id,
            f'step "{step.id}" is done for each of the {step.for_each}, and "{suffix}" is none'
            if suffix
            else f'step "{step.id}" is done for each of the {step.for_each}: say for which',
            did_you_mean(suffix, items) if suffix and items else hint,
        )
    if step.repeat:
        if _NUMBER.fullmatch(suffix):
            return None
        message = f'step "{step.id}" repeats: say which time'
        return Unknown(suffix or step.id, message, f"for example {step.id}@1")
    if not suffix or (_NUMBER.fullmatch(suffix) and suffix != "1" and _in_rounds(sop, step)):
        return None
    message = f'step "{step.id}" is done once: there is no "@{suffix}"'
    return Unknown(suffix, message, f"write {step.id}")


_NUMBER = re.compile("[1-9][0-9]*")


def _in_rounds(sop: Sop, step: Step) -> bool:
    """Say whether an answer may lead back over a step; its second round is then `@2`."""
    order = {inner.id: i for i, inner in enumerate(sop.steps)}
    return any(
        order.get(answer.go.step, len(order)) <= order[step.id] <= order[decider.id]
        for decider in sop.steps
        for answer in (decider.decision.answers if decider.decision else ())
        if answer.go and answer.go.step
    )
