"""The same procedures in the formats of the peers: their own words for what our SOPs hold."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.library import Procedure, Step


def command(peer: str) -> Path:
    """A peer's command; `make bench` installs them and says in PEERS where."""
    folder = os.environ.get("PEERS")
    if folder is None:
        sys.exit("PEERS names no folder with the peers' commands: make bench sets it")
    return Path(folder) / peer


def doorstop(root: Path, procedures: list[Procedure]) -> Path:
    """One doorstop item a procedure, reviewed, in a repository of their own."""
    folder = root / "sops"
    folder.mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    (folder / ".doorstop.yml").write_text(_DOCUMENT, "utf-8")
    for procedure in procedures:
        lines = _markdown(procedure).replace("\n", "\n  ").replace("\n  \n", "\n\n").rstrip()
        text = _ITEM.format(level=procedure.number + 1, title=procedure.title, text=lines)
        (folder / f"SOP{procedure.number + 1:04}.yml").write_text(text, "utf-8")
    review = [str(command("doorstop")), "review", "all"]
    subprocess.run(review, cwd=root, check=True, capture_output=True)
    return root


_DOCUMENT = """\
settings:
  digits: 4
  prefix: SOP
  sep: ''
"""

_ITEM = """\
active: true
derived: false
header: |
  {title}
level: '1.{level}'
links: []
normative: true
ref: ''
reviewed: null
text: |
  {text}
"""


def trestle(root: Path, procedures: list[Procedure]) -> Path:
    """One governed Markdown file a procedure, and the template they are held against."""
    root.mkdir(parents=True)
    run = str(command("trestle"))
    subprocess.run([run, "init", "--govdocs"], cwd=root, check=True, capture_output=True)
    setup = [run, "author", "docs", "--task-name", "sops", "setup"]
    subprocess.run(setup, cwd=root, check=True, capture_output=True)
    for template in (root / ".trestle" / "author" / "sops").rglob("*.md"):
        template.write_text(_header() + _TEMPLATE, "utf-8")
    for procedure in procedures:
        text = _header() + _markdown(procedure)
        (root / "sops" / f"{procedure.id}.md").write_text(text, "utf-8")
    return root


_TEMPLATE = """\
# Procedure

## Purpose

## Steps
"""


def _header() -> str:
    return "---\nowner: account-manager\nversion: '1.1'\nstatus: active\n---\n\n"


def _markdown(procedure: Procedure) -> str:
    steps = "\n".join(_step(step) for step in procedure.steps)
    return f"# Procedure\n\n## Purpose\n\n{procedure.purpose}\n\n## Steps\n\n{steps}"


def _step(step: Step) -> str:
    return f"### {step.title}\n\n{step.details}\n"


def checklists(root: Path, procedures: list[Procedure], names: list[str]) -> Path:
    """One report a client, with a page for each procedure and a box for each step."""
    folder = root / "reports"
    folder.mkdir(parents=True)
    for name in names:
        pages = "".join(map(_page, procedures))
        report = f"title: Checklist of {name}\npages:\n{pages}"
        (folder / f"{name}.yml").write_text(report, "utf-8")
    return root


def _page(procedure: Procedure) -> str:
    boxes = "".join(
        f'      - linuxfabrik.clf.markdown:\n          content: "{step.details}"\n'
        f'      - linuxfabrik.clf.checkbox_input:\n          label: "{step.title}"\n'
        f"        fact_name: p{procedure.number}_{step.id.replace('-', '_')}\n"
        for step in procedure.steps
    )
    return f'  - title: "{procedure.title}"\n    tasks:\n{boxes}'
