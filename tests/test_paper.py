"""A PDF shows what the data says as it is written, is tagged, and never shows a blank box."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from sopwith.paper import MissingGlyph, PaperError, pdf

TODAY = date(2026, 11, 20)
TEMPLATE = """#let (title, data) = json("/given.json")
#set document(title: title)
#set text(lang: "en", font: "Noto Sans")
= Page
#data.name
"""


def printed(name: str, template: str = TEMPLATE, **assets: bytes) -> bytes:
    return pdf(template, {"name": name}, assets=assets, title="A page", today=TODAY)


def words(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize(
    "name",
    [
        "#[ *bold* ]",
        "Łódź ✓ O'Brien & Co",
        '"quoted" \\ $x$ `code` <label> @ref // no comment',
        '#import "/x.typ"',
        "= Not a heading",
        "{{ name }} {% raw %}",
    ],
)
def test_any_text_prints_as_itself(name: str) -> None:
    assert " ".join(name.split()) in " ".join(words(printed(name)).split())


def test_it_can_be_followed_by_a_screen_reader() -> None:
    reader = PdfReader(BytesIO(printed("x")))
    root: Mapping[str, Any] = dict(reader.root_object)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == "A page"
    assert reader.xmp_metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == TODAY


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert printed("x") == printed("x")
    assert printed("x") != printed("y")


def test_an_asset_can_be_imported() -> None:
    template = '#import "/shared.typ": greeting\n' + TEMPLATE + "#greeting"
    content = pdf(
        template,
        {"name": "x"},
        assets={"shared.typ": b"#let greeting = [Welcome]"},
        title="A page",
        today=TODAY,
    )
    assert "Welcome" in words(content)


def test_characters_that_no_font_has_are_named() -> None:
    with pytest.raises(MissingGlyph) as caught:
        printed("Name: \N{PARTY POPPER} 𓀀𒀀 \N{PARTY POPPER} \x07")  # in no font that we know of
    assert caught.value.characters == ("\N{PARTY POPPER}", "𓀀", "𒀀", "\x07")
    assert str(caught.value) == (
        'no font has "\N{PARTY POPPER}" (U+1F389), "𓀀" (U+13000), "𒀀" (U+12000), U+0007'
    )


@pytest.mark.parametrize("name", ["Łódź.", "שלום.", "مرحبا (42)."])
def test_a_name_ends_where_its_script_says(name: str) -> None:
    pytest.importorskip("manimgx_fonts_cjk", reason="the extra `fonts` is not installed")
    right_to_left = name[0] not in "Ł"
    ends = positions(printed(f"{name}"), name[0]), positions(printed(f"{name}"), ".")
    assert (ends[0] > ends[1]) == right_to_left


def positions(content: bytes, character: str) -> float:
    """How far right a character stands in the line under the heading."""
    page = pdfium.PdfDocument(content)[0].get_textpage()
    text = page.get_text_range()
    return float(page.get_charbox(text.index(character))[0])


def test_letters_that_join_stay_together_in_long_words() -> None:
    pytest.importorskip("manimgx_fonts_cjk", reason="the extra `fonts` is not installed")
    shared = (Path(__file__).parents[1] / "site_templates" / "paper" / "page.typ").read_bytes()
    template = """#import "/paper/page.typ": data, paper
#show: paper
#block(width: 20mm, data.name)
"""
    data = {"paper": "letter", "language": "en", "region": "", "handbook": ""}

    def page(name: str) -> str:
        assets = {"paper/page.typ": shared}
        return words(pdf(template, {**data, "name": name}, assets=assets, title="x", today=TODAY))

    assert page("x" * 20).count("\n") > 0
    assert page("ب" * 20).count("\n") == 0


@given(name=st.text(st.characters(exclude_categories=["Cs"])))
@settings(deadline=None, max_examples=60)
def test_any_text_prints_or_is_refused_in_words(name: str) -> None:
    try:
        content, missing = printed(name), set[str]()
    except MissingGlyph as refused:
        content, missing = b"", set(refused.characters)
    assert content.startswith(b"%PDF") or missing
    assert missing <= set(name)


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("#nonsense", "main.typ:1:1: unknown variable: nonsense"),
        ("#(", "unclosed delimiter"),
        ('#read("/etc/passwd")', "file not found"),
        ('#read("../../../../etc/passwd")', "would escape"),
        ("No title at all", "missing document title"),
    ],
)
def test_a_template_that_cannot_be_printed_is_explained(template: str, says: str) -> None:
    with pytest.raises(PaperError) as caught:
        pdf(template, {}, title="A page", today=TODAY)
    assert says in str(caught.value)
    assert not isinstance(caught.value, MissingGlyph)


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    printed("x")
    with pytest.raises(PaperError):
        printed("x", "#nonsense")
    assert list(tmp_path.iterdir()) == []
