"""Markdown that is safe to put on a page: whatever YAML says has gone through here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NewType
from urllib.parse import quote

from sopwith.text import escape_markdown, parse, to_plain

Md = NewType("Md", str)
"""Markdown of ours. Text from YAML is no Md until one of these functions has made it one."""

NOTHING = Md("")


@lru_cache(maxsize=4096)  # titles stand in many places
def line(text: str) -> Md:
    """Plain text as itself, on one line."""
    return Md(escape_markdown(" ".join(text.split())))


def flat(text: str) -> Md:
    """Rich text as plain text on one line, where there is no room for more."""
    return line(to_plain(parse(text)))


def code(text: str) -> Md:
    """An id, a path or a commit: none of them holds a backtick."""
    return Md(f"`{text}`")


def link(label: Md, target: str) -> Md:
    """A link to a page of ours, relative to the page it stands on."""
    return Md(f"[{label}]({target})")


def web(label: Md, url: str) -> Md:
    """A link to somewhere else; characters that mean something in Markdown are encoded."""
    target = quote(url, safe=_URL).replace("&", "&amp;")  # else &lt; in it would be a bracket
    return Md(f"[{label}](<{target}>)" if url else label)


_URL = ":/?#@!$&',;=%~+.-"


def commas(parts: Iterable[Md]) -> Md:
    """`a, b, c`."""
    return Md(", ".join(parts))


def sentences(parts: Iterable[str]) -> Md:
    """Parts one after the other, the empty ones left out."""
    return Md(" ".join(part for part in parts if part))


def capital(text: Md) -> Md:
    """The same with its first letter large."""
    return Md(text[:1].upper() + text[1:])


def inside(title: str) -> str:
    """A title as it reads inside a sentence: `Project closed` is "project closed"; `CRM` stays."""
    return title[:1].lower() + title[1:] if not title[1:2].isupper() else title


def fence(text: str, language: str = "") -> Md:
    """Text shown exactly as it is; the fence is longer than any inside it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    body = text.strip("\n")
    return Md(f"{ticks}{language}\n{body}\n{ticks}")


def item(text: Md) -> Md:
    """An entry of a list: what follows its first line is indented to belong to it."""
    return Md("- " + text.replace("\n", "\n    "))


def table(head: Sequence[str], rows: Iterable[Sequence[Md]]) -> Md:
    """A table; the cells hold one line each."""
    lines = [head, ["---"] * len(head), *rows]
    return Md("\n".join(f"| {' | '.join(cells)} |" for cells in lines))
