"""What a form gives back, put onto the text that it was given."""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from laid import TESTS, load
from sopwith import edit
from sopwith.edit.sheet import BY_HAND, Sheet
from sopwith.fields import Fields
from test_edit import files, written
from test_tidy import BETWEEN_BRACKETS, any_order, mixed

ROOT = TESTS.parent
SOP = Fields.of("sop")
OURS = ("onboard/client-onboarding", "agree/proposal", "govern/changing-an-sop")
CASES = sorted((TESTS / "cases" / "onto").glob("*.yml"))


class Form(yaml.SafeDumper):
    """Writes as forms in a browser do: YAML 1.2, all in blocks, quotes only where that needs them.

    Under `cases/onto` there is what the library of such a form wrote itself (`yaml` of npm).
    """

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


Form.yaml_implicit_resolvers = {}
for name, pattern in {
    "bool": "true|True|TRUE|false|False|FALSE",
    "null": "null|Null|NULL|~|",
    "int": "[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
}.items():
    Form.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(f"(?:{pattern})$"), None)


def form(data: Any) -> str:
    return yaml.dump(data, None, Form, sort_keys=False, allow_unicode=True, width=80)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = load(path)
    assert put_onto(case["text"], case["form"], Fields.of(case["kind"])) == case["gives"]


def put_onto(text: str, given_back: str, fields: Fields) -> str:
    """The text as it is then, or the reason why there is none."""
    try:
        return edit.onto(text, given_back, fields)
    except edit.Unwritable as unwritable:
        return str(unwritable)


# Our own SOPs, with a comment at every step ----------------------------------------------------


def noted(name: str) -> str:
    """One of our SOPs, with a comment above each step, at its title, and behind its role."""
    text = (ROOT / f"sops/{name}.yml").read_text("utf-8")
    text = re.sub(r"(?m)^( {6})(- id: (.+))$", r"\1# above \3\n\1\2", text)
    text = re.sub(r"(?m)^( {8})(title: .+)$", r"\1# the title\n\1\2", text)
    return "# First of all\n\n" + re.sub(r"(?m)^( {8}role: .+)$", r"\1  # who", text)


Steps = list[dict[str, Any]]


def returned(text: str, change: Callable[[list[Steps]], None]) -> tuple[str, dict[str, Any]]:
    """What is on disk after a form, and the data it was to have."""
    data: Any = copy.deepcopy(Sheet.read(text).data)
    change([phase["steps"] for phase in data["phases"]])
    return edit.onto(text, form(dict(reversed(data.items()))), SOP), data


def changes(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that are gone, and those that are new."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [x[2:] for x in lines if x[0] == "-"], [x[2:] for x in lines if x[0] == "+"]


def lines_of(text: str, step: str) -> list[str]:
    """The lines of a step, with the comment above it."""
    found = re.search(rf"(?m)^ +# above {step}\n( +- id: .+\n(?: {{8}}.*\n|\n(?= {{8}}))*)", text)
    assert found
    return found[0].splitlines()


@pytest.mark.parametrize("name", OURS)
class TestOurs:
    def test_nothing_changed(self, name: str) -> None:
        text = noted(name)
        assert text.count("#") > 20
        assert returned(text, lambda phases: None)[0] == text

    def test_a_title_is_edited(self, name: str) -> None:
        text = noted(name)

        def change(phases: list[Steps]) -> None:
            phases[1][0]["title"] = "Do it: at once"

        after, data = returned(text, change)
        assert Sheet.read(after).data == data
        gone, new = changes(text, after)
        assert (len(gone), new) == (1, ['        title: "Do it: at once"'])

    def test_a_step_is_added(self, name: str) -> None:
        text = noted(name)

        def change(phases: list[Steps]) -> None:
            new = {"role": "management", "title": "Count to ten", "due": "", "id": "count"}
            phases[1].insert(1, {**new, "tools": [], "critical": True})

        after, _ = returned(text, change)
        step = """\
      - id: count
        title: Count to ten
        role: management
        critical: true
"""
        second = f"      # above {Sheet.read(text).data_at(('phases', 1, 'steps', 1, 'id'))}\n"
        assert after == text.replace(second, step + second)

    def test_a_step_is_removed(self, name: str) -> None:
        text = noted(name)
        step = str(Sheet.read(text).data_at(("phases", 1, "steps", 0, "id")))
        after, data = returned(text, lambda phases: phases[1].__delitem__(0))
        assert Sheet.read(after).data == data
        assert changes(text, after) == (lines_of(text, step), [])

    def test_a_step_is_moved(self, name: str) -> None:
        text = noted(name)
        step = str(Sheet.read(text).data_at(("phases", 0, "steps", 0, "id")))
        after, data = returned(text, lambda phases: phases[0].append(phases[0].pop(0)))
        assert Sheet.read(after).data == data
        assert sorted(after) == sorted(text)
        assert lines_of(after, step) == lines_of(text, step)
        assert after.index(f"# above {step}") > text.index(f"# above {step}")

    def test_a_step_is_moved_to_another_phase_and_edited(self, name: str) -> None:
        text = noted(name)
        step = str(Sheet.read(text).data_at(("phases", 1, "steps", 0, "id")))

        def change(phases: list[Steps]) -> None:
            phases[0].insert(1, {**phases[1].pop(0), "title": "Do it now"})

        after, data = returned(text, change)
        assert Sheet.read(after).data == data
        old, new = lines_of(text, step), lines_of(after, step)
        assert [line for line in new if "  title:" not in line] == [
            line for line in old if "  title:" not in line
        ]
        assert len(after.splitlines()) == len(text.splitlines())

    def test_steps_go_into_a_new_phase(self, name: str) -> None:
        text = noted(name)
        data: Any = copy.deepcopy(Sheet.read(text).data)
        steps = [data["phases"][0]["steps"].pop(0), data["phases"][1]["steps"].pop()]
        data["phases"].insert(1, {"id": "new", "title": "New", "steps": steps})
        after = edit.onto(text, form(data), SOP)
        assert Sheet.read(after).data == data
        assert sorted(Sheet.read(after).notes) == sorted(Sheet.read(text).notes)
        assert "\n\n  - id: new\n    title: New\n    steps:\n      # above" in after


# Any file, in any hand -------------------------------------------------------------------------


@settings(max_examples=60)
@given(written(), files, st.data())
def test_any_data_is_put_onto_any_text(text: str, data: Any, more: st.DataObject) -> None:
    before = Sheet.read(text)
    kept = more.draw(st.lists(st.sampled_from(sorted(before.data)), unique=True))
    said = mixed(more.draw, {**data, **{key: before.data[key] for key in kept}, "z": "x"})
    fields = any_order(["a", "b", "c", "d"])
    after = put_onto(text, form(said), fields)
    if after in (BY_HAND, BETWEEN_BRACKETS):
        return  # one in hundreds: a last line without an end, or a comment between brackets
    assert put_onto(after, form(said), fields) == after
    assert not set(Sheet.read(after).notes) - set(before.notes)


def test_what_a_person_wrote_is_not_lost() -> None:
    with pytest.raises(edit.Unwritable, match=r'a person wrote there, and no form: "# new"'):
        edit.onto("title: A  # old\n", "title: B  # new\n", SOP)
