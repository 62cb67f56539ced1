"""What a command that was killed leaves half-written is no content, and is gone after the next."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from laid import TODAY, lay, look
from sopwith.cli import main
from sopwith.unfinished import beside, sweep

LEFT = (
    ".company.yml.k3j_h1x0.part",
    "clients/.birch.yml.k3j_h1x0.part",
    "sops/onboard/.welcome.yml.k3j_h1x0.part",
    "observations/.2026-11-20-late.yml.k3j_h1x0.part",
)
KILLED = """
import os, signal, sys
from pathlib import Path
from sopwith.unfinished import beside
with beside(Path(sys.argv[1]), "name: half"):
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "root", {})


def run(*args: str) -> int:
    return CliRunner().invoke(main, args).exit_code


def test_half_a_file_is_no_content_and_the_next_command_takes_it_away(root: Path) -> None:
    before = look(root)[1]
    for name in LEFT:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("name: [")
    assert look(root)[1] == before
    assert run("check", "--root", str(root), "--today", str(TODAY)) == 0
    assert [name for name in LEFT if (root / name).exists()] == []


def test_the_private_folder_is_swept_too(root: Path, tmp_path: Path) -> None:
    shutil.move(root / "clients", tmp_path / "ours/clients")
    left = tmp_path / "ours" / LEFT[1]
    left.touch()
    assert run("check", "--root", str(root), "--private", str(tmp_path / "ours")) == 0
    assert not left.exists()


def test_who_puts_files_in_order_sweeps_their_folders(root: Path) -> None:
    (root / LEFT[1]).touch()
    run("fmt", "--root", str(root))
    assert not (root / LEFT[1]).exists()


def test_a_killed_command_leaves_what_is_swept_and_git_ignores(root: Path) -> None:
    file = root / "clients/birch.yml"
    before = file.read_bytes()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False)
    assert killed.returncode == -signal.SIGKILL
    (left,) = (path for path in file.parent.iterdir() if path != file)
    ours = Path(__file__).parents[1]
    ignored = ["git", "-C", str(ours), "check-ignore", "-q", f"clients/{left.name}"]
    assert subprocess.run(ignored, check=False).returncode == 0
    sweep([file.parent])
    assert [*file.parent.iterdir()] == [file]
    assert file.read_bytes() == before


def test_what_is_being_written_and_what_is_not_ours_stays(root: Path) -> None:
    mine = [root / "clients" / name for name in (".notes.part", "birch.yml.part", ".part")]
    for path in mine:
        path.touch()
    link = root / "clients/.birch.yml.aaaaaaaa.part"
    link.symlink_to(root / "company.yml")
    file = root / "clients/birch.yml"
    with beside(file, "name: New") as whole:
        sweep([file.parent])
        whole.replace(file)
    assert file.read_text() == "name: New"
    assert all(path.exists() for path in (*mine, link))
