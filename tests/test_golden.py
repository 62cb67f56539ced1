"""A small company and all that is written for it, to be read in a pull request.

`make golden` writes tests/golden/ anew.
"""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from laid import TESTS, TODAY, lay
from sopwith import explain, making
from sopwith.history import Commit, History
from sopwith.outputs import tasks
from sopwith.workspace import Inputs, open_workspace

GOLDEN = TESTS / "golden"
SHOWN = {".csv", ".ics", ".json", ".md", ".txt", ".eml", ".yml"}
# One client has been greeted already; this one still waits for the email. It has a date too few.
CEDAR = """\
name: Cedar Yoga
engagement: Booking page
facts: {channels: [slack]}
contacts: [{name: Łucja Nowak, first_name: Łucja, email: lucja@cedar.example, main: true}]
dates: {contract-signed: 2026-11-19}
"""
RULE = "unknown-role"


def written(root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """All text that is written for the base library, but the description of the schemas."""
    # One rule stands for all: a new one is to change nothing here.
    rule = {RULE: explain.pages()[RULE]}
    monkeypatch.setattr(explain, "pages", lambda: rule)
    lay(root, {"files": {"clients/cedar.yml": CEDAR}})
    work = open_workspace(Inputs(root, today=TODAY))
    changed = Commit("c0ffee1234", date(2026, 11, 18))
    sources = [*work.reading.sources, *work.reading.pages]
    vars(work)["history"] = History(changed.name, dict.fromkeys(sources, changed))
    making.handbook_alone(work)
    making.everything(work, ("clients", "review"), lambda _: None)
    for form in tasks.FORMS:
        making.tasks(work, "cedar", form, None)
    found = (path for path in (root / "build").rglob("*") if path.suffix in SHOWN)
    pages = {path.relative_to(root / "build").as_posix(): path.read_bytes() for path in found}
    return {
        name: content
        for name, content in pages.items()
        if not any(part.startswith(".") for part in Path(name).parts)
        and name != "handbook/writing.md"
    }


def test_golden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = written(tmp_path, monkeypatch)
    if os.environ.get("GOLDEN"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for name, content in pages.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_bytes(content)
    kept = {
        path.relative_to(GOLDEN).as_posix(): path.read_bytes()
        for path in GOLDEN.rglob("*")
        if path.is_file()
    }
    assert sorted(pages) == sorted(kept)
    for name, content in pages.items():
        assert content.decode() == kept[name].decode(), f"{name}: see `make golden`"
