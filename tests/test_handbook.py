"""The handbook: what it shows, to whom, and that text from YAML is only ever text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml

from laid import TESTS, TODAY, lay
from sopwith import due, explain
from sopwith.data import schema, template_folder
from sopwith.engine import build_site
from sopwith.model import AUDIENCES, Audience, Library
from sopwith.outputs.handbook import Context, render
from sopwith.outputs.handbook.writing import DUE_EXAMPLES, WHEN_EXAMPLES
from sopwith.read import read
from sopwith.shape import check

REPOSITORY = TESTS.parent
SOP = "sops/onboard/welcome.yml"
PAGE = "handbook/onboard/welcome.md"


def library(root: Path, **case: Any) -> Library:
    found = read(lay(root, case))
    assert not found.problems
    assert found.library
    return found.library


def pages(library: Library, audience: Audience = "internal", today: date = TODAY) -> dict[str, str]:
    context = Context(
        templates=template_folder(REPOSITORY),
        today=today,
        audience=audience,
        commit="ab12cd3",
        changed=lambda path: ("9f3e2a1", date(2026, 9, 1)) if path == SOP else None,
        schemas=schema,
        problem_pages=explain.pages(),
    )
    made = list(render(library, context))
    assert len({page.path for page in made}) == len(made)
    return {page.path: page.content.decode() for page in made}


# What a page says -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "- **Starts when** The contract is signed. (event: Contract signed)",
        "- **Done by** [Account manager](../roles/account-manager.md), "
        "[Project manager](../roles/project-manager.md)",
        "- **Ends with** The client knows whom to call.",
        '<h3 id="greet" markdown="span"><span class="number">1.1</span> Send the welcome email</h3>',
        "- **Due** 1 business day after contract signed",
        "- **Email** [Hello](../emails/hello.md)",
        "- **Tools** [CRM](<https://crm.example>)",
        "- **Only if** How we talk: slack or zoom",
        "- **Waits for** [1&#46;1 Send the welcome email](#greet)",
        "- **Yes** Go on with [1&#46;3 Hold the kickoff call](#call), if it applies.",
        "| Id | `welcome` |",
        "| Title | Welcome a client |",
        "| Version | 1&#46;0 |",
        "| Status | Active |",
        "| Classification | Internal |",
        "| Owner | [Account manager](../roles/account-manager.md) (Dana Whitfield) |",
        "| Author | Dana Whitfield |",
        "| Approver | [Management](../roles/management.md) (Dana Whitfield) |",
        "| Approved | Not recorded |",
        "| Effective | September 1, 2026 |",
        "| Last reviewed | September 30, 2026 by Dana Whitfield |",
        "| Next review | December 30, 2026 (every quarter and within two weeks after “kickoff”) |",
        "| Source | `sops/onboard/welcome.yml`, last changed in `9f3e2a1` on September 1, 2026 |",
        "| Copies | Uncontrolled when printed: this page is the one that counts. |",
        "| **1&#46;0** first version | September 1, 2026 | First version | Dana Whitfield |  |",
    ],
)
def test_an_sop_page_says(line: str, tmp_path: Path) -> None:
    assert line in pages(library(tmp_path))[PAGE].splitlines()
