"""Whoever scans an old paper learns whether its version still counts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp

from laid import TODAY, lay
from sopwith.making import everything
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
        "**Superseded.** Version 1.1 has been in force since October 1, 2026. Print the checklist"
        " anew, unless this client stays on the older version on purpose: ask the project manager."
    )
    assert told(tmp_path, "welcome/1.1", base=False) == (
        "**Current.** This is the current version, effective October 1, 2026."
        " Version 1.2 takes its place on December 1, 2026."
    )
    assert told(tmp_path, "welcome/1.2", base=False) == (
        "**Not in force yet.** This version takes effect on December 1, 2026."
        " Until then, version 1.1 counts."
    )
    day = date(2026, 12, 1)
    assert told(tmp_path, "welcome/1.2", day, base=False) == (
        "**Current.** This is the current version, effective December 1, 2026."
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
        ("draft", "**Draft.** This version is not in force. Do not work by it yet."),
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
    assert "This is the current version, effective September 1, 2026." in shown
