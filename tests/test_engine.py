"""The site engine: what many hands render is what it renders by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sopwith.engine import EngineFailed, build_site

DAY = date(2026, 11, 20)
PAGES = 50

# What it adds is another in each process.
FICKLE = """
from multiprocessing import parent_process

def on_page_markdown(markdown, page, **rest):
    where = "a helper" if parent_process() else "the engine"
    return f"{markdown}\\n\\nAsked by {where}.\\n"
"""


def lay(folder: Path, more: str = "", settings: str = "") -> Path:
    """A site of fifty pages that lead to each other's headings; `more` stands on the first."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    for number in range(PAGES):
        after = (number + 1) % PAGES
        text = f"# Page {number}\n\nGo [on](p{after}.md#part-{after}).\n\n## Part {number}\n"
        (docs / f"p{number}.md").write_text(text + (more if not number else ""))
    (docs / "index.md").write_text("# Home\n\n[First](p0.md)\n")
    config = folder / "mkdocs.yml"
    config.write_text(
        "site_name: Many\nsite_url: https://many.example/\ntheme: {name: material, font: false}\n"
        "plugins: [search]\nvalidation: {anchors: warn}\nnav: [index.md, p1.md]\n"
        "not_in_nav: '*'\n" + settings
    )
    return config


def contents(site: Path) -> dict[str, bytes]:
    """The files of a site; packed ones carry the time of packing."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and path.suffix != ".gz"
    }


def test_the_same_bytes_as_the_engine_alone(tmp_path: Path) -> None:
    config = lay(tmp_path)
    build_site(config, DAY)
    ours = contents(tmp_path / "site")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795132800", "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)],
        check=True,
        env=environment,
    )
    assert len(ours) > PAGES
    assert contents(tmp_path / "site") == ours


def test_every_warning_stops_it_and_is_told_once(tmp_path: Path) -> None:
    config = lay(tmp_path, "[gone](gone.md) [nowhere](p1.md#nowhere)\n")
    with pytest.raises(EngineFailed) as failed:
        build_site(config, DAY)
    said = str(failed.value)
    assert said.count("'gone.md'") == 1
    assert said.count("does not contain an anchor '#nowhere'") == 1


def test_what_a_plugin_made_another_is_rendered_anew(tmp_path: Path) -> None:
    (tmp_path / "fickle.py").write_text(FICKLE)
    build_site(lay(tmp_path / "site", settings="hooks: [../fickle.py]\n"), DAY)
    pages = contents(tmp_path / "site" / "site")
    assert b"Asked by the engine." in pages["p7/index.html"]
