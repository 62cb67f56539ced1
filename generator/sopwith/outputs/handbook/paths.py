"""Where each thing has its page, below handbook/, and how pages point at each other."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from posixpath import dirname, relpath

HOME = "index.md"
CHANGES = "changes.md"
WRITING = "writing.md"

# Names that a page or the engine already has: a stage, SOP, role or page that is called so gets
# an underscore, which no id can hold.
_FOLDERS = frozenset(
    {"changes", "documents", "emails", "pages", "roles", "rules", "templates", "writing"}
)
_FILES = frozenset({"index"})


def stage_page(stage: str) -> str:
    """The page of a stage."""
    return f"{_free(stage, _FOLDERS)}/index.md"


def sop_page(stage: str, sop: str) -> str:
    """The page of an SOP."""
    return f"{_free(stage, _FOLDERS)}/{_free(sop, _FILES)}.md"


def page(folder: str, name: str = "") -> str:
    """The page of a role, an email, a document, a rule or one of the firm's own; or their index."""
    return f"{folder}/{_free(name, _FILES)}.md" if name else f"{folder}/index.md"


def relative(here: str, there: str, anchor: str = "") -> str:
    """The way from one page to another, or to a place on the same page."""
    if here == there and anchor:
        return f"#{anchor}"
    return _way(dirname(here) or ".", there) + (f"#{anchor}" if anchor else "")


@lru_cache(maxsize=4096)  # the same few ways, tens of thousands of times
def _way(folder: str, there: str) -> str:
    return relpath(there, folder)


def _free(name: str, taken: Collection[str]) -> str:
    return f"{name}_" if name in taken else name
