"""A draft opens in other people's mail programs as we wrote it, and nothing else gets in."""

from __future__ import annotations

import dataclasses
import email
import email.policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jinja2
import pytest

from laid import TESTS, lay, look
from sopwith import letters
from sopwith.data import jinja, template_folder
from sopwith.letters.hubspot import with_tokens
from sopwith.letters.message import (
    Message,
    TooLong,
    UnsafeHeader,
    to_eml,
    to_mailto,
    to_text,
)
from sopwith.text import Prompt, mark, parse

BODY = f"""Hi Zoë,

{mark(Prompt("What was done?"))}

| What | Amount |
|---|---:|
| Discovery \\<script> | $2,500.00 |

Call {mark(Prompt("Which number?"))}, or see [the plan](https://a.example/?x=1&y=2).
"""
MESSAGE = Message(
    subject="Łódź relaunch: where we stand",
    from_name="Tomás Rivel",
    from_email="tomas@alderfinch.example",
    to=(("Shah, Priya", "priya@harborlane.example"), ("Nobody", "")),
    cc=(("Sam Ortiz", "sam@alderfinch.example"),),
    body=parse(BODY),
)


@pytest.fixture(scope="module")
def template() -> jinja2.Template:
    templates = template_folder(Path(__file__).parents[1])
    return jinja(templates, autoescape=True).get_template("email/email.html.j2")


def read(raw: bytes) -> EmailMessage:
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    assert not any(part.defects for part in parsed.walk())
    return parsed


def content(draft: EmailMessage, kind: str) -> str:
    part = draft.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def test_text() -> None:
    assert to_text(MESSAGE) == (
        "From: Tomás Rivel <tomas@alderfinch.example>\n"
        "To: Shah, Priya <priya@harborlane.example>, Nobody >>> Which email address? <<<\n"
        "Cc: Sam Ortiz <sam@alderfinch.example>\n"
        "Subject: Łódź relaunch: where we stand\n"
        "\n"
        "Hi Zoë,\n"
        "\n"
        ">>> What was done? <<<\n"
        "\n"
        "What                   Amount\n"
        "------------------  ---------\n"
        "Discovery <script>  $2,500.00\n"
        "\n"
        "Call >>> Which number? <<<, or see the plan (https://a.example/?x=1&y=2).\n"
    )


def test_draft_reads_back(template: jinja2.Template) -> None:
    draft = read(to_eml(MESSAGE, html_template=template, key="acme/a"))
    assert draft["X-Unsent"] == "1"
    assert draft["Date"] is None
    assert draft["Subject"] == MESSAGE.subject
    assert draft["From"].addresses[0].display_name == "Tomás Rivel"
    assert [(a.display_name, a.addr_spec) for a in draft["To"].addresses] == [MESSAGE.to[0]]
    assert draft["To"].groups[1].display_name == "Nobody >>> Which email address? <<<"
    assert draft["Cc"].addresses[0].addr_spec == "sam@alderfinch.example"
    assert draft.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in draft.iter_parts()] == ["text/plain", "text/html"]
    assert to_text(MESSAGE).endswith(f"\n\n{content(draft, 'plain')}")


def test_draft_is_plain_old_mail(template: jinja2.Template) -> None:
    raw = to_eml(MESSAGE, html_template=template, key="acme/a")
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert raw == to_eml(MESSAGE, html_template=template, key="acme/a")
    assert raw != to_eml(MESSAGE, html_template=template, key="acme/b")


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_html_is_for_mail_programs(template: jinja2.Template) -> None:
    html = content(read(to_eml(MESSAGE, html_template=template, key="k")), "html")
    page = Page()
    page.feed(html)
    assert html.startswith("<!DOCTYPE html>")
    assert not {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe", "form", "input"}
    for tag, attrs in page.tags:
        if tag in ("p", "td", "th", "mark", "body"):
            assert attrs.get("style")  # Outlook for Windows looks nowhere else
    assert "[What was done?]" in html
    assert html.count('<p class="prompt"') == 1
    assert html.count('<mark class="prompt"') == 2
    assert "Discovery &lt;script&gt;" in html
    assert 'href="https://a.example/?x=1&amp;y=2"' in html
    assert "@media" in html
    assert len(html.encode()) < 6_000  # Gmail cuts at 102 kB


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Hello\r\nBcc: all@evil.example"},
        {"subject": "Hello\nBcc: all@evil.example"},
        {"subject": "Hello\u2028Bcc: all@evil.example"},
        {"subject": "Hello\x00"},
        {"from_name": "Sam\r\nBcc: all@evil.example"},
        {"from_email": "sam@a.example\r\nBcc: all@evil.example"},
        {"to": (("Sam\nx", "sam@a.example"),)},
        {"to": (("Sam", "sam@a.example>, <all@evil.example"),)},
        {"to": (("Sam", "not an address"),)},
        {"cc": (("Jörg", "jörg@a.example"),)},
    ],
)
def test_no_header_can_be_smuggled_in(
    change: dict[str, str | tuple[tuple[str, str], ...]], template: jinja2.Template
) -> None:
    with pytest.raises(UnsafeHeader):
        to_eml(dataclasses.replace(MESSAGE, **change), html_template=template, key="k")  # type: ignore[arg-type]  # of many types


def test_a_sender_without_an_address_has_no_header(template: jinja2.Template) -> None:
    nobody = dataclasses.replace(MESSAGE, from_email="", cc=())
    draft = read(to_eml(nobody, html_template=template, key="k"))
    assert draft["From"] is None
    assert draft["Cc"] is None


@pytest.mark.parametrize("size", range(40, 100))
def test_a_subject_begins_beside_its_name(size: int, template: jinja2.Template) -> None:
    """Below it, some programs show it with a space before the first word."""
    for word in ("plan ", "Łódź "):
        told = (word * 30)[:size].strip()
        raw = to_eml(dataclasses.replace(MESSAGE, subject=told), html_template=template, key="k")
        assert b"Subject: " in raw
        assert max(map(len, raw.split(b"\r\n"))) <= 78
        assert read(raw)["Subject"] == told


def test_whom_nobody_can_write_to_is_seen(template: jinja2.Template) -> None:
    nobody = dataclasses.replace(MESSAGE, to=(("Håkon Ødegård", ""),), cc=())
    draft = read(to_eml(nobody, html_template=template, key="k"))
    (group,) = draft["To"].groups
    assert group.display_name == "Håkon Ødegård >>> Which email address? <<<"
    assert group.addresses == draft["To"].addresses == ()
    assert "\nTo: Håkon Ødegård >>> Which email address? <<<\n" in to_text(nobody)
    assert to_mailto(dataclasses.replace(nobody, body=())).startswith("mailto:?subject=")


def test_a_body_cannot_end_its_part(template: jinja2.Template) -> None:
    first = to_eml(MESSAGE, html_template=template, key="k")
    boundary = read(first).get_boundary()
    trick = dataclasses.replace(MESSAGE, body=parse(f"--{boundary}\n\n--{boundary}--\n\nend"))
    draft = read(to_eml(trick, html_template=template, key="k"))
    assert content(draft, "plain") == f"--{boundary}\n\n--{boundary}--\n\nend\n"
    assert len(list(draft.iter_parts())) == 2


# Links ------------------------------------------------------------------------------------------


def test_a_link_says_what_the_letter_says() -> None:
    link = to_mailto(MESSAGE)
    assert link.isascii()
    assert " " not in link
    parts = urlsplit(link)
    asked = parse_qs(parts.query, strict_parsing=True)
    assert parts.scheme == "mailto"
    assert parts.path == "priya@harborlane.example"
    assert asked["cc"] == ["sam@alderfinch.example"]
    assert asked["subject"] == [MESSAGE.subject]
    (body,) = asked["body"]
    assert body.startswith("Hi Zoë,\r\n\r\n>>> What was done? <<<\r\n")
    assert body.count("\n") == body.count("\r\n")
    assert "%0A" not in link.replace("%0D%0A", "")


def test_a_paragraph_is_one_line_in_a_link() -> None:
    long = dataclasses.replace(MESSAGE, body=parse("word " * 60))
    assert parse_qs(urlsplit(to_mailto(long)).query)["body"] == [" ".join(["word"] * 60)]


def test_a_letter_that_no_link_has_room_for() -> None:
    with pytest.raises(TooLong, match="1600 are safe"):
        to_mailto(dataclasses.replace(MESSAGE, body=parse("word " * 400)))


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Hello\r\nBcc: all@evil.example"},
        {"to": (("Sam", "sam@a.example>, <all@evil.example"),)},
    ],
)
def test_no_header_can_be_smuggled_into_a_link(change: dict[str, str]) -> None:
    with pytest.raises(UnsafeHeader):
        to_mailto(dataclasses.replace(MESSAGE, **change))  # type: ignore[arg-type]  # of many types


def test_what_a_link_may_mean_is_written_as_it_is() -> None:
    sly = dataclasses.replace(
        MESSAGE, subject="a&bcc=all@evil.example#x?y", to=(("Sam", "sam+a&b@a.example"),)
    )
    parts = urlsplit(to_mailto(sly))
    assert parts.path == "sam%2Ba%26b@a.example"
    assert parse_qs(parts.query).keys() == {"cc", "subject", "body"}
    assert parse_qs(parts.query)["subject"] == [sly.subject]


# HubSpot ----------------------------------------------------------------------------------------


def test_tokens_take_the_place_of_what_hubspot_knows(tmp_path: Path) -> None:
    text = (TESTS / "base/emails/hello.yml").read_text("utf-8")
    said = (
        "Hi {{ contact.first_name | upper }} {{ contact.name }} of {{ client.name }}, "
        "{{ sender.name }}."
    )
    files = {"emails/hello.yml": text.replace("Hi {{ contact.first_name }},", said)}
    change = {"clients/birch.yml": {"name: Birch Bakery": 'name: Birch "Best" Bakery'}}
    reading, _, plans = look(lay(tmp_path, {"files": files, "changes": change}))
    assert reading.library
    assert plans
    plan = plans.of("birch")
    assert plan
    email_ = reading.library.emails["hello"]
    shown = to_text(letters.write(email_, plan, hubspot=True), wrapped=False)
    assert "To: Priya Shah <priya@birch.example>\n" in shown
    assert (
        'Hi {{ personalization_token("contact.firstname", "Priya") }} '
        '{{ personalization_token("contact.firstname", "Priya") }} '
        '{{ personalization_token("contact.lastname", "Shah") }} '
        'of {{ personalization_token("company.name", "Birch \\"Best\\" Bakery") }}, '
        "Dana Whitfield.\n"
    ) in shown
    assert "token" not in to_text(letters.write(email_, plan))


def test_what_is_not_known_has_no_token() -> None:
    assert with_tokens({"client": {}, "today": 1}) == {"client": {}, "contact": {}, "today": 1}


# Recipients -------------------------------------------------------------------------------------


def test_nobody_gets_it_twice(tmp_path: Path) -> None:
    """The same person holds both roles."""
    change = {
        "emails/hello.yml": {"to: main_contact": "to: account-manager\ncc: [management, client]"}
    }
    reading, _, plans = look(lay(tmp_path, {"changes": change}))
    assert reading.library
    assert plans
    plan = plans.of("birch")
    assert plan
    message = letters.write(reading.library.emails["hello"], plan)
    assert [name for name, _ in message.to] == ["Dana Whitfield"]
    assert [name for name, _ in message.cc] == ["Priya Shah"]
