"""A checklist says what the plan says, in three forms, whatever the names in it are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PdfReader

from planned import BILLING, COMPANY, HOSTILE, TODAY, WORK, client, ended, plan, work_together
from sopwith.data import template_folder
from sopwith.model import Absence, Contact, Moment
from sopwith.outputs.checklist import Context, Sheet, render, sheet
from sopwith.outputs.checklist.forms import Lack
from sopwith.paper import MissingGlyph
from sopwith.plan import Gap, Plan
from sopwith.text.readable import plain
from sopwith.workspace import Inputs, open_workspace

ROOT = Path(__file__).parents[1]
VERSIONS = "https://handbook.alderfinch.example/versions"
CONTEXT = Context(
    templates=template_folder(ROOT),
    today=TODAY,
    commit="ab12cd3",
    handbook=COMPANY.handbook,
    locale="en-US",
    paper="letter",
)
MM = 72 / 25.4


def pages(of: Plan, context: Context = CONTEXT) -> Mapping[str, bytes]:
    return {page.path: page.content for page in render(of, context)}


def pdf(of: Plan, context: Context = CONTEXT) -> PdfReader:
    return PdfReader(BytesIO(pages(of, context)["clients/harbor-lane/checklist.pdf"]))


def sheet_of(of: Plan) -> Sheet:
    return sheet(of, today=TODAY, commit="ab12cd3", handbook="", locale="en-US", paper="letter")


def flat(text: str) -> str:
    # Long words carry invisible places to break at.
    return " ".join(text.replace("\u200b", "").split())


class _Visible(HTMLParser):
    """The words of a page, and each of its elements with its attributes."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _markdown_words(content: str) -> str:
    tokens = MarkdownIt("commonmark").enable("table").parse(content)
    parts = [child.content for token in tokens for child in token.children or []]
    assert not [t for t in tokens if t.type in ("html_block", "code_block", "table_open", "fence")]
    return " ".join(parts)


@cache
def said() -> Mapping[str, str]:
    """The words of each form of the whole plan, as a reader meets them."""
    made = pages(plan())
    reader = PdfReader(BytesIO(made["clients/harbor-lane/checklist.pdf"]))
    html = made["clients/harbor-lane/checklist.html"].decode()
    return {
        "pdf": flat(" ".join(page.extract_text() for page in reader.pages)),
        "html": flat(" ".join(_Visible(html).words)),
        "md": flat(_markdown_words(made["clients/harbor-lane/checklist.md"].decode())),
    }


@pytest.mark.parametrize("form", ["pdf", "html", "md"])
@pytest.mark.parametrize(
    "words",
    [
        HOSTILE,
        "Website & booking relaunch, 100% _new_",
        "moved from October 12, 2026: Two decision makers were away",
        "client-onboarding 1.20 · effective 2026-10-05",
        "Do-confirm",
        "Read-do",
        "A warm, personal start that sets the right expectations.",
        "the contract value is at least $10,000",
        "1.3 Send the intake form",
        "They chose Teams",
        "Approved by word, at the signing; approved by Management, until Thu, Dec 31",
        "2 business days after delivery approved",
        "The sent email, filed with the client",
        "Never ask for card numbers in the form.",
        "Sent *twice*",
        "Sam Ortiz",
        "overdue",
        "Tue, Nov 17",
        "Fri, Jan 1, 2027, 9:30",
        "2.5 Fax the signed form: The client is not reached by fax.",
        "Billing (billing): We deliver a product; this is for services.",
        'there is no date for "Delivery approved"',
        "Case extra-page: A page for the team. Opened Mon, Nov 16.",
        "Prepared by",
        "Reviewed by",
        "Uncontrolled when printed: check https://handbook.alderfinch.example",
        "Is this version current?",
    ],
)
def test_every_form_says(words: str, form: str) -> None:
    assert words in said()[form].replace("\u202f", " ")


def test_a_tip_stays_in_the_handbook() -> None:
    assert not [form for form, words in said().items() if "A tip stays" in words]


def test_now_lists_overdue_and_coming_steps_once_critical_first() -> None:
    found = {
        concern.title: [(row.number, row.critical) for row in concern.rows]
        for concern in sheet_of(plan()).now
    }
    assert found == {
        "Overdue": [("1.3", False)],
        "Due in the next 10 days": [("1.5.1", True), ("1.1", True)],
        "Other critical steps still open": [("2.1", True)],
    }


def test_critical_steps_come_before_earlier_ones() -> None:
    late = plan()
    first, *_ = late.sops
    rows = tuple(
        replace(row, state="overdue") if row.number in ("2.1", "2.2") else row
        for row in first.phases[1].rows
    )
    late = replace(
        late, sops=(replace(first, phases=(first.phases[0], replace(first.phases[1], rows=rows))),)
    )
    overdue = sheet_of(late).now[0]
    assert [row.number for row in overdue.rows] == ["2.1", "1.3", "2.2", "2.2", "2.2"]


def test_what_waits_for_another_says_so_by_number() -> None:
    waits = {row.number: row.waits for concern in sheet_of(plan()).now for row in concern.rows}
    assert waits["2.1"] == "1.3"
    assert waits["1.1"] == ""
    assert "1.3" in re.findall(r"Waiting for ([\d.]+)", flat(pdf(plan()).pages[0].extract_text()))


def test_what_nobody_listed_is_lacking_before_its_procedure_begins() -> None:
    first, *others = plan().sops
    each = replace(WORK.steps[3], for_each="deliverables")
    row = replace(
        first.phases[1].rows[-1],
        step=each,
        out="no deliverables yet in clients/harbor-lane.yml: list them, and each gets its steps",
    )
    phases = (first.phases[0], replace(first.phases[1], rows=(row,)))
    some = plan(sops=(replace(first, phases=phases), *others))
    assert sheet_of(some).lacks[-1] == Lack(
        'no deliverables yet; "Get the deliverable approved" is done for each of them',
        "list them under deliverables:, or write deliverables: [] where there are none",
    )
    told = replace(some, gaps=(Gap("", "said once", "", some.client.at / "deliverables"),))
    assert [lack.message for lack in sheet_of(told).lacks] == ["said once"]


def test_page_one_has_as_many_rows_as_fit() -> None:
    first, *others = plan().sops
    phase = first.phases[0]
    rows = tuple(
        replace(phase.rows[2], address=f"onboarding/more@{number}") for number in range(40)
    )
    phases = (replace(phase, rows=rows), *first.phases[1:])
    bare = replace(
        plan(sops=(replace(first, phases=phases), *others)), client=client(dates={}, paused=())
    )
    full, page = (flat(pdf(of).pages[0].extract_text()) for of in (plan(sops=bare.sops), bare))
    assert page.count("Onboarding specialist") > full.count("Onboarding specialist") > 5
    assert re.search(r"And \d+ more: \d+ in Client onboarding", page)


def test_procedures_are_listed_in_the_order_of_their_pages() -> None:
    first, *others = plan().sops
    away = replace(first.phases[1].rows[1], due=Moment(TODAY + timedelta(40)))
    later = replace(first, phases=(replace(first.phases[0], rows=(away,)),))
    texts = [flat(page.extract_text()) for page in pdf(plan(sops=(later, *others))).pages]
    table = next(text for text in texts if "In this checklist" in text)
    order = ["In full", others[0].sop.title, "Later", first.sop.title, "A critical step"]
    places = [table.index(words, table.index("In this checklist")) for words in order]
    assert places == sorted(places)


def test_what_has_no_room_on_page_one_is_counted_by_procedure() -> None:
    late = plan()
    first, *others = late.sops
    phase = first.phases[0]
    rows = tuple(
        replace(
            phase.rows[0],
            address=f"onboarding/more@{number}",
            step=replace(phase.rows[0].step, critical=True),
            state="due",
            due=Moment(TODAY + timedelta(40)),
            progress=None,
        )
        for number in range(20)
    )
    phases = (replace(phase, rows=(*phase.rows, *rows)), *first.phases[1:])
    many = replace(late, sops=(replace(first, phases=phases), *others))
    concern = sheet_of(many).now[-1]
    assert (len(concern.rows), len(concern.rest)) == (6, 15)
    words = flat(pdf(many).pages[0].extract_text())
    assert re.search(rf"And \d+ more: \d+ in {first.sop.title}, page 3\.", words), words
    assert "Other critical steps still open: the next 6 of 21" in (
        pages(many)["clients/harbor-lane/checklist.md"].decode()
    )


@pytest.mark.heavy
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_page_one_of_every_client_is_one_page(paper: Any) -> None:
    work = open_workspace(Inputs(ROOT, today=TODAY))
    assert work.plans
    for found in work.plans.all():
        made = pages(found, replace(CONTEXT, paper=paper, forms=("pdf",)))
        texts = [one.extract_text() for one in PdfReader(BytesIO(next(iter(made.values())))).pages]
        on = next(number for number, text in enumerate(texts) if "In this checklist" in text)
        head, _, _ = texts[on].partition("In this checklist")
        assert on == 0 or flat(head) == "Alder & Finch Checklist", found.client.id


def test_boxes_tell_done_from_not_to_be_done() -> None:
    boxes = {
        row.number: row.box
        for sop in sheet_of(plan()).sops
        for phase in sop.phases
        for row in phase.rows
        if not row.heading and sop.address == "client-onboarding"
    }
    assert boxes == {
        "1.1": "done",
        "1.2": "done",
        "1.3": "to do",
        "1.4": "not applicable",
        "1.5.1": "to do",
        "2.1": "to do",
        "2.2": "to do",
        "2.3": "to do",
        "2.4": "excepted",
    }


def test_a_done_row_says_by_whom_and_when() -> None:
    welcome = sheet_of(plan()).sops[0].phases[0].rows[0]
    assert (welcome.initials, welcome.done_on) == ("SO", "Sep 16")


def test_rows_of_an_sop_whose_call_is_out_go_without_saying() -> None:
    first, *_ = plan().sops
    rows = tuple(
        replace(row, state="out", out="only if what we deliver is service")
        if row.number.startswith("1.5")
        else row
        for row in first.phases[0].rows
    )
    shorter = replace(first, phases=(replace(first.phases[0], rows=rows),))
    assert [(out.what, out.reason) for out in sheet_of(plan(sops=(shorter,))).sops[0].out] == [
        (("1.5 Write and deliver the proposal",), "only if what we deliver is service")
    ]


def test_steps_out_for_one_reason_share_a_line() -> None:
    some = plan(left_out=((BILLING, "only if x"), (replace(BILLING, id="b2"), "only if x")))
    assert [out.what for out in sheet_of(some).out] == [("Billing (billing)", "Billing (b2)")]


def test_an_ended_engagement_has_nothing_due() -> None:
    over = sheet_of(ended())
    assert over.ended == "Ended November 18, 2026: cancelled. Nothing is due any more."
    assert over.now == ()
    assert {row.due for row in over.sops[0].phases[0].rows} == {""}
    assert "not done" in flat(pdf(ended()).pages[1].extract_text())


def test_what_is_settled_prints_in_short_and_keeps_its_reasons() -> None:
    text = " ".join(flat(page.extract_text()) for page in pdf(ended()).pages)
    assert "Settled procedures" in text
    assert "Excepted: Approved by word, at the signing" in text
    assert "Role and person" not in text


def test_a_step_that_comes_again_tells_its_details_once() -> None:
    first, *_ = plan().sops
    of = first.sop.step("intake-form")
    assert of
    dues = [Moment(TODAY + timedelta(days=7 * number)) for number in (1, 2)]
    rows = tuple(replace(work_together(1).rows[1], step=of, due=due) for due in dues)
    again = replace(first, phases=(replace(first.phases[0], rows=rows),))
    whole, brief = sheet_of(plan(sops=(again,))).sops[0].phases[0].rows
    assert (whole.brief, brief.brief) == (False, True)
    text = " ".join(flat(page.extract_text()) for page in pdf(plan(sops=(again,))).pages)
    assert text.count("Evidence: The sent email") == 1


def test_what_is_weeks_away_prints_in_short_with_a_box() -> None:
    first, *_ = plan().sops
    away = replace(work_together(1).rows[1], due=Moment(TODAY + timedelta(days=29)))
    later = replace(first, phases=(replace(first.phases[0], rows=(away,)),))
    reader = pdf(plan(sops=(later,)))
    text = " ".join(flat(page.extract_text()) for page in reader.pages)
    assert sheet_of(plan(sops=(later,))).sops[0].told == "later"
    assert "Later procedures" in text
    assert "Dana Whitfield · Sat, Dec 19" in text
    assert "Role and person" not in text.partition("Later procedures")[2]
    assert "to do" in alternatives(reader)


def test_many_people_are_counted_and_a_stand_in_is_there_for_someone() -> None:
    first, *_ = plan().sops
    row = work_together(1).rows[1]
    (dana, *_) = row.who
    absence = Absence(who="sam", from_=TODAY, to=TODAY, stand_in="dana")
    rows = (replace(row, who=(dana,) * 8), replace(row, who=(replace(dana, absence=absence),)))
    shown = replace(first, phases=(replace(first.phases[0], rows=rows),))
    assert [row.people for row in sheet_of(plan(sops=(shown,))).sops[0].phases[0].rows] == [
        "8 people",
        "Dana Whitfield for Sam Ortiz",
    ]


def test_an_empty_plan_still_prints() -> None:
    made = pages(plan(sops=(), left_out=(), gaps=()))
    for content in made.values():
        assert content
    assert b"Nothing is overdue" in made["clients/harbor-lane/checklist.md"]


# On paper -------------------------------------------------------------------------------------


def test_each_page_says_what_it_is_and_each_sop_starts_a_page() -> None:
    feet = [
        flat(page.extract_text()).partition(" Uncontrolled when printed")[0][-110:]
        for page in pdf(plan()).pages
    ]
    tail = " · printed 2026-11-20 · commit ab12cd3"
    assert [
        re.sub(r"^.*?(?=Overview ·|client-onb|change-man|Sign-off ·|Not for this client ·)", "", f)
        for f in feet
    ] == [
        f"Overview · page 1 of 6{tail}",
        f"client-onboarding 1.20 · effective 2026-10-05 · page 2 of 6{tail}",
        f"client-onboarding 1.20 · effective 2026-10-05 · page 3 of 6{tail}",
        f"change-management 1.0 · effective 2026-10-05 · page 4 of 6{tail}",
        f"Not for this client · page 5 of 6{tail}",
        f"Sign-off · page 6 of 6{tail}",
    ]


@pytest.mark.parametrize("role", ["", "account-manager"])
def test_what_is_named_elsewhere_says_on_which_page_it_stands(role: str) -> None:
    name = "-".join(filter(None, ("checklist", role)))
    paper = named(plan(), name, roles=(role,) if role else ())
    texts = [flat(page.extract_text()) for page in paper.pages]
    some = sheet(
        plan(), today=TODAY, commit="", handbook="", locale="en-US", paper="letter", role=role
    )
    pointers = [pointer for concern in some.now for pointer in concern.rows]
    titles = "|".join(re.escape(pointer.sop) for pointer in pointers)
    told = re.findall(rf"({titles}), page (\d+)", texts[0])
    assert [title for title, _ in told] == [pointer.sop for pointer in pointers]
    for pointer, (_, page) in zip(pointers, told, strict=True):
        assert f"{pointer.number} " in texts[int(page) - 1]
        assert flat(pointer.title) in texts[int(page) - 1]
    assert {title for title, page in re.findall(r"(\w+ \w+), page (\d+)", texts[-2])} == {
        sop.title for sop in some.sops if sop.out
    }


def test_a_phase_is_split_only_when_longer_than_a_page() -> None:
    short = [page.extract_text() for page in pdf(plan()).pages]
    assert "2 Work together" not in short[1]
    assert "2 Work together" in short[2]
    first, *_ = plan().sops
    long = replace(first, phases=(work_together(40),))
    split = [flat(page.extract_text()) for page in pdf(plan(sops=(long,))).pages[1:-2]]
    assert len(split) > 1
    assert all("Role and person" in page for page in split)  # the labels come again


@pytest.mark.parametrize(("paper", "size"), [("letter", (215.9, 279.4)), ("a4", (210, 297))])
def test_type_is_never_small_and_the_binding_margin_is_free(paper: Any, size: Any) -> None:
    reader = pdf(plan(), replace(CONTEXT, paper=paper))
    seen: list[tuple[float, float]] = []

    def visit(text: str, cm: Any, tm: Any, font: Any, points: float) -> None:
        if text.strip():
            seen.append((abs(points * tm[3] * cm[3]), tm[4] * cm[0] + cm[4]))

    for page in reader.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(
            (size[0] * MM, size[1] * MM), abs=0.1
        )
        page.extract_text(visitor_text=visit)
    assert min(points for points, _ in seen) >= 8.99
    assert min(left for _, left in seen) >= 19.9 * MM


def test_boxes_are_read_aloud() -> None:
    boxes = {alt for alt in alternatives(pdf(plan())) if not alt.startswith("QR code: ")}
    assert boxes == {"to do", "done", "not applicable", "excepted"}


def alternatives(reader: PdfReader) -> set[str]:
    """What stands for each picture when the page is read aloud."""
    size = int(str(dict(reader.trailer or {})["/Size"]))
    objects: list[Any] = [reader.get_object(number) for number in range(1, size)]
    return {str(entry["/Alt"]) for entry in objects if hasattr(entry, "keys") and "/Alt" in entry}


def sizes(reader: PdfReader) -> set[float]:
    """The size of every piece of text that is written, in points."""
    seen: set[float] = set()

    def visit(text: str, cm: Any, tm: Any, font: Any, points: float) -> None:
        if text.strip():
            seen.add(round(abs(points * tm[3] * cm[3]), 1))

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return seen


def named(of: Plan, name: str, **more: Any) -> PdfReader:
    made = pages(of, replace(CONTEXT, **more))
    return PdfReader(BytesIO(made[f"clients/harbor-lane/{name}.pdf"]))


def test_large_print_is_larger_and_loses_nothing() -> None:
    large = named(plan(), "checklist-large", large=True)
    assert min(sizes(large)) >= 11.4
    assert 14.0 in sizes(large)
    assert 11.0 in sizes(pdf(plan()))
    words = "".join("".join(flat(page.extract_text()).split()) for page in large.pages)
    assert [word for word in said()["pdf"].split() if word not in words and word.isalpha()] == []
    assert "https://handbook.alderfinch.example/versions/client-onboarding/1.20/" in words


def test_an_extract_says_so_on_each_page_and_holds_one_role() -> None:
    extract = named(plan(), "checklist-onboarding-specialist", roles=("onboarding-specialist",))
    texts = [flat(page.extract_text()) for page in extract.pages]
    assert all("Extract: only the steps of Onboarding specialist." in text for text in texts)
    all_words = " ".join(texts)
    assert "Send the intake form" in all_words
    assert "Open the shared Slack channel" in all_words
    assert "Send the welcome email" not in all_words
    assert "Change management" not in all_words
    assert "1 of 2 settled" in all_words


@pytest.mark.parametrize(
    ("role", "numbers"),
    [
        ("client", {"2.4"}),  # does it, and signs
        ("onboarding-specialist", {"1.3", "1.4"}),
        ("project-manager", {"2.1"}),  # 2.5 is out
        ("management", set()),
    ],
)
def test_an_extract_has_what_a_role_does_helps_with_or_signs(role: str, numbers: set[str]) -> None:
    some = sheet(
        plan(), today=TODAY, commit="", handbook="", locale="en-US", paper="letter", role=role
    )
    assert {r.number for s in some.sops for p in s.phases for r in p.rows} == numbers


def test_an_extract_keeps_the_headings_above_its_steps() -> None:
    some = sheet(
        plan(), today=TODAY, commit="", handbook="", locale="en-US", paper="a4",
        role="account-manager",
    )  # fmt: skip  # one line reads better
    rows = [row for row in some.sops[0].phases[0].rows if row.number.startswith("1.5")]
    assert [(row.number, bool(row.heading)) for row in rows] == [("1.5", True), ("1.5.1", False)]


def test_what_is_asked_for_stands_beside_the_checklist() -> None:
    made = pages(plan(), replace(CONTEXT, large=True, roles=("client",)))
    assert sorted(path.rpartition("/")[2] for path in made) == [
        "checklist-client-large.pdf",
        "checklist-client.pdf",
        "checklist-large.pdf",
        "checklist.html",
        "checklist.md",
        "checklist.pdf",
    ]
    assert (
        made["clients/harbor-lane/checklist.pdf"]
        == pages(plan())["clients/harbor-lane/checklist.pdf"]
    )


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("checklist", {}),
        ("checklist", {"paper": "a4"}),
        ("checklist-large", {"large": True}),
        ("checklist-large", {"large": True, "paper": "a4"}),
    ],
)
def test_a_phone_reads_the_code_of_each_procedure(name: str, more: Any) -> None:
    made = pages(plan(), replace(CONTEXT, **more))[f"clients/harbor-lane/{name}.pdf"]
    found: dict[str, float] = {}
    dots = 150  # an inch, as a cheap camera or a photocopy sees it
    for page in pdfium.PdfDocument(made):
        picture = page.render(scale=dots / 72, grayscale=True).to_numpy()
        for code in zxingcpp.read_barcodes(picture):
            corners = code.position
            found[code.text] = (corners.top_right.x - corners.top_left.x) / dots * 25.4
    assert found.keys() == {
        f"{VERSIONS}/client-onboarding/1.20/",
        f"{VERSIONS}/change-management/1.0/",
    }
    assert min(found.values()) >= 20


def test_without_an_address_there_is_no_code() -> None:
    bare = pdf(plan(), replace(CONTEXT, handbook=""))
    assert "check the handbook" in flat(bare.pages[-1].extract_text())
    assert "Is this version current?" not in flat(" ".join(p.extract_text() for p in bare.pages))


def test_a_block_with_open_steps_ends_with_a_line_for_what_does_not_apply() -> None:
    asked = "Not applicable (number and reason):"
    assert said()["pdf"].count(asked) == 3
    assert asked not in flat(" ".join(page.extract_text() for page in pdf(ended()).pages))


def test_the_first_page_has_contacts_and_key_dates() -> None:
    people = (
        Contact("Devon Marsh", title="Front desk"),
        Contact("Priya Shah", "", "Owner", "priya@harbor.example", "555 0100", main=True),
    )
    words = flat(pdf(plan(client=client(contacts=people))).pages[0].extract_text())
    reached = "Priya Shah main contact Owner priya@harbor.example 555 0100 Devon Marsh Front desk"
    assert reached in words
    assert "Kickoff with the client October 19, 2026" in words


def test_an_sop_says_what_its_dates_count_from() -> None:
    events = {"kickoff": Moment(date(2026, 10, 19)), "contract-signed": Moment(date(2026, 10, 1))}
    first, *_ = plan().sops
    rows = tuple(
        replace(row, step=replace(row.step, due="2 days after kickoff"))
        for row in first.phases[1].rows
    )
    dated = replace(first, phases=(replace(first.phases[1], rows=rows),))
    some = sheet_of(plan(sops=(dated,), events=events))
    assert [(a.label, a.value) for a in some.sops[0].anchors] == [
        ("Kickoff with the client", "October 19, 2026")
    ]


@pytest.mark.parametrize(
    "name",
    ["مستشفى الأسنان", "שלום עולם", "東京歯科医院", "서울", "สวัสดีชาวโลก", "नमस्ते", "Łódź ✓"],
)
def test_names_print_in_any_script(name: str) -> None:
    pytest.importorskip("manimgx_fonts_cjk", reason="the extra `fonts` is not installed")
    odd = plan(client=client(name=name))
    assert pages(odd)["clients/harbor-lane/checklist.pdf"].startswith(b"%PDF")


def test_a_character_without_a_glyph_is_named() -> None:
    odd = plan()
    odd = replace(odd, client=replace(odd.client, name="\N{PARTY POPPER} Ltd"))
    with pytest.raises(MissingGlyph, match="U\\+1F389"):
        pages(odd)


def test_a_word_longer_than_its_column_breaks() -> None:
    odd = plan()
    name = "Donaudampfschifffahrtsgesellschaft" * 6
    odd = replace(odd, client=replace(odd.client, name=name, engagement=name))
    first = pdf(odd).pages[0].extract_text().replace("\u200b", "")
    assert name not in first
    assert name in "".join(first.split())


# On screen ------------------------------------------------------------------------------------


def test_the_page_stands_alone_and_asks_no_one_for_anything() -> None:
    html = pages(plan())["clients/harbor-lane/checklist.html"].decode()
    elements = _Visible(html).elements
    assert not {tag for tag, _ in elements} & {"link", "img", "iframe", "base", "form"}
    assert not [a for _, a in elements if "src" in a]
    ways_out = {a["href"] for _, a in elements if (a.get("href") or "#")[0] != "#"}
    assert all(str(way).startswith(f"{VERSIONS}/") for way in ways_out)  # only where one clicks
    assert "url(" not in html
    assert "@import" not in html


def test_every_link_has_its_target_and_every_id_is_its_own() -> None:
    html = pages(plan())["clients/harbor-lane/checklist.html"].decode()
    elements = _Visible(html).elements
    ids = [a["id"] for _, a in elements if "id" in a]
    assert len(ids) == len(set(ids))
    targets = [
        href.replace("%40", "@").removeprefix("#")
        for _, a in elements
        if (href := a.get("href") or "").startswith("#")
    ]
    assert targets
    assert set(targets) <= set(ids)


def test_a_box_on_screen_is_ticked_and_fixed_once_done() -> None:
    html = pages(plan())["clients/harbor-lane/checklist.html"].decode()
    row = html[html.index('id="client-onboarding/welcome"') :]
    assert '<input type="checkbox" checked disabled>' in row[: row.index("</label>")]
    row = html[html.index('id="client-onboarding/intake-form"') :]
    assert '<input type="checkbox">' in row[: row.index("</label>")]


# As text --------------------------------------------------------------------------------------


def test_markdown_is_one_list_item_a_step_whatever_the_text_holds() -> None:
    odd = plan()
    first, *_ = odd.sops
    rows = tuple(
        replace(row, only_if="a\n\n# b\n- c") if row.number == "1.3" else row
        for row in first.phases[0].rows
    )
    broken = replace(first, phases=(replace(first.phases[0], rows=rows),))
    text = pages(plan(sops=(broken,)))["clients/harbor-lane/checklist.md"].decode()
    assert "\n- [x] ◆ 1.1 Send the welcome email\n" in text
    assert "\n- [ ] 1.3 Send the intake form\n" in text
    assert "\n- *not applicable:* 1.4 Open the shared Slack channel\n" in text
    assert "Only if a" in _markdown_words(text)
    assert "\n# b" not in text


@given(
    text=st.text("-_*`[](){}!<>&#;~|=+:/\\ 0123.ab", min_size=1)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
)
@example(text="- a")
@example(text="12. a")
@example(text="1) a")
@example(text="a <b> [c](d) ![e] ~~f~~ _g_ __h__ snake_case &amp; &#35; #")
@settings(deadline=None, max_examples=300)
def test_any_text_is_itself_in_markdown(text: str) -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    line = " ".join(text.split())
    for before, tags in (("", 3), ("# ", 3), ("- [ ] ", 7)):
        tokens = reader.parse(before + plain(text))
        inlines = [token for token in tokens if token.type == "inline"]
        children = [child for token in inlines for child in token.children or []]
        shown = "".join(child.content for child in children)
        assert shown == (f"[ ] {line}".strip() if before == "- [ ] " else line)
        assert {child.type for child in children} <= {"text", "text_special"}
        assert len(tokens) == tags or not line


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert pages(plan()) == pages(plan())


def test_dates_follow_the_locale() -> None:
    made = pages(plan(), replace(CONTEXT, locale="en-GB", paper="a4"))
    assert "19 October 2026" in made["clients/harbor-lane/checklist.md"].decode()
    assert 'lang="en-GB"' in made["clients/harbor-lane/checklist.html"].decode()


def test_the_printed_day_is_the_day_given() -> None:
    made = pages(plan(), replace(CONTEXT, today=date(2026, 11, 22)))
    assert "Printed 2026-11-22" in made["clients/harbor-lane/checklist.md"].decode()
