"""The same files, history, day and audience give the same bytes, wherever and whenever."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from gitted import commit
from laid import TESTS, lay

CONTENT = (
    "company.yml",
    "mkdocs.yml",
    "sops",
    "emails",
    "documents",
    "clients",
    "observations",
    "reviews",
    "pages",
    "site_templates",
)


def content() -> list[str]:
    """Every file of this repository that is content, by its path."""
    root = TESTS.parent
    found = (path for name in CONTENT for path in (root / name, *(root / name).rglob("*")))
    return sorted(path.relative_to(root).as_posix() for path in found if path.is_file())


def lay_out(root: Path, names: Sequence[str], stamp: float) -> Path:
    """Copy the content in this order, with this time on each file, and commit it."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((TESTS.parent / name).read_bytes())
        os.utime(path, (stamp, stamp))
    commit(root)
    return root


def build(root: Path, environment: Mapping[str, str]) -> dict[str, bytes]:
    """Build everything and return every file of build/ by its path."""
    done = subprocess.run(
        [sys.executable, "-c", "from sopwith.cli import main; main()", "build", "--root", str(root),
         "--today", "2026-11-20", "--commit", "HEAD"],
        capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip  # one line a group of arguments reads better
    assert done.returncode == 0, done.stderr
    files = (path for path in (root / "build").rglob("*") if path.is_file())
    return {path.relative_to(root / "build").as_posix(): path.read_bytes() for path in files}


def test_same_bytes(tmp_path: Path) -> None:
    names = content()
    shuffled = random.Random(7).sample(names, len(names))  # noqa: S311  # no secret
    first = build(
        lay_out(tmp_path / "a", names, 1e9),
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"},
    )
    second = build(
        lay_out(tmp_path / "another/and deeper", shuffled, 1.7e9),
        {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C"},
    )
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
    for wanted in ("site/sitemap.xml.gz", "site/search/search_index.json", "handbook/index.md"):
        assert wanted in first
    assert {Path(name).suffix for name in first} >= {".pdf", ".eml", ".html", ".md", ".txt", ".gz"}
    here = str(tmp_path).encode()
    assert [name for name in first if here in first[name]] == []


def test_a_second_time_in_the_same_place(tmp_path: Path) -> None:
    """Building over what is there gives what building anew gives, and touches no file."""
    commit(lay(tmp_path, {}))
    before, stamps = build(tmp_path, {}), times(tmp_path)
    assert build(tmp_path, {}) == before
    assert times(tmp_path) == stamps


def times(root: Path) -> dict[Path, int]:
    """When each page was last written."""
    files = (path for path in (root / "build").rglob("*.*") if path.is_file())
    return {path: path.stat().st_mtime_ns for path in files if path.name != ".manifest.json"}
