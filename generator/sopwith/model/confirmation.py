"""What one of our people has read and confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sopwith.model.values import PersonId, SopId, Version, origin
from sopwith.problem import Spot


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Someone has read this version of an SOP and says so; `id` is the file's stem."""

    id: str
    sop: SopId
    version: Version
    by: PersonId
    confirmed: date
    at: Spot = origin()
