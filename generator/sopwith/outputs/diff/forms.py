"""The forms in which a comparison is shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sopwith.data import Templates, jinja
from sopwith.outputs.diff.effects import Effect
from sopwith.outputs.diff.view import FileView, Line, View
from sopwith.terminal import flow
from sopwith.text import escape_markdown

_MOST = 12


@dataclass(frozen=True, slots=True)
class Named:
    """Who is meant, for whoever may know: whose plan differs, and by path whom a file touches."""

    plans: Mapping[str, Effect] = field(default_factory=dict)
    touched: Mapping[str, Sequence[str]] = field(default_factory=dict)


def text(told: View, named: Named, _: Templates) -> str:
    """Write for a terminal of 80 columns; this form alone names clients."""
    if not told.files:
        return f"Nothing changed since {told.since}."
    lines = [f"Since {told.since}:"]
    for file in told.files:
        lines += ["", *flow(f"{file.heading} ({file.path})"), *_file(file, named)]
    lines += ["", *flow(told.clients)]
    for name, one in named.plans.items():
        lines += ["", name]
        for heading, found in one.parts:
            lines += flow(heading, "  ")
            for said in found[:_MOST]:
                lines += flow(said.strip(), "    - ")
            if len(found) > _MOST:
                lines.append(f"    - and {len(found) - _MOST} more")
    return "\n".join(lines)


def _file(file: FileView, named: Named) -> Iterator[str]:
    for said in filter(None, (file.verdict, file.works, file.confirms, file.touches)):
        yield from flow(said, "  ")
    who = named.touched.get(file.path, ()) if file.touches else ()
    if who:
        more = [f"and {len(who) - _MOST} more"] if len(who) > _MOST else []
        yield from flow(f"By name: {', '.join([*who[:_MOST], *more])}.", "  ")
    for heading, lines in file.groups:
        yield from flow(f"{heading}:", "  ")
        for line in lines:
            yield from flow(_weighed(line), "    - ")


def _weighed(line: Line) -> str:
    return line.says if line.weight == "none" else f"{line.says} [{line.weight}: {line.why}]"


def markdown(told: View, _: Named, templates: Templates) -> str:
    """Write for a comment on a pull request."""
    made = jinja(templates, autoescape=False)
    made.filters["plain"] = _plain
    return made.get_template("diff/diff.md.j2").render(told=told).rstrip()


def _plain(said: str) -> str:
    # GitHub reads "@name" as a call to that person even where the sign is spelled as an entity.
    return escape_markdown(said.replace("@", "@\u2060").replace("->", "→"))


def html(told: View, _: Named, templates: Templates) -> str:
    """Write a page of its own."""
    made = jinja(templates, autoescape=True)
    made.filters["arrows"] = lambda said: said.replace("->", "→")
    css = templates.text("diff/diff.css")
    return made.get_template("diff/diff.html.j2").render(told=told, css=css).rstrip()


def as_json(told: View, _: Named, __: Templates) -> str:
    """Write for a program."""
    data = {
        "since": told.since,
        "clients": {
            "active": told.counts.active,
            "dates_move": told.counts.moving,
            "then_past": told.counts.moving_late,
            "new_steps": told.counts.new,
            "already_late": told.counts.new_late,
            "steps_fall_away": told.counts.losing,
            "untold": told.counts.untold,
        },
        "files": [
            {
                "kind": file.kind,
                "id": file.id,
                "path": file.path,
                "title": file.title,
                "status": file.status,
                "was": file.was,
                "now": file.now,
                "opinion": file.opinion.weight,
                "why": file.opinion.why,
                "sure": file.opinion.sure,
                "roles": file.roles,
                "dates_also_move": file.moving,
                "confirm": file.confirm,
                "touches": file.reach
                and {
                    "what": file.reach.what,
                    "active": file.reach.active,
                    "touched": file.reach.touched,
                    "stay": file.reach.stay,
                    "not_planned": file.reach.unplanned,
                },
                "differences": [
                    {
                        "what": line.what,
                        "part": line.part,
                        "id": line.id,
                        "field": line.field.rstrip("_"),
                        "says": line.says,
                        "weight": line.weight,
                        "why": line.why,
                    }
                    for _, lines in file.groups
                    for line in lines
                ],
            }
            for file in told.files
        ],
    }
    return json.dumps(data, indent=2, ensure_ascii=False)


FORMS: Mapping[str, Callable[[View, Named, Templates], str]] = {
    "text": text,
    "markdown": markdown,
    "html": html,
    "json": as_json,
}
PRIVATE = ("text",)
"""Forms that may name clients: what is printed to whoever has the clients' files."""
