"""The checklist on a screen: one file that works from a folder, with ticks the browser keeps."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256

from sopwith.data import Templates, ready
from sopwith.outputs.checklist.forms import Sheet
from sopwith.plan import Plan, Row
from sopwith.text.readable import plain


def page(plan: Plan, content: Sheet, templates: Templates) -> bytes:
    """Write the page, with its style and its script inside.

    It may run and load nothing else: the policy names both by their hash (Content Security Policy
    Level 3, "hash-source").
    """
    style = templates.text("checklist/checklist.css")
    script = templates.text("checklist/checklist.js")
    template = ready(templates, "checklist/checklist.html.j2", autoescape=True, plain=plain)
    concerns = {row.address: tuple(_concerns(row)) for row in plan.rows() if row.state != "out"}
    written = template.render(
        sheet=content,
        plan_id=plan.client.id,
        concerns=concerns,
        roles=dict(_roles(plan, concerns)),
        style=style,
        script=script,
        policy=_policy(style, script),
    )
    return written.encode()


def _policy(style: str, script: str) -> str:
    allowed = {
        "default-src": "'none'",
        "script-src": _hash(script),
        "style-src": _hash(style),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{what} {source}" for what, source in allowed.items())


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _concerns(row: Row) -> Iterator[str]:
    """The roles that do a step, help with it or sign it."""
    yield from dict.fromkeys((row.step.role, *row.step.with_, *row.step.sign))


def _roles(plan: Plan, concerns: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Each role that has a step here and its title, in the company's order."""
    named = {role for roles in concerns.values() for role in roles}
    known = {role: known.title for role, known in plan.company.roles.items()}
    yield from ((role, title) for role, title in known.items() if role in named)
