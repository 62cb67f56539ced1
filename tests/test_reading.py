"""Every step can be read by someone new: grade 9 or under, by the formula in reading.py."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from reading import grade, syllables
from sopwith.model import Library, Step
from sopwith.read import read

ROOT = Path(__file__).parents[1]
HARDEST = 9.0
HEARD = {
    1: "the steps",
    2: "client business reviewed changes invoice something science table 24",
    3: "agreement procedure idea quarterly created",
}


@cache
def library() -> Library:
    found = read(ROOT).library
    assert found
    return found


def prose(step: Step) -> list[str]:
    """What a step says in whole sentences; titles and evidence would only make it look easier."""
    return [step.details, *step.substeps, *(note.says for note in step.notes)]


def test_all_steps_together(record_property: Callable[[str, object], None]) -> None:
    of_steps = {
        f"{sop.id}/{step.id}": grade(prose(step))
        for sop in library().sops.values()
        for step in sop.steps
    }
    whole = grade(text for sop in library().sops.values() for s in sop.steps for text in prose(s))
    worst = sorted(of_steps, key=of_steps.__getitem__, reverse=True)[:5]
    named = ", ".join(f"{address} {of_steps[address]:.1f}" for address in worst)
    record_property("summary", f"Reading grade of all steps: {whole:.1f}. Hardest: {named}")
    assert whole <= HARDEST


@pytest.mark.parametrize("sop", sorted(path.stem for path in ROOT.glob("sops/*/*.yml")))
def test_each_sop(sop: str) -> None:
    assert grade(text for step in library().sops[sop].steps for text in prose(step)) <= HARDEST


@pytest.mark.parametrize(
    ("word", "count"), [(word, count) for count, words in HEARD.items() for word in words.split()]
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_formula() -> None:
    """The example of Wikipedia, which counts 13 words and 24 syllables."""
    hybrid = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert grade([hybrid]) == pytest.approx(11.3, abs=0.05)
    assert grade([hybrid, "It is."]) < grade([hybrid])
