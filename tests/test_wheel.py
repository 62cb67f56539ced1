"""The package as others install it: built, put somewhere else, and run far from the repository."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from laid import TESTS, lay
from sopwith.data import KINDS

REPOSITORY = TESTS.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, as pip lays it out."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = ["wheel", "--no-build-isolation", "--no-deps", "--no-index", "--wheel-dir", str(folder)]
    run([*pip, *build, str(REPOSITORY)], folder)
    wheel = next(folder.glob("sopwith-*.whl"))
    target = folder / "lib"
    run([*pip, "install", "--no-deps", "--no-index", "--target", str(target), str(wheel)], folder)
    return target


def run(command: list[str], cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def names(folder: Path, pattern: str = "*") -> set[str]:
    """The files below a folder, by their paths."""
    found = (path for path in folder.rglob(pattern) if path.is_file())
    return {
        path.relative_to(folder).as_posix() for path in found if "__pycache__" not in path.parts
    }


def test_all_is_in_it(installed: Path) -> None:
    package = installed / "sopwith"
    ours = {
        "codes": REPOSITORY / "generator/sopwith/codes",
        "_data/schemas": REPOSITORY / "schemas",
        "_data/site_templates": REPOSITORY / "site_templates",
    }
    for inside, source in ours.items():
        assert names(package / inside) == names(source)
    assert names(package / "_data/schemas") == {
        f"{kind}.schema.json" for kind in (*KINDS, "handbook", "tasks", "ticks")
    }
    assert names(package, "*.py") == names(REPOSITORY / "generator/sopwith", "*.py")
    assert {"py.typed", "_data/mkdocs.yml"} <= names(package)
    assert {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")} == {
        "bin",
        "sopwith",
    }


def test_it_runs_elsewhere(installed: Path, tmp_path: Path) -> None:
    lay(tmp_path, {})
    path = {"PYTHONPATH": str(installed)}
    found = run([sys.executable, "-c", "import sopwith; print(sopwith.__file__)"], tmp_path, **path)
    assert Path(found.strip()).is_relative_to(installed)
    sopwith = [sys.executable, str(installed / "bin/sopwith")]
    today = ["--today", "2026-11-20"]
    assert run([*sopwith, "check", *today], tmp_path, **path) == "5 files, no problems.\n"
    assert "unknown-role" in run([*sopwith, "explain", "unknown-role"], tmp_path, **path)
    assert "is in build/site" in run([*sopwith, "build", *today], tmp_path, **path)
    build = tmp_path / "build"
    assert (build / "clients/birch/checklist.pdf").read_bytes().startswith(b"%PDF-")
    assert "Hold the kickoff call" in (build / "site/onboard/welcome/index.html").read_text("utf-8")
    assert "Hi Priya," in run([*sopwith, "email", "hello", "birch", *today], tmp_path, **path)
    assert "report.html" in run([*sopwith, "review", "2026-Q4", *today], tmp_path, **path)
