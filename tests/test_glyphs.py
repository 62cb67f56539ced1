"""A character that no font has is a problem where it is written, or where it is chosen."""

from __future__ import annotations

from pathlib import Path

import fontpkg_noto_sans
import pytest
import typst

from laid import TODAY, lay
from sopwith import paper
from sopwith.making import Blocked, checklists
from sopwith.words import letters_of_dates
from sopwith.workspace import Inputs, open_workspace


@pytest.fixture(autouse=True)
def _few_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is without the extra `fonts`."""
    few = typst.Fonts(include_system_fonts=False, font_paths=[str(fontpkg_noto_sans.ROOT)])
    monkeypatch.setattr(paper, "_fonts", lambda: few)


@pytest.mark.parametrize(
    ("path", "old", "new", "says"),
    [
        (
            "clients/birch.yml",
            "name: Birch Bakery",
            "name: 東京 Bakery",
            "clients/birch.yml:1:7: the checklist cannot print 東 京: no font here has it",
        ),
        (
            "sops/onboard/welcome.yml",
            "title: Hold the kickoff call",
            "title: Hold the 東 call",
            "sops/onboard/welcome.yml:28:25: the checklist cannot print 東",
        ),
        (
            "company.yml",
            "name: Sam Ortiz",
            "name: 東 Ortiz",
            "company.yml:8:15: the checklist cannot print 東",
        ),
        (
            "company.yml",
            "timezone: ",
            "locale: ja\ntimezone: ",
            "company.yml:2:9: dates in ja are written with 年 月 日",
        ),
        (
            "company.yml",
            "timezone: ",
            "locale: th\ntimezone: ",
            "company.yml:2:9: dates in th are written with",
        ),
    ],
    ids=["client", "sop", "company", "ja", "th"],
)  # fmt: skip  # a table
def test_it_is_told_where_it_comes_from(
    tmp_path: Path, path: str, old: str, new: str, says: str
) -> None:
    work = open_workspace(Inputs(lay(tmp_path, {"changes": {path: {old: new}}}), today=TODAY))
    with pytest.raises(Blocked) as caught:
        checklists(work, ["birch"])
    (problem,) = caught.value.problems
    assert problem.code == "missing-glyph"
    assert f"{problem.place}: {problem.message}".startswith(says)
    assert problem.hint.endswith('install more fonts with pip install "sopwith[fonts]"')


def test_characters_from_two_files_are_two_problems(tmp_path: Path) -> None:
    changes = {
        "company.yml": {"timezone: ": "locale: th\ntimezone: "},
        "clients/birch.yml": {"name: Birch": "name: 東京 Birch"},
    }
    work = open_workspace(Inputs(lay(tmp_path, {"changes": changes}), today=TODAY))
    with pytest.raises(Blocked) as caught:
        checklists(work, ["birch"])
    assert {str(p.place) for p in caught.value.problems} == {
        "clients/birch.yml:1:7",
        "company.yml:2:9",
    }


def test_letters_of_dates_are_those_that_dates_hold() -> None:
    assert {*"年月日火水"} <= letters_of_dates("ja")
    assert "年" not in letters_of_dates("pl")
