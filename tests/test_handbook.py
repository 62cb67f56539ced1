"""The handbook: what it shows, to whom, and that text from YAML is only ever text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import markdown  # type: ignore[import-untyped]  # it ships no types
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


def assert_holds(text: str, *lines: str) -> None:
    found = text.splitlines()
    assert not [line for line in lines if line not in found]


# What a page says -----------------------------------------------------------------------------


def test_an_sop_says_what_starts_it_who_does_it_when_and_how_it_is_controlled(
    tmp_path: Path,
) -> None:
    assert_holds(
        pages(library(tmp_path))[PAGE],
        "source: sops/onboard/welcome.yml",
        "- **Starts when** The contract is signed (event: Contract signed).",
        "- **Done by** [Account manager](../roles/account-manager.md), "
        "[Project manager](../roles/project-manager.md)",
        "- **Ends with** The client knows whom to call.",
        "- **Version** 1&#46;0, in effect since September 1, 2026",
        '<h3 id="greet" data-toc-label="1.1 Send the welcome email" markdown="span">'
        '<span class="number">1.1</span> Send the welcome email '
        '<span class="unseen">(Account manager)</span></h3>',
        "- **Due** 1 business day after contract signed",
        "- **Email** [Hello](../emails/hello.md)",
        "- **Tools** [CRM](<https://crm.example>)",
        "- **Only if** How we talk: slack or zoom",
        "- **Waits for** [1.1 Send the welcome email](#greet)",
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
        '| Next review | December 30, 2026 (every quarter and within two weeks after "kickoff") |',
        "| Source | `sops/onboard/welcome.yml`, last changed in `9f3e2a1` on September 1, 2026 |",
        "| Copies | Uncontrolled when printed: this page is the one that counts. |",
        "| **[1&#46;0](../versions/welcome/1.0.md)** first version "
        "| September 1, 2026 | First version | Dana Whitfield |  |",
    )


STEPS = """\
      - id: ask
        title: Ask
        role: client
        decision:
          question: Content?
          answers:
            - answer: "Yes"
            - {answer: "No", go: {step: red-flags, at_most: 2 times, then: {escalate: management}}}
            - {answer: Gone, go: end}
            - {answer: Unsure, go: {sop: rescue}}
      - id: only-yes
        title: Celebrate
        role: client
        when: {ask: "Yes"}
      - id: maybe
        title: Call again
        role: client
        when: {channels: slack, not: {ask: "Yes"}}
        run: rescue
        once_per: account
        repeat: {every: {fact: calls}, from: kickoff, until: delivery-due}
      - id: last
        title: Ask once more
        role: client
        sign: [management]
        for_each: milestones
        escalate: {to: management, after: 2 business days}
        decision:
          question: Still content?
          answers: [{answer: "Yes"}, {answer: "No", go: {step: last, at_most: 1 time, then: end}}]
changes:
"""
RESCUE = """\
title: Rescue
version: "2.0"
status: retired
superseded_by: welcome
classification: confidential
owner: management
approver: management
review: {every: year}
trigger: {says: A client is lost.}
outcome: The client is back.
phases: [{id: a, title: A, steps: [{id: win, title: Win back, role: management, email: hello}]}]
former_steps: [{id: fax, until: "1.0", now: win}]
changes:
  - {version: "2.0", effective: 2027-01-04, by: sam, summary: Calmer, why: It was loud}
  - {version: "1.1", effective: 2026-05-04, by: sam, summary: Clearer}
  - {version: "1.0", effective: 2026-04-04, by: sam, summary: First}
"""


def test_each_answer_says_where_it_leads(tmp_path: Path) -> None:
    found = library(
        tmp_path,
        files={"sops/deliver/rescue.yml": RESCUE},
        changes={SOP: {"changes:\n": STEPS}},
    )
    assert_holds(
        pages(found, "confidential")[PAGE],
        "- **Yes** Go on with [1.5 Celebrate](#only-yes).",
        "- **No** Back to [1.2 Look for red flags](#red-flags), at most 2 times. "
        "After that, [Management](../roles/management.md) decides.",
        "- **Gone** This procedure ends here.",
        "- **Unsure** Run [Rescue (retired)](../deliver/rescue.md), then go on with "
        "[1.6 Call again](#maybe), if it applies.",
        "- **Runs** [Rescue (retired)](../deliver/rescue.md); its steps are done here",
        "- **Repeats** Every week or 2 weeks, as agreed with the client (how often we talk), "
        "counted from kickoff until delivery due",
        "- **How often** Once per customer: done for one engagement, it is done for all.",
        "- **How often** Once for each milestone.",
        "- **Signed by** [Management](../roles/management.md)",
        "- **If late** Still open 2 business days after it was due, it goes to "
        "[Management](../roles/management.md).",
        "- **Yes** That was the last step.",
        "- **No** Back to [1.7 Ask once more](#last), at most 1 time. "
        "After that, this procedure ends.",
        "| Supersedes | [Rescue (retired)](../deliver/rescue.md) |",
    )


def test_each_step_leads_to_a_form_that_knows_it(tmp_path: Path) -> None:
    """The form for friction, with the ids of its questions filled in; nowhere without a place."""
    form = yaml.safe_load((REPOSITORY / ".github/ISSUE_TEMPLATE/friction.yml").read_text("utf-8"))
    asked = {part.get("id") for part in form["body"]}
    at = {"company.yml": {"name: Fern & Co": "name: Fern & Co\nrepository: https://git.example/f/"}}
    page = pages(library(tmp_path / "one", changes=at))[PAGE]
    found = re.findall(r"\[Report a problem with this step\]\(<(.+?)>\)", unescape(page))
    assert len(found) == 3
    assert found[2] == (
        "https://git.example/f/issues/new?template=friction.yml&sop=welcome&version=1.0&step=call"
    )
    query = parse_qs(found[0].partition("?")[2])
    assert query.keys() - asked == {"template"}
    silent = pages(library(tmp_path / "two"))
    assert "Report a problem" not in silent[PAGE]
    assert "process owners](" not in silent["handbook/writing.md"]
    guide = pages(library(tmp_path / "three", changes=at))["handbook/writing.md"]
    link = re.findall(
        r"The guide for process owners\]\(<https://git.example/f/blob/main/(.+?)>", guide
    )
    assert [(REPOSITORY / path).is_file() for path in link] == [True]


def test_a_retired_page_cannot_be_mistaken_for_a_current_one(tmp_path: Path) -> None:
    made = pages(library(tmp_path, files={"sops/deliver/rescue.yml": RESCUE}), "confidential")
    assert_holds(
        made["handbook/deliver/rescue.md"],
        "title: Rescue (retired)",
        "# Rescue (retired)",
        "**Retired.** Nobody works by this page any more. "
        "[Welcome a client](../onboard/welcome.md) took its place.",
        "| Superseded by | [Welcome a client](../onboard/welcome.md) |",
        "| **[2&#46;0](../versions/rescue/2.0.md)** major | "
        "January 4, 2027 | Calmer Why: It was loud | Sam Ortiz |  |",
        "| **[1&#46;1](../versions/rescue/1.1.md)** minor | May 4, 2026 | Clearer | Sam Ortiz |  |",
        '<p id="fax" markdown="span">`fax`, until version 1&#46;0. '
        "Its work is now in [1.1 Win back](#win).</p>",
    )
    assert "(deliver/rescue.md)" not in made["handbook/index.md"].partition("home--changes")[0]
    assert "rescue" not in made["handbook/roles/management.md"]


@pytest.mark.parametrize(
    ("change", "banner"),
    [
        ({"last: 2026-09-30, ": ""}, "**Never reviewed.** "),
        (
            {"last: 2026-09-30": "last: 2026-08-19"},
            "**Review overdue.** It was due on November 19, ",
        ),
        ({"last: 2026-09-30": "last: 2026-08-20"}, None),
        ({"status: active": "status: draft", "last: 2026-09-30, ": ""}, "**Draft.** "),
        (
            {"effective: 2026-09-01": "effective: 2026-11-23"},
            "**Not in effect yet.** This version takes effect on November 23, ",
        ),
    ],
)
def test_what_a_reader_must_know_first_stands_first(
    change: Mapping[str, str], banner: str | None, tmp_path: Path
) -> None:
    page = pages(library(tmp_path, changes={SOP: change}))[PAGE]
    before = page.partition('<div class="facts at-a-glance"')[0]
    assert banner in before if banner else "banner" not in page


@pytest.mark.parametrize(("last", "said"), [("2026-08-31", "; changed since"), ("2026-09-01", "")])
def test_the_top_says_when_something_changed_after_the_review(
    last: str, said: str, tmp_path: Path
) -> None:
    page = pages(library(tmp_path, changes={SOP: {"last: 2026-09-30": f"last: {last}"}}))[PAGE]
    (kept,) = (line for line in page.splitlines() if line.startswith("- **Kept by**"))
    assert kept.partition(", last reviewed ")[2].partition(", 2026")[2] == said


def test_home_leads_to_everything(tmp_path: Path) -> None:
    home = pages(library(tmp_path, changes={SOP: {"last: 2026-09-30, ": ""}}))["handbook/index.md"]
    assert_holds(
        home,
        "# How Fern & Co works",
        '- [Welcome a client](onboard/welcome.md) <span class="mark">Never reviewed</span>',
        "- [Account manager](roles/account-manager.md)",
        "- [The contract is signed.](onboard/welcome.md)",
        "- [Welcome a client](onboard/welcome.md): never reviewed",
        "- **Answer a client** within 24 business hours",
        "First version",
    )


def test_home_leads_to_our_own_pages_where_there_are_any(tmp_path: Path) -> None:
    assert "no single procedure" not in pages(library(tmp_path / "without"))["handbook/index.md"]
    ours = {"pages/day-by-day.md": "# Day by day\n\nWe answer.\n"}
    home = pages(library(tmp_path / "with", files=ours))["handbook/index.md"]
    assert_holds(home, "What belongs to no single procedure: [Day by day](pages/day-by-day.md).")


def test_a_situation_leads_to_the_step_that_says_what_to_do(tmp_path: Path) -> None:
    said = "title: Look for red flags\n        situations: [A client shouts.]"
    made = pages(library(tmp_path, changes={SOP: {"title: Look for red flags": said}}))
    home = made["handbook/index.md"]
    assert_holds(home, "- [A client shouts.](onboard/welcome.md#red-flags)")
    assert "[The contract is signed.]" not in home
    assert_holds(made[PAGE], '<p class="tags" markdown="span">Look here when: A client shouts.</p>')


def test_a_role_is_told_what_is_asked_of_all(tmp_path: Path) -> None:
    everyone = "  everyone: {title: Everyone, held_by: [dana, sam]}\n  client: {"
    made = pages(library(tmp_path, changes={"company.yml": {"  client: {": everyone}}))
    asked = "What is asked of [Everyone](everyone.md)"
    assert asked in made["handbook/roles/account-manager.md"]
    assert asked not in made["handbook/roles/everyone.md"]
    assert asked not in made["handbook/roles/client.md"]


# Letters as a client reads them ---------------------------------------------------------------

HELLO = """\
title: Hello
version: "1.0"
owner: account-manager
from: account-manager
to: main_contact
asks: {news: What is new?}
subject: "Hello, {{ client.name }}"
body: |
  Hi {{ contact.first_name }}, <script>alert(1)</script> & [x](https://x.example)

  {{ asks.news }}

  {{ sender.name }}, {{ sender.title }}, {{ company.name }}
"""
PAPER = """\
title: Paper
version: "1.0"
owner: account-manager
body: |
  # For {{ client.name }}

  | What | When |
  |---|---|
  | {{ step.title }} | {{ dates.kickoff | date }} |
"""


def test_a_letter_is_shown_with_the_facts_of_an_example(tmp_path: Path) -> None:
    found = library(
        tmp_path,
        files={"emails/hello.yml": HELLO, "documents/paper.yml": PAPER},
        changes={
            SOP: {"email: hello": "email: hello\n        document: paper"},
            "company.yml": {"title: Account manager": 'title: "<b>AM</b> *x*"'},
        },
    )
    made = pages(found)
    email = html(made["handbook/emails/hello.md"])
    for words in (
        "Subject: Hello, [Example Client]",
        "Hi [Robin], <script>alert(1)</script> & x (https://x.example)",
        ">>> What is new? <<<",
        "[Dana Whitfield], [<b>AM</b> *x*], Fern & Co",
    ):
        assert words in email.text
    names = {name for name, _ in email.elements}
    assert {"mark", "pre"} <= names
    assert not {"script", "b", "em"} & names
    (mailto,) = (link for link in email.links if link.startswith("mailto:"))
    assert mailto.startswith("mailto:?subject=Hello%2C%20%5BExample%20Client%5D&body=Hi%20%5BRobin")
    paper = html(made["handbook/documents/paper.md"])
    assert "For [Example Client]" in paper.text
    assert "[Send the welcome email]" in paper.text
    assert ("table", ()) in paper.elements
    assert not [link for link in paper.links if link.startswith("mailto:")]


def test_an_example_names_nobody_to_the_public(tmp_path: Path) -> None:
    public = {SOP: {"status: active": "status: active\nclassification: public"}}
    made = pages(library(tmp_path, files={"emails/hello.yml": HELLO}, changes=public), "public")
    text = html(made["handbook/emails/hello.md"]).text
    assert "[Example Colleague], [Account manager], Fern & Co" in text


def test_a_letter_that_no_example_can_get_is_shown_as_it_is_written(tmp_path: Path) -> None:
    body = HELLO.replace("{{ contact.first_name }}", "{{ case.title }}")
    page = pages(library(tmp_path, files={"emails/hello.yml": body}))["handbook/emails/hello.md"]
    assert '<h2 id="letter--text"' in page
    assert "letter--preview" not in page


# Tools, roles, words, and who does what -------------------------------------------------------


def test_a_word_is_explained_where_it_first_stands_on_a_page(tmp_path: Path) -> None:
    terms = """\
terms:
  - {term: Business day, means: 'A day "we" are open.'}
  - {term: Kickoff, means: The first meeting.}
  - {term: Kickoff call, means: The first call.}
"""
    details = "[A kickoff](https://k.example), two **kickoffs**, one kickoff call, one more."
    found = library(
        tmp_path,
        changes={
            "company.yml": {"service_levels:": f"{terms}service_levels:"},
            SOP: {"tools: [crm]": f"tools: [crm]\n        details: {details!r}"},
        },
    )
    made = pages(found)
    page = made[PAGE]
    assert "1 [business day](../glossary.md#term--business-day " in page
    assert '"A day &#34;we&#34; are open."' in page
    assert page.count("#term--business-day") == 1
    assert '**[kickoffs](../glossary.md#term--kickoff "The first meeting.")**' in page
    assert '[kickoff call](../glossary.md#term--kickoff-call "The first call.")' in page
    assert page.count("#term--kickoff ") == page.count("#term--kickoff-call ") == 1
    assert "[A kickoff](<https://k.example>)" in page
    assert '<h2 id="term--kickoff" ' in made["handbook/glossary.md"]
    assert "handbook/glossary.md" not in pages(library(tmp_path / "none"))


def test_a_word_of_one_procedure_is_explained_there_alone(tmp_path: Path) -> None:
    found = library(
        tmp_path,
        files={"sops/deliver/rescue.yml": RESCUE.replace("A client is lost", "A red flag")},
        changes={SOP: {"changes:\n": "terms: [{term: Red flag, means: Harm.}]\nchanges:\n"}},
    )
    made = pages(found, "confidential")
    assert "In [Welcome a client](onboard/welcome.md)." in made["handbook/glossary.md"]
    assert "glossary" not in made["handbook/deliver/rescue.md"]


def test_a_tool_says_what_it_is_for_and_who_works_in_it(tmp_path: Path) -> None:
    change = {'crm: {title: CRM, url: "https://crm.example"}': "crm: {title: CRM, for: Contacts.}"}
    made = pages(library(tmp_path, changes={"company.yml": change}))
    assert_holds(
        made["handbook/tools/crm.md"],
        '<p class="lead" markdown="span">Contacts.</p>',
        "- **Used by** [Account manager](../roles/account-manager.md)",
        "- [1.1 Send the welcome email](../onboard/welcome.md#greet) "
        '<span class="due">[Account manager](../roles/account-manager.md)</span>',
    )
    # Without an address of its own, its page is what a step leads to.
    assert_holds(made[PAGE], "- **Tools** [CRM](../tools/crm.md)")


DATED = """\
      - {id: late, title: Late, role: client, due: 1 week after kickoff}
      - {id: then, title: Then, role: client, due: 2 days after step late}
      - {id: soon, title: Soon, role: client, due: 2 days before kickoff}
      - {id: first, title: First, role: client, due: on contract-signed}
      - {id: whenever, title: Any, role: client}
      - {id: call-on, title: Call on, role: client, repeat: {every: week, from: kickoff}}
changes:
"""


def test_a_role_finds_its_steps_by_due_date(tmp_path: Path) -> None:
    made = pages(library(tmp_path, changes={SOP: {"changes:\n": DATED}}))
    listed = made["handbook/roles/client.md"].partition('id="role--due"')[2]
    found = re.findall(r"<summary[^>]*>(.*?)<|^- \[\S+ (.*?)\]", listed, re.MULTILINE)
    assert ["".join(pair) for pair in found] == [
        *("Contract signed", "First"),
        *("Kickoff", "Soon", "Late", "Then"),
        *("Again and again", "Call on"),
        *("When its turn comes", "Any"),
    ]
    assert "2 days after step 1.4" in listed


def test_who_does_what_has_a_header_for_every_row_and_column(tmp_path: Path) -> None:
    made = pages(library(tmp_path))["handbook/matrix.md"]
    assert '<th scope="col"><a href="../roles/account-manager/">Account manager</a></th>' in made
    row = made.partition('<th scope="row"><a href="../onboard/welcome/">Welcome a client</a></th>')[
        2
    ]
    cells = [re.findall(r">([A-Z])<", cell) for cell in row.partition("</tr>")[0].split("</td>")]
    assert cells[:3] == [["D", "K"], ["D"], ["A"]]


# Writing an SOP -------------------------------------------------------------------------------


def test_every_field_is_described(tmp_path: Path) -> None:
    page = pages(library(tmp_path))["handbook/writing.md"]
    fields = {
        name
        for group in (schema("sop"), *schema("sop")["$defs"].values())
        for name in group.get("properties", ())
    }
    assert not [name for name in fields if f"<code>{name}</code></h3>" not in page]


def test_what_writing_an_sop_shows_is_accepted(tmp_path: Path) -> None:
    page = pages(library(tmp_path))["handbook/writing.md"]
    whole = page.partition("```yaml\n")[2].partition("```")[0]
    assert len(whole.splitlines()) < 20
    (tmp_path / "sops/deliver/parcel.yml").parent.mkdir()
    (tmp_path / "sops/deliver/parcel.yml").write_text(whole, "utf-8")
    for number, (text, _) in enumerate(WHEN_EXAMPLES):
        step = f"- {{id: greet-{number}, title: Greet, role: client, when: {{{text}}}}}"
        path = tmp_path / SOP
        path.write_text(
            path.read_text("utf-8").replace("    steps:\n", f"    steps:\n      {step}\n")
        )
    assert not read(tmp_path).problems
    for text, _ in DUE_EXAMPLES:
        due.parse(text)
    for example in re.findall(r"```yaml\n(\w+: .*)\n```", page):
        assert isinstance(yaml.safe_load(example), dict), example


# Who may read what ----------------------------------------------------------------------------

ZANZIBAR = """\
title: Zanzibar
version: "1.0"
status: active
classification: {classification}
owner: secret-keeper
approver: secret-keeper
review: {{every: year}}
trigger: {{says: The zanzibar begins.}}
outcome: The zanzibar is over.
phases:
  - id: a
    title: Zanzibar phase
    steps: [{{id: zanzibar, title: Do the zanzibar, role: secret-keeper, email: zanzibar}}]
superseded_by: welcome
tags: [zanzibar]
changes: [{{version: "1.0", effective: 2026-11-01, by: sam, summary: Zanzibar}}]
"""
LETTER = """\
title: Zanzibar
version: "1.0"
owner: client
from: client
to: main_contact
subject: Hi
body: Hi
"""


@pytest.mark.parametrize("classification", AUDIENCES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_above_the_audience_is_there_or_named(
    audience: Audience, classification: Audience, tmp_path: Path
) -> None:
    found = library(
        tmp_path,
        files={
            "sops/deliver/zanzibar.yml": ZANZIBAR.format(classification=classification),
            "emails/zanzibar.yml": LETTER,
        },
        changes={
            SOP: {
                "status: active": "status: active\nclassification: public",
                "changes:\n": "      - {id: last, title: Last, role: client, run: zanzibar, "
                "details: 'As [the secret](../deliver/zanzibar.yml) says.'}\n"
                "references: [{sop: zanzibar}, {title: Else, url: 'https://else.example'}]\n"
                "changes:\n",
            },
            "company.yml": {"  client: {": "  secret-keeper: {title: Keeper}\n  client: {"},
        },
    )
    made = pages(found, audience)
    shown = AUDIENCES.index(classification) <= AUDIENCES.index(audience)
    assert ("handbook/deliver/zanzibar.md" in made) == shown
    assert ("handbook/emails/zanzibar.md" in made) == shown
    assert any("zanzibar" in text.lower() for text in made.values()) == shown
    assert ("- Another procedure (not in this edition)" in made[PAGE].splitlines()) != shown
    assert ("As the secret (not in this edition) says." in made[PAGE].splitlines()) != shown
    assert "[Else](<https://else.example>)" in made[PAGE]


def test_people_are_named_only_to_our_own(tmp_path: Path) -> None:
    found = library(
        tmp_path,
        files={"pages/notes.md": "# Notes\n\nOttoline Vex wrote this.\n"},
        changes={
            SOP: {"status: active": "status: active\nclassification: public"},
            "company.yml": {"Dana Whitfield": "Ottoline Vex"},
        },
    )
    named = {
        audience: any("Ottoline Vex" in text for text in pages(found, audience).values())
        for audience in AUDIENCES
    }
    assert named == {"public": False, "internal": True, "confidential": True}


def test_an_email_that_no_step_calls_for_has_the_highest_class(tmp_path: Path) -> None:
    found = library(tmp_path, files={"emails/spare.yml": LETTER})
    shown = [a for a in AUDIENCES if "handbook/emails/spare.md" in pages(found, a)]
    assert shown == ["confidential"]


def test_no_client_is_in_it(tmp_path: Path) -> None:
    made = pages(library(tmp_path), "confidential")
    assert not [path for path, text in made.items() if "birch" in text.lower()]


# Text from YAML is text -----------------------------------------------------------------------

RICH = (
    "O'Brien & Co <script>alert(1)</script> {: onclick=x #evil } [a](javascript:alert) "
    "~~d~~ | e `f` {{ x }} ![g](h.png) <https://i.example> [TOC] --- ^j^ :smile: --8<--"
)
NASTY = rf"1. {RICH} **b** __c__ \* &lt; # k"


def filled(plain: str, rich: str) -> dict[str, str]:
    """A library in which every plain and every rich text says the same."""
    company = yaml.safe_load((TESTS / "base/company.yml").read_text("utf-8"))
    company |= {"name": plain, "repository": "https://git.example/fern"}
    for group in ("stages", "events"):
        for entry in company[group]:
            entry["title"] = plain
    for group in ("facts", "roles", "tools", "service_levels"):
        for entry in company[group].values():
            entry["title"] = plain
    company["roles"]["client"]["does"] = plain
    company["people"]["dana"]["name"] = plain
    company["facts"]["channels"]["some_of"] = [plain, "slack"]
    company["tools"]["crm"]["url"] = "https://crm.example/a(b)_c|d`e`?f=*g*&h=[i]"
    step = {
        "id": "greet",
        "title": plain,
        "role": "client",
        "with": ["management"],
        "details": rich,
        "when": {"channels": [plain]},
        "due": "1 business day after step first",
        "email": "hello",
        "document": "paper",
        "tools": ["crm"],
        "evidence": plain,
        "expect": plain,
        "substeps": [plain],
        "notes": [{"kind": "tip", "says": rich}, {"kind": "warning", "says": rich}],
        "decision": {
            "question": plain,
            "answers": [{"answer": plain}, {"answer": "No", "go": {"sop": "index"}}],
        },
    }
    sop = {
        "title": plain,
        "version": "1.0",
        "status": "active",
        "owner": "client",
        "approver": "client",
        "review": {"every": "year", "also_after": "kickoff"},
        "applies_to": {"channels": [plain]},
        "trigger": {"event": "kickoff", "says": rich},
        "outcome": plain,
        "purpose": rich,
        "scope": rich,
        "timeline": plain,
        "tags": [plain],
        "prerequisites": [plain],
        "guidelines": [rich],
        "responsibilities": {"client": plain},
        "terms": [{"term": plain, "means": plain}],
        "records": [{"name": plain, "kept_in": "crm", "access": ["client"]}],
        "references": [{"title": plain, "url": "https://else.example/(a)"}, {"document": "paper"}],
        "phases": [
            {
                "id": "a",
                "title": plain,
                "objective": plain,
                "steps": [{"id": "first", "title": plain, "role": "client"}, step],
            }
        ],
        "changes": [
            {
                "version": "1.0",
                "effective": "2026-11-02",
                "by": "dana",
                "approved_by": "client",
                "approved": "2026-11-01",
                "summary": plain,
                "why": plain,
            }
        ],
    }
    letter = {
        "title": plain,
        "version": "1.0",
        "owner": "client",
        # Nobody knows what x is: there is no preview.
        "body": f"{{{{ x }}}} {plain}\n```\n</pre>\n",
    }
    email = {
        **letter,
        "from": "client",
        "to": "main_contact",
        "subject": plain,
        "asks": {"what": plain},
    }
    data = {
        "company.yml": company,
        SOP: sop,
        "sops/onboard/index.yml": sop,
        "emails/hello.yml": email,
        "documents/paper.yml": {**letter, "formats": ["pdf"]},
    }
    own = f"# {plain}\n\n{rich}\n\n# Again\n\n[dead](../nowhere.md) [live](../{SOP}#greet)\n"
    return {
        **{path: yaml.safe_dump(value, width=10_000) for path, value in data.items()},
        "pages/notes.md": own,
    }


class Seen(HTMLParser):
    """What a browser would make of a page: its elements, its links and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[tuple[str, tuple[str, ...]]] = set()
        self.links: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, tuple(sorted(name for name, _ in attrs))))
        self.links |= {value or "" for name, value in attrs if name == "href"}

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def leading_away(self) -> set[str]:
        # A word's place in the glossary is named after the word.
        links = (re.sub("(?<=glossary.md#term-).*", "", link) for link in self.links)
        return {link for link in links if not link.startswith("#")}

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    return parser


@cache
def settings() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text("utf-8"))
    return loaded


def html(page: str) -> Seen:
    """A page as the site's own extensions, and those that the engine adds, turn it into HTML."""
    named = [(e, {}) if isinstance(e, str) else next(iter(e.items())) for e in extensions()]
    converter = markdown.Markdown(
        extensions=[name for name, _ in named], extension_configs=dict(named)
    )
    return seen(converter.convert(page.split("---\n", 2)[2]))


def extensions() -> Iterator[Any]:
    yield from settings()["markdown_extensions"]
    yield from ("tables", "fenced_code")


def test_text_from_yaml_prints_as_itself_and_does_nothing_else(tmp_path: Path) -> None:
    quiet = pages(library(tmp_path / "quiet", files=filled("Words", "Words")), "confidential")
    made = pages(library(tmp_path / "nasty", files=filled(NASTY, RICH)), "confidential")
    assert made.keys() == quiet.keys()
    for path in (path for path in made if path.endswith(".md")):
        assert html(made[path]).elements == html(quiet[path]).elements, path
        assert html(made[path]).leading_away == html(quiet[path]).leading_away, path
    page = html(made[PAGE]).text
    assert page.count(NASTY) > 25
    assert page.count(RICH) - page.count(NASTY) == 7
    assert NASTY in html(made["handbook/emails/hello.md"]).text
    assert f"{NASTY} ``` </pre>" in html(made["handbook/documents/paper.md"]).text
    assert NASTY in html(made["handbook/roles/client.md"]).text
    own = html(made["handbook/pages/notes.md"])
    assert "../onboard/welcome.md#greet" in own.links
    assert "dead (not in this edition) live" in own.text


def test_the_engine_builds_it_strictly_and_keeps_titles_inert(tmp_path: Path) -> None:
    made = pages(library(tmp_path / "root", files=filled(NASTY, RICH)), "confidential")
    build = tmp_path / "build"
    (tmp_path / "mkdocs.yml").write_text((REPOSITORY / "mkdocs.yml").read_text("utf-8"), "utf-8")
    for path, text in made.items():
        (build / path).parent.mkdir(parents=True, exist_ok=True)
        (build / path).write_text(text, "utf-8")
    build_site(build / "mkdocs.yml", TODAY)
    whole = (build / "site/onboard/welcome/index.html").read_text("utf-8")
    page = seen(whole)
    assert f"{NASTY} · {NASTY}" in page.text  # the title of the page and of the site
    assert "https://git.example/fern/edit/main/sops/onboard/welcome.yml" in page.links
    assert not [
        element for element in page.elements if element[0] == "img" or "onclick" in element[1]
    ]
    index = (build / "site/search/search_index.json").read_text("utf-8")
    assert "<script" not in index.replace("\\u003c", "<")
    assert "<script>alert" not in whole


def test_nothing_is_fetched_from_elsewhere(tmp_path: Path) -> None:
    made = pages(library(tmp_path))
    theme = "".join(text for path, text in made.items() if "/.theme/" in path)
    assert settings()["theme"]["font"] is False
    assert "custom_dir: handbook/.theme" in made["mkdocs.yml"]
    assert not re.search(r"(?:src=|url\(|@import|fetch\().{0,3}(?:https?:)?//", theme)


def test_names_that_the_engine_or_a_page_already_has_are_no_trouble(tmp_path: Path) -> None:
    company = {
        "stages:\n": "stages:\n  - {id: roles, title: Roles}\n  - {id: templates, title: T}\n"
    }
    sop = (TESTS / "base" / SOP).read_text("utf-8")
    made = pages(
        library(
            tmp_path,
            files={f"sops/{stage}/index.yml": sop for stage in ("templates",)}
            | {"sops/roles/client.yml": sop},
            changes={
                "company.yml": {**company, "  client: {": "  index: {title: Index}\n  client: {"}
            },
        )
    )
    assert {"handbook/roles_/client.md", "handbook/roles/index_.md"} <= made.keys()
    assert {"handbook/templates_/index.md", "handbook/templates_/index_.md"} <= made.keys()
