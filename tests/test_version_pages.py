"""Whoever scans an old paper learns whether its version still counts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp
from playwright.sync_api import Browser, expect

from browser import Reader, Scheme, Size, barriers, served, sideways
from gitted import commit
from laid import TESTS, TODAY, lay
from sopwith.making import everything, handbook_alone
from sopwith.model import Audience
from sopwith.workspace import Inputs, open_workspace
from test_handbook import RESCUE, library, pages

SOP = "sops/onboard/welcome.yml"
CHANGES = """\
changes:
  - {version: "1.2", effective: 2026-12-01, by: sam, summary: Coming}
  - {version: "1.1", effective: 2026-10-01, by: sam, summary: Warmer, why: It was cold}
"""
AT_1_2 = {SOP: {'version: "1.0"\nstatus': 'version: "1.2"\nstatus', "changes:\n": CHANGES}}


def told(root: Path, page: str, today: date = TODAY, **case: object) -> str:
    """What the banner of a version's page says."""
    text = pages(library(root, **case), "confidential", today)[f"handbook/versions/{page}.md"]
    return str(re.search(r"markdown>\n\n(.+)", text)[1])  # type: ignore[index]


def test_of_several_versions_each_knows_its_place(tmp_path: Path) -> None:
    assert told(tmp_path, "welcome/1.0", changes=AT_1_2) == (
        "**Superseded.** Version 1.1 has been in effect since October 1, 2026. Print the checklist"
        " anew, unless this client stays on the older version on purpose: ask the project manager."
    )
    assert told(tmp_path, "welcome/1.1", base=False) == (
        "**Current.** This is the current version, in effect since October 1, 2026."
        " Version 1.2 takes its place on December 1, 2026."
    )
    assert told(tmp_path, "welcome/1.2", base=False) == (
        "**Not in effect yet.** This version takes effect on December 1, 2026."
        " Until then, version [1&#46;1](1.1.md) counts."
    )
    day = date(2026, 12, 1)
    assert told(tmp_path, "welcome/1.2", day, base=False) == (
        "**Current.** This is the current version, in effect since December 1, 2026."
    )
    assert told(tmp_path, "welcome/1.1", day, base=False).startswith("**Superseded.** Version 1.2")


def test_what_changed_since_is_told_newest_first(tmp_path: Path) -> None:
    made = pages(library(tmp_path, changes=AT_1_2))
    since = made["handbook/versions/welcome/1.0.md"]
    assert since.index("Coming") < since.index("Warmer") < since.index("It was cold")
    assert "First version" not in since
    assert "What changed since" not in made["handbook/versions/welcome/1.2.md"]
    assert "[Welcome a client](../../onboard/welcome.md)" in since


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (
            "retired\nsuperseded_by: welcome",
            (
                "**Retired.** Nobody works by any version of this procedure any more."
                " [Welcome a client](../../onboard/welcome.md) took its place."
            ),
        ),
        ("draft", "**Draft.** This version is not in effect. Do not work by it yet."),
    ],
)
def test_a_paper_of_what_is_not_in_force_says_so(tmp_path: Path, status: str, says: str) -> None:
    sop = RESCUE.replace("retired\nsuperseded_by: welcome", status)
    assert told(tmp_path, "rescue/1.1", files={"sops/deliver/rescue.yml": sop}) == says


def test_the_navigation_stays_as_short_as_it_was(tmp_path: Path) -> None:
    settings = pages(library(tmp_path))["mkdocs.yml"]
    assert "versions/welcome" not in settings
    assert "not_in_nav: /versions/" in settings


def test_a_page_stands_where_each_code_leads(tmp_path: Path) -> None:
    handbook = "https://handbook.fern.example/sops"
    line = {"audience: internal\n": f"audience: internal\nhandbook: {handbook}/\n"}
    root = lay(tmp_path, {"changes": {"company.yml": line}})
    everything(open_workspace(Inputs(root, today=TODAY)), ("handbook", "clients"), lambda _: None)
    codes = [
        code.text
        for page in pdfium.PdfDocument(root / "build/clients/birch/checklist.pdf")
        for code in zxingcpp.read_barcodes(page.render(scale=2, grayscale=True).to_numpy())
    ]
    assert codes == [f"{handbook}/versions/welcome/1.0/"]
    way = codes[0].removeprefix(f"{handbook}/")
    shown = (root / "build/site" / way / "index.html").read_text("utf-8")
    assert "This is the current version, in effect since September 1, 2026." in shown


# What an older version said, and what became of it ---------------------------------------------

SECOND = {
    'title: Welcome a client\nversion: "1.0"': 'title: Welcome a client\nversion: "2.0"',
    "title: Send the welcome email": "title: Send a warm welcome",
    "due: 1 business day after contract-signed": "due: on contract-signed",
    "changes:\n": """\
former_steps: [{id: red-flags, until: "1.0", now: call}]
changes:
  - {version: "2.0", effective: 2026-10-01, by: sam, summary: Sooner, why: They waited}
""",
}


def history(root: Path, first: str, *later: str) -> Path:
    """Lay out the base with an SOP as it was first, and commit it; then as it came to be."""
    lay(root, {"files": {SOP: first}})
    commit(root, "First")
    for text in later:
        (root / SOP).write_text(text, "utf-8")
        commit(root, "Later")
    return root


def old_page(root: Path, version: str = "1.0", audience: Audience | None = None) -> str:
    """The Markdown of an older version's page."""
    handbook_alone(open_workspace(Inputs(root, today=TODAY, audience=audience)))
    return (root / f"build/handbook/versions/welcome/{version}.md").read_text("utf-8")


def base() -> str:
    return (TESTS / "base" / SOP).read_text("utf-8")


def changed(text: str, **changes: str) -> str:
    """A text in which words that stand there once are others."""
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def second() -> str:
    text = changed(base(), **SECOND)
    gone = re.compile(r"      - id: red-flags\n(?:        .*\n)+")
    return gone.sub("", text)


def test_an_older_version_is_told_whole_and_beside_the_current_one(tmp_path: Path) -> None:
    page = old_page(history(tmp_path, base(), second()))
    became, _, said = page.partition('<div class="former" markdown>')
    for line in (
        '<span class="mark mark-reworded">Reworded</span>',
        '<span class="mark mark-due">Due changed</span>',
        '<span class="mark mark-removed">Removed</span>',
        "[Send a warm welcome](../../onboard/welcome.md#greet)</p>",
        '- title "Send the welcome email" → "Send a warm welcome"',
        "- due 1 business day after contract signed → on contract signed",
        "[Look for red flags](#red-flags)</p>",
        "- its work is now in",
    ):
        assert line in became, line
    for line in (
        '<h3 id="greet" data-toc-label="1.1 Send the welcome email" markdown="span">',
        '<p class="became">Since then: reworded, due changed</p>',
        '<p class="became">Since then: removed</p>',
        "- **Waits for** [1.1 Send the welcome email](#greet)",
    ):
        assert line in said, line
    assert "Sam" not in became


def test_nobody_finds_an_older_version_by_searching(tmp_path: Path) -> None:
    head = old_page(history(tmp_path, base(), second())).partition("\n---\n")[0]
    assert "search:\n  exclude: true" in head
    assert "robots: noindex" in head


def test_a_version_without_a_text_says_why(tmp_path: Path) -> None:
    mended = '  - {version: "1.1", effective: 2026-09-20, by: sam, summary: Mended}\n'
    oldest = '  - {version: "1.0", effective'
    twice = changed(second(), **{oldest: mended + oldest})
    root = history(tmp_path, base().replace("role:", "rolle:"), twice)
    for version, why in {
        "1.1": "Its text is not in the history that this handbook was made from.",
        "1.0": "Its file is in the history, in a form that can no longer be read.",
    }.items():
        page = old_page(root, version)
        assert f'<p class="lacking" markdown="span">{why}</p>' in page
        assert "Sooner" in page
        assert "What it said" not in page


def test_what_only_an_older_version_names_breaks_nothing(tmp_path: Path) -> None:
    """It was right once, or nobody looked: it is shown as it stands."""
    first = changed(
        base(),
        **{
            "due: 1 business day after contract-signed": "due: some day soon",
            "email: hello": "email: farewell",
            "tools: [crm]": "tools: [fax]",
            "wait_for: [greet]": "wait_for: [nobody]",
            '- answer: "No"': '- {answer: "No", go: {step: nowhere}}',
            "{channels: [slack, zoom]}": "{weather: fine}",
            "on kickoff": "2 days after step nowhere",
        },
    )
    first = first.replace("role: account-manager", "role: fax-operator")
    page = old_page(history(tmp_path, first, second()))
    for words in ("some day soon", "another email (not in this edition)", "fax-operator", "nobody"):
        assert words in page, words


OPEN = {"status: active": "status: active\nclassification: public"}
SECRET = {"title: Send the welcome email": "title: Zanzibar"}


@pytest.mark.parametrize(
    ("audience", "shown"), [("public", False), ("internal", True), ("confidential", True)]
)
def test_an_older_version_of_a_higher_class_stays_inside(
    audience: Audience, shown: bool, tmp_path: Path
) -> None:
    root = history(tmp_path, changed(base(), **SECRET), changed(second(), **OPEN))
    page = old_page(root, audience=audience)
    assert ("Zanzibar" in page) is shown
    assert ("Its text is not in this edition." in page) is not shown


LOOKS: tuple[tuple[Size, Scheme], ...] = (("desktop", "light"), ("phone", "dark"))


@pytest.mark.browser
def test_an_older_version_is_in_nobodys_way_and_cannot_be_mistaken(
    tmp_path: Path, browser: Browser
) -> None:
    root = history(tmp_path, base(), second())
    everything(open_workspace(Inputs(root, today=TODAY)), ("handbook",), lambda _: None)
    with served(root / "build/site") as home:
        reader = Reader(browser, home)
        for size, scheme in LOOKS:
            page = reader.open("versions/welcome/1.0/#call", size, scheme)
            assert barriers(page) == [], f"{size}, {scheme}"
            assert sideways(page) == 0
            # However far down one comes in, a line above the text says what it is.
            strip = page.get_by_text("Version 1.0: superseded.")
            expect(strip).to_be_in_viewport(ratio=1)
            expect(page.locator("h3#call")).to_be_in_viewport(ratio=1)
            bottom, top = (part.bounding_box() for part in (strip, page.locator("h3#call")))
            assert bottom
            assert top
            assert bottom["y"] + bottom["height"] <= top["y"]
            page.get_by_role("link", name="Send a warm welcome").click()
            page.wait_for_url("**/onboard/welcome/#greet")
        reader.leave()
    assert reader.faults == []
    assert "versions/" not in (root / "build/site/sitemap.xml").read_text("utf-8")
    assert '"versions/' not in (root / "build/site/search/search_index.json").read_text("utf-8")
