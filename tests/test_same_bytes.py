"""The same files, history, day and audience give the same bytes, wherever and whenever."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from pathlib import Path

from gitted import build, built_files, commit, content, lay_content
from laid import lay

# File systems list folders in orders of their own, the same one wherever tests run.
LISTED_AT_RANDOM = """
import random
from pathlib import Path
for name in ("glob", "rglob", "iterdir"):
    def listed(*arguments, real=getattr(Path, name)):
        found = sorted(real(*arguments))
        return iter(random.Random(7).sample(found, len(found)))
    setattr(Path, name, listed)
"""


def test_same_bytes(built: Path, tmp_path: Path) -> None:
    """What is built here on a winter's day in Los Angeles, and what was in Tokyo."""
    names = content()
    shuffled = random.Random(7).sample(names, len(names))  # noqa: S311  # no secret
    first = built_files(built)
    second = build(
        lay_content(tmp_path / "another/and deeper", shuffled, 1.7e9),
        LISTED_AT_RANDOM, PYTHONHASHSEED="2", TZ="America/Los_Angeles", LC_ALL="C",
    )  # fmt: skip  # one line a group of arguments reads better
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
    for wanted in ("site/sitemap.xml.gz", "site/search/search_index.json", "handbook/index.md"):
        assert wanted in first
    # The days of what was built come from --today alone, not from the clock.
    assert set(re.findall(rb"<lastmod>(.*?)<", first["site/sitemap.xml"])) == {b"2026-11-20"}
    packed = first["site/sitemap.xml.gz"]
    assert int.from_bytes(packed[4:8], "little") == datetime(2026, 11, 20, tzinfo=UTC).timestamp()
    assert {Path(name).suffix for name in first} >= {".pdf", ".eml", ".html", ".md", ".txt", ".gz"}
    here = str(built).encode()
    assert [name for name in first if here in first[name]] == []


def test_a_second_time_in_the_same_place(tmp_path: Path) -> None:
    """Building over what is there gives what building anew gives, and touches no file."""
    commit(lay(tmp_path, {}))
    before, stamps = build(tmp_path), times(tmp_path)
    assert build(tmp_path) == before
    assert times(tmp_path) == stamps


def times(root: Path) -> dict[Path, int]:
    """When each page was last written."""
    files = (path for path in (root / "build").rglob("*.*") if path.is_file())
    return {path: path.stat().st_mtime_ns for path in files if path.name != ".manifest.json"}
