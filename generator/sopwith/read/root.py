"""A root folder -> Library and problems: every file read, checked by its schema, decoded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sopwith.model import Company, Library
from sopwith.problem import Problem, Spot
from sopwith.read.files import File, read_company, read_items, read_page
from sopwith.read.folders import content_of, left_behind, shown
from sopwith.read.kinds import COMPANY, KINDS, PAGES, slug
from sopwith.read.reading import Reading
from sopwith.versions import read_pinned

NO_PRIVATE = "no-private-folder"
"""The code where the folder of what is private is not there."""


def read(
    root: Path, private: Path | None = None, commit: str = "", before: Reading | None = None
) -> Reading:
    """Read everything below a root; clients and observations from `private` where it is given.

    What a client is pinned to is read from the history up to a commit (none: HEAD).
    Never raises for what a file holds. Paths in problems are relative to the root. A file that was
    read `before`, and had no fault, is not worked through again while its bytes are the same.
    """
    reading = Reading()
    company = read_company(root, reading, before)
    private = _private_root(root, private, company, reading)
    made: dict[str, Any] = {kind.folder: {} for kind in KINDS}
    unread: dict[str, set[str]] = defaultdict(set)
    files = list(_files(root, private, reading))
    for (kind, _, path, _), item in zip(files, read_items(files, reading, before), strict=True):
        if item is None:
            # Others point at a misnamed file by what its name was meant to be.
            unread[kind.name] |= {kind.id(path.stem), kind.id(slug(path.stem))}
        elif item.id in made[kind.folder]:
            reading.problems.append(_twice(item, made[kind.folder][item.id]))
            unread[kind.name].add(item.id)
        else:
            made[kind.folder][item.id] = item
    for kind in KINDS:
        # Of two files of one name nobody can tell which is meant, so neither is judged.
        for name in unread[kind.name] & made[kind.folder].keys():
            del made[kind.folder][name]
    pages = {
        path.stem: page
        for path in content_of(root, root / PAGES.folder, reading)
        if (page := read_page(root, path, reading))
    }
    if company:
        reading.problems = [_by_id(problem, company, reading) for problem in reading.problems]
        frozen = {kind: frozenset(ids) for kind, ids in unread.items()}
        clients, sops = made["clients"].values(), made["sops"]
        old = read_pinned(root, commit, clients, sops, frozen.get("sop", frozenset()))
        reading.problems += old.problems
        reading.sources.update(old.sources)
        reading.library = Library(
            company,
            **made,
            pages=pages,
            unread=frozen,
            pinned=old.sops,
            private=shown(root, private or root),
        )
    return reading


def content_files(root: Path, private: Path | None = None) -> Iterator[Path]:
    """Every YAML file that `read` looks at, by the same arguments, in the same order."""
    unheard = Reading()
    private = _private_root(root, private, read_company(root, unheard), unheard)
    if (root / COMPANY).is_file():
        yield root / COMPANY
    files = _files(root, private, unheard)
    yield from (file.path for file in files if file.path.suffix == file.kind.suffix)


def _files(root: Path, private: Path | None, reading: Reading) -> Iterator[File]:
    """Every file of every kind, in the order in which they are read."""
    for kind in KINDS:
        folder = (private if kind.private and private else root) / kind.folder
        if kind.private and private and private.is_dir():
            left_behind(root, root / kind.folder, folder, reading)
        for path in content_of(root, folder, reading):
            yield File(kind, folder, path, Spot(shown(root, path)))


def _private_root(
    root: Path, given: Path | None, company: Company | None, reading: Reading
) -> Path | None:
    """Where the private folders are, if they are not in the root."""
    if given or not company or not company.private:
        return given
    private = root / company.private
    if not private.is_dir():
        message = f'there is no folder "{company.private}" here'
        hint = "name the folder that holds clients/ and observations/, as seen from this file"
        reading.problems.append(Problem(company.at / "private", NO_PRIVATE, message, hint))
    return private


def _by_id(problem: Problem, company: Company, reading: Reading) -> Problem:
    """The problem; where it is a name or a title that is no id, with the id that belongs to it."""
    source = reading.sources.get(problem.spot.path)
    if problem.code != "wrong-form" or source is None or problem.spot.key:
        return problem
    value: Any = source.data
    for step in problem.spot.route:
        value = value[step]
    if not isinstance(value, str) or problem.spot.route[-1] == "id":
        return problem
    people, roles = company.people.items(), company.roles.items()
    ids = {person.name: id_ for id_, person in people} | {role.title: id_ for id_, role in roles}
    ids |= {event.title: event.id for event in company.events}
    ids |= {stage.title: stage.id for stage in company.stages}
    own, meant = dict(_titled(source.data)), value.casefold()
    for known, where in ((ids, f"as {COMPANY} has it"), (own, "its id")):
        id_ = next((id_ for title, id_ in known.items() if title.casefold() == meant), None)
        if id_:
            return replace(problem, hint=f"write {id_}, {where}")
    return problem


def _titled(data: Any) -> Iterator[tuple[str, str]]:
    """The title and the id of whatever in a file has both, such as its steps."""
    if isinstance(data, dict):
        title, id_ = data.get("title"), data.get("id")
        if isinstance(title, str) and isinstance(id_, str):
            yield title, id_
    if isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _titled(part)


def _twice(second: Any, first: Any) -> Problem:
    message = f'the name "{second.id}" is taken by {first.at.path}'
    return Problem(second.at, "duplicate-file", message, "give this file another name")
