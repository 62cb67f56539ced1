"""One page of the handbook in the making, and the sections that pages stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from sopwith.outputs.handbook.edition import Edition

_ANY_WIDTH = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page below handbook/: where it is, what it is called in the navigation, its Markdown."""

    path: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that stand together; the first introduces the others."""

    title: str
    sheets: tuple[Sheet, ...]


def draw(
    edition: Edition,
    template: str,
    path: str,
    *,
    title: str,
    description: str,
    view: object,
    source: str = "",
    boost: float = 1,
    wide: bool = False,
    hidden: bool = False,
) -> Sheet:
    """Fill in a template. `source` is the file that the page's edit link leads to, if any.

    `boost` says how readily search puts the page first; a `wide` page has no list of contents
    beside it; a `hidden` one is found by nobody who has not its address. `view` holds
    Markdown that is safe.
    """
    front: Mapping[str, object] = {
        "title": title,
        "description": " ".join(description.split()),
        **({"source": source} if source else {}),
        **({"search": {"boost": boost}} if boost != 1 else {}),
        **({"search": {"exclude": True}, "robots": "noindex"} if hidden else {}),
        **({"hide": ["toc"]} if wide else {}),
    }
    body = edition.environment.get_template(f"handbook/{template}.md.j2").render(page=view)
    return Sheet(path, title, f"---\n{as_yaml(front)}---\n\n{body}")


def as_yaml(data: object) -> str:
    """Settings and front matter, in the order given and each value on one line."""
    text: str = yaml.dump(
        data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=_ANY_WIDTH
    )
    return text
