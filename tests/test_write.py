"""Nothing half-written, nothing of somebody else's lost: also where we are killed in the middle."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laid import TESTS
from sopwith.outputs.page import Page
from sopwith.write import Busy, Staging, Unsafe, recover, staging

Files = dict[str, str]


def put(root: Path, targets: Mapping[str, Files]) -> None:
    """Build these targets, and only these."""
    with staging(root) as stage:
        stage_all(stage, targets)


def stage_all(stage: Staging, targets: Mapping[str, Files]) -> None:
    for target, files in targets.items():
        stage.add(target, [Page(path, text.encode()) for path, text in files.items()])


def built(root: Path) -> Files:
    """Every file below build/ but our own manifest."""
    build = root / "build"
    return {
        path.relative_to(build).as_posix(): path.read_text("utf-8")
        for path in sorted(build.rglob("*"))
        if path.is_file() and path.name != ".manifest.json"
    }


def leftovers(root: Path) -> set[str]:
    """What stands in the root beside what was built and the lock."""
    return {path.name for path in root.iterdir()} - {"build", ".build.lock"}


def generation(number: int, folders: int = 2, files: int = 2) -> dict[str, Files]:
    """Targets that can be told from those of another number, by their bytes and by their names."""
    made = {
        f"clients/{letter}": {
            f"clients/{letter}/{name}.txt": str(number)
            for name in [*(f"deep/{i}" for i in range(files)), f"only-{number}"]
        }
        for letter in "abcdefgh"[:folders]
    }
    return {**made, "settings.yml": {"settings.yml": str(number)}}


def whole(root: Path) -> dict[str, str]:
    """The generation that each target is of; fails where a target is of two."""
    found: dict[str, str] = {}
    files = built(root)
    for target in {name.rpartition("/deep/")[0] or name for name in files if "only" not in name}:
        numbers = {text for name, text in files.items() if name.startswith(target)}
        assert len(numbers) == 1, f"{target} is half old, half new: {files}"
        found[target] = numbers.pop()
        names = {name for name in files if name.startswith(target)}
        assert names == {
            name
            for made in generation(int(found[target])).values()
            for name in made
            if name.startswith(target)
        }
    return found


def test_puts_and_takes_away(tmp_path: Path) -> None:
    put(tmp_path, {"a": {"a/1": "x", "a/deep/2": "y"}, "m.yml": {"m.yml": "z"}})
    put(tmp_path, {"a": {"a/1": "new"}})
    assert built(tmp_path) == {"a/1": "new", "m.yml": "z"}
    assert not leftovers(tmp_path)


def test_drops_others(tmp_path: Path) -> None:
    put(tmp_path, {"clients/a": {"clients/a/1": "x"}, "clients/b": {"clients/b/1": "x"}})
    (tmp_path / "build/clients/c").mkdir()
    (tmp_path / "build/clients/c/theirs").write_text("kept")
    (tmp_path / "build/clients/b/theirs").write_text("kept")
    with staging(tmp_path) as stage:
        stage_all(stage, {"clients/a": {"clients/a/1": "y"}})
        stage.drop_others("clients")
    assert built(tmp_path) == {
        "clients/a/1": "y",
        "clients/b/theirs": "kept",
        "clients/c/theirs": "kept",
    }
    assert "clients/b" not in json.loads((tmp_path / "build/.manifest.json").read_text())


def test_keeps_what_is_not_ours(tmp_path: Path) -> None:
    put(tmp_path, {"a": {"a/1": "x", "a/deep/2": "y"}})
    notes = tmp_path / "build/a/deep/notes.txt"
    notes.write_text("theirs")
    notes.chmod(0o600)
    os.utime(notes, (1e9, 1e9))
    (tmp_path / "build/a/link").symlink_to("nowhere")
    (tmp_path / "build/beside").write_text("theirs")
    put(tmp_path, {"a": {"a/1": "new"}})
    put(tmp_path, {"a": {"a/1": "newer"}})
    assert built(tmp_path) == {"a/1": "newer", "a/deep/notes.txt": "theirs", "beside": "theirs"}
    assert (notes.stat().st_mtime, notes.stat().st_mode & 0o777) == (1e9, 0o600)
    assert (tmp_path / "build/a/link").readlink() == Path("nowhere")


def test_unchanged_files_keep_their_time(tmp_path: Path) -> None:
    put(tmp_path, {"a": {"a/same": "x", "a/other": "x"}, "m": {"m": "x"}})
    for path in (tmp_path / "build").rglob("*"):
        os.utime(path, (1e9, 1e9))
    with staging(tmp_path) as stage:
        stage_all(stage, {"a": {"a/same": "x", "a/other": "y"}})
        (stage.folder / "m").write_text("x")
        stage.adopt("m")
    stamps = {
        name: (tmp_path / "build" / name).stat().st_mtime == 1e9 for name in ("a/same", "a/other")
    }
    assert stamps == {"a/same": True, "a/other": False}


def test_adopts_what_an_engine_made(tmp_path: Path) -> None:
    for made in ("1", "2"):
        with staging(tmp_path) as stage:
            page = stage.folder / f"site/deep/{made}.html"
            page.parent.mkdir(parents=True)
            page.write_text(made)
            (stage.folder / "site/same.html").write_text("same")
            stage.adopt("site")
        if made == "1":
            os.utime(tmp_path / "build/site/same.html", (1e9, 1e9))
            (tmp_path / "build/site/theirs").write_text("theirs")
    assert built(tmp_path) == {
        "site/deep/2.html": "2",
        "site/same.html": "same",
        "site/theirs": "theirs",
    }
    assert (tmp_path / "build/site/same.html").stat().st_mtime == 1e9


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit])
def test_leaves_all_as_it_was(error: type[BaseException], tmp_path: Path) -> None:
    put(tmp_path, generation(1))

    def interrupted() -> None:
        with staging(tmp_path) as stage:
            stage_all(stage, generation(2))
            raise error

    with pytest.raises(error):
        interrupted()
    assert set(whole(tmp_path).values()) == {"1"}
    assert not leftovers(tmp_path)


def test_interrupted_while_staging(tmp_path: Path) -> None:
    def pages() -> Iterator[Page]:
        yield Page("more/1", b"half")
        raise KeyboardInterrupt

    put(tmp_path, generation(1))
    with pytest.raises(KeyboardInterrupt), staging(tmp_path) as stage:
        stage.add("more", pages())
    assert set(whole(tmp_path).values()) == {"1"}
    assert not leftovers(tmp_path)


def test_one_at_a_time(tmp_path: Path) -> None:
    put(tmp_path, generation(1))
    with staging(tmp_path) as stage:
        stage_all(stage, generation(2))
        with pytest.raises(Busy, match="another command"):
            put(tmp_path, generation(3))
        recover(tmp_path)
    assert set(whole(tmp_path).values()) == {"2"}
    put(tmp_path, generation(4))
    assert set(whole(tmp_path).values()) == {"4"}


# Cut short ------------------------------------------------------------------------------------

CHANGES = ("replace", "rename", "unlink", "rmdir", "mkdir", "link", "open", "fsync")


class Cut(BaseException):
    """What a kill looks like from inside: nothing after it runs."""


def test_cut_at_every_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Die at the first change of the file system, then at the second, and so on to the last."""
    at, done = 0, False
    while not done:
        at += 1
        root = tmp_path / str(at)
        root.mkdir()
        put(root, generation(1))
        with monkeypatch.context() as patch:
            _cut_at(at, patch)
            try:
                put(root, generation(2))
                done = True
            except Cut:
                pass
        with monkeypatch.context() as patch:  # and once more, in the middle of mending
            _cut_at(at % 7 + 1, patch)
            with suppress(Cut):
                recover(root)
        recover(root)
        assert len(set(whole(root).values())) == 1
        assert not leftovers(root)
        put(root, generation(3))
        assert set(whole(root).values()) == {"3"}
    assert at > 40


def _cut_at(step: int, patch: pytest.MonkeyPatch) -> None:
    left = step

    def cutting(real: Callable[..., object]) -> Callable[..., object]:
        def change(*args: object, **named: object) -> object:
            nonlocal left
            left -= 1
            if left <= 0:
                raise Cut
            return real(*args, **named)

        return change

    for name in CHANGES:
        patch.setattr(os, name, cutting(getattr(os, name)))


LOOP = """
import sys, time
from pathlib import Path
sys.path[:0] = [{tests!r}]
from sopwith.outputs.page import Page
from sopwith.write import staging
from test_write import generation, stage_all

number = int(sys.argv[2])
while True:
    with staging(Path(sys.argv[1])) as stage:
        stage_all(stage, generation(number, 8, 12))
    print(number, flush=True)
    number += 1
"""


def test_killed(tmp_path: Path) -> None:
    """`kill -9` at random moments; the next command finds folders of one generation each."""
    chance = random.Random(20261120)  # noqa: S311  # no secret: the moments are to vary, that is all
    number = 0
    for _ in range(6):
        code = LOOP.format(tests=str(TESTS))
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path), str(number)], stdout=subprocess.PIPE
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
        process.wait()
        process.stdout.close()
        recover(tmp_path)
        found = {text for name, text in built(tmp_path).items()}
        assert len(found) == 1, found
        number = max(number, int((rest.split() or [b"0"])[-1])) + 2
        assert not leftovers(tmp_path)
        assert len(built(tmp_path)) == 8 * 13 + 1


def test_engine_that_outlives_us(tmp_path: Path) -> None:
    """What a killed command's site engine goes on to write reaches nothing that we make."""
    put(tmp_path, generation(1))
    orphaned = tmp_path / ".build.new.orphan"
    orphaned.mkdir()
    with staging(tmp_path) as stage:
        (orphaned / "site").mkdir(parents=True)
        (orphaned / "site/stale.html").write_text("stale")
        (stage.folder / "site").mkdir()
        stage.adopt("site")
    assert not any("stale" in name for name in built(tmp_path))
    recover(tmp_path)
    assert not leftovers(tmp_path)


# Rubbish and traps ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "journal",
    [
        b"",
        b"\xff\x00",
        b"[]",
        b"7",
        b'{"from": 7, "swaps": {}}',
        b'{"from": ".build.new.x", "swaps": [["a", true]]}',
        b'{"from": ".", "swaps": {"sops": true}}',
        b'{"from": ".build.new.gone", "swaps": {"clients/a": true, "clients/b": false}}',
        b'{"from": ".build.new.x", "swaps": {"../sops": false, "../../beside": false}}',
        b'{"from": ".build.new.x/../sops", "swaps": {"clients/a": true}}',
        b'{"from": ".build.new.x", "swaps": {"": false, "..": false, "/etc/hostname": false}}',
    ],
)
def test_journal_that_is_rubbish(journal: bytes, tmp_path: Path) -> None:
    root, beside = tmp_path / "root", tmp_path / "beside"
    for path in (root / "sops/a.yml", root / ".build.new.x/clients/a/half", beside / "theirs"):
        path.parent.mkdir(parents=True)
        path.write_text("kept")
    put(root, generation(1))
    (root / ".build.new.x").mkdir()
    (root / ".build.swap").write_bytes(journal)
    recover(root)
    assert set(whole(root).values()) == {"1"}
    assert leftovers(root) == {"sops"}
    assert (root / "sops/a.yml").exists()
    assert (beside / "theirs").exists()


@pytest.mark.parametrize("manifest", [b"", b"[]", b"7", b'{"a": 7}', b"\xff"])
def test_manifest_that_is_rubbish(manifest: bytes, tmp_path: Path) -> None:
    put(tmp_path, generation(1))
    (tmp_path / "build/.manifest.json").write_bytes(manifest)
    with pytest.raises(Unsafe, match=r"remove .*build and build again"):
        put(tmp_path, generation(2))
    assert set(whole(tmp_path).values()) == {"1"}
    assert not leftovers(tmp_path)


@pytest.mark.parametrize("name", ["build", "build/clients"])
def test_link_that_leads_out(name: str, tmp_path: Path) -> None:
    root, beside = tmp_path / "root", tmp_path / "beside"
    (beside / "a").mkdir(parents=True)
    (beside / "a/theirs").write_text("kept")
    (root / name).parent.mkdir(parents=True)
    (root / name).symlink_to(beside)
    with pytest.raises(Unsafe, match="leads out"):
        put(root, generation(1))
    (root / ".build.new.x").mkdir()
    (root / ".build.swap").write_text('{"from": ".build.new.x", "swaps": {"clients/a": false}}')
    recover(root)
    assert (beside / "a/theirs").read_text() == "kept"
    assert [path.name for path in beside.iterdir()] == ["a"]


def test_lock_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("kept")
    (tmp_path / ".build.lock").symlink_to("theirs")
    with pytest.raises(OSError, match=r"\.build\.lock"):
        put(tmp_path, generation(1))
    assert (tmp_path / "theirs").read_text() == "kept"


def test_link_in_the_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build/a").symlink_to("nowhere")
    put(tmp_path, {"a": {"a/1": "x"}})
    assert built(tmp_path) == {"a/1": "x"}
    assert not leftovers(tmp_path)


def test_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    put(tmp_path, {"a": {"a/1": "x"}})
    (tmp_path / "build/clients").write_text("theirs")
    with pytest.raises(FileExistsError):
        put(tmp_path, {"a": {"a/1": "y"}, "clients/b": {"clients/b/1": "y"}})
    assert built(tmp_path) == {"a/1": "x", "clients": "theirs"}
    assert not leftovers(tmp_path)


# Any sequence of builds -----------------------------------------------------------------------

NAMES = st.sampled_from(["1", "2", "deep/1", "deep/er/1"])
FOLDER = st.dictionaries(NAMES, st.sampled_from(["", "x", "y"]))
BUILDS = st.dictionaries(st.sampled_from(["a", "b", "clients/c"]), FOLDER, max_size=3)


@settings(max_examples=40)
@given(st.lists(BUILDS, max_size=5), st.dictionaries(NAMES, st.just("theirs")))
def test_what_was_built_last_is_there(builds: list[dict[str, Files]], foreign: Files) -> None:
    with TemporaryDirectory() as folder:
        check_builds(Path(folder), builds, foreign)


def check_builds(root: Path, builds: list[dict[str, Files]], foreign: Files) -> None:
    expected: dict[str, Files] = {}
    for name, text in foreign.items():
        path = root / "build/a" / f"{name}.theirs"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for targets in builds:
        made = {
            target: {f"{target}/{name}": text for name, text in files.items()}
            for target, files in targets.items()
        }
        put(root, made)
        expected |= made
    kept = {f"a/{name}.theirs": text for name, text in foreign.items()}
    found = built(root) if (root / "build").exists() else {}
    assert found == {**kept, **{n: t for files in expected.values() for n, t in files.items()}}
    assert not leftovers(root)
