"""Writing an SOP: every field there is, from the descriptions in the schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.markup import NOTHING, Md, capital, fence, inside, line, web
from sopwith.outputs.handbook.sheet import Sheet, draw
from sopwith.places import WRITING, guide_address

Schema = Mapping[str, Any]

DUE_EXAMPLES = (
    ("3 business days after kickoff", "Also days, weeks, months and business hours."),
    ("2 weeks before delivery-due", "Counted back from the event."),
    ("on kickoff", "The day of the event itself."),
    ("1 business day after step welcome", "Counted from the day on which that step is done."),
    (
        "2 business days after item-due",
        "For a step that is done for each deliverable or milestone.",
    ),
    ("1 business day after opened", "For an SOP that runs because something came up."),
    (
        "5 business days after quarter-start",
        "In an SOP about the firm, which also has quarter-end; one about each person has joined.",
    ),
    ("on the last business day of the month", "For a step that is repeated every month."),
)
"""What the due language can say, and what it means."""

WHEN_EXAMPLES = (
    ("channels: slack", "Slack is one of the ways in which we talk with this client."),
    ("calls: [week, 2 weeks]", "One of the two."),
    ('needs-change: "Yes"', "The decision in the step needs-change was answered with Yes."),
    ("not: {engagement: retainer}", "Any kind of engagement but this."),
    ("any: [{channels: zoom}, {channels: phone}]", "One of them is enough."),
    ('contract_value: {at_least: "10000"}', "An amount of this size or more."),
)
"""What a condition can ask, and what it means."""

_PLAIN = re.compile(r"[A-Za-z0-9][\w .'/-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field: its name, whether it is needed, what it is for, what goes in, an example."""

    name: str
    needed: bool
    description: Md
    takes: Md
    example: Md


@dataclass(frozen=True, slots=True)
class GroupView:
    """The fields of one part of the file."""

    anchor: str
    title: Md
    description: Md
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class WritingView:
    """What the template of this page arranges."""

    guide: Md
    groups: tuple[GroupView, ...]
    due: tuple[tuple[Md, Md], ...]
    when: tuple[tuple[Md, Md], ...]


def writing(edition: Edition) -> Sheet:
    """The page for those who write and keep SOPs."""
    schema = edition.context.schemas("sop")
    guide = guide_address(edition.company.repository)
    view = WritingView(
        guide=web(Md("The guide for process owners"), guide) if guide else NOTHING,
        groups=_groups(schema),
        due=tuple((Md(f"`due: {text}`"), line(means)) for text, means in DUE_EXAMPLES),
        when=tuple((Md(f"`when: {{{text}}}`"), line(means)) for text, means in WHEN_EXAMPLES),
    )
    return draw(
        edition,
        "writing",
        WRITING,
        title="Writing an SOP",
        description="Every field of an SOP's file, what it is for, and an example of each.",
        view=view,
        boost=0.3,
    )


def _groups(schema: Schema) -> tuple[GroupView, ...]:
    """The file itself, and every part inside it right after what it is first met in."""
    found: dict[str, GroupView] = {}

    def meet(name: str, group: Schema) -> None:
        if name in found:
            return
        found[name] = _group(name, group, schema)
        for field in _fields(group, schema).values():
            part = _part(field, schema)
            if part:
                meet(part, schema["$defs"][part])

    meet("", schema)
    return tuple(found.values())


def _group(name: str, group: Schema, schema: Schema) -> GroupView:
    needed = group.get("required", ())
    return GroupView(
        _anchor(name) if name else "part--file",
        line("The file" if not name else group["title"]),
        line(group["description"]),
        tuple(
            FieldView(
                field,
                field in needed,
                line(_said(about, "description", schema)),
                capital(_takes(about, schema)),
                _example(field, about, schema),
            )
            for field, about in _fields(group, schema).items()
        ),
    )


def _fields(group: Schema, schema: Schema) -> Schema:
    """The fields of a part; where it takes names of one's own choice, they are one more."""
    chosen = _chosen(group, schema)
    return {**group["properties"], **({chosen: group["additionalProperties"]} if chosen else {})}


def _chosen(group: Schema, schema: Schema) -> str:
    """What the names of one's own choice are, in words; nothing where there are none."""
    if not isinstance(group.get("additionalProperties"), Mapping):
        return ""
    return inside(_target(group["propertyNames"], schema)["title"])


def _anchor(part: str) -> str:
    return f"part--{part.lower()}"


def _target(field: Schema, schema: Schema) -> Schema:
    """What a field refers to, or itself."""
    name = field.get("$ref", "").rpartition("/")[2]
    found: Schema = schema["$defs"][name] if name else field
    return found


def _part(field: Schema, schema: Schema) -> str:
    """The name of the part that a field, or each entry of its list, holds; none if it is text."""
    target = _target(field, schema)
    if "properties" in target:
        return str(field.get("$ref", "")).rpartition("/")[2]
    items = target.get("items")
    return _part(items, schema) if items else ""


def _said(field: Schema, key: str, schema: Schema) -> Any:
    """What the field says of itself, else what it refers to says."""
    return field.get(key) or _target(field, schema).get(key)


def _takes(field: Schema, schema: Schema) -> Md:
    """What kind of value goes in."""
    target = _target(field, schema)
    part = _part(field, schema)
    if "enum" in target:
        return line(" or ".join(map(str, target["enum"])))
    if target.get("type") == "boolean":
        return Md("true or false")
    name = f"[{inside(schema['$defs'][part]['title'])}](#{_anchor(part)})" if part else ""
    chosen = _chosen(target, schema)
    if chosen and not part:
        value = _target(target["additionalProperties"], schema)
        return line(f"for each {chosen}: {inside(value['title'])}")
    if "items" in target:
        return Md(
            f"a list: {name or inside(_target(target['items'], schema).get('title', 'text'))}"
        )
    if part:
        return Md(name)
    return line(inside(target.get("title", "text")))


def _example(field: str, about: Schema, schema: Schema) -> Md:
    examples = _said(about, "examples", schema)
    return fence(f"{field}: {flow(examples[0])}", "yaml") if examples else NOTHING


def flow(value: object) -> str:
    """An example as one writes it in a file, on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return (
        text if _PLAIN.fullmatch(text) and _is_text(text) else json.dumps(text, ensure_ascii=False)
    )


def _is_text(text: str) -> bool:
    """Say whether YAML reads it as the text, or the date, it looks like."""
    return not isinstance(yaml.safe_load(text), int | float | bool | None)
