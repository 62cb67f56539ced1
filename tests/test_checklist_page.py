"""The checklist on a screen: ticks that stay, filters, what is saved, and who may be in the way."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from browser import SIZES, Reader, Scheme, Size, barriers, paper_color, sideways
from laid import TESTS, lay
from planned import COMPANY, TODAY, day, plan
from sopwith.data import schema, template_folder
from sopwith.model import Progress
from sopwith.outputs.checklist import sheet
from sopwith.outputs.checklist.page import page as made
from sopwith.plan import Plan
from test_done import BIRCH, LIBRARY, changes, typed

pytestmark = pytest.mark.browser

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TEMPLATES = template_folder(TESTS.parent)
INTAKE = "client-onboarding/intake-form"
REVISE = "client-onboarding/revise"
KICKOFF = "client-onboarding/kickoff"


@pytest.fixture
def checklist(tmp_path: Path) -> Path:
    return write(tmp_path / "checklist.html", plan())


def write(path: Path, of: Plan) -> Path:
    content = sheet(
        of,
        today=TODAY,
        commit="ab12cd3",
        handbook=COMPANY.handbook,
        locale="en-US",
        paper="letter",
    )
    path.write_bytes(made(of, content, TEMPLATES))
    return path


@contextmanager
def at_desk(browser: Browser, checklist: Path) -> Iterator[Reader]:
    """Someone who opens the checklist from a folder; it may ask nobody for anything."""
    reader = Reader(browser, checklist.as_uri())
    yield reader
    assert {url for url in reader.requests if not url.startswith("blob:")} <= {reader.home}
    reader.leave()
    assert reader.faults == []


@pytest.fixture
def reader(browser: Browser, checklist: Path) -> Iterator[Reader]:
    with at_desk(browser, checklist) as found:
        yield found


@pytest.fixture
def desk(reader: Reader) -> Page:
    return at_noon(reader.open(offline=True))


def at_noon(page: Page) -> Page:
    page.clock.set_fixed_time(NOON)
    return page


def row(page: Page, address: str) -> Locator:
    return page.locator(f'li[id="{address}"]')


def box(page: Page, address: str) -> Locator:
    return row(page, address).locator(".what input")


def sign(page: Page, initials: str = "DW") -> None:
    page.get_by_label("Initials", exact=True).first.fill(initials)
    page.keyboard.press("Tab")


def counted(page: Page, words: str) -> None:
    expect(page.get_by_role("status").first).to_have_text(words)


def save(page: Page) -> dict[str, Any]:
    """What is in the file that the page saves, which is also there as text."""
    page.get_by_role("button", name="Save ticks").click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download the file").click()
    text = coming.value.path().read_text("utf-8")
    assert page.locator("#_text").input_value() == text
    page.get_by_role("button", name="Close").click()
    said: dict[str, Any] = json.loads(text)
    return {**said, "file": coming.value.suggested_filename}


def ticks(page: Page) -> Mapping[str, Mapping[str, Any]]:
    return {tick["address"]: tick for tick in save(page)["ticks"]}


# Ticking --------------------------------------------------------------------------------------


def reopen(desk: Page) -> None:
    """Load the page anew, once the browser has written down what the page keeps."""
    desk.wait_for_timeout(300)  # it does so a moment later, and on a busy machine not at once
    desk.reload()


def test_a_tick_is_still_there_after_the_page_was_closed(desk: Page, reader: Reader) -> None:
    counted(desk, "4 of 12 settled")
    sign(desk)
    box(desk, INTAKE).check()
    counted(desk, "5 of 12 settled · 1 ticked here")
    desk.close()
    again = at_noon(reader.contexts[0].new_page())
    again.goto(reader.home)
    expect(box(again, INTAKE)).to_be_checked()
    expect(row(again, INTAKE)).to_contain_text("Done Nov 21 DW not recorded yet")
    expect(again.get_by_label("Initials", exact=True).first).to_have_value("DW")
    expect(again.locator("h2 + p [data-tally=client-onboarding]")).to_have_text("5 of 11 settled")
    expect(again.locator(f'[data-for="{INTAKE}"]')).to_have_class("ticked")
    expect(row(again, INTAKE).get_by_text("overdue")).to_be_hidden()
    box(again, INTAKE).uncheck()
    counted(again, "4 of 12 settled")
    again.reload()
    expect(box(again, INTAKE)).not_to_be_checked()
    expect(row(again, INTAKE).get_by_text("overdue")).to_be_visible()


def test_what_the_file_records_cannot_be_changed_here(desk: Page) -> None:
    for address in ("client-onboarding/welcome", "client-onboarding/slack-channel"):
        expect(box(desk, address)).to_be_disabled()
        expect(row(desk, address).get_by_role("button")).to_have_count(0)
    expect(row(desk, "client-onboarding/welcome")).to_contain_text("Done Sep 16 SO")
    answers = row(desk, "client-onboarding/red-flags").get_by_role("radio")
    assert [answer.is_disabled() for answer in answers.all()] == [True, True]
    assert [answer.is_checked() for answer in answers.all()] == [False, True]


def test_a_decision_asks_for_its_answer(desk: Page) -> None:
    sign(desk)
    decision = row(desk, REVISE)
    box(desk, REVISE).check()
    expect(decision).to_contain_text("Choose an answer")
    counted(desk, "4 of 12 settled · 1 ticked here · 1 unfinished")
    desk.get_by_role("button", name="Save ticks").click()
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("Not saved: 2.3 Revise the proposal lacks its answer.")
    expect(dialog.get_by_role("button", name="Download the file")).to_be_disabled()
    desk.keyboard.press("Escape")
    decision.get_by_role("radio", name="Yes").check()
    expect(decision).not_to_contain_text("Choose an answer")
    assert ticks(desk)[REVISE] == {
        "address": REVISE,
        "done": "2026-11-21",
        "by": "DW",
        "answer": "Yes",
    }
    box(desk, REVISE).uncheck()
    expect(decision.get_by_role("radio", name="Yes")).not_to_be_checked()
    decision.get_by_role("radio", name="No").check()
    expect(box(desk, REVISE)).to_be_checked()


def test_what_does_not_apply_has_a_reason(desk: Page) -> None:
    sign(desk)
    step = row(desk, KICKOFF)
    step.get_by_role("button", name="More about 2.1 Hold the kickoff meeting").click()
    step.get_by_label("Not applicable").check()
    expect(step).to_contain_text("Say why not")
    expect(box(desk, KICKOFF)).to_be_disabled()
    counted(desk, "4 of 12 settled · 1 ticked here · 1 unfinished")
    step.get_by_label("Why not").fill("They know us ")
    counted(desk, "5 of 12 settled · 1 ticked here")
    expect(step).to_contain_text("Not applicable: They know us")
    assert ticks(desk)[KICKOFF] == {
        "address": KICKOFF,
        "not_applicable": True,
        "by": "DW",
        "reason": "They know us",
    }
    step.get_by_label("Not applicable").uncheck()
    expect(box(desk, KICKOFF)).to_be_enabled()
    counted(desk, "4 of 12 settled")


def test_day_initials_and_note_may_be_others(desk: Page) -> None:
    sign(desk)
    box(desk, INTAKE).check()
    step = row(desk, INTAKE)
    step.get_by_role("button", name="More").click()
    step.get_by_label("Done on").fill("2026-11-18")
    step.get_by_label("Initials").fill("SO")
    step.get_by_label("Note").fill("By <b>phone</b>")
    expect(step).to_contain_text("Done Nov 18 SO")
    step.get_by_label("Done on").fill("2026-11-22")  # still to come
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    expect(step.get_by_label("Done on")).to_have_value("2026-11-18")
    reopen(desk)
    expect(step).to_contain_text("Note: By <b>phone</b>")
    assert ticks(desk)[INTAKE] == {
        "address": INTAKE,
        "done": "2026-11-18",
        "by": "SO",
        "note": "By <b>phone</b>",
    }


def test_initials_typed_late_go_to_the_ticks_that_have_none(desk: Page) -> None:
    box(desk, INTAKE).check()
    counted(desk, "5 of 12 settled · 1 ticked here · 1 without initials")
    assert ticks(desk)[INTAKE] == {"address": INTAKE, "done": "2026-11-21"}
    sign(desk, "SO")
    sign(desk, "DW")
    box(desk, KICKOFF).check()
    assert {tick["by"] for tick in ticks(desk).values()} == {"SO", "DW"}
    counted(desk, "6 of 12 settled · 2 ticked here")


def test_all_ticks_are_cleared_only_once_confirmed(desk: Page) -> None:
    for address in (INTAKE, KICKOFF):
        box(desk, address).check()
    for answer, left in (("Keep them", 2), ("Clear them", 0)):
        desk.get_by_role("button", name="Save ticks").click()
        desk.get_by_role("button", name="Clear all ticks").click()
        expect(desk.get_by_role("dialog")).to_contain_text("2 ticks will be gone")
        desk.get_by_role("button", name=answer).click()
        assert desk.locator(".what input:enabled:checked").count() == left
    reopen(desk)
    counted(desk, "4 of 12 settled")
    expect(desk.get_by_role("button", name="Save ticks")).to_be_disabled()


def test_two_windows_show_the_same_ticks(desk: Page, reader: Reader) -> None:
    other = reader.contexts[0].new_page()
    other.goto(reader.home)
    box(desk, INTAKE).check()
    expect(box(other, INTAKE)).to_be_checked()
    box(other, INTAKE).uncheck()
    expect(box(desk, INTAKE)).not_to_be_checked()


def test_another_client_has_ticks_of_its_own(desk: Page, tmp_path: Path) -> None:
    box(desk, INTAKE).check()
    other = plan()
    write(tmp_path / "checklist.html", replace(other, client=replace(other.client, id="harbor")))
    reopen(desk)
    counted(desk, "4 of 12 settled")


# A newer printing -----------------------------------------------------------------------------


def test_a_newer_printing_keeps_what_is_not_recorded_yet(desk: Page, tmp_path: Path) -> None:
    sign(desk)
    gone = "client-onboarding/check-in@3"
    for address in (INTAKE, KICKOFF, gone):
        box(desk, address).check()
    newer = plan()
    first, case = newer.sops
    contact, work = first.phases
    recorded = Progress("sam", done=day(11, 20))
    rows = [
        replace(row, state="done", progress=recorded) if row.address == INTAKE else row
        for row in contact.rows
    ]
    left = [row for row in work.rows if row.address != gone]
    phases = (replace(contact, rows=tuple(rows)), replace(work, rows=tuple(left)))
    newer = replace(newer, sops=(replace(first, phases=phases), case))
    write(tmp_path / "checklist.html", newer)
    reopen(desk)
    expect(row(desk, INTAKE)).to_contain_text("Done Nov 20 SO")
    expect(box(desk, INTAKE)).to_be_disabled()
    expect(box(desk, KICKOFF)).to_be_checked()
    desk.get_by_role("button", name="Save ticks").click()
    expect(desk.get_by_role("dialog")).to_contain_text(
        f"Saved, though no longer on this checklist: {gone}."
    )
    desk.keyboard.press("Escape")
    assert list(ticks(desk)) == [KICKOFF, gone]


# Filters --------------------------------------------------------------------------------------


def shown(page: Page) -> list[str]:
    numbers = page.locator(".rows > li:visible .number")
    return [number.inner_text() for number in numbers.all()]


def test_steps_are_found_by_role(desk: Page) -> None:
    role = desk.get_by_label("Whose steps")
    assert role.locator("option").all_inner_texts() == [
        "Every role",
        "Account manager",
        "Project manager",
        "Onboarding specialist",
        "Client",
    ]
    role.select_option("Project manager")
    assert shown(desk) == ["2.1"]
    counted(desk, "4 of 12 settled · 1 shown")
    expect(desk.get_by_role("heading", name="Change management")).to_be_hidden()
    expect(desk.get_by_role("heading", name="Overdue")).to_be_hidden()
    # Who helps with a step has it too, and a step that calls an SOP heads its steps.
    role.select_option("Account manager")
    assert shown(desk) == ["1.1", "1.2", "1.4", "1.5", "1.5.1", "2.2", "2.2", "2.2", "2.3", "1.1"]
    role.select_option("Every role")
    assert len(shown(desk)) == 13


def test_steps_are_found_by_their_state(desk: Page) -> None:
    state = desk.get_by_label("Which steps")
    state.select_option("Overdue only")
    assert shown(desk) == ["1.3"]
    box(desk, INTAKE).check()
    assert shown(desk) == ["1.3"]  # it does not vanish under the finger
    state.select_option("Open only")
    assert shown(desk) == ["1.5", "1.5.1", "2.1", "2.2", "2.2", "2.2", "2.3", "1.1"]
    state.select_option("Overdue only")
    assert shown(desk) == []
    expect(desk.get_by_text("No step is like that.")).to_be_visible()
    desk.get_by_role("button", name="Show all steps").click()
    assert len(shown(desk)) == 13


def test_a_link_to_a_hidden_step_shows_it(desk: Page) -> None:
    desk.get_by_label("Which steps").select_option("Overdue only")
    desk.get_by_role("link", name="Client onboarding").click()
    assert shown(desk) == ["1.3"]
    desk.get_by_role("link", name="Change management").click()
    expect(desk.get_by_role("heading", name="Change management")).to_be_in_viewport()
    assert len(shown(desk)) == 13


# What is saved --------------------------------------------------------------------------------


def test_what_is_saved_says_whose_it_is_and_of_which_paper(desk: Page) -> None:
    sign(desk)
    box(desk, KICKOFF).check()
    box(desk, INTAKE).check()
    said = save(desk)
    assert said.pop("file") == "ticks-harbor-lane-2026-11-21.json"
    assert said == {
        "sopwith": "ticks",
        "version": 1,
        "client": "harbor-lane",
        "printed": "2026-11-20",
        "commit": "ab12cd3",
        "ticks": [
            {"address": INTAKE, "done": "2026-11-21", "by": "DW"},
            {"address": KICKOFF, "done": "2026-11-21", "by": "DW"},
        ],
    }


def test_the_text_is_copied(desk: Page, reader: Reader) -> None:
    reader.contexts[0].grant_permissions(["clipboard-read", "clipboard-write"])
    box(desk, INTAKE).check()
    desk.get_by_role("button", name="Save ticks").click()
    desk.get_by_role("button", name="Copy the text").click()
    expect(desk.get_by_text("Copied.")).to_be_visible()
    copied = json.loads(desk.evaluate("navigator.clipboard.readText()"))
    assert [tick["address"] for tick in copied["ticks"]] == [INTAKE]


def test_the_records_take_what_the_page_saved(browser: Browser, tmp_path: Path) -> None:
    root = lay(tmp_path / "root", LIBRARY)
    assert typed(root, "checklist birch")[0] == 0
    with at_desk(browser, root / "build/clients/birch/checklist.html") as reader:
        page = reader.open(offline=True)
        page.clock.set_fixed_time(datetime(2026, 11, 19, 12, tzinfo=UTC))
        sign(page)
        box(page, "welcome/red-flags").check()
        row(page, "welcome/red-flags").get_by_role("radio", name="No").check()
        box(page, "bake/plan").check()
        step = row(page, "bake/call@1")
        step.get_by_role("button", name="More").click()
        step.get_by_label("Not applicable").check()
        step.get_by_label("Why not").fill("They are open: no time")
        said = save(page)
        name = said.pop("file")
    Draft202012Validator(schema("ticks")).validate(said)
    (root.parent / name).write_text(json.dumps(said), "utf-8")
    before = (root / BIRCH).read_text("utf-8")
    code, told = typed(root, f"progress birch --from {root.parent / name}")
    assert code == 0, told
    assert changes(before, (root / BIRCH).read_text("utf-8")) == [
        '+   welcome/red-flags: {done: 2026-11-19, by: dana, answer: "No"}',
        "+   bake/plan: {done: 2026-11-19, by: dana}",
        '+   bake/call@1: {not_applicable: true, by: dana, reason: "They are open: no time"}',
    ]


# Where the browser keeps nothing --------------------------------------------------------------

REFUSED = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
});
"""
FULL = """
Storage.prototype.setItem = () => { throw new DOMException("Full.", "QuotaExceededError"); };
"""


@pytest.mark.parametrize("script", [REFUSED, FULL])
def test_a_browser_that_keeps_nothing_is_told_of_and_saves(
    browser: Browser, checklist: Path, script: str
) -> None:
    context = browser.new_context(viewport=SIZES["desktop"])
    context.add_init_script(script)
    page = at_noon(context.new_page())
    page.goto(checklist.as_uri())
    expect(page.get_by_role("alert")).to_contain_text("This browser keeps nothing for this page.")
    sign(page)
    box(page, INTAKE).check()
    assert list(ticks(page)) == [INTAKE]
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.accept()
    context.close()


# Without scripts, and on paper ----------------------------------------------------------------


def test_it_is_whole_without_scripts(reader: Reader) -> None:
    page = reader.open(scripts=False)
    assert len(shown(page)) == 13
    expect(page.locator("noscript p")).to_be_visible()
    assert page.locator("button:visible, select:visible, [type=text]:visible").count() == 0
    box(page, INTAKE).check()
    expect(box(page, INTAKE)).to_be_checked()


def test_on_paper_it_is_black_on_white_and_has_no_controls(reader: Reader) -> None:
    page = at_noon(reader.open(scheme="dark"))
    sign(page)
    box(page, KICKOFF).check()
    row(page, KICKOFF).get_by_role("button", name="More").click()
    page.get_by_label("Whose steps").select_option("Client")
    page.emulate_media(media="print")
    assert paper_color(page) == "rgb(255, 255, 255)"
    expect(page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")
    assert page.locator("button:visible, select:visible, [type=text]:visible").count() == 0
    assert len(shown(page)) == 13, "paper has every step, whatever the screen is filtered by"
    for tick in page.locator(".what input").all():
        expect(tick).to_have_css("border-top-color", "rgb(0, 0, 0)")
    reader_of = PdfReader(BytesIO(page.pdf(format="Letter", prefer_css_page_size=True)))
    text = " ".join(" ".join(sheet.extract_text() for sheet in reader_of.pages).split())
    assert "Done Nov 21 DW" in text
    assert "Uncontrolled when printed" in text
    assert "Save ticks" not in text


# In nobody's way ------------------------------------------------------------------------------


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_in_a_readers_way(reader: Reader, size: Size, scheme: Scheme) -> None:
    page = at_noon(reader.open(size=size, scheme=scheme))
    assert (barriers(page), small(page), sideways(page)) == ([], [], 0)
    box(page, INTAKE).check()
    box(page, REVISE).check()
    for address in (INTAKE, KICKOFF):
        row(page, address).get_by_role("button", name="More").click()
    row(page, KICKOFF).get_by_label("Not applicable").check()
    assert (barriers(page), small(page), sideways(page)) == ([], [], 0)
    page.get_by_role("button", name="Save ticks").click()
    assert (barriers(page), small(page)) == ([], [])
    page.get_by_role("button", name="Clear all ticks").click()
    assert (barriers(page), small(page)) == ([], [])
    page.keyboard.press("Escape")
    page.get_by_label("Which steps").select_option("Overdue only")
    page.get_by_label("Whose steps").select_option("Client")
    assert (barriers(page), small(page), sideways(page)) == ([], [], 0)


def small(page: Page) -> list[str]:
    """What is too small or too close to be hit (WCAG 2.2, 2.5.8), which axe looks at when told."""
    rules = {"runOnly": {"type": "rule", "values": ["target-size"]}}
    found = page.evaluate("options => axe.run(document, options)", rules)
    assert found["passes"], "axe looked at nothing"
    return [node["html"] for violation in found["violations"] for node in violation["nodes"]]


def test_it_is_worked_by_keyboard(desk: Page) -> None:
    for _ in range(14):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.closest('li')?.id") == INTAKE:
            break
    desk.keyboard.press("Space")
    expect(box(desk, INTAKE)).to_be_checked()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(row(desk, INTAKE).get_by_label("Done on")).to_be_visible()
    expect(desk.locator(":focus")).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_toolbar_hides_nothing_that_the_keyboard_is_on(reader: Reader, size: Size) -> None:
    page = reader.open(size=size)
    page.locator(".more").last.focus()
    for _ in range(page.locator(".more").count() * 2):
        page.keyboard.press("Shift+Tab")
        place = page.locator(":focus").bounding_box()
        bar = page.locator("#_toolbar").bounding_box()
        assert place
        assert bar
        assert place["y"] >= bar["y"] + bar["height"]


# What may run ---------------------------------------------------------------------------------


def test_nothing_runs_but_what_we_wrote(browser: Browser, checklist: Path) -> None:
    html = checklist.read_text("utf-8")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', html)
    for tag, source in (("script", "script-src"), ("style", "style-src")):
        (text,) = re.findall(f"<{tag}[^>]*>(.*?)</{tag}>", html, re.DOTALL)
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{source} 'sha256-{digest}'" in policy.replace("&#39;", "'")
    assert "default-src &#39;none&#39;" in policy
    assert "unsafe" not in policy
    reader = Reader(browser, checklist.as_uri())
    page = reader.open()
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'ours no more'";
          document.body.append(script);
          document.body.setAttribute("style", "display: none");
          return fetch("https://elsewhere.example/").catch(() => null);
        }"""
    )
    expect(page).to_have_title(re.compile("^Checklist: "))
    expect(page.locator("h1")).to_be_visible()
    reader.leave()
    refused = ("inline script", "inline style", "elsewhere.example")
    assert all(any(what in fault for fault in reader.faults) for what in refused), reader.faults
