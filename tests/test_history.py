"""What git knows of a folder: the commit that is built, and when each file last changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gitted import commit, git
from sopwith.history import (
    UNCOMMITTED,
    Commit,
    GitFailed,
    OldFile,
    Past,
    UnknownRevision,
    commit_name,
    is_whole,
    past_files,
    read_history,
)

FIRST, SECOND, THIRD = (f"2026-{month}-03T10:00:00+00:00" for month in ("09", "10", "11"))
DAYS = {FIRST: date(2026, 9, 3), SECOND: date(2026, 10, 3), THIRD: date(2026, 11, 3)}


def write(root: Path, *names: str) -> None:
    """Change these files so that they differ from before."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{path.read_text() if path.exists() else ''}more\n")


def test_last_change_of_each_file(tmp_path: Path) -> None:
    write(tmp_path, "a.yml", "sops/b.yml")
    first = commit(tmp_path, when=FIRST)
    write(tmp_path, "a.yml")
    second = commit(tmp_path, when=SECOND)
    history = read_history(tmp_path)
    assert history.commit == second[:10]
    assert history.last_change("a.yml") == Commit(second[:10], DAYS[SECOND])
    assert history.last_change("sops/b.yml") == Commit(first[:10], DAYS[FIRST])
    assert history.last_change("nowhere.yml") is None


def test_up_to_a_revision(tmp_path: Path) -> None:
    write(tmp_path, "a.yml")
    first = commit(tmp_path, when=FIRST)
    git(tmp_path, "tag", "-a", "-m", "Edition", "edition-1")
    write(tmp_path, "a.yml", "b.yml")
    commit(tmp_path, when=SECOND)
    for revision in (first, first[:8], "HEAD~1", "edition-1"):
        history = read_history(tmp_path, revision)
        assert history.commit == first[:10]
        assert history.last_change("a.yml") == Commit(first[:10], DAYS[FIRST])
        assert history.last_change("b.yml") is None


STRANGE = ["nope", "-h", "--all", "HEAD:a.yml", "HEAD~9", "0" * 40, "a b", "HEAD\n", "🙂", ";ls"]


@pytest.mark.parametrize("revision", STRANGE)
def test_unknown_revision(revision: str, tmp_path: Path) -> None:
    write(tmp_path, "a.yml")
    commit(tmp_path)
    assert commit_name(tmp_path, revision) is None
    with pytest.raises(UnknownRevision):
        read_history(tmp_path, revision)


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.yml")
    assert read_history(tmp_path).commit == UNCOMMITTED
    git(tmp_path, "init", "--quiet")  # a repository, and no commit in it
    assert read_history(tmp_path).last_change("a.yml") is None
    commit(tmp_path)
    monkeypatch.setenv("PATH", "")  # no program of that name
    assert read_history(tmp_path).commit == UNCOMMITTED
    with pytest.raises(UnknownRevision):
        read_history(tmp_path, "HEAD")


def test_a_file_that_moved(tmp_path: Path) -> None:
    write(tmp_path, "sops/win/a.yml", "sops/win/b.yml")
    commit(tmp_path, when=FIRST)
    (tmp_path / "sops/agree").mkdir()
    (tmp_path / "sops/win/a.yml").rename(tmp_path / "sops/agree/a.yml")
    moved = commit(tmp_path, when=SECOND)
    history = read_history(tmp_path)
    assert history.last_change("sops/agree/a.yml") == Commit(moved[:10], DAYS[SECOND])


NAMES = [
    "Łódź/ü.yml",
    "with space.yml",
    'quo"te.yml',
    "tab\tname.yml",
    "new\nline.yml",
    "-dash.yml",
]


def test_names_of_all_kinds(tmp_path: Path) -> None:
    write(tmp_path, *NAMES)
    name = commit(tmp_path)[:10]
    history = read_history(tmp_path)
    assert {found for found in NAMES if history.last_change(found)} == set(NAMES)
    assert {change.name for change in history.changes.values()} == {name}


def test_a_root_inside_its_repository(tmp_path: Path) -> None:
    write(tmp_path, "readme", "firm/company.yml", "firm/sops/a.yml")
    first = commit(tmp_path, when=FIRST)
    write(tmp_path, "readme")
    head = commit(tmp_path, when=SECOND)
    history = read_history(tmp_path / "firm")
    assert history.commit == head[:10]
    assert dict(history.changes) == {
        name: Commit(first[:10], DAYS[FIRST]) for name in ("company.yml", "sops/a.yml")
    }


def test_merged_branches(tmp_path: Path) -> None:
    write(tmp_path, "a.yml", "b.yml")
    commit(tmp_path, when=FIRST)
    git(tmp_path, "checkout", "--quiet", "-b", "side")
    write(tmp_path, "b.yml")
    side = commit(tmp_path, when=SECOND)
    git(tmp_path, "checkout", "--quiet", "main")
    write(tmp_path, "a.yml")
    commit(tmp_path, when=SECOND)
    git(tmp_path, "merge", "--quiet", "--no-ff", "-m", "Merge", "side", when=THIRD)
    assert read_history(tmp_path).last_change("b.yml") == Commit(side[:10], DAYS[SECOND])


@pytest.mark.parametrize("clock", ["23:30:00-06:00", "23:30:00+14:00", "00:10:00Z"])
def test_the_day_is_the_committers(clock: str, tmp_path: Path) -> None:
    write(tmp_path, "a.yml")
    commit(tmp_path, when=f"2026-11-18T{clock}")
    change = read_history(tmp_path).last_change("a.yml")
    assert change
    assert change.day == date(2026, 11, 18)


def test_nobodys_settings_matter(tmp_path: Path) -> None:
    write(tmp_path, "Łódź.yml")
    name = commit(tmp_path)[:10]
    for key, value in (
        ("log.showSignature", "true"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
        ("core.abbrev", "4"),
        ("diff.noprefix", "true"),
        ("log.date", "relative"),
    ):
        git(tmp_path, "config", key, value)
    history = read_history(tmp_path)
    assert history.commit == name
    assert history.last_change("Łódź.yml") == Commit(name, date(2026, 11, 18))


# What keeps git from telling --------------------------------------------------------------------


def test_a_shallow_clone_knows_no_last_change_before_it_begins(tmp_path: Path) -> None:
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    origin.mkdir()
    write(origin, "a.yml", "b.yml")
    commit(origin, when=FIRST)
    write(origin, "a.yml")
    commit(origin, when=SECOND)
    write(origin, "b.yml")
    last = commit(origin, when=THIRD)
    git(tmp_path, "clone", "--quiet", "--depth", "2", f"file://{origin}", str(clone))
    history = read_history(clone)
    assert history.last_change("a.yml") is None
    assert history.last_change("b.yml") == Commit(last[:10], DAYS[THIRD])
    assert not is_whole(clone)
    assert is_whole(origin)


def test_a_history_that_cannot_be_read_is_not_an_empty_one(tmp_path: Path) -> None:
    write(tmp_path, "a.yml")
    name = commit(tmp_path)
    (tmp_path / ".git/objects" / name[:2] / name[2:]).unlink()
    with pytest.raises(GitFailed, match=name):
        read_history(tmp_path)
    (tmp_path / ".git/HEAD").write_text("")
    with pytest.raises(GitFailed, match="not a git repository"):
        read_history(tmp_path)


def test_old_files_are_read_by_one_name_wherever_they_lay(tmp_path: Path) -> None:
    write(tmp_path, "firm/sops/a/x.yml", "firm/sops/a/xx.yml", "sops/x.yml")
    first = commit(tmp_path, when=FIRST)
    (tmp_path / "firm/sops/ü b").mkdir()
    (tmp_path / "firm/sops/a/x.yml").rename(tmp_path / "firm/sops/ü b/x.yml")
    write(tmp_path, "firm/sops/ü b/x.yml")
    second = commit(tmp_path, when=SECOND)
    past = past_files(tmp_path / "firm", "", "sops", ["x"])
    assert past == Past(
        {
            "x": (
                OldFile(second[:10], "sops/ü b/x.yml", b"more\nmore\n"),
                OldFile(first[:10], "sops/a/x.yml", b"more\n"),
            )
        },
        whole=True,
    )
    assert past_files(tmp_path / "firm", first, "sops", ["y"]) == Past({}, whole=True)


def test_no_old_files_without_a_repository(tmp_path: Path) -> None:
    assert past_files(tmp_path, "", "sops", ["x"]) is None
    git(tmp_path, "init", "--quiet")
    assert past_files(tmp_path, "", "sops", ["x"]) is None
    assert not is_whole(tmp_path)
