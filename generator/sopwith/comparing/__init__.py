"""Two readings of a handbook, or two plans, compared: what differs, in words, and what it means.

`libraries` finds the differences, file by file; `say` puts one into words, and `weigh` says whether
somebody works differently by it. `opinion` does that for a whole file. `changes_in_plan` compares
what follows for one client.
"""

from sopwith.comparing.difference import Difference, What, Where, in_order
from sopwith.comparing.files import KINDS, PARTS, Pair, company, letter, libraries, sop
from sopwith.comparing.judging import Opinion, Weight
from sopwith.comparing.names import Names, label
from sopwith.comparing.plans import (
    NUMBERED,
    TICKED,
    VERSIONS,
    came,
    differing,
    fell_away,
    moved,
    turned_late,
)
from sopwith.comparing.plans import changes as changes_in_plan
from sopwith.comparing.saying import roles, say, told
from sopwith.comparing.texts import likeness, share
from sopwith.comparing.weight import FIELDS, opinion, weigh

__all__ = [
    "FIELDS",
    "KINDS",
    "NUMBERED",
    "PARTS",
    "TICKED",
    "VERSIONS",
    "Difference",
    "Names",
    "Opinion",
    "Pair",
    "Weight",
    "What",
    "Where",
    "came",
    "changes_in_plan",
    "company",
    "differing",
    "fell_away",
    "in_order",
    "label",
    "letter",
    "libraries",
    "likeness",
    "moved",
    "opinion",
    "roles",
    "say",
    "share",
    "sop",
    "told",
    "turned_late",
    "weigh",
]
