"""The handbook: a folder of Markdown, complete in itself, and the settings to make a site of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from sopwith.hands import spread
from sopwith.model import Library, Stage
from sopwith.outputs.handbook.book import book, leaflet
from sopwith.outputs.handbook.changes import changes
from sopwith.outputs.handbook.edition import Context, Edition, edition
from sopwith.outputs.handbook.glossary import glossary
from sopwith.outputs.handbook.letters import documents, emails
from sopwith.outputs.handbook.machines import beside, for_machines
from sopwith.outputs.handbook.matrix import matrix
from sopwith.outputs.handbook.memory import Memory, remembered
from sopwith.outputs.handbook.overview import home, stage
from sopwith.outputs.handbook.own import own_pages
from sopwith.outputs.handbook.procedures import procedure
from sopwith.outputs.handbook.roles import roles
from sopwith.outputs.handbook.rules import rules
from sopwith.outputs.handbook.settings import FOLDER, THEME, settings
from sopwith.outputs.handbook.sheet import Section, Sheet
from sopwith.outputs.handbook.tools import tools
from sopwith.outputs.handbook.versions import versions
from sopwith.outputs.handbook.writing import writing
from sopwith.outputs.page import Page

__all__ = ["Context", "Memory", "beside", "book", "edition", "leaflet", "render"]

# From so many SOPs on, drawing them takes longer than calling for help.
_MANY = 60


def render(library: Library, context: Context, memory: Memory | None = None) -> Iterator[Page]:
    """Write the edition for an audience: handbook/**.md, files for programs, theme, mkdocs.yml.

    What is above the audience is in none of them. The library has no errors; clients,
    observations and reviews are not read, and of confirmations only counts are shown. With a
    memory, what comes of SOPs as it did before is not made again.
    """
    shown = edition(library, context)
    if memory:
        memory.begin(shown)
    tree = tuple(_tree(shown, memory))
    for part in tree:
        for sheet in part.sheets if isinstance(part, Section) else (part,):
            yield Page(f"{FOLDER}/{sheet.path}", sheet.text.encode())
    for sheet in versions(shown, memory):
        yield Page(f"{FOLDER}/{sheet.path}", sheet.text.encode())
    yield from for_machines(shown, memory)
    for name in context.templates.names("theme"):
        yield Page(f"{THEME}/{name.removeprefix('theme/')}", context.templates.bytes(name))
    yield Page("mkdocs.yml", settings(shown, tree).encode())


def _tree(shown: Edition, memory: Memory | None) -> Iterator[Sheet | Section]:
    """The pages in the order of the navigation."""
    parts: list[Callable[[Edition], Sheet | Section]] = [
        home,
        *(partial(_stage, known=known, memory=memory) for known in shown.company.stages),
        *(roles, matrix, tools, emails, documents, own_pages),
        *(glossary, changes, writing, rules),
    ]
    # What other processes draw, this one cannot remember.
    is_worth_it = len(shown.sops) > _MANY and memory is None
    for part in spread(lambda part: part(shown), parts, worth_it=is_worth_it):
        if isinstance(part, Sheet) or len(part.sheets) > 1:
            yield part


def _stage(shown: Edition, known: Stage, memory: Memory | None) -> Section:
    sheets = (_procedure(shown, sop.id, memory) for sop in shown.stage(known.id))
    return Section(known.title, (stage(shown, known), *sheets))


def _procedure(shown: Edition, sop: str, memory: Memory | None) -> Sheet:
    return remembered(memory, shown, sop, lambda seen: procedure(seen, seen.sops[sop]))
