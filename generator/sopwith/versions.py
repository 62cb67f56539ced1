"""The versions of SOPs that git knows and no current file has.

Clients stay on some of them: their `sops:` names a version. It is what the last commit that
carries it says, in whatever folder of `sops/` the file lay then, held against today's schema: there
has been one shape of an SOP so far. The change that makes an older file unfit brings its way up
with it, to be taken in `_fit` before the schema is asked. No network is asked for anything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath

from sopwith import shape
from sopwith.data import schema
from sopwith.decode import decode
from sopwith.history import GitFailed, OldFile, Past, past_files
from sopwith.model import Client, Sop, Version
from sopwith.problem import Problem, Spot, did_you_mean
from sopwith.source import Source, parse

SOPS = "sops"
Pin = tuple[str, Version]
# A line that begins in the first column is a key of the file itself, in a file written in lines.
_VERSION = re.compile(rb"""^version:[ \t]+(["']?)(\d+\.\d+)\1[ \t]*\r?$""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pinned:
    """What came of looking: SOPs by id and version, what they were read from, what is wrong."""

    sops: Mapping[Pin, Sop] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    problems: Sequence[Problem] = ()


def read_pinned(
    root: Path,
    commit: str,
    clients: Iterable[Client],
    sops: Mapping[str, Sop],
    unread: frozenset[str] = frozenset(),
) -> Pinned:
    """Read every version that a client is pinned to and that no current file has.

    Git is asked only if there is one, for the history up to `commit` (none: HEAD). What is wrong
    stands at the client's pin. A pin to an SOP that there never was is left to the rule about
    unknown SOPs; `unread` are those there are, in files that could not be understood.
    """
    pins = _pins(clients, sops)
    if not pins:
        return Pinned()
    try:
        past = past_files(root, commit, SOPS, {sop for sop, _ in pins})
    except GitFailed as failed:
        return Pinned(problems=list(_without(pins, failed)))
    if past is None:
        return Pinned(problems=list(_without(pins, None)))
    found: dict[Pin, Sop] = {}
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for (name, version), spots in pins.items():
        current = sops.get(name)
        old = next((o for o in past.files.get(name, ()) if _version(o.raw) == version), None)
        if old is None:
            if current or name in unread or not past.whole:
                problems += _not_there(name, version, spots, past, current)
            continue
        at = Spot(f"{old.commit}:{old.path}")
        source, faults = _fit(old, at)
        if source is None:
            problems += (unfit(spot, name, version, faults) for spot in spots)
            continue
        stage = current.stage if current else PurePosixPath(old.path).parent.name
        sources[at.path] = source
        found[name, version] = decode(Sop, source.data, at, id=name, stage=stage)
    return Pinned(found, sources, problems)


def read_former(root: Path, commit: str, sops: Iterable[Sop]) -> Mapping[Pin, Sop | None]:
    """Read the older versions that SOPs list in `changes`, up to a commit (none: HEAD).

    None is a version whose file is no SOP by today's schema. One that git does not have is left
    out; without git all are. Raises GitFailed.
    """
    listed = {
        (sop.id, change.version): sop
        for sop in sops
        for change in sop.changes
        if change.version != sop.version
    }
    past = past_files(root, commit, SOPS, {name for name, _ in listed}) if listed else None
    found: dict[Pin, Sop | None] = {}
    for name, files in (past.files if past else {}).items():
        for old in files:
            version = _version(old.raw)
            pin = (name, version) if version else None
            if pin in listed and pin not in found:
                found[pin] = _former(old, name, listed[pin].stage)
    return found


@cache
def _former(old: OldFile, name: str, stage: str) -> Sop | None:
    # Its links lead on from where the file lay.
    at = Spot(old.path)
    source, _ = _fit(old, at)
    return decode(Sop, source.data, at, id=name, stage=stage) if source else None


def unfit(spot: Spot, sop: str, version: Version, faults: Sequence[str]) -> Problem:
    """Say at a pin that the version cannot be followed today, and the first reason."""
    more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    message = f'version {version} of "{sop}" does not fit what there is today: {faults[0]}{more}'
    hint = "bring that back, or pin a later version"
    return Problem(spot, "unfit-version", message, hint)


def _pins(clients: Iterable[Client], sops: Mapping[str, Sop]) -> dict[Pin, list[Spot]]:
    """Where each version is asked for that no current file has."""
    pins: defaultdict[Pin, list[Spot]] = defaultdict(list)
    for client in clients:
        for name, version in client.sops.items():
            if name not in sops or sops[name].version != version:
                pins[name, version].append(client.at / "sops" / name)
    return pins


def _without(pins: Mapping[Pin, Sequence[Spot]], failed: GitFailed | None) -> Iterator[Problem]:
    """Say at every pin that there is no history to look into, and why."""
    why = "git cannot read: " + failed.args[0] if failed else "is not to be had here"
    hint = (failed.advice if failed else "") or "work in a clone of the repository, with git"
    for (name, version), spots in pins.items():
        for spot in spots:
            message = f'version {version} of "{name}" is in the history, which {why}'
            yield Problem(spot, "no-history", message, hint)


def _not_there(
    name: str, version: Version, spots: Iterable[Spot], past: Past, current: Sop | None
) -> Iterator[Problem]:
    """Say at every pin that no commit here carries that version."""
    known = {str(found) for old in past.files.get(name, ()) if (found := _version(old.raw))}
    known |= {str(current.version)} if current else set()
    for spot in spots:
        if past.whole:
            message = f'"{name}" has had no version {version}'
            yield Problem(spot, "unknown-version", message, did_you_mean(str(version), known))
        else:
            message = (
                f'version {version} of "{name}" is not in the part of the history that is here'
            )
            hint = "this copy of the repository has no full history: run git fetch --unshallow"
            yield Problem(spot, "no-history", message, hint)


def _version(raw: bytes) -> Version | None:
    """The version an SOP's file states, if it can be read."""
    lines = _VERSION.findall(raw)
    if len(lines) == 1:
        return Version(lines[0][1].decode())
    source, _ = parse("", raw)
    stated = source.data.get("version") if source else None
    fits = isinstance(stated, str) and re.fullmatch(r"\d+\.\d+", stated, re.ASCII)
    return Version(str(stated)) if fits else None


def _fit(old: OldFile, at: Spot) -> tuple[Source | None, Sequence[str]]:
    """The old file as plain data that today's schema accepts, or what keeps it from that."""
    source, faults = parse(at.path, old.raw)
    if source is None:
        return None, [f"{fault.place}: {fault.message}" for fault in faults]
    faults = shape.check(_shape(), source.data, at.path)
    said = [f"{source.place(fault.spot)}: {fault.message}" for fault in faults]
    return (None, said) if faults else (source, ())


@cache
def _shape() -> shape.Shape:
    return shape.load(schema("sop"))


def first_entry(version: object) -> str:
    """What to write in the history of an SOP for a version that it lacks."""
    entry = f'- {{version: "{version}", effective: DAY, by: YOU, summary: WHAT IS NEW}}'
    return f"a first entry under changes: {entry}"
