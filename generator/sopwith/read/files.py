"""One file -> a model value, or what is wrong with the file, its name or its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from sopwith import shape
from sopwith.data import schema
from sopwith.decode import decode
from sopwith.hands import spread
from sopwith.model import Company, Page
from sopwith.problem import Problem, Spot
from sopwith.read.folders import no_link, shown
from sopwith.read.kinds import COMPANY, PAGES, Kind, slug
from sopwith.read.reading import Reading
from sopwith.source import Source, parse
from sopwith.source.lines import Lines
from sopwith.source.text import decode as decode_text

# One byte more than a file may have tells that it is too large, however large it is.
_ENOUGH = 1024 * 1024 + 1
# From so many files on, it pays to start other processes.
_MANY = 500


class File(NamedTuple):
    """A file that is to be read: of what kind, in whose folder, and how problems name it."""

    kind: Kind
    folder: Path
    path: Path
    at: Spot


def read_company(root: Path, reading: Reading, before: Reading | None = None) -> Company | None:
    """What the firm says of itself, or None when something is wrong with it."""
    path, at = root / COMPANY, Spot(COMPANY)
    if path.is_symlink():
        reading.problems.append(no_link(at))
        return None
    if not path.is_file():
        message = f"there is no {COMPANY} here"
        hint = "run this in the folder that holds it, or name that folder with --root"
        reading.problems.append(Problem(at, "no-company", message, hint))
        return None
    found = _found(path, at, "company", before)
    made: Company | None = _made(found, at, Company, {}, reading, before)
    return made


def read_items(
    files: Sequence[File], reading: Reading, before: Reading | None = None
) -> Iterator[Any]:
    """Each file as a model value, or None when something is wrong with it; many in many hands."""
    for kind in {file.kind.schema for file in files}:
        _shape(kind)  # once for all hands
    look_at = partial(_look_at, before=before)
    is_worth_it = before is None and len(files) > _MANY
    for file, found in zip(files, spread(look_at, files, worth_it=is_worth_it), strict=True):
        if isinstance(found, Problem):
            reading.problems.append(found)
            yield None
            continue
        given = {"id": file.kind.id(file.path.stem)}
        if file.kind.name == "sop":
            given["stage"] = file.path.parent.name
        yield _made(found, file.at, file.kind.makes, given, reading, before)


def read_page(root: Path, path: Path, reading: Reading) -> Page | None:
    """A page of the firm's own, or None when something is wrong with it."""
    at = Spot(shown(root, path))
    misplaced = _misplaced(File(PAGES, root / PAGES.folder, path, at))
    if misplaced:
        reading.problems.append(misplaced)
        return None
    reading.files += 1
    raw = _bytes(path, at)
    if isinstance(raw, Problem):
        reading.problems.append(raw)
        return None
    text, fault = decode_text(raw)
    if fault:
        place = Lines(text).place(at.path, fault.at)
        reading.problems.append(Problem(at, fault.code, fault.message, fault.hint, place=place))
        return None
    heading, _, body = text.lstrip().partition("\n")
    if not heading.startswith("# "):
        message = "a page begins with its title"
        hint = f"write on the first line: # {path.stem.replace('-', ' ').capitalize()}"
        reading.problems.append(Problem(at, "page-without-title", message, hint))
        return None
    reading.pages[at.path] = text
    return Page(path.stem, heading.removeprefix("# ").strip(), body.strip(), at)


_Found = tuple[Source | None, tuple[Problem, ...]] | None
"""What a file holds, if that could be made out, and what is wrong; None if it is as before."""


def _look_at(file: File, before: Reading | None) -> _Found | Problem:
    return _misplaced(file) or _found(file.path, file.at, file.kind.schema, before)


def _misplaced(file: File) -> Problem | None:
    """What is wrong with where a file lies, or with its name."""
    kind, folder, path, at = file
    if path.suffix != kind.suffix:
        message = f'files here end in "{kind.suffix}", this one in "{path.suffix}"'
        return Problem(at, "stray-file", message, f"rename it to {path.stem}{kind.suffix}")
    if not kind.stem.fullmatch(path.stem):
        message = f'"{path.stem}" cannot be a file name here: it is the id that others point at'
        better = slug(path.stem)
        hint = f"write it as in {kind.example}{kind.suffix}"
        if kind.stem.fullmatch(better):
            hint = f"use small letters, digits and hyphens: {better}{kind.suffix}"
        return Problem(at, "bad-file-name", message, hint)
    between = path.relative_to(folder).parts[:-1]
    if kind.name == "sop" and len(between) != 1:
        message = "an SOP lives in the folder of its stage"
        return Problem(at, "stray-file", message, f"move it to sops/<stage>/{path.name}")
    if kind.name != "sop" and between:
        message = f"this file is in a folder that nothing reads: {path.parent.name}"
        return Problem(at, "stray-file", message, f"move it to {kind.folder}/{path.name}")
    return None


def _found(path: Path, at: Spot, kind: str, before: Reading | None) -> _Found:
    raw = _bytes(path, at)
    if isinstance(raw, Problem):
        return None, (raw,)
    if before and before.has(at.path, raw):
        return None
    source, problems = parse(at.path, raw)
    if source is None:
        return None, problems
    return source, shape.check(_shape(kind), source.data, at.path)


def _made(
    found: _Found,
    at: Spot,
    makes: type[Any],
    given: Mapping[str, str],
    reading: Reading,
    before: Reading | None,
) -> Any:
    """What a file becomes that nothing is wrong with; the reading keeps all there is to know."""
    reading.files += 1
    if found is None:
        return reading.take(at.path, before) if before else None
    source, problems = found
    reading.problems.extend(problems)
    if source is None:
        return None
    reading.sources[at.path] = source
    if problems:
        return None
    made = reading.clean[at.path] = decode(makes, source.data, at, **given)
    return made


_shapes: dict[str, shape.Shape] = {}


def _shape(kind: str) -> shape.Shape:
    if kind not in _shapes:
        _shapes[kind] = shape.load(schema(kind))
    return _shapes[kind]


def _bytes(path: Path, at: Spot) -> bytes | Problem:
    try:
        with path.open("rb") as file:
            return file.read(_ENOUGH)
    except OSError as error:
        message = f"this file cannot be opened: {error.strerror or error}"
        hint = "see who may read it, and whether another program holds it"
        return Problem(at, "unreadable-file", message, hint)
