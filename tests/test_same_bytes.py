"""The same files, history, day and audience give the same bytes, wherever and whenever."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gitted import build, built_files, commit, content, lay_content
from laid import TODAY, lay
from sopwith.making import everything, handbook_alone
from sopwith.workspace import Inputs, open_workspace


def test_same_bytes(built: Path, tmp_path: Path) -> None:
    """What is built here on a winter's day in Los Angeles, and what was in Tokyo."""
    names = content()
    shuffled = random.Random(7).sample(names, len(names))  # noqa: S311  # no secret
    first = built_files(built)
    second = build(
        lay_content(tmp_path / "another/and deeper", shuffled, 1.7e9),
        PYTHONHASHSEED="2", TZ="America/Los_Angeles", LC_ALL="C",
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


def test_whatever_order_the_disk_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File systems list folders in orders of their own, the same one wherever tests run."""
    root = lay_content(tmp_path, content(), 1e9)
    real = Path.rglob
    orders: list[Callable[[list[Path]], list[Path]]] = [
        lambda found: sorted(found, reverse=True),
        lambda found: random.Random(7).sample(found, len(found)),  # noqa: S311  # no secret
    ]
    made = []
    for order in orders:

        def listed(self: Path, *names: str, order: Any = order) -> Iterator[Path]:
            return iter(order(list(real(self, *names))))

        monkeypatch.setattr(Path, "rglob", listed)
        work = open_workspace(Inputs(root, today=TODAY))
        handbook_alone(work)
        everything(work, ("clients", "review"), lambda _: None)
        pages = (path for path in real(root / "build", "*.*") if path.is_file())
        made.append({path: path.read_bytes() for path in pages})
        assert made[0].keys() == made[-1].keys()
        assert [path for path, written in made[-1].items() if made[0][path] != written] == []


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
