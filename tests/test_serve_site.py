"""A site brought up to date edit by edit is the one that the engine would build at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from laid import TODAY, lay
from sopwith import making
from sopwith.making.parts import handbook_pages
from sopwith.model import Sop
from sopwith.outputs import handbook
from sopwith.outputs.handbook import Memory
from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.procedures import procedure
from sopwith.outputs.handbook.sheet import Sheet
from sopwith.outputs.page import Page
from sopwith.serve.site import Site
from sopwith.workspace import Inputs, open_workspace

SOP = "sops/onboard/welcome.yml"
EMAIL = "emails/hello.yml"
NEW_SOP = "sops/onboard/farewell.yml"
ALONE = "sops/onboard/alone.yml"
NEW_STEP = """\
      - id: note
        title: Write down what they said
        role: account-manager
        due: 1 business day after kickoff
changes:
"""


def change(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Put other words into a file."""

    def edit(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert text.count(old) == 1
        (root / path).write_text(text.replace(old, new), "utf-8")

    return edit


def new_sop(root: Path) -> None:
    text = (root / SOP).read_text("utf-8").replace("Welcome a client", "See a client off")
    more = "references: [{sop: welcome}]\nsuperseded_by: welcome\n"
    (root / NEW_SOP).write_text(text.replace("phases:\n", f"{more}phases:\n"), "utf-8")


EDITS: dict[str, tuple[Callable[[Path], None], bool]] = {
    "a step reworded": (change(SOP, "Hold the kickoff call", "Ring them"), False),
    "a new SOP": (new_sop, True),
    "its step reworded": (change(NEW_SOP, "Send the welcome email", "Send the email"), False),
    "a title that others show": (change(SOP, "Welcome a client", "Welcome them"), True),
    "an email's text": (change(EMAIL, "We look forward to", "We are glad about"), False),
    "a step more": (change(SOP, "changes:\n", NEW_STEP), False),
    "an SOP taken away": (lambda root: (root / NEW_SOP).unlink(), True),
    "a step less": (change(SOP, NEW_STEP, "changes:\n"), False),
}
"""What is done to the library, one after the other, and whether every page shows it."""


def test_as_if_built_at_once(tmp_path: Path) -> None:
    root, folder = lay(tmp_path / "root", {}), tmp_path / "kept" / "site"
    inputs, site, memory = Inputs(root, today=TODAY), Site(folder), Memory()
    work = open_workspace(inputs)
    site.renew(root / "build", making.handbook_alone(work, memory))
    for what, (edit, is_for_all) in EDITS.items():
        edit(root)
        untouched = (folder / "rules" / "index.html").stat().st_ino
        work = open_workspace(inputs, work.reading)
        pages = making.handbook_alone(work, memory)
        assert pages == making.handbook_alone(open_workspace(inputs)), what
        site.renew(root / "build", pages)
        is_same = (folder / "rules" / "index.html").stat().st_ino == untouched
        assert is_same is not is_for_all, f"{what}: rendered too much, or too little"
        if is_for_all:  # all was built at once; the next edit is compared with that too
            continue
        fresh = tmp_path / what / "site"
        Site(fresh).renew(root / "build", pages)
        assert files(folder) == files(fresh), what
    for name in ("onboard/welcome.md", "handbook.json"):
        assert "Ring them" in (folder / name).read_text("utf-8"), name
    assert "onboard/welcome.md" in (folder / "llms.txt").read_text("utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_link_that_leads_nowhere_any_more(tmp_path: Path) -> None:
    """The engine checks links of pages that it does not render too; the site stays as it was."""
    root, folder = lay(tmp_path / "root", {}), tmp_path / "kept" / "site"
    pages = making.handbook_alone(open_workspace(Inputs(root, today=TODAY)))
    site = Site(folder)
    site.renew(root / "build", pages)
    before = files(folder)
    with pytest.raises(Abort):
        site.renew(root / "build", [renamed(page, root / "build") for page in pages])
    assert files(folder) == before


def renamed(page: Page, build: Path) -> Page:
    """The page; that of the SOP with another anchor, to which a role's page still links."""
    if not page.path.endswith("/welcome.md"):
        return page
    text = page.content.replace(b'id="call"', b'id="ring"').replace(b"#call", b"#ring")
    (build / page.path).write_bytes(text)
    return replace(page, content=text)


def test_only_what_differs_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = lay(tmp_path, {})
    new_sop(root)
    (root / ALONE).write_text((root / SOP).read_text("utf-8"), "utf-8")
    inputs, memory = Inputs(root, today=TODAY), Memory()
    drawn: list[str] = []

    def draw(edition: Edition, sop: Sop) -> Sheet:
        drawn.append(sop.id)
        return procedure(edition, sop)

    monkeypatch.setattr(handbook, "procedure", draw)
    work = open_workspace(inputs)
    handbook_pages(work, memory)
    assert sorted(drawn) == ["alone", "farewell", "welcome"]
    for edit, whose in (
        (change(SOP, "title: Hold the kickoff call", "title: Ring them"), ["farewell", "welcome"]),
        (change(ALONE, "title: Welcome a client", "title: Alone"), ["alone"]),
        (change(EMAIL, "title: Hello", "title: Good day"), ["alone", "farewell", "welcome"]),
        (lambda root: (root / ALONE).unlink(), []),
        (change("company.yml", "title: Account manager", "title: Desk"), ["farewell", "welcome"]),
    ):
        drawn.clear()
        edit(root)
        before = work.library
        work = open_workspace(inputs, work.reading)
        anew = [id_ for id_, sop in work.library.sops.items() if sop is not before.sops[id_]]
        handbook_pages(work, memory)
        assert sorted(drawn) == whose
        assert len(anew) <= 1, "files that nobody touched were read anew"
