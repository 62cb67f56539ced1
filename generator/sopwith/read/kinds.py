"""The kinds of files in a root: the folder of each, its class, and how its name must look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sopwith.model import (
    Client,
    Confirmation,
    Document,
    Email,
    Observation,
    OwnRecord,
    Page,
    Review,
    Sop,
)

COMPANY = "company.yml"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the folder it lives in, its class, how its name must look, and an example.

    What is recorded of our own has one schema, `record`, whatever it is about.
    """

    name: str
    folder: str
    makes: type[Any]
    stem: re.Pattern[str]
    example: str
    private: bool = False
    suffix: str = ".yml"

    @property
    def schema(self) -> str:
        """The schema of such a file."""
        return "record" if self.makes is OwnRecord else self.name

    def id(self, stem: str) -> str:
        """The id of a file: its name, after the folder where that tells a person from a client."""
        return f"{self.folder}/{stem}" if self.makes is OwnRecord else stem


_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*")
_QUARTER = re.compile(r"[1-9]\d{3}-Q[1-4]", re.ASCII)
KINDS = (
    Kind("sop", "sops", Sop, _SLUG, "client-onboarding"),
    Kind("email", "emails", Email, _SLUG, "weekly-status"),
    Kind("document", "documents", Document, _SLUG, "welcome-packet"),
    Kind("client", "clients", Client, _SLUG, "harbor-lane-dental", private=True),
    Kind("people", "people", OwnRecord, _SLUG, "nell", private=True),
    Kind("quarters", "quarters", OwnRecord, _QUARTER, "2026-Q4", private=True),
    Kind(
        "confirmation",
        "confirmations",
        Confirmation,
        _SLUG,
        "confidentiality-3-0-nell",
        private=True,
    ),
    Kind("observation", "observations", Observation, _DATED, "2026-10-14-late-form", private=True),
    Kind("review", "reviews", Review, _QUARTER, "2026-Q3"),
)
PAGES = Kind("page", "pages", Page, _SLUG, "how-we-work", suffix=".md")


def slug(name: str) -> str:
    """The words of a name as a file name should have them: `late-form`."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
