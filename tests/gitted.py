"""A git repository of our own making: the same files at the same times have the same commits."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


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
