"""The handbook for programs: JSON under its schema, llms.txt, and Markdown beside each page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from markdown_it import MarkdownIt

from sopwith.data import schema
from sopwith.model import AUDIENCES, Audience, Library
from sopwith.outputs.handbook import beside
from sopwith.outputs.handbook.machines import plain_markdown
from sopwith.outputs.page import Page
from sopwith.text import escape_markdown
from test_handbook import LETTER, RESCUE, SOP, STEPS, library, pages
from test_text import rich, seen, texts

MORE = """\
purpose: "Be **kind**, and see [rescue](../deliver/rescue.yml)."
guidelines: [Smile]
terms: [{term: Kind, means: Not rude}]
"""


@pytest.fixture
def found(tmp_path: Path) -> Library:
    """The base, with an SOP that asks, leads on, leads back and runs a confidential one."""
    return library(
        tmp_path,
        files={"sops/deliver/rescue.yml": RESCUE, "emails/spare.yml": LETTER},
        changes={SOP: {"changes:\n": STEPS.replace("changes:\n", MORE + "changes:\n")}},
    )


def data(found: Library, audience: Audience = "internal") -> Any:
    return json.loads(pages(found, audience)["handbook/handbook.json"])


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_data_is_what_the_schema_says(found: Library, audience: Audience) -> None:
    Draft202012Validator.check_schema(schema("handbook"))
    checker = Draft202012Validator(schema("handbook"), format_checker=FormatChecker())
    checker.validate(data(found, audience))


def test_every_field_is_described() -> None:
    def lacking(part: Any, route: str) -> list[str]:
        own = [route] if "description" not in part and "$ref" not in part else []
        inner = part.get("properties", {}) | part.get("$defs", {})
        return own + [bad for name, sub in inner.items() for bad in lacking(sub, f"{route}/{name}")]

    assert lacking(schema("handbook"), "") == []


def test_a_step_says_who_when_and_where_its_answers_lead(found: Library) -> None:
    sop = next(sop for sop in data(found, "confidential")["procedures"] if sop["id"] == "welcome")
    steps = {step["id"]: step for phase in sop["phases"] for step in phase["steps"]}
    assert sop["page"] == "onboard/welcome/"
    assert sop["purpose"] == "Be kind, and see rescue."
    assert steps["greet"] == {
        "id": "greet",
        "number": "1.1",
        "title": "Send the welcome email",
        "role": "account-manager",
        "due": "1 business day after contract signed",
        "email": "hello",
        "tools": ["crm"],
    }
    assert steps["ask"]["answers"] == [
        {"answer": "Yes", "leads": "on"},
        {"answer": "No", "leads": "back", "step": "red-flags", "at_most": "2 times"},
        {"answer": "Gone", "leads": "end"},
        {"answer": "Unsure", "leads": "procedure", "procedure": "rescue"},
    ]
    assert steps["maybe"]["runs"] == "rescue"
    assert steps["call"]["only_if"] == "How we talk: slack or zoom"


def test_what_is_above_the_readers_is_not_even_named(found: Library) -> None:
    for name, text in pages(found, "internal").items():
        if name.endswith((".json", ".txt")):
            assert "rescue" not in re.sub(r"see rescue\.", "", text), name
            assert "spare" not in text, name
    assert "rescue" in json.dumps(data(found, "confidential"))


def test_llms_txt_has_the_form_that_its_readers_expect(found: Library) -> None:
    text = pages(found, "confidential")["handbook/llms.txt"]
    tokens = MarkdownIt().parse(text)
    assert [t.tag for t in tokens if t.type == "heading_open"][:2] == ["h1", "h2"]
    assert text.startswith("# Fern & Co\n\n> How Fern & Co works: ")
    assert (
        "## Bring the client on board\n\n"
        "- [Welcome a client](onboard/welcome.md): The client knows whom to call.\n"
    ) in text
    assert "- [Rescue (retired)](deliver/rescue.md): The client is back.\n" in text


def test_each_page_has_its_markdown_beside_it_but_older_versions(found: Library) -> None:
    made = pages(found)
    plain = {
        p.path: p.content.decode() for p in beside(Page(n, t.encode()) for n, t in made.items())
    }
    assert "site/onboard/welcome.md" in plain
    assert "site/writing.md" in plain
    assert not [name for name in plain if "versions/" in name]
    page = plain["site/onboard/welcome.md"]
    for line in (
        "# Welcome a client",
        "### 1.1 Send the welcome email (Account manager)",
        "- **Due** 1 business day after contract signed",
        "- **Email** [Hello](../emails/hello.md)",
        "- **Tools** [CRM](<https://crm.example>)",
        "| Version | 1.0 |",
    ):
        assert line in page.splitlines(), line
    code = re.compile(r"^(`{3,}).*?^\1`*$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
    for name, text in plain.items():
        assert not re.findall(r"</?[a-z]+[\s>]|&#|\n\n\n", code.sub("code", text)), name


@given(st.one_of(texts, rich).filter(seen))
def test_text_stays_text_without_its_entities(text: str) -> None:
    plain = plain_markdown(f"<p>a {escape_markdown(text)} b</p>\n")
    tokens = MarkdownIt("commonmark").enable("table").parse(plain)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special", "softbreak"}
    shown = "".join(child.content or " " for child in children)
    assert " ".join(shown.split()) == seen(f"a {text} b")


def test_tables_of_html_stay_tables_and_their_words_inert() -> None:
    head = "<tr><th>Who</th><td>What</td></tr>"
    rows = f"{head}<tr><td>![x](//evil.example/x) &lt;img&gt; | b</td></tr>"
    page = f'<figure><p>![y](z)</p></figure>\n<table class="who">{rows}</table>'
    assert plain_markdown(page) == (
        "| Who | What |\n| --- | --- |\n| \\!\\[x\\](//evil.example/x) \\<img\\> \\| b |  |\n"
    )
