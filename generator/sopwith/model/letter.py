"""What we write to people: email and document templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sopwith.model.values import Recipient, RoleId, Version, origin
from sopwith.problem import Spot

MAIN_CONTACT = "main_contact"
"""Stands for the client's main contact where an email says whom it goes to."""


@dataclass(frozen=True, slots=True)
class Email:
    """An email template; `asks` are prompts for what only a person knows."""

    id: str
    title: str
    version: Version
    owner: RoleId
    from_: RoleId
    to: Recipient
    subject: str
    body: str
    cc: tuple[Recipient, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Document:
    """A document template in the plain part of Markdown, tables included.

    `for_us` is the text of a sheet beside it that never goes out.
    """

    id: str
    title: str
    version: Version
    owner: RoleId
    body: str
    formats: tuple[Literal["pdf", "docx"], ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)
    for_us: str = ""
    at: Spot = origin()
