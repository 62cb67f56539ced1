"""Documents and invoices: what the files say, added up, in every form, and each question seen."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from click.testing import CliRunner, Result
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from laid import TESTS, TODAY, lay, look
from sopwith import letters, office
from sopwith.cli import main
from sopwith.data import template_folder
from sopwith.letters.names import values
from sopwith.model import Document, Library, Moment
from sopwith.outputs import drafts
from sopwith.outputs.page import Page
from sopwith.plan import Plan, Plans, Row
from sopwith.template import Each
from sopwith.text import (
    Block,
    Prompt,
    Table,
    escape_markdown,
    mark,
    parse,
    prompts,
    to_html,
    weights,
)

TEMPLATES = template_folder(TESTS.parent)
HOSTILE = "Łódź ✓ O'Brien & Co #[ *bold* ] <b>{{ x }}</b> | `$y$` @z"

INVOICE = """\
title: Invoice
version: "1.2"
owner: account-manager
formats: [pdf, docx]
asks: {bank: Which account?}
body: |
  # Invoice {{ invoice.number }}

  To {{ client.name }}, of {{ invoice.date | date }}, payable by {{ invoice.due | date }}.

  | What | Amount |
  |---|---:|
  {% for line in invoice.lines %}
  | {{ line.what }} | {{ line.amount | money }} |
  {% endfor %}
  | **Total** | **{{ invoice.total | money }}** |

  Pay to {{ asks.bank }}

  1. First
     - inside
  2. Second

  {{ item.title | default("No item") }}, {{ case.title | default("no case") }}
"""
BILLING = """\
title: Billing
version: "1.0"
status: active
owner: account-manager
approver: management
review: {every: year, last: 2026-09-30, by: dana}
trigger: {event: contract-signed, says: The contract is signed.}
outcome: All is paid.
phases:
  - id: all
    title: All
    steps:
      - {id: first, title: Send the first, role: account-manager, document: invoice}
      - id: milestone
        title: Send one for the milestone
        role: account-manager
        for_each: milestones
        document: invoice
      - id: month
        title: Send the month's
        role: account-manager
        repeat: {every: month, from: contract-signed}
        document: invoice
      - {id: last, title: Send the last, role: account-manager, document: invoice}
changes:
  - {version: "1.0", effective: 2026-09-01, by: dana, summary: First version}
"""
DISPUTE = (
    BILLING.replace("Billing", "Dispute")
    .replace(
        "{event: contract-signed, says: The contract is signed.}", "{says: Somebody disagrees.}"
    )
    .replace(
        "changes:", "      - {id: remind, title: Remind them, role: account-manager}\nchanges:"
    )
)
CLIENT = """\
name: Cedar Yoga
engagement: Booking page
contacts: [{name: Lea Marsh, email: lea@cedar.example}]
facts: {channels: [email]}
dates: {contract-signed: 2026-11-02}
milestones:
  - {id: design, title: Design approved, fee: "400.10"}
  - {id: launch, title: Launched, fee: "300.20"}
fees:
  currency: USD
  terms: 30 days
  lines:
    - {what: Set-up, amount: "1000.05"}
    - {what: Design, amount: "400.10"}
    - {what: Launch, amount: "300.20"}
    - {what: A discount, amount: "-100.15"}
cases: [{sop: dispute, id: wrong-sum, opened: 2026-11-18}]
"""
FILES = {
    "documents/invoice.yml": INVOICE,
    "sops/deliver/billing.yml": BILLING,
    "sops/deliver/dispute.yml": DISPUTE,
    "clients/cedar.yml": CLIENT,
}


def laid(root: Path, **changes: str) -> tuple[Library, Plans]:
    """The base library with invoices; `changes` replace words of the client's file."""
    text = CLIENT
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    reading, problems, plans = look(lay(root, {"files": {**FILES, "clients/cedar.yml": text}}))
    assert [problem for problem in problems if problem.is_error] == []
    assert reading.library
    assert plans
    return reading.library, plans


def cedar(root: Path, **changes: str) -> tuple[Document, Plan, Mapping[str, Row]]:
    library, plans = laid(root, **changes)
    plan = plans.of("cedar")
    assert plan
    rows = {row.address: row for row in plan.rows() if row.step.document}
    return library.documents["invoice"], plan, rows


def told(letter: Document, plan: Plan, row: Row | None) -> Mapping[str, Any]:
    """What an invoice says."""
    found: Mapping[str, Any] = values(letter, plan, row, {})["invoice"]
    return found


# What an invoice holds --------------------------------------------------------------------------


def test_a_reminder_names_the_invoice_that_its_case_is_about(tmp_path: Path) -> None:
    about = {"id: wrong-sum": "id: wrong-sum, about: billing/milestone@design"}
    for at, changes in enumerate((about, {})):
        library, plans = laid(tmp_path / str(at), **changes)
        plan = plans.of("cedar")
        assert plan
        (remind,) = (row for row in plan.rows() if row.address == "dispute@wrong-sum/remind")
        said = told(library.documents["invoice"], plan, remind)
        if changes:
            assert said["number"] == letters.number("cedar", "billing/milestone@design")
            assert said["total"] == Decimal("400.10")
        else:
            # Which one is meant nobody has said, and a wrong number is worse than a question.
            unsaid = (said["number"], said["due"], said["total"])
            assert all(isinstance(part, Prompt) for part in unsaid)


def test_all_invoices_together_are_the_price(tmp_path: Path) -> None:
    letter, plan, rows = cedar(tmp_path)
    stated = yaml.safe_load(CLIENT)
    price = sum(Decimal(line["amount"]) for line in stated["fees"]["lines"])
    sent = [told(letter, plan, rows[f"billing/{step}"]) for step in
            ("first", "milestone@design", "milestone@launch")]  # fmt: skip
    assert [invoice["total"] for invoice in sent] == [
        Decimal("899.90"),
        Decimal("400.10"),
        Decimal("300.20"),
    ]
    assert sum(invoice["total"] for invoice in sent) == price == Decimal("1600.20")
    for invoice in sent:
        assert sum(line["amount"] for line in invoice["lines"]) == invoice["total"]
    assert sent[1]["lines"] == [{"what": "Design approved", "amount": Decimal("400.10")}]
    assert sent[0]["lines"][0]["what"] == "Booking page, apart from the milestones"


def test_without_fees_of_milestones_the_first_has_every_line(tmp_path: Path) -> None:
    bare = {', fee: "400.10"': "", ', fee: "300.20"': ""}
    letter, plan, rows = cedar(tmp_path, **bare)
    first = told(letter, plan, rows["billing/first"])
    assert [line["what"] for line in first["lines"]] == ["Set-up", "Design", "Launch", "A discount"]
    assert first["total"] == Decimal("1600.20")
    assert isinstance(told(letter, plan, rows["billing/milestone@design"])["total"], Prompt)


def test_what_is_paid_by_the_month(tmp_path: Path) -> None:
    monthly = (
        '  monthly: [{what: Care, amount: "90.00"}, {what: Hosting, amount: "9.99"}]\n  lines:'
    )
    letter, plan, rows = cedar(tmp_path, **{"  lines:": monthly})
    month = told(letter, plan, rows["billing/month@2"])
    assert [line["what"] for line in month["lines"]] == [
        "Care, January 2027",
        "Hosting, January 2027",
    ]
    assert month["total"] == Decimal("99.99")
    # Then the price is paid by the month: nothing of it is invoiced a second time.
    assert isinstance(told(letter, plan, rows["billing/first"])["total"], Prompt)


def test_the_last_is_what_the_others_leave(tmp_path: Path) -> None:
    letter, plan, rows = cedar(
        tmp_path, **{'"400.10"}\n  - {id: launch': '"399.99"}\n  - {id: launch'}
    )
    last = told(letter, plan, rows["billing/last"])
    before = [told(letter, plan, rows[f"billing/{step}"]) for step in
              ("first", "milestone@design", "milestone@launch")]  # fmt: skip
    assert [line["amount"] for line in last["lines"][4:]] == [-one["total"] for one in before]
    assert [line["what"] for line in last["lines"][:4]] == [
        line["what"] for line in yaml.safe_load(CLIENT)["fees"]["lines"]
    ]
    assert last["lines"][4]["what"] == f"Less invoice {before[0]['number']} of November 20, 2026"
    assert last["total"] == sum(line["amount"] for line in last["lines"]) == 0


def test_what_never_goes_out_is_left_for_the_last(tmp_path: Path) -> None:
    never = "{not_applicable: true, by: dana, reason: Dropped}"
    waived = f"\nprogress: {{billing/milestone@launch: {never}}}\n"
    letter, plan, rows = cedar(tmp_path, **{"\ncases:": f"{waived}cases:"})
    assert told(letter, plan, rows["billing/last"])["total"] == Decimal("300.20")


def test_what_is_left_is_asked_while_another_is_not_known(tmp_path: Path) -> None:
    letter, plan, rows = cedar(tmp_path, **{', fee: "400.10"': ""})
    assert isinstance(told(letter, plan, rows["billing/last"])["total"], Prompt)


@pytest.mark.parametrize("step", ["billing/month@1", "dispute@wrong-sum/first"])
def test_what_the_file_does_not_say_is_asked(step: str, tmp_path: Path) -> None:
    letter, plan, rows = cedar(tmp_path)
    invoice = told(letter, plan, rows[step])
    assert isinstance(invoice["total"], Prompt)
    assert all(isinstance(part, Prompt) for part in invoice["lines"][0].values())
    assert not isinstance(invoice["number"], Prompt)


def test_milestones_that_cost_more_than_all_are_not_guessed_about(tmp_path: Path) -> None:
    letter, plan, rows = cedar(tmp_path, **{'fee: "400.10"': 'fee: "4000.00"'})
    assert isinstance(told(letter, plan, rows["billing/first"])["total"], Prompt)


def test_the_first_that_is_sent_is_the_first(tmp_path: Path) -> None:
    waived = "\nprogress: {billing/first: {not_applicable: true, by: dana, reason: Too small}}\n"
    letter, plan, rows = cedar(tmp_path, **{"\ncases:": f"{waived}cases:"})
    last = told(letter, plan, rows["billing/last"])
    assert last["total"] == Decimal("899.90")
    assert [line["amount"] for line in last["lines"][4:]] == [
        Decimal("-400.10"),
        Decimal("-300.20"),
    ]


def test_numbers_are_one_each_and_stay(tmp_path: Path) -> None:
    letter, plan, rows = cedar(tmp_path / "a")
    numbers = {address: told(letter, plan, row)["number"] for address, row in rows.items()}
    assert len(set(numbers.values())) == len(numbers) > 10
    assert all(re.fullmatch(r"CED-[2-9CFGHJMPQRVWX]{6}", number) for number in numbers.values())
    more = "milestones:\n  - {id: before, title: Before all}"
    letter, plan, rows = cedar(tmp_path / "b", **{"milestones:": more})
    assert len(rows) > len(numbers)
    for address, number in numbers.items():
        assert told(letter, plan, rows[address])["number"] == number


def test_a_number_that_was_given_is_given_for_ever() -> None:
    """This one may stand on a paper that was sent."""
    assert letters.number("harbor-lane-dental", "billing/first-invoice") == "HLD-87R77J"


@given(st.from_regex(r"\A[a-z]{1,9}(-[a-z0-9]{1,5}){0,6}\Z"), st.text(max_size=20))
def test_any_client_has_numbers(client: str, address: str) -> None:
    number = letters.number(client, address)
    assert re.fullmatch(r"[A-Z0-9]{1,4}-[2-9CFGHJMPQRVWX]{6}", number)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("30 days", date(2026, 12, 21)),  # the 20th is a Sunday
        ("2 weeks", date(2026, 12, 4)),
        ("10 business days", date(2026, 12, 7)),  # Thanksgiving is none
        ("1 month", date(2026, 12, 21)),
    ],
)
def test_when_it_is_payable(terms: str, expected: date, tmp_path: Path) -> None:
    letter, plan, rows = cedar(tmp_path, **{"30 days": terms})
    invoice = told(letter, plan, rows["billing/first"])
    assert (invoice["date"], invoice["due"]) == (TODAY, expected)


def test_one_that_was_sent_can_be_made_again(tmp_path: Path) -> None:
    sent = "\nprogress: {billing/first: {done: 2026-11-04, by: dana}}\n"
    letter, plan, rows = cedar(tmp_path, **{"\ncases:": f"{sent}cases:"})
    invoice = told(letter, plan, rows["billing/first"])
    assert (invoice["date"], invoice["due"]) == (date(2026, 11, 4), date(2026, 12, 4))


def test_without_terms_the_day_is_asked_for(tmp_path: Path) -> None:
    letter, plan, rows = cedar(tmp_path, **{"  terms: 30 days\n": ""})
    assert isinstance(told(letter, plan, rows["billing/first"])["due"], Prompt)
    assert isinstance(told(letter, plan, None)["number"], Prompt)


# What a row gives -------------------------------------------------------------------------------


def test_items_and_cases(tmp_path: Path) -> None:
    letter, plan, rows = cedar(tmp_path)
    known = values(letter, plan, rows["billing/milestone@design"], {})
    assert known["item"] == {"title": "Design approved", "fee": Decimal("400.10")}
    assert known["case"] == {}
    known = values(letter, plan, rows["dispute@wrong-sum/milestone@launch"], {})
    assert known["item"]["title"] == "Launched"
    assert known["case"] == {"title": "Wrong sum", "opened": Moment(date(2026, 11, 18))}


def test_all_that_a_letter_knows_can_be_named(tmp_path: Path) -> None:
    """`values` gives nothing that `names` does not know: the rule would refuse it."""
    letter, plan, rows = cedar(tmp_path)

    def held(known: Mapping[str, Any], named: Mapping[str, Any], path: str) -> Iterator[str]:
        for key, value in known.items():
            kind = named.get(key)
            if kind is None:
                yield f"{path}{key}"
            elif isinstance(kind, Each):
                for item in value:
                    yield from held(item, kind.item, f"{path}{key}.")
            elif isinstance(kind, Mapping):
                yield from held(value, kind, f"{path}{key}.")

    named = letters.names(plan.company, letter)
    for row in (None, *rows.values()):
        known = values(letter, plan, row, {})
        assert list(held(known, named, "")) == []
        assert known.keys() == named.keys()


def test_clients_read_what_is_meant_for_them(ours: tuple[Library, Plans]) -> None:
    """No name that we call a step by, nothing undecided, and what comes again only once."""
    library, plans = ours
    told_ = [s for sop in library.sops.values() for s in sop.steps if s.client_sees]
    meant = {step.for_client for step in told_}
    assert "" not in meant
    letter, seen = library.documents["status-report"], 0
    for plan in plans.all():
        steps = values(letter, plan, None, {})["plan"]["next_steps"]
        for step in steps:
            assert step["title"].partition(" (")[0] in meant
            assert step["due"].day >= plan.today
        assert len({step["title"] for step in steps}) == len(steps)
        seen += len(steps)
    assert seen > 10


@pytest.mark.parametrize(
    ("says", "outside", "inside"),
    [
        ("", [], ["Hold the kickoff call"]),
        ("client_sees: true", ["Hold the kickoff call"], ["Hold the kickoff call"]),
        (
            "client_sees: true\n        for_client: We meet at last",
            ["We meet at last"],
            ["Hold the kickoff call"],
        ),
    ],
)
def test_what_a_step_is_called(
    says: str, outside: list[str], inside: list[str], tmp_path: Path
) -> None:
    client = CLIENT.replace("[email]", "[slack]").replace(
        "2026-11-02}", "2026-11-02, kickoff: 2026-12-01}"
    )
    change = {"sops/onboard/welcome.yml": {"due: on kickoff": f"due: on kickoff\n        {says}"}}
    case = {"files": {**FILES, "clients/cedar.yml": client}, "changes": change}
    reading, problems, plans = look(lay(tmp_path, case))
    assert [problem for problem in problems if problem.is_error] == []
    assert reading.library
    assert plans
    plan = plans.of("cedar")
    assert plan
    hello = reading.library.emails["hello"]
    for email, names in ((hello, outside), (replace(hello, to="account-manager"), inside)):
        steps = values(email, plan, None, {})["plan"]["next_steps"]
        told_ = [step["title"] for step in steps if step["due"].day == date(2026, 12, 1)]
        assert told_ == names


# Every form -------------------------------------------------------------------------------------


def made(letter: Document, plan: Plan, row: Row | None, **answers: str) -> dict[str, bytes]:
    pages = drafts.pages(letter, plan, row, answers, TEMPLATES, "x", ("html", "pdf", "docx"))
    return {Path(page.path).suffix: page.content for page in pages}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.hidden = tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.text.append(data)


def of_html(content: bytes) -> str:
    page = _Words()
    page.feed(content.decode())
    assert not {*page.tags} & {"script", "img", "link", "iframe"}
    return " ".join(" ".join(page.text).split())


def of_pdf(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(text.replace("\u200b", "").split())


def word(content: bytes) -> WordDocument:
    return docx.Document(BytesIO(content))


def of_docx(content: bytes) -> str:
    body = word(content).element.body
    return " ".join(
        " ".join(
            "".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))
        ).split()
    )


READ = {".html": of_html, ".pdf": of_pdf, ".docx": of_docx}


def test_every_form_says_the_same(tmp_path: Path) -> None:
    letter, plan, rows = cedar(tmp_path)
    row = rows["billing/milestone@design"]
    forms = made(letter, plan, row)
    for kind, content in forms.items():
        text = READ[kind](content)
        for words in (
            letters.number("cedar", row.address),
            "To Cedar Yoga, of November 20, 2026, payable by December 21, 2026.",
            "Design approved",
            "Total",
            "$400.10",
            "[Which account?]",
            "Design approved, no case",
        ):
            assert words in text, kind
        assert "Draft: 1 question is still open" in text, kind
    assert forms == made(letter, plan, row)
    answered = made(letter, plan, row, bank="Account 1\nFern Bank")
    for kind, content in answered.items():
        assert "Draft" not in READ[kind](content)
        assert "Which account" not in READ[kind](content)
    assert "Pay to Account 1 Fern Bank" in of_html(answered[".html"])


def test_what_is_for_us_stays_with_us(tmp_path: Path) -> None:
    letter, plan, rows = cedar(tmp_path)
    beside = replace(letter, for_us="# Take it off\n\n{{ asks.bank }} for {{ client.name }}")
    row = rows["billing/first"]
    forms: tuple[drafts.Form, ...] = ("html", "pdf", "docx")
    pages = {
        page.path: READ[Path(page.path).suffix](page.content)
        for page in drafts.pages(beside, plan, row, {}, TEMPLATES, "x", forms)
    }
    assert list(pages) == [f"x.{form}" for form in forms] + [f"x.for-us.{form}" for form in forms]
    for path, text in pages.items():
        assert ("Take it off" in text) == (".for-us." in path)
        assert ("Invoice (for us)" in text) == (".for-us." in path and "docx" not in path)
        assert "[Which account?]" in text


def test_the_pdf_is_one_of_the_firm(tmp_path: Path) -> None:
    letter, plan, rows = cedar(tmp_path)
    reader = PdfReader(BytesIO(made(letter, plan, rows["billing/first"])[".pdf"]))
    text = of_pdf(made(letter, plan, rows["billing/first"])[".pdf"])
    root: Mapping[str, Any] = dict(reader.root_object)
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata
    assert reader.metadata.title == "Invoice: Cedar Yoga"
    for words in ("Fern & Co", "Invoice, version 1.2", "Page 1 of 1"):
        assert words in text


@pytest.mark.parametrize("many", range(14, 34))
def test_no_page_has_a_few_lines_alone(many: int, tmp_path: Path) -> None:
    letter, plan, _ = cedar(tmp_path)
    part = "## A heading\n\nA sentence or two.\n\n"
    pages = drafts.pages(
        replace(letter, body=f"# A title\n\n{part * many}"),
        plan,
        None,
        {},
        TEMPLATES,
        "x",
        ("pdf",),
    )
    last = PdfReader(BytesIO(next(pages).content)).pages[-1].extract_text()
    assert last.count("A sentence") > 2


def test_word_reads_it_as_one_of_its_own(tmp_path: Path) -> None:
    letter, plan, rows = cedar(tmp_path)
    content = made(letter, plan, rows["billing/first"])[".docx"]
    read = word(content)
    section = read.sections[0]
    assert round(section.page_width.inches, 2) == 8.5  # type: ignore[union-attr]  # it has one
    assert section.header.paragraphs[0].text == "Fern & Co\tInvoice"
    assert section.footer.paragraphs[0].text.startswith("Invoice, version 1.2\tPage ")
    fields = [f.get(qn("w:instr")) for f in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    draft, heading = read.paragraphs[:2]
    assert draft.text == "[Draft: 1 question is still open]"
    assert heading.style
    assert heading.style.name == "Heading 1"
    assert heading.text.startswith("Invoice CED-")
    listed = [p for p in read.paragraphs if p.style and p.style.name == "List Paragraph"]
    assert [p.text for p in listed] == ["First", "inside", "Second"]
    levels = [p._p.find(f".//{qn('w:ilvl')}").get(qn("w:val")) for p in listed]
    assert levels == ["0", "1", "0"]
    (table,) = read.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["What", "Amount"],
        ["Booking page, apart from the milestones", "$899.90"],
        ["Total", "$899.90"],
    ]
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    told = [run for p in read.paragraphs for run in p.runs if run.font.highlight_color]
    assert [run.text for run in told] == ["[Draft: 1 question is still open]", "[Which account?]"]
    core = read.core_properties
    assert (core.title, core.author, core.language) == ("Invoice", "Fern & Co", "en-US")
    assert core.created
    assert core.created.date() == core.modified.date() == TODAY
    with zipfile.ZipFile(BytesIO(content)) as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in packed.namelist() if "thumbnail" in name]


def test_word_is_told_no_more_of_a_title_than_it_takes() -> None:
    head = office.Letterhead("T" * 300, "C" * 300, "f", "a4", "en-GB", TODAY)
    told = word(office.docx(parse("Words."), head)).core_properties
    assert (told.title, told.author) == ("T" * 255, "C" * 255)


def test_a4() -> None:
    head = office.Letterhead("T", "C", "f", "a4", "en-GB", TODAY)
    page = word(office.docx(parse("Words."), head)).sections[0].page_width
    assert page
    assert round(page.mm) == 210


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("| What | Amount |\n|---|---|\n| Design | $4,000.00 |", (90, 120)),
        ("| Name | |\n|---|---|\n| Date | |", (70, 300)),  # room for a hand
        ("| Are you content? | 1 | 2 |\n|---|---|---|\n| yes | | |", (190, 60, 60)),  # to tick
        (
            f"| Who | Email | Said |\n|---|---|---|\n| Al | {'a' * 25} | {'word ' * 40} |",
            (60, 280, 400),
        ),
        (
            f"| A | B | C |\n|---|---|---|\n| {'word ' * 9} | {'word ' * 9} | {'a' * 30} |",
            (235, 235, 330),
        ),
    ],
)
def test_columns_are_as_wide_as_they_need(table: str, expected: tuple[int, ...]) -> None:
    (block,) = parse(table)
    assert isinstance(block, Table)
    assert weights(block) == expected


PARTS = st.sampled_from(
    [
        "# Head *it*",
        "Words **strong *both*** [a](https://a.example/?x=1&y=2) [here](../x.md)\\\nnext",
        "- one\n\n  more of it\n  1. in\n     - deep\n- two",
        "1. a\n2. b",
        "| A | B |\n|:--|--:|\n| x | |\n| **y** | 2 |",
        "| | |\n|---|---|\n| Yes | |",
        "| A |\n|:-:|\n| x |",
        mark(Prompt("Which?")),
        escape_markdown(HOSTILE),
        "東京",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PARTS, max_size=7).map("\n\n".join))
def test_word_opens_any_text_and_every_word_is_there(text: str) -> None:
    blocks = parse(text)
    head = office.Letterhead("T", "C", "f", "letter", "en-US", TODAY)
    content = office.docx(blocks, head)
    assert content == office.docx(blocks, head)
    found = of_docx(content)
    for said in re.findall(r"\w+", of_html(to_html(blocks).encode())):
        assert said in found


@pytest.mark.parametrize("name", [HOSTILE, "\\' \" </title><script>alert(1)</script>", "a" * 90])
def test_hostile_names(name: str, tmp_path: Path) -> None:
    library, plans = laid(
        tmp_path, **{"name: Cedar Yoga": f"name: {yaml.safe_dump(name, width=999).splitlines()[0]}"}
    )
    plan = plans.of("cedar")
    assert plan
    assert plan.client.name == name
    row = next(plan.rows())
    for kind, content in made(library.documents["invoice"], plan, row, bank=name).items():
        seen = READ[kind](content).replace(" ", "")
        assert seen.count(" ".join(name.split()).replace(" ", "")) >= 2, kind


# What build writes ------------------------------------------------------------------------------


def test_drafts_for_open_steps(tmp_path: Path) -> None:
    library, plans = laid(tmp_path)
    plan = plans.of("cedar")
    assert plan
    pages = {page.path: page for page in drafts.render(plan, library, TEMPLATES)}
    folder = "clients/cedar/documents"
    assert f"{folder}/billing/first.pdf" in pages
    assert f"{folder}/billing/milestone@design.docx" in pages
    # Of what comes every month only the next.
    assert f"{folder}/billing/month@1.html" in pages
    assert f"{folder}/billing/month@2.html" not in pages
    assert not [path for path in pages if path.endswith(drafts.NOT_YET)]


def test_what_cannot_be_written_is_listed_once(tmp_path: Path) -> None:
    texts = {
        "documents/invoice.yml": INVOICE.replace("{{ asks.bank }}", "{{ dates.kickoff | date }}"),
        "emails/hello.yml": (TESTS / "base/emails/hello.yml")
        .read_text("utf-8")
        .replace("We look", "On {{ dates.kickoff | date }} we look"),
    }
    reading, _, plans = look(lay(tmp_path, {"files": {**FILES, **texts}}))
    assert reading.library
    assert plans
    plan = plans.of("cedar")
    assert plan
    pages = list(drafts.render(plan, reading.library, TEMPLATES))
    (listed,) = (page for page in pages if not page.path.startswith("clients/cedar/documents"))
    assert listed.path == "clients/cedar/not-yet.txt"
    lines = listed.content.decode().splitlines()
    assert "- email Hello (welcome/greet): dates.kickoff" in lines
    assert "- document Invoice (billing/first): dates.kickoff" in lines


@pytest.fixture(scope="module")
def ours() -> tuple[Library, Plans]:
    """The firm of this repository."""
    reading, problems, plans = look(TESTS.parent)
    assert [problem for problem in problems if problem.is_error] == []
    assert reading.library
    assert plans
    return reading.library, plans


def _ours(plans: Plans) -> Iterator[Plan]:
    yield from (*plans.all(), *plans.people(), *plans.quarters())


def test_all_our_letters_can_be_written(ours: tuple[Library, Plans]) -> None:
    library, plans = ours
    written: set[str] = set()
    for plan in _ours(plans):
        for row in plan.rows():
            if row.state in ("out", "excepted", "not-applicable"):
                continue
            if row.step.email:
                letters.write(library.emails[row.step.email], plan, row)
            if row.step.document:
                blocks = letters.fill(library.documents[row.step.document], plan, row)
                assert "{{" not in str(blocks)
                written.add(row.step.document)
    assert len(written) > 5


def test_each_of_our_documents_in_each_form(ours: tuple[Library, Plans]) -> None:
    """For a client; those that no plan calls for today are asked for by hand."""
    library, plans = ours
    plan = plans.of("harbor-lane-dental")
    assert plan
    for letter in library.documents.values():
        row = next((row for row in plan.rows() if row.step.document == letter.id), None)
        open_ones = {prompt.question for prompt in prompts(letters.fill(letter, plan, row))}
        for page in drafts.pages(
            letter, plan, row, {}, TEMPLATES, letter.id, ("html", *letter.formats)
        ):
            text = READ[Path(page.path).suffix](page.content)
            if ".for-us." in page.path:
                assert "This sheet is for us." in text
                continue
            for question in open_ones:
                assert "".join(question.split()) in "".join(text.split()), (page.path, question)


def test_our_invoices_add_up(ours: tuple[Library, Plans]) -> None:
    """Added up once more, from the files as they stand and the pages as they are read."""
    library, plans = ours
    for plan in plans.all():
        stated = yaml.safe_load((TESTS.parent / plan.client.at.path).read_text("utf-8"))
        lines = stated.get("fees", {}).get("lines", ())
        price = sum(Decimal(line["amount"]) for line in lines)
        fees = {m["id"]: Decimal(m["fee"]) for m in stated.get("milestones", ()) if "fee" in m}
        invoiced = []
        for row in plan.rows():
            if row.step.document != "invoice" or row.state == "out":
                continue
            amounts = _amounts(letters.fill(library.documents["invoice"], plan, row))
            if not amounts:
                continue
            *parts, total = amounts
            assert sum(parts) == total
            item = row.address.rpartition("@")[2]
            if item in fees:
                assert total == fees[item]
            if not row.step.repeat:
                invoiced.append(total)
        assert not invoiced or sum(invoiced) == price


def test_an_early_invoice_has_its_own_day(ours: tuple[Library, Plans]) -> None:
    """Drafts lie ready weeks before; what they say is true on the day they go out."""
    library, plans = ours
    plan = plans.of("harbor-lane-dental")
    assert plan
    rows = {row.address: row for row in plan.rows()}
    sent, early, unknown = (
        told(library.documents["invoice"], plan, rows[f"billing/{step}"])
        for step in ("milestone-invoice@plan-agreed", "milestone-invoice@launch", "final-invoice")
    )
    assert (sent["date"], sent["due"]) == (date(2026, 10, 30), date(2026, 11, 30))
    assert (early["date"], early["due"]) == (date(2027, 2, 3), date(2027, 3, 5))
    # Nobody knows when the last delivery will be approved.
    assert isinstance(unknown["date"], Prompt)
    assert isinstance(unknown["due"], Prompt)


def _amounts(blocks: tuple[Block, ...]) -> list[Decimal]:
    """The amounts in a document's last table, none where one is a question."""
    table = [block for block in blocks if isinstance(block, Table)][-1]
    if list(prompts([table])):
        return []
    cells = [re.search(r"(-?)\$([\d,]+\.\d\d)", str(row[-1])) for row in table.rows]
    return [Decimal(f"{c[1]}{c[2].replace(',', '')}") for c in cells if c]


def test_what_everyone_gets_goes_to_the_one(ours: tuple[Library, Plans]) -> None:
    """In a person's plan a role that all of us hold is that person."""
    library, plans = ours
    for plan in plans.people():
        for row in plan.rows():
            email = library.emails.get(row.step.email)
            if email and email.to == "everyone":
                (only,) = letters.write(email, plan, row).to
                assert only[0] == plan.client.name


# The command ------------------------------------------------------------------------------------


def sopwith(root: Path, *arguments: str) -> Result:
    typed = [*arguments, "--root", str(root), "--today", "2026-11-20"]
    result = CliRunner(env={"COLUMNS": "80"}).invoke(main, typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def test_the_command(tmp_path: Path) -> None:
    laid(tmp_path)
    result = sopwith(tmp_path, "document", "invoice", "cedar", "--ask", "bank=Account 1")
    assert result.exit_code == 0
    paths = [Path(line) for line in result.output.splitlines()]
    assert [path.name for path in paths] == ["invoice.html", "invoice.pdf", "invoice.docx"]
    assert all(path.is_file() for path in paths)
    assert "Account 1" in of_pdf(paths[1].read_bytes())
    again = sopwith(tmp_path, "document", "invoice", "birch", "--format", "docx")
    assert again.output.endswith("build/documents/birch/invoice.docx\n")
    assert paths[0].is_file()


def test_the_command_for_one_step(tmp_path: Path) -> None:
    laid(tmp_path)
    step = ("--step", "billing/milestone@launch", "--format", "html")
    result = sopwith(tmp_path, "document", "invoice", "cedar", *step)
    assert result.exit_code == 0
    assert "$300.20" in Path(result.output.strip()).read_text("utf-8")


@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [
        ("invoise cedar", 2, 'did you mean "invoice"?'),
        ("invoice cedr", 2, 'did you mean "cedar"?'),
        ("invoice cedar --ask bnk=x", 2, 'did you mean "bank"?'),
        ("invoice cedar --format odt", 2, "is not one of"),
        ("invoice cedar --step milestone@desing", 2, "milestone@design"),
        ("invoice cedar --step milestone@design", 2, "dispute@wrong-sum/milestone@design"),
        ("invoice cedar --step welcome/greet", 2, "no step that calls for this document"),
    ],
)
def test_the_command_used_wrongly(typed: str, code: int, says: str, tmp_path: Path) -> None:
    laid(tmp_path)
    result = sopwith(tmp_path, "document", *typed.split())
    assert (result.exit_code, says in result.output) == (code, True), result.output
    assert not (tmp_path / "build/documents").exists()


def test_what_is_not_known_stops_it(tmp_path: Path) -> None:
    text = INVOICE.replace("{{ asks.bank }}", "{{ asks.bank }} by {{ dates.kickoff | date }}")
    lay(tmp_path, {"files": {**FILES, "documents/invoice.yml": text}})
    result = sopwith(tmp_path, "document", "invoice", "cedar")
    assert result.exit_code == 1
    assert 'not-yet-known: "Invoice" cannot be written yet: nothing is known of dates.kickoff' in (
        result.output
    )


def test_a_character_that_no_font_has(tmp_path: Path) -> None:
    text = INVOICE.replace("To {{", "\U00013000 To {{")
    lay(tmp_path, {"files": {**FILES, "documents/invoice.yml": text}})
    for typed in (("document", "invoice", "cedar"), ("checklist", "cedar")):
        result = sopwith(tmp_path, *typed)
        assert result.exit_code == 1
        assert (
            "documents/invoice.yml:9:3: missing-glyph: the document cannot print" in result.output
        )
    result = sopwith(tmp_path, "document", "invoice", "cedar", "--format", "docx")
    assert result.exit_code == 0


# LibreOffice ------------------------------------------------------------------------------------


@pytest.mark.heavy
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice Writer is not here")
def test_libreoffice_opens_our_word_files(ours: tuple[Library, Plans], tmp_path: Path) -> None:
    library, plans = ours
    plan = plans.of("harbor-lane-dental")
    assert plan
    pages: dict[str, Page] = {}
    for letter in library.documents.values():
        row = next((row for row in plan.rows() if row.step.document == letter.id), None)
        for page in drafts.pages(letter, plan, row, {}, TEMPLATES, letter.id, ("pdf", "docx")):
            pages[page.path] = page
            (tmp_path / page.path).write_bytes(page.content)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path / "office"),
         *(str(tmp_path / name) for name in pages if name.endswith(".docx"))],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip  # one line a group of arguments reads better
    for name in library.documents:
        shown = of_pdf((tmp_path / f"office/{name}.pdf").read_bytes())
        ours_ = of_pdf(pages[f"{name}.pdf"].content)
        missing = {*re.findall(r"\w{4,}", ours_)} - {*re.findall(r"\w{4,}", shown)}
        assert len(missing) < 6, (name, missing)
