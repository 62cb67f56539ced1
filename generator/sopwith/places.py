"""Where each thing has its page in the handbook, and the way there from a page or from outside."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from posixpath import dirname, relpath
from urllib.parse import urlencode

HOME = "index.md"
CHANGES = "changes.md"
WRITING = "writing.md"
MATRIX = "matrix.md"
GLOSSARY = "glossary.md"
VERSIONS = "versions"

# Names that a page or the engine already has: a stage, SOP, role or page that is called so gets
# an underscore, which no id can hold.
_FOLDERS = frozenset(
    {
        "changes",
        "documents",
        "emails",
        "glossary",
        "matrix",
        "pages",
        "roles",
        "rules",
        "templates",
        "tools",
        VERSIONS,
        "writing",
    }
)
_FILES = frozenset({"index"})


def stage_page(stage: str) -> str:
    """The page of a stage."""
    return f"{_free(stage, _FOLDERS)}/index.md"


def sop_page(stage: str, sop: str) -> str:
    """The page of an SOP."""
    return f"{_free(stage, _FOLDERS)}/{_free(sop, _FILES)}.md"


def page(folder: str, name: str = "") -> str:
    """The page of a role, a tool, an email, a document, a rule or one of ours; or their index."""
    return f"{folder}/{_free(name, _FILES)}.md" if name else f"{folder}/index.md"


def relative(here: str, there: str, anchor: str = "") -> str:
    """The way from one page to another, or to a place on the same page."""
    if here == there and anchor:
        return f"#{anchor}"
    return _way(dirname(here) or ".", there) + (f"#{anchor}" if anchor else "")


def site_way(here: str, there: str) -> str:
    """The way between two pages as the site serves them, each in a folder of its own."""
    return f"{_way(_served(here), _served(there))}/"


def address(handbook: str, page: str, anchor: str = "") -> str:
    """Where a page of the published handbook is; nothing where nobody says where that stands."""
    if not handbook:
        return ""
    place = f"{handbook.rstrip('/')}/{served(page)}"
    return f"{place}#{anchor}" if anchor else place


def step_address(handbook: str, stage: str, sop: str, step: str) -> str:
    """Where the published handbook tells a step; nothing where nobody says where it stands."""
    return address(handbook, sop_page(stage, sop), step)


def guide_address(repository: str) -> str:
    """Where process owners read how a procedure is changed in the browser; nothing as below."""
    return f"{repository.rstrip('/')}/blob/main/docs/process-owners.md" if repository else ""


def report_address(repository: str, sop: str, version: str, step: str) -> str:
    """Where a problem with a step is reported, with a form on GitHub that knows which step it is.

    Nothing where nobody says where the files are kept.
    """
    about = {"template": "friction.yml", "sop": sop, "version": version, "step": step}
    return f"{repository.rstrip('/')}/issues/new?{urlencode(about)}" if repository else ""


def version_page(sop: str, version: str) -> str:
    """The page that says whether a version of an SOP is still the one to work by."""
    return f"{VERSIONS}/{sop}/{version}.md"


def version_address(handbook: str, sop: str, version: str) -> str:
    """Where the published handbook says so; nothing where nobody says where it stands."""
    return address(handbook, version_page(sop, version))


def served(page: str) -> str:
    """Where the site has a page, below its own address: in a folder of its own."""
    folder = _served(page)
    return f"{folder}/" if folder != "." else ""


def _served(path: str) -> str:
    return path.removesuffix(".md").removesuffix("index").rstrip("/") or "."


@lru_cache(maxsize=4096)  # the same few ways, tens of thousands of times
def _way(folder: str, there: str) -> str:
    return relpath(there, folder)


def _free(name: str, taken: Collection[str]) -> str:
    return f"{name}_" if name in taken else name
