"""A piece of a Word file in the file's own language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(name: str, attributes: Mapping[str, str] | None = None) -> Any:
    """A piece of the file's own language, with its attributes."""
    made: Any = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key), value)
    return made
