"""What an editor and pre-commit are told of our files fits every kind that there is."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import PurePosixPath
from typing import Any

import pytest
import yaml

from laid import TESTS
from sopwith.cli import main
from sopwith.data import KINDS as SCHEMAS
from sopwith.read import COMPANY, KINDS

ROOT = TESTS.parent
# One path of each kind, whether this repository has such a file or not, and its schema.
PATHS = {COMPANY: "company"} | {
    f"{kind.folder}/{'win/' if kind.name == 'sop' else ''}{kind.example}.yml": kind.schema
    for kind in KINDS
}
NOT_OURS = (
    "mkdocs.yml",
    ".github/workflows/check.yml",
    "requirements/run.txt",
    "docs/emails.yml",
    "sops/notes.yml",
    "emails/old/welcome.yml",
)


def test_every_kind_of_file_is_bound_to_its_schema_in_the_editor() -> None:
    said = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    bound = {
        pattern: PurePosixPath(schema).name.removesuffix(".schema.json")
        for schema, patterns in said.items()
        for pattern in ([patterns] if isinstance(patterns, str) else patterns)
    }
    for path, schema in PATHS.items():
        # The editor's ** stands for any number of folders.
        fits = {bound[p] for p in bound if PurePosixPath(path).match(p.replace("/**/", "/*/"))}
        assert fits == {schema}, path
    assert {*bound.values()} == {*SCHEMAS}
    assert all((ROOT / schema).is_file() for schema in said)


def hooks() -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return {hook["id"]: hook for hook in loaded}


def test_pre_commit_takes_our_hooks() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("name", hooks())
def test_hooks_call_commands_that_there_are(name: str) -> None:
    program, command = hooks()[name]["entry"].split()
    assert (program, command in main.commands) == ("sopwith", True)


def test_a_hook_runs_for_all_files_it_is_about() -> None:
    tidied, checked = (
        re.compile(hooks()[name]["files"]) for name in ("sopwith-fmt", "sopwith-check")
    )
    for path in (*PATHS, "pages/how-we-work.md", *(f"handbook/{path}" for path in PATHS)):
        assert checked.search(path), path
        assert bool(tidied.search(path)) == path.endswith(".yml")
    assert not [path for path in NOT_OURS if tidied.search(path)]
