"""Reading a root: what is found, what is refused, and that nothing a file holds can break it."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laid import TESTS, lay, line, look
from sopwith.problem import Place, Route
from sopwith.read import read

BASE = TESTS / "base"
FILES = {path.relative_to(BASE).as_posix(): path for path in sorted(BASE.rglob("*.yml"))}


def told(root: Path) -> list[str]:
    return [line(problem) for problem in look(root)[1]]


def test_base_is_valid(tmp_path: Path) -> None:
    reading, problems, _ = look(lay(tmp_path, {}))
    assert problems == ()
    assert reading.files == len(FILES)
    assert sum(len(path.read_text("utf-8").splitlines()) for path in FILES.values()) < 120


LINK = "symbolic-link: symbolic links are not followed here: what they lead to could be anything"


@pytest.mark.parametrize(
    "link", ["company.yml", "emails", "emails/hello.yml", "sops/onboard", "pages/why.md"]
)
def test_links_are_refused(link: str, tmp_path: Path) -> None:
    root, away = lay(tmp_path / "root", {}), tmp_path / "away"
    path = root / link
    path.parent.mkdir(exist_ok=True)
    away.mkdir()
    if path.exists():
        path.rename(away / "it")
    path.symlink_to(away / "it")
    # What else is said follows from what the links hide; nothing of it was read.
    assert f"{link}:1:1: {LINK}" in told(root)


def test_link_to_nothing_is_refused_once(tmp_path: Path) -> None:
    (lay(tmp_path, {}) / "emails/away.yml").symlink_to("/nowhere")
    assert told(tmp_path) == [f"emails/away.yml:1:1: {LINK}"]


def test_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Path.open

    def refuse(path: Path, mode: str) -> IO[Any]:
        if path.name == "birch.yml":
            raise PermissionError(13, "Permission denied")
        return plain(path, mode)

    lay(tmp_path, {})
    monkeypatch.setattr(Path, "open", refuse)
    says = "clients/birch.yml:1:1: unreadable-file: this file cannot be opened: Permission denied"
    assert told(tmp_path) == [says]


def test_folders_that_look_like_files(tmp_path: Path) -> None:
    lay(tmp_path, {})
    (tmp_path / "emails/folder.yml").mkdir()
    (tmp_path / "clients/birch.yml").rename(tmp_path / "birch")
    (tmp_path / "observations/2026-11-17-long-form.yml").unlink()
    (tmp_path / "company.yml").rename(tmp_path / "kept")
    (tmp_path / "company.yml").mkdir()
    assert told(tmp_path) == ["company.yml:1:1: no-company: there is no company.yml here"]


def test_clients_may_live_elsewhere(tmp_path: Path) -> None:
    root, private = lay(tmp_path / "root", {}), tmp_path / "private"
    for folder in ("clients", "observations"):
        shutil.move(root / folder, private / folder)
    assert read(root).library != (library := read(root, private).library)
    assert library
    assert {*library.clients} == {"birch"}
    company = root / "company.yml"
    company.write_text(company.read_text("utf-8") + "private: ../private\n", "utf-8")
    (private / "clients/Birch 2.yml").write_text("name: Birch\n", "utf-8")
    reading, problems, _ = look(root)
    assert reading.library
    assert {*reading.library.clients} == {"birch"}
    assert [problem.place for problem in problems] == [Place("../private/clients/Birch 2.yml")]


def test_a_page(tmp_path: Path) -> None:
    lay(tmp_path, {"files": {"pages/how-we-work.md": "\ufeff# How we work\r\n\r\nWe ask first.\n"}})
    library = read(tmp_path).library
    assert library
    page = library.pages["how-we-work"]
    assert (page.title, page.body) == ("How we work", "We ask first.")


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"# Caf\xe9\n", "1:6: not-utf8"),
        ("# Où\n\nà ".encode() + b"\xff", "3:3: not-utf8"),
        (b"# Large\n" + b"x" * 2_000_000, "1:1: file-too-large"),
        (b"# Hidden\n\nIt\x07 rings\n", "3:3: odd-character"),
    ],
)
def test_a_page_that_is_no_text(raw: bytes, place: str, tmp_path: Path) -> None:
    (lay(tmp_path, {}) / "pages").mkdir()
    (tmp_path / "pages/cafe.md").write_bytes(raw)
    (found,) = look(tmp_path)[1]
    assert f"{found.place}: {found.code}" == f"pages/cafe.md:{place}"


# --- whatever stands under a key ---

ODD = [
    "",
    " ",
    "no",
    "~",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "a/b",
    "²",
    "{{ x }}",
    "\u2028",
]
TEXTS = st.sampled_from(ODD) | st.text(max_size=20)
VALUES = st.recursive(
    TEXTS | st.booleans() | st.none() | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)


def routes(value: Any, at: Route = ()) -> Iterator[Route]:
    """Every part of a file but the whole."""
    parts = value.items() if isinstance(value, dict) else ()
    for key, inner in enumerate(value) if isinstance(value, list) else parts:
        yield (*at, key)
        yield from routes(inner, (*at, key))


DATA = {name: yaml.safe_load(path.read_text("utf-8")) for name, path in FILES.items()}
PARTS = [(name, route) for name, data in DATA.items() for route in routes(data)]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("root"), {})


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(part=st.sampled_from(PARTS), value=VALUES)
def test_anything_under_any_key_is_a_problem_or_fine(
    root: Path, part: tuple[str, Route], value: Any
) -> None:
    name, route = part
    whole = yaml.safe_load(FILES[name].read_text("utf-8"))
    holder = whole
    for step in route[:-1]:
        holder = holder[step]
    holder[route[-1]] = value
    path = root / name
    path.write_text(yaml.safe_dump(whole, allow_unicode=True), "utf-8", newline="")
    try:
        _, problems, plans = look(root)
        for problem in problems:
            assert problem.message
            assert problem.place
            assert inside(root, problem.place)
        assert plans is None or plans.all() is not None
    finally:
        shutil.copy(FILES[name], path)


def inside(root: Path, place: Place) -> bool:
    """Whether a place lies inside its file, as an editor counts."""
    text = (root / place.path).read_text("utf-8")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return place.line <= len(lines) and 1 <= place.column <= len(lines[place.line - 1]) + 1


@pytest.mark.parametrize("today", [date.min, date(2026, 11, 20), date.max])
def test_any_day_may_be_today(today: date, tmp_path: Path) -> None:
    _, problems, plans = look(lay(tmp_path, {}), today)
    assert {problem.code for problem in problems} <= {"date-out-of-reach", "not-yet-happened"}
    assert plans


def test_order_on_disk_does_not_matter(tmp_path: Path) -> None:
    """The same files, made in another order, are the same library."""
    names = [*FILES, *(f"emails/hello-{n}.yml" for n in range(5))]
    found = []
    for seed in (1, 2):
        root = tmp_path / str(seed)
        for name in random.Random(seed).sample(names, len(names)):  # noqa: S311  no secret
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(FILES.get(name, FILES["emails/hello.yml"]), root / name)
        library = read(root).library
        assert library
        found.append([*library.emails])
    assert found[0] == found[1] == sorted(found[0])


def test_folder_that_cannot_be_looked_into_is_not_taken_for_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay(tmp_path, {})
    monkeypatch.setattr("os.access", lambda path, _: Path(path).name != "emails")
    assert "emails:1:1: unreadable-file: this is no folder that can be looked into" in told(root)


def test_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    root = lay(tmp_path, {})
    shutil.rmtree(root / "emails")
    (root / "emails").write_text("a file", "utf-8")
    assert "emails:1:1: unreadable-file: this is no folder that can be looked into" in told(root)


def test_what_lies_where_nothing_private_is_looked_for_is_told(tmp_path: Path) -> None:
    root = lay(tmp_path / "root", {})
    shutil.copytree(root / "clients", tmp_path / "private/clients")
    company = root / "company.yml"
    company.write_text(company.read_text("utf-8") + "private: ../private\n", "utf-8")
    says = "stray-file (warning): nothing reads this folder: what is private is in"
    assert told(root) == [
        f"clients:1:1: {says} ../private/clients",
        f"observations:1:1: {says} ../private/observations",
    ]


@pytest.mark.skipif(len(os.sched_getaffinity(0)) == 1, reason="there is one processor only")
def test_many_hands_read_as_one_does(tmp_path: Path) -> None:
    """In a process of its own: the test runner has threads."""
    files = {
        "sops/onboard/welcome.yml": b"title: [",
        "emails/Hello There.yml": b"subject: Hello\n",
        "clients/willow.yml": b"name: Willow\nengagement: Website\n",
        "clients/willow.yaml": b"",
    }
    code = """
import sys
from pathlib import Path
from sopwith import hands, read
from sopwith.read import files

def told(many):
    files._MANY = many
    reading = read.read(Path(sys.argv[1]))
    texts = {path: source.text for path, source in reading.sources.items()}
    library = reading.library
    made = [getattr(library, kind.folder) for kind in read.KINDS]
    return made, library.unread, reading.problems, texts, reading.files

assert told(0) == told(10**6)
"""
    root = lay(tmp_path, {})
    for name, raw in files.items():
        (root / name).write_bytes(raw)
    subprocess.run([sys.executable, "-c", code, str(root)], check=True)  # no shell
