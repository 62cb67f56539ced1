"""Files put in order from the command line: what is written, what is told, what is left alone."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from gitted import commit
from laid import TODAY, lay, look
from sopwith.cli import main
from sopwith.read import COMPANY, content_files, read
from test_edit import read as parsed
from test_onto import form

WELCOME = "sops/onboard/welcome.yml"
BIRCH = "clients/birch.yml"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = lay(tmp_path / "handbook", {})
    monkeypatch.chdir(root)
    assert typed("")[0] == 0
    commit(root)
    return root


def typed(line: str) -> tuple[int, list[str]]:
    """The exit code and all that is printed."""
    args = ["fmt", "--today", str(TODAY), *shlex.split(line)]
    result = CliRunner().invoke(main, args, prog_name="sopwith")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output.splitlines()


def test_all_is_tidy_the_second_time(root: Path) -> None:
    count = len(list(content_files(root)))
    assert typed("") == (0, [f"{count} files, all tidy."])
    assert typed(f"--check {WELCOME}") == (0, ["1 file, all tidy."])


def test_the_files_are_those_that_are_read(root: Path, tmp_path: Path) -> None:
    (root / "sops/onboard/notes.md").write_text("# Mine\n", "utf-8")
    (root / "clients").rename(tmp_path / "clients")
    text = (root / COMPANY).read_text("utf-8")
    (root / COMPANY).write_text(f"{text}private: ..\n", "utf-8")
    found = [Path(os.path.relpath(path, root)).as_posix() for path in content_files(root)]
    assert sorted(found) == sorted(read(root).sources)
    assert f"../{BIRCH}" in found


def test_what_is_not_in_order_is_told_or_written(root: Path) -> None:
    before = (root / WELCOME).read_text("utf-8")
    untidy = before.replace('version: "1.0"\nstatus: active', "status: active\nversion: 1.0", 1)
    assert untidy != before
    (root / WELCOME).write_text(untidy, "utf-8")
    (root / WELCOME).chmod(0o640)
    count = len(list(content_files(root)))
    assert typed("--check") == (
        1,
        [
            f'{WELCOME}:2:1: not-tidy: this line would be version: "1.0"',
            f"    sopwith fmt {WELCOME} puts it in order",
            "",
            f"1 problem in {count} files. More about one: sopwith explain not-tidy",
        ],
    )
    assert (root / WELCOME).read_text("utf-8") == untidy
    assert typed("") == (0, [f"{WELCOME} is tidied."])
    assert (root / WELCOME).read_text("utf-8") == before
    assert (root / WELCOME).stat().st_mode & 0o777 == 0o640


def test_one_that_cannot_be_tidied_keeps_back_no_other(root: Path) -> None:
    text = (root / BIRCH).read_text("utf-8")
    odd = "{\n  to: 2026-11-10,  # or so\n  from: 2026-11-09}"
    (root / BIRCH).write_text(f"{text}paused: [{odd}]\n", "utf-8")
    (root / "emails/broken.yml").write_text("to: a: b\n", "utf-8")
    (root / "emails/link.yml").symlink_to(root / WELCOME)
    (root / "README.yml").write_text("a: b\n", "utf-8")
    welcome = (root / WELCOME).read_text("utf-8")
    (root / WELCOME).write_text(welcome.replace('"1.0"', "'1.0'", 1), "utf-8")
    files = f"{BIRCH} emails/broken.yml emails/link.yml README.yml {WELCOME}"
    code, said = typed(files)
    assert code == 1
    alone = "left-untouched: this file is left as it is:"
    assert [line for line in said if not line.startswith(" ")] == [
        f"{WELCOME} is tidied.",
        f"{BIRCH}:1:1: {alone} nobody can tell what a comment between brackets belongs to",
        *(line for line in said if line.startswith("emails/broken.yml:1:6: needs-quotes: ")),
        f"emails/link.yml:1:1: {alone} this is a link",
        f"README.yml:1:1: {alone} this is no file of the handbook",
        "",
        "4 problems in 5 files. More about one: sopwith explain left-untouched",
    ]
    assert odd in (root / BIRCH).read_text("utf-8")
    assert (root / WELCOME).read_text("utf-8") == welcome


# After a form ----------------------------------------------------------------------------------


def test_a_folder_that_leads_elsewhere_stays_as_it_is(root: Path) -> None:
    folder = (root / WELCOME).parent
    elsewhere = folder.rename(root / "elsewhere") / "welcome.yml"
    folder.symlink_to(elsewhere.parent)
    untidy = elsewhere.read_text("utf-8").replace('"1.0"', "'1.0'", 1)
    elsewhere.write_text(untidy, "utf-8")
    code, said = typed(WELCOME)
    assert (code, "this file is left as it is: this is a link" in said[0]) == (1, True)
    assert elsewhere.read_text("utf-8") == untidy


def test_a_form_changes_only_what_it_changed(root: Path) -> None:
    before = "# Ours.\n\n" + (root / WELCOME).read_text("utf-8").replace("status", "# now\nstatus")
    (root / WELCOME).write_text(before, "utf-8")
    commit(root)
    data = dict(reversed(parsed(before).data.items()))
    (root / WELCOME).write_text(form({**data, "outcome": "They smile."}), "utf-8")
    commit(root, "By form")
    assert typed(f"{WELCOME} --onto HEAD~1") == (0, [f"{WELCOME} is tidied."])
    lines = before.splitlines()
    after = (root / WELCOME).read_text("utf-8").splitlines()
    assert [line for line in after if line not in lines] == ["outcome: They smile."]
    assert len(after) == len(lines)
    assert typed(f"{WELCOME} --onto HEAD~1") == (0, ["1 file, all tidy."])
    (root / WELCOME).write_text("# by hand\n" + "\n".join(after), "utf-8")
    code, said = typed(f"{WELCOME} --onto HEAD~1")
    assert (code, 'a person wrote there, and no form: "# by hand"' in said[0]) == (1, True)
    assert not [problem for problem in look(root)[1] if problem.is_error]


def test_a_file_that_a_form_began_is_tidied(root: Path) -> None:
    new = root / "clients/old-mill.yml"
    new.write_text("facts:\n  contract_value: '1200'\nname: No\n", "utf-8")
    assert typed("clients/old-mill.yml --onto HEAD") == (
        0,
        [
            "clients/old-mill.yml was not there yet at HEAD, so it is only put in order.",
            "clients/old-mill.yml is tidied.",
        ],
    )
    assert new.read_text("utf-8") == 'name: "No"\nfacts:\n  contract_value: "1200"\n'


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("--onto HEAD", 2, "Error: --onto takes the files that a form wrote; name them"),
        (f"{WELCOME} --onto ''", 1, 'Error: "" is no commit that we come from; name a branch'),
        (f"{WELCOME} --onto nowhere", 1, 'Error: "nowhere" is no commit that we come from; name a'),
        (f"{WELCOME} --onto=--help", 1, 'Error: "--help" is no commit that we come from; name a'),
        ("nothing.yml", 2, "Error: Invalid value for '[FILE]...': File 'nothing.yml' does not"),
    ],
)
def test_what_is_refused(root: Path, line: str, code: int, said: str) -> None:
    told = typed(line)
    assert (told[0], said in "\n".join(told[1])) == (code, True), told
    assert root.is_dir()
