"""A git repository of our own making: the same files at the same times have the same commits."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from laid import TESTS, TODAY

# What stands in this repository beside the program.
CONTENT = (
    "company.yml",
    "mkdocs.yml",
    "sops",
    "emails",
    "documents",
    "clients",
    "people",
    "quarters",
    "confirmations",
    "observations",
    "reviews",
    "pages",
    "site_templates",
)


def git(root: Path, *arguments: str, when: str = "2026-11-18T10:00:00+00:00") -> str:
    """Run git as a fixed person at a fixed time, without anybody's settings."""
    done = subprocess.run(
        ["git", "-C", str(root), *arguments],
        check=True,
        capture_output=True,
        env={
            "PATH": os.environ["PATH"],
            "HOME": "/nonexistent",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **{
                f"GIT_{who}_{what}": value
                for who in ("AUTHOR", "COMMITTER")
                for what, value in (
                    ("NAME", "Dana Whitfield"),
                    ("EMAIL", "dana@fern.example"),
                    ("DATE", when),
                )
            },
        },
    )
    return done.stdout.decode().strip()


def commit(root: Path, message: str = "Change", when: str = "2026-11-18T10:00:00+00:00") -> str:
    """Commit everything in a folder, a repository from then on; return the commit's name."""
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all", ".")
    git(root, "commit", "--quiet", "--allow-empty", "-m", message, when=when)
    return git(root, "rev-parse", "HEAD")


def content() -> list[str]:
    """Every file of this repository that is content, by its path."""
    root = TESTS.parent
    found = (path for name in CONTENT for path in (root / name, *(root / name).rglob("*")))
    return sorted(path.relative_to(root).as_posix() for path in found if path.is_file())


def build(root: Path, begin: str = "", **environment: str) -> dict[str, bytes]:
    """Build everything as of a fixed day and return every file of build/ by its path.

    `begin` is what Python does first.
    """
    done = subprocess.run(
        [sys.executable, "-c", f"{begin}\nfrom sopwith.cli import main; main()", "build",
         "--root", str(root), "--today", TODAY.isoformat(), "--commit", "HEAD"],
        capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip  # one line a group of arguments reads better
    assert done.returncode == 0, done.stderr
    return built_files(root)


def built_files(root: Path) -> dict[str, bytes]:
    """Every file of build/ by its path."""
    files = (path for path in (root / "build").rglob("*") if path.is_file())
    return {path.relative_to(root / "build").as_posix(): path.read_bytes() for path in files}


def lay_content(root: Path, names: Sequence[str], stamp: float) -> Path:
    """Copy the content in this order, with this time on each file, and commit it."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((TESTS.parent / name).read_bytes())
        os.utime(path, (stamp, stamp))
    commit(root)
    return root
