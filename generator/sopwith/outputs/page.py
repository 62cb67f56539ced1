"""A file to be written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A path below build/, with forward slashes, and the bytes that belong there."""

    path: str
    content: bytes
