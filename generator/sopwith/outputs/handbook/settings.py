"""The settings of the site engine: names, folders and the navigation; the rest is in mkdocs.yml."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.sheet import Section, Sheet, as_yaml
from sopwith.places import VERSIONS

FOLDER = "handbook"
THEME = f"{FOLDER}/.theme"
"""The engine passes over a folder with a dot, so that it is no part of the pages."""


def settings(edition: Edition, tree: Iterable[Sheet | Section]) -> str:
    """build/mkdocs.yml; all paths in it are relative to it.

    Titles are HTML here: the engine puts what it finds in the navigation on the page as it stands.
    """
    company = edition.company
    return as_yaml(
        {
            "INHERIT": edition.context.inherit,
            "site_name": escape(company.name),
            **({"site_url": company.handbook} if company.handbook else {}),
            "copyright": f"© {edition.context.today.year} {escape(company.name)}",
            "docs_dir": FOLDER,
            "site_dir": "site",
            "theme": {"custom_dir": THEME},
            "extra": {"repository": company.repository.rstrip("/")},
            "not_in_nav": f"/{VERSIONS}/",  # reached from paper, and from each revision history
            "nav": [_entry(part) for part in tree],
        }
    )


def _entry(part: Sheet | Section) -> dict[str, object]:
    if isinstance(part, Sheet):
        return {escape(part.title): part.path}
    return {escape(part.title): [_entry(sheet) for sheet in part.sheets]}
