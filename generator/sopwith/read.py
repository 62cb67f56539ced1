"""A root folder -> Library and problems: every file read, checked by its schema, decoded."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sopwith import shape
from sopwith.data import schema
from sopwith.decode import decode
from sopwith.model import (
    Client,
    Company,
    Confirmation,
    Document,
    Email,
    Library,
    Observation,
    OwnRecord,
    Page,
    Review,
    Sop,
)
from sopwith.problem import Place, Problem, Spot
from sopwith.source import Sources, parse
from sopwith.source.lines import Lines
from sopwith.source.text import decode as decode_text
from sopwith.versions import read_pinned

COMPANY = "company.yml"
NO_PRIVATE = "no-private-folder"
"""The code where the folder of what is private is not there."""
# One byte more than a file may have tells that it is too large, however large it is.
_ENOUGH = 1024 * 1024 + 1


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the folder it lives in, its class, how its name must look, and an example.

    What is recorded of our own has one schema, `record`, whatever it is about.
    """

    name: str
    folder: str
    makes: type[Any]
    stem: re.Pattern[str]
    example: str
    private: bool = False
    suffix: str = ".yml"

    @property
    def schema(self) -> str:
        """The schema of such a file."""
        return "record" if self.makes is OwnRecord else self.name

    def id(self, stem: str) -> str:
        """The id of a file: its name, after the folder where that tells a person from a client."""
        return f"{self.folder}/{stem}" if self.makes is OwnRecord else stem


_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*")
_QUARTER = re.compile(r"[1-9]\d{3}-Q[1-4]", re.ASCII)
KINDS = (
    Kind("sop", "sops", Sop, _SLUG, "client-onboarding"),
    Kind("email", "emails", Email, _SLUG, "weekly-status"),
    Kind("document", "documents", Document, _SLUG, "welcome-packet"),
    Kind("client", "clients", Client, _SLUG, "harbor-lane-dental", private=True),
    Kind("people", "people", OwnRecord, _SLUG, "nell", private=True),
    Kind("quarters", "quarters", OwnRecord, _QUARTER, "2026-Q4", private=True),
    Kind(
        "confirmation",
        "confirmations",
        Confirmation,
        _SLUG,
        "confidentiality-3-0-nell",
        private=True,
    ),
    Kind("observation", "observations", Observation, _DATED, "2026-10-14-late-form", private=True),
    Kind("review", "reviews", Review, _QUARTER, "2026-Q3"),
)
PAGES = Kind("page", "pages", Page, _SLUG, "how-we-work", suffix=".md")


@dataclass(slots=True)
class Reading:
    """What came of reading a root. Without a company that can be read there is no library.

    `clean` is what each file became that nothing is wrong with.
    """

    library: Library | None = None
    problems: list[Problem] = field(default_factory=list)
    sources: Sources = field(default_factory=Sources)
    pages: dict[str, str] = field(default_factory=dict)
    files: int = 0
    clean: dict[str, Any] = field(default_factory=dict)

    def located(self, problem: Problem) -> Problem:
        """The problem with its line and column."""
        return problem if problem.place else replace(problem, place=self.place(problem.spot))

    def place(self, spot: Spot) -> Place:
        """The line and column of a spot."""
        source = self.sources.get(spot.path)
        return source.place(spot) if source else self._in_page(spot)

    def take(self, path: str, raw: bytes, before: Reading | None) -> Any:
        """What the same bytes became in the reading before; None where that has to be seen."""
        if before is None or path not in before.clean or before.sources.text(path).encode() != raw:
            return None
        self.sources.take(path, before.sources)
        self.clean[path] = before.clean[path]
        return self.clean[path]

    def _in_page(self, spot: Spot) -> Place:
        text = self.pages.get(spot.path, "")
        return Lines(text).place(spot.path, max(text.find(spot.part), 0))


def read(
    root: Path, private: Path | None = None, commit: str = "", before: Reading | None = None
) -> Reading:
    """Read everything below a root; clients and observations from `private` where it is given.

    What a client is pinned to is read from the history up to a commit (none: HEAD).
    Never raises for what a file holds. Paths in problems are relative to the root. A file that was
    read `before`, and had no fault, is not worked through again while its bytes are the same.
    """
    reading = Reading()
    company = _company(root, reading, before)
    private = _private(root, private, company, reading)
    made: dict[str, Any] = {}
    unread: dict[str, set[str]] = defaultdict(set)
    for kind in KINDS:
        made[kind.folder] = {}
        folder = (private if kind.private and private else root) / kind.folder
        if kind.private and private and private.is_dir():
            _left_behind(root, root / kind.folder, folder, reading)
        for path in _files(root, folder, reading):
            item = _item(root, folder, path, kind, reading, before)
            if item is None:
                # Others point at a misnamed file by what its name was meant to be.
                unread[kind.name] |= {kind.id(path.stem), kind.id(_slug(path.stem))}
            elif item.id in made[kind.folder]:
                reading.problems.append(_twice(item, made[kind.folder][item.id]))
                unread[kind.name].add(item.id)
            else:
                made[kind.folder][item.id] = item
        # Of two files of one name nobody can tell which is meant, so neither is judged.
        for name in unread[kind.name] & made[kind.folder].keys():
            del made[kind.folder][name]
    pages = {
        path.stem: page
        for path in _files(root, root / PAGES.folder, reading)
        if (page := _page(root, path, reading))
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
            private=_shown(root, private or root),
        )
    return reading


def content_files(root: Path, private: Path | None = None) -> Iterator[Path]:
    """Every YAML file that `read` looks at, by the same arguments, in the same order."""
    unheard = Reading()
    private = _private(root, private, _company(root, unheard), unheard)
    if (root / COMPANY).is_file():
        yield root / COMPANY
    for kind in KINDS:
        folder = (private if kind.private and private else root) / kind.folder
        yield from (path for path in _files(root, folder, unheard) if path.suffix == kind.suffix)


def _private(
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


def _company(root: Path, reading: Reading, before: Reading | None = None) -> Company | None:
    path, at = root / COMPANY, Spot(COMPANY)
    if path.is_symlink():
        reading.problems.append(_link(at))
        return None
    if not path.is_file():
        message = f"there is no {COMPANY} here"
        hint = "run this in the folder that holds it, or name that folder with --root"
        reading.problems.append(Problem(at, "no-company", message, hint))
        return None
    made: Company | None = _made(path, at, ("company", Company), {}, reading, before)
    return made


def _item(
    root: Path, folder: Path, path: Path, kind: Kind, reading: Reading, before: Reading | None
) -> Any:
    """One file as a model value, or None when something is wrong with it."""
    at = Spot(_shown(root, path))
    misplaced = _misplaced(path, folder, at, kind)
    if misplaced:
        reading.problems.append(misplaced)
        return None
    given = {"id": kind.id(path.stem)}
    if kind.name == "sop":
        given["stage"] = path.parent.name
    return _made(path, at, (kind.schema, kind.makes), given, reading, before)


def _by_id(problem: Problem, company: Company, reading: Reading) -> Problem:
    """The problem; where it is a name or a title that is no id, with the id that belongs to it."""
    source = reading.sources.get(problem.spot.path)
    if problem.code != "wrong-form" or source is None or problem.spot.key:
        return problem
    value: Any = source.data
    for step in problem.spot.route:
        value = value[step]
    people, roles = company.people.items(), company.roles.items()
    ids = {person.name: id_ for id_, person in people} | {role.title: id_ for id_, role in roles}
    id_ = ids.get(value) if isinstance(value, str) else None
    return replace(problem, hint=f"write {id_}, as {COMPANY} has it") if id_ else problem


def _misplaced(path: Path, folder: Path, at: Spot, kind: Kind) -> Problem | None:
    """What is wrong with where a file lies, or with its name."""
    if path.suffix != kind.suffix:
        message = f'files here end in "{kind.suffix}", this one in "{path.suffix}"'
        return Problem(at, "stray-file", message, f"rename it to {path.stem}{kind.suffix}")
    if not kind.stem.fullmatch(path.stem):
        message = f'"{path.stem}" cannot be a file name here: it is the id that others point at'
        slug = _slug(path.stem)
        hint = f"write it as in {kind.example}{kind.suffix}"
        if kind.stem.fullmatch(slug):
            hint = f"use small letters, digits and hyphens: {slug}{kind.suffix}"
        return Problem(at, "bad-file-name", message, hint)
    between = path.relative_to(folder).parts[:-1]
    if kind.name == "sop" and len(between) != 1:
        message = "an SOP lives in the folder of its stage"
        return Problem(at, "stray-file", message, f"move it to sops/<stage>/{path.name}")
    if kind.name != "sop" and between:
        message = f"this file is in a folder that nothing reads: {path.parent.name}"
        return Problem(at, "stray-file", message, f"move it to {kind.folder}/{path.name}")
    return None


def _made(
    path: Path,
    at: Spot,
    what: tuple[str, type[Any]],
    given: Mapping[str, str],
    reading: Reading,
    before: Reading | None,
) -> Any:
    """A file as what it is by its schema and type, or None when something is wrong with it."""
    raw = _bytes(path, at, reading)
    if raw is None:
        return None
    known = reading.take(at.path, raw, before)
    if known is not None:
        return known
    kind, makes = what
    source, problems = parse(at.path, raw)
    reading.problems.extend(problems)
    if source is None:
        return None
    reading.sources[at.path] = source
    faults = shape.check(_shape(kind), source.data, at.path)
    reading.problems.extend(faults)
    if faults:
        return None
    made = decode(makes, source.data, at, **given)
    if not problems:
        reading.clean[at.path] = made
    return made


_shapes: dict[str, shape.Shape] = {}


def _shape(kind: str) -> shape.Shape:
    if kind not in _shapes:
        _shapes[kind] = shape.load(schema(kind))
    return _shapes[kind]


def _page(root: Path, path: Path, reading: Reading) -> Page | None:
    at = Spot(_shown(root, path))
    misplaced = _misplaced(path, root / PAGES.folder, at, PAGES)
    if misplaced:
        reading.problems.append(misplaced)
        return None
    raw = _bytes(path, at, reading)
    if raw is None:
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


def _bytes(path: Path, at: Spot, reading: Reading) -> bytes | None:
    reading.files += 1
    try:
        with path.open("rb") as file:
            return file.read(_ENOUGH)
    except OSError as error:
        message = f"this file cannot be opened: {error.strerror or error}"
        hint = "see who may read it, and whether another program holds it"
        reading.problems.append(Problem(at, "unreadable-file", message, hint))
        return None


def _files(root: Path, folder: Path, reading: Reading) -> Iterator[Path]:
    """The content files of a folder, sorted; what is meant as one and cannot be is a problem."""
    if folder.is_symlink():
        reading.problems.append(_link(Spot(_shown(root, folder))))
        return
    _look(root, folder, reading)
    for path in sorted(folder.rglob("*"), key=lambda path: path.with_suffix("").parts):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if path.is_symlink():
            reading.problems.append(_link(Spot(_shown(root, path))))
        elif path.is_dir():
            _look(root, path, reading)
        elif path.is_file() and path.suffix.lower() in (".yml", ".yaml", ".md"):
            yield path


def _left_behind(root: Path, left: Path, folder: Path, reading: Reading) -> None:
    """Warn of private files that lie where they are not looked for, and perhaps are published."""
    if left.is_dir() and left.resolve() != folder.resolve() and any(left.rglob("*.y*ml")):
        message = f"nothing reads this folder: what is private is in {_shown(root, folder)}"
        hint = "move its files there, or delete them"
        reading.problems.append(
            Problem(Spot(_shown(root, left)), "stray-file", message, hint, "warning")
        )


def _look(root: Path, folder: Path, reading: Reading) -> None:
    """Report a folder that may not be looked into: taken for empty, all in it would be gone."""
    if folder.exists() and not (folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)):
        message = "this is no folder that can be looked into"
        hint = "see that it is a folder, and who may read it"
        at = Spot(_shown(root, folder))
        reading.problems.append(Problem(at, "unreadable-file", message, hint))


def _link(at: Spot) -> Problem:
    message = "symbolic links are not followed here: what they lead to could be anything"
    return Problem(at, "symbolic-link", message, "put the file itself in this place")


def _twice(second: Any, first: Any) -> Problem:
    message = f'the name "{second.id}" is taken by {first.at.path}'
    return Problem(second.at, "duplicate-file", message, "give this file another name")


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _shown(root: Path, path: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix()
