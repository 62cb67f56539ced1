"""A build that would come out as it did: what it was made from, and what it said.

The inputs are few and can be asked in a moment: the bytes of the files, the history, the day, and
this program itself. Where none has changed, and nobody has touched what was written, the build
need not be done again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from sopwith.data import TEMPLATES, own_files
from sopwith.history import commit_name
from sopwith.read import COMPANY, KINDS, PAGES
from sopwith.source import parse
from sopwith.workspace import Inputs, clock
from sopwith.write import Unsafe, stamp

_RECORD = ".build.made.json"
_SETTINGS = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Again:
    """One build about to be done: its root, its parts, and a fingerprint of all its inputs."""

    root: Path
    parts: str
    inputs: str

    @classmethod
    def of(cls, inputs: Inputs, parts: Collection[str]) -> Again:
        """Take the fingerprint; it is empty, and never the same, where company.yml has faults."""
        company = _company(inputs.root)
        found = sha256()
        if company:
            for piece in _pieces(inputs, company):
                found.update(sha256(piece).digest())
        name = ",".join(sorted(set(parts))) or "all"
        return cls(inputs.root, name, found.hexdigest() if company else "")

    def said(self) -> str:
        """What the same build said, if all that it wrote is still there as it was; else nothing."""
        record = self._record().get(self.parts, {})
        if not self.inputs or record.get("inputs") != self.inputs:
            return ""
        try:
            return str(record["said"]) if record["stamp"] == stamp(self.root) else ""
        except (Unsafe, KeyError):
            return ""

    def remember(self, said: str) -> str:
        """Keep what a build said, and return it."""
        entry = {"inputs": self.inputs, "stamp": stamp(self.root), "said": said}
        # Another part of the same inputs stays remembered; of other inputs, it is another's.
        same = {k: v for k, v in self._record().items() if v.get("inputs") == self.inputs}
        text = json.dumps({**same, self.parts: entry}, indent=1)
        (self.root / _RECORD).write_text(text + "\n", encoding="utf-8")
        return said

    def _record(self) -> dict[str, dict[str, str]]:
        """What was kept; nothing where that cannot be read, which costs a build and no more."""
        try:
            kept = json.loads((self.root / _RECORD).read_bytes())
            return {str(part): dict(entry) for part, entry in kept.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}


def _company(root: Path) -> Mapping[str, str] | None:
    """What company.yml says of itself, as far as it can be read."""
    try:
        source, _ = parse(COMPANY, (root / COMPANY).read_bytes())
    except OSError:
        return None
    data = source.data if source else {}
    return {key: text for key, text in data.items() if isinstance(text, str)} or None


def _today(company: Mapping[str, str]) -> str:
    """The day of which the plans are made, where nobody says another."""
    try:
        return company.get("today") or str(clock(company["timezone"]))
    except (KeyError, ValueError, OSError):
        return ""


def _pieces(inputs: Inputs, company: Mapping[str, str]) -> Iterator[bytes]:
    root, today = inputs.root, str(inputs.today or _today(company))
    private = inputs.private or root / company.get("private", "")
    yield repr((str(private), today, inputs.audience, sys.version)).encode()
    for folder, revision in {private: "", root: inputs.commit}.items():
        yield (commit_name(folder, revision or "HEAD") or "").encode()
    yield repr(sorted((d.name, d.version) for d in distributions())).encode()
    folders = {root / PAGES.folder, root / TEMPLATES, *(root / kind.folder for kind in KINDS)}
    folders |= {private / kind.folder for kind in KINDS if kind.private}
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    for path in sorted([root / COMPANY, root / _SETTINGS, *found, *own_files()]):
        yield str(path).encode()
        yield path.read_bytes() if path.is_file() else b""
