"""The same edition for programs: handbook.json, llms.txt, and plain Markdown beside each page.

What is in none of the edition's pages is in none of these.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.machines.as_json import as_json
from sopwith.outputs.handbook.machines.llms import llms
from sopwith.outputs.handbook.machines.plain import beside, plain_markdown
from sopwith.outputs.handbook.memory import Memory
from sopwith.outputs.handbook.settings import FOLDER
from sopwith.outputs.page import Page

__all__ = ["beside", "for_machines", "plain_markdown"]


def for_machines(edition: Edition, memory: Memory | None = None) -> Iterator[Page]:
    """The files for programs that the site engine copies as they stand."""
    yield Page(f"{FOLDER}/handbook.json", as_json(edition, memory).encode())
    yield Page(f"{FOLDER}/llms.txt", llms(edition).encode())
