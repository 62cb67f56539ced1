"""Find the schemas and templates: the root's own template first, then the packaged one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jinja2

KINDS = (
    "company",
    "sop",
    "email",
    "document",
    "client",
    "record",
    "confirmation",
    "observation",
    "review",
)
"""Every kind of file that has a schema."""

TEMPLATES = "site_templates"

_PACKAGE = Path(__file__).parent
_PACKAGED = _PACKAGE / "_data"
# In a wheel the data lies inside the package; in a checkout it is the repository's own folders.
_HOME = _PACKAGED if _PACKAGED.is_dir() else _PACKAGE.parent.parent


class NotText(ValueError):
    """A template cannot be read as text; the message says which."""


Files = dict[str, bytes]
"""Contents by name."""


@dataclass(frozen=True, slots=True)
class Templates:
    """The template files, looked up folder by folder: the first folder that has one wins."""

    folders: tuple[Path, ...]

    def find(self, name: str) -> Path:
        """The file of that name (`checklist/checklist.typ`); FileNotFoundError if none has it."""
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        raise FileNotFoundError(name)

    def text(self, name: str) -> str:
        """The text of a template; raises NotText."""
        try:
            return self.find(name).read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            message = f"{TEMPLATES}/{name} is not UTF-8 from byte {error.start + 1} on"
            raise NotText(message) from None

    def bytes(self, name: str) -> bytes:
        """The bytes of a template or asset."""
        return self.find(name).read_bytes()

    def under(self, prefix: str) -> Files:
        """Every file under a folder of templates, by its name."""
        return {name: self.bytes(name) for name in self.names(prefix)}

    def names(self, prefix: str) -> tuple[str, ...]:
        """Every file under a folder of templates, sorted, whichever folder has it."""
        found = {
            path.relative_to(folder).as_posix()
            for folder in self.folders
            for path in (folder / prefix).rglob("*")
            if path.is_file()
        }
        return tuple(sorted(found))


def template_folder(root: Path) -> Templates:
    """The templates in force for a root."""
    own = root / TEMPLATES
    packaged = _HOME / TEMPLATES
    return Templates((own, packaged) if own.is_dir() and own != packaged else (packaged,))


def own_files() -> tuple[Path, ...]:
    """All that this program is made of: its code, schemas and templates."""
    folders = {_PACKAGE, _HOME / "schemas", _HOME / TEMPLATES}
    found = (path for folder in folders for path in folder.rglob("*.*"))
    return tuple(path for path in found if path.suffix != ".pyc" and path.is_file())


def site_settings() -> bytes:
    """The mkdocs.yml for a root that has none of its own."""
    return (_HOME / "mkdocs.yml").read_bytes()


@cache
def schema(kind: str) -> Mapping[str, Any]:
    """The JSON Schema of a kind of file."""
    text = (_HOME / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(text)
    return loaded


def jinja(templates: Templates, *, autoescape: bool) -> jinja2.Environment:
    """An environment for our own templates (never for text from YAML): strict and tidy."""

    def load(name: str) -> tuple[str, str, None] | None:
        try:
            return templates.text(name), f"{TEMPLATES}/{name}", None
        except FileNotFoundError:
            return None

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=autoescape,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def ready(
    templates: Templates, name: str, *, autoescape: bool, **filters: Callable[..., str]
) -> jinja2.Template:
    """One of our own templates, made ready once for many pages while it says the same.

    For templates that stand alone: what they would include is not asked whether it changed.
    """
    return _ready(templates, name, templates.text(name), autoescape, tuple(filters.items()))


@lru_cache(maxsize=8)
def _ready(
    templates: Templates,
    name: str,
    _text: str,
    autoescape: bool,
    filters: tuple[tuple[str, Callable[..., str]], ...],
) -> jinja2.Template:
    environment = jinja(templates, autoescape=autoescape)
    environment.filters.update(filters)
    return environment.get_template(name)
