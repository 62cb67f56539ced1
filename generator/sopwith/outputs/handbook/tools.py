"""The pages of the tools: what each is for, who works in it, in which steps, what is kept there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sopwith.model import Tool
from sopwith.outputs.handbook.duties import StageView, by_stage
from sopwith.outputs.handbook.edition import Edition, Use
from sopwith.outputs.handbook.markup import Md, line, web
from sopwith.outputs.handbook.pen import Pen
from sopwith.outputs.handbook.sheet import Section, Sheet, draw
from sopwith.outputs.handbook.steps import Fact, stated
from sopwith.places import page


@dataclass(frozen=True, slots=True)
class ToolView:
    """What the template of a tool's page arranges: the steps, and each record with its SOP."""

    title: Md
    what_for: Md
    facts: tuple[Fact, ...]
    steps: tuple[StageView, ...]
    records: tuple[tuple[Md, Md], ...]


@dataclass(frozen=True, slots=True)
class ToolLine:
    """A tool in the list of tools."""

    title: Md
    kind: Md
    what_for: Md


def tools(edition: Edition) -> Section:
    """The list of tools and a page for each."""
    path = page("tools")
    pen = Pen(edition, path)
    lines = tuple(
        ToolLine(pen.page(line(tool.title), page("tools", id_)), line(tool.kind), line(tool.for_))
        for id_, tool in edition.tools.items()
    )
    index = draw(
        edition,
        "tools",
        path,
        title="Tools",
        description="What we work in, and what for.",
        view=lines,
        boost=0.5,
    )
    return Section("Tools", (index, *(_tool(edition, tool) for tool in edition.tools.values())))


def _tool(edition: Edition, tool: Tool) -> Sheet:
    path = page("tools", tool.id)
    pen = Pen(edition, path)
    uses = edition.uses(lambda step: tool.id in step.tools)
    view = ToolView(
        title=line(tool.title),
        what_for=line(tool.for_),
        facts=stated(_facts(pen, tool, uses)),
        steps=by_stage(pen, uses),
        records=tuple(_records(pen, tool)),
    )
    return draw(
        edition,
        "tool",
        path,
        title=tool.title,
        description=tool.for_ or tool.kind or tool.title,
        view=view,
        source="company.yml",
        boost=2,
    )


def _facts(pen: Pen, tool: Tool, uses: tuple[Use, ...]) -> Iterator[Fact]:
    yield "Kind", line(tool.kind)
    yield "Open it", web(line(tool.url), tool.url)
    roles = (role for use in uses for role in (use.step.role, *use.step.with_))
    yield "Used by", pen.roles(dict.fromkeys(roles))


def _records(pen: Pen, tool: Tool) -> Iterator[tuple[Md, Md]]:
    for sop in pen.edition.sops.values():
        for record in sop.records:
            if record.kept_in == tool.id and sop.status != "retired":
                yield line(record.name), pen.sop(sop.id)
