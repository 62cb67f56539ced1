"""A client brought from the versions it is pinned to, to those of today."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from sopwith import edit
from sopwith.filing.keep import Refused, change, with_client
from sopwith.filing.telling import sentence
from sopwith.making import NotHere, plan_of
from sopwith.model import Client, Library, Version
from sopwith.outputs import upgrade as told
from sopwith.plan import Plan, carried
from sopwith.workspace import Workspace


def upgrade(work: Workspace, client: str, sops: Collection[str] = (), *, dry: bool = False) -> str:
    """Pin a client to the current versions of these SOPs, or of all it is pinned to.

    Tells what that changes for this client. Progress goes on by the id of the step, or as what
    took a step's place (`now` in `former_steps`). One that is not active is kept unless it is
    named: then it is taken out of the plan. `dry` writes nothing. Raises NotHere, Refused, and
    Blocked where a problem stands in the way.
    """
    before = plan_of(work, client)
    of = before.client
    _stop_at_unpinned(work.library, of, sops)
    moves = dict(_moves(work.library, of, sops))
    kept = [sentence(line) for line in _kept(work.library, of, sops)]
    if not moves:
        return "\n".join(kept or [sentence(f"{of.name} follows the current versions.")])
    onto = _carried(work.library, of, moves)
    after = _after(work, of, _edits(moves, onto, of), dry=dry)
    mine = work.library.sops_of(of)
    pairs = [
        (mine[id_], work.library.sops[id_] if version else None) for id_, version in moves.items()
    ]
    written = "Nothing is written yet." if dry else f"{of.at.path} is written."
    return "\n".join([told.render(before, after, pairs, onto), "", *kept, written])


def _stop_at_unpinned(library: Library, client: Client, sops: Collection[str]) -> None:
    for name in sops:
        if name not in client.sops and name in library.sops:
            raise Refused(f"{client.name} is pinned to no version of {name}: it is up to date.")
        if name not in client.sops:
            raise NotHere("SOP", name, client.sops)
        if name not in library.sops:
            raise Refused(f"{name} is not there any more: only its old versions can be followed.")


def _moves(
    library: Library, client: Client, named: Collection[str]
) -> Iterator[tuple[str, Version | None]]:
    """Each SOP that is to move, with the version it moves to; None for out of the plan."""
    for name, version in client.sops.items():
        current = library.sops.get(name)
        if current is None or (named and name not in named):
            continue
        if current.status == "active" and current.version != version:
            yield name, current.version
        elif current.status != "active" and named:
            yield name, None


def _kept(library: Library, client: Client, named: Collection[str]) -> Iterator[str]:
    """What stays as it is although it is not the current version, and why."""
    for name, version in client.sops.items() if not named else ():
        current = library.sops.get(name)
        if current is None:
            yield f"{name} stays on {version}: there is no current version any more."
        elif current.status != "active":
            what = "a draft" if current.status == "draft" else "retired"
            yield f"{name} stays on {version}: the current one is {what}. To take it out, name it."


def _carried(
    library: Library, client: Client, moves: Mapping[str, Version | None]
) -> Mapping[str, str]:
    """Addresses in the client's file that will be others, with those."""
    pins = {name: moves.get(name, version) for name, version in client.sops.items()}
    moved = replace(client, sops={name: version for name, version in pins.items() if version})
    recorded = (*client.progress, *(waiver.step for waiver in client.exceptions))
    followed = [name for name, version in moves.items() if version]
    new = {address: carried(address, moved, library, followed) for address in recorded}
    return {old: now for old, now in new.items() if now != old and now not in recorded}


def _edits(
    moves: Mapping[str, Version | None], onto: Mapping[str, str], client: Client
) -> Callable[[str], str]:
    def how(text: str) -> str:
        for name, version in moves.items():
            route = ("sops", name)
            text = edit.put(text, route, str(version)) if version else edit.remove(text, route)
        for number, waiver in enumerate(client.exceptions):
            if waiver.step in onto:
                text = edit.put(text, ("exceptions", number, "step"), onto[waiver.step])
        for address in client.progress:
            if address in onto:
                text = edit.rename(text, ("progress", address), onto[address])
        return text

    return how


def _after(work: Workspace, client: Client, how: Callable[[str], str], *, dry: bool) -> Plan:
    """The plan once the file is changed, on the disk or only in thought."""
    path = client.at.path
    if not dry:
        return plan_of(change(work, path, how), client.id)
    try:
        text = how(work.reading.sources[path].text)
    except edit.Unwritable as unwritable:
        raise Refused(f"{path} has to be changed by hand: {unwritable}.") from None
    return plan_of(with_client(work, path, text), client.id)
