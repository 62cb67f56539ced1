"""The commands as people type them: right, wrong, hostile; never a traceback."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from gitted import content, lay_content
from laid import lay
from sopwith import making, report, serve
from sopwith.cli import main
from sopwith.write import staging

SOP, CLIENT, EMAIL = "sops/onboard/welcome.yml", "clients/birch.yml", "emails/hello.yml"
TODAY = ("--today", "2026-11-20")
ROLE = {SOP: {"role: project-manager": "role: projet-manager"}}
NO_KICKOFF = {CLIENT: {"kickoff: 2026-11-30": "delivery-due: 2027-01-29"}}
LATE = {SOP: {", last: 2026-09-30, by: dana": ""}}
PUBLISHED = {"company.yml": {"audience: internal": "audience: internal\npublish: internal"}}
UNKNOWN_ROLE = f"{SOP}:29:15: unknown-role"


def sopwith(*arguments: str) -> Result:
    """Run a command in this process; whatever happens, it ends as a command does."""
    result = CliRunner(env={"COLUMNS": "80"}).invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert "Traceback" not in result.output
    return result


def process(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", "from sopwith.cli import main; main()", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def files(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder with its bytes and its time, but the lock."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file() and path.name != ".build.lock"
    }


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The base library, and in it."""
    monkeypatch.chdir(tmp_path)
    return lay(tmp_path, {})


# What a command says and how it exits ----------------------------------------------------------

NOTHING = "Nothing was written.\n"
RUNS: list[tuple[str, Mapping[str, Mapping[str, str]], int, str, str]] = [
    # what is typed, changes to the library, exit code, in standard output, in standard error
    ("check", {}, 0, "5 files, no problems.\n", ""),
    ("check", ROLE, 1, UNKNOWN_ROLE, ""),
    ("check", NO_KICKOFF, 0, "(warning)", ""),
    ("check", LATE, 0, "5 files, no problems.\n", "1 review is overdue. Which: sopwith remind"),
    ("check --format github", LATE, 0, "", "::notice::1 review is overdue."),
    ("check --today 2026-12-14", {}, 0, "5 files, no problems.\n", ""),
    ("check --today 2026-12-15", {}, 0, "5 files, no problems.\n", "1 review is overdue."),
    ("build --only clients", LATE, 0, "build/clients.\n", ""),
    ("build --only review", LATE, 0, "build/review/2026-Q4.\n1 review is overdue.", ""),
    ("checklist birch", NO_KICKOFF, 0, "checklist.pdf\n", ""),
    ("checklist birch", {}, 0, "build/clients/birch/checklist.pdf\n", ""),
    ("checklist birch birch", {}, 0, "build/clients/birch/checklist.pdf\n", ""),
    ("checklist birch", ROLE, 1, "", UNKNOWN_ROLE),
    ("checklist birsh", {}, 2, "", 'did you mean "birch"?'),
    ("checklist birch.yml", {}, 2, "", 'did you mean "birch"?'),
    ("checklist oak", {}, 2, "", 'no client is called "oak"; known: birch'),
    ("checklist", {}, 2, "", "name a client, or use --person or --firm"),
    ("email hello birch", {}, 0, "To: Priya Shah <priya@birch.example>", ""),
    ("email helo birch", {}, 2, "", 'did you mean "hello"?'),
    ("email hello birsh", {}, 2, "", 'did you mean "birch"?'),
    ("email hello birch", {EMAIL: {"first_name": "frist_name"}}, 1, "", "unknown-name"),
    ("email hello birch", {CLIENT: {"email: priya@birch.example, main": "main"}}, 0, "Priya", ""),
    ("email hello birch", {CLIENT: {"Priya Shah, email": "Priya Shah, title"}}, 0, "Priya", ""),
    ("email hello birch --ask more", {}, 2, "", 'has no "="'),
    ("email hello birch --ask more=x", {}, 2, "", "no prompt of this email"),
    ("review 2026-Q4", {}, 0, "build/review/2026-Q4/report.html\n", ""),
    ("review", {}, 0, "build/review/2026-Q4/report.html\n", ""),
    ("review 1999-Q1", {}, 0, "build/review/1999-Q1/report.html\n", ""),
    ("review 2026-Q5", {}, 2, "", 'did you mean "2026-Q4"?'),
    ("review 2026-Q4", ROLE, 1, "", UNKNOWN_ROLE),
    ("review --audience confidential", {}, 0, "build/review/2026-Q4/report.html\n", ""),
    ("review --audience internal", {}, 2, "", "there is none for the internal edition"),
    (
        "review --audience public",
        {},
        2,
        "",
        "the report names clients and people, so there is none",
    ),
    ("build --only review", {}, 0, "The review is in build/review/2026-Q4.\n", ""),
    ("build --only clients", {}, 0, "The checklist of 1 client is in build/clients.\n", ""),
    ("build --only clients", ROLE, 1, "", UNKNOWN_ROLE),
    ("build --only review --to-publish --audience public", {}, 0, "The review is in", ""),
    ("build --only review --to-publish", PUBLISHED, 0, "The review is in", ""),
    ("build --to-publish", {}, 1, "", "company.yml:3:11: not-publishable: the internal edition"),
    ("build --to-publish", {}, 1, "", "--audience public"),
    ("build --to-publish --audience confidential", PUBLISHED, 1, "", "company.yml:4:10: not-pub"),
    ("build --to-publish", ROLE, 1, "", "not-publishable"),
    ("build --only everything", {}, 2, "", "'everything' is not one of"),
    ("explain unknown-role", {}, 0, "# unknown-role: ", ""),
    ("explain unknown-rol", {}, 2, "", 'did you mean "unknown-role"?'),
    ("chek", {}, 2, "", "No such command 'chek'"),
    ("check --format xml", {}, 2, "", "'xml' is not one of"),
    ("check --audience boss", {}, 2, "", "'boss' is not one of"),
    ("check --root nowhere", {}, 2, "", "'nowhere' does not exist"),
    ("check --private nowhere", {}, 2, "", "'nowhere' does not exist"),
    ("check --today tomorrow", {}, 2, "", '"tomorrow" is no day'),
    ("check --today 2026-02-30", {}, 2, "", '"2026-02-30" is no day'),
    ("check --today 0001-01-01", {}, 2, "", '"0001-01-01" is no day'),
    ("check --commit nope", {}, 2, "", '--commit: "nope" is no commit'),
    ("build --commit nope", {}, 2, "", '--commit: "nope" is no commit'),
    ("checklist birch --commit -x", {}, 2, "", '--commit: "-x" is no commit'),
    ("serve --commit nope", {}, 2, "", '--commit: "nope" is no commit'),
    ("serve --port 70000", {}, 2, "", "70000 is not in the range"),
]


@pytest.mark.parametrize(
    ("typed", "changes", "code", "out", "err"),
    RUNS,
    ids=[f"{number} {run[0]}" for number, run in enumerate(RUNS)],
)
def test_run(
    typed: str,
    changes: Mapping[str, Mapping[str, str]],
    code: int,
    out: str,
    err: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lay(tmp_path, {"changes": changes})
    monkeypatch.chdir(tmp_path)
    before = files(tmp_path)
    dated = () if "--today" in typed or typed.startswith(("explain", "chek")) else TODAY
    result = sopwith(*typed.split(), *dated)
    assert result.exit_code == code, result.output
    assert out in result.stdout
    assert err in result.stderr
    assert bool(result.stdout) is bool(out)
    assert bool(result.stderr) is bool(err)
    if code:
        assert files(tmp_path) == before
        said_nothing_written = not typed.startswith("check ") and typed != "check" and code == 1
        assert result.stderr.endswith(NOTHING) is said_nothing_written


@pytest.mark.parametrize("form", list(report.FORMATS))
def test_formats(form: str, home: Path) -> None:
    lay(home, {"base": False, "changes": ROLE})
    result = sopwith("check", "--format", form, *TODAY)
    assert result.exit_code == 1
    if form == "json":
        told = json.loads(result.stdout)
        assert (told["files"], [p["code"] for p in told["problems"]]) == (5, ["unknown-role"])
        assert (told["problems"][0]["line"], told["problems"][0]["column"]) == (29, 15)
    if form == "github":
        assert result.stdout.startswith(f"::error file={SOP},line=29,col=15,title=unknown-role::")
        assert len(result.stdout.splitlines()) == 1
    if form == "text":
        assert '\n    did you mean "project-manager"?\n' in result.stdout


def test_prompts_answered(home: Path) -> None:
    """What a person says to a prompt is text, whatever it holds; unanswered, it stays visible."""
    asks = "to: main_contact\nasks: {done: What was done?, next: What comes next?}"
    body = "  {{ asks.done }}\n\n  {{ asks.next }}\n\n  We look forward"
    lay(
        home,
        {
            "base": False,
            "changes": {EMAIL: {"to: main_contact": asks, "  We look forward": body}},
        },
    )
    said = "O'Brien & Co: *x* {{ y }} = <b>"
    result = sopwith("email", "hello", "birch", "--ask", f"done={said}", *TODAY)
    assert result.exit_code == 0
    assert said in result.stdout
    assert "What was done?" not in result.stdout
    assert "What comes next?" in result.stdout


# Help ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [(), *((name,) for name in main.commands)])
def test_help(command: tuple[str, ...], home: Path) -> None:
    result = sopwith(*command, "--help")
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert result.stdout == sopwith(*command, "-h").stdout
    if command:
        assert len(examples(command[0])) == 1
        assert "\\b" not in result.stdout
        assert f"Example: sopwith {command[0]}" in result.stdout
    assert all(option.help for option in options(command))


def options(command: tuple[str, ...]) -> list[click.Option]:
    found = main.commands[command[0]] if command else main
    return [option for option in found.params if isinstance(option, click.Option)]


def examples(command: str) -> list[str]:
    return re.findall(r"Example: sopwith (.*)", main.commands[command].help or "")


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's content at ~/handbook: what the examples speak of."""
    return lay_content(tmp_path_factory.mktemp("home") / "handbook", content(), 1e9)


ASANA = "Name,Completed At,Assignee Email,Sopwith ID\n"


OVERVIEW = re.findall(r"^ *sopwith (.+?) {2,}", main.help or "", re.MULTILINE)
EXAMPLES = {example for command in main.commands for example in examples(command)}


# The whole build is what other tests look at: conftest.py makes it.
@pytest.mark.parametrize("example", sorted({*OVERVIEW, *EXAMPLES} - {"build"}))
def test_examples_work(example: str, handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(handbook)
    (handbook / "asana.csv").write_text(ASANA, "utf-8")
    monkeypatch.setenv("HOME", str(handbook.parent))
    monkeypatch.setattr(serve, "serve", lambda *_: None)
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    typed = [os.path.expanduser(word) for word in shlex.split(example)]  # noqa: PTH111  # as a shell does
    result = sopwith(*typed)
    assert result.exit_code == 0, result.output
    assert result.stdout


def test_overview_names_commands() -> None:
    assert OVERVIEW == ["check", "build", "checklist harbor-lane-dental"]
    assert sopwith().exit_code == 2
    assert sopwith("--version").stdout.startswith("sopwith, version ")


# What people and attackers type ------------------------------------------------------------------

HOSTILE = [
    "",
    " ",
    "../../etc/passwd",
    "/etc/passwd",
    "clients/birch",
    "birch.yml",
    "BIRCH",
    "a\nb",
    "\x1b[31mred",
    "-",
    "💥",
    "%s%n{0}",
    "{{ 7 * 7 }}",
    "$(id)",
    "\udcff",
    "a" * 5000,
]
TYPED = [
    ("checklist", "{}"),
    ("email", "{}", "birch"),
    ("email", "hello", "{}"),
    ("email", "hello", "birch", "--ask", "{}"),
    ("review", "{}"),
    ("explain", "{}"),
    ("check", "--root", "{}"),
    ("check", "--today", "{}"),
    ("check", "--format", "{}"),
    ("build", "--only", "{}"),
]


@pytest.mark.parametrize("typed", TYPED, ids=" ".join)
def test_hostile_names(typed: tuple[str, ...], home: Path) -> None:
    before = files(home)
    for name in HOSTILE:
        result = sopwith(*(name if word == "{}" else word for word in typed))
        assert result.exit_code == 2, name
        assert files(home) == before, name
        assert result.stdout == ""


def test_names_of_files(tmp_path: Path) -> None:
    """In a real process: names no terminal can show, and one that knows no letter but A to Z."""
    lay(tmp_path, {"changes": {CLIENT: {"Birch Bakery": "Łódź ✓"}}})
    for name in ("\udcff\udcfe.yml", "a\nb.yml", "\x1b[31mred.yml"):
        (tmp_path / "clients" / name).write_text("name: x\n")
    for arguments in (("check",), ("check", "--format=json"), ("check", "--format=github")):
        run = process(*arguments, "--root", str(tmp_path), *TODAY, PYTHONIOENCODING="ascii:strict")
        out, err = run.communicate(timeout=60)
        assert (run.returncode, err) == (1, "")
        assert out.count("bad-file-name") == (4 if arguments == ("check",) else 3)
    for path in (tmp_path / "clients").iterdir():
        if path.name != "birch.yml":
            path.unlink()
    email = ("email", "hello", "birch", "--root", str(tmp_path), *TODAY)
    run = process(*email, PYTHONIOENCODING="ascii:strict")
    assert run.communicate(timeout=60)[1] == ""


def test_reader_that_has_seen_enough(home: Path) -> None:
    """As in `sopwith check | head -1`."""
    run = process("explain", "unknown-role")
    assert run.stdout
    assert run.stderr
    run.stdout.close()
    assert run.stderr.read() == ""
    assert run.wait(60) in (0, 1)
    run.stderr.close()


# What stands in the way of what ----------------------------------------------------------------


def test_another_clients_typo(home: Path) -> None:
    """A mistake in one client's file is in nobody else's way, but in the way of everything."""
    typo = {"clients/cedar.yml": "name: Cedar Yoga\nengagment: Booking page\n"}
    lay(home, {"base": False, "files": typo})
    assert sopwith("checklist", "birch", *TODAY).exit_code == 0
    assert sopwith("email", "hello", "birch", *TODAY).exit_code == 0
    for arguments in (("checklist", "cedar"), ("checklist", "birch", "cedar"), ("build",)):
        result = sopwith(*arguments, *TODAY)
        assert result.exit_code == 1
        assert "clients/cedar.yml:2:1: unknown-key" in result.stderr
        assert "1 problem in" in result.stderr
    # The handbook too: only of clients it can read does it know the names to keep out.
    handbook = sopwith("build", "--only", "handbook", "--only", "handbook", *TODAY)
    assert handbook.exit_code == 1, handbook.output


def test_a_stage_called_clients(home: Path) -> None:
    """An SOP is not a client for lying in a folder of that name."""
    lay(home, {"base": False, "files": {"sops/clients/x.yml": "titel: X\n"}})
    result = sopwith("build", "--only", "handbook", *TODAY)
    assert result.exit_code == 1
    assert "sops/clients/x.yml:1:1" in result.stderr


def test_build_is_all_or_nothing(home: Path) -> None:
    assert sopwith("build", *TODAY).exit_code == 0
    before = files(home / "build")
    assert {"site/index.html", "clients/birch/checklist.pdf", "mkdocs.yml"} <= set(before)
    lay(home, {"base": False, "changes": ROLE})
    result = sopwith("build", *TODAY)
    assert result.exit_code == 1
    assert result.stderr.endswith(NOTHING)
    assert files(home / "build") == before
    assert {path.name for path in home.iterdir() if path.name.startswith(".build")} == {
        ".build.lock",
        ".build.made.json",
    }


@pytest.mark.parametrize("company", [None, "name: [\n", "", "- a\n", "name: Fern\nnam: x\n"])
@pytest.mark.parametrize(
    "typed", ["check", "build", "checklist birch", "email hello birch", "review", "serve"]
)
def test_without_a_company(company: str | None, typed: str, home: Path) -> None:
    lay(home, {"base": False, "files": {"company.yml": company}})
    before = files(home)
    result = sopwith(*typed.split(), *TODAY)
    assert result.exit_code == 1
    assert "company.yml:" in result.output
    assert ("no-company" in result.output) is (company is None)
    assert files(home) == before


def test_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = lay(tmp_path / "some where", {})
    monkeypatch.chdir(tmp_path)
    for given in (str(root), "some where", "./some where/"):
        assert sopwith("checklist", "birch", "--root", given, *TODAY).exit_code == 0
        assert (root / "build/clients/birch/checklist.pdf").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"some where"}


def test_private_folder(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    private = tmp_path_factory.mktemp("private")
    for name in ("clients", "observations"):
        (home / name).rename(private / name)
    assert sopwith("checklist", "birch", *TODAY).exit_code == 2
    assert sopwith("checklist", "birch", "--private", str(private), *TODAY).exit_code == 0
    assert (home / "build/clients/birch/checklist.md").exists()
    assert list(private.glob("build*")) == []
    lay(private, {"base": False, "changes": {CLIENT: {"engagement:": "engagment:"}}})
    result = sopwith("check", "--private", str(private), *TODAY)
    assert f"{os.path.relpath(private, home)}/clients/birch.yml:2:1: unknown-key" in result.stdout
    only = sopwith("build", "--only", "handbook", "--private", str(private), *TODAY)
    assert only.exit_code == 1
    told = {"name: Fern & Co": f"name: Fern & Co\nprivate: {private}"}
    lay(home, {"base": False, "changes": {"company.yml": told}})
    assert "birch.yml:2:1: unknown-key" in sopwith("check", *TODAY).stdout


# What is nobody's fault ------------------------------------------------------------------------


def test_while_another_writes(home: Path) -> None:
    with staging(home):
        result = sopwith("review", *TODAY)
        assert sopwith("check", *TODAY).exit_code == 0
    assert result.exit_code == 1
    assert (
        result.stderr
        == "Error: another command is writing to build: wait until it is done, and try again\n"
    )


def test_mends_what_a_killed_command_left(home: Path) -> None:
    for folder in (".build.new.gone", ".build.old"):
        (home / folder / "handbook").mkdir(parents=True)
    (home / ".build.swap.part").write_text("{")
    assert sopwith("check", *TODAY).exit_code == 0
    assert {path.name for path in home.glob(".build*")} == {".build.lock"}


def test_interrupted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "reviews", interrupt)
    result = sopwith("review")
    assert result.exit_code == 1
    assert "Aborted!" in result.stderr


FAULTS = [
    ("build --only handbook", "mkdocs.yml", "theme: {name: nope}\n", "theme name: 'nope'"),
    ("build --only handbook", "mkdocs.yml", "theme: [\n", "mkdocs.yml"),
    (
        "checklist birch",
        "site_templates/checklist/checklist.md.j2",
        "one\n{% if %}\n",
        "Error: site_templates/checklist/checklist.md.j2:2: Expected an expression",
    ),
    (
        "checklist birch",
        "site_templates/checklist/checklist.md.j2",
        "{{ nope.x }}\n",
        "Error: site_templates/checklist/checklist.md.j2:1: 'nope' is undefined",
    ),
    ("checklist birch", "site_templates/checklist/checklist.typ", "#let x = ", "expected express"),
    ("checklist birch", "build", "a file", "build: File exists"),
    ("checklist birch", "build/clients", "a file", "build/clients: File exists"),
    ("checklist birch", "build/.manifest.json", "{", "remove build and build again"),
]


@pytest.mark.parametrize(("typed", "name", "text", "expected"), FAULTS)
def test_faults_around_the_library(
    typed: str, name: str, text: str, expected: str, home: Path
) -> None:
    """Settings, templates and folders that we cannot work with: said in a line, nothing written."""
    lay(home, {"base": False, "files": {name: text}})
    before = files(home)
    result = sopwith(*typed.split(), *TODAY)
    assert result.exit_code == 1
    assert expected in result.stderr
    assert result.stdout == ""
    assert files(home) == before


def test_template_that_is_no_text(home: Path) -> None:
    template = home / "site_templates/checklist/checklist.md.j2"
    template.parent.mkdir(parents=True)
    template.write_bytes(b"Caf\xe9\n")
    result = sopwith("checklist", "birch", *TODAY)
    says = "Error: site_templates/checklist/checklist.md.j2 is not UTF-8 from byte 4 on\n"
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", says)
