"""A build is done again when anything it hangs on has changed, and only then."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from laid import lay
from sopwith import making
from sopwith.cli import main

TODAY = "2026-11-20"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = lay(tmp_path, {})
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The builds that were really done."""
    done: list[str] = []
    everything = making.everything

    def counted(*args: object) -> str:
        done.append("again")
        return everything(*args)  # type: ignore[arg-type]  # whatever it takes

    monkeypatch.setattr(making, "everything", counted)
    return done


def build(*options: str) -> str:
    typed = ["build", "--only", "clients", "--today", TODAY, *options]
    result = CliRunner().invoke(main, typed)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_nothing_has_changed(home: Path, made: list[str]) -> None:
    first = build()
    before = {path: path.stat().st_mtime_ns for path in (home / "build").rglob("*")}
    assert build() == first == "The checklist of 1 client is in build/clients.\n"
    assert made == ["again"]
    assert {path: path.stat().st_mtime_ns for path in (home / "build").rglob("*")} == before


def _touched(name: str, text: str = "\n") -> Callable[[Path], object]:
    def touch(root: Path) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text("utf-8") if path.exists() else "") + text, "utf-8")

    return touch


CHANGES: dict[str, Callable[[Path], object]] = {
    "a client": _touched("clients/birch.yml"),
    "a new client": _touched("clients/cedar.yml", "name: Cedar\n"),
    "the company": _touched("company.yml"),
    "an SOP": _touched("sops/onboard/welcome.yml"),
    "an observation": _touched("observations/2026-11-17-long-form.yml"),
    "a person": _touched("people/dana.yml", "cases: []\n"),
    "a template": _touched("site_templates/checklist/checklist.md.j2", "Mine\n"),
    "an SOP gone": lambda root: (root / "sops/onboard/welcome.yml").unlink(),
    "a page lost": lambda root: (root / "build/clients/birch/checklist.md").unlink(),
    "a page written over": _touched("build/clients/birch/checklist.md"),
    "a page of another day": lambda root: os.utime(root / "build/clients/birch/checklist.md"),
    "the record": lambda root: (root / ".build.made.json").write_text("[", "utf-8"),
    "the record gone": lambda root: (root / ".build.made.json").unlink(),
    "the manifest gone": lambda root: (root / "build/.manifest.json").unlink(),
    "all of it gone": lambda root: shutil.rmtree(root / "build"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_something_has_changed(change: str, home: Path, made: list[str]) -> None:
    build()
    CHANGES[change](home)
    CliRunner().invoke(main, ["build", "--only", "clients", "--today", TODAY])
    assert made.count("again") == 2


def test_another_day_part_or_audience(home: Path, made: list[str]) -> None:
    build()
    build("--only", "people")
    build("--audience", "public")
    CliRunner().invoke(main, ["build", "--only", "clients", "--today", "2026-11-23"])
    assert made.count("again") == 4


def test_an_error_is_told_each_time(home: Path, made: list[str]) -> None:
    _touched("clients/birch.yml", "nme: x\n")(home)
    for _ in range(2):
        assert CliRunner().invoke(main, ["build", "--only", "clients"]).exit_code == 1
    (home / "company.yml").write_text("[", "utf-8")
    assert CliRunner().invoke(main, ["build", "--only", "clients"]).exit_code == 1


def test_what_was_published_is_not_carried_over_without_a_manifest(home: Path) -> None:
    stray = home / "build/handbook/old.md"
    result = CliRunner().invoke(main, ["build", "--only", "handbook", "--today", TODAY])
    assert result.exit_code == 0, result.stderr
    stray.write_text("# Was confidential\n", "utf-8")
    (home / "build/.manifest.json").unlink()
    CliRunner().invoke(main, ["build", "--only", "handbook", "--today", TODAY])
    assert not stray.exists()
