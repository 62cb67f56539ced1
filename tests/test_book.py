"""The book: the same edition on paper, with page numbers that are right and an end to its truth."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from laid import TODAY, lay
from sopwith.cli import main
from sopwith.making import NotHere, books
from sopwith.model import Audience
from sopwith.workspace import Inputs, open_workspace
from test_checklist import alternatives

SOP = "sops/onboard/welcome.yml"


def printed(root: Path, *sops: str, audience: Audience | None = None) -> PdfReader:
    """The book, or the procedure that was asked for."""
    said = books(open_workspace(Inputs(root, today=TODAY, audience=audience)), sops)
    return PdfReader(BytesIO(Path(said).read_bytes()))


def text(page: object) -> str:
    return " ".join(page.extract_text().split())  # type: ignore[attr-defined]  # any page


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base with one more SOP, which the first runs."""
    return lay(
        tmp_path_factory.mktemp("root"),
        {
            "files": {"sops/deliver/rescue.yml": RESCUE},
            "changes": {SOP: {"changes:\n": RUNS}},
        },
    )


RUNS = """\
      - {id: rescue, title: Rescue what can be rescued, role: management, run: rescue}
guidelines: ["Be **kind**."]
changes:
"""
RESCUE = """\
title: Rescue
version: "2.1"
status: active
classification: confidential
owner: management
approver: management
review: {every: year}
trigger: {says: A client is lost.}
outcome: The client is back.
phases:
  - id: a
    title: Act
    steps:
      - id: win
        title: Win back
        role: management
        details: "Call **today**, and see
          [the welcome](../onboard/welcome.yml).\\n\\n1. One\\n2. Two"
        notes: [{kind: warning, says: "No `code`, no <b>tags</b>."}]
        decision:
          question: Back again?
          answers: [{answer: "Yes"}, {answer: "No", go: end}]
changes: [{version: "2.1", effective: 2026-10-01, by: sam, summary: First}]
"""


def test_the_contents_lead_to_the_right_pages(root: Path) -> None:
    book = printed(root, audience="confidential")
    pages = [text(page) for page in book.pages]
    contents = pages[1]
    assert contents.startswith("Fern & Co Contents")
    for title in ("Welcome a client", "Rescue", "Management", "Account manager"):
        listed = re.search(rf"{title} [. ]*(\d+)", contents)
        assert listed, title
        assert title in pages[int(listed[1]) - 1]
    chapters = [str(entry["/Title"]) for entry in book.outline if not isinstance(entry, list)]
    assert chapters == ["Bring the client on board", "Deliver", "Roles", "Emails"]


def test_every_page_says_that_it_grows_old(root: Path) -> None:
    pages = [text(page) for page in printed(root, audience="confidential").pages]
    for number, page in enumerate(pages, 1):
        assert f"page {number} of {len(pages)} · printed 2026-11-20 · commit uncommitted" in page
        assert "Uncontrolled when printed: check the handbook" in page
    assert any("Rescue, version 2.1 · page" in page for page in pages)


def test_it_is_tagged_and_its_links_lead_inside(root: Path) -> None:
    book = printed(root, audience="confidential")
    assert book.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]  # a PDF's own tree
    assert book.metadata
    assert book.metadata.title == "The handbook of Fern & Co"
    links = [
        note.get_object()["/A"]["/S"] if "/A" in note.get_object() else "/GoTo"
        for page in book.pages
        for note in page.get("/Annots", ())
        if note.get_object()["/Subtype"] == "/Link"
    ]
    assert links.count("/GoTo") > 10


def test_a_procedure_alone_says_what_its_page_says(root: Path) -> None:
    alone = " ".join(text(page) for page in printed(root, "rescue", audience="confidential").pages)
    for words in (
        "Starts when A client is lost.",
        "1.1 Win back Who Management Call today, and see the welcome. 1. One 2. Two",
        "Warning No `code`, no <b>tags</b>.",
        "Back again? Yes → That was the last step. No → This procedure ends here.",
        "Owner Management (Dana Whitfield)",
        "Never reviewed Nobody has looked",
        "2.1 first version October 1, 2026 First Sam Ortiz",
    ):
        assert words in alone, words
    assert "Contents" not in alone
    assert "**" not in alone


def test_each_procedure_has_its_flow_diagram_to_read_and_to_hear(root: Path) -> None:
    alone = printed(root, "rescue", audience="confidential")
    (page,) = (text(page) for page in alone.pages if "Flow diagram" in text(page))
    assert page.index("Rescue") < page.index("Starts when") < page.index("Flow diagram")
    assert "Start 1.1 Win back Back again? Yes or No End" in page
    (heard,) = alternatives(alone)
    assert heard == (
        "The flow of Rescue. 1 step, 1 role, 1 question, from top to bottom, in lanes by role: "
        "Management. The steps below say the same in words."
    )
    assert min(sizes(alone)) >= 6.5


def test_a_tall_diagram_goes_on_beside_itself(tmp_path: Path) -> None:
    steps = (f"- {{id: win-{n}, title: Win {n}, role: management}}" for n in range(30))
    page = flow_page(tmp_path, *steps)
    assert "Lines that end below go on in the next part." in page
    assert [n for n in range(30) if f"1.{n + 1} Win {n}" not in page] == []


def test_a_diagram_too_wide_to_be_read_on_paper_is_left_out(tmp_path: Path) -> None:
    answers = ", ".join(f"answer: A{n}" for n in range(8)).replace("answer", "{answer")
    asks = answers.replace(", ", "}, ") + "}"
    question = f"decision: {{question: Which?, answers: [{asks}]}}"
    first = f"- {{id: pick, title: Pick, role: management, {question}}}"
    steps = (
        f"- {{id: s{n}, title: Do {n}, role: management, when: {{pick: A{n}}}}}" for n in range(8)
    )
    page = flow_page(tmp_path, first, *steps)
    assert "Flow diagram Too large for paper: see the handbook." in page


def flow_page(root: Path, *steps: str) -> str:
    """The page with the flow diagram of a procedure with these steps."""
    before, _, after = RESCUE.partition("      - id: win")
    sop = "\n      ".join(
        (before + "      " + steps[0], *steps[1:], after[after.index("changes") :])
    )
    lay(root, {"files": {"sops/deliver/rescue.yml": sop.replace("      changes", "changes")}})
    pages = printed(root, "rescue", audience="confidential").pages
    return next(said for page in pages if "Flow diagram" in (said := text(page)))


def sizes(reader: PdfReader) -> set[float]:
    """The sizes of all letters, in points."""
    seen: set[float] = set()

    def visit(said: str, cm: Any, tm: Any, font: Any, points: float) -> None:
        if said.strip():
            seen.add(abs(points * tm[3] * cm[3]))

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return seen


HELLO = """\
title: Hello
version: "1.0"
owner: account-manager
from: account-manager
to: main_contact
asks: {news: What is new?, work: What do we do?}
subject: "Hello, {{ contact.first_name }}: {{ asks.news }}"
body: "Hi {{ contact.first_name }}, we look forward to {{ asks.work }}"
"""
PAPER = """\
title: A paper
version: "1.0"
owner: account-manager
body: "# A heading\\n\\nFor {{ client.name }}"
"""
UNREADABLE = PAPER.replace("client.name", "case.title").replace("A paper", "Another")


def test_each_email_and_document_it_names_is_in_it(tmp_path: Path) -> None:
    files = {
        "emails/hello.yml": HELLO,
        "documents/paper.yml": PAPER,
        "documents/unread.yml": UNREADABLE,
    }
    changes = {SOP: {"email: hello": "email: hello\n        document: paper"}}
    root = lay(tmp_path, {"files": files, "changes": changes})
    book = printed(root, audience="confidential")
    pages = [text(page) for page in book.pages]
    for words in (
        "Hello From Account manager To The client's main contact",
        "When it is used • 1.1 Send the welcome email, in Welcome a client",
        "Subject: Hello, [Robin]: [What is new?]",
        "Hi [Robin], we look forward to [What do we do?]",
        "A paper Made as web page",
        "A heading For [Example Client]",
        "Another Made as web page",
        "For {{ case.title }}",
    ):
        assert any(words in page for page in pages), words
    for title in ("Hello", "A paper"):
        listed = re.search(rf"{title} [. ]*(\d+)", pages[1])
        assert listed, title
        assert f"{title} " in pages[int(listed[1]) - 1]
        assert "documents/paper.md" in book.named_destinations
    alone = "".join(text(page) for page in printed(root, "welcome").pages)
    assert "Hi [Robin]" not in alone


def test_it_holds_what_its_readers_may_see(root: Path) -> None:
    inside = "".join(text(page) for page in printed(root, audience="internal").pages)
    assert "Welcome a client" in inside
    assert "Rescue, version" not in inside
    assert "Another procedure (not in this edition); its steps are done here" in inside
    with pytest.raises(NotHere, match="no procedure in this edition"):
        printed(root, "rescue", audience="internal")


def test_a_letter_that_no_font_has_is_named(tmp_path: Path) -> None:
    lay(tmp_path, {"changes": {SOP: {"title: Welcome a client": "title: Welcome \U0001f9ff"}}})
    assert "Welcome [U+1F9FF]" in text(printed(tmp_path, "welcome").pages[0])


def test_the_command_says_where_it_is(root: Path) -> None:
    given = ["book", "--root", str(root), "--sop", "welcome"]
    done = CliRunner().invoke(main, given)
    assert done.output == f"{root.as_posix()}/build/book/procedures/welcome.pdf\n"
    done = CliRunner().invoke(main, [*given, "--sop", "welcom"])
    assert done.exit_code == 2
    assert 'no procedure in this edition is called "welcom"; did you mean "welcome"?' in done.output


def test_an_edition_without_procedures_is_a_book_too(tmp_path: Path) -> None:
    """Of a firm that has marked nothing public yet, say."""
    pages = printed(lay(tmp_path, {}), audience="public").pages
    assert "Fern & Co How we work This edition is for everyone." in text(pages[0])
