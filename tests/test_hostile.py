"""The mistakes and attacks of a bad day: one problem each, where the fault is, and no exception."""

from __future__ import annotations

from pathlib import Path

import pytest

from laid import TESTS, lay, look

SOP, CLIENT, EMAIL = "sops/onboard/welcome.yml", "clients/birch.yml", "emails/hello.yml"
STEPS = (
    b"    steps:\n"
    + (TESTS / "base" / SOP).read_bytes().split(b"    steps:\n")[1].split(b"changes:")[0]
)
BOMB = b"a: &a [x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: &d [*c, *c, *c]\ne: [*d, *d, *d]\n"

# What a file's words become (None: the whole file), and the one problem that follows.
HOSTILE = [
    ("tab", SOP, b"    steps:\n", b"\tsteps:\n", "12:1: tabs"),
    ("quote", SOP, b'version: "1.0"\nst', b'version: "1.0\nst', "2:10: unclosed-quote"),
    ("duplicate-key", SOP, b"owner:", b"title: Again\nowner:", "4:1: duplicate-key"),
    ("stesp", SOP, b"    steps:", b"    stesp:", "12:5: unknown-key"),
    ("role", SOP, b"role: project-manager", b"role: projet-manager", "29:15: unknown-role"),
    ("steps", SOP, STEPS, b"    steps: none\n", "12:12: wrong-type"),
    ("status-no", SOP, b"status: active", b"status: no", "3:9: unknown-value"),
    ("no-day", CLIENT, b"kickoff: 2026-11-30", b"kickoff: 2026-02-30", "7:12: wrong-form"),
    ("step-twice", SOP, b"- id: call", b"- id: greet", "27:13: duplicate-step"),
    ("alias-bomb", CLIENT, None, BOMB, "1:4: no-aliases"),
    ("brackets", CLIENT, None, b"name: " + b"[" * 100_000, "1:56: too-deep"),
    ("too-large", CLIENT, None, b"name: " + b"x" * 5_000_000, "1:1: file-too-large"),
    ("latin-1", CLIENT, b"Birch Bakery", "Bäckerei".encode("latin-1"), "1:8: not-utf8"),
    ("empty", CLIENT, None, b"", "1:1: empty-file"),
    ("list", CLIENT, None, b"- name: Birch Bakery\n", "1:1: not-a-map"),
    ("circle", SOP, b"tools: [crm]", b"wait_for: [call]", "32:20: wait-circle"),
    ("channel", SOP, b"Hold the kickoff call", b"Post in #general", "28:24: comment-in-text"),
    ("first-name", EMAIL, b"contact.first_name", b"contact.frist_name", "8:17: unknown-name"),
    ("globals", EMAIL, b"contact.first_name", b"cycler.__init__.__globals__", "8:9: unknown-name"),
    ("long", EMAIL, b"contact.first_name", b"'a' * 200000000", "8:9: bad-template"),
    (
        "due",
        SOP,
        b"due: on kickoff",
        b"due: 3 bussiness days after kickof",
        "31:16: bad-due",
    ),
]  # fmt: skip  # a table


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"), [h[1:] for h in HOSTILE], ids=[h[0] for h in HOSTILE]
)
def test_one_problem(
    path: str, old: bytes | None, new: bytes, expected: str, tmp_path: Path
) -> None:
    lay(tmp_path, {})
    file = tmp_path / path
    text = file.read_bytes()
    assert old is None or text.count(old) == 1
    file.write_bytes(text.replace(old, new) if old else new)
    _, problems, _ = look(tmp_path)
    assert [f"{p.place}: {p.code}" for p in problems if p.is_error] == [f"{path}:{expected}"]
    assert len(problems) == 1


def test_file_name_with_a_space(tmp_path: Path) -> None:
    # The observation that speaks of the client is no second problem: its file is there, misnamed.
    lay(
        tmp_path,
        {
            "changes": {
                "observations/2026-11-17-long-form.yml": {"client: birch": "client: birch-bakery"}
            }
        },
    )
    (tmp_path / CLIENT).rename(tmp_path / "clients/birch bakery.yml")
    _, problems, _ = look(tmp_path)
    assert [f"{p.place}: {p.code}" for p in problems] == [
        "clients/birch bakery.yml:1:1: bad-file-name"
    ]


def test_version_unquoted(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "changes": {
                SOP: {
                    'version: "1.0"\nstatus': "version: 1.20\nstatus",
                    '{version: "1.0"': "{version: 1.20",
                },
                "observations/2026-11-17-long-form.yml": {'version: "1.0"': "version: 1.20"},
            }
        },
    )
    reading, problems, _ = look(tmp_path)
    assert not problems
    assert reading.library
    assert str(reading.library.sops["welcome"].version) == "1.20"
