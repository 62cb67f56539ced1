"""Whatever a person writes prints as itself: nothing in a YAML file becomes a part of a page.

Our own content, with what would be markup, a script or a template in every free text of every
kind of file. The pages made of it have no element, no attribute and no link that those made of
our content as it stands lack.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from markdown_it import MarkdownIt
from playwright.sync_api import Browser
from pypdfium2 import PdfDocument

from browser import Reader, served
from laid import TESTS
from planting import KINDS, Field, copied, fields, planted
from sopwith import making
from sopwith.making.parts import packs
from sopwith.workspace import Inputs, open_workspace

pytestmark = pytest.mark.heavy

REPOSITORY = TESTS.parent
EVIL = "evil.example"
LEADS = {"href", "src", "srcset", "data", "poster", "action", "formaction", "xlink:href"}
WHO = ("harbor-lane-dental", "odegard-piano-works", "people/nell", "quarters/2026-Q3")
"""Whose checklists, emails and documents are made."""
TOOL = '"https://www.hubspot.com"'
ODD_ADDRESS = "https://odd.example/a)b'c|d*e_f]&lt;(javascript:x"

PAYLOADS = (
    "<script>alert(1)</script>",
    f"<img src=//{EVIL}/x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    f"![x](http://{EVIL}/x.png)",
    "| a | b |",
    '--8<-- "company.yml"',
    ":material-x:",
    "[[x]]",
    "*[HTML]: x",
    "$$x$$",
    "&#x6a;avascript:alert(1)",
    f'"><a href="//{EVIL}" onclick=x>',
    "{: onclick=x }",
    "#[x] ```",
)
IN_TEMPLATES = ("{{ 7*7 }}", "{% raw %}")
"""What an email or a document would take for a name to fill in, or refuse; all else prints it."""

TEMPLATES = {
    ("email", "subject"),
    ("email", "body"),
    ("document", "body"),
    ("document", "for_us"),
}
MEANT: set[Field] = {
    ("company", "private"),
    ("company", "calendar", "holidays", "observed", "[]"),
    ("company", "events", "[]", "is"),
    ("sop", "phases", "[]", "steps", "[]", "due"),
    ("company", "facts", "*", "one_of", "[]"),
    ("company", "facts", "*", "some_of", "[]"),
    ("company", "facts", "*", "default"),
    ("client", "facts", "*"),
    ("client", "facts", "*", "[]"),
}
"""Lines that are no free text: they must say something that we know."""

UNUSED: set[Field] = {
    ("client", "contacts", "[]", "first_name"),
    ("company", "private"),
    ("record", "exceptions", "[]", "reason"),
}
"""What our content never says; its like in other places is said."""
UNSEEN: set[Field] = {("company", "calendar", "closures", "[]", "why")}
"""What nothing shows yet."""

COMPANY = yaml.safe_load((REPOSITORY / "company.yml").read_text("utf-8"))
KNOWN = {
    value
    for fact in COMPANY["facts"].values()
    for value in [*fact.get("one_of", ()), *fact.get("some_of", ())]
}


class Sower:
    """Gives each field each payload to begin with in turn, and remembers what it wrote."""

    def __init__(self) -> None:
        self.times: dict[Field, int] = {}
        self.written: dict[Field, list[str]] = {}

    def __call__(self, at: Field, text: str) -> str:
        if at in MEANT or (text in KNOWN and "answer" not in at):
            return text
        said = self._said(at, text)
        self.written.setdefault(at, []).append(said)
        return said

    def _said(self, at: Field, text: str) -> str:
        if at[-1] == "answer" or {"when", "applies_to"} & {*at}:
            return f"{text} {''.join(PAYLOADS[:3])}"  # the same wherever the answer is named
        number = self.times[at] = self.times.get(at, -1) + 1
        every = PAYLOADS if at in TEMPLATES else PAYLOADS + IN_TEMPLATES
        first, *others = every[number % len(every) :] + every[: number % len(every)]
        if at[-1] in ("body", "for_us"):
            return "\n\n".join([text, first, *others])
        # No two alike, so that what names a client stands nowhere else.
        return " ".join([first, f"Q{len(self.written)}q{number}", *others])[:300].strip()


class Elements(HTMLParser):
    """What a page is made of: each element with its attributes, each address, and the words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.made: set[tuple[str, ...]] = set()
        self.links: set[str] = set()
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.made |= {(tag, name) for name, _ in attrs} | {(tag,)}
        self.links |= {value or "" for name, value in attrs if name in LEADS}

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def markup(path: str, content: bytes) -> str:
    """What a browser or a mail program would show of a file; empty for what none shows as HTML."""
    end = path.rpartition(".")[2]
    if end == "html" or path.endswith("search_index.json"):
        return content.decode()  # the search puts the titles and texts of its index on the page
    if end == "md":
        return str(MarkdownIt("gfm-like", {"linkify": False}).render(content.decode()))
    if end == "eml":
        message = message_from_bytes(content, policy=policy.default)
        body = message.get_body(("html",))
        return str(body.get_content()) if body else ""
    return ""


class Made:
    """Everything that is made of a library for someone to read, by where it lies."""

    def __init__(self, root: Path) -> None:
        work = open_workspace(Inputs(root))
        assert [f"{p.place}: {p.code}" for p in work.problems] == []
        making.everything(work, ("handbook", "review"), lambda _: None)
        build = root / "build"
        found = [path for name in ("site", "review") for path in (build / name).rglob("*")]
        self.files = {
            path.relative_to(build).as_posix(): path.read_bytes()
            for path in sorted(found)
            if path.is_file()
        }
        for _, pages in packs(work, WHO):
            self.files |= {page.path: page.content for page in pages}
        self.pages = {
            path: Elements(text)
            for path, content in self.files.items()
            if (text := markup(path, content))
        }


def sort_of(path: str) -> str:
    """Pages of one kind are made of the same elements."""
    return f"{path.partition('/')[0]} {path.rpartition('.')[2]}"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(copied(REPOSITORY, tmp_path_factory.mktemp("plain")))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(REPOSITORY, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def sower(root: Path) -> Sower:
    company = root / "company.yml"
    text = company.read_text("utf-8")
    assert text.count(TOOL) == text.count("initials: NA") == 1
    text = text.replace("initials: NA", "initials: <b>$*").replace(TOOL, f'"{ODD_ADDRESS}"')
    company.write_text(text, "utf-8")
    sower = Sower()
    met = planted(root, sower)
    assert set[Field]().union(*map(fields, KINDS.values())) - met == UNUSED
    said = "\n\n".join(["# Page <script>alert(1)</script>", *PAYLOADS, *IN_TEMPLATES])
    (root / "pages/hostile.md").write_text(said, "utf-8")
    return sower


@pytest.fixture(scope="module")
def hostile(root: Path, sower: Sower) -> Made:
    return Made(root)


def test_nothing_becomes_markup(plain: Made, hostile: Made) -> None:
    known: dict[str, set[tuple[str, ...]]] = {}
    for path, page in plain.pages.items():
        known.setdefault(sort_of(path), {("em",)}).update(page.made)  # stars make stress
    new = {path: page.made - known[sort_of(path)] for path, page in hostile.pages.items()}
    assert {path: made for path, made in new.items() if made} == {}


def test_links_lead_where_links_may(plain: Made, hostile: Made) -> None:
    for path, page in hostile.pages.items():
        for link in page.links:
            address = urlsplit(link)
            assert address.scheme in {"", "http", "https", "mailto"}, f"{path}: {link}"
            assert EVIL not in address.netloc, f"{path}: {link}"
    odd = {link for page in hostile.pages.values() for link in page.links if "odd.example" in link}
    assert {unquote(link) for link in odd} == {ODD_ADDRESS}


def seen(text: str) -> str:
    """Words as rich text has them read: entities are letters, and stars make stress."""
    return " ".join(unescape(text).replace("*", "").split())


def test_everything_prints_as_itself(hostile: Made, sower: Sower) -> None:
    """Whatever an SOP, an email or a document says; of other fields, what comes up somewhere."""
    html = [page for path, page in hostile.pages.items() if path.endswith(".html")]
    shown = " ".join(seen("".join(page.words)) for page in html)
    for at, written in sower.written.items():
        lost = {said for said in written if seen(said) not in shown}
        assert at in UNSEEN or lost < {*written}, at
        if at[0] in ("sop", "email", "document"):
            assert lost == set(), at


def test_it_prints_as_itself_on_paper(hostile: Made) -> None:
    pages = PdfDocument(hostile.files[f"clients/{WHO[0]}/checklist.pdf"])
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    words = re.sub(r"[\s\u200b\ufffe]", "", text)
    for said in (*PAYLOADS, *IN_TEMPLATES):
        assert "".join(unescape(said).split()) in words


@pytest.mark.browser
def test_a_browser_finds_nothing_to_run(root: Path, hostile: Made, browser: Browser) -> None:
    with served(root / "build/site") as address:
        reader = Reader(browser, address)
        page = reader.open("deliver/billing/")
        page.get_by_role("textbox").first.fill("script alert")
        page.locator(".md-search-result__item").first.wait_for()
        reader.open("pages/hostile/")
        reader.leave()
    assert reader.faults == []
