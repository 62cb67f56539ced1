"""A new client's file: what is asked, what is written, and what is refused."""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from laid import TODAY, lay, look
from sopwith import filing
from sopwith.cli import main
from sopwith.filing.naming import slug
from sopwith.source import Data
from sopwith.workspace import Inputs, open_workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path, {})


def typed(root: Path, line: str) -> tuple[int, str]:
    """The exit code and all that is printed, as somebody types it away from a terminal."""
    args = ["start", "--root", str(root), "--today", str(TODAY), *shlex.split(line)]
    result = CliRunner().invoke(main, args, prog_name="sopwith")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


def test_a_file_is_written_as_we_write_ours(root: Path) -> None:
    code, said = typed(
        root,
        "'North Pier & Co' --engagement 'Shop: online' --fact contract_value=1200.00"
        " --fact channels=zoom,email --date kickoff='2026-12-01 09:30'"
        " --date 'Contract signed=2026-11-19' --contact 'Ola Novak <ola@north.example>'"
        " --contact 'Per Dahl (Head of sales) <per@north.example>'",
    )
    assert code == 0
    assert (root / "clients/north-pier-co.yml").read_text("utf-8").splitlines() == [
        "name: North Pier & Co",
        'engagement: "Shop: online"',
        "facts:",
        "  channels: [zoom, email]",
        '  contract_value: "1200.00"',
        "contacts:",
        "  - {name: Ola Novak, email: ola@north.example, main: true}",
        "  - {name: Per Dahl, title: Head of sales, email: per@north.example}",
        "dates:",
        "  contract-signed: 2026-11-19",
        '  kickoff: "2026-12-01 09:30"',
    ]
    assert said.splitlines() == [
        "clients/north-pier-co.yml is written.",
        "No versions are pinned, as there is no full history of git here: this client",
        "follows each procedure as it changes.",
        "No day yet under dates: Inquiry received, Delivery due",
        "Next for North Pier & Co:",
        "  Fri, Nov 20  Send the welcome email (Dana Whitfield)",
        "               welcome/greet",
        "  no date yet  Look for red flags (Dana Whitfield)",
        "               welcome/red-flags",
    ]
    assert look(root)[1] == ()


def test_days_that_cannot_be_are_told_at_once(root: Path) -> None:
    """A kickoff on a Saturday, and a delivery before it."""
    dates = "--date contract-signed=2026-11-19 --date kickoff=2026-11-28"
    _, said = typed(root, f"'North Pier' {dates} --date delivery-due=2026-11-27")
    told = " ".join(said.split())
    assert "again: Kickoff is on Sat, Nov 28, a day we are closed" in told
    assert 'again: "Delivery due" is on Nov 27, but "Kickoff", which comes first, on Nov 28' in told
    assert told.count("Look at this again") == 2


def test_a_name_is_enough_and_what_was_not_said_is_told(root: Path) -> None:
    code, said = typed(root, "No --id no-2")
    assert code == 0
    assert (root / "clients/no-2.yml").read_text("utf-8") == 'name: "No"\n'
    assert [said.splitlines()[number] for number in (0, 3, 4, 5, 6)] == [
        "clients/no-2.yml is written.",
        "Not said yet: What you do for them, in a few words",
        "Not said yet: How we talk (one or more of email, slack, zoom)",
        "Not said yet: Whom you talk to there (name)",
        "No day yet under dates: Inquiry received, Contract signed, Kickoff, Delivery",
    ]
    assert not [problem for problem in look(root)[1] if problem.is_error]


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("birch", 1, "clients/birch.yml is there already; give the new one another --id."),
        ("日本", 1, '"日本" gives no name for a file; say one in small letters, digits and'),
        ("X --id a/../b", 1, '"a/../b" gives no name for a file; say one in small letters,'),
        ("X --fact chanels=zoom", 2, 'no fact is called "chanels"; did you mean "channels"?'),
        ("X --fact channels", 2, '--fact takes NAME=TEXT, and "channels" has no "="'),
        (
            "X --fact channels=zom",
            1,
            '"zom" is no value of channels (How we talk); did you mean "zoom"?',
        ),
        ("X --fact contract_value=much", 1, '"much" is no amount; write it as in 12000.00.'),
        ("X --date kickof=2026-12-01", 2, 'no event is called "kickof"; did you mean "kickoff"?'),
        (
            "X --date 'Contract end=2026-12-01'",
            2,
            'no event is called "Contract end"; did you mean "contract-end"?',
        ),
        ("X --date midpoint=2026-12-01", 2, 'no event is called "midpoint"; known: '),
        ("X --date kickoff=soon", 1, '"soon" is no day; write it as in 2026-11-20.'),
        (
            "X --engagement 'a\x07b'",
            1,
            "This cannot be written: an invisible character (U+0007, control",
        ),
        ("X --contact ola@x.example", 1, '"ola@x.example" is no contact; write "Priya Shah'),
        ("X --contact 'Ola () <ola@x.example>'", 1, '"Ola () <ola@x.example>" is no contact;'),
        ("X --contact 'Ola <ola>'", 1, '"ola" is no email address; write it as in'),
    ],
)
def test_what_is_refused_leaves_nothing(root: Path, line: str, code: int, said: str) -> None:
    before = {path.name for path in (root / "clients").iterdir()}
    told = typed(root, line)
    assert (told[0], f"Error: {said}" in told[1]) == (code, True), told[1]
    assert {path.name for path in (root / "clients").iterdir()} == before


def test_what_would_not_pass_the_check_is_not_written(root: Path) -> None:
    code, said = typed(root, "'Old Mill' --date kickoff=2099-01-01")
    assert code == 1
    assert said.splitlines()[0].startswith("clients/old-mill.yml:3:")
    assert said.endswith("Nothing was written.\n")
    assert not (root / "clients/old-mill.yml").exists()


def test_a_client_that_a_published_text_names_is_not_begun_unseen(root: Path) -> None:
    code, said = typed(root, "'Welcome a client'")
    assert (code, "client-name-published" in said) == (1, True)
    assert not (root / "clients/welcome-a-client.yml").exists()


def test_private_clients_stay_in_their_folder(tmp_path: Path) -> None:
    root = lay(tmp_path / "handbook", {})
    private = tmp_path / "private"
    assert typed(root, f"'Old Mill' --private {private}")[0] == 2
    private.mkdir()
    assert typed(root, f"'Old Mill' --private {private}")[0] == 0
    assert (private / "clients/old-mill.yml").read_text("utf-8") == "name: Old Mill\n"
    assert not (root / "clients/old-mill.yml").exists()


def test_a_link_in_place_of_the_folder_is_not_followed(root: Path, tmp_path: Path) -> None:
    (root / "clients").rename(tmp_path / "elsewhere")
    (root / "clients").symlink_to(tmp_path / "elsewhere")
    assert typed(root, "'Old Mill'")[0] == 1
    assert not (tmp_path / "elsewhere/old-mill.yml").exists()


# Questions -------------------------------------------------------------------------------------


def answering(*answers: str) -> tuple[Callable[[filing.Question], Data], list[str]]:
    """Somebody who gives these answers in turn, and what they were asked."""
    asked: list[str] = []

    def ask(question: filing.Question) -> Data:
        asked.append(f"{question.text} [{question.default}]")
        return question.read(answers[len(asked) - 1])

    return ask, asked


def test_only_what_the_plan_needs_is_asked(root: Path) -> None:
    answers = ["Shop", "zoom, slack", "Ola Novak", "Owner", "ola@mill.example", "2026-11-18"]
    answers += ["", "2026-12-01", ""]
    ask, asked = answering(*answers)
    work = open_workspace(Inputs(root, today=TODAY))
    filing.begin(work, filing.Given("Old Mill"), ask)
    assert asked == [
        "What you do for them, in a few words []",
        "How we talk (one or more of email, slack, zoom) []",
        "Whom you talk to there (name) []",
        "What they do there []",
        "Their email address []",
        "Inquiry received [2026-11-20]",
        "Contract signed []",
        "Kickoff []",
        "Delivery due []",
    ]
    assert (root / "clients/old-mill.yml").read_text("utf-8").splitlines() == [
        "name: Old Mill",
        "engagement: Shop",
        "facts:",
        "  channels: [zoom, slack]",
        "contacts:",
        "  - {name: Ola Novak, title: Owner, email: ola@mill.example, main: true}",
        "dates:",
        "  inquiry-received: 2026-11-18",
        "  kickoff: 2026-12-01",
    ]


def test_what_was_said_is_not_asked(root: Path) -> None:
    ask, asked = answering("", "", "")
    work = open_workspace(Inputs(root, today=TODAY))
    given = filing.Given(
        "Old Mill",
        engagement="Shop",
        facts=[("channels", "zoom")],
        dates=[("kickoff", "2026-11-30")],
        contacts=["Ola Novak <ola@mill.example>"],
    )
    filing.begin(work, given, ask)
    assert asked == ["Inquiry received []", "Contract signed []", "Delivery due []"]


def test_a_contact_without_a_name_is_left_open(root: Path) -> None:
    ask, asked = answering(*[""] * 7)
    filing.begin(open_workspace(Inputs(root, today=TODAY)), filing.Given("Old Mill"), ask)
    assert [text for text in asked if "They" in text or "they" in text] == []
    assert (root / "clients/old-mill.yml").read_text("utf-8") == "name: Old Mill\n"


def test_a_fact_that_decides_on_a_whole_sop_is_asked_with_its_default(tmp_path: Path) -> None:
    root = lay(tmp_path, {})
    sop = root / "sops/onboard/welcome.yml"
    sop.write_text(sop.read_text("utf-8") + "applies_to: {calls: week}\n", "utf-8")
    ask, asked = answering("", "", "2 weeks", *[""] * 5)
    filing.begin(open_workspace(Inputs(root, today=TODAY)), filing.Given("Old Mill"), ask)
    assert asked[2] == "How often we talk (week, 2 weeks) [week]"
    written = (root / "clients/old-mill.yml").read_text("utf-8")
    assert written == "name: Old Mill\nfacts:\n  calls: 2 weeks\n"


def test_at_a_terminal_it_asks_again_until_it_can_be_read(root: Path) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"Shop\nfax\n\nOla\n\nola\nola@mill.example\n\n\n\n\n")
    code = "from sopwith.cli import main; main()"
    command = [sys.executable, "-c", code, "start", "Old Mill", "--root", str(root)]
    done = subprocess.run(
        [*command, "--today", str(TODAY)], stdin=theirs, stdout=theirs, stderr=theirs, check=False
    )
    os.close(theirs)
    said = os.read(ours, 10_000).decode().replace("\r\n", "\n")
    os.close(ours)
    assert done.returncode == 0, said
    assert 'Error: "fax" is no value of channels (How we talk); known: email, slack, zoom' in said
    assert said.count("How we talk (one or more of email, slack, zoom):") == 2
    assert "Inquiry received [2026-11-20]:" in said
    assert 'Error: "ola" is no email address; write it as in wil@northpier.example.' in said
    assert (root / "clients/old-mill.yml").read_text("utf-8").splitlines() == [
        "name: Old Mill",
        "engagement: Shop",
        "contacts:",
        "  - {name: Ola, email: ola@mill.example, main: true}",
        "dates:",
        "  inquiry-received: 2026-11-20",
    ]


# Names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Moss & O'Dell Architects", "moss-odell-architects"),
        ("Łaska’s Bäckerei", "laskas-backerei"),
        ("  --  Ærø / 2  ", "aero-2"),
        ("日本", ""),
        ("a" * 80, "a" * 60),
    ],
)
def test_a_file_is_named_after_the_client(name: str, id_: str) -> None:
    assert slug(name) == id_


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=40))
def test_any_name_is_written_and_read_back_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    root = lay(tmp_path_factory.mktemp("root"), {})
    code, said = typed(root, shlex.join(["--id", "new", "--", name]))
    library = look(root)[0].library
    assert library
    if code == 0:
        assert library.clients["new"].name == name
    else:
        assert "new" not in library.clients, said
